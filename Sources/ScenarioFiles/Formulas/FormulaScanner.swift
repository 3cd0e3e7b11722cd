// Quiebre · ScenarioFiles
// Cuts a formula into words, each with its place.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

struct FormulaToken: Hashable {
  enum Content: Hashable {
    case number(Double)
    case percent(Double)
    case text(String)
    case word(String)
    case symbol(String)
    case end
  }
  let content: Content
  /// Characters from the start of the formula.
  let offset: Int
  let length: Int
}

/// A fault in a formula, before it has a place in a file.
struct FormulaFault: Error, Hashable {
  let offset: Int
  let length: Int
  let what: LocalizedText
  var fix: LocalizedText?
}

/// Cuts the text; the last token is `end`.
func formulaTokens(_ text: String) throws(FormulaFault) -> [FormulaToken] {
  var scanner = FormulaScanner(characters: Array(text.unicodeScalars))
  var tokens: [FormulaToken] = []
  while true {
    let token = try scanner.next()
    tokens.append(token)
    if token.content == .end { return tokens }
  }
}

private struct FormulaScanner {
  let characters: [Unicode.Scalar]
  var index = 0

  init(characters: [Unicode.Scalar]) { self.characters = characters }

  private func string(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(characters[range]))
  }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < characters.count ? characters[index + ahead] : nil
  }

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  private func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0 == "_" || ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
  }

  mutating func next() throws(FormulaFault) -> FormulaToken {
    while let scalar = peek(), scalar == " " || scalar == "\t" || scalar == "\n" { index += 1 }
    guard let scalar = peek() else {
      return FormulaToken(content: .end, offset: characters.count, length: 1)
    }
    if isDigit(scalar) { return try number() }
    if isLetter(scalar) { return word() }
    if scalar == "'" || scalar == "\"" { return try text(quote: scalar) }
    return try symbol(scalar)
  }

  private mutating func number() throws(FormulaFault) -> FormulaToken {
    let start = index
    while isDigit(peek()) || peek() == "_" { index += 1 }
    if peek() == ".", isDigit(peek(1)) {
      index += 1
      while isDigit(peek()) || peek() == "_" { index += 1 }
    }
    let digits = string(start..<index).replacing("_", with: "")
    let isGlued = isLetter(peek()) || peek() == "."
    let end = index
    while let scalar = peek(), scalar == " " { index += 1 }
    if peek() == "%" {
      index += 1
      if let value = Double(digits + "e-2"), value.isFinite {
        return FormulaToken(content: .percent(value), offset: start, length: index - start)
      }
    }
    index = end
    guard !isGlued, let value = Double(digits), value.isFinite else {
      throw FormulaFault(
        offset: start, length: end - start + 1,
        what: LocalizedText(en: "this is no number", es: "esto no es un número"))
    }
    return FormulaToken(content: .number(value), offset: start, length: end - start)
  }

  private mutating func word() -> FormulaToken {
    let start = index
    while isLetter(peek()) || isDigit(peek()) { index += 1 }
    return FormulaToken(
      content: .word(string(start..<index)), offset: start, length: index - start)
  }

  private mutating func text(quote: Unicode.Scalar) throws(FormulaFault) -> FormulaToken {
    let start = index
    index += 1
    while let scalar = peek(), scalar != quote { index += 1 }
    guard peek() == quote else {
      throw FormulaFault(
        offset: start, length: characters.count - start,
        what: LocalizedText(en: "a quote is missing", es: "falta una comilla"))
    }
    index += 1
    return FormulaToken(
      content: .text(string((start + 1)..<(index - 1))), offset: start, length: index - start)
  }

  private static let symbols = [
    "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",",
  ]
  private static let mistaken = [
    "&&": "and", "||": "or", "!": "not", "=": "==", "≥": ">=", "≤": "<=", "≠": "!=", "<>": "!=",
    "×": "*", "÷": "/", "^": "*", "{": "[", ";": ",", "−": "-",
  ]

  private mutating func symbol(_ scalar: Unicode.Scalar) throws(FormulaFault) -> FormulaToken {
    let two = string(index..<min(index + 2, characters.count))
    if Self.mistaken[two] == nil, let symbol = Self.symbols.first(where: { two.hasPrefix($0) }) {
      let start = index
      index += symbol.unicodeScalars.count
      return FormulaToken(content: .symbol(symbol), offset: start, length: index - start)
    }
    let wrong = Self.mistaken[two] == nil ? String(scalar) : two
    throw FormulaFault(
      offset: index, length: wrong.unicodeScalars.count,
      what: LocalizedText(
        en: "'\(wrong)' isn't used in formulas", es: "'\(wrong)' no se usa en las fórmulas"),
      fix: Self.mistaken[wrong].map { LocalizedText(verbatim: $0) })
  }
}
