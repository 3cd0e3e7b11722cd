// Quiebre · StatisticsTests
// Break and goal on projected draws: the worked example of break-test.md section 10, and rules.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Break and goal on draws")
struct DrawTests {
  /// The four draws of break-test.md section 10, 2017-2024, turned to [year][draw].
  static let scenario = transposed([
    [18.1, 18.0, 17.6, 17.0, 16.3, 15.5, 14.8, 14.1],
    [18.1, 18.2, 18.0, 17.5, 17.0, 16.4, 15.9, 15.3],
    [18.1, 17.7, 17.3, 16.5, 15.4, 14.2, 13.0, 11.8],
    [18.1, 18.1, 18.0, 18.1, 17.9, 17.8, 17.9, 17.6],
  ])
  static let baseline = transposed([
    [18.1, 18.0, 17.9, 17.8, 17.7, 17.6, 17.5, 17.4],
    [18.1, 18.3, 18.2, 18.1, 18.2, 18.0, 18.1, 18.0],
    [18.1, 17.7, 17.3, 16.9, 16.5, 16.1, 15.7, 15.3],
    [18.1, 18.2, 18.3, 18.3, 18.4, 18.4, 18.5, 18.5],
  ])

  static func transposed(_ draws: [[Double]]) -> [[Double]] {
    draws[0].indices.map { year in draws.map { $0[year] } }
  }

  private let rule = BreakRule(tolerance: 0.3, deadline: 2024)
  private let level = 18.0956
  private let levelError = 0.1828

  private func breaks(_ rates: [[Double]], _ rule: BreakRule) -> BreakYears {
    BreakYears(rates: rates, firstYear: 2017, rule: rule, plateau: .observed(level))
  }

  @Test func workedExampleHasItsBreakYears() {
    let (with, without) = (breaks(Self.scenario, rule), breaks(Self.baseline, rule))
    #expect(with.years == [2019, 2020, 2018, nil])
    #expect(without.years == [nil, nil, 2018, nil])
    #expect(with.relapsed == [false, false, false, false])
    #expect(with.probability().estimate == 0.75 && without.probability().estimate == 0.25)
    let distribution = with.distribution()
    #expect(distribution.entries.map(\.year) == [2018, 2019, 2020])
    #expect(distribution.entries.map(\.share) == [0.25, 0.25, 0.25])
    #expect(distribution.never == 0.25 && distribution.median == 2019)
    #expect(without.distribution().median == nil)
  }

  @Test func workedExampleHasItsPairs() {
    let pairs = PairedShares(
      scenario: breaks(Self.scenario, rule).breaks, baseline: breaks(Self.baseline, rule).breaks)
    #expect(pairs.onlyScenario == 0.5 && pairs.onlyBaseline == 0)
    #expect(pairs.both == 0.25 && pairs.neither == 0.25 && pairs.difference == 0.5)
    // √(2 + 0 − 4/4)/4, as the formula of section 3 has it in counts.
    #expect(pairs.standardError == 0.25)
    let same = PairedShares(scenario: [true, false], baseline: [true, false])
    #expect(same.onlyScenario == 0 && same.onlyBaseline == 0 && same.standardError == 0)
  }

  @Test func workedExampleHasItsGoal() {
    let goal = GoalOnDraws(rates: Self.scenario, firstYear: 2017, target: 12, deadline: 2024)
    let without = GoalOnDraws(rates: Self.baseline, firstYear: 2017, target: 12, deadline: 2024)
    #expect(goal.probability.estimate == 0.25 && without.probability.estimate == 0)
    #expect(goal.yearReached.entries.map(\.year) == [2024] && goal.yearReached.never == 0.75)
    // Gaps 2.1, 3.3, −0.2, 5.6: the median is the mean of 2.1 and 3.3.
    #expect((goal.gap.p50 - 2.7).magnitude < 1e-12)
  }

  @Test func workedExampleHasItsChanceOfDetection() {
    let threshold = fallThreshold(level: level, levelError: levelError, surveyError: 0.4)
    #expect((threshold - 17.372).magnitude < 5e-4)
    let last = probabilityOfDetection(
      rates: [17.6], level: level, levelError: levelError, surveyError: 0.4)
    #expect((last - 0.2846).magnitude < 1e-4)
    let all = probabilityOfDetection(
      rates: Self.scenario[7], level: level, levelError: levelError, surveyError: 0.4)
    #expect((all - 0.821).magnitude < 5e-4)
  }

  @Test func workedExampleHasItsPairedError() {
    let paired = pairedDifference(scenario: Self.scenario[7], baseline: Self.baseline[7])
    #expect((paired.mean + 2.60).magnitude < 1e-12)
    #expect((paired.standardError - 0.592).magnitude < 5e-4)
  }

  @Test func workedExampleHasItsRequiredPace() throws {
    let pace = RequiredPace(
      year: 2017, rate: 18.1, standardError: 0.4, target: 12, deadline: 2024)
    guard case .needed(let linear, let rate?) = pace else {
      Issue.record("expected a needed pace")
      return
    }
    #expect((linear + 0.871).magnitude < 5e-4 && (rate - 5.70).magnitude < 5e-3)
  }

  @Test func paceHasItsOtherCases() {
    func pace(target: Double, deadline: Double) -> RequiredPace {
      RequiredPace(year: 2017, rate: 18, standardError: 0.5, target: target, deadline: deadline)
    }
    #expect(pace(target: 18, deadline: 2020) == .alreadyMet)
    #expect(pace(target: 18, deadline: 2017) == .deadlinePassed(probabilityMet: 0.5))
    #expect(pace(target: 0, deadline: 2020) == .needed(linear: -6, reductionRate: nil))
  }

  @Test func equalWeightsChangeNothingAndZeroWeightsRemove() {
    let found = breaks(Self.scenario, rule)
    #expect(found.probability(weights: [0.25, 0.25, 0.25, 0.25]).estimate == 0.75)
    #expect(found.probability(weights: [1, 1, 0, 0]).estimate == 1)
    #expect(found.probability(weights: [1, 2, 3, 4]).effectiveDraws == 100.0 / 30)
    // Weights 1, 2, 3 of 10 break in 2019, 2020, 2018: half is reached only with 2020.
    let distribution = found.distribution(weights: [1, 2, 3, 4])
    #expect(distribution.median == 2020 && (distribution.never - 0.4).magnitude < 1e-15)
  }

  @Test func reboundFromAPeakIsNoBreak() {
    let rates = Self.transposed([[18, 20, 19, 18, 17.9, 17.9]])
    #expect(breaks(rates, rule).years == [nil])
  }

  @Test func breakMustBeConfirmedByTheDeadline() {
    let rates = Self.transposed([[18, 18, 18, 17, 16, 15]])
    #expect(breaks(rates, BreakRule(tolerance: 0.3, deadline: 2021)).years == [2020])
    #expect(breaks(rates, BreakRule(tolerance: 0.3, deadline: 2020)).years == [nil])
  }

  @Test func oneBadYearRestartsTheCount() {
    let rates = Self.transposed([[18, 17, 17.1, 16, 15]])
    #expect(breaks(rates, rule).years == [2020])
    let long = BreakRule(tolerance: 0.3, persistence: 3, deadline: 2024)
    #expect(breaks(rates, long).years == [nil])
  }

  @Test func fallOfExactlyTheToleranceCounts() {
    // 18.1 − 17.8 is 0.3000000000000007 in binary, 17.8 − 17.5 is 0.3000000000000007 too;
    // 0.1 steps of 17.9, 17.6, 17.3 give 0.2999999999999972: the slack lets both pass.
    let rates = Self.transposed([[18.0956, 17.7956, 17.4956], [17.9, 17.6, 17.3]])
    #expect(breaks(rates, rule).years == [2018, 2018])
  }

  @Test func comingBackIsCountedAsARelapse() {
    let rates = Self.transposed([[18, 17, 16, 17.6, 17, 16]])
    let found = breaks(rates, rule)
    #expect(found.years == [2018] && found.relapsed == [true])
    #expect(found.relapses().estimate == 1)
    let early = breaks(rates, BreakRule(tolerance: 0.3, deadline: 2019))
    #expect(early.years == [2018] && early.relapsed == [false])
  }

  @Test func areaWithoutASeriesFallsFromItsOwnBase() {
    let rates = Self.transposed([[40, 39, 38], [5, 4.9, 4.8]])
    let found = BreakYears(rates: rates, firstYear: 2017, rule: rule, plateau: .firstYear)
    #expect(found.years == [2018, nil])
  }

  /// y = 20·0.95^k falls by 5 % a year whatever the window.
  @Test func constantReductionHasItsRate() throws {
    var (rate, figures) = (20.0, [(year: Double, rate: Double)]())
    for year in [2012.0, 2013, 2014, 2015] {
      figures.append((year, rate))
      rate *= 0.95
    }
    let reduction = try #require(averageAnnualReduction(figures))
    #expect((reduction - 5).magnitude < 1e-12)
    // 0.95^10 of the way.
    let years = try #require(yearsToTarget(20 * 0.5987369392383789, from: 20, reductionRate: 5))
    #expect((years - 10).magnitude < 1e-12)
    #expect(yearsToTarget(10, from: 20, reductionRate: -1) == nil)
    #expect(yearsToTarget(0, from: 20, reductionRate: 5) == nil)
    #expect(averageAnnualReduction([(2012, 20)]) == nil)
  }

  /// By hand, 26.4 % in 2015 to 25.97 % in 2019, target 1 % in 2025: share (0.43/4)/(25.4/10) =
  /// 0.0423; growth rates −0.00410 and −0.27918, ratio 0.0147.
  @Test func trackersEachUseTheirOwnRule() throws {
    let rows = trackerTable(
      base: (2015, 26.4), now: (2019, 25.97), target: 1, deadline: 2025)
    #expect(rows.map(\.tracker) == TrackerRating.Tracker.allCases)
    #expect(rows.map(\.rating) == [.stagnation, .insufficient, .insufficient, .insufficient])
    #expect((try #require(rows[0].measure) - 0.04232).magnitude < 5e-6)
    #expect((try #require(rows[1].measure) - 0.01468).magnitude < 5e-6)
    let worse = trackerTable(base: (2015, 20), now: (2019, 21), target: 10, deadline: 2025)
    #expect(
      worse.map(\.rating) == [.stagnation, .deterioration, .deterioration, .deterioration])
    let met = trackerTable(base: (2015, 20), now: (2019, 9), target: 10, deadline: 2025)
    #expect(met.allSatisfy { $0.rating == .alreadyMet })
    let zero = trackerTable(base: (2015, 20), now: (2019, 9), target: 0, deadline: 2025)
    #expect(zero[1].measure == nil && zero[1].rating == nil && zero[0].rating == .onTrack)
  }

  /// (1.96 + 0.8416)·√(0.4² + 0.5²) = 1.7939.
  @Test func smallestFallIsThePowerFormula() {
    #expect((smallestFall(from: 0.4, to: 0.5) - 1.79388).magnitude < 1e-4)
    #expect(smallestFall(from: 0.4, to: 0.4, correlation: 1) == 0)
    // 18 − 15 with both errors 0.4: 3 − 1.6449·0.4·√2 = 2.0695.
    let effect = tippingPoint(rate: 15, surveyError: 0.4, level: 18, levelError: 0.4)
    #expect((effect - 2.0695).magnitude < 1e-4)
  }
}
