// Quiebre · Statistics
// Getis and Ord's G*: where high values, or low ones, lie together.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// G* of one area: the area and its neighbors against the rest.
public struct GetisOrdStar: Hashable, Sendable {
  /// The weighted sum over the area and its neighbors as a share of the sum over all.
  public let share: Double
  /// The standardized sum of Ord and Getis (1995, equation 14): positive above the mean.
  public let z: Double
  /// The share of permutations at least as far out on the area's side: esda's `p_sim`; 1 for an area
  /// without neighbors.
  public let foldedP: Double
  /// Two-sided p-values of the permutations, adjusted for the number of areas.
  public let adjustedP: Double

  /// Two-sided p-value of the permutations.
  public var p: Double { min(1, 2 * foldedP) }
  /// Two-sided p-value of `z` under a normal law.
  public var normalP: Double { min(1, 2 * normalProbability(atMost: -abs(z))) }

  /// Hot or cold if at most this share of the findings may be wrong.
  public func spot(falseDiscovery: Double) -> SpotClass {
    guard adjustedP <= falseDiscovery, z != 0 else { return .none }
    return z > 0 ? .high : .low
  }
}

/// G* of values over areas.
///
/// `z` doesn't depend on the scale of a row. (esda 2.9 agrees on binary weights; on
/// row-standardized ones it takes the sum of the weights for the number of neighbors.)
///
/// - Parameters:
///   - values: One per area, finite.
///   - weights: Without the areas themselves: each is added with the largest weight of its row, or 1.
///   - plan: The permutations, with a code per area. The area keeps its own value in all of them.
///   - workers: Threads at most; the result doesn't depend on it.
/// - Returns: One per area.
/// - Throws: ``SpatialFault``.
public func getisOrdStar(
  _ values: [Double], _ weights: SpatialWeights, plan: PermutationPlan, workers: Int
) throws -> [GetisOrdStar] {
  precondition(plan.codes.count == values.count, "one code per area")
  let centered = try CenteredValues(values, areas: weights.count)
  let permutations = ConditionalPermutations(plan, largest: try largestRow(weights))
  let lags = weights.lags(centered.deviations)
  let n = Double(values.count)
  let second = centered.sumOfSquares / n
  let shares = try permutations.foldedShares(
    centered.deviations, weights, lags: lags, slack: 1e-12 * second.squareRoot(),
    workers: workers)
  let adjusted = adjustedWhereTested(shares, weights)
  let total = values.reduce(0, +)
  let plain = weights.lags(values)
  return values.indices.map { area in
    let row = weights.row(area).map { weights.weights[$0] }
    let own = row.max() ?? 1
    let sum = row.reduce(own, +)
    let squares = row.reduce(own * own) { $0 + $1 * $1 }
    let spread = second * (n * squares - sum * sum) / (n - 1)
    let excess = lags[area] + own * centered.deviations[area]
    return GetisOrdStar(
      share: (plain[area] + own * values[area]) / total,
      z: spread > 0 ? excess / spread.squareRoot() : 0, foldedP: shares[area],
      adjustedP: adjusted[area])
  }
}
