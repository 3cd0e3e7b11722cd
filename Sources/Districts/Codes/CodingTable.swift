// Quiebre · Districts
// The same districts under the codes of several offices.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats

/// Codes side by side: one row per district, one column per coding (`inei`, `reniec`).
public struct CodingTable: Hashable, Sendable {
  /// The codings, in column order.
  public let codings: [String]
  /// Rows that were left out because a code is missing or none.
  public let incompleteRows: Int
  /// `rows[i][k]`: the code of district i in `codings[k]`.
  let rows: [[String]]
  private let rowOfCode: [String: [String: Int]]

  /// Reads the columns named in `columns` as (coding, column).
  ///
  /// - Throws: Q335 for a missing column.
  public init(
    _ table: CSVTable, columns: [(coding: String, column: String)], rules: CodeRules
  ) throws(DiagnosticList) {
    var numbers: [Int] = []
    var faults = TableFaults(file: table.name)
    for (_, column) in columns {
      do throws(Diagnostic) { numbers.append(try table.requiredColumn(column)) } catch {
        faults.add(error)
      }
    }
    try faults.throwErrors()
    var rows: [[String]] = []
    for row in 0..<table.rowCount {
      let codes = numbers.map { table.trimmedText($0, row) }
      if codes.allSatisfy({ rules.slip(in: $0) == nil }) { rows.append(codes) }
    }
    self.init(
      codings: columns.map(\.coding), rows: rows, incompleteRows: table.rowCount - rows.count)
  }

  init(codings: [String], rows: [[String]], incompleteRows: Int = 0) {
    self.codings = codings
    self.rows = rows
    self.incompleteRows = incompleteRows
    var rowOfCode: [String: [String: Int]] = [:]
    for (column, coding) in codings.enumerated() {
      rowOfCode[coding] = Dictionary(
        rows.enumerated().map { ($1[column], $0) }, uniquingKeysWith: { first, _ in first })
    }
    self.rowOfCode = rowOfCode
  }

  /// A code of one coding, in another; `nil` if it isn't in the table.
  public func code(_ code: String, from coding: String, to target: String) -> String? {
    if coding == target { return code }
    guard let column = codings.firstIndex(of: target), let row = rowOfCode[coding]?[code] else {
      return nil
    }
    return rows[row][column]
  }
}
