// Quiebre · DistrictsTests
// Counts dealt out by population between vintages and from merged units.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import Testing

@Suite struct VintageSplitTests {
  /// Of 010101 to 010104: 02 was cut from 01 in 2015, 03 from 02 in 2020; 04 has nobody.
  private func book() throws -> CodeBook {
    CodeBook(
      codes: ["010101", "010102", "010103", "010104", "010201"],
      names: ["Uno", "Dos", "Tres", "Cuatro", "Cinco"], rules: SmallCountry.rules, coding: "inei",
      vintage: 2025,
      changes: ChangeTable([
        .init(old: nil, new: "010102", parent: "010101", year: 2015),
        .init(old: nil, new: "010103", parent: "010102", year: 2020),
        .init(old: "010299", new: "010201"),
      ]))
  }

  private let people = [50.0, 30, 20, 0, 7]

  private func lines(
    _ text: String, _ split: VintageSplit
  ) throws -> (rows: [String], table: RewrittenTable) {
    let table = try CSVTable(bytes: Array(text.utf8), name: "t.csv")
    let found = try book().splitting(table, codeColumn: "ubigeo", by: split, weights: people)
    let written = String(decoding: found.bytes, as: UTF8.self).replacing("\u{FEFF}", with: "")
    return (written.split(whereSeparator: \.isNewline).map(String.init), found)
  }

  @Test(arguments: [
    // Before both changes, between them, after them.
    (2007, ["010101,50,a", "010102,30,a", "010103,20,a"]),
    (2017, ["010101,100,a"]), (2024, ["010101,100,a"]),
  ])
  func aParentsCountsGoByPopulation(_ vintage: Int, _ expected: [String]) throws {
    let found = try lines(
      "ubigeo,n,t\n010101,100,a\n", VintageSplit(counts: ["n"], vintage: vintage))
    #expect(found.rows.dropFirst().map { $0.replacing(".0,", with: ",") } == expected)
  }

  /// A child with a row of its own is counted there, not in its parent.
  @Test func whoHasARowTakesNoPartInAnother() throws {
    let found = try lines(
      "ubigeo,n\n010101,80\n010103,5\n", VintageSplit(counts: ["n"], vintage: 2007))
    #expect(found.rows.dropFirst() == ["010101,50.0", "010102,30.0", "010103,5.0"])
    #expect(found.table.changes.map(\.to) == ["010101 010102"])
  }

  @Test func aUnitIsDealtOutAndRatesAreRepeated() throws {
    let split = VintageSplit(counts: ["n"], units: ["010199": ["010103", "010102"]])
    let found = try lines("ubigeo,n,rate\n010199,10,0.25\n", split)
    #expect(found.rows.dropFirst() == ["010102,6.0,0.25", "010103,4.0,0.25"])
    #expect(found.table.changes.map(\.from) == ["010199"])
  }

  @Test func renamedCodesMoveAndUnknownOnesStay() throws {
    let found = try lines("ubigeo,n\n010299,3\n020101,4\n", VintageSplit(counts: ["n"]))
    #expect(found.rows.dropFirst() == ["010201,3.0", "020101,4.0"])
    #expect(found.table.changes.map(\.to) == ["010201"])
  }

  @Test func aUnitOfOneWithoutPeopleKeepsItsCount() throws {
    let split = VintageSplit(counts: ["n"], units: ["010199": ["010104"]])
    #expect(try lines("ubigeo,n\n010199,8\n", split).rows.last == "010104,8.0")
  }

  @Test(arguments: ["ubigeo,n\n10101,1\n", "ubigeo,n\n010101,many\n", "ubigeo,m\n010101,1\n"])
  func brokenTablesAreRefused(_ text: String) {
    #expect(throws: DiagnosticList.self) { try lines(text, VintageSplit(counts: ["n"])) }
  }

  /// One unknown code in a province that lacks a few districts.
  @Test func aMergedUnitIsRecognized() throws {
    let table = try CSVTable(
      bytes: Array("ubigeo,n\n010101,1\n010104,1\n010199,2\n010201,1\n".utf8), name: "t.csv")
    let book = CodeBook(
      codes: ["010101", "010102", "010103", "010104", "010201"],
      names: ["Uno", "Dos", "Tres", "Cuatro", "Cinco"], rules: SmallCountry.rules, coding: "inei")
    let match = try book.match(DistrictTable(table, codeColumn: "ubigeo"))
    #expect(
      match.part.unmatched.map(\.explanation?.en) == [
        "010102, 010103 have no row: one unit for them? (--unit 010199=010102+010103)"
      ])
  }
}
