// Quiebre · Reports
// A table as a JSON array of rows, for `--json`.
// SPDX-License-Identifier: Apache-2.0

import Formats

extension Table {
  /// One object per row, keys in column order; no value is `null`.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: (rowCount + 1) * columns.count * 20)
    json.array(.lines) { json in
      for row in 0..<rowCount {
        json.object { json in
          for (column, cell) in zip(columns, self.row(row)) {
            switch cell {
            case .none: json.member(column.name, nil as Int?)
            case .text(let text): json.member(column.name, text)
            case .integer(let value): json.member(column.name, value)
            case .number(let value):
              json.member(column.name, value, decimals: column.kind.decimals)
            case .money(let amount):
              json.key(column.name)
              json.scaled(amount, decimals: 2)
            }
          }
        }
      }
    }
    json.endLine()
    return json.finished()
  }
}
