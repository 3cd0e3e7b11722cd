// Quiebre · Benchmarks
// Baseline and scenario of a made-up country, with and without the districts' quantiles.
// SPDX-License-Identifier: Apache-2.0

import LaborModel

/// The simulator on all workers against one.
///
/// `simulate.pair` is the work of `baselines/simulate_twin.py`: 13 ages, 15 years, 1,000 draws, five
/// lines whose money changes every year, for a baseline and a scenario. It gives more: bands of
/// three age groups for districts, provinces and departments, goal and break by district.
func simulateBenchmarks(workers: Int) -> [Benchmark] {
  [
    benchmark("simulate.pair", draws: 1000, nationalOnly: false, workers: workers),
    benchmark("simulate.nation", draws: 1000, nationalOnly: true, workers: workers),
    benchmark("simulate.preview", draws: 200, nationalOnly: false, workers: workers),
  ]
}

private func benchmark(
  _ name: String, draws: Int, nationalOnly: Bool, workers: Int
) -> Benchmark {
  Benchmark(name: name, baseline: "one worker") { size in
    let country = MadeUpCountry(districts: size)
    func answer(_ workers: Int) throws -> Double {
      let result = try project(
        plans: [country.plan(draws: draws)], population: country.population,
        levels: country.levels, profile: AgeProfile(linear: 1.22226254, quadratic: -0.55785603),
        options: ProjectionOptions(workers: workers, nationalOnly: nationalOnly))
      return result.scenarios[0].nationalPath.means[0].last ?? .nan
    }
    return Trial(
      amount: Double(2 * size * 13 * MadeUpCountry.years * draws), unit: "cells",
      subject: { try answer(workers) }, baseline: { try answer(1) },
      // Not one bit may depend on the number of threads.
      isRight: { $0 == $1 && $0 > 0 && $0 < 1 })
  }
}
