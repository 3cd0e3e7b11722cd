// Quiebre · LaborModelTests
// Simulation-based calibration: true values rank evenly, and a posterior of half the width is found.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@testable import LaborModel

struct SelfCheckTests {
  private static func check(
    repetitions: Int, workers: Int = 1, replicas: Int = 400
  ) throws -> SelfCheck {
    try selfCheck(
      baseline: .sample(replicas: replicas, dynamics: .lively, calibrate: true),
      population: .equalAges([100, 300, 50]),
      levels: DistrictLevels(rate: [0.3, 0.22, 0.4], logitError: [0.1, 0.2, 0.05]),
      profile: profile,
      observed: [
        ObservedRate(year: 2015, rate: 0.26, standardError: 0.01),
        ObservedRate(year: 2017, rate: 0.25, standardError: 0.012),
        ObservedRate(year: 2019, rate: 0.24, standardError: 0.008),
      ],
      repetitions: repetitions, options: ProjectionOptions(workers: workers))
  }

  /// Uniform ranks are what theory says of a right posterior; one of half the spread can't have them.
  @Test func truthsRankEvenlyAndANarrowedPosteriorIsFound() throws {
    let found = try Self.check(repetitions: 400)
    #expect(
      found.quantities.map(\.name) == [
        "level", "exit", "trend", "trend_exit", "rate 2019", "rate 2023",
      ])
    for quantity in found.quantities {
      let test = RankTest(ranks: quantity.ranks, highest: found.highest, bins: 20)
      #expect(test.pValue > 0.002, "\(quantity.name): \(test.counts)")
      let narrowed = RankTest(ranks: quantity.narrowedRanks, highest: found.highest, bins: 20)
      #expect(narrowed.pValue < 1e-9, "\(quantity.name): \(narrowed.counts)")
      #expect(narrowed.strayBins >= 3)
    }
  }

  @Test func figuresTeachSomething() throws {
    let found = try Self.check(repetitions: 60)
    // If the figures taught nothing, the rate of 2019 would rank among prior draws: the posterior's
    // effective size would be that of equal weights.
    let mean = found.effectiveSizes.reduce(0, +) / 60
    #expect(mean < 390)
    #expect(mean > 100)
  }

  @Test func threadsDontMatterAndMoreRepetitionsRepeatTheFirst() throws {
    let one = try Self.check(repetitions: 6)
    #expect(try Self.check(repetitions: 6, workers: 7) == one)
    let more = try Self.check(repetitions: 8)
    for (few, many) in zip(one.quantities, more.quantities) {
      #expect(Array(many.ranks.prefix(6)) == few.ranks)
    }
  }
}
