// Quiebre · FormatsTests
// Small JSON files: values, places, and each fault at its place.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Testing

@Suite("JSON document")
struct JSONDocumentTests {
  @Test func readsEveryKindOfValue() throws {
    let root = try read(
      #"{"a": [1, -2.5, 1e3, true, false, null], "b": {"c": "ñ\n\u00e9"}, "d": []}"#)
    let list = try #require(root["a"]?.array)
    #expect(list[0].content == .integer(1))
    #expect(list[1].content == .real(-2.5))
    #expect(list[2].number == 1_000)
    #expect(list[3].boolean == true)
    #expect(list[4].boolean == false)
    #expect(list[5].content == .null)
    #expect(root["b"]?["c"]?.string == "ñ\né")
    #expect(root["d"]?.array == [])
    #expect(root["e"] == nil)
  }

  @Test func keysKeepTheOrderOfTheFile() throws {
    let root = try read(#"{"z": 1, "a": 2, "m": 3}"#)
    #expect(root.object?.map(\.key) == ["z", "a", "m"])
  }

  @Test func everyValueAndKeyKnowsItsPlace() throws {
    let root = try read("\u{FEFF}{\n  \"ñu\": [1,\r\n    true],\n\t\"b\": \"x\"}")
    let first = try #require(root.object?.first)
    #expect(position(root.place) == [1, 1])
    #expect(position(first.keyPlace) == [2, 3])
    #expect(position(first.value.place) == [2, 9])
    #expect(try position(#require(first.value.array)[1].place) == [3, 5])
    #expect(try position(#require(root["b"]).place) == [4, 7])
    #expect(first.value.place.sourceLine == "  \"ñu\": [1,")
  }

  @Test func wholeNumbersKeepAllDigits() throws {
    let root = try read("[9223372036854775807, -9223372036854775808, 9223372036854775808]")
    let list = try #require(root.array)
    #expect(list[0].integer == .max)
    #expect(list[1].integer == .min)
    #expect(list[2].content == .real(9_223_372_036_854_775_808))
  }

  @Test func everyRepeatedKeyIsRefused() throws {
    let faults = try faults(of: Array("{\"a\": 1, \"b\": 2,\n \"a\": 3, \"\\u0062\": 4}".utf8))
    #expect(faults.map(\.code) == [.jsonRepeatedKey, .jsonRepeatedKey])
    #expect(faults.map(\.entry) == ["a", "b"])
    #expect(try position(#require(faults[0].place)) == [2, 2])
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let code: DiagnosticCode
    let line: Int
    let column: Int

    init(_ name: String, _ text: String, _ code: DiagnosticCode, _ line: Int, _ column: Int) {
      (testDescription, self.text, self.code) = (name, text, code)
      (self.line, self.column) = (line, column)
    }
  }

  static let broken = [
    Broken("empty", "", .jsonEndsEarly, 1, 1),
    Broken("only space", " \n ", .jsonEndsEarly, 2, 2),
    Broken("cut in an array", "[1,\n 2", .jsonEndsEarly, 2, 3),
    Broken("cut in a number", "{\"a\":\n [-74.", .jsonEndsEarly, 2, 3),
    Broken("cut in a word", "[1,\n tru", .jsonEndsEarly, 2, 2),
    Broken("cut in a text", "{\"a\": \"x", .jsonEndsEarly, 1, 7),
    Broken("cut after a key", "{\"a\"", .jsonEndsEarly, 1, 5),
    Broken("cut in an escape", "\"a\\", .jsonEndsEarly, 1, 3),
    Broken("comma before ]", "[1,\n 2 , ]", .jsonTrailingComma, 2, 4),
    Broken("comma before }", "{\"a\": 1,}", .jsonTrailingComma, 1, 8),
    Broken("NaN", "{\"a\":\n NaN}", .jsonNotANumber, 2, 2),
    Broken("negative infinity", "[-Infinity]", .jsonNotANumber, 1, 2),
    Broken("None of Python", "[None]", .jsonNotANumber, 1, 2),
    Broken("True of Python", "[True]", .jsonSyntax, 1, 2),
    Broken("a bare word", "{\"a\": yes}", .jsonSyntax, 1, 7),
    Broken("a bare key", "{a: 1}", .jsonSyntax, 1, 2),
    Broken("single quotes", "{'a': 1}", .jsonSyntax, 1, 2),
    Broken("curly quotes", "[“a”]", .jsonSyntax, 1, 2),
    Broken("a comment", "[1, // one\n 2]", .jsonSyntax, 1, 5),
    Broken("no comma", "[1 2]", .jsonSyntax, 1, 4),
    Broken("no colon", "{\"a\" 1}", .jsonSyntax, 1, 6),
    Broken("wrong closing", "[1}", .jsonSyntax, 1, 3),
    Broken("two values", "{}\n{}", .jsonSyntax, 2, 1),
    Broken("leading zero", "[010101]", .jsonLeadingZero, 1, 2),
    Broken("no digit before the point", "[.5]", .jsonSyntax, 1, 2),
    Broken("no digit after the point", "[1.]", .jsonSyntax, 1, 2),
    Broken("a plus", "[+1]", .jsonSyntax, 1, 2),
    Broken("a minus alone", "[-]", .jsonSyntax, 1, 2),
    Broken("too large a whole number", "[18446744073709551616]", .jsonHugeNumber, 1, 2),
    Broken("too large a number", "[1e400]", .jsonHugeNumber, 1, 2),
    Broken("line break in a text", "[\"a\nb\"]", .jsonControlCharacter, 1, 4),
    Broken("zero byte in a text", "[\"\0\"]", .jsonControlCharacter, 1, 3),
    Broken("unknown escape", "[\"C:\\data\"]", .jsonSyntax, 1, 5),
    Broken("half a surrogate pair", "[\"\\ud83d\"]", .jsonSyntax, 1, 3),
    Broken("129 levels", String(repeating: "[", count: 129), .jsonTooDeep, 1, 129),
    Broken("no-break space", "[1,\u{A0}2]", .jsonSyntax, 1, 4),
  ]

  @Test(arguments: broken)
  func namesTheFaultAndItsPlace(_ row: Broken) throws {
    let fault = try #require(try faults(of: Array(row.text.utf8)).first)
    #expect(fault.code == row.code)
    #expect(try position(#require(fault.place)) == [row.line, row.column])
    #expect(fault.place?.file == "m.json")
  }

  @Test(
    arguments: [
      ([0x5B, 0x22, 0xF1, 0x22, 0x5D], 3),  // ["ñ"] in Latin-1
      ([0x5B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x5D], 3),  // a surrogate in UTF-8
      ([0x5B, 0x22, 0xC0, 0x80, 0x22, 0x5D], 3),  // an overlong zero
      ([0x5B, 0x22, 0xE2, 0x82], 3),  // cut in a sequence
      ([0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], 1),  // UTF-16
    ] as [([UInt8], Int)])
  func wrongBytesAreNamed(_ bytes: [UInt8], _ column: Int) throws {
    let fault = try #require(try faults(of: bytes).first)
    #expect(fault.code == .jsonNotUTF8)
    #expect(try position(#require(fault.place)) == [1, column])
  }

  @Test func asManyLevelsAsAreAllowedAreRead() throws {
    let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(try read(text).array?.count == 1)
  }

  private func read(_ text: String) throws -> JSONValue {
    try JSONDocument(bytes: Array(text.utf8), name: "m.json").root
  }

  private func faults(of bytes: [UInt8]) throws -> [Diagnostic] {
    let error = #expect(throws: DiagnosticList.self) {
      try JSONDocument(bytes: bytes, name: "m.json")
    }
    return try #require(error).items
  }

  private func position(_ place: SourcePlace) -> [Int] { [place.line, place.column] }
}
