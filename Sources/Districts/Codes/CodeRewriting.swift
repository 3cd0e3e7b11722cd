// Quiebre · Districts
// A table with mended codes: lost zeros put back, or another office's codes.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats

/// A table written anew with other codes; every other byte is as it was.
public struct RewrittenTable: Hashable, Sendable {
  public struct Change: Hashable, Sendable {
    /// Line of the file, from 1.
    public let row: Int
    public let from: String
    /// Empty if there is no such code: a code of the wrong coding must not stay.
    public let to: String
  }

  public let bytes: [UInt8]
  public let changes: [Change]

  /// Rows whose code could not be translated and is now empty.
  public var untranslated: [Change] { changes.filter(\.to.isEmpty) }
}

/// Puts back the zeros that a spreadsheet took from the codes of a table.
///
/// - Throws: Q335 if there is no such column, Q302 and Q303 for codes that are broken otherwise.
public func zerosRestored(
  in table: CSVTable, codeColumn: String, rules: CodeRules
) throws(DiagnosticList) -> RewrittenTable {
  try rewritten(table, codeColumn: codeColumn, rules: rules) { rules.restoringZeros($0) ?? $0 }
}

/// Writes the codes of a table in another coding.
///
/// Zeros must be there: restore them first.
///
/// - Throws: Q335 if there is no such column, Q301 to Q303 for broken codes, Q305 for a coding that
///   the list doesn't have.
public func recoded(
  _ table: CSVTable, codeColumn: String, from coding: String, to target: String,
  with codings: CodingTable, rules: CodeRules
) throws(DiagnosticList) -> RewrittenTable {
  for name in [coding, target] where !codings.codings.contains(name) {
    throw DiagnosticList(
      .unknownCoding(name, known: codings.codings, at: SourcePlace(file: table.name)))
  }
  return try rewritten(table, codeColumn: codeColumn, rules: rules) {
    rules.slip(in: $0) == nil ? codings.code($0, from: coding, to: target) ?? "" : $0
  }
}

private func rewritten(
  _ table: CSVTable, codeColumn: String, rules: CodeRules, _ change: (String) -> String
) throws(DiagnosticList) -> RewrittenTable {
  var faults = TableFaults(file: table.name)
  var replacements: [CSVReplacement] = []
  var changes: [RewrittenTable.Change] = []
  do throws(Diagnostic) {
    let column = try table.requiredColumn(codeColumn)
    for row in 0..<table.rowCount {
      let text = table.trimmedText(column, row)
      let code = change(text)
      if !code.isEmpty, let slip = rules.slip(in: code) {
        faults.add(.badCode(slip, text: text, rules: rules, at: table.place(column, row)))
      } else if text.isEmpty {
        faults.add(.badCode(.blank, text: text, rules: rules, at: table.place(column, row)))
      } else if code != text {
        replacements.append(CSVReplacement(column: column, row: row, text: code))
        changes.append(
          RewrittenTable.Change(row: table.line(ofRow: row), from: text, to: code))
      }
    }
  } catch {
    faults.add(error)
  }
  try faults.throwErrors()
  return RewrittenTable(bytes: table.replacing(replacements), changes: changes)
}
