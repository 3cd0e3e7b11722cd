// Quiebre · DistrictsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import Testing

struct SlipRow: CustomTestStringConvertible {
  var text: String
  var slip: CodeSlip?
  var testDescription: String { "\"\(text)\"" }
}

@Suite struct CodeRulesTests {
  static let rows = [
    SlipRow(text: "010101", slip: nil), SlipRow(text: "", slip: .blank),
    SlipRow(text: "10101", slip: .lostZeros(restored: "010101")),
    // Two zeros can't be lost: no department is 00.
    SlipRow(text: "1010", slip: .wrongLength(4)), SlipRow(text: "1501011", slip: .wrongLength(7)),
    SlipRow(text: "01010", slip: .wrongLength(5)),
    SlipRow(text: "10101.0", slip: .notDigits), SlipRow(text: "1.5E5", slip: .notDigits),
    SlipRow(text: "O10101", slip: .notDigits), SlipRow(text: "٠١٠١٠١", slip: .notDigits),
  ]

  @Test(arguments: rows)
  func namesTheSlip(_ row: SlipRow) {
    #expect(SmallCountry.rules.slip(in: row.text) == row.slip)
  }

  @Test(arguments: [
    ("Huac-Huas", "HUAC HUAS"), ("Cañaria", "CANARIA"), ("Áncora", "ancora"),
    ("QUISQUI (KICHKI)", "Quisqui Kichki"), ("San\u{0303}a", "Saña"), ("Güeppí", "GUEPPI"),
    ("Mañazo", "MANAZO"), ("O’Higgins", "OHIGGINS"), ("27 de Noviembre", "27 DE NOVIEMBRE"),
  ])
  func spellingsOfOneNameAreTheSame(_ pair: (String, String)) {
    #expect(comparableName(pair.0) == comparableName(pair.1))
  }

  @Test func differentNamesStayDifferent() {
    #expect(comparableName("Santa Rosa") != comparableName("Santa Rosa de Quives"))
    #expect(comparableName("Ñaña") != comparableName("Nañac"))
  }
}

@Suite struct CodeMatchTests {
  private func book(
    changes: ChangeTable? = nil, vintage: Int? = 2025, codings: CodingTable? = nil
  ) throws -> CodeBook {
    let table = try SmallCountry.facts().table
    return CodeBook(
      codes: table.trimmedTexts(0), names: table.trimmedTexts(3), rules: SmallCountry.rules,
      coding: "inei", vintage: vintage, changes: changes, codings: codings)
  }

  @Test func everyRowAndDistrictIsAccountedFor() throws {
    let source = try SmallCountry.source(
      "ubigeo,n\n010101,1\n150144,2\n010102,3\n080915,4\n")
    let match = try book().match(source)
    #expect(match.rowOf == [0, 2, nil, nil, nil, nil, nil, nil])
    #expect(match.part.matched == 2)
    #expect(match.part.missing.map(\.code).count == 6)
    #expect(match.part.unmatched.map(\.row) == [3, 5])
    #expect(match.part.unmatched.map(\.code) == ["150144", "080915"])
    #expect(
      match.part.unmatched[0].explanation?.en == "province 1501 has 150101 to 150103")
    #expect(match.part.unmatched[1].explanation?.en == "there is no department 08")
    #expect(match.faults.allSatisfy { $0.severity == .warning })
  }

  @Test func theSentenceIsTheOneOfTheManual() throws {
    let source = try SmallCountry.source(
      "ubigeo,n\n010101,1\n150144,2\n010102,3\n080915,4\n")
    let sentence = try book().match(source).part.sentence
    #expect(
      sentence.en
        == "2 of 8 districts with data · 6 without · 2 rows without district "
        + "(row 3 \"150144\", row 5 \"080915\") · 0 doubled · INEI")
    #expect(
      sentence.es
        == "2 de 8 distritos con datos · 6 sin · 2 filas sin distrito "
        + "(fila 3 \"150144\", fila 5 \"080915\") · 0 repetidos · INEI")
  }

  @Test func lostZerosGiveOneErrorWithTheCount() throws {
    let source = try SmallCountry.source(
      "ubigeo,n\n10101,1\n10102,2\n150101,3\n", name: "data/mirti.csv")
    let faults = try book().match(source).faults.filter { $0.severity == .error }
    #expect(faults.map(\.code) == [.lostZeros])
    #expect(
      faults[0].what.en
        == "ubigeo \"10101\" has 5 digits (row 2 and 1 more); 5 districts begin with zero")
    #expect(
      faults[0].fix?.en.hasPrefix(
        "keep the column as text, or: quiebre join --fix-zeros data/mirti.csv") == true)
    #expect(faults[0].place?.line == 2)
    let restored = try book().match(source, restoreZeros: true)
    #expect(restored.rowOf.prefix(2) == [0, 1])
  }

  @Test func doublesBlanksAndWordsAreNamedWithTheirRows() throws {
    let source = try SmallCountry.source(
      "ubigeo,n\n010101,1\n010102,2\n010101,3\n,4\nLima,5\n")
    let errors = try book().match(source).faults.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [.blankCode, .badCode, .doubledCode])
    #expect(errors.map(\.place?.line) == [5, 6, 4])
    #expect(errors[2].what.es == "\"010101\" está en las filas 2, 4")
  }

  @Test func aLongTableMayRepeatCodes() throws {
    let source = try SmallCountry.source("ubigeo,n\n010101,1\n010102,2\n010101,3\n")
    let match = try book().match(source, repeats: true)
    #expect(match.rows[0] == [0, 2])
    #expect(match.part.doubled.isEmpty)
  }

  @Test func aTableOfForeignCodesIsAnError() throws {
    let source = try SmallCountry.source("ubigeo,n\n990101,1\n990102,2\n")
    let faults = try book().match(source).faults
    #expect(faults.map(\.code) == [.nothingMatches])
  }

  @Test func aNamesakeInTheDepartmentIsSuggested() throws {
    let source = try SmallCountry.source("ubigeo,distrito\n010199,SANTA ROSA\n010101,Nana\n")
    let match = try book().match(source)
    #expect(match.part.unmatched.first?.explanation?.en == "is it 010103 Santa Rosa?")
  }

  private static let changes = ChangeTable([
    .init(old: "010109", new: "010201"),
    .init(old: nil, new: "150103", parent: "150101", year: 2021),
    .init(old: nil, new: "150104", parent: "150103", year: 2023),
    .init(old: "010198", new: "010101"), .init(old: "010198", new: "010102"),
  ])

  @Test func changesExplainBothSides() throws {
    let source = try SmallCountry.source("ubigeo,n\n010109,1\n150104,2\n010198,3\n010101,4\n")
    let part = try book(changes: Self.changes).match(source).part
    #expect(
      part.unmatched.map(\.explanation?.en) == [
        "became 010201", "created 2023 from 150103 Faro", "was split into 010101, 010102",
      ])
    #expect(
      part.missing.first { $0.code == "150103" }?.explanation?.es
        == "creado en 2021 a partir de 150101 Puerto")
    #expect(part.missing.first { $0.code == "010201" }?.explanation?.en == "was 010109 before")
  }

  @Test func aDeclaredVintageMovesRenamedCodesAndNothingElse() throws {
    var source = try SmallCountry.source("ubigeo,n\n010109,1\n150104,2\n010101,4\n")
    source.vintage = 2017
    let match = try book(changes: Self.changes).match(source)
    #expect(match.rowOf[3] == 0)
    #expect(match.part.moved == [MovedCode(row: 2, from: "010109", to: "010201")])
    #expect(match.offspring[7] == [1])
    #expect(match.part.unmatched.map(\.code) == ["150104"])
  }

  @Test func anUndeclaredVintageMovesNothing() throws {
    let source = try SmallCountry.source("ubigeo,n\n010109,1\n010101,4\n")
    let match = try book(changes: Self.changes).match(source)
    #expect(match.rowOf[3] == nil)
    #expect(match.part.moved.isEmpty)
  }

  @Test func changesAreReadFromTheirTable() throws {
    let table = try SmallCountry.table(
      """
      old_code,new_code,kind,year,parent
      1103,1103,renamed,2017,
      010109,010201,recoded,2017,
      ,150103,created,2021,150101

      """)
    let changes = try ChangeTable(
      table,
      columns: ChangeColumns(old: "old_code", new: "new_code", parent: "parent", year: "year"),
      rules: SmallCountry.rules)
    #expect(changes.changes.count == 2)
    #expect(changes.successors(of: "010109") == ["010201"])
    #expect(changes.origin(of: "150103")?.parent == "150101")
    #expect(changes.origin(of: "150103")?.year == 2021)
  }
}

@Suite struct CodingTests {
  private func book() throws -> CodeBook {
    let table = try SmallCountry.facts().table
    return CodeBook(
      codes: table.trimmedTexts(0), names: table.trimmedTexts(3), rules: SmallCountry.rules,
      coding: "inei", vintage: 2025, codings: try SmallCountry.codingTable())
  }

  private static let reniec = """
    ubigeo,lugar,n
    010102,NANA,1
    010101,HUAC HUAS,2
    010202,Piedra,4
    010201,Arena,5
    150103,Puerto,6

    """

  @Test func incompletePairsAreLeftOut() throws {
    let codings = try SmallCountry.codingTable()
    #expect(codings.incompleteRows == 1)
    #expect(codings.code("010101", from: "inei", to: "reniec") == "010102")
    #expect(codings.code("010101", from: "reniec", to: "inei") == "010102")
    #expect(codings.code("990101", from: "reniec", to: "inei") == nil)
  }

  @Test func namesProveTheOtherCoding() throws {
    let source = try SmallCountry.source(Self.reniec, name: "juntos.csv")
    let match = try book().match(source)
    let fault = try #require(match.faults.first { $0.code == .otherCoding })
    #expect(fault.severity == .error)
    #expect(
      fault.what.en == "the codes of 'juntos.csv' look like RENIEC, but its coding is \"inei\"")
    #expect(
      fault.caret?.en == "proof: 5 of 5 names match when read as RENIEC, 0 as INEI")
    #expect(fault.place?.line == 2)
    #expect(fault.fix?.en.contains("quiebre join --recode reniec,inei juntos.csv") == true)
    // 7 of the 8 codes are another district's in the other list.
    #expect(fault.why?.en.hasPrefix("7 codes exist in both") == true)
  }

  /// A table of forty districts whose codes in the other office's list are half unknown here.
  private func fortyDistricts() throws -> (book: CodeBook, mine: [String], other: [String]) {
    let mine = (1...40).map { "0101" + ($0 < 10 ? "0" : "") + "\($0)" }
    let other = (1...40).map { number in
      let shifted = number + 20
      return "0101" + (shifted < 10 ? "0" : "") + "\(shifted)"
    }
    let pairs = zip(mine, other).map { "\($0),\($1)" }.joined(separator: "\n")
    let codings = try CodingTable(
      SmallCountry.table("inei,reniec\n" + pairs + "\n"),
      columns: [("inei", "inei"), ("reniec", "reniec")], rules: SmallCountry.rules)
    let book = CodeBook(
      codes: mine, names: mine, rules: SmallCountry.rules, coding: "inei", codings: codings)
    return (book, mine, other)
  }

  @Test(arguments: ["inei", "reniec"])
  func codesWithoutNamesProveTheOtherCoding(_ declared: String) throws {
    let (book, mine, other) = try fortyDistricts()
    // Two codes of neither list, as every real table has some.
    let codes = (declared == "inei" ? other : mine) + ["019901", "019902"]
    var source = try SmallCountry.source(
      "ubigeo,households\n" + codes.map { "\($0),1\n" }.joined(), name: "juntos.csv")
    source.coding = declared
    let match = try book.match(source)
    let fault = try #require(match.faults.first { $0.code == .otherCoding })
    #expect(fault.severity == .error)
    #expect(fault.place?.line ?? 0 > 1)
    #expect(fault.caret?.en.contains("40 of 42 codes exist when read as") == true)
  }

  @Test(arguments: ["inei", "reniec"])
  func codesWithoutNamesRaiseNoAlarmWhenRightlyDeclared(_ declared: String) throws {
    let (book, mine, other) = try fortyDistricts()
    let codes = (declared == "inei" ? mine : other) + ["019901", "019902", "019903"]
    var source = try SmallCountry.source(
      "ubigeo,households\n" + codes.map { "\($0),1\n" }.joined())
    source.coding = declared
    #expect(try !book.match(source).faults.contains { $0.code == .otherCoding })
  }

  @Test func theDeclaredCodingIsReadAsSuch() throws {
    var source = try SmallCountry.source(Self.reniec)
    source.coding = "reniec"
    let match = try book().match(source)
    #expect(match.rowOf == [0, 1, nil, 2, 3, 4, nil, nil])
    #expect(!match.faults.contains { $0.severity == .error })
    #expect(match.part.sentence.en.hasSuffix("RENIEC (100 % of names match)"))
  }

  @Test func theRightCodingRaisesNoAlarm() throws {
    let source = try SmallCountry.source("ubigeo,name\n010101,Ñaña\n010102,Huac Huas\n150101,x\n")
    let match = try book().match(source)
    #expect(!match.faults.contains { $0.code == .otherCoding })
    #expect(match.part.coding?.matchingNames == 2)
  }

  @Test func anUnknownCodingIsRefused() throws {
    var source = try SmallCountry.source(Self.reniec)
    source.coding = "sunat"
    let list = #expect(throws: DiagnosticList.self) { try book().match(source) }
    #expect(list?.items.first?.what.en == "coding 'sunat' is not among inei, reniec")
  }

  @Test func aLayerInTheOtherCodingIsCaughtByTheFacts() throws {
    let layer = SmallCountry.layer([
      SmallCountry.feature(1, code: .text("010102"), name: "NANA"),
      SmallCountry.feature(2, code: .text("010101"), name: "HUAC HUAS"),
      SmallCountry.feature(3, code: .text("010202"), name: "PIEDRA"),
    ])
    let sources = RegistrySources(
      layer: layer, facts: try SmallCountry.facts(), codings: try SmallCountry.codingTable())
    let list = #expect(throws: DiagnosticList.self) {
      try buildRegistry(from: sources, settings: SmallCountry.settings)
    }
    #expect(list?.items.filter { $0.severity == .error }.map(\.code) == [.otherCoding])
    #expect(list?.items.first?.place?.file == "districts.geojson")
  }
}

@Suite struct CodeRewritingTests {
  @Test func onlyTheCodesChange() throws {
    let text = "\u{FEFF}name;\"ubigeo\";n\r\n\"a;b\";10101;1,5\r\nc;\"10102\";2\r\nd;150101;3"
    let table = try SmallCountry.table(text)
    let mended = try zerosRestored(in: table, codeColumn: "ubigeo", rules: SmallCountry.rules)
    #expect(
      String(decoding: mended.bytes, as: UTF8.self)
        == "\u{FEFF}name;\"ubigeo\";n\r\n\"a;b\";010101;1,5\r\nc;\"010102\";2\r\nd;150101;3")
    #expect(mended.changes.map(\.row) == [2, 3])
    #expect(mended.changes.map(\.to) == ["010101", "010102"])
  }

  @Test func codesThatAreBrokenOtherwiseStopIt() throws {
    let table = try SmallCountry.table("ubigeo,n\n10101,1\nLima,2\n,3\n")
    let list = #expect(throws: DiagnosticList.self) {
      try zerosRestored(in: table, codeColumn: "ubigeo", rules: SmallCountry.rules)
    }
    #expect(list?.items.map(\.code) == [.badCode, .blankCode])
  }

  @Test func recodingThereAndBackGivesTheSameBytes() throws {
    let table = try SmallCountry.table("ubigeo,n\n010101,1\n150102,2\n010103,3\n")
    let codings = try SmallCountry.codingTable()
    let there = try recoded(
      table, codeColumn: "ubigeo", from: "inei", to: "reniec", with: codings,
      rules: SmallCountry.rules)
    #expect(there.changes.map(\.to) == ["010102", "150101"])
    let back = try recoded(
      CSVTable(bytes: there.bytes, name: "x.csv"), codeColumn: "ubigeo", from: "reniec",
      to: "inei", with: codings, rules: SmallCountry.rules)
    #expect(
      String(decoding: back.bytes, as: UTF8.self) == "ubigeo,n\n010101,1\n150102,2\n010103,3\n")
  }

  @Test func aCodeWithoutCounterpartIsEmptiedNotKept() throws {
    let table = try SmallCountry.table("ubigeo,n\n010101,1\n150144,2\n")
    let result = try recoded(
      table, codeColumn: "ubigeo", from: "inei", to: "reniec",
      with: SmallCountry.codingTable(), rules: SmallCountry.rules)
    #expect(String(decoding: result.bytes, as: UTF8.self) == "ubigeo,n\n010102,1\n,2\n")
    #expect(result.untranslated.map(\.from) == ["150144"])
  }
}
