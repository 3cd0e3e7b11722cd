// Quiebre · Reports
// Columns of text for a terminal.
// SPDX-License-Identifier: Apache-2.0

/// Rows of cells, padded so that columns line up.
struct TextTable {
  /// Space between columns.
  var gap = 3
  private(set) var rows: [[String]] = []

  mutating func append(_ row: [String]) { rows.append(row) }

  /// One line per row, without spaces at the end.
  func lines() -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        guard row[(column + 1)...].contains(where: { !$0.isEmpty }) else { break }
        line += String(repeating: " ", count: widths[column] - cell.count + gap)
      }
      return line
    }
  }
}
