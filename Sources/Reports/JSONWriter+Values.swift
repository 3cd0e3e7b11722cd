// Quiebre · Reports
// How our own values become JSON.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

extension JSONWriter {
  /// A text in both languages: `{"es": …, "en": …}`.
  mutating func text(_ name: String, _ text: LocalizedText) {
    object(name) { json in
      json.member("es", text.es)
      json.member("en", text.en)
    }
  }

  /// A cell with its column's digits.
  mutating func cell(_ cell: Cell, _ kind: Column.Kind) {
    switch cell {
    case .none: null()
    case .text(let text): string(text)
    case .integer(let value): integer(value)
    case .number(let value): number(value, decimals: kind.decimals)
    case .money(let amount): scaled(amount, decimals: 2)
    }
  }
}

extension Column.Kind {
  var decimals: Int {
    if case .decimal(let count) = self { count } else { 0 }
  }
}
