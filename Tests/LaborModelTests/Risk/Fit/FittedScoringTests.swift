// Quiebre · LaborModelTests
// Scoring with what only a fit knows: levels of categories, and intercepts of surveyed districts.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Districts
import Formats
import LaborModel
import Testing

@Suite("Scoring with a fitted model")
struct FittedScoringTests {
  private func model(effects: [String: RiskModel.DistrictEffect] = [:]) throws -> RiskModel {
    try RiskModel(
      definition: "A", survey: "made up", year: 2015, sampleSize: 1000,
      terms: [
        RiskModel.Term(name: "intercept", beta: -1),
        RiskModel.Term(name: "area", level: "rural", reference: "urban", beta: 0.8),
        RiskModel.Term(name: "area", level: "camp", reference: "urban", beta: 1.4),
      ], covariance: [[0.01, 0, 0], [0, 0.02, 0], [0, 0, 0.04]], districtSpread: 0.4,
      effects: effects, source: "test", isSynthetic: false)
  }

  @Test func aLevelThatTheFitNeverSawIsRefused() throws {
    let text = "ubigeo,area,n\n010101,urban,4\n010101,Rural,3\n010101,camp,2\n"
    let table = try CSVTable(bytes: Array(text.utf8), name: "cells.csv")
    let found = faults { try RiskCells(table: table, rows: [[0, 1, 2]], model: model()) }
    #expect(found?.map(\.code) == [.badCell] && found?.first?.place?.line == 3)
    #expect(found?.first?.fix?.en == "did you mean 'rural'?")
  }

  /// u ~ N(û, v) where the survey saw the district, N(0, σ²) elsewhere; by hand with v = 0.
  @Test func surveyedDistrictsHaveTheirOwnIntercept() throws {
    let effects = ["010101": RiskModel.DistrictEffect(mean: 0.5, deviation: 0)]
    let cells = RiskCells(
      RiskFixture.codes.map { _ in [(values: [1.0, 0, 0], children: 10.0)] })
    let found = try assessRisk(
      .model(model(effects: effects), cells), registry: RiskFixture.registry(), national: nil,
      direct: [], options: RiskFixture.options(draws: 4000), seed: 3, workers: 2)
    // 1/(1 + e^0.5), and E logistic(−1 + 0.4 z) between it and 1/(1 + e).
    #expect((found.risk.rate[0] - 0.3775406687981454).magnitude < 1e-15)
    #expect(found.risk.rate[1] > 0.2689 && found.risk.rate[1] < 0.28)
    // Errors on the logit scale: √0.01 for the known one, √(0.01 + 0.16) elsewhere, 4,000 draws.
    #expect((found.risk.logitError[0] - 0.1).magnitude < 0.005)
    #expect((found.risk.logitError[1] - 0.17.squareRoot()).magnitude < 0.02)
  }

  @Test func effectsOfUnknownDistrictsAreSaid() throws {
    let effects = ["10101": RiskModel.DistrictEffect(mean: 0.5, deviation: 0.1)]
    let cells = RiskCells(
      RiskFixture.codes.map { _ in [(values: [1.0, 0, 0], children: 10.0)] })
    let found = try assessRisk(
      .model(model(effects: effects), cells), registry: RiskFixture.registry(), national: nil,
      direct: [], options: RiskFixture.options(draws: 10), seed: 3, workers: 1)
    #expect(found.notes.contains { $0.entry == "districts" && $0.severity == .warning })
  }
}
