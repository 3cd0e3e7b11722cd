// Quiebre · Reports
// A table as CSV, its column types as CSVT for GDAL and QGIS.
// SPDX-License-Identifier: Apache-2.0

public import Formats

extension Table {
  /// UTF-8 with a BOM, one header line, `nil` as an empty cell.
  public func csv(_ style: CSVWriter.Style = .point) -> [UInt8] {
    var csv = CSVWriter(style: style, reservingBytes: (rowCount + 1) * columns.count * 8)
    for column in columns { csv.text(column.name) }
    csv.endRow()
    for row in 0..<rowCount {
      for (column, cell) in zip(columns, self.row(row)) { csv.cell(cell, column.kind) }
      csv.endRow()
    }
    return csv.finished()
  }

  /// The types that GDAL reads beside a CSV, so that a code stays text.
  public var csvt: [UInt8] {
    let types = columns.map { column in
      switch column.kind {
      case .text: "\"String\""
      case .integer: "\"Integer64\""
      case .decimal: "\"Real\""
      case .date: "\"Date\""
      }
    }
    return Array((types.joined(separator: ",") + "\n").utf8)
  }
}

extension CSVWriter {
  fileprivate mutating func cell(_ cell: Cell, _ kind: Column.Kind) {
    switch cell {
    case .none: text(nil)
    case .text(let value): text(value)
    case .integer(let value): integer(value)
    case .number(let value): number(value, decimals: kind.decimals)
    case .money(let amount): number(scaled: amount, decimals: 2)
    }
  }
}
