// Quiebre · Districts
// Which districts were created, recoded or dissolved between two vintages.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats

/// The columns of a table of changes.
public struct ChangeColumns: Hashable, Sendable {
  /// The code before the change; empty for a created district.
  public var old: String
  /// The code after the change; empty for a dissolved district.
  public var new: String
  /// The older district that a created one was cut from; may be missing from the table.
  public var parent: String?
  /// The year of the change; may be missing from the table.
  public var year: String?

  public init(old: String, new: String, parent: String? = nil, year: String? = nil) {
    self.old = old
    self.new = new
    self.parent = parent
    self.year = year
  }
}

/// Changes of district codes between vintages.
public struct ChangeTable: Hashable, Sendable {
  public struct Change: Hashable, Sendable {
    public let old: String?
    public let new: String?
    public let parent: String?
    public let year: Int?

    public init(old: String?, new: String?, parent: String? = nil, year: Int? = nil) {
      self.old = old
      self.new = new
      self.parent = parent
      self.year = year
    }
  }

  public let changes: [Change]
  private let byOld: [String: [Int]]
  private let byNew: [String: [Int]]

  public init(_ changes: [Change]) {
    self.changes = changes
    var byOld: [String: [Int]] = [:]
    var byNew: [String: [Int]] = [:]
    for (index, change) in changes.enumerated() where change.old != change.new {
      if let old = change.old { byOld[old, default: []].append(index) }
      if let new = change.new { byNew[new, default: []].append(index) }
    }
    self.byOld = byOld
    self.byNew = byNew
  }

  /// Reads the changes of districts; rows of provinces and of mere new names don't matter here.
  ///
  /// - Throws: Q335 for missing columns, Q302 for a code that is none.
  public init(
    _ table: CSVTable, columns: ChangeColumns, rules: CodeRules
  ) throws(DiagnosticList) {
    do throws(Diagnostic) {
      let old = try table.requiredColumn(columns.old)
      let new = try table.requiredColumn(columns.new)
      var parent: Int?
      if let name = columns.parent { parent = try table.requiredColumn(name) }
      var year: Int?
      if let name = columns.year { year = try table.requiredColumn(name) }
      var changes: [Change] = []
      for row in 0..<table.rowCount {
        let code = { (column: Int?) -> String? in
          guard let column, case let text = table.trimmedText(column, row), !text.isEmpty else {
            return nil
          }
          return text
        }
        guard let any = code(new) ?? code(old), rules.slip(in: any) == nil else { continue }
        changes.append(
          Change(
            old: code(old), new: code(new), parent: code(parent), year: code(year).flatMap(Int.init)
          ))
      }
      self.init(changes)
    } catch {
      throw DiagnosticList(error)
    }
  }

  /// What a district of the older vintage became: one code or several; empty if nothing changed.
  public func successors(of old: String) -> [String] {
    (byOld[old] ?? []).compactMap { changes[$0].new }
  }

  /// What a district of the newer vintage was before, if it only changed its code.
  public func predecessors(of new: String) -> [String] {
    (byNew[new] ?? []).compactMap { changes[$0].old }
  }

  /// The district that a created one was cut from, and when.
  public func origin(of new: String) -> (parent: String, year: Int?)? {
    for index in byNew[new] ?? [] {
      let change = changes[index]
      if change.old == nil, let parent = change.parent { return (parent, change.year) }
    }
    return nil
  }
}
