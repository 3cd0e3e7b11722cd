// Quiebre · Formats
// Turns the parser's one point of failure into the word that is wrong, the slip behind it, and a fix.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// The fault behind a syntax error.
///
/// toml++ reports one point, at times behind the fault. The slip is looked for in the order in which
/// a wrong guess would mislead least: invisible characters and quotes, then what was never closed,
/// then the word at the point.
///
/// The point is given by line and column (in characters), `parser` holds toml++'s own words.
func slip(in text: SourceText, line: Int, column: Int, parser: String) -> Diagnostic {
  if line == 0, let fault = oddHeader(in: text) { return fault }
  let scene = SlipScene(text: text, line: line, column: column, parser: parser)
  return scene.oddCharacter() ?? scene.repeated() ?? scene.unclosed() ?? scene.inlineTable()
    ?? scene.key() ?? scene.missingValue() ?? scene.number() ?? scene.word() ?? scene.unnamed()
}

/// A table header that begins with no letter of a key: the parser gives up on it without a place.
private func oddHeader(in text: SourceText) -> Diagnostic? {
  for (index, line) in text.lines.enumerated() {
    let scalars = Array(line.unicodeScalars)
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
    guard let open = scalars.firstIndex(where: { !isSpace($0) }), scalars[open] == "[" else {
      continue
    }
    let next = scalars[(open + 1)...].firstIndex { !isSpace($0) && $0 != "[" } ?? scalars.count
    let known =
      next < scalars.count
      && (isBareKey(scalars[next]) || "\"'".unicodeScalars.contains(scalars[next]))
    if known { continue }
    let scene = SlipScene(text: text, line: index + 1, column: next + 1, parser: "table header")
    return scene.oddCharacter() ?? scene.header(from: open, to: next)
  }
  return nil
}

private func isBareKey(_ scalar: Unicode.Scalar) -> Bool {
  ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    || scalar == "-" || scalar == "_"
}

/// A syntax error with the line around it.
struct SlipScene {
  let text: SourceText
  let lineNumber: Int
  let column: Int
  let parser: String
  let line: [Unicode.Scalar]
  /// Whether a column stands in a text in quotes or in a comment; one per character of the line.
  let masked: [Bool]

  init(text: SourceText, line number: Int, column: Int, parser: String) {
    self.text = text
    let known = max(1, min(number, text.lines.count))
    lineNumber = known
    line = Array((text.line(known) ?? "").unicodeScalars)
    self.column = max(1, min(column, line.count + 1))
    self.parser = parser
    masked = maskedCharacters(of: line)
  }

  func place(_ column: Int, _ length: Int) -> SourcePlace {
    text.place(line: lineNumber, column: column, length: length)
  }

  func slice(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(line[range]))
  }

  // MARK: Characters that look like others

  func oddCharacter() -> Diagnostic? {
    for index in line.indices where !masked[index] {
      if "“”„‟‘’‚«»″".unicodeScalars.contains(line[index]) {
        return Diagnostic(
          .curlyQuotes, at: place(index + 1, 1),
          what: LocalizedText(en: "curly quotes", es: "comillas tipográficas"),
          caret: LocalizedText(
            en: "'\(line[index])' isn't a plain quote",
            es: "'\(line[index])' no es una comilla recta"),
          fix: LocalizedText(
            en: "use straight quotes: \"", es: "use comillas rectas: \""))
      }
      if isInvisible(line[index]) {
        let code = "U+" + padded(String(line[index].value, radix: 16, uppercase: true))
        return Diagnostic(
          .invisibleSpace, at: place(index + 1, 1),
          what: LocalizedText(
            en: "an invisible character \(code)", es: "un carácter invisible \(code)"),
          caret: LocalizedText(
            en: "looks like a space, isn't one", es: "parece un espacio, pero no lo es"),
          fix: LocalizedText(
            en: "delete it and type a plain space", es: "bórrelo y escriba un espacio simple"))
      }
    }
    return nil
  }

  private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0, 0xAD, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x3000, 0xFEFF: true
    default: false
    }
  }

  private func padded(_ digits: String) -> String {
    String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  // MARK: Keys

  func repeated() -> Diagnostic? {
    guard parser.contains("cannot redefine") else { return nil }
    let header = line.first { $0 != " " && $0 != "\t" } == "["
    let range = header ? line.startIndex..<line.count : keyRange()
    let name = slice(range).filter { !" \t[]".contains($0) }
    return Diagnostic(
      .repeatedKey, entry: name, at: place(range.lowerBound + 1, range.count),
      what: LocalizedText(
        en: "'\(name)' is given twice in this file", es: "'\(name)' se da dos veces en este archivo"
      ),
      fix: LocalizedText(en: "keep one of them", es: "deje solo una"))
  }

  /// The last run of characters before the `=` that the parser stood at or behind.
  private func keyRange() -> Range<Int> {
    var end = min(column - 1, line.count)
    while end > 0, line[end - 1] != "=" { end -= 1 }
    end = end > 0 ? end - 1 : min(column - 1, line.count)
    while end > 0, line[end - 1] == " " || line[end - 1] == "\t" { end -= 1 }
    var start = end
    while start > 0, !" \t,{".unicodeScalars.contains(line[start - 1]) { start -= 1 }
    return start..<max(end, min(start + 1, line.count))
  }

  /// `[` with nothing behind it, or with a letter that no plain key has.
  func header(from open: Int, to next: Int) -> Diagnostic {
    guard next < line.count, line[next] != "#" else {
      return missingBracket(line: lineNumber, column: open + 1, "[", "]")
    }
    let end = line[next...].firstIndex(of: "]") ?? line.count
    let name = slice(next..<end)
    return Diagnostic(
      .oddKey, entry: name, at: place(next + 1, max(1, end - next)),
      what: LocalizedText(
        en: "'\(name)' can't name a table without quotes",
        es: "'\(name)' no puede nombrar una tabla sin comillas"),
      fix: LocalizedText(
        en: "use letters without accents, digits, - and _",
        es: "use letras sin tilde, dígitos, - y _"))
  }

  func key() -> Diagnostic? {
    guard parser.contains("expected '='") else { return nil }
    let index = min(column - 1, max(0, line.count - 1))
    let equals = line.indices.first { line[$0] == "=" && !masked[$0] && $0 >= index }
    guard let equals, !slice(index..<equals).contains(":") else {
      return Diagnostic(
        .missingEquals, at: place(column, 1),
        what: LocalizedText(
          en: "no '=' between key and value", es: "falta '=' entre la clave y el valor"),
        fix: LocalizedText(en: "write  key = value", es: "escriba  clave = valor"))
    }
    var start = index
    while start > 0, !",{".unicodeScalars.contains(line[start - 1]) { start -= 1 }
    while start < equals, line[start] == " " { start += 1 }
    var end = equals
    while end > start, line[end - 1] == " " { end -= 1 }
    let name = slice(start..<end)
    return Diagnostic(
      .oddKey, entry: name, at: place(start + 1, end - start),
      what: LocalizedText(
        en: "the key '\(name)' holds a space or an accent",
        es: "la clave '\(name)' lleva un espacio o una tilde"),
      fix: LocalizedText(
        en: "use letters without accents, digits, - and _",
        es: "use letras sin tilde, dígitos, - y _"))
  }

  /// `a =` with nothing behind it.
  func missingValue() -> Diagnostic? {
    let before = line[..<min(column - 1, line.count)]
    guard let last = before.lastIndex(where: { $0 != " " && $0 != "\t" }), line[last] == "=",
      column > line.count || masked[column - 1]
    else { return nil }
    return Diagnostic(
      .syntax, at: place(last + 1, 1),
      what: LocalizedText(en: "no value behind '='", es: "falta el valor después de '='"))
  }

  // MARK: The rest

  func unnamed() -> Diagnostic {
    let word = wordRange()
    let found = slice(word)
    return Diagnostic(
      parser.contains("date") || parser.contains("month") ? .invalidDate : .syntax,
      at: place(word.lowerBound + 1, max(1, word.count)),
      what: found.isEmpty
        ? LocalizedText(en: "something is missing here", es: "aquí falta algo")
        : LocalizedText(en: "'\(found)' can't be read", es: "no se puede leer '\(found)'"),
      caret: LocalizedText(
        en: explanation(parser), es: "el lector de TOML dice: \(explanation(parser))"))
  }

  private func explanation(_ words: String) -> String {
    guard let colon = words.firstRange(of: ": ") else { return words }
    return String(words[colon.upperBound...])
  }
}

/// Marks what stands in quotes or in a comment.
///
/// A quote that isn't closed masks to the line's end.
private func maskedCharacters(of line: [Unicode.Scalar]) -> [Bool] {
  var masked = [Bool](repeating: false, count: line.count)
  var quote: Unicode.Scalar?
  var index = 0
  while index < line.count {
    let scalar = line[index]
    if let open = quote {
      masked[index] = true
      if scalar == "\\", open == "\"" {
        index += 1
        if index < line.count { masked[index] = true }
      } else if scalar == open {
        quote = nil
      }
    } else if scalar == "#" {
      for rest in index..<line.count { masked[rest] = true }
      return masked
    } else if scalar == "\"" || scalar == "'" {
      masked[index] = true
      quote = scalar
    }
    index += 1
  }
  return masked
}
