// Quiebre · QuiebreKit
// The columns of a microdata file: as numbers, as labels, and as fields of formulas.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import ScenarioFiles

/// A file of microdata with its columns read once.
///
/// Used by one thread.
final class SurveyMicrodata {
  let table: CSVTable
  /// Field → formula over columns, as `--map` gives them.
  private let mapped: [(field: String, formula: RecordFormula)]
  private var columns: [String: RecordColumn] = [:]
  private var fields: [String: RecordColumn] = [:]

  init(table: CSVTable, maps: [String]) throws(DiagnosticList) {
    self.table = table
    var faults: [Diagnostic] = []
    var mapped: [(field: String, formula: RecordFormula)] = []
    for map in maps {
      do throws(DiagnosticList) {
        mapped.append(try SurveyMicrodata.mapping(map))
      } catch {
        faults += error.items
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    self.mapped = mapped
  }

  var rows: Int { table.rowCount }
  var mappedFields: [String] { mapped.map(\.field) }
  func has(_ name: String) -> Bool {
    mappedFields.contains(name) || table.column(name) != nil
  }

  /// Where a formula given on the command line stands.
  static func place(_ flag: String, _ text: String) -> SourcePlace {
    SourcePlace(file: flag, line: 1, column: 1, length: text.count, sourceLine: text)
  }

  private static func mapping(
    _ map: String
  ) throws(DiagnosticList) -> (field: String, formula: RecordFormula) {
    guard let equals = map.firstIndex(of: "="), equals != map.startIndex else {
      throw DiagnosticList(
        Diagnostic(
          .badSurveyRequest, entry: "--map",
          what: LocalizedText(
            en: "--map wants FIELD=COLUMN or FIELD=FORMULA, not '\(map)'",
            es: "--map pide CAMPO=COLUMNA o CAMPO=FÓRMULA, no '\(map)'")))
    }
    let field = map[..<equals].split(separator: " ").joined()
    let text = String(map[map.index(after: equals)...])
    return (
      field,
      try RecordFormula(
        text, at: place("--map", text), as: .anything, entry: "--map \(field)")
    )
  }

  /// A column of the file as it stands: numbers if at least half of its cells are, else labels.
  private func column(_ name: String) throws(DiagnosticList) -> RecordColumn? {
    if let known = columns[name] { return known }
    guard let number = table.column(name) else { return nil }
    let column: RecordColumn
    if table.isMostlyNumeric(number) {
      column = .numbers(try table.numbers(number).map { $0 ?? .nan })
    } else {
      let labels = labels(number)
      column = .texts(codes: labels.codes, labels: labels.labels)
    }
    columns[name] = column
    return column
  }

  /// A mapped field, else a column of the file; `nil` if there is neither.
  func field(_ name: String) throws(DiagnosticList) -> RecordColumn? {
    if let known = fields[name] { return known }
    guard let formula = mapped.first(where: { $0.field == name })?.formula else {
      return try column(name)
    }
    // Inside its own formula a field's name means the column.
    var inputs: [String: RecordColumn] = [:]
    for input in formula.fields { inputs[input] = try column(input) }
    let result = try formula.column(over: inputs, others: table.columns, count: rows)
    fields[name] = result
    return result
  }

  /// Works a formula out over fields and columns.
  func evaluate(_ formula: RecordFormula) throws(DiagnosticList) -> RecordColumn {
    var inputs: [String: RecordColumn] = [:]
    for input in formula.fields { inputs[input] = try field(input) }
    return try formula.column(over: inputs, others: mappedFields + table.columns, count: rows)
  }

  /// The cells of a column as labels, numbered in the order in which they come; −1 = blank.
  func labels(_ column: Int) -> (codes: [Int32], labels: [String]) {
    var known: [String: Int32] = [:]
    var labels: [String] = []
    var last = (text: "", code: Int32(-1))
    var codes: [Int32] = []
    codes.reserveCapacity(rows)
    for row in 0..<rows {
      let text = table.trimmedText(column, row)
      // Files are sorted by cluster as a rule.
      if text != last.text {
        if let code = known[text] {
          last = (text, code)
        } else {
          last = (text, text == "NA" ? -1 : Int32(labels.count))
          if last.code >= 0 { labels.append(text) }
          known[text] = last.code
        }
      }
      codes.append(last.code)
    }
    return (codes, labels)
  }
}
