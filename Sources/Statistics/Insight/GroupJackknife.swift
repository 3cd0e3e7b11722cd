// Quiebre · Statistics
// The error of a figure that is computed from weighted draws, by leaving out groups of them.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A figure with the error of drawing a finite number, not the model's.
public struct DrawnFigure: Hashable, Sendable {
  public let value: Double
  public let standardError: Double

  public init(value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }
}

/// The delete-a-group jackknife (Quenouille 1956): draws i, i + groups, i + 2·groups … are one group.
struct GroupJackknife {
  static let groups = 20

  let weights: [Double]

  /// - Parameter weights: One per draw, in any scale.
  init(weights: [Double]) { self.weights = weights.normalized }

  /// - Parameters:
  ///   - removesBias: Takes off the bias of order 1/n that the groups show.
  ///   - figure: The figure under weights that sum to 1.
  /// - Returns: The figure of all draws, and its standard error.
  func figure(
    removesBias: Bool = false, _ figure: (_ weights: [Double]) -> Double
  ) -> DrawnFigure {
    let whole = figure(weights)
    let groups = min(GroupJackknife.groups, weights.count)
    guard groups > 1 else { return DrawnFigure(value: whole, standardError: .nan) }
    let parts = (0..<groups).map { group in
      var left = weights
      for draw in stride(from: group, to: left.count, by: groups) { left[draw] = 0 }
      return figure(left.normalized)
    }
    let count = Double(groups)
    let mean = fixedOrderSum(parts) / count
    let squares = fixedOrderSum(parts.map { ($0 - mean) * ($0 - mean) })
    return DrawnFigure(
      value: removesBias ? count * whole - (count - 1) * mean : whole,
      standardError: ((count - 1) / count * squares).squareRoot())
  }
}

extension [Double] {
  /// Scaled to sum 1.
  var normalized: [Double] {
    let total = fixedOrderSum(self)
    return total > 0 ? map { $0 / total } : self
  }

  /// Weighted mean and unbiased variance; the weights sum to 1.
  func moments(_ weights: [Double]) -> (mean: Double, variance: Double) {
    let mean = fixedOrderSum(self, weights: weights)
    let squares = fixedOrderSum(map { ($0 - mean) * ($0 - mean) }, weights: weights)
    let lost = fixedOrderSum(weights, weights: weights)
    return (mean, lost < 1 ? squares / (1 - lost) : .nan)
  }
}
