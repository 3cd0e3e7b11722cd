// Quiebre · Reports
// The text catalogue: every sentence is a case of an enum, with both languages at one place.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// A page of the catalogue.
///
/// `{1}`, `{2}` … in a text are filled in by ``said(_:in:)``.
///
/// A test walks all cases: both languages there, the same blanks in both.
protocol Phrase: CaseIterable, Hashable {
  var text: LocalizedText { get }
}

extension Phrase {
  /// The sentence in a language with its blanks filled in order.
  func said(_ blanks: String..., in language: Language) -> String {
    Self.filled(text.text(in: language), blanks)
  }

  /// The sentence in both languages; every blank brings both as well.
  func said(_ blanks: LocalizedText...) -> LocalizedText {
    LocalizedText(
      en: Self.filled(text.en, blanks.map(\.en)), es: Self.filled(text.es, blanks.map(\.es)))
  }

  /// Puts blanks in one pass, so that a name that holds `{1}` stays as it is.
  private static func filled(_ text: String, _ blanks: [String]) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let number = Int(rest[rest.index(after: open)..<close]) ?? 0
      precondition(blanks.indices.contains(number - 1), "a blank without a value: \(text)")
      result += blanks[number - 1]
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
