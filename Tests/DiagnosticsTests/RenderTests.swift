// Quiebre · DiagnosticsTests
// The printed shape of faults.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite struct RenderTests {
  static let comma = Diagnostic(
    .commaInNumber,
    at: SourcePlace(
      file: "commitments-2020.toml", line: 59, column: 20, length: 4,
      sourceLine: "effect = { exit = [1,00, 1.15, 1.50], lag = 1 }"),
    what: LocalizedText(en: "number with a comma", es: "número con coma"),
    caret: LocalizedText(en: "looks like a decimal comma", es: "parece una coma decimal"),
    why: LocalizedText(en: "a list would hold two numbers", es: "la lista tendría dos números"),
    fix: LocalizedText(verbatim: "1.00"))

  @Test func spanishShowsPlaceCaretAndFix() {
    #expect(
      DiagnosticRenderer(language: .spanish).text(Self.comma) == """
        error[Q112]: número con coma
          --> commitments-2020.toml:59:20
         59 | effect = { exit = [1,00, 1.15, 1.50], lag = 1 }
            |                    ^^^^ parece una coma decimal
             = por qué: la lista tendría dos números
             = arreglo: 1.00

        """)
  }

  @Test func englishSaysWhyAndFix() {
    let text = DiagnosticRenderer(language: .english).text(Self.comma)
    #expect(text.contains("     = why: a list would hold two numbers\n     = fix: 1.00\n"))
  }

  @Test func singleSyntaxErrorSaysThatTheRestWaits() {
    let text = DiagnosticRenderer(language: .spanish).text([Self.comma])
    #expect(text.hasSuffix("1 error de sintaxis; lo demás se revisa cuando esté corregido\n"))
  }

  @Test func moreThanFiftyAreCounted() {
    let fault = Diagnostic(.unknownKey, what: LocalizedText(verbatim: "x"))
    let text = DiagnosticRenderer(language: .english).text(Array(repeating: fault, count: 53))
    #expect(text.hasSuffix("… and 3 more\n53 errors, 0 warnings\n"))
    #expect(text.split(separator: "\n").count == 52)
  }

  @Test(arguments: ["a\u{1B}[2Jb", "a\u{202E}b", "a\u{7}b"])
  func textThatWouldMoveTheCursorIsDefused(_ evil: String) {
    let fault = Diagnostic(
      .unknownKey, at: SourcePlace(file: "f", line: 1, column: 1, sourceLine: evil),
      what: LocalizedText(verbatim: evil))
    let text = DiagnosticRenderer(language: .english).text(fault)
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
  }

  @Test func caretStandsUnderTheWordBehindAccentsAndTabs() throws {
    let line = "\tnin\u{303}ez = x"
    let fault = Diagnostic(
      .unquotedText, at: SourcePlace(file: "f", line: 7, column: 11, sourceLine: line),
      what: LocalizedText(verbatim: "w"))
    let lines = DiagnosticRenderer(language: .english).text(fault).split(separator: "\n")
    let source = try #require(lines.first { $0.hasPrefix(" 7 |") })
    let caret = try #require(lines.last)
    #expect(
      caret.firstIndex(of: "^").map { caret.distance(from: caret.startIndex, to: $0) }
        == source.firstIndex(of: "x").map { source.distance(from: source.startIndex, to: $0) })
  }

  @Test func longLinesAreCutAroundTheFault() {
    let line = String(repeating: "a", count: 5000) + "X" + String(repeating: "b", count: 5000)
    let fault = Diagnostic(
      .unquotedText, at: SourcePlace(file: "f", line: 7, column: 5001, sourceLine: line),
      what: LocalizedText(verbatim: "w"))
    let text = DiagnosticRenderer(language: .english).text(fault)
    #expect(text.count < 400)
    #expect(text.contains("X"))
  }

  @Test func recordHoldsTheFieldsOfTheJSONForm() {
    let record = DiagnosticRecord(Self.comma, in: .spanish)
    #expect(record.code == "Q112")
    #expect(record.severity == "error")
    #expect(record.line == 59)
    #expect(record.column == 20)
    #expect(record.length == 4)
    #expect(record.message == "número con coma")
    #expect(record.hint == "1.00")
  }

  @Test func colorIsOnlyAddedWhenAsked() {
    #expect(!DiagnosticRenderer(language: .english).text(Self.comma).contains("\u{1B}"))
    #expect(
      DiagnosticRenderer(language: .english, color: true).text(Self.comma).contains("\u{1B}[1;31m"))
  }
}
