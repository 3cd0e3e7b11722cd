// Quiebre · LaborModelTests
// A survey's file to a risk model: as R fits it, and scoring reads back what the fit wrote.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Districts
import Formats
import Foundation
import LaborModel
import Statistics
import Support
import Testing

@Suite("Risk fit")
struct RiskFitTests {
  static func table(_ path: String) throws -> CSVTable {
    try CSVTable(bytes: Array(Data(contentsOf: URL(fileURLWithPath: path))), name: "survey.csv")
  }

  private func fixture(_ name: String) throws -> CSVTable {
    try Self.table(Checkout.fixture("regression/\(name).csv"))
  }

  /// The made-up survey that the manual's chapter uses.
  private func survey() throws -> CSVTable {
    try Self.table(Checkout.root + "/Scenarios/risk/microdata.csv")
  }

  private var surveySettings: RiskFitSettings {
    var settings = RiskFitSettings(
      outcome: "works",
      variables: [
        "age", "sex=girl", "rural_pct%", "illiteracy_pct%", "unmet_needs_pct%", "hdi", "altitude_m",
      ].map { RiskVariable(parsing: $0) })
    (settings.weight, settings.cluster, settings.stratum) = ("weight", "cluster", "stratum")
    settings.definition = "A_ENAHO_WORK_5_17"
    settings.survey = "made up"
    settings.year = 2015
    settings.isSynthetic = true
    return settings
  }

  private func agree(_ found: [Double], _ expected: [Double], within tolerance: Double) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy {
        ($0 - $1).magnitude <= tolerance * max($1.magnitude, 1e-3)
      }
  }

  /// R 4.2.2, glm(low ~ age + lwt + factor(race) + …, binomial): Tests/Fixtures/regression.
  @Test func categoriesAreComparedWithTheirReference() throws {
    var settings = RiskFitSettings(
      outcome: "low",
      variables: ["age", "lwt", "race=1", "smoke", "ptl", "ht", "ui", "ftv"].map {
        RiskVariable(parsing: $0)
      })
    settings.errors = .model
    let fit = try fitRisk(fixture("birthwt"), settings, workers: 1)
    #expect(
      fit.model.terms.map(\.level) == [nil, nil, nil, "2", "3", nil, nil, nil, nil, nil])
    #expect(fit.model.terms[3].reference == "1")
    let beta = [
      0.48062320910078, -0.029549027074475, -0.015424283979852, 1.27225979775438,
      0.88049592578254, 0.9388457015782590, 0.5433370311245411, 1.8633028703788403,
      0.7676481457715817, 0.0653018347794342,
    ]
    #expect(agree(fit.model.terms.map(\.beta), beta, within: 1e-10))
    #expect((fit.logLikelihood + 100.642397527941).magnitude < 1e-10)
    // 1 − 201.28479/234.67200: residual and null deviance of R's summary.
    #expect((fit.pseudoRSquared - (1 - 201.284795 / 234.671996)).magnitude < 1e-6)
    #expect((fit.quality.discrimination?.area ?? 0) - 0.746153846154 < 1e-12)
    guard case .hosmerLemeshow(let value, 8)? = fit.groups.test else {
      Issue.record("\(fit.groups)")
      return
    }
    #expect((value - 3.94341547950379).magnitude < 1e-8)
  }

  /// R 4.2.2, survey 4.1.1.
  ///
  /// svydesign(id = ~cluster, strata = ~stratum, weights = ~weight), svyglm with
  /// sex relative to girls and percentages over 100; degrees of freedom 238. R stops at 1e-8 of the
  /// deviance, and its covariance is that of the step before: six digits.
  @Test func aStratifiedSurveyAsInR() throws {
    let fit = try fitRisk(survey(), surveySettings, workers: 2)
    let beta = [
      -3.5080124314169, 0.1151309287197, 0.2592138781027, 1.2588730802648, 5.4648363750735,
      0.4813116617747, 0.0618791372417, 0.0001525320593,
    ]
    let errors = [
      0.6277425571, 0.01814909670, 0.1407913706, 0.1348285733, 1.535158812, 0.3909313800,
      0.9513291946, 4.402628512e-05,
    ]
    #expect(agree(fit.model.terms.map(\.beta), beta, within: 1e-7))
    #expect(agree(fit.coefficients.map(\.standardError), errors, within: 5e-6))
    #expect(fit.sample.degreesOfFreedom == 238)
    #expect(agree([fit.coefficients[2].p ?? 0], [6.684850566e-02], within: 1e-5))
    #expect(fit.sample.clusters == 294 && fit.sample.strata == 49)
  }

  @Test func scoringReadsBackWhatTheFitWrote() throws {
    var settings = surveySettings
    (settings.district, settings.classes) = ("ubigeo", .jenks)
    settings.source = "a \"quoted\" source\n"
    let fit = try fitRisk(survey(), settings, workers: 2)
    for bytes in [fit.modelJSON(), fit.model.json()] {
      let read = try RiskModel(json: JSONDocument(bytes: bytes, name: "model.json"))
      #expect(read == fit.model)
    }
    #expect(!fit.model.effects.isEmpty && fit.model.districtSpread > 0)
  }

  @Test func theFitFindsTheModelThatMadeTheSurvey() throws {
    var settings = surveySettings
    settings.district = "ubigeo"
    let fit = try fitRisk(survey(), settings, workers: 2)
    // make_survey.py: 0.12 a year of age, 0.5 for boys, the rest of Geo/peru/risk/model.json.
    let truth: [String: Double] = [
      "age": 0.12, "sex": 0.5, "rural_pct": 0.987558, "illiteracy_pct": 4, "unmet_needs_pct": 0.2,
      "hdi": -2, "altitude_m": 0.0002,
    ]
    for row in fit.coefficients where !row.term.isIntercept {
      let expected = try #require(truth[row.term.name])
      // Three standard errors: one in 370 for a single coefficient.
      #expect((row.term.beta - expected).magnitude < 3 * row.standardError, "\(row.term.name)")
    }
    let districts = try #require(fit.districts)
    #expect((districts.spread - 0.3).magnitude < 3 * districts.spreadError)
  }

  @Test func theRowsOrderDoesNotMatter() throws {
    let text = try String(
      contentsOfFile: Checkout.fixture("regression/apiclus1.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    var settings = RiskFitSettings(
      outcome: "y", variables: ["ell", "stype=E"].map { RiskVariable(parsing: $0) })
    (settings.weight, settings.cluster) = ("pw", "dnum")
    let one = try fitRisk(fixture("apiclus1"), settings, workers: 1)
    let other = try fitRisk(
      CSVTable(bytes: Array(turned.utf8), name: "survey.csv"), settings, workers: 1)
    #expect(one.model.terms.map(\.level) == other.model.terms.map(\.level))
    #expect(agree(one.model.terms.map(\.beta), other.model.terms.map(\.beta), within: 1e-10))
    #expect(
      agree(
        one.coefficients.map(\.standardError), other.coefficients.map(\.standardError),
        within: 1e-10))
  }

  @Test(arguments: [nil, "ubigeo"])
  func threadsChangeNotOneByte(district: String?) throws {
    var settings = surveySettings
    (settings.region, settings.district, settings.classes) = ("region", district, .quantile)
    let one = try fitRisk(survey(), settings, workers: 1)
    for workers in [2, 3, 8] {
      let other = try fitRisk(survey(), settings, workers: workers)
      #expect(other.modelJSON() == one.modelJSON())
      #expect(other.regions == one.regions && other.leftOut == one.leftOut)
      #expect(other.classes == one.classes)
    }
  }

  /// A region left out is a fit to a file without its rows.
  @Test func leavingARegionOutIsFittingTheRest() throws {
    var settings = surveySettings
    settings.region = "region"
    let fit = try fitRisk(survey(), settings, workers: 2)
    let region = try #require(fit.regions.first { $0.name == "08" })
    let text = try String(
      contentsOfFile: Checkout.root + "/Scenarios/risk/microdata.csv", encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let rest = lines.filter { $0[1] != "08" }.map { $0.joined(separator: ",") }
    settings.region = nil
    let other = try fitRisk(
      CSVTable(bytes: Array(rest.joined(separator: "\n").utf8), name: "rest.csv"), settings,
      workers: 1)
    var (sum, cases, weights) = (0.0, 0.0, 0.0)
    for row in lines where row[1] == "08" {
      let numbers = row.map { Double($0) ?? 0 }
      let values = [
        1, numbers[6], row[7] == "boy" ? 1 : 0, numbers[8] / 100, numbers[9] / 100,
        numbers[10] / 100, numbers[11], numbers[12],
      ]
      let eta = zip(values, other.model.terms).reduce(0) { $0 + $1.0 * $1.1.beta }
      sum += numbers[4] * logistic(eta)
      cases += numbers[4] * numbers[5]
      weights += numbers[4]
    }
    #expect(((region.leftOut ?? 0) - sum / weights).magnitude < 1e-9)
    #expect((region.direct - cases / weights).magnitude < 1e-12)
    #expect(region.quality?.discrimination != nil && fit.leftOut?.calibration?.slope != nil)
    // All rows by models that never saw them: worse than by the one that did.
    let (inside, outside) = (fit.quality.discrimination, fit.leftOut?.discrimination)
    #expect((outside?.area ?? 1) < (inside?.area ?? 0))
  }

  @Test func classesAddUpAndKeepTheirRule() throws {
    var settings = surveySettings
    (settings.district, settings.classes) = ("ubigeo", .fixed(mediumFrom: 0.2, highFrom: 0.4))
    let facts = try #require(try fitRisk(survey(), settings, workers: 2).classes)
    #expect(facts.rows.map(\.riskClass) == [.low, .medium, .high])
    #expect((facts.rows.reduce(0) { $0 + $1.children } - 1).magnitude < 1e-12)
    #expect((facts.rows.reduce(0) { $0 + $1.working } - 1).magnitude < 1e-12)
    let rates = facts.rows.compactMap(\.rate)
    #expect(rates == rates.sorted() && facts.cuts.highFrom == 0.4)
  }

  @Test func rowsWithGapsAreLeftOutOnlyIfAsked() throws {
    let text = "y,x,w\n1,2,1\n0,,1\n0,1,1\n1,1,1\n0,2,1\n1,3,NA\n0,3,1\n1,4,1\n"
    let table = try CSVTable(bytes: Array(text.utf8), name: "s.csv")
    var settings = RiskFitSettings(outcome: "y", variables: [RiskVariable(column: "x")])
    settings.weight = "w"
    let found = faults { try fitRisk(table, settings, workers: 1) }
    #expect(found?.map(\.code) == [.missingCell, .missingCell])
    #expect(found?.compactMap(\.place?.line) == [3, 7] && found?.map(\.entry) == ["x", "w"])
    settings.missing = .drop
    let fit = try fitRisk(table, settings, workers: 1)
    #expect(fit.sample.rows == 6 && fit.sample.dropped == 2)
    #expect(fit.notes.contains { $0.code == .missingCell && $0.severity == .warning })
  }
}
