// Quiebre · Districts
// The same districts under the codes of several offices, and the proof of which one a table uses.
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

/// How well a table's codes and names fit a coding.
public struct CodingEvidence: Hashable, Sendable {
  /// The coding that the table is read as.
  public let coding: String
  /// Rows with a name and a code.
  public let namedRows: Int
  /// Rows whose name is that of the district under this coding.
  public let matchingNames: Int
  /// Rows whose code exists in this coding.
  public let knownCodes: Int
  public let rows: Int
  /// The same counts for the best other coding, if the codings are known.
  public let rival: Rival?

  public struct Rival: Hashable, Sendable {
    public let coding: String
    public let matchingNames: Int
    public let knownCodes: Int
  }

  /// Whether the rival explains the table better, beyond doubt.
  ///
  /// By names: among the rows with names that fit exactly one of the two readings, more fit the
  /// rival (at least three). Without names: every code is the rival's, and fewer than 95 in 100
  /// are ours.
  public var speaksForRival: Bool {
    guard let rival else { return false }
    if namedRows > 0 {
      return rival.matchingNames > matchingNames && rival.matchingNames >= 3
    }
    return rival.knownCodes == rows && rows >= 20 && knownCodes * 100 < rows * 95
  }
}
