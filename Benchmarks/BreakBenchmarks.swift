// Quiebre · Benchmarks
// The break test on one series, and the lists of many districts.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics

extension RandomQuantity {
  fileprivate static let madeUpFigure = RandomQuantity(rawValue: 990)
  fileprivate static let madeUpRate = RandomQuantity(rawValue: 991)
}

/// A whole test with 9,999 simulated and as many permuted searches, on one thread; and the lists of
/// break-test 6 for every district.
func breakBenchmarks() -> [Benchmark] {
  [8, 13, 22].map(seriesBenchmark) + [listsBenchmark()]
}

private func seriesBenchmark(years: Int) -> Benchmark {
  Benchmark(name: "break.series\(years)", baseline: "a tenth of the searches") { size in
    // Series aren't counted in districts: one size is enough.
    guard size == sizes[0] else { return nil }
    let field = RandomField(seed: 5)
    let series = (0..<years).map { row in
      Observation(
        year: Double(2000 + row),
        rate: 30 - 1.2 * Double(min(row, years / 2))
          + 0.4 * field.stream(.madeUpFigure, year: row).normal(0),
        standardError: 0.4)
    }
    func joinpoint(_ draws: Int) throws -> Double {
      var settings = BreakSettings(target: 10, deadline: 2040, tolerance: 0.3)
      settings.nullDraws = draws
      return try testStagnation(series, settings: settings).joinpoints.last ?? 0
    }
    return Trial(
      amount: 2 * 9_999, unit: "searches", subject: { try joinpoint(9_999) },
      baseline: { try joinpoint(999) }, isRight: { $0 == $1 && $0 > 2000 })
  }
}

private func listsBenchmark() -> Benchmark {
  Benchmark(name: "break.lists", baseline: "lists without ranks") { size in
    let field = RandomField(seed: 6)
    let rates = (0..<size).map { area in
      let level = 20 + 15 * field.stream(.madeUpRate, year: 0).normal(area)
      return field.stream(.madeUpRate, entity: EntityCode(String(area)), year: 1)
        .normals(count: 1000).map { level + 3 * $0 }
    }
    let surveys = rates.map { draws in
      [2019.0, 2024].enumerated().map {
        Observation(year: $1, rate: draws[$0], standardError: 2)
      }
    }
    func lists(ranks: Bool) -> Double {
      let shares = rates.map { draws in DrawnShare(of: draws.map { $0 < 25 }).estimate }
      let list = AreaList(probabilities: shares, expectedWrongAtMost: 0.1)
      let paces = testAreaPaces(surveys, tolerance: 0.3)
      let worst = ranks ? probabilitiesOfWorst(min(50, size), rates: rates) : []
      let total = worst.reduce(0) { $0 + $1.estimate }
      return Double(list.areas.count + paces.count { $0?.finding == .falls })
        + (ranks ? total - Double(min(50, size)) : 0)
    }
    return Trial(
      amount: Double(size), unit: "districts", subject: { lists(ranks: true) },
      baseline: { lists(ranks: false) },
      // In every draw exactly as many are among the worst, so the sum of their shares is known.
      isRight: { ($0 - $1).magnitude < 1e-6 })
  }
}
