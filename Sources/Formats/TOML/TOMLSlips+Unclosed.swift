// Quiebre · Formats
// Slips that show late: quotes and brackets that were opened and never closed.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension SlipScene {
  func unclosed() -> Diagnostic? {
    if parser.contains("string"), !parser.contains("escape") || parser.contains("control character")
    {
      return missingQuote()
    }
    if parser.contains("table header"), parser.contains("expected ']'") {
      return missingBracket(line: lineNumber, column: (line.firstIndex(of: "[") ?? 0) + 1, "[", "]")
    }
    guard parser.contains("encountered end-of-file") || parser.contains("parsing array"),
      let open = lastOpened(), parser.contains("end-of-file") || open.line < lineNumber
    else { return nil }
    return missingBracket(
      line: open.line, column: open.column, open.bracket, open.bracket == "[" ? "]" : "}")
  }

  private func missingQuote() -> Diagnostic {
    let open = line.indices.last { masked[$0] && (line[$0] == "\"" || line[$0] == "'") }
    let closedBefore = open == nil
    let column = closedBefore ? self.column : firstMaskedOfLastRun() + 1
    return Diagnostic(
      .missingQuote, at: place(column, max(1, line.count - column + 1)),
      what: LocalizedText(en: "a quote is missing", es: "falta una comilla"),
      caret: LocalizedText(
        en: "this text isn't closed", es: "este texto no se cierra"),
      fix: LocalizedText(
        en: "close the text with the quote that opens it",
        es: "cierre el texto con la misma comilla que lo abre"))
  }

  /// Where the last text in quotes of the line begins.
  private func firstMaskedOfLastRun() -> Int {
    guard var index = masked.lastIndex(of: true) else { return 0 }
    while index > 0, masked[index - 1] { index -= 1 }
    return index
  }

  func missingBracket(line: Int, column: Int, _ open: Unicode.Scalar, _ close: String)
    -> Diagnostic
  {
    Diagnostic(
      .unclosedBracket, at: text.place(line: line, column: column),
      what: LocalizedText(
        en: "'\(open)' is never closed", es: "'\(open)' nunca se cierra"),
      caret: LocalizedText(en: "opened here", es: "se abre aquí"),
      fix: LocalizedText(en: "add \(close)", es: "agregue \(close)"))
  }

  func inlineTable() -> Diagnostic? {
    guard parser.contains("inline table") else { return nil }
    if parser.contains("dangling comma") {
      let comma = line[..<min(column - 1, line.count)].lastIndex(of: ",") ?? column - 1
      return Diagnostic(
        .danglingComma, at: place(comma + 1, 1),
        what: LocalizedText(
          en: "a comma before the closing brace", es: "una coma antes de la llave de cierre"),
        fix: LocalizedText(en: "delete it", es: "bórrela"))
    }
    guard parser.contains("'\\n'") || parser.contains("'\\r'") || parser.contains("newline") else {
      return nil
    }
    let brace = line.indices.last { line[$0] == "{" && !masked[$0] } ?? 0
    let last = line.indices.last { !masked[$0] && line[$0] != " " && line[$0] != "\t" } ?? brace
    // Only a comma or the brace itself says that more was meant to follow.
    guard line[last] == "," || line[last] == "{" else {
      return missingBracket(line: lineNumber, column: brace + 1, "{", "}")
    }
    return Diagnostic(
      .brokenInlineTable, at: place(brace + 1, max(1, line.count - brace)),
      what: LocalizedText(
        en: "a table in braces goes over the end of its line",
        es: "una tabla entre llaves pasa del final de su línea"),
      fix: LocalizedText(
        en: "write it on one line", es: "escríbala en una sola línea"))
  }

  /// The innermost bracket that is open at the parser's point, from the start of the file.
  private func lastOpened() -> (line: Int, column: Int, bracket: Unicode.Scalar)? {
    var open: [(line: Int, column: Int, bracket: Unicode.Scalar)] = []
    for number in 1...lineNumber {
      let scene = SlipScene(text: text, line: number, column: 1, parser: "")
      let last = number == lineNumber ? min(column, scene.line.count) : scene.line.count
      for index in 0..<last where !scene.masked[index] {
        switch scene.line[index] {
        case "[", "{": open.append((number, index + 1, scene.line[index]))
        case "]", "}": _ = open.popLast()
        default: break
        }
      }
    }
    return open.last
  }
}
