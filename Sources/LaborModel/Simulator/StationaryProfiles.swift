// Quiebre · LaborModel
// The age profile of each district in the year `since`: α_d, and whom a line can reach.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// α_d of every district: the age profile's level that meets the district's rate.
struct StationaryProfiles: Sendable {
  let alpha: [Double]
  /// R_d as used, inside (0, 1).
  let rate: [Double]
  /// Share of working children at each age at R_d itself, 13 per district.
  let prevalence: [[Double]]

  init(
    population: Population, levels: DistrictLevels, profile: AgeProfile, workers: Int = 1
  ) throws {
    let shape = (5...17).map { profile.logit(age: $0) }
    rate = levels.rate.map { min(1 - 1e-6, max(1e-6, $0)) }
    let rates = rate
    let block = StationaryProfiles.block
    let levels = try concurrentMap(
      count: (rates.count + block - 1) / block, workers: max(1, workers), scratch: {}
    ) { _, index in
      (index * block..<min(rates.count, (index + 1) * block)).map { district in
        let weights = StationaryProfiles.weights(population.childrenByAge[district])
        return StationaryProfiles.level(rates[district], shape: shape, weights: weights)
      }
    }
    alpha = levels.flatMap { $0 }
    prevalence = alpha.map { alpha in shape.map { logistic(alpha + $0) } }
  }

  /// Districts that one thread takes at a time.
  private static let block = 64

  /// T of a line in each district: children of its ages, or the working ones among them where the
  /// line only acts on exit.
  func eligible(_ line: PlanLine, population: Population) -> [Double] {
    if let given = line.delivery.eligible { return given }
    let ages = (5...17).filter(line.effect.ages.contains).map { $0 - 5 }
    let onlyExit = line.effect.entry.isNeutral && !line.effect.exit.isNeutral
    return alpha.indices.map { district in
      let children = population.childrenByAge[district]
      guard onlyExit else { return ages.reduce(0.0) { $0 + children[$1] } }
      return ages.reduce(0.0) { $0 + children[$1] * prevalence[district][$1] }
    }
  }

  /// Shares of the ages among the children; equal where a district has none.
  static func weights(_ children: [Double]) -> [Double] {
    let total = children.reduce(0, +)
    guard total > 0 else {
      return [Double](repeating: 1 / Double(children.count), count: children.count)
    }
    return children.map { $0 / total }
  }

  /// α with Σ weight·logistic(α + shape) = rate, by bisection to the last bit.
  private static func level(_ rate: Double, shape: [Double], weights: [Double]) -> Double {
    // The answer lies where every age would be above, and below, the rate.
    let center = logit(rate)
    var low = center - (shape.max() ?? 0) - 1e-9
    var high = center - (shape.min() ?? 0) + 1e-9
    // The ages in two vectors; their mean is added up in order.
    var (young, old) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    for age in shape.indices {
      if age < 8 { young[age] = shape[age] } else { old[age - 8] = shape[age] }
    }
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      let (first, second) = (logistic(young + middle), logistic(old + middle))
      var mean = 0.0
      for age in shape.indices { mean += weights[age] * (age < 8 ? first[age] : second[age - 8]) }
      if mean < rate { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
