// Quiebre · LaborModelTests
// Four rules for three classes, against an outside program.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Testing

@Suite("Risk classes")
struct RiskClassTests {
  /// A skewed set of 60 rates: ((37k² + 11k) mod 613)/613 cubed, between 2 and 62 %.
  static let rates = (0..<60).map { k in
    let x = Double((k * k * 37 + k * 11) % 613) / 613
    return x * x * x * 0.6 + 0.02
  }

  private func counts(_ rule: RiskClassRule, _ rates: [Double]) throws -> [Int] {
    let cuts = try rule.cuts(for: rates)
    return RiskClass.allCases.map { one in rates.count { cuts.riskClass(of: $0) == one } }
  }

  /// Counts of mapclassify 2.10.0 with k = 3: EqualInterval, Quantiles, FisherJenks.
  @Test(
    arguments: [
      (.equal, [45, 8, 7]), (.quantile, [20, 20, 20]), (.jenks, [45, 10, 5]),
    ] as [(RiskClassRule, [Int])])
  func countsMeetMapclassify(rule: RiskClassRule, expected: [Int]) throws {
    #expect(try counts(rule, Self.rates) == expected)
  }

  /// mapclassify 2.10.0, FisherJenks(k = 3): 7, 4, 4.
  @Test func naturalBreaksKeepEqualRatesTogether() throws {
    let rates =
      [Double](repeating: 0.1, count: 5)
      + [0.12, 0.13, 0.3, 0.31, 0.31, 0.32, 0.55, 0.6, 0.6, 0.61]
    #expect(try counts(.jenks, rates) == [7, 4, 4])
  }

  @Test func rateOnACutGoesUp() throws {
    let cuts = try RiskClassRule.fixed(mediumFrom: 0.15, highFrom: 0.3).cuts(for: [0.1])
    #expect(cuts.riskClass(of: 0.15) == .medium && cuts.riskClass(of: 0.3) == .high)
    #expect(cuts.riskClass(of: 0.15.nextDown) == .low)
    #expect(cuts.riskClass(of: 0.3.nextDown) == .medium)
    #expect(
      cuts.sentence.en == "Classes by fixed cut points: medium from 15.0 %, high from 30.0 %.")
    #expect(cuts.sentence.es == "Clases por cortes fijos: medio desde 15.0 %, alto desde 30.0 %.")
  }

  @Test(arguments: [RiskClassRule.equal, .quantile, .jenks])
  func ratesTooAlikeGiveNoClasses(rule: RiskClassRule) {
    #expect(faults { try rule.cuts(for: [0.2, 0.2, 0.2]) }?.map(\.code) == [.badClassCuts])
    #expect(faults { try rule.cuts(for: []) }?.map(\.code) == [.badClassCuts])
  }

  /// The rule decides the result: with thirds 53 of 158 districts are high (mirti-method.md, 6).
  @Test func thirdsOfOneHundredFiftyEightGiveFiftyThree() throws {
    let rates = (1...158).map { Double($0) / 1000 }
    #expect(try counts(.quantile, rates) == [53, 52, 53])
  }
}
