// Quiebre · LaborModelTests
// The risk of districts: scoring, benchmark, draws, classes, factors, and what must not matter.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Districts
import LaborModel
import Statistics
import Testing

@Suite("Risk assessment")
struct RiskAssessmentTests {
  private func assess(
    _ source: RiskSource? = nil, registry: DistrictRegistry = RiskFixture.registry(),
    national: NationalBenchmark? = RiskFixture.national, direct: [DirectEstimate] = [],
    options: RiskOptions = RiskFixture.options(), workers: Int = 2
  ) throws -> RiskAssessment {
    let scored = try source ?? .model(RiskFixture.model(), RiskCells(RiskFixture.cells))
    return try assessRisk(
      scored, registry: registry, national: national, direct: direct, options: options, seed: 5,
      workers: workers)
  }

  private func weightedMean(_ values: [Double], _ weights: [Double]) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  /// By mpmath 1.4.1, quad(npdf(z)/(1 + exp(-(eta + s*z))), [-12, 12]).
  ///
  /// With σ_u up to 0.8, as risk models have, 15 points are exact to 1e-11; above, 64 are taken.
  @Test(arguments: [
    (-1.0, 0.3, 0.272909162097435, 1e-12), (0.5, 1.0, 0.6020271328167501, 1e-14),
    (-3.0, 0.8, 0.061234374793143614, 1e-11), (-4.0, 2.0, 0.06766764161830635, 1e-10),
  ])
  func scoreIsTheMeanOverTheDistrictsError(
    logit eta: Double, spread: Double, expected: Double, tolerance: Double
  ) throws {
    let model = try RiskModel(
      definition: "A", survey: "", year: 2015, sampleSize: 1,
      terms: [RiskModel.Term(name: "intercept", beta: eta)], covariance: [[0]],
      districtSpread: spread, source: "", isSynthetic: false)
    let cells = RiskCells(RiskFixture.codes.map { _ in [(values: [1], children: 1)] })
    var options = RiskFixture.options(draws: 2)
    let exact = try assess(.model(model, cells), national: nil, options: options).risk.rate[0]
    #expect((exact - expected).magnitude <= tolerance)
    // The fast form is good to a few thousandths (mirti-method.md, section 3).
    options.quadrature = .fast
    let fast = try assess(.model(model, cells), national: nil, options: options).risk.rate[0]
    #expect((fast - expected).magnitude <= 0.005)
  }

  /// By hand with σ_u = 0: district 010101 has 90 urban and 10 rural children.
  @Test func districtIsTheMeanOfItsChildren() throws {
    let model = try RiskFixture.model(spread: 0)
    let found = try assess(.model(model, RiskCells(RiskFixture.cells)), national: nil)
    // 0.9/(1 + e^1.5) + 0.1/(1 + e^0.3)
    #expect(
      (found.risk.rate[0] - (0.9 * 0.18242552380635635 + 0.1 * 0.425557483188341)).magnitude < 1e-15
    )
    #expect(found.risk.scoring == "cells" && found.nationalShift == 0)
  }

  @Test func benchmarkMeetsTheNationWeightedByChildren() throws {
    let found = try assess()
    let weighted = weightedMean(found.risk.rate, RiskFixture.children)
    let plain = found.risk.rate.reduce(0, +) / 6
    #expect((weighted - 0.26).magnitude < 1e-15)
    // The mean of districts isn't the mean of children: here it is off by more than a point.
    #expect((plain - 0.26).magnitude > 0.01)
  }

  @Test func undampedDepartmentMeetsItsEstimate() throws {
    let direct = [DirectEstimate(department: "01", year: 2015, rate: 0.4, standardError: 0.03)]
    var options = RiskFixture.options()
    options.isDamped = false
    let found = try assess(national: nil, direct: direct, options: options)
    let department = weightedMean(
      Array(found.risk.rate[0..<3]), Array(RiskFixture.children[0..<3]))
    #expect((department - 0.4).magnitude < 1e-15)
    // The other department is left alone.
    #expect(
      try Array(found.risk.rate[3...]) == Array(assess(national: nil).risk.rate[3...]))
  }

  /// By hand: σ_r = 0.3; se on the logit scale 0.03/(0.4·0.6) = 0.125; γ = 0.09/(0.09 + 0.015625).
  @Test func dampingFollowsTheErrorOfTheEstimate() throws {
    let direct = [DirectEstimate(department: "01", year: 2015, rate: 0.4, standardError: 0.03)]
    let shift = try #require(assess(direct: direct).departmentShifts.first)
    #expect((shift.damping - 0.8520710059171598).magnitude < 1e-14)
    var options = RiskFixture.options()
    options.isDamped = false
    let full = try #require(assess(direct: direct, options: options).departmentShifts.first)
    #expect((shift.shift - shift.damping * full.shift).magnitude < 1e-15)
  }

  /// logit 0.3 + logit 0.26 − logit 0.22 = −0.627600, whose logistic is 0.348055.
  @Test func estimateOfAnotherYearMovesWithTheNation() throws {
    let direct = [DirectEstimate(department: "02", year: 2024, rate: 0.3, standardError: 0.02)]
    let found = try assess(direct: direct)
    #expect((try #require(found.departmentShifts.first).estimate - 0.348055).magnitude < 1e-6)
    #expect(found.notes.isEmpty)
    let alone = try assess(
      national: NationalBenchmark(level: RiskFixture.national.level), direct: direct)
    #expect(alone.notes.map(\.code) == [.estimateOfOtherYear])
    #expect((try #require(alone.departmentShifts.first).estimate - 0.3).magnitude < 1e-15)
  }

  /// Two estimates with errors 0.02 and 0.04 at the same rate: weights 4 and 1.
  @Test func estimatesOfSeveralYearsArePooledByTheirErrors() throws {
    let direct = [
      DirectEstimate(department: "02", year: 2015, rate: 0.3, standardError: 0.02),
      DirectEstimate(department: "02", year: 2015, rate: 0.3, standardError: 0.04),
    ]
    let shift = try #require(assess(direct: direct).departmentShifts.first)
    #expect((shift.estimate - 0.3).magnitude < 1e-15)
    #expect((shift.logitError - (0.02 / 0.21) * (0.8).squareRoot()).magnitude < 1e-15)
  }

  @Test(arguments: [1, 2, 3, 8])
  func workersDontChangeABit(workers: Int) throws {
    let direct = [DirectEstimate(department: "01", year: 2015, rate: 0.4, standardError: 0.03)]
    let one = try assess(direct: direct, workers: 1)
    let many = try assess(direct: direct, workers: workers)
    #expect(one.risk == many.risk)
  }

  /// Means over draws and means over districts are the same sum: Σ(1 − P(own class))/districts.
  @Test func classChangesAreTheComplementOfOwnClasses() throws {
    let found = try assess()
    let stability = try #require(found.stability)
    let away = found.risk.classes.indices.map { district in
      1
        - found.risk.classProbabilities[district][
          RiskClass.allCases.firstIndex(of: found.risk.classes[district]) ?? 0]
    }
    #expect((stability.districts.mean - away.reduce(0, +) / 6).magnitude < 1e-12)
    #expect(
      (stability.children.mean - weightedMean(away, RiskFixture.children)).magnitude < 1e-12)
    #expect(stability.firm == away.count { $0 <= 0.1 })
    #expect(stability.districts.p05 <= stability.districts.mean)
    #expect(stability.districts.p95 >= stability.districts.mean && stability.districts.mean > 0)
    // Without an error nothing is drawn.
    let given = GivenRisk(
      rates: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], kind: .table, isSynthetic: false)
    #expect(try assess(.given(given)).stability == nil)
  }

  /// By hand: the department's own mean before any shift, and z on its standard error.
  @Test func departmentsAreHeldAgainstTheSurvey() throws {
    let direct = [DirectEstimate(department: "01", year: 2015, rate: 0.4, standardError: 0.03)]
    let plain = try assess(national: nil)
    let shift = try #require(assess(national: nil, direct: direct).departmentShifts.first)
    let scored = weightedMean(
      Array(plain.risk.rate[0..<3]), Array(RiskFixture.children[0..<3]))
    #expect((shift.scored - scored).magnitude < 1e-14)
    #expect(((shift.z ?? 0) - (scored - 0.4) / 0.03).magnitude < 1e-9)
    let after = try assess(direct: direct)
    let benchmarked = weightedMean(
      Array(after.risk.rate[0..<3]), Array(RiskFixture.children[0..<3]))
    let other = try #require(after.departmentShifts.first)
    #expect((other.benchmarked - benchmarked).magnitude < 1e-14)
  }

  @Test func permutingDistrictsPermutesTheResult() throws {
    let order = [4, 0, 5, 2, 1, 3]
    let moved = RiskFixture.registry(
      codes: order.map { RiskFixture.codes[$0] }, children: order.map { RiskFixture.children[$0] })
    let source = try RiskSource.model(
      RiskFixture.model(), RiskCells(order.map { RiskFixture.cells[$0] }))
    let (found, plain) = try (assess(source, registry: moved), assess())
    for (place, district) in order.enumerated() {
      // Sums over districts run in another order: rounding only.
      #expect((found.risk.rate[place] - plain.risk.rate[district]).magnitude < 1e-14)
      #expect((found.risk.p95[place] - plain.risk.p95[district]).magnitude < 1e-12)
      #expect(found.risk.factors[place] == plain.risk.factors[district])
    }
  }

  @Test func mergedDistrictsHaveTheWeightedMean() throws {
    let model = try RiskFixture.model(spread: 0)
    let apart = try assess(.model(model, RiskCells(RiskFixture.cells)), national: nil)
    let merged = RiskCells([RiskFixture.cells[0] + RiskFixture.cells[1]])
    let one = RiskFixture.registry(codes: ["010101"], children: [400])
    let together = try assess(.model(model, merged), registry: one, national: nil)
    let expected = weightedMean(
      Array(apart.risk.rate[0..<2]), Array(RiskFixture.children[0..<2]))
    #expect((together.risk.rate[0] - expected).magnitude < 1e-15)
  }

  /// Without benchmark the error of the logit is √(x'Vx + σ_u²) in a district of rural children.
  ///
  /// x = (1, 1) gives 0.01 + 0.04 + 2·0.001 + 0.16. A standard deviation of 4,000 draws is within
  /// 1/√8000 = 1.1 % of it; four of these are allowed, and the same for limits of the interval.
  @Test func drawsHaveTheSpreadOfModelAndDistrict() throws {
    let cells = RiskCells(RiskFixture.codes.map { _ in [(values: [1, 1], children: 1)] })
    let found = try assess(
      .model(RiskFixture.model(), cells), national: nil, options: RiskFixture.options(draws: 4000))
    let expected = 0.212.squareRoot()
    for district in 0..<6 {
      #expect((found.risk.logitError[district] / expected - 1).magnitude < 0.045)
      let width =
        logit(found.risk.p95[district]) - logit(found.risk.p05[district])
      #expect((width / (2 * 1.6448536 * expected) - 1).magnitude < 0.08)
    }
  }

  /// All districts alike: a common error of the coefficients is taken out by the benchmark, and
  /// what is left is each district's own u less the nation's mean of them.
  @Test func benchmarkTakesCommonErrorsOut() throws {
    let cells = RiskCells(RiskFixture.codes.map { _ in [(values: [1, 1], children: 1)] })
    let model = try RiskFixture.model(spread: 0)
    let found = try assess(.model(model, cells))
    #expect(found.risk.logitError.allSatisfy { $0 < 1e-12 })
    // The nation's own error remains in the interval: 0.26 ± 1.645·0.005.
    #expect((found.risk.p95[0] - found.risk.p05[0] - 2 * 1.645 * 0.005).magnitude < 0.003)
  }

  @Test func classProbabilitiesAddUpAndFavorTheClass() throws {
    let found = try assess(options: RiskFixture.options(draws: 1000))
    for (district, probabilities) in found.risk.classProbabilities.enumerated() {
      #expect((probabilities.reduce(0, +) - 1).magnitude < 1e-12)
      #expect(found.cuts.riskClass(of: found.risk.rate[district]) == found.risk.classes[district])
    }
    #expect(found.risk.classProbabilities[2][2] > 0.5 && found.risk.classes[2] == .high)
  }

  @Test func contributionsAddUpToTheDifferenceOfPredictors() throws {
    let found = try assess()
    #expect(found.factors == ["rural"])
    let rural = [10.0, 200, 45, 100, 20, 250]
    let nation = rural.reduce(0, +) / RiskFixture.children.reduce(0, +)
    for district in 0..<6 {
      let expected = 1.2 * (rural[district] / RiskFixture.children[district] - nation)
      #expect((found.contributions[district][0] - expected).magnitude < 1e-14)
    }
    #expect(found.risk.factors[0] == ["rural"])
  }

  /// The three largest of five, those that raise the risk first.
  @Test func topFactorsAreTheLargestThree() throws {
    let model = try RiskModel(
      definition: "A", survey: "", year: 2015, sampleSize: 1,
      terms: ["a", "b", "c", "d", "e"].map { RiskModel.Term(name: $0, beta: 1) },
      covariance: (0..<5).map { _ in [0, 0, 0, 0, 0] }, districtSpread: 0, source: "",
      isSynthetic: false)
    let one = RiskFixture.registry(codes: ["010101", "010102"], children: [1, 1])
    let cells = RiskCells([
      [(values: [-3, 0.5, 0.1, 2, 0.2], children: 1)], [(values: [0, 0, 0, 0, 0], children: 1)],
    ])
    let found = try assess(.model(model, cells), registry: one, national: nil)
    #expect(found.risk.factors[0] == ["d", "b", "a"])
  }

  @Test func meansAreSaidAndWidened() throws {
    let rural = Field(
      name: "rural", unit: .percent, values: .numbers([0.1, 0.6667, 0.9, 0.1, 1, nil]))
    let registry = RiskFixture.registry(fields: ["rural": rural])
    let model = try RiskFixture.model()
    let found = try assess(
      .model(model, RiskCells(means: registry, model: model)), registry: registry)
    #expect(found.risk.scoring == "means" && found.imputed == [5])
    #expect(found.notes.map(\.code) == [.scoredFromMeans, .imputedRisk])
    #expect((weightedMean(found.risk.rate, RiskFixture.children) - 0.26).magnitude < 1e-15)
    let exact = try assess()
    #expect(found.risk.logitError[0] > exact.risk.logitError[0])
  }

  @Test func givenRiskKeepsItsIntervalAsLogitError() throws {
    let rates: [Double?] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.25]
    let low = rates.map { $0.map { logistic(logit($0) - 1.6448536269514722 * 0.3) } }
    let high = rates.map { $0.map { logistic(logit($0) + 1.6448536269514722 * 0.3) } }
    let given = GivenRisk(rates: rates, p05: low, p95: high, kind: .table, isSynthetic: false)
    let found = try assess(
      .given(given), national: nil, options: RiskFixture.options(draws: 4000))
    #expect(found.risk.scoring == "table" && found.notes.isEmpty && found.factors.isEmpty)
    for district in 0..<6 {
      #expect((found.risk.rate[district] - (rates[district] ?? 0)).magnitude < 1e-15)
      #expect((found.risk.logitError[district] / 0.3 - 1).magnitude < 0.045)
    }
  }

  @Test func riskWithoutAnIntervalSaysThatItsErrorIsUnknown() throws {
    let given = GivenRisk(
      rates: [0.1, 0.2, 0.3, nil, 0.5, 0.25], kind: .surface, isSynthetic: true)
    let found = try assess(.given(given), national: nil)
    #expect(found.notes.map(\.code) == [.unknownRiskError, .syntheticModel, .imputedRisk])
    #expect(found.risk.logitError == [0, 0, 0, 0, 0, 0] && found.risk.p05 == found.risk.rate)
    // Department 02: (20·0.5 + 400·0.25)/420.
    #expect((found.risk.rate[3] - 110.0 / 420).magnitude < 1e-14 && found.imputed == [3])
    #expect(found.risk.classProbabilities[0] == [1, 0, 0])
  }

  @Test func riskOfExactlyNothingStaysNothing() throws {
    let given = GivenRisk(
      rates: [0, 0.2, 0.3, 0.1, 0.5, 0.25], kind: .surface, isSynthetic: false)
    let found = try assess(.given(given))
    #expect(found.risk.rate[0] == 0)
    #expect((weightedMean(found.risk.rate, RiskFixture.children) - 0.26).magnitude < 1e-15)
  }

  @Test func impossibleInputsAreRefused() throws {
    func codes(_ body: () throws -> some Any) -> [String]? { faults(body)?.map(\.code.rawValue) }
    let rates: [Double?] = [0.1, 26.4, 0.3, -0.1, .nan, 0.25]
    #expect(
      codes { try assess(.given(GivenRisk(rates: rates, kind: .table, isSynthetic: false))) }
        == ["Q536", "Q536", "Q536"])
    let none = GivenRisk(rates: rates.map { _ in nil }, kind: .table, isSynthetic: false)
    #expect(codes { try assess(.given(none)) } == ["Q536"])
    let stray = DirectEstimate(department: "1", year: 2015, rate: 0.3, standardError: 0.02)
    let found = faults { try assess(direct: [stray]) }
    #expect(found?.map(\.code) == [.strayEstimate] && found?[0].fix?.en == "write '01'")
    let all = NationalBenchmark(level: NationalLevel(year: 2015, rate: 1, standardError: nil))
    #expect(codes { try assess(national: all) } == ["Q538"])
    let zeros = GivenRisk(rates: [0, 0, 0, 0, 0, 0.9], kind: .table, isSynthetic: false)
    let high = NationalBenchmark(level: NationalLevel(year: 2015, rate: 0.5, standardError: nil))
    #expect(codes { try assess(.given(zeros), national: high) } == ["Q538"])
    var other = RiskFixture.options()
    other.definition = "B"
    #expect(codes { try assess(options: other) } == ["Q541"])
    let reversed = RiskFixture.options(.fixed(mediumFrom: 0.3, highFrom: 0.2))
    #expect(codes { try assess(options: reversed) } == ["Q535"])
  }
}
