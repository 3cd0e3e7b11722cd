// Quiebre · Statistics
// Moran's I: whether areas resemble their neighbors, over the whole map.
// SPDX-License-Identifier: Apache-2.0

public import Compute

extension RandomQuantity {
  /// The order of values over areas in one permutation.
  static let spatialOrder = RandomQuantity(rawValue: 250)
}

/// Moran's I of values over areas, with what chance alone would give.
public struct MoranIndex: Hashable, Sendable {
  public let value: Double
  /// −1/(n − 1).
  public let expectation: Double
  /// Of values drawn independently from one normal law.
  public let normalVariance: Double
  /// Of the values at hand in any order (Cliff and Ord 1981).
  public let permutationVariance: Double
  /// The share of permutations, with the map itself, that are as far out on the map's side.
  ///
  /// What esda calls `p_sim`; `nil` without permutations.
  public let foldedP: Double?

  /// Deviation from the expectation in standard errors, values in any order.
  public var z: Double { (value - expectation) / permutationVariance.squareRoot() }
  /// Two-sided p-value of `z` under a normal law.
  public var normalP: Double { min(1, 2 * normalProbability(atMost: -abs(z))) }
  /// Two-sided p-value of the permutations.
  public var permutationP: Double? { foldedP.map { min(1, 2 * $0) } }

  /// Moran's I, n/S₀ · Σ w_ij z_i z_j / Σ z_i².
  ///
  /// - Parameters:
  ///   - values: One per area, finite.
  ///   - weights: Row-standardized as a rule.
  ///   - permutations: How many orders of the values to try, 0 to 65,536; number r depends on the
  ///     seed, r and the areas' codes alone.
  ///   - codes: One per area; needed for permutations.
  ///   - seed: Of the random numbers.
  ///   - workers: Threads at most; the result doesn't depend on it.
  /// - Throws: ``SpatialFault``.
  public init(
    _ values: [Double], _ weights: SpatialWeights, permutations: Int = 0,
    codes: [EntityCode] = [], seed: UInt64 = 0, workers: Int = 1
  ) throws {
    let centered = try CenteredValues(values, areas: weights.count)
    let sums = weights.sums()
    guard sums.s0 > 0 else { throw SpatialFault.noNeighbors }
    let n = Double(values.count)
    let scale = n / sums.s0 / centered.sumOfSquares
    let product = zip(centered.deviations, weights.lags(centered.deviations))
      .reduce(0) { $0 + $1.0 * $1.1 }
    value = scale * product
    expectation = -1 / (n - 1)
    let square = sums.s0 * sums.s0
    let normal = n * n * sums.s1 - n * sums.s2 + 3 * square
    normalVariance = normal / ((n - 1) * (n + 1) * square) - expectation * expectation
    let fourth = centered.deviations.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
    let second = centered.sumOfSquares / n
    let kurtosis = fourth / (second * second)
    let a = n * ((n * n - 3 * n + 3) * sums.s1 - n * sums.s2 + 3 * square)
    let b = kurtosis * ((n * n - n) * sums.s1 - 2 * n * sums.s2 + 6 * square)
    permutationVariance =
      (a - b) / ((n - 1) * (n - 2) * (n - 3) * square) - expectation * expectation
    guard permutations > 0 else {
      foldedP = nil
      return
    }
    let products = try permutedProducts(
      centered.deviations, weights, permutations: permutations, codes: codes, seed: seed,
      workers: workers)
    foldedP = foldedShare(
      of: products, around: product, slack: 1e-12 * centered.sumOfSquares)
  }
}

/// Σ w_ij z_i z_j for shuffled values.
private func permutedProducts(
  _ deviations: [Double], _ weights: SpatialWeights, permutations: Int, codes: [EntityCode],
  seed: UInt64, workers: Int
) throws -> [Double] {
  precondition(codes.count == deviations.count, "one code per area")
  precondition(permutations <= 0x10000, "the permutation is part of a random address")
  let order = codes.indices.sorted { (codes[$0].value, $0) < (codes[$1].value, $1) }
  let field = RandomField(seed: seed)
  return try concurrentMap(count: permutations, workers: workers) { permutation in
    let uniforms = field.stream(.spatialOrder, year: permutation).uniforms(count: order.count)
    var shuffled = order
    for index in stride(from: shuffled.count - 1, to: 0, by: -1) {
      shuffled.swapAt(index, Int(uniforms[index] * Double(index + 1)))
    }
    var values = deviations
    for (place, source) in zip(order, shuffled) { values[place] = deviations[source] }
    var sum = 0.0
    for area in values.indices {
      var lag = 0.0
      for index in weights.row(area) {
        lag += weights.weights[index] * values[Int(weights.neighbors[index])]
      }
      sum += values[area] * lag
    }
    return sum
  }
}

/// The share of draws, with the observed value itself, at least as far out on its side; values
/// within `slack` count as equal and lie on both sides.
func foldedShare(of draws: [Double], around observed: Double, slack: Double) -> Double {
  var (above, below) = (0, 0)
  for draw in draws {
    if draw >= observed - slack { above += 1 }
    if draw <= observed + slack { below += 1 }
  }
  return Double(min(above, below) + 1) / Double(draws.count + 1)
}
