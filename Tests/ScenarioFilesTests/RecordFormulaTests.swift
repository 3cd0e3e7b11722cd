// Quiebre · ScenarioFilesTests
// Formulas over records, against the evaluator that goes record by record.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Support
import Testing

@testable import ScenarioFiles

@Suite("Formulas over records")
struct RecordFormulaTests {
  private static let numbers: [Double?] = [1, nil, 0, -2, 3.5, 40, nil, 7]
  private static let hours: [Double?] = [0, 3, nil, 25, 36, 37, 1, nil]
  private static let texts: [String?] = [
    "rural", "urban", nil, "rural", "x", "urban", "rural", nil,
  ]

  private static var columns: [String: RecordColumn] {
    var labels: [String] = []
    let codes = texts.map { text -> Int32 in
      guard let text else { return -1 }
      if !labels.contains(text) { labels.append(text) }
      return Int32(labels.firstIndex(of: text) ?? -1)
    }
    return [
      "a": .numbers(numbers.map { $0 ?? .nan }), "hours": .numbers(hours.map { $0 ?? .nan }),
      "area": .texts(codes: codes, labels: labels),
    ]
  }

  private static var table: FormulaTable {
    var table = FormulaTable(count: numbers.count)
    table.add("a", .numbers(numbers, isPercent: false))
    table.add("hours", .numbers(hours, isPercent: false))
    table.add("area", .texts(texts))
    return table
  }

  private func formula(_ text: String, _ purpose: RecordFormula.Purpose) throws -> RecordFormula {
    try RecordFormula(
      text, at: SourcePlace(file: "--x", line: 1, column: 1, sourceLine: text), as: purpose,
      entry: "--x")
  }

  static let conditions = [
    "a > 1", "a >= 1 and hours > 24", "a == 1 or (hours == 25 and area == 'rural')",
    "not a in [1, 7]", "area in ['rural', 'nowhere']", "area != 'urban'",
    "area == 'urban' or a > 0",
    "hours not in [0, 3]", "a / hours > 1", "a / 0 > 1", "(a > 1) == (hours > 1)",
    "(a > 1) != (area == 'rural')", "if(a > 1, hours > 20, hours > 30)",
    "min(a, hours) < 2", "max(a, 2, hours) == 2", "-a < 0",
    "if(area == 'rural', 'in', 'out') == 'in'", "if(a > 0, area, 'none') == 'none'",
  ]

  @Test(arguments: conditions)
  func columnsGiveWhatRecordsGive(text: String) throws {
    let twin = Formula(
      text: text, place: SourcePlace(file: "f"), root: try parseFormula(text)
    ).conditions(in: Self.table)
    let found = try formula(text, .condition).column(over: Self.columns, count: twin.count)
    #expect(
      found == .conditions(twin.map { $0 == true ? .yes : $0 == false ? .no : .unknown }), "\(text)"
    )
  }

  static let quantities = [
    "a + hours * 2", "a - -1", "if(hours > 24, a, 0)", "a / (hours - 3)", "5",
  ]

  @Test(arguments: quantities)
  func numbersAreTheSameToo(text: String) throws {
    let twin = Formula(
      text: text, place: SourcePlace(file: "f"), root: try parseFormula(text)
    ).numbers(in: Self.table)
    guard
      case .numbers(let found) = try formula(text, .number).column(
        over: Self.columns, count: twin.count)
    else {
      Issue.record("no numbers")
      return
    }
    #expect(found.map { $0.isNaN ? nil : $0 } == twin)
  }

  @Test(arguments: [
    ("a >", "Q218"), ("b > 1", "Q219"), ("a + 1", "Q220"),
    ("a > 5 %", "Q220"),
  ])
  func aSlipIsNamedWithItsPlace(text: String, code: String) throws {
    do throws(DiagnosticList) {
      let formula = try RecordFormula(
        text, at: SourcePlace(file: "--x", line: 1, column: 1, sourceLine: text),
        as: .condition, entry: "--x")
      _ = try formula.column(over: Self.columns, count: 8)
      Issue.record("\(text) passed")
    } catch {
      #expect(error.items.map(\.code.rawValue) == [code])
      #expect(error.items[0].place?.file == "--x")
    }
  }

  @Test func namesThatCouldBeMeantAreOffered() throws {
    let formula = try formula("hour > 1", .condition)
    do throws(DiagnosticList) {
      _ = try formula.column(over: [:], others: ["hours", "age"], count: 1)
      Issue.record("passed")
    } catch {
      #expect(error.items[0].fix?.en == "hours")
    }
  }
}

@Suite("Survey indicators")
struct SurveyIndicatorTests {
  private func indicators(_ text: String) throws -> SurveyIndicators {
    try SurveyIndicators(ScenarioFile(name: "i.toml", bytes: Array(text.utf8)))
  }

  @Test func theCountryFolderHasTheIndicatorsOfTheSeed() throws {
    let path = Checkout.root + "/Geo/peru/indicators.toml"
    let found = try SurveyIndicators(
      ScenarioFile(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path)))))
    #expect(
      found.items.map(\.id) == ["A_ENAHO_WORK_5_17", "ENA_FARM_WORK_5_13", "ENA_INTENSIVE_14_17"])
    for item in found.items {
      #expect(item.name.en != item.name.es && !item.source.isEmpty)
      #expect(item.by.prefix(2) == ["sex", "area"])
    }
  }

  /// 24 hours at 14, 36 at 15 to 17: Ley 27337, article 56.
  @Test(arguments: [
    (14.0, 24.0, false), (14, 25, true), (15, 25, false), (15, 36, false), (17, 37, true),
  ])
  func intensiveHoursHangOnTheAge(age: Double, hours: Double, expected: Bool) throws {
    let path = Checkout.root + "/Geo/peru/indicators.toml"
    let item = try SurveyIndicators(
      ScenarioFile(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    ).named("ENA_INTENSIVE_14_17")
    let found = try item.share.column(
      over: ["age": .numbers([age]), "hours": .numbers([hours])], count: 1)
    #expect(found == .conditions([expected ? .yes : .no]))
  }

  @Test func faultsComeTogether() throws {
    let text = """
      [indicator.X]
      name = "X"
      universe = "age >="
      share = "wrok"
      fields = { work = { en = "w", es = "w" } }
      bye = ["sex"]
      """
    do throws(DiagnosticList) {
      _ = try SurveyIndicators(ScenarioFile(name: "i.toml", bytes: Array(text.utf8)))
      Issue.record("passed")
    } catch {
      #expect(Set(error.items.map(\.code.rawValue)).isSuperset(of: ["Q204", "Q218"]))
    }
  }

  @Test func anUnknownNameIsOfferedTheNearest() throws {
    let found = try indicators(
      "[indicator.FARM]\nname = \"F\"\nuniverse = \"age > 4\"\nshare = \"age > 5\"\n"
        + "fields = { age = \"a\" }\n")
    #expect(throws: DiagnosticList.self) { try found.named("FRAM") }
    #expect(try found.named("FARM").fields.map(\.name) == ["age"])
  }
}
