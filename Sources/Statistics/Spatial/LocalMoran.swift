// Quiebre · Statistics
// Local Moran (LISA): which areas resemble or oppose their neighbors.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// An area and its neighborhood against the mean.
public enum MoranQuadrant: String, CaseIterable, Hashable, Sendable {
  case highHigh = "high_high"
  case lowHigh = "low_high"
  case lowLow = "low_low"
  case highLow = "high_low"

  /// What a significant area of this quadrant is called on a map.
  public var spot: SpotClass {
    switch self {
    case .highHigh: .high
    case .lowLow: .low
    case .lowHigh, .highLow: .mixed
    }
  }
}

/// The hot-spot class of an area.
public enum SpotClass: String, CaseIterable, Hashable, Sendable {
  /// A high value among high values: a hot spot.
  case high
  /// A low value among low values: a cold spot.
  case low
  /// A value unlike its neighbors.
  case mixed
  /// Nothing that chance could not give.
  case none
}

/// Local Moran of one area.
public struct LocalMoran: Hashable, Sendable {
  /// (n − 1) z_i Σ w_ij z_j / Σ z².
  public let value: Double
  /// The mean over all neighborhoods that chance can give an area that keeps its own value.
  ///
  /// Exact for `value`. Equation A7 of Sokal, Oden and Thomson (1998), which esda gives, is n/(n − 1)
  /// times as large: it belongs to an index without n − 1 in it.
  public let expectation: Double
  /// Likewise their variance, (n/(n − 1))² times smaller than equation A8.
  public let variance: Double
  public let quadrant: MoranQuadrant
  /// The share of permutations at least as far out on the area's side: esda's `p_sim`.
  ///
  /// 1 for an area without neighbors.
  public let foldedP: Double
  /// Two-sided p-values adjusted for the number of areas (Benjamini and Hochberg 1995); areas
  /// without neighbors aren't counted as tests and have 1.
  public let adjustedP: Double

  /// Two-sided p-value: a test that looks at both sides must count both.
  public var p: Double { min(1, 2 * foldedP) }
  /// Deviation from the expectation in standard errors; 0 where the variance is 0.
  public var z: Double { variance > 0 ? (value - expectation) / variance.squareRoot() : 0 }

  /// The area's class if at most this share of the findings may be wrong.
  public func spot(falseDiscovery: Double) -> SpotClass {
    adjustedP <= falseDiscovery ? quadrant.spot : .none
  }
}

/// Local Moran of values over areas.
///
/// - Parameters:
///   - values: One per area, finite.
///   - weights: Row-standardized as a rule.
///   - plan: The permutations, with a code per area.
///   - workers: Threads at most; the result doesn't depend on it.
/// - Returns: One per area.
/// - Throws: ``SpatialFault``.
public func localMoran(
  _ values: [Double], _ weights: SpatialWeights, plan: PermutationPlan, workers: Int
) throws -> [LocalMoran] {
  precondition(plan.codes.count == values.count, "one code per area")
  let centered = try CenteredValues(values, areas: weights.count)
  let lags = weights.lags(centered.deviations)
  let permutations = ConditionalPermutations(plan, largest: try largestRow(weights))
  let n = Double(values.count)
  let second = centered.sumOfSquares / n
  let shares = try permutations.foldedShares(
    centered.deviations, weights, lags: lags, slack: 1e-12 * second.squareRoot(),
    workers: workers)
  let adjusted = adjustedWhereTested(shares, weights)
  let scale = (n - 1) / centered.sumOfSquares
  return values.indices.map { area in
    let z = centered.deviations[area]
    let (sum, squares) = weights.row(area).reduce((0.0, 0.0)) {
      let weight = weights.weights[$1]
      return ($0.0 + weight, $0.1 + weight * weight)
    }
    let spread = (squares - sum * sum / (n - 1)) * (second - z * z / (n - 1))
    return LocalMoran(
      value: scale * z * lags[area],
      expectation: -(z * z * sum) / centered.sumOfSquares,
      variance: scale * scale * z * z * n / (n - 2) * spread,
      quadrant: quadrant(value: z, lag: lags[area]), foldedP: shares[area],
      adjustedP: adjusted[area])
  }
}

private func quadrant(value: Double, lag: Double) -> MoranQuadrant {
  if value > 0 { return lag > 0 ? .highHigh : .highLow }
  return lag > 0 ? .lowHigh : .lowLow
}

/// The most neighbors that an area has.
func largestRow(_ weights: SpatialWeights) throws(SpatialFault) -> Int {
  let largest = (0..<weights.count).reduce(0) { max($0, weights.neighborCount(of: $1)) }
  guard largest > 0 else { throw .noNeighbors }
  return largest
}

/// Two-sided p-values of areas with neighbors, adjusted for their number; 1 for the others.
func adjustedWhereTested(_ foldedShares: [Double], _ weights: SpatialWeights) -> [Double] {
  let tested = foldedShares.indices.filter { weights.neighborCount(of: $0) > 0 }
  var result = [Double](repeating: 1, count: foldedShares.count)
  let adjusted = adjustedForDiscovery(tested.map { min(1, 2 * foldedShares[$0]) })
  for (area, p) in zip(tested, adjusted) { result[area] = min(1, p) }
  return result
}
