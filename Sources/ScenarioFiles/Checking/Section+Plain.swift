// Quiebre · ScenarioFiles
// Reads texts, choices, flags, counts, years, lists and paths.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

extension Section {
  // MARK: Texts

  func text(_ key: String) -> String? {
    guard let entry = take(key) else { return nil }
    return text(key, entry.value)
  }

  func text(_ key: String, default text: String) -> String {
    if peek(key) == nil { checker.plainDefault(full(key), "\"\(text)\"") }
    return self.text(key) ?? text
  }

  private func text(_ key: String, _ value: TOMLValue) -> String? {
    guard case .string(let text) = value.content else {
      wrongType(key, value, LocalizedText(en: "a text in quotes", es: "un texto entre comillas"))
      return nil
    }
    return text
  }

  /// A text of one language, or `{ es = "…", en = "…" }`.
  func localized(_ key: String) -> LocalizedText? {
    guard let entry = take(key) else { return nil }
    switch entry.value.content {
    case .string(let text): return LocalizedText(verbatim: text)
    case .table(let table):
      let inner = Section(full(key), table, at: entry.keyPlace, checker: checker)
      let english = inner.peek("en").flatMap { inner.text("en", $0.value) }
      let spanish = inner.peek("es").flatMap { inner.text("es", $0.value) }
      inner.finish()
      guard let any = english ?? spanish else {
        wrongType(key, entry.value, LocalizedText(en: "a text", es: "un texto"))
        return nil
      }
      return LocalizedText(en: english ?? any, es: spanish ?? any)
    default:
      wrongType(key, entry.value, LocalizedText(en: "a text", es: "un texto"))
      return nil
    }
  }

  /// A code: a text, never a number.
  func code(_ key: String) -> String? {
    guard let entry = take(key) else { return nil }
    return code(key, entry.value)
  }

  func code(_ key: String, _ value: TOMLValue) -> String? {
    switch value.content {
    case .string(let text): return text
    case .integer(let number):
      checker.report(
        Diagnostic(
          .codeAsNumber, entry: full(key), at: value.place,
          what: LocalizedText(
            en: "the code \(number) is written as a number",
            es: "el código \(number) está escrito como número"),
          fix: LocalizedText(
            en: "put it in quotes, with its zeros: \"\(number)\"",
            es: "póngalo entre comillas, con sus ceros: \"\(number)\"")))
      return nil
    default:
      wrongType(key, value, LocalizedText(en: "a code in quotes", es: "un código entre comillas"))
      return nil
    }
  }

  // MARK: Choices and flags

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, default choice: Choice)
    -> Choice where Choice.RawValue == String
  {
    if peek(key) == nil { checker.plainDefault(full(key), "\"\(choice.rawValue)\"") }
    return self.choice(key) ?? choice
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
  where Choice.RawValue == String {
    guard let entry = take(key), let text = text(key, entry.value) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    unknownChoice(key, text, of: Choice.allCases.map(\.rawValue), at: entry.value.place)
    return nil
  }

  func unknownChoice(_ key: String, _ found: String, of words: [String], at place: SourcePlace) {
    let nearest = nearestName(to: found, in: words)
    let all = words.joined(separator: ", ")
    checker.report(
      Diagnostic(
        .unknownChoice, entry: full(key), at: place,
        what: LocalizedText(
          en: "\(full(key)) can't be '\(found)'", es: "\(full(key)) no puede ser '\(found)'"),
        caret: nearest.map {
          LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
        },
        fix: LocalizedText(en: "one of: \(all)", es: "una de: \(all)")))
  }

  func flag(_ key: String, default flag: Bool) -> Bool {
    guard let entry = take(key) else {
      checker.plainDefault(full(key), "\(flag)")
      return flag
    }
    guard case .boolean(let given) = entry.value.content else {
      wrongType(key, entry.value, LocalizedText(en: "true or false", es: "true o false"))
      return flag
    }
    return given
  }

  // MARK: Whole numbers

  func count(_ key: String, in range: ClosedRange<Int>, default count: Int) -> Int {
    if peek(key) == nil { checker.plainDefault(full(key), "\(count)") }
    return self.count(key, in: range) ?? count
  }

  func count(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let entry = take(key) else { return nil }
    return count(key, entry.value, in: range)
  }

  func count(_ key: String, _ value: TOMLValue, in range: ClosedRange<Int>) -> Int? {
    guard case .integer(let given) = value.content else {
      notWhole(key, value)
      return nil
    }
    guard let number = Int(exactly: given), range.contains(number) else {
      let limits = "\(range.lowerBound) … \(range.upperBound)"
      outOfRange(
        key, at: value.place, found: asWritten(value), allowed: LocalizedText(verbatim: limits))
      return nil
    }
    return number
  }

  private func notWhole(_ key: String, _ value: TOMLValue) {
    let expected = LocalizedText(en: "a whole number", es: "un número entero")
    if !reportTextOrDate(key, value) { wrongType(key, value, expected) }
  }

  /// Numbers in quotes and dates have codes of their own.
  func reportTextOrDate(_ key: String, _ value: TOMLValue) -> Bool {
    switch value.content {
    case .string(let text) where text.contains(where: \.isNumber):
      let digits = plainDigits(text)
      checker.report(
        Diagnostic(
          .amountAsText, entry: full(key), at: value.place,
          what: LocalizedText(
            en: "\(full(key)) is a number written as text",
            es: "\(full(key)) es un número escrito como texto"),
          fix: digits.map {
            LocalizedText(
              en: "without quotes and signs: \($0)", es: "sin comillas ni signos: \($0)")
          }
            ?? LocalizedText(
              en: "write the whole number without quotes, such as 9_000_000",
              es: "escriba el número completo sin comillas, como 9_000_000")))
      return true
    case .time(let text):
      checker.report(
        Diagnostic(
          .dateForNumber, entry: full(key), at: value.place,
          what: LocalizedText(
            en: "\(full(key)) is the date \(text) where a number is due",
            es: "\(full(key)) es la fecha \(text) donde va un número")))
      return true
    default: return false
    }
  }

  /// The number in a text, if nothing beside a currency stands with it.
  ///
  /// In `9 M` or `9 millones` the word multiplies: 9 would be a million times too little.
  private func plainDigits(_ text: String) -> String? {
    let words = text.lowercased().split { !$0.isLetter && $0 != "$" && $0 != "€" }
    let currencies: Set<Substring> = [
      "s", "$", "us$", "€", "sol", "soles", "pen", "usd", "eur", "dólares", "euros",
    ]
    let letters = words.filter { !currencies.contains($0) }
    var digits = String(text.filter { $0.isNumber || $0 == "." || $0 == "_" })
    while let dot = digits.first, dot == "." { digits.removeFirst() }
    if letters.isEmpty { return digits }
    let millions: Set<Substring> = [
      "m", "mm", "mio", "mill", "millón", "millones", "million", "millions",
    ]
    guard letters.count == 1, millions.contains(letters[0]), let whole = Int(digits),
      (1..<1_000_000).contains(whole), !text.contains(",")
    else { return nil }
    let thousands = whole / 1000
    let rest = String(whole % 1000)
    let head =
      thousands > 0
      ? "\(thousands)_" + String(repeating: "0", count: 3 - rest.count) + rest : rest
    return head + "_000_000"
  }

  static let years = 1900...2200

  func year(_ key: String) -> Int? { count(key, in: Self.years) }

  /// `[from, to]`, both included.
  func span(_ key: String, in range: ClosedRange<Int>) -> ClosedRange<Int>? {
    guard let entry = take(key) else { return nil }
    guard case .array(let ends) = entry.value.content, ends.count == 2 else {
      wrongType(key, entry.value, LocalizedText(en: "[from, to]", es: "[desde, hasta]"))
      return nil
    }
    guard let from = count(key, ends[0], in: range), let to = count(key, ends[1], in: range) else {
      return nil
    }
    guard from <= to else {
      checker.report(
        Diagnostic(
          .disordered, entry: full(key), at: entry.value.place,
          what: LocalizedText(
            en: "\(full(key)) goes from \(from) back to \(to)",
            es: "\(full(key)) va de \(from) hacia atrás, a \(to)")))
      return nil
    }
    return from...to
  }

  // MARK: Lists and paths

  func list(_ key: String) -> [TOMLValue]? {
    guard let entry = take(key) else { return nil }
    guard case .array(let elements) = entry.value.content else {
      wrongType(key, entry.value, LocalizedText(en: "a list", es: "una lista"))
      return nil
    }
    return elements
  }

  func texts(_ key: String) -> [String]? {
    list(key)?.compactMap { text(key, $0) }
  }

  func path(_ key: String) -> FileReference? {
    guard let entry = take(key), let text = text(key, entry.value) else { return nil }
    return reference(key, text, at: entry.value.place)
  }

  func reference(_ key: String, _ text: String, at place: SourcePlace) -> FileReference? {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, !path.isEmpty, path != "geo:" else {
      wrongType(
        key, TOMLValue(.string(text), at: place),
        LocalizedText(en: "the path of a file", es: "la ruta de un archivo"))
      return nil
    }
    return FileReference(
      written: String(path),
      path: resolvedPath(String(path), namedIn: checker.stack.baseFile(of: place)),
      layer: parts.count > 1 ? String(parts[1]) : nil, place: place)
  }

  /// `{ key = text }` in file order.
  func textsByKey(_ key: String) -> [(key: String, text: String, entry: TOMLTable.Entry)]? {
    guard let entry = take(key) else { return nil }
    guard let table = entry.value.table else {
      wrongType(key, entry.value, LocalizedText(en: "a table", es: "una tabla"))
      return nil
    }
    return table.entries.compactMap { member in
      text(key + "." + member.key, member.value).map { (member.key, $0, member) }
    }
  }
}
