// Quiebre · FormatsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Testing

func table(_ text: String, name: String = "t.csv") throws -> CSVTable {
  try CSVTable(bytes: Array(text.utf8), name: name)
}

func faults(_ bytes: [UInt8], name: String = "t.csv") -> [Diagnostic] {
  do {
    _ = try CSVTable(bytes: bytes, name: name)
    return []
  } catch {
    return error.items
  }
}

struct Reading: CustomTestStringConvertible {
  var testDescription: String
  var text: String
  var cells: [[String]]
  var lines: [Int]
}

@Suite struct CSVTableTests {
  static let readings = [
    Reading(
      testDescription: "LF, text kept as written", text: "code,name\n010101, Lima \n",
      cells: [["010101", " Lima "]], lines: [2]),
    Reading(
      testDescription: "CRLF, no line end at the end", text: "code,name\r\n010101,Lima",
      cells: [["010101", "Lima"]], lines: [2]),
    Reading(
      testDescription: "CR alone", text: "code,name\r010101,Lima\r010102,Ica\r",
      cells: [["010101", "Lima"], ["010102", "Ica"]], lines: [2, 3]),
    Reading(
      testDescription: "byte-order mark and semicolons", text: "\u{FEFF}code;name\n010101;1,5\n",
      cells: [["010101", "1,5"]], lines: [2]),
    Reading(
      testDescription: "tabs", text: "code\tname\n010101\ta;b,c\n", cells: [["010101", "a;b,c"]],
      lines: [2]),
    Reading(
      testDescription: "quoted delimiter, line end and doubled quotes",
      text: "code,name\n010101,\"a,b\nsays \"\"c\"\"\"\n010102,d\n",
      cells: [["010101", "a,b\nsays \"c\""], ["010102", "d"]], lines: [2, 4]),
    Reading(
      testDescription: "empty cells at the end", text: "code,name\n010101,\n,Lima",
      cells: [["010101", ""], ["", "Lima"]], lines: [2, 3]),
    Reading(
      testDescription: "rows of nothing are skipped", text: "code,name\n\n010101,Lima\n,\n\n",
      cells: [["010101", "Lima"]], lines: [3]),
    Reading(
      testDescription: "header trimmed, name with a comma in quotes",
      text: " code ,\"na,me\"\n010101,Lima\n", cells: [["010101", "Lima"]], lines: [2]),
    Reading(
      testDescription: "Excel's own line about the separator",
      text: "sep=;\ncode;name\n010101;Lima\n", cells: [["010101", "Lima"]], lines: [3]),
    Reading(
      testDescription: "header with two candidates, rows decide",
      text: "code;rate (0,1)\n010101;2\n010102;3\n", cells: [["010101", "2"], ["010102", "3"]],
      lines: [2, 3]),
  ]

  @Test(arguments: readings)
  func readsCellsAndLines(_ row: Reading) throws {
    let table = try table(row.text)
    let cells = (0..<table.rowCount).map { row in
      table.columns.indices.map { table.text($0, row) }
    }
    #expect(cells == row.cells)
    #expect((0..<table.rowCount).map(table.line(ofRow:)) == row.lines)
  }

  @Test func namesItsColumnsAndDelimiter() throws {
    let table = try table(" code ;\"na\"\"me\"\n1;2\n")
    #expect(table.columns == ["code", "na\"me"])
    #expect(table.delimiter == .semicolon)
    #expect(table.column("code") == 0)
    #expect(table.column("Code") == nil)
  }

  @Test func aMissingColumnNamesTheNearest() throws {
    let table = try table("ubigeo,children\n010101,5\n")
    let fault = #expect(throws: Diagnostic.self) { try table.requiredColumn("chidren") }
    #expect(fault?.code == .missingColumn)
    #expect(fault?.what.en == "there is no column 'chidren'; the columns are ubigeo, children")
    #expect(fault?.fix?.es == "¿quiso decir 'children'?")
  }

  @Test func placesCellsBehindQuotedLineEnds() throws {
    let table = try table("code,name,n\n010101,\"a\nb\",x\n")
    let place = table.place(2, 0)
    #expect(place.line == 3)
    #expect(place.column == 4)
    #expect(place.sourceLine == "b\",x")
  }

  @Test func columnsCountCharactersNotBytes() throws {
    let table = try table("a,b\nñandú,x\n")
    #expect(table.place(1, 0).column == 7)
  }
}

struct Fault: CustomTestStringConvertible {
  var testDescription: String
  var bytes: [UInt8]
  var name = "t.csv"
  var code: DiagnosticCode
  var line: Int
  var column: Int

  init(
    _ description: String, _ text: String, _ code: DiagnosticCode, line: Int, column: Int = 0,
    name: String = "t.csv"
  ) {
    self.init(
      description, bytes: Array(text.utf8), code, line: line, column: column, name: name)
  }

  init(
    _ description: String, bytes: [UInt8], _ code: DiagnosticCode, line: Int, column: Int = 0,
    name: String = "t.csv"
  ) {
    testDescription = description
    self.bytes = bytes
    self.code = code
    self.line = line
    self.column = column
    self.name = name
  }
}

@Suite struct CSVFaultTests {
  static let cases = [
    Fault("no bytes", "", .emptyTable, line: 1),
    Fault("only blank lines", "\n\n", .emptyTable, line: 3),
    Fault("column without name", "a,,c\n1,2,3\n", .badHeader, line: 1),
    Fault("column named twice", "a,b,a\n1,2,3\n", .badHeader, line: 1),
    Fault("short row", "a,b\n1,2\n3\n", .raggedRow, line: 3),
    Fault("long row", "a,b\n1,2,3\n", .raggedRow, line: 2),
    Fault("quote inside a cell", "a,b\n1,x\"y\n", .badQuote, line: 2, column: 4),
    Fault("text after a quote", "a,b\n1,\"x\"y\n", .badQuote, line: 2, column: 6),
    Fault("quote never closed", "a,b\n1,\"x\n2,3\n", .badQuote, line: 2, column: 3),
    Fault("no single delimiter", "a,b;c\n1,2;3\n", .unclearDelimiter, line: 1),
    Fault(
      "Latin-1 letter", bytes: Array("a,b\n1,Ca".utf8) + [0xF1] + Array("ete\n".utf8), .notUTF8,
      line: 2, column: 5),
    Fault("UTF-16 with a mark", bytes: [0xFF, 0xFE, 0x61, 0x00], .notUTF8, line: 0),
    Fault("UTF-16 without a mark", bytes: [0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0], .notUTF8, line: 0),
    Fault("NUL byte", bytes: Array("a,b\n1,2".utf8) + [0], .notAText, line: 2, column: 4),
    Fault("workbook", bytes: [0x50, 0x4B, 0x03, 0x04, 0x14], .notAText, line: 0),
    Fault("Excel's lock file", "\u{5}owner", .lockFile, line: 0, name: "data/~$juntos.csv"),
  ]

  @Test(arguments: cases)
  func namesTheFaultAndItsPlace(_ row: Fault) throws {
    let fault = try #require(faults(row.bytes, name: row.name).first)
    #expect(fault.code == row.code)
    #expect(fault.place?.line == row.line)
    #expect(fault.place?.column == row.column)
    #expect(fault.place?.file == row.name)
  }

  @Test func faultsOfAPassComeTogether() {
    let found = faults(Array("a,b\n1\n2,3,4\n5,\"6\n".utf8))
    #expect(found.map(\.code) == [.raggedRow, .raggedRow, .badQuote])
  }

  @Test func aThousandBadRowsGiveFiveMessagesAndACount() {
    let text = "a,b\n" + String(repeating: "1\n", count: 1_000)
    let found = faults(Array(text.utf8))
    #expect(found.count == 6)
    #expect(found.last?.what.en == "… and 995 more of this kind")
  }

  @Test func gatheredFaultsKeepTheirCount() {
    var inner = TableFaults(file: "a.csv")
    for line in 1...49 {
      inner.add(
        Diagnostic(
          .decimalComma, at: SourcePlace(file: "a.csv", line: line),
          what: LocalizedText(verbatim: "x")))
    }
    var outer = TableFaults(file: "a.csv")
    outer.add(inner.diagnostics)
    #expect(outer.diagnostics.map(\.what.en).last == "… and 44 more of this kind")
    #expect(outer.diagnostics.count == 6)
  }

  @Test func aLatin1LetterIsShown() throws {
    let fault = try #require(faults(Array("a\nCa".utf8) + [0xF1]).first)
    #expect(fault.what.en == "byte 0xF1 (Latin-1: ñ) is not UTF-8")
  }
}

struct NumberCase: CustomTestStringConvertible {
  var cell: String
  var unit = CSVUnit.plain
  var value: Double?
  var testDescription: String { cell }
}

struct SlipCase: CustomTestStringConvertible {
  var cell: String
  var unit = CSVUnit.plain
  var code: DiagnosticCode
  var fix: String?
  var testDescription: String { cell }
}

@Suite struct CSVNumberTests {
  static let numbers = [
    NumberCase(cell: "0.13", value: 0.13), NumberCase(cell: " 42 ", value: 42),
    NumberCase(cell: "-7.50", value: -7.5), NumberCase(cell: "+1e3", value: 1_000),
    NumberCase(cell: "1E-2", value: 0.01), NumberCase(cell: ".5", value: 0.5),
    NumberCase(cell: "5.", value: 5), NumberCase(cell: "-0", value: 0),
    NumberCase(cell: "", value: nil), NumberCase(cell: "  ", value: nil),
    NumberCase(cell: "NA", value: nil),
    NumberCase(cell: "22.6", unit: .percent, value: 0.226),
    NumberCase(cell: "22.6 %", unit: .percent, value: 0.226),
    NumberCase(cell: "50%", unit: .percent, value: 0.5),
    // Digits that need correct rounding; Python 3.11 float() gives the same doubles.
    NumberCase(cell: "9007199254740993", value: 9_007_199_254_740_992),
    NumberCase(cell: "123456789.123456789123", value: 123456789.12345679),
    NumberCase(cell: "2.2250738585072011e-308", value: 0x1p-1022 - 0x1p-1074),
  ]

  @Test(arguments: numbers)
  func readsWhatIsCertain(_ row: NumberCase) throws {
    let table = try table("k,n\nx,\(row.cell)\n")
    #expect(try table.number(1, 0, as: row.unit) == row.value)
  }

  static let slips = [
    SlipCase(cell: "0,13", code: .decimalComma, fix: "write 0.13"),
    SlipCase(cell: "-12,5", code: .decimalComma, fix: "write -12.5"),
    SlipCase(cell: "1.500.000", code: .thousands, fix: "write 1500000"),
    SlipCase(cell: "1,500,000", code: .thousands, fix: "write 1500000"),
    SlipCase(cell: "1,234,567.50", code: .thousands, fix: "write 1234567.50"),
    SlipCase(cell: "1.234,56", code: .thousands, fix: "write 1234.56"),
    SlipCase(
      cell: "1,234", code: .thousands,
      fix: "export without thousands commas and with a decimal point"),
    SlipCase(cell: "1 500", code: .thousands, fix: "write 1500"),
    SlipCase(cell: "S/ 900", code: .currencySign, fix: "write 900"),
    SlipCase(cell: "S/. 1,200.50", code: .currencySign, fix: "write 1200.50"),
    SlipCase(
      cell: "22.6 %", code: .percentSign,
      fix: "write 22.6, or declare the column's unit as \"%\""),
    SlipCase(cell: "1\u{A0}500", code: .noBreakSpace, fix: "write 1500"),
    SlipCase(cell: "S.I.", code: .notANumber), SlipCase(cell: "nan", code: .notANumber),
    SlipCase(cell: "-inf", code: .notANumber), SlipCase(cell: "1e999", code: .notANumber),
    SlipCase(cell: "0x1F", code: .notANumber), SlipCase(cell: "-", code: .notANumber),
    SlipCase(cell: "1e", code: .notANumber), SlipCase(cell: "2021-05-22", code: .notANumber),
    SlipCase(cell: "13 % %", unit: .percent, code: .notANumber),
    SlipCase(cell: "0,13 %", unit: .percent, code: .decimalComma, fix: "write 0.13"),
  ]

  @Test(arguments: slips)
  func refusesWhatCouldBeMeantTwoWays(_ row: SlipCase) throws {
    let table = try table("k;n\nx;\(row.cell)\n")
    let fault = #expect(throws: Diagnostic.self) { try table.number(1, 0, as: row.unit) }
    #expect(fault?.code == row.code)
    if let fix = row.fix { #expect(fault?.fix?.en == fix) }
    #expect(fault?.place?.line == 2)
    #expect(fault?.place?.column == 3)
  }

  @Test func aColumnTellsAllItsFaults() throws {
    let table = try table("n\n1\nx\n3\ny\n")
    let list = #expect(throws: DiagnosticList.self) { try table.numbers(0) }
    #expect(list?.items.compactMap(\.place?.line) == [3, 5])
  }
}
