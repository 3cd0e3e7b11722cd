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

  /// The seed as a number where JSON readers keep all its digits, else as text.
  mutating func seed(_ seed: UInt64) {
    if seed < 1 << 53 { member("seed", Int(seed)) } else { member("seed", String(seed)) }
  }

  /// A fault with its place, in both languages.
  mutating func diagnostic(_ fault: Diagnostic) {
    object { json in
      json.member("code", fault.code.rawValue)
      json.member("severity", fault.severity.rawValue)
      json.member("entry", fault.entry)
      json.member("file", fault.place?.file)
      json.member("line", fault.place?.line)
      json.member("column", fault.place?.column)
      json.text("message", fault.what)
      if let fix = fault.fix { json.text("hint", fix) }
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
