// Quiebre · StatisticsTests
// Sample sizes against closed forms and R 4.2.2.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Sample plans")
struct SamplePlanTests {
  private func plan(
    _ share: Double, _ goal: SamplePlan.Goal, _ change: (inout SamplePlan) -> Void = { _ in }
  ) throws -> SamplePlan.Outcome {
    var plan = SamplePlan(share: share, goal: goal)
    plan.usesStudent = false
    change(&plan)
    return try plan.outcome()
  }

  /// z²pq/d² = 896.34 (R: qnorm(.975)^2*.3*.7/.03^2); Cochran's (1977, section 4.4) n₀/(1 + (n₀ − 1)/N)
  /// for N = 5,000: 896.34/(1 + 895.34/5000) = 760.2.
  @Test func aMarginIsCochrans() throws {
    #expect(try plan(0.3, .margin(0.03)).cases == 897)
    #expect(try plan(0.3, .margin(0.03)) { $0.population = 5000 }.cases == 761)
    // A design effect of 2 doubles 896.34.
    #expect(try plan(0.3, .margin(0.03)) { $0.designEffect = .known(2) }.cases == 1793)
  }

  /// q/(p·cv²) = 0.9/(0.1·0.15²) = 400.
  @Test func aCoefficientOfVariationIsTheClosedForm() throws {
    #expect(try plan(0.1, .coefficientOfVariation(0.15)).cases == 400)
  }

  /// R: power.prop.test(p1 = .26, p2 = .23, power = .8) gives 3225.15 in each group,
  /// power.prop.test(p1 = .02, p2 = .01, power = .9) gives 3102.87.
  @Test func aChangeIsThatOfPowerPropTest() throws {
    let fall = try plan(0.26, .change(to: 0.23, power: 0.8))
    #expect(fall.cases == 3226)
    #expect(isClose(fall.power, 0.8, 1e-3))
    #expect(try plan(0.02, .change(to: 0.01, power: 0.9)).cases == 3103)
    // Twice the same clusters, estimates correlated by ½: half as many.
    let panel = try plan(0.26, .change(to: 0.23, power: 0.8)) { $0.overlapCorrelation = 0.5 }
    #expect(panel.cases == 1613)
  }

  /// R: the least n with 1 − pbinom(4, n, .01) ≥ .95 is 913.
  @Test func findingCasesIsBinomial() throws {
    #expect(try plan(0.01, .finding(cases: 5, probability: 0.95)).cases == 913)
  }

  /// R: the least n with diff(qbeta(c(.025, .975), c(.01n, .01n + 1), c(.99n + 1, .99n)))/2 ≤ .005 is 1741.
  @Test func aRareOutcomeIsPlannedByItsExactInterval() throws {
    #expect(try plan(0.01, .margin(0.005)) { $0.method = .beta }.cases == 1741)
    #expect(try plan(0.01, .margin(0.005)).cases < 1741)
  }

  /// R: the least k with qt(.975, k − 2)·√(1.9·.26·.74/(12k)) ≤ .02 is 295.
  @Test func fewClustersCostDegreesOfFreedom() throws {
    let found = try plan(0.26, .margin(0.02)) {
      $0.designEffect = .known(1.9)
      $0.clusterSize = 12
      $0.strata = 2
      $0.usesStudent = true
      $0.response = 0.9
      $0.personsPerDwelling = 1.5
    }
    #expect(found.clusters == 295)
    #expect(found.cases == 3540)
    #expect(found.degreesOfFreedom == 293)
    // 3540/0.9 = 3933.3; 3934/1.5 = 2622.7.
    #expect(found.selectedPersons == 3934)
    #expect(found.selectedDwellings == 2623)
  }

  /// (1 + 11·0.05)·(1 + 0.4²) = 1.798.
  @Test func correlationAndWeightsMakeTheDesignEffect() throws {
    let found = try plan(0.26, .cases(1200)) {
      $0.designEffect = .modeled(correlation: 0.05, weightVariation: 0.4)
      $0.clusterSize = 12
    }
    #expect(isClose(found.designEffect, 1.798))
    #expect(found.clusters == 100)
    #expect(isClose(found.effectiveCases, 1200 / 1.798))
  }

  /// √(300/10·0.95/0.05) = √570 = 23.9; √(1/100·1) = 0.1, at least 1.
  @Test func costsFindTheClusterSize() {
    func best(_ cluster: Double, _ interview: Double, _ correlation: Double) -> Int? {
      SamplePlan.bestClusterSize(
        clusterCost: cluster, interviewCost: interview, correlation: correlation)
    }
    #expect(best(300, 10, 0.05) == 24)
    #expect(best(1, 100, 0.5) == 1)
    #expect(best(300, 10, 0) == nil)
    // Money for 100 such clusters, spent on larger or smaller ones instead, buys less precision.
    let money = 100.0 * (300 + 10 * 24)
    func effective(_ size: Double) -> Double {
      money / (300 + 10 * size) * size / (1 + (size - 1) * 0.05)
    }
    for size in [12.0, 18, 30, 48] { #expect(effective(size) < effective(23.9)) }
  }

  @Test func theSmallestFallIsSeenWithTheWantedPower() throws {
    var plan = SamplePlan(share: 0.26, goal: .cases(3226))
    plan.usesStudent = false
    let fall = try #require(plan.detectable(clusters: 3226, power: 0.8, isFall: true))
    // 3,226 is what .26 to .23 needs.
    #expect((fall - 0.23).magnitude < 1e-5)
    #expect(plan.detectable(clusters: 3, power: 0.8, isFall: true) == nil)
  }

  @Test func whatNoSampleReachesIsRefused() throws {
    #expect(throws: SamplePlan.Failure.tooMany) { try plan(0.5, .margin(1e-7)) }
    // All 200 persons find no fifth case with 95 % if one in a hundred is one.
    #expect(throws: SamplePlan.Failure.wholePopulation(cases: 200)) {
      try plan(0.01, .change(to: 0.011, power: 0.9)) {
        $0.population = 200
        $0.designEffect = .known(1e12)
      }
    }
  }

  /// More clusters never do worse, so bisection finds the least.
  @Test(arguments: [
    SamplePlan.Goal.margin(0.01), .coefficientOfVariation(0.1), .change(to: 0.03, power: 0.8),
    .finding(cases: 4, probability: 0.9),
  ])
  func oneClusterLessDoesNotDo(goal: SamplePlan.Goal) throws {
    var plan = SamplePlan(share: 0.05, goal: goal)
    plan.clusterSize = 10
    plan.designEffect = .known(1.5)
    let found = try plan.outcome()
    let fewer = plan.outcome(clusters: found.clusters - 1)
    switch goal {
    case .margin(let margin):
      #expect(half(found) <= margin && half(fewer) > margin)
    case .coefficientOfVariation(let ratio):
      #expect(found.standardError / 0.05 <= ratio && fewer.standardError / 0.05 > ratio)
    case .change(_, let power):
      #expect(try #require(found.power) >= power)
      #expect(try #require(fewer.power) < power)
    case .finding(_, let probability):
      #expect(try #require(found.findingProbability) >= probability)
      #expect(try #require(fewer.findingProbability) < probability)
    case .cases: break
    }
  }

  private func half(_ outcome: SamplePlan.Outcome) -> Double {
    outcome.intervals.first { $0.method == .linear }.map { ($0.high - $0.low) / 2 } ?? .infinity
  }
}
