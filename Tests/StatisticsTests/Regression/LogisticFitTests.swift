// Quiebre · StatisticsTests
// Logistic regression against R, a slow twin, and what must not matter.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite("Logistic regression")
struct LogisticFitTests {
  private let r = RegressionFixture.expected

  /// R's covariance is that of the last step's start, some 1e-9 from the end.
  @Test func birthWeightsAsInR() throws {
    let (design, low) = try RegressionFixture.birthWeights()
    let fit = try LogisticFit(design, outcomes: low, workers: 2)
    #expect(agree(fit.coefficients, r["birth.beta"], within: 1e-11))
    #expect(agree(roots(fit.modelCovariance), r["birth.se"], within: 1e-8))
    #expect(agree([fit.logLikelihood], r["birth.loglik"], within: 1e-13))
    let robust = fit.covariance(over: SamplingUnits(rows: low.count))
    #expect(agree(roots(robust), r["birth.robust"], within: 1e-8))
  }

  @Test func clustersAndWeightsAsInSurvey() throws {
    let table = try RegressionFixture.table("apiclus1")
    let design = try RegressionFixture.design(table, ["ell", "meals", "mobility"])
    let fit = try LogisticFit(
      design, outcomes: RegressionFixture.numbers(table, "y").map { $0 == 1 },
      weights: RegressionFixture.numbers(table, "pw"), workers: 1)
    let units = SamplingUnits(unitOf: RegressionFixture.labels(table["dnum"] ?? []))
    #expect(units.degreesOfFreedom == 14)
    #expect(agree(fit.coefficients, r["clusters.beta"], within: 1e-11))
    #expect(agree(roots(fit.covariance(over: units)), r["clusters.se"], within: 1e-10))
    // survey's p: Student's t with degf(design) + 1 − coefficients = 11.
    let student = StudentT(degreesOfFreedom: 11)
    let errors = roots(fit.covariance(over: units))
    let p = zip(fit.coefficients, errors).map {
      2 * student.probability(atMost: -($0 / $1).magnitude)
    }
    #expect(agree(p, r["clusters.p"], within: 1e-9))
  }

  @Test func strataAsInSurvey() throws {
    let table = try RegressionFixture.table("apistrat")
    let design = try RegressionFixture.design(table, ["ell", "meals", "mobility"])
    let fit = try LogisticFit(
      design, outcomes: RegressionFixture.numbers(table, "y").map { $0 == 1 },
      weights: RegressionFixture.numbers(table, "pw"), workers: 1)
    let strata = RegressionFixture.labels(table["stype"] ?? [])
    let units = SamplingUnits(unitOf: Array(strata.indices), stratumOf: strata)
    #expect(agree(fit.coefficients, r["strata.beta"], within: 1e-11))
    #expect(agree(fit.covariance(over: units).flatMap { $0 }, r["strata.covariance"], within: 1e-9))
  }

  @Test(arguments: LonelyRule.allCases.filter { $0 != .fail })
  func strataOfOneClusterAsInSurvey(rule: LonelyRule) throws {
    let table = try RegressionFixture.table("apiclus1")
    let design = try RegressionFixture.design(table, ["ell", "meals", "mobility"])
    let fit = try LogisticFit(
      design, outcomes: RegressionFixture.numbers(table, "y").map { $0 == 1 },
      weights: RegressionFixture.numbers(table, "pw"), workers: 1)
    let numbers = try RegressionFixture.numbers(table, "dnum")
    let clusters = RegressionFixture.labels(table["dnum"] ?? [])
    var strata = [Int](repeating: 0, count: 15)
    for (row, cluster) in clusters.enumerated() {
      strata[cluster] = numbers[row] == 637 ? 0 : numbers[row] < 300 ? 1 : 2
    }
    let units = SamplingUnits(unitOf: clusters, stratumOf: strata)
    #expect(units.lonelyStrata == [0])
    let errors = roots(fit.covariance(over: units, lonely: rule))
    #expect(agree(errors, r["lonely.\(rule.rawValue)"], within: 1e-10))
  }

  /// Newton on the likelihood with second derivatives by differences: another way to the same end.
  @Test func theSlowTwinAgrees() throws {
    let table = try RegressionFixture.table("apistrat")
    let columns = try ["ell", "mobility"].map { try RegressionFixture.numbers(table, $0) }
    let outcomes = try RegressionFixture.numbers(table, "y").map { $0 == 1 }
    let weights = try RegressionFixture.numbers(table, "pw")
    let fit = try LogisticFit(
      PackedColumns(columns, rowCount: outcomes.count), outcomes: outcomes, weights: weights,
      workers: 1)
    func likelihood(_ beta: [Double]) -> Double {
      outcomes.indices.reduce(0) { sum, row in
        let eta = beta[0] + beta[1] * columns[0][row] + beta[2] * columns[1][row]
        return sum - weights[row] * log1p(exp(outcomes[row] ? -eta : eta))
      }
    }
    #expect((fit.logLikelihood - likelihood(fit.coefficients)).magnitude < 1e-9)
    // A maximum: lower on all sides, by the same on both (steps of a thousandth of an error).
    for index in 0..<3 {
      let step = 1e-3 * fit.modelCovariance[index][index].squareRoot()
      var (up, down) = (fit.coefficients, fit.coefficients)
      up[index] += step
      down[index] -= step
      let (high, low) = (likelihood(up), likelihood(down))
      #expect(high < fit.logLikelihood && low < fit.logLikelihood)
      #expect((high - low).magnitude < 1e-3 * (2 * fit.logLikelihood - high - low))
    }
  }

  @Test func threadsChangeNotOneBit() throws {
    let sample = MadeUpRows(rows: 5000, columns: 6)
    func fit(_ workers: Int) throws -> LogisticFit {
      try LogisticFit(
        sample.design, outcomes: sample.outcomes, weights: sample.weights,
        workers: workers)
    }
    let one = try fit(1)
    for workers in [2, 3, 8] {
      let other = try fit(workers)
      #expect(other.coefficients == one.coefficients && other.logits == one.logits)
      #expect(other.modelCovariance == one.modelCovariance)
    }
  }

  @Test func unitsOfAColumnOnlyScaleItsCoefficient() throws {
    let (design, low) = try RegressionFixture.birthWeights()
    let plain = try LogisticFit(design, outcomes: low, workers: 1)
    let columns = (0..<9).map { column in
      (0..<low.count).map { row in design[row, column] * (column == 1 ? 1e6 : 1) + 1e5 }
    }
    let moved = try LogisticFit(
      PackedColumns(columns, rowCount: low.count), outcomes: low, workers: 1)
    #expect((moved.coefficients[2] * 1e6 / plain.coefficients[2] - 1).magnitude < 1e-9)
    #expect((moved.logLikelihood - plain.logLikelihood).magnitude < 1e-10)
  }

  /// A row of weight 3 is three rows, and a row of weight 0 is none.
  @Test func weightsAreRepetitions() throws {
    let (design, low) = try RegressionFixture.birthWeights()
    let weights = low.indices.map { Double($0 % 4) }
    let weighted = try LogisticFit(design, outcomes: low, weights: weights, workers: 1)
    let rows = low.indices.flatMap { [Int](repeating: $0, count: $0 % 4) }
    let repeated = try LogisticFit(
      PackedColumns(
        (0..<9).map { column in rows.map { design[$0, column] } }, rowCount: rows.count),
      outcomes: rows.map { low[$0] }, workers: 1)
    #expect(agree(weighted.coefficients, repeated.coefficients, within: 1e-11))
    #expect(agree(roots(weighted.modelCovariance), roots(repeated.modelCovariance), within: 1e-11))
  }

  @Test func scaledWeightsLeaveRobustErrorsAlone() throws {
    let (design, low) = try RegressionFixture.birthWeights()
    let weights = low.indices.map { 1 + Double($0 % 7) }
    let units = SamplingUnits(unitOf: low.indices.map { $0 / 5 })
    let small = try LogisticFit(design, outcomes: low, weights: weights, workers: 1)
    let large = try LogisticFit(
      design, outcomes: low, weights: weights.map { $0 * 1024 }, workers: 1)
    #expect(agree(small.coefficients, large.coefficients, within: 1e-12))
    #expect(
      agree(
        roots(small.covariance(over: units)), roots(large.covariance(over: units)), within: 1e-11)
    )
  }
}

/// Rows whose outcome follows a known logit; without a random source but a fixed recurrence.
struct MadeUpRows {
  let design: PackedColumns
  let outcomes: [Bool]
  let weights: [Double]
  let groups: [Int]

  init(rows: Int, columns: Int) {
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 33) + 0.5) / 2_147_483_648
    }
    let values = (0..<columns).map { column in
      (0..<rows).map { _ in column % 2 == 0 ? uniform() : (uniform() < 0.3 ? 1 : 0) }
    }
    var outcomes: [Bool] = []
    for row in 0..<rows {
      let eta = values.enumerated().reduce(-1.0) {
        $0 + (Double($1.offset % 3) - 0.8) * $1.element[row]
      }
      outcomes.append(uniform() < logistic(eta + Double(row % 40 - 20) / 25))
    }
    design = PackedColumns(values, rowCount: rows)
    self.outcomes = outcomes
    weights = (0..<rows).map { _ in 0.5 + uniform() }
    groups = (0..<rows).map { $0 % 40 }
  }
}
