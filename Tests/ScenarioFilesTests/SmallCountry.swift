// Quiebre · ScenarioFilesTests
// Six districts in two departments, to place money in without any file.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel
import ScenarioFiles

enum SmallCountry {
  static let codes = ["010101", "010102", "010201", "020101", "020102", "020103"]
  static let names = ["Alto", "Bajo", "Centro", "Delta", "Este", "Fondo"]
  static let children: [Double] = [1000, 500, 250, 4000, 2000, 250]
  static let rates: [Double] = [0.40, 0.20, 0.55, 0.10, 0.32, 0.05]
  static let classes: [RiskClass] = [.high, .medium, .high, .low, .high, .low]

  static var registry: DistrictRegistry {
    DistrictRegistry(
      districts: codes.indices.map { index in
        District(
          code: codes[index], name: names[index], province: String(codes[index].prefix(4)),
          department: codes[index].hasPrefix("01") ? "Norte" : "Sur", shape: nil)
      },
      provinces: [
        UpperArea(code: "0101", name: "0101", members: [0, 1]),
        UpperArea(code: "0102", name: "0102", members: [2]),
        UpperArea(code: "0201", name: "0201", members: [3, 4, 5]),
      ],
      departments: [
        UpperArea(code: "01", name: "Norte", members: [0, 1, 2]),
        UpperArea(code: "02", name: "Sur", members: [3, 4, 5]),
      ],
      provinceOf: [0, 0, 1, 2, 2, 2], departmentOf: [0, 0, 0, 1, 1, 1], children: children,
      childrenByAge: children.map { [Double](repeating: $0 / 13, count: 13) }, fields: fields,
      quality: [String](repeating: "ok", count: 6), schematic: true)
  }

  static var fields: [String: Field] {
    let percents: [String: [Double?]] = [
      "rural": [0.8, 0.6, 1.0, 0.1, 0.3, nil], "illiteracy": [0.2, 0.1, 0.3, 0.02, 0.05, 0.01],
      "unmet_needs": [0.4, 0.3, 0.6, 0.1, 0.2, 0.1],
      "poverty_low": [0.3, 0.2, 0.5, 0.05, 0.1, 0.05],
      "poverty_high": [0.5, 0.4, 0.7, 0.1, 0.2, 0.1], "mother_tongue": [0.5, 0.2, 0.9, 0, 0, 0],
      "rural_pct": [0.8, 0.6, 1.0, 0.1, 0.3, nil],
    ]
    var fields = percents.mapValues { Field(name: "", unit: .percent, values: .numbers($0)) }
    fields["altitude"] = Field(
      name: "", unit: .plain, values: .numbers([3000, 2500, 4000, 0, 100, 50]))
    fields["population"] = Field(
      name: "", unit: .plain, values: .numbers(children.map { $0 * 4 }))
    fields["natural_region"] = Field(
      name: "", unit: .plain,
      values: .texts(["highlands", "highlands", "highlands", "coast", "jungle", nil]))
    return Dictionary(
      uniqueKeysWithValues: fields.map { name, field in
        (name, Field(name: name, unit: field.unit, values: field.values))
      })
  }

  static var risk: DistrictRisk {
    DistrictRisk(
      rate: rates, logitError: [Double](repeating: 0.3, count: 6), p05: rates.map { $0 * 0.8 },
      p95: rates.map { $0 * 1.2 }, classes: classes,
      classProbabilities: classes.map { $0 == .high ? [0.1, 0.2, 0.7] : [0.6, 0.3, 0.1] },
      factors: [[String]](repeating: [], count: 6), mediumFrom: 0.15, highFrom: 0.3,
      scoring: "table", synthetic: true)
  }

  static func inputs(tables: [String: CSVTable] = [:], lastSeenYear: Int = 2019) -> PlanInputs {
    PlanInputs(
      registry: registry, risk: risk,
      codes: CodeBook(
        codes: codes, names: names, rules: CodeRules(length: 6, department: 2, province: 4),
        coding: "inei", vintage: 2025),
      tables: tables, series: SeriesFacts(lastSeenYear: lastSeenYear))
  }

  static func table(_ text: String, _ name: String = "t.csv") throws -> CSVTable {
    try CSVTable(bytes: Array(text.utf8), name: name)
  }

  /// Loads a text as a scenario over Peru's country layer.
  static func load(_ text: String, _ overrides: [Override] = [], layers: [String: String] = [:])
    throws -> LoadedScenario
  {
    try loadScenario(
      main: ScenarioFile(name: "s.toml", bytes: Array(text.utf8)), country: Shipped.country(),
      overrides: overrides
    ) { (path, place) throws(Diagnostic) in
      guard let layer = layers[path] else {
        throw Diagnostic(.layerUnreadable, at: place, what: LocalizedText(verbatim: path))
      }
      return ScenarioFile(name: path, bytes: Array(layer.utf8))
    }
  }

  /// The faults of a text, or none if it loads.
  static func faults(_ text: String, _ overrides: [Override] = [], layers: [String: String] = [:])
    throws -> [Diagnostic]
  {
    do {
      return try load(text, overrides, layers: layers).warnings
    } catch let list as DiagnosticList {
      return list.items
    }
  }

  /// A scenario with one line, whose keys are given.
  static func scenario(
    line: String, money: String = "prices = \"constant\"", rest: String = "", deadline: Int = 2025
  ) -> String {
    """
    [scenario]
    id = "small"
    definition = "A"
    [money]
    \(money)
    [line.a]
    \(line)
    [target.break]
    indicator = "break"
    deadline = \(deadline)
    \(rest)
    """
  }

  /// A service line with an amount and an allocation.
  static func service(
    amount: String = "{ 2020 = 1_000 }", after: String = "keep", allocation: String,
    more: String = ""
  ) -> String {
    """
    kind = "service"
    amount = \(amount)
    after = "\(after)"
    unit_cost = { amount = 420, per = "child" }
    effect = { exit = 1.15, source = "E21" }
    allocation = \(allocation)
    \(more)
    """
  }
}
