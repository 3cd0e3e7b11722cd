// Quiebre · Reports
// What a column is called, holds and means: one dictionary for map, tables and manual.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A column of a table or a property of a map feature.
public struct Column: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case text
    case integer
    /// A number with this many decimals.
    case decimal(Int)
    /// An ISO date.
    case date
  }

  /// ASCII, at most 10 characters, because a Shapefile cuts longer names.
  public let name: String
  public let kind: Kind
  /// `%`, `pp`, `persons`, `child-years`, `money`, `money/child/year`; empty for texts.
  public let unit: String
  public let title: LocalizedText

  public init(_ name: String, _ kind: Kind, _ unit: String = "", es: String, en: String) {
    self.name = name
    self.kind = kind
    self.unit = unit
    title = LocalizedText(en: en, es: es)
  }
}

/// One value of a table.
public enum Cell: Hashable, Sendable {
  case none
  case text(String)
  case integer(Int)
  case number(Double)
  /// Céntimos: written exactly, with two decimals.
  case money(Int64)

  /// A number, or no value if it isn't finite.
  static func real(_ value: Double?) -> Cell {
    guard let value, value.isFinite else { return .none }
    return .number(value)
  }

  /// A share as percent.
  static func percent(_ share: Double?) -> Cell { real(share.map { $0 * 100 }) }

  /// A count of persons, rounded.
  static func persons(_ count: Double) -> Cell {
    guard count.isFinite, count.magnitude < 1e15 else { return .none }
    return .integer(Int(count.rounded(.toNearestOrEven)))
  }

  static func optional(_ text: String?) -> Cell { text.map(Cell.text) ?? .none }
}

/// A table of cells, row by row.
public struct Table: Sendable {
  /// Name of its file, without extension.
  public let name: String
  public let title: LocalizedText
  public private(set) var columns: [Column]
  private var cells: [Cell] = []

  init(_ name: String, es: String, en: String, _ columns: [Column]) {
    self.name = name
    title = LocalizedText(en: en, es: es)
    self.columns = columns
  }

  public var rowCount: Int { columns.isEmpty ? 0 : cells.count / columns.count }

  /// The cells of one row.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    cells[row * columns.count..<(row + 1) * columns.count]
  }

  mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row of another length in \(name)")
    cells.append(contentsOf: row)
  }

  /// The table without columns that hold no value at all: readers trip over those.
  func withoutEmptyColumns() -> Table {
    let kept = columns.indices.filter { column in
      (0..<rowCount).contains { cells[$0 * columns.count + column] != .none }
    }
    guard rowCount > 0, kept.count < columns.count else { return self }
    var table = self
    table.columns = kept.map { columns[$0] }
    table.cells = (0..<rowCount).flatMap { row in
      kept.map { cells[row * columns.count + $0] }
    }
    return table
  }
}
