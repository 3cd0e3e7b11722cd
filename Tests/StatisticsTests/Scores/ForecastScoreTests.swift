// Quiebre · StatisticsTests
// Scores of forecasts against closed forms, a numerical integral and SciPy.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite struct ForecastScoreTests {
  /// Integrals of F² below and (1 − F)² above the figure: SciPy 1.17.1, `integrate.quad`, 1e-12.
  @Test(arguments: [
    ([24.1, 25.3, 26.9], [1, 1, 1], 0.5, 24.7, 0.45094452819365055),
    ([24.1, 25.3, 26.9], [0.2, 0.5, 0.3], 0.8, 22.6, 2.2152082521529723),
    ([20, 30], [0.9, 0.1], 1.5, 31, 8.451382615363167),
  ])
  func theScoreOfAKnownLawIsTheIntegralOfItsDefinition(
    _ points: [Double], _ weights: [Double], _ error: Double, _ figure: Double, _ expected: Double
  ) {
    // A law of equal points: weights become repeated points.
    let repeated = zip(points, weights).flatMap { point, weight in
      [Double](repeating: point, count: Int((weight * 10).rounded()))
    }
    let score = SurveyedDraws(points: repeated, standardError: error).rankedScore(of: figure)
    #expect(abs(score - expected) < 1e-9)
  }

  /// The pairs' mean written out in NumPy 2.3 with SciPy's normal law.
  @Test(arguments: [
    ([24.1, 25.3, 26.9], [1, 1, 1], 0.5, 24.7, 0.2320965167253456),
    ([24.1, 25.3, 26.9], [0.2, 0.5, 0.3], 0.8, 22.6, 2.045256158109674),
    ([20, 30], [0.9, 0.1], 1.5, 31, 5.045335388478245),
  ])
  func theFairScoreLeavesOutADrawsDistanceToItself(
    _ draws: [Double], _ weights: [Double], _ error: Double, _ figure: Double, _ expected: Double
  ) {
    let score = SurveyedDraws(draws: draws, weights: weights, standardError: error)
      .rankedScore(of: figure)
    #expect(abs(score - expected) < 1e-12)
  }

  /// R package scoringRules and Python's properscoring 0.1: crps_gaussian(22.6, 26.0, 0.7).
  @Test func oneNormalHasItsClosedScore() {
    let score = SurveyedDraws(points: [26], standardError: 0.7).rankedScore(of: 22.6)
    #expect(abs(score - 3.005067450982126) < 1e-12)
  }

  /// What fairness means: the mean over small samples is the score of the law they come from.
  @Test func fewFairDrawsScoreOnAverageAsTheWholeLaw() {
    let law = SurveyedDraws(
      points: (0..<2000).map { 25 + 2 * normalQuantile((Double($0) + 0.5) / 2000) },
      standardError: 0.6)
    let normals = RandomField(seed: 5).stream(RandomQuantity(rawValue: 950))
      .normals(count: 40_000)
    let (small, plain) = (0..<10_000).reduce(into: (0.0, 0.0)) { sums, index in
      let draws = normals[(index * 4)..<(index * 4 + 4)].map { 25 + 2 * $0 }
      sums.0 += SurveyedDraws(draws: draws, standardError: 0.6).rankedScore(of: 23) / 10_000
      sums.1 += SurveyedDraws(points: draws, standardError: 0.6).rankedScore(of: 23) / 10_000
    }
    // Standard error of the mean of 10,000 scores is about 0.01; the unfair one is off by a quarter
    // of E|X − X′|/2 ≈ 0.29.
    #expect(abs(small - law.rankedScore(of: 23)) < 0.04)
    #expect(plain - law.rankedScore(of: 23) > 0.2)
  }

  /// SciPy 1.17.1: brentq on the mixture's distribution function.
  @Test func quantilesAndTransformsAreThoseOfTheMixture() {
    let forecast = SurveyedDraws(
      draws: [24.1, 25.3, 26.9], weights: [0.2, 0.5, 0.3], standardError: 0.8)
    let expected = [
      (0.025, 23.144562141354644), (0.1, 23.89790898148077), (0.5, 25.48864722742688),
      (0.9, 27.270103365933608), (0.975, 28.00947963072994),
    ]
    for (share, value) in expected { #expect(abs(forecast.quantile(share) - value) < 1e-9) }
    #expect(abs(forecast.probability(atMost: 22.6) - 0.006263823067592126) < 1e-13)
    #expect(abs(forecast.probability(atMost: 25) - 0.35348855576499766) < 1e-13)
    #expect(abs(forecast.mean - 25.54) < 1e-12)
  }

  @Test func theOrderAndTheUnitOfTheDrawsDontMatter() {
    let draws = [25.0, 22, 27, 24, 26.5]
    let weights = [0.1, 0.3, 0.2, 0.25, 0.15]
    let score = SurveyedDraws(draws: draws, weights: weights, standardError: 0.5)
      .rankedScore(of: 23)
    let turned = SurveyedDraws(
      draws: draws.reversed(), weights: weights.reversed(), standardError: 0.5
    ).rankedScore(of: 23)
    let shares = SurveyedDraws(
      draws: draws.map { $0 / 100 }, weights: weights.map { $0 * 7 }, standardError: 0.005
    ).rankedScore(of: 0.23)
    // Equal up to the order of the weights' sum.
    #expect(abs(score - turned) < 1e-13)
    #expect(abs(score - shares * 100) < 1e-13)
  }

  @Test func aSummaryCountsWhatItsScoresHold() throws {
    let forecast = SurveyedDraws(points: [25], standardError: 1)
    // z = 0, 1, −1.5, 2.5: inside 80 % (±1.28) two, inside 95 % (±1.96) three.
    let scores = [25.0, 26, 23.5, 27.5].map { ForecastScore(forecast, figure: $0) }
    let summary = try #require(ForecastSummary(scores))
    #expect(summary.covered80.hits == 2)
    #expect(summary.covered95.hits == 3)
    // Clopper-Pearson for 3 of 4 at 95 %: 0.194, 0.994 (R 4.2.2, binom.test(3, 4)).
    #expect(abs(summary.covered95.low - 0.1941204) < 1e-6)
    #expect(abs(summary.covered95.high - 0.9936905) < 1e-6)
    #expect(abs(summary.bias - (-0.5)) < 1e-12)
    #expect(summary.transforms == [1, 0, 1, 0, 2])
    #expect(ForecastSummary([]) == nil)
    #expect(abs(summary.skill(against: summary)) < 1e-15)
  }
}

@Suite struct SimpleForecastTests {
  private func row(_ year: Double, _ rate: Double, _ error: Double?) -> Observation {
    Observation(year: year, rate: rate, standardError: error)
  }

  @Test func theLastValueCarriesBothSurveysErrors() throws {
    let forecast = try #require(
      SimpleForecast.lastValue.forecast(
        from: [row(2015, 26, 0.8), row(2012, 31, 0.5)], year: 2020, standardError: 0.6))
    #expect(forecast.mean == 26)
    // √(0.8² + 0.6²) = 1.
    #expect(abs(forecast.quantile(0.975) - (26 + 1.959963984540054)) < 1e-9)
  }

  /// Two points: the line through them; its error at 2020 is √(3²·0.3² + 2²·0.4²) by hand.
  @Test func theLineThroughTwoPointsExtrapolatesTheirErrors() throws {
    let known = [row(2010, 30, 0.4), row(2015, 25, 0.3)]
    let forecast = try #require(
      SimpleForecast.straightLine.forecast(from: known, year: 2020, standardError: 0.5))
    let error = (4 * 0.09 + 0.16 + 0.25).squareRoot()
    #expect(abs(forecast.mean - 20) < 1e-9)
    #expect(abs(forecast.quantile(0.975) - (20 + 1.959963984540054 * error)) < 1e-8)
  }

  @Test func aConstantRateKeepsItsRatio() throws {
    // 32 → 24 in five years is × 0.75; five more give 18.
    let known = [row(2010, 32, 1e-6), row(2015, 24, 1e-6)]
    let forecast = try #require(
      SimpleForecast.constantRate.forecast(from: known, year: 2020, standardError: 0.5))
    #expect(abs(forecast.quantile(0.5) - 18) < 1e-4)
  }

  @Test func tooFewFiguresGiveNoForecast() {
    let known = [row(2015, 25, 0.3), row(2016, 25, nil)]
    for kind in [SimpleForecast.straightLine, .constantRate] {
      #expect(kind.forecast(from: known, year: 2020, standardError: 0.5) == nil)
    }
    #expect(SimpleForecast.lastValue.forecast(from: [], year: 2020, standardError: 0.5) == nil)
    let gone = [row(2010, 3, 0.1), row(2015, 0, 0.1)]
    #expect(SimpleForecast.constantRate.forecast(from: gone, year: 2020, standardError: 1) == nil)
  }
}

@Suite struct RankTestTests {
  /// SciPy 1.17.1: chi2.sf, binom.ppf(0.005), binom.isf(0.005).
  @Test(arguments: [(200, 20, 3...19), (400, 20, 10...32), (1000, 10, 76...125)])
  func binsHoldWhatABinomialLawAllows(_ count: Int, _ bins: Int, _ expected: ClosedRange<Int>) {
    let ranks = (0..<count).map { $0 % 100 }
    let test = RankTest(ranks: ranks, highest: 99, bins: bins)
    #expect(test.expected == expected)
    #expect(test.chiSquare == 0)
    #expect(test.pValue == 1)
    #expect(test.strayBins == 0)
  }

  @Test func ranksThatCrowdTheMiddleOrTheEndsFail() {
    let crowded = (0..<400).map { 25 + $0 % 50 }
    let spread = (0..<400).map { $0 % 2 == 0 ? $0 % 10 : 99 - $0 % 10 }
    for ranks in [crowded, spread] {
      let test = RankTest(ranks: ranks, highest: 99, bins: 20)
      #expect(test.pValue < 1e-6)
      #expect(test.strayBins > 0)
    }
  }

  /// X² = Σ(o − 10)²/10 = 30 by hand; chi2.sf(30, 19) = 0.05179845889302389.
  @Test func theStatisticIsPearsons() {
    // (4·25 + 2·100)/10 = 30.
    var counts = [Int](repeating: 10, count: 20)
    (counts[0], counts[1], counts[2], counts[3]) = (15, 5, 15, 5)
    (counts[4], counts[5]) = (20, 0)
    let ranks = counts.enumerated().flatMap { [Int](repeating: $0 * 5, count: $1) }
    let test = RankTest(ranks: ranks, highest: 99, bins: 20)
    #expect(test.counts == counts)
    #expect(abs(test.chiSquare - 30) < 1e-12)
    #expect(abs(test.pValue - 0.05179845889302389) < 1e-12)
  }
}
