// Quiebre · StatisticsTests
// AUC, Brier, calibration and groups by risk against R and brute force.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite("Discrimination and calibration")
struct DiscriminationTests {
  private let r = RegressionFixture.expected

  private func birthFit() throws -> (fit: LogisticFit, low: [Bool], ones: [Double]) {
    let (design, low) = try RegressionFixture.birthWeights()
    return (try LogisticFit(design, outcomes: low, workers: 1), low, low.map { _ in 1 })
  }

  @Test func areaAndErrorAsInPROC() throws {
    let (fit, low, ones) = try birthFit()
    let found = try #require(Discrimination(scores: fit.logits, outcomes: low, weights: ones))
    #expect(agree([found.area], r["birth.auc"], within: 1e-14))
    #expect(agree([found.standardError], r["birth.auc.se"], within: 1e-12))
    #expect(agree([found.interval.low, found.interval.high], r["birth.auc.ci"], within: 1e-12))
  }

  @Test func areaIsTheShareOfPairsInOrder() throws {
    let sample = MadeUpRows(rows: 300, columns: 3)
    // Scores with many ties.
    let scores = (0..<300).map { Double(Int(sample.design[$0, 0] * 12)) }
    var (hits, all) = (0.0, 0.0)
    for a in 0..<300 where sample.outcomes[a] {
      for b in 0..<300 where !sample.outcomes[b] {
        let pair = sample.weights[a] * sample.weights[b]
        all += pair
        hits += scores[a] > scores[b] ? pair : scores[a] == scores[b] ? pair / 2 : 0
      }
    }
    let found = Discrimination(
      scores: scores, outcomes: sample.outcomes, weights: sample.weights)
    #expect(((found?.area ?? 0) - hits / all).magnitude < 1e-13)
  }

  /// Rows repeated within a cluster carry no more information than one of them.
  @Test func clustersOfCopiesHaveTheErrorOfTheirRows() throws {
    let (fit, low, ones) = try birthFit()
    let rows = low.indices.flatMap { [$0, $0, $0] }
    func error(_ rows: [Int], _ units: SamplingUnits) -> Double? {
      Discrimination(
        scores: rows.map { fit.logits[$0] }, outcomes: rows.map { low[$0] },
        weights: rows.map { ones[$0] }, units: units)?.standardError
    }
    let one = try #require(error(Array(low.indices), SamplingUnits(rows: low.count)))
    let three = try #require(error(rows, SamplingUnits(unitOf: rows)))
    #expect((one - three).magnitude < 1e-14)
    // DeLong's is the same but for n/(n − 1) by outcome: a percent here.
    #expect((one / (r["birth.auc.se"]?[0] ?? 0) - 1).magnitude < 0.01)
  }

  @Test func oneOutcomeHasNoArea() {
    #expect(Discrimination(scores: [1, 2], outcomes: [true, true], weights: [1, 1]) == nil)
    #expect(Discrimination(scores: [1, 2], outcomes: [true, false], weights: [1, 0]) == nil)
  }

  @Test func ownSampleIsCalibratedByConstruction() throws {
    let (fit, low, ones) = try birthFit()
    let found = try #require(ChanceCalibration(chances: fit.chances, outcomes: low, weights: ones))
    #expect(agree([found.brier], r["birth.brier"], within: 1e-13))
    #expect((found.slope ?? 0) - 1 < 1e-9 && (found.intercept ?? 1).magnitude < 1e-9)
    #expect((found.observed - found.predicted).magnitude < 1e-12)
  }

  @Test func calibrationElsewhereAsInR() throws {
    let table = try RegressionFixture.table("birthwt")
    let design = try RegressionFixture.design(table, ["age", "lwt", "smoke", "ht", "ui"])
    let low = try RegressionFixture.numbers(table, "low").map { $0 == 1 }
    let odd = low.indices.map { $0 % 2 == 0 ? 1.0 : 0 }
    let fit = try LogisticFit(design, outcomes: low, weights: odd, workers: 1)
    let found = try #require(
      ChanceCalibration(chances: fit.chances, outcomes: low, weights: odd.map { 1 - $0 }))
    #expect(agree([found.intercept ?? .nan], r["half.intercept"], within: 1e-9))
    #expect(agree([found.slope ?? .nan], r["half.slope"], within: 1e-9))
  }

  @Test func hosmerAndLemeshowByHand() throws {
    let (fit, low, _) = try birthFit()
    let found = FitByRisk(chances: fit.chances, outcomes: low, weights: nil, units: nil)
    guard case .hosmerLemeshow(let chiSquared, 8)? = found.test else {
      Issue.record("\(found)")
      return
    }
    #expect(found.groups.map(\.rows) == [19, 19, 19, 19, 19, 18, 19, 19, 19, 19])
    #expect(agree([chiSquared], r["birth.hl"], within: 1e-10))
    #expect(agree([found.p ?? 0], r["birth.hl.p"], within: 1e-10))
  }

  /// survey::regTermTest on the residuals by fifths of the fitted chances (unweighted fifths).
  @Test func residualsOfASurveyAsInR() throws {
    let table = try RegressionFixture.table("apiclus1")
    let design = try RegressionFixture.design(table, ["ell", "meals", "mobility"])
    let outcomes = try RegressionFixture.numbers(table, "y").map { $0 == 1 }
    let fit = try LogisticFit(
      design, outcomes: outcomes, weights: RegressionFixture.numbers(table, "pw"), workers: 1)
    let units = SamplingUnits(unitOf: RegressionFixture.labels(table["dnum"] ?? []))
    // All weights of apiclus1 are equal.
    let found = FitByRisk(
      chances: fit.chances, outcomes: outcomes, weights: nil, units: units, count: 5)
    guard case .surveyResiduals(let f, 4, 10)? = found.test else {
      Issue.record("\(found)")
      return
    }
    #expect(agree([f, found.p ?? 0], r["clusters.residuals"], within: 1e-8))
  }

  @Test func equalChancesStayInOneGroup() {
    let chances = (0..<40).map { $0 < 30 ? 0.2 : 0.5 }
    let found = FitByRisk(
      chances: chances, outcomes: (0..<40).map { $0 % 3 == 0 }, weights: nil, units: nil)
    #expect(found.groups.map(\.rows) == [30, 10] && found.test == nil)
  }

  @Test func tailsAsInR() {
    let chi = zip([0.1, 3.9434, 15, 80], [1.0, 8, 8, 25]).map {
      chiSquaredTail($0, degreesOfFreedom: $1)
    }
    #expect(zip(chi, r["chi"] ?? []).allSatisfy { ($0 / $1 - 1).magnitude < 1e-12 })
    let fisher = [(0.5129, 4.0, 10.0), (3, 2, 30), (12, 9, 5.5)].map {
      fisherTail($0.0, first: $0.1, second: $0.2)
    }
    #expect(agree(fisher, r["fisher"], within: 1e-12))
  }
}
