// Quiebre · StatisticsTests
// Many areas at once: adjusted p-values, findings, ranks, repeated looks.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Many areas and many looks")
struct ManyAreasTests {
  static let pValues = [
    0.269, 0.001, 0.039, 0.041, 0.06, 0.042, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.008,
    0.275, 0.34,
  ]

  /// R 4.2.2: `p.adjust(p, "BH")` and `p.adjust(p, "BY")`, in the order above.
  @Test func adjustedValuesMeetR() {
    let positive = [
      0.294642857142857, 0.015, 0.126, 0.126, 0.15, 0.126, 0.158571428571429, 0.294642857142857,
      0.294642857142857, 0.294642857142857, 0.294642857142857, 0.294642857142857, 0.06,
      0.294642857142857, 0.34,
    ]
    let any = [
      0.9776924712192571, 0.0497734348984349, 0.4180968531468531, 0.4180968531468531,
      0.497734348984349, 0.4180968531468531, 0.5261763117834546, 0.9776924712192571,
      0.9776924712192571, 0.9776924712192571, 0.9776924712192571, 0.9776924712192571,
      0.1990937395937396, 0.9776924712192571, 1,
    ]
    for (found, expected) in zip(adjustedForDiscovery(Self.pValues), positive) {
      #expect((found - expected).magnitude < 1e-14)
    }
    for (found, expected) in zip(adjustedForDiscovery(Self.pValues, dependence: .any), any) {
      #expect((found - expected).magnitude < 1e-13)
    }
    #expect(adjustedForDiscovery([]).isEmpty && adjustedForDiscovery([0.3]) == [0.3])
  }

  private func area(_ figures: [(Double, Double, Double?)]) -> [Observation] {
    figures.map { Observation(year: $0.0, rate: $0.1, standardError: $0.2) }
  }

  /// By hand: −6/√(1 + 1) = −4.243 errors, p = 2.209e-5; +0.1 over 0.1·√2: z = 0.7071, p = 0.4795;
  /// three areas are tested, so the first is 3·2.209e-5.
  @Test func areasFallRiseOrStandStill() throws {
    let found = testAreaPaces(
      [
        area([(2023, 30, 1), (2024, 24, 1)]), area([(2023, 30, nil), (2024, 24, nil)]),
        area([(2023, 20, 0.1), (2024, 20.1, 0.1)]), area([(2024, 24, 1)]),
        area([(2023, 20, 1), (2024, 20.5, 1)]),
      ], tolerance: 0.5)
    let findings: [AreaPace.Finding?] = [.falls, nil, .stagnant, nil, .undetermined]
    #expect(found.map { $0?.finding } == findings)
    let first = try #require(found[0])
    #expect(first.slope == -6 && (first.standardError - 1.4142135623730951).magnitude < 1e-14)
    #expect((first.pChange - 2.209049699858544e-05).magnitude < 1e-16)
    #expect((first.adjustedChange - 3 * 2.209049699858544e-05).magnitude < 1e-15)
    #expect((try #require(found[2]).pChange - 0.47950012218695337).magnitude < 1e-12)
    // (0.5 − 0.1)/0.1414 = 2.8284: one-sided 0.002339.
    #expect((try #require(found[2]).pStagnant - 0.002338867490523633).magnitude < 1e-12)
  }

  @Test func joinedMethodsAreNoAreaPace() {
    var figures = area([(2019, 30, 1), (2024, 20, 1)])
    figures[1].method = "mixed"
    #expect(testAreaPaces([figures], tolerance: 0.3) == [nil])
  }

  /// By hand, three draws of three areas: the worst are area 1; area 2; areas 0 and 2 tied.
  @Test func ranksAreProbabilitiesThatSumToTheLength() {
    let rates: [[Double]] = [[1, 2, 5], [3, 1, 1], [2, 4, 5]]
    let third = 1.0 / 3
    #expect(probabilitiesOfWorst(1, rates: rates).map(\.estimate) == [third, third, third])
    #expect(probabilitiesOfWorst(2, rates: rates).map(\.estimate) == [2.0 / 3, third, 1])
    #expect(probabilitiesOfWorst(3, rates: rates).allSatisfy { $0.estimate == 1 })
    let weighted = probabilitiesOfWorst(1, rates: rates, weights: [0, 1, 0])
    #expect(weighted.map(\.estimate) == [0, 0, 1])
  }

  /// scipy 1.17.1: the looks are independent given the plateau's error, which `quad` integrates.
  ///
  /// 9,999 draws: a share of 0.21 has an error of 0.0041, of 0.017 one of 0.0013; the 95 % point one
  /// of √(0.05·0.95/9999)/density ≈ 0.02. Four errors are allowed.
  @Test func severalLooksAreNotOne() throws {
    let five = RepeatedLooks(looks: 5, surveyError: 0.4, levelError: 0.1828)
    #expect((five.falseAlarmOfAny - 0.20846005392692724).magnitude < 0.0164)
    #expect((five.criticalValue - 2.3039946897600183).magnitude < 0.08)
    #expect((try #require(five.falseAlarmOfTwoRunning) - 0.0169).magnitude < 0.0052)
    let six = RepeatedLooks(looks: 6, surveyError: 0.5, levelError: 0.3, seed: 7)
    #expect((six.falseAlarmOfAny - 0.2259057472399002).magnitude < 0.0168)
    #expect((six.criticalValue - 2.3557245015876855).magnitude < 0.08)
    let one = RepeatedLooks(looks: 1, surveyError: 0.5, levelError: 0.3)
    #expect(one.criticalValue == 1.6448536269514722 && one.falseAlarmOfTwoRunning == nil)
  }

  /// Five yearly surveys of error 1: Σ(t − t̄)² = 10, so the slope's error is 1/√10.
  @Test func plannedSurveysHaveTheirSlopeError() throws {
    let error = try #require(slopeError(years: [1, 2, 3, 4, 5], errors: [1, 1, 1, 1, 1]))
    #expect((error - 0.31622776601683794).magnitude < 1e-15)
    #expect(slopeError(years: [2, 2], errors: [1, 1]) == nil)
    #expect(slopeError(years: [], errors: []) == nil)
    let result = try testStagnation(
      StagnationTests.invented, settings: BreakSettings(target: 12, deadline: 2021))
    let planned = try #require(result.detectable?.planned)
    #expect(planned.years == [2017, 2018, 2019, 2020, 2021])
    // (1.95996 + 0.84162)·0.4/√10 and (1.64485 + 1.28155)·0.4/√10.
    #expect((planned.smallestSlope - 0.354376).magnitude < 1e-6)
    #expect((planned.smallestTolerance - 0.370164).magnitude < 1e-6)
  }
}
