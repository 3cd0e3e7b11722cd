// Quiebre · Statistics
// A list of areas of which at most a stated share is expected to be wrong.
// SPDX-License-Identifier: Apache-2.0

/// Areas named together, such as "districts that will break", and how many of them to expect wrong.
public struct AreaList: Hashable, Sendable {
  /// Indices of the areas, most probable first; of equals the first.
  public let areas: [Int]
  /// Mean of 1 − p over the list; 0 for an empty one.
  public let expectedWrong: Double

  /// Takes the most probable areas as long as the mean of 1 − p stays within a limit.
  ///
  /// The Bayesian false discovery rate of Mueller and others (2004), break-test section 6. The
  /// probabilities stay probabilities: none is turned into a p-value.
  ///
  /// - Parameters:
  ///   - probabilities: One per area.
  ///   - limit: Expected share of wrong entries allowed.
  public init(probabilities: [Double], expectedWrongAtMost limit: Double) {
    let order = probabilities.indices.sorted {
      (-probabilities[$0], $0) < (-probabilities[$1], $1)
    }
    var (wrong, kept, expected) = (0.0, 0, 0.0)
    for (position, area) in order.enumerated() {
      wrong += 1 - probabilities[area]
      let mean = wrong / Double(position + 1)
      // The mean only rises down the list; rounding gets a slack.
      guard mean <= limit + 1e-12 else { break }
      (kept, expected) = (position + 1, mean)
    }
    areas = Array(order.prefix(kept))
    expectedWrong = expected
  }
}
