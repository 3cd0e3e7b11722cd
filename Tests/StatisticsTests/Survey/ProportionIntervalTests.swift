// Quiebre · StatisticsTests
// Expected values: R 4.2.2, package survey 4.1-1, and R's own qbeta.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Statistics
import Support
import Testing

@Suite("Intervals of proportions")
struct ProportionIntervalTests {
  struct Expected: Sendable {
    let least: Double
    let method: ProportionMethod
    let low: Double
    let high: Double
  }

  /// `Rscript Tests/Fixtures/survey/expected.R`: svyciprop with xlogit, beta, mean.
  static let fromSamples: [Expected] = [
    Expected(least: 1, method: .logit, low: 0.227413700102332, high: 0.426996451213692),
    Expected(least: 1, method: .beta, low: 0.221023408850975, high: 0.430216376339455),
    Expected(least: 1, method: .linear, low: 0.218076726640179, high: 0.419847960593644),
    Expected(least: 45, method: .logit, low: 0.0018109765293862, high: 0.0742468454963709),
    Expected(least: 45, method: .beta, low: 0.000401798264109015, high: 0.0607000030589999),
    Expected(least: 45, method: .linear, low: -0.0103914729899541, high: 0.034229155581248),
  ]

  @Test(arguments: fromSamples)
  func theyAreThoseOfR(expected: Expected) throws {
    let data = try Microdata.children()
    let found = try data.design().estimates(
      of: SurveyTarget(.proportion, of: data.works(expected.least)),
      in: .whole(rows: data.rows.count),
      intervals: SurveyIntervals(proportions: expected.method))[0].interval
    #expect(isClose(found?.low, expected.low, 1e-10))
    #expect(isClose(found?.high, expected.high, 1e-10))
    #expect(found?.method == expected.method)
  }

  /// R: `binom.test(x, n)$conf.int`, that is qbeta(.025, x, n − x + 1) and qbeta(.975, x + 1, n − x).
  @Test(arguments: [
    (0.0, 10.0, 0.0, 0.308497107818761), (1, 10, 0.00252857854446179, 0.44501611702819543),
    (3, 400, 0.00154935894990566, 0.02176066851441716), (10, 10, 0.691502892181239, 1),
    (5, 10, 0.187086028447399, 0.812913971552601),
  ])
  func clopperPearsonIsExact(hits: Double, count: Double, low: Double, high: Double) {
    let found = clopperPearsonInterval(hits: hits, count: count, level: 0.95)
    #expect(isClose(found.low, low, 1e-11))
    #expect(isClose(found.high, high, 1e-11))
  }

  /// R: `prop.test(x, n, correct = FALSE)$conf.int`.
  @Test(arguments: [
    (0.1, 10.0, 0.0178762130950729, 0.4041500267952384), (0.0, 20, 0, 0.161125158052819),
  ])
  func wilsonIsThatOfR(share: Double, count: Double, low: Double, high: Double) {
    let found = wilsonInterval(share: share, count: count, level: 0.95)
    #expect(isClose(found.low, low, 1e-11))
    #expect(isClose(found.high, high, 1e-11))
  }

  /// Without a hit the effective size is the number of cases: 1 − 0.025^(1/n).
  @Test(arguments: ProportionMethod.allCases)
  func noHitStillHasAnUpperEnd(method: ProportionMethod) {
    let found = proportionInterval(
      share: 0, standardError: 0, cases: 50, degreesOfFreedom: 12, level: 0.95, method: method)
    #expect(found.low == 0)
    #expect(found.high > 0.05 && found.high < 0.09)
    if method != .wilson {
      #expect(found.method == .beta)
      #expect(isClose(found.high, 1 - pow(0.025, 1.0 / 50), 1e-12))
    }
  }

  @Test(arguments: ProportionMethod.allCases)
  func mirroredSharesHaveMirroredIntervals(method: ProportionMethod) {
    func interval(_ share: Double) -> SurveyEstimate.Interval {
      proportionInterval(
        share: share, standardError: 0.02, cases: 300, degreesOfFreedom: 20, level: 0.9,
        method: method)
    }
    #expect(isClose(interval(0.1).low, 1 - interval(0.9).high, 1e-12))
    #expect(isClose(interval(0.1).high, 1 - interval(0.9).low, 1e-12))
  }
}
