// Quiebre · FormatsTests
// What a valid file becomes: order, places and types.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Testing

@Suite struct TOMLReaderTests {
  private func table(_ text: String) throws -> TOMLTable {
    try readTOML(Array(text.utf8), file: "t.toml")
  }

  @Test func keysKeepTheOrderOfTheFile() throws {
    let read = try table("z = 1\na = 2\n[m]\ny = 1\nb = { q = 1, c = 2 }\n[c.z]\n[c.a]\n[b]\n")
    #expect(read.keys == ["z", "a", "m", "c", "b"])
    #expect(read["m"]?.value.table?.keys == ["y", "b"])
    #expect(read["m"]?.value.table?["b"]?.value.table?.keys == ["q", "c"])
    #expect(read["c"]?.value.table?.keys == ["z", "a"])
  }

  @Test func placesCountCharactersNotBytes() throws {
    let read = try table("nota = { es = \"niñez\", en = \"childhood\" }\n")
    let entry = try #require(read["nota"]?.value.table?["en"])
    #expect(entry.keyPlace.column == 24)
    #expect(entry.keyPlace.length == 2)
    #expect(entry.value.place.column == 29)
    #expect(entry.value.place.length == 11)
    #expect(entry.value.place.sourceLine == "nota = { es = \"niñez\", en = \"childhood\" }")
  }

  @Test(arguments: ["\u{FEFF}a = 1\r\nb = 2\r\n", "a = 1\n\tb = 2", "  a = 1\n      b = 2\n\n"])
  func markOfByteOrderCarriageReturnsAndIndentsAreFine(_ text: String) throws {
    let read = try table(text)
    #expect(read.keys == ["a", "b"])
    #expect(read["b"]?.value.content == .integer(2))
    #expect(read["b"]?.keyPlace.line == 2)
    #expect(read["a"]?.value.place.sourceLine?.contains("\r") == false)
  }

  @Test func byteOrderMarkDoesNotShiftColumns() throws {
    let read = try table("\u{FEFF}a = 1")
    #expect(read["a"]?.keyPlace.column == 1)
    #expect(read["a"]?.value.place.column == 5)
  }

  @Test func everyTypeArrives() throws {
    let read = try table(
      "s = \"x\"\ni = 9_000_000\nr = 22.6\nb = true\nd = 2019-12-31\nl = [1, 'a']\nt = { a = 1 }")
    let contents = read.entries.map(\.value.content)
    #expect(contents[0] == .string("x"))
    #expect(contents[1] == .integer(9_000_000))
    #expect(contents[2] == .real(22.6))
    #expect(contents[3] == .boolean(true))
    #expect(contents[4] == .time("2019-12-31"))
    guard case .array(let list) = contents[5] else {
      Issue.record("not a list")
      return
    }
    #expect(list.map(\.content) == [.integer(1), .string("a")])
    #expect(read["t"]?.value.table?.keys == ["a"])
  }

  /// toml++ 3.3.0 runs into undefined behavior at letters such as ñ where white space may end.
  @Test func lettersBeyondASCIIAreNoWhiteSpace() throws {
    let read = try table("a = \"\"\"x \\\n  ñ y\"\"\"\n\"año\" = 1 # ñ\n")
    #expect(read["a"]?.value.content == .string("x ñ y"))
    #expect(read["año"]?.value.content == .integer(1))
  }

  @Test func emptyFileIsAnEmptyTable() throws {
    #expect(try table("").entries.isEmpty)
    #expect(try table("# only a comment\n").entries.isEmpty)
  }

  @Test func allFaultsOfTheProfileComeTogether() {
    #expect(
      faults(of: "a = nan\nb = inf\n[[c]]\n").map(\.code.rawValue) == ["Q115", "Q115", "Q117"])
  }
}
