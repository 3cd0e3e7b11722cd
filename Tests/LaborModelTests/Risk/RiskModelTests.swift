// Quiebre · LaborModelTests
// model.json and cells.csv: what is read, what is refused.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel
import Testing

@Suite("Risk model files")
struct RiskModelTests {
  private let good = """
    {"synthetic": true, "definition": "A", "survey": "ENAHO", "year": 2015, "n": 26000,
     "sigma_u": 0.3, "source": "test",
     "terms": [{"name": "intercept", "beta": -1},
               {"name": "rural_pct", "unit": "%", "beta": 0.9},
               {"name": "school", "level": "none", "beta": 0.5}],
     "covariance": [[0.1, 0, 0], [0, 0.01, 0], [0, 0, 0.02]]}
    """

  private func model(_ text: String) throws -> RiskModel {
    try RiskModel(json: JSONDocument(bytes: Array(text.utf8), name: "model.json"))
  }

  @Test func readsEveryKey() throws {
    let found = try model(good)
    #expect(found.isSynthetic && found.definition == "A" && found.year == 2015)
    #expect(found.sampleSize == 26000 && found.districtSpread == 0.3 && found.source == "test")
    #expect(found.terms.map(\.name) == ["intercept", "rural_pct", "school"])
    #expect(found.terms.map(\.isPercent) == [false, true, false])
    #expect(found.terms.map(\.level) == [nil, nil, "none"])
    #expect(found.covariance[2][2] == 0.02)
  }

  @Test func everyMissingOrMistypedKeyIsNamedAtOnce() {
    let text = """
      {"definition": 3, "survey": "", "year": 2015.5, "n": 1, "synthetic": "yes",
       "terms": [{"beta": 1}, {"name": "x", "beta": "big"}], "covariance": [[1, "a"], [0]],
       "source": ""}
      """
    let found = faults { try model(text) }
    #expect(found?.allSatisfy { $0.code == .badModelFile } == true)
    #expect(
      found?.compactMap(\.entry) == [
        "definition", "year", "sigma_u", "synthetic", "terms[0].name", "terms[1].beta",
        "covariance[0][1]",
      ])
    #expect(found?.first?.place?.file == "model.json")
  }

  @Test(arguments: [
    ("[0, 0.01, 0]", "[0, 0.01]", DiagnosticCode.badCovariance),
    ("[[0.1, 0, 0]", "[[0.1, 0.05, 0]", .badCovariance),
    ("[0, 0, 0.02]", "[0, 0, -0.02]", .badCovariance),
    ("[[0.1, 0, 0], [0, 0.01, 0]", "[[0.1, 0.1, 0], [0.1, 0.01, 0]", .badCovariance),
    ("\"sigma_u\": 0.3", "\"sigma_u\": -0.3", .badModelFile),
    ("\"name\": \"school\", \"level\": \"none\"", "\"name\": \"intercept\"", .badModelFile),
  ])
  func numbersThatCannotBeAreRefused(old: String, new: String, code: DiagnosticCode) throws {
    let parts = good.split(separator: old, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let text = parts.joined(separator: new)
    #expect(faults { try model(text) }?.map(\.code) == [code])
  }

  /// A coefficient held fixed has no variance: that is allowed.
  @Test func covarianceMayBeShortOfRank() throws {
    let text = good.split(separator: "[0, 0.01, 0]").joined(separator: "[0, 0, 0]")
    #expect(try model(text).covariance[1] == [0, 0, 0])
  }

  private let cellText = "ubigeo,rural_pct,school,n\n010101,0,none,40\n010101,100,some,10\n"

  @Test func cellsAreReadWithPercentAndCategories() throws {
    let table = try CSVTable(bytes: Array(cellText.utf8), name: "cells.csv")
    let found = try RiskCells(table: table, rows: [[0, 1], []], model: model(good))
    let same = RiskCells([
      [(values: [1, 0, 1], children: 40), (values: [1, 1, 0], children: 10)], [],
    ])
    #expect(found == same)
  }

  @Test func faultyCellsAreNamedWithTheirRow() throws {
    let text = "ubigeo,rural_pct,school,n\n010101,,none,40\n010101,100,some,-1\n"
    let table = try CSVTable(bytes: Array(text.utf8), name: "cells.csv")
    let found = faults { try RiskCells(table: table, rows: [[0, 1]], model: model(good)) }
    #expect(found?.map(\.code) == [.badCell, .badCell])
    #expect(found?.map(\.place?.line) == [2, 3])
  }

  @Test func missingColumnsAndFieldsNameTheNearest() throws {
    let text = "ubigeo,rural_pc,school\n010101,1,none\n"
    let table = try CSVTable(bytes: Array(text.utf8), name: "cells.csv")
    let found = faults { try RiskCells(table: table, rows: [[0]], model: model(good)) }
    #expect(found?.map(\.entry) == ["rural_pct", "n"])
    #expect(found?[0].code == .missingVariable && found?[0].fix?.en == "did you mean 'rural_pc'?")
    let registry = RiskFixture.registry(fields: [
      "school": Field(
        name: "school", unit: .plain, values: .texts(Array(repeating: "none", count: 6)))
    ])
    let fields = faults { try RiskCells(means: registry, model: model(good)) }
    #expect(fields?.map(\.entry) == ["rural_pct"])
  }

  /// 25 in a plain field and 0.25 in a percent field are the same share.
  @Test func fieldsInPercentAreShares() throws {
    func cells(_ unit: Field.Unit, _ value: Double) throws -> RiskCells {
      let registry = RiskFixture.registry(fields: [
        "rural_pct": Field(
          name: "rural_pct", unit: unit, values: .numbers(Array(repeating: value, count: 6))),
        "school": Field(
          name: "school", unit: .plain, values: .texts(Array(repeating: "none", count: 6))),
      ])
      return try RiskCells(means: registry, model: model(good))
    }
    #expect(try cells(.plain, 25) == cells(.percent, 0.25))
  }
}
