// Quiebre · ScenarioFilesTests
// Formulas: what they mean, and what is refused.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import ScenarioFiles

@Suite struct FormulaTests {
  private func formula(_ text: String) throws -> Formula {
    Formula(
      text: text, place: SourcePlace(file: "f", line: 1, column: 1, sourceLine: text),
      root: try parseFormula(text))
  }

  private var table: FormulaTable { FormulaTable(SmallCountry.inputs()) }

  static let values: [(String, Double)] = [
    ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("12 / 3 / 2", 2), ("-2 * -3", 6),
    ("2 - -1", 3), ("50 %", 0.5), ("22.6%", 0.226), ("1_500", 1500), ("min(3, 1, 2)", 1),
    ("max(1, min(5, 4))", 4), ("if(1 < 2, 10, 20)", 10), ("if(not 1 < 2, 10, 20)", 20),
    ("children", 1000), ("children * risk", 400), ("children * max(risk - 15 %, 0 %)", 250),
    ("if(risk_class == 'high', 2, 1)", 2), ("altitude / 1000", 3),
    ("if(1 < 2 or 1 > 2 and 1 > 2, 1, 0)", 1), ("if(district in ['Alto', 'Bajo'], 1, 0)", 1),
    ("if(district not in ['Alto'], 1, 0)", 0),
  ]

  @Test(arguments: values)
  func givesTheNumberOfTheFirstDistrict(_ text: String, _ expected: Double) throws {
    let formula = try formula(text)
    #expect(formula.faults(table.fields, as: .quantity, entry: "x") == [])
    let found = try #require(formula.numbers(in: table)[0])
    // Sums of a few decimals: exact up to rounding.
    #expect(abs(found - expected) < 1e-12)
  }

  static let conditions: [(String, [Bool?])] = [
    ("rural > 50 %", [true, true, true, false, false, nil]),
    ("rural > 50 % and children < 600", [false, true, true, false, false, nil]),
    ("rural > 50 % or children >= 250", [true, true, true, true, true, true]),
    ("rural > 50 % and children > 300", [true, true, false, false, false, false]),
    ("not rural > 50 %", [false, false, false, true, true, nil]),
    ("natural_region == 'coast'", [false, false, false, true, false, nil]),
    ("natural_region != 'coast'", [true, true, true, false, true, nil]),
    ("risk_class in ['high', 'medium']", [true, true, true, false, true, false]),
    ("department == 'Sur'", [false, false, false, true, true, true]),
    ("altitude / altitude == 1", [true, true, true, nil, true, true]),
  ]

  /// A missing value decides nothing, unless the other side of `and` or `or` does.
  @Test(arguments: conditions)
  func meetsItDistrictByDistrict(_ text: String, _ expected: [Bool?]) throws {
    #expect(try formula(text).conditions(in: table) == expected)
  }

  static let refused: [(String, String, Int, Int)] = [
    ("rural > 50", "Q220", 9, 2), ("50 < rural", "Q220", 6, 5), ("children > 5 %", "Q220", 12, 3),
    ("risk + 1 > 5 %", "Q220", 8, 1), ("risk_class > 'low'", "Q220", 1, 10),
    ("risk_class == 3", "Q220", 15, 1), ("rurall > 5 %", "Q219", 1, 6), ("children", "Q220", 1, 8),
    ("children and risk > 1 %", "Q220", 1, 8), ("-district > 1", "Q220", 2, 8),
  ]

  @Test(arguments: refused)
  func kindsMustFit(_ text: String, _ code: String, _ column: Int, _ length: Int) throws {
    let fault = try #require(
      try formula(text).faults(table.fields, as: .condition, entry: "x").first)
    #expect(fault.code.rawValue == code)
    #expect(fault.place?.column == column)
    #expect(fault.place?.length == length)
  }

  static let broken: [(String, Int)] = [
    ("", 0), ("1 +", 3), ("(1 + 2", 6), ("1 2", 2), ("a = 1", 2), ("a && b", 2), ("a || b", 2),
    ("!a", 0), ("1 < 2 < 3", 6), ("mim(1, 2)", 0), ("min(1)", 0), ("if(1, 2)", 0), ("'abc", 0),
    ("a ≥ 1", 2), ("a in b", 5), ("1..2", 0), ("5x", 0), ("a $ b", 2), ("and", 0), (")", 0),
  ]

  @Test(arguments: broken)
  func syntaxFaultsSayWhere(_ text: String, _ offset: Int) {
    #expect {
      _ = try parseFormula(text)
    } throws: { error in
      (error as? FormulaFault)?.offset == offset
    }
  }

  @Test func deepNestingIsRefusedNotCrashed() {
    let deep = String(repeating: "(", count: 900) + "1" + String(repeating: ")", count: 900)
    #expect(throws: FormulaFault.self) { try parseFormula(deep) }
    let long = Array(repeating: "1", count: 900).joined(separator: "+")
    #expect(throws: FormulaFault.self) { try parseFormula(long) }
    let signs = String(repeating: "-", count: 900) + "1"
    #expect(throws: FormulaFault.self) { try parseFormula(signs) }
  }

  @Test func fixForABareNumberIsThePercent() throws {
    let faults = try formula("rural > 50").faults(table.fields, as: .condition, entry: "x")
    #expect(faults.first?.fix?.en == "50 %")
  }

  @Test func randomTextNeverCrashes() {
    var draws = TestDraws(state: 7)
    let parts = [
      "children", "risk", "50 %", "1", "'x'", "(", ")", "[", "]", ",", "+", "-", "*", "/", "<",
      ">=",
      "==", "and", "or", "not", "in", "min", "max", "if", " ", "%", ".", "_", "ñ",
    ]
    for _ in 0..<20_000 {
      let text = (0..<draws.number(below: 14)).map { _ in parts[draws.number(below: parts.count)] }
        .joined(separator: draws.number(below: 2) == 0 ? "" : " ")
      guard let formula = try? formula(text) else { continue }
      if formula.faults(table.fields, as: .quantity, entry: "x").isEmpty {
        _ = formula.numbers(in: table)
      }
    }
  }
}
