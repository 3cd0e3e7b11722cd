// Quiebre · StatisticsTests
// Quantiles, shares and words for weighted draws.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Weighted draws")
struct SampleTests {
  private let values = [3.5, -1, 7, 2, 2, 9.25, 0]
  private let shares = [0, 0.05, 0.33, 0.5, 0.95, 1]
  /// NumPy 2.4.6: np.quantile([3.5, -1, 7, 2, 2, 9.25, 0], [0, .05, .33, .5, .95, 1]).
  private let expected = [-1, -0.7, 1.96, 2, 8.575, 9.25]

  @Test func quantilesAreNumPysDefault() {
    let found = quantiles(of: values, at: shares)
    for (a, b) in zip(found, expected) { #expect((a - b).magnitude < 1e-14) }
  }

  @Test func equalWeightsChangeNothing() {
    let weights = [Double](repeating: 0.125, count: values.count)
    let found = quantiles(of: values, weights: weights, at: shares)
    for (a, b) in zip(found, expected) { #expect((a - b).magnitude < 1e-14) }
  }

  @Test func valuesWithoutWeightCountForNothing() {
    let found = quantiles(
      of: values + [-50, 50, 2.5], weights: [1, 1, 1, 1, 1, 1, 1, 0, 0, 0], at: shares)
    for (a, b) in zip(found, expected) { #expect((a - b).magnitude < 1e-14) }
    #expect(quantiles(of: [1, 2], weights: [0, 0], at: [0.5])[0].isNaN)
    #expect(quantiles(of: [], at: [0.5])[0].isNaN)
    #expect(quantiles(of: [4], weights: [0.3], at: [0, 0.7, 1]) == [4, 4, 4])
  }

  /// By hand: weights 1, 2, 1 put the values at 0, 1.5/3 and 1 (middles 0.5, 2, 3.5 less 0.5).
  @Test func heavierValuesAreWider() {
    let found = quantiles(of: [10, 20, 40], weights: [1, 2, 1], at: [0, 0.25, 0.5, 0.75, 1])
    #expect(found == [10, 15, 20, 30, 40])
  }

  /// By hand: (1 + 2 + 3)²/(1 + 4 + 9) = 36/14; (1·10 + 2·20 + 3·40)/6.
  @Test func effectiveSizeAndMeanFollowTheWeights() {
    #expect(effectiveSampleSize([1, 2, 3]) == 36.0 / 14)
    #expect(effectiveSampleSize([0.25, 0.25, 0.25, 0.25]) == 4)
    #expect(mean(of: [10, 20, 40], weights: [1, 2, 3]) == 170.0 / 6)
    #expect(mean(of: [10, 20, 30]) == 20)
  }

  /// scipy 1.17.1: binomtest(k, n).proportion_ci(method="wilson").
  @Test(
    arguments: [
      (0, 10, 0, 0.27753279986288926), (3, 10, 0.10779126740630102, 0.6032218525388546),
      (10, 10, 0.7224672001371109, 1), (750, 1000, 0.7222397197409138, 0.7758469010163085),
      (999, 1000, 0.9943574414020421, 0.9998234536293739),
    ] as [(Double, Double, Double, Double)])
  func wilsonIntervalMeetsScipy(hits: Double, count: Double, low: Double, high: Double) {
    let interval = wilsonInterval(share: hits / count, count: count)
    #expect((interval.low - low).magnitude < 1e-14 && (interval.high - high).magnitude < 1e-14)
  }

  @Test func allOrNoneIsNeverPrintedAsCertain() {
    let none = DrawnShare(of: [Bool](repeating: false, count: 1000))
    let all = DrawnShare(of: [Bool](repeating: true, count: 1000))
    #expect(none.wording == .below(none.high) && none.high > 0.003)
    #expect(all.wording == .above(all.low) && all.low < 0.997)
    #expect(DrawnShare(of: [true, false]).wording == .value(0.5))
    let weights = (0..<1000).map { 1 / (Double($0) + 3) }
    let weighted = DrawnShare(of: [Bool](repeating: true, count: 1000), weights: weights)
    #expect(weighted.wording == .above(weighted.low))
  }

  @Test func nearlyNoneIsWordedAsABound() {
    let few = DrawnShare(estimate: 0.0004, effectiveDraws: 1000)
    let most = DrawnShare(estimate: 0.9996, effectiveDraws: 1000)
    #expect(few.wording == .below(few.high) && most.wording == .above(most.low))
    #expect(DrawnShare(estimate: 0.0006, effectiveDraws: 1000).wording == .value(0.0006))
  }

  @Test func oneDrawHasWilsonBoundsAndNoSpread() {
    let share = DrawnShare(of: [true])
    #expect(share.estimate == 1 && share.standardError == 0)
    // Wilson with n = 1, p = 1: 1/(1 + z²).
    #expect((share.low - 1 / (1 + 1.959963984540054 * 1.959963984540054)).magnitude < 1e-15)
  }

  @Test(
    arguments: [
      (0.995, .virtuallyCertain), (0.99, .virtuallyCertain), (0.95, .veryLikely), (0.66, .likely),
      (0.5, .aboutAsLikelyAsNot), (0.331, .aboutAsLikelyAsNot), (0.33, .unlikely),
      (0.1, .veryUnlikely), (0.01, .exceptionallyUnlikely), (0, .exceptionallyUnlikely),
    ] as [(Double, ProbabilityWord)])
  func wordsFollowTheTable(probability: Double, word: ProbabilityWord) {
    #expect(ProbabilityWord(probability) == word)
  }

  /// 9 of 10: the Wilson interval 0.596 to 0.982 begins below 0.66, so not even "likely".
  @Test func wordIsTakenAtTheCautiousEnd() {
    #expect(DrawnShare(estimate: 0.9, effectiveDraws: 10).word == .aboutAsLikelyAsNot)
    #expect(DrawnShare(estimate: 0.9, effectiveDraws: 10_000).word == .likely)
    #expect(DrawnShare(estimate: 0.05, effectiveDraws: 10_000).word == .veryUnlikely)
    #expect(DrawnShare(estimate: 0.52, effectiveDraws: 100).word == .aboutAsLikelyAsNot)
  }

  /// By hand: 0.99, 0.9, 0.8 have mean errors 0.01, 0.055, 0.1033; the third is too many at 0.10.
  @Test func listStopsBeforeTooManyAreExpectedWrong() {
    let list = AreaList(probabilities: [0.2, 0.9, 0.99, 0.8], expectedWrongAtMost: 0.10)
    #expect(list.areas == [2, 1] && (list.expectedWrong - 0.055).magnitude < 1e-15)
    #expect(AreaList(probabilities: [0.5, 0.9, 0.9], expectedWrongAtMost: 0.1).areas == [1, 2])
    let none = AreaList(probabilities: [0.5], expectedWrongAtMost: 0.1)
    #expect(none.areas.isEmpty && none.expectedWrong == 0)
    #expect(AreaList(probabilities: [], expectedWrongAtMost: 0.1).areas.isEmpty)
  }
}
