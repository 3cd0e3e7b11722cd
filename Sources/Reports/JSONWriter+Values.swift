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

  /// A fault in both languages; files by name only, so that results don't depend on where a run was
  /// started.
  ///
  /// `lines` = whether line and column are told; not in files that the result hash covers, since a
  /// comment above must not change a result.
  mutating func diagnostic(_ fault: Diagnostic, lines: Bool = true) {
    let fault = fault.withoutFolders
    object { json in
      json.member("code", fault.code.rawValue)
      json.member("severity", fault.severity.rawValue)
      json.member("entry", fault.entry)
      json.member("file", fault.place?.file)
      if lines {
        json.member("line", fault.place?.line)
        json.member("column", fault.place?.column)
      }
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

extension Diagnostic {
  /// The same fault with its file's name in place of its path, in the texts as well.
  fileprivate var withoutFolders: Diagnostic {
    guard let place else { return self }
    let (path, name) = (place.file, fileName(place.file))
    guard path != name else { return self }
    func short(_ text: LocalizedText) -> LocalizedText {
      LocalizedText(
        en: text.en.replacing(path, with: name), es: text.es.replacing(path, with: name))
    }
    return Diagnostic(
      code, severity, entry: entry,
      at: SourcePlace(
        file: name, line: place.line, column: place.column, length: place.length,
        sourceLine: place.sourceLine),
      what: short(what), caret: caret.map(short), why: why.map(short), fix: fix.map(short))
  }
}

/// The last part of a path; built-in files (`geo:peru/districts.geojson`) keep all of it.
func fileName(_ path: String) -> String {
  if path.hasPrefix("geo:") { return path }
  return path.split(separator: "/").last.map(String.init) ?? path
}
