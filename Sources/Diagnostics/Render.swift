// Quiebre · Diagnostics
// Prints faults for people: code, place, source line with a caret, why and how to mend it.
// SPDX-License-Identifier: Apache-2.0

/// Turns diagnostics into text of one shape, for files, tables and flags alike.
public struct DiagnosticRenderer: Hashable, Sendable {
  public var language: Language
  /// Whether to use the terminal's colors.
  public var color: Bool
  /// How many faults are shown in full; the rest are counted.
  public var limit: Int

  public init(language: Language, color: Bool = false, limit: Int = 50) {
    self.language = language
    self.color = color
    self.limit = limit
  }

  /// All faults, then a count; empty for none, else ending with a newline.
  public func text(_ items: [Diagnostic]) -> String {
    guard !items.isEmpty else { return "" }
    let shown = items.prefix(limit).map(text).joined()
    return shown + hidden(items.count - limit) + count(of: items) + "\n"
  }

  /// One fault, ending with a newline.
  public func text(_ item: Diagnostic) -> String {
    let head = "\(word(for: item.severity))[\(item.code)]"
    var lines = [paint(head, item.severity) + ": " + clean(item.what.text(in: language))]
    if let place = item.place {
      lines.append("  --> " + clean(position(place)))
      lines += excerpt(place, caret: item.caret, severity: item.severity)
    }
    if let why = item.why { lines.append(remark("why", "por qué", why)) }
    if let fix = item.fix { lines.append(remark("fix", "arreglo", fix)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `2 errors, 1 warning`, and what a syntax error leaves unchecked.
  public func count(of items: [Diagnostic]) -> String {
    let errors = items.count { $0.severity == .error }
    let warnings = items.count { $0.severity == .warning }
    if errors == 1, warnings == 0, let only = items.first(where: { $0.severity == .error }),
      only.code.rawValue.hasPrefix("Q1")
    {
      return LocalizedText(
        en: "1 syntax error; the rest is checked once it is mended",
        es: "1 error de sintaxis; lo demás se revisa cuando esté corregido"
      ).text(in: language)
    }
    return LocalizedText(
      en: "\(counted(errors, "error", "errors")), \(counted(warnings, "warning", "warnings"))",
      es: "\(counted(errors, "error", "errores")), \(counted(warnings, "aviso", "avisos"))"
    ).text(in: language)
  }

  private func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  private func hidden(_ number: Int) -> String {
    guard number > 0 else { return "" }
    return LocalizedText(
      en: "… and \(number) more\n", es: "… y \(number) más\n"
    ).text(in: language)
  }

  private func word(for severity: Diagnostic.Severity) -> String {
    switch (severity, language) {
    case (.error, _): "error"
    case (.warning, .english): "warning"
    case (.warning, .spanish): "aviso"
    case (.note, .english): "note"
    case (.note, .spanish): "nota"
    }
  }

  private func position(_ place: SourcePlace) -> String {
    if place.line == 0 { return place.file }
    if place.column == 0 { return "\(place.file):\(place.line)" }
    return "\(place.file):\(place.line):\(place.column)"
  }

  private func remark(_ english: String, _ spanish: String, _ text: LocalizedText) -> String {
    let label = language == .english ? english : spanish
    return "     = \(label): \(clean(text.text(in: language)))"
  }

  /// The source line and the caret line under it.
  private func excerpt(
    _ place: SourcePlace, caret: LocalizedText?, severity: Diagnostic.Severity
  ) -> [String] {
    guard let source = place.sourceLine, place.line > 0, place.column > 0 else { return [] }
    let line = Array(source.unicodeScalars)
    let window = window(of: line.count, around: place)
    let start = max(0, min(place.column - 1, line.count) - window.lowerBound)
    let length = max(1, min(place.length, window.upperBound - window.lowerBound - start))
    let lead = window.lowerBound > 0 ? "…" : ""
    let trail = window.upperBound < line.count ? "…" : ""
    let shown = clean(String(String.UnicodeScalarView(line[window])))
    let number = String(place.line)
    let gutter = String(repeating: " ", count: number.count)
    let before =
      clean(String(String.UnicodeScalarView(line[window].prefix(start)))).count + lead.count
    let marks = paint(String(repeating: "^", count: length), severity)
    let words = caret.map { " " + clean($0.text(in: language)) } ?? ""
    return [
      " \(number) | \(lead)\(shown)\(trail)",
      " \(gutter) | \(String(repeating: " ", count: before))\(marks)\(words)",
    ]
  }

  /// At most 120 characters of a long line, with the fault among them.
  private func window(of count: Int, around place: SourcePlace) -> Range<Int> {
    let width = 120
    guard count > width else { return 0..<count }
    let start = max(0, min(place.column - 1 - width / 4, count - width))
    return start..<(start + width)
  }

  /// Characters that would move the cursor or hide text stand as `·`, tabs as one space.
  private func clean(_ text: String) -> String {
    var cleaned = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control: cleaned.append(scalar == "\t" ? " " : "·")
      case .format, .lineSeparator, .paragraphSeparator: cleaned.append("·")
      default: cleaned.append(scalar)
      }
    }
    return String(cleaned)
  }

  private func paint(_ text: String, _ severity: Diagnostic.Severity) -> String {
    guard color else { return text }
    let code =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
  }
}

/// The fields of a fault as `--json` prints them.
public struct DiagnosticRecord: Hashable, Sendable {
  public let code: String
  public let severity: String
  public let entry: String?
  public let file: String?
  public let line: Int?
  public let column: Int?
  public let length: Int?
  public let message: String
  public let hint: String?

  /// Takes the sentences in one language; a line or column of 0 ("the whole") becomes `nil`.
  public init(_ item: Diagnostic, in language: Language) {
    code = item.code.rawValue
    severity = item.severity.rawValue
    entry = item.entry
    file = item.place?.file
    line = item.place.flatMap { $0.line > 0 ? $0.line : nil }
    column = item.place.flatMap { $0.column > 0 ? $0.column : nil }
    length = item.place.flatMap { $0.column > 0 ? $0.length : nil }
    message = item.what.text(in: language)
    hint = (item.fix ?? item.caret)?.text(in: language)
  }
}
