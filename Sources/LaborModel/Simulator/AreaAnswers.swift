// Quiebre · LaborModel
// Rates of provinces, departments and the nation from their sums of working children.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// Rates per draw and their bands for an area of several districts.
struct AreaAnswers {
  let simulation: Simulation
  /// Children of ages 5-13 and 14-17 in the area.
  let children: (lower: Double, upper: Double)

  init(_ simulation: Simulation, districts: some Sequence<Int>) {
    self.simulation = simulation
    var (lower, upper) = (0.0, 0.0)
    for district in districts {
      let own = simulation.children(district)
      lower += own.lower
      upper += own.upper
    }
    children = (lower, upper)
  }

  /// The rates of every draw; 0 in an age group without children.
  func draws(plan: Int, sums: AreaSums) -> AreaDraws {
    let count = simulation.draws.count
    var rates = [[[Double]]](repeating: [], count: 3)
    for group in rates.indices { rates[group].reserveCapacity(simulation.years) }
    for year in 0..<simulation.years {
      let lower = sums.working(plan: plan, year: year, group: 0)
      let upper = sums.working(plan: plan, year: year, group: 1)
      let total = children.lower + children.upper
      rates[0].append(
        (0..<count).map { total > 0 ? (lower[$0] + upper[$0]) / total : 0 })
      rates[1].append((0..<count).map { children.lower > 0 ? lower[$0] / children.lower : 0 })
      rates[2].append((0..<count).map { children.upper > 0 ? upper[$0] / children.upper : 0 })
    }
    return AreaDraws(rates: rates)
  }

  /// Bands in full precision.
  func path(_ draws: AreaDraws, workers: Int) throws -> AreaPath {
    let (years, weights) = (simulation.years, simulation.weights)
    let bands = try concurrentMap(
      count: draws.rates.count * years, workers: max(1, workers), scratch: {}
    ) { _, index in weights.band(draws.rates[index / years][index % years]) }
    return AreaPath(
      bands: draws.rates.indices.map { Array(bands[$0 * years..<($0 + 1) * years]) },
      means: draws.rates.map { years in years.map(weights.mean) })
  }

  /// Bands from single-precision rates: far below what is printed, and many times faster.
  func path(plan: Int, sums: AreaSums, selection: WeightedSelection, row: LaneBuffer) -> AreaPath {
    var bands = [[Band]](repeating: [], count: 3)
    var means = [[Double]](repeating: [], count: 3)
    for group in AgeGroup.allCases {
      var hint = WeightedSelection.Hint()
      let parts = group == .all ? [0, 1] : [group.rawValue - 1]
      let people =
        group == .all
        ? children.lower + children.upper
        : group == .under14 ? children.lower : children.upper
      for year in 0..<simulation.years {
        let mean = sums.rates(
          plan: plan, year: year, groups: parts, children: people, into: row.view,
          shares: simulation.weightLanes)
        means[group.rawValue].append(mean)
        bands[group.rawValue].append(selection.band(row.view, mean: mean, hint: &hint))
      }
    }
    return AreaPath(bands: bands, means: means)
  }
}
