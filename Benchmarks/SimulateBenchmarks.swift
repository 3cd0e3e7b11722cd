// Quiebre · Benchmarks
// Baseline and scenario of a made-up country, with and without the districts' quantiles.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import LaneKernels
import Statistics

/// The simulator on all workers against one.
///
/// `simulate.pair` is the work of `baselines/simulate_twin.py`: 13 ages, 15 years, 1,000 draws, five
/// lines whose money changes every year, for a baseline and a scenario. It gives more: bands of
/// three age groups for districts, provinces and departments, goal and break by district.
func simulateBenchmarks(workers: Int) -> [Benchmark] {
  [
    benchmark("simulate.pair", draws: 1000, nationalOnly: false, workers: workers),
    benchmark("simulate.nation", draws: 1000, nationalOnly: true, workers: workers),
    previewBenchmark(draws: 200, workers: workers),
    bandBenchmark(),
  ]
}

/// `quantiles.band`: 5, 50 and 95 % of 1,000 weighted draws for each district and year, one thread.
private func bandBenchmark() -> Benchmark {
  Benchmark(name: "quantiles.band", baseline: "sorting all draws") { size in
    let draws = 1000
    // A sawtooth in each row, moved from row to row; weights of 1 to 13.
    let rows = (0..<64).map { (row: Int) -> [Float] in
      (0..<draws).map { (draw: Int) -> Float in
        let place = (draw * 7919 + row * 104_729) % 10_007
        return Float(place) / 10_007
      }
    }
    let ranks = (0..<draws).map { UInt32(1 + $0 % 13) }
    let total = ranks.reduce(0, +)
    let penalty = [Float](repeating: 0, count: draws)
    let wide = rows.map { $0.map(Double.init) }
    let weights = ranks.map(Double.init)
    let amount = size * MadeUpCountry.years
    return Trial(
      amount: Double(amount), unit: "rows",
      subject: {
        var scratch = [Float](repeating: 0, count: draws * Int(LK_QUANTILE_SCRATCH))
        return unsafe ranks.withUnsafeBufferPointer { ranks in
          unsafe penalty.withUnsafeBufferPointer { penalty in
            var kernel = unsafe lk_weights(
              ranks: ranks.baseAddress, total: total, uniform: false, penalty: penalty.baseAddress,
              vectors: Int64(draws / 8))
            var marks = lk_marks(shares: (0.05, 0.5, 0.95, 0, 0), count: 3)
            var found = [0.0, 0, 0]
            var sum = 0.0
            for row in 0..<amount {
              // No hint: every row by itself.
              var hint = lk_hint()
              unsafe lk_quantiles(
                rows[row % rows.count], &kernel, &marks, 1, &hint, &scratch, &found)
              sum += found[2]
            }
            return sum
          }
        }
      },
      baseline: {
        var sum = 0.0
        for row in 0..<amount {
          sum += quantiles(of: wide[row % wide.count], weights: weights, at: [0.05, 0.5, 0.95])[2]
        }
        return sum
      },
      isRight: { abs($0 - $1) < 1e-9 * Double(amount) })
  }
}

/// `simulate.preview`: 200 draws of one changed amount, from a simulation kept ready.
private func previewBenchmark(draws: Int, workers: Int) -> Benchmark {
  Benchmark(name: "simulate.preview", baseline: "a full run of as many draws") { size in
    let country = MadeUpCountry(districts: size)
    let plans = (0..<8).map { step in
      var plan = country.plan(draws: draws)
      plan.lines[0].money.placed = plan.lines[0].money.placed.map { years in
        years.map { $0 * Centimos(92 + 2 * step) / 100 }
      }
      return plan
    }
    let options = ProjectionOptions(workers: workers)
    let prepared = try PreparedSimulation(
      plan: plans[0], population: country.population, levels: country.levels,
      profile: MadeUpCountry.profile, options: options)
    _ = try prepared.project([plans[0]])
    var (calls, fullRuns) = (0, 0)
    return Trial(
      amount: Double(2 * size * 13 * MadeUpCountry.years * draws), unit: "cells",
      subject: {
        calls += 1
        return lastRate(try prepared.project([plans[calls % plans.count]]))
      },
      baseline: {
        fullRuns += 1
        return lastRate(
          try project(
            plans: [plans[fullRuns % plans.count]], population: country.population,
            levels: country.levels, profile: MadeUpCountry.profile, options: options))
      },
      isRight: { $0 == $1 && $0 > 0 && $0 < 1 })
  }
}

private func lastRate(_ projection: Projection) -> Double {
  projection.scenarios[0].nationalPath.means[0].last ?? .nan
}

private func benchmark(
  _ name: String, draws: Int, nationalOnly: Bool, workers: Int
) -> Benchmark {
  Benchmark(name: name, baseline: "one worker") { size in
    let country = MadeUpCountry(districts: size)
    func answer(_ workers: Int) throws -> Double {
      let result = try project(
        plans: [country.plan(draws: draws)], population: country.population,
        levels: country.levels, profile: MadeUpCountry.profile,
        options: ProjectionOptions(workers: workers, nationalOnly: nationalOnly))
      return lastRate(result)
    }
    return Trial(
      amount: Double(2 * size * 13 * MadeUpCountry.years * draws), unit: "cells",
      subject: { try answer(workers) }, baseline: { try answer(1) },
      // Not one bit may depend on the number of threads.
      isRight: { $0 == $1 && $0 > 0 && $0 < 1 })
  }
}
