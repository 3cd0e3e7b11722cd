// Quiebre · FormatsTests
// Typical slips of people who write TOML by hand: each is located to the word and named.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Testing

struct Slip: CustomTestStringConvertible, Sendable {
  let text: String
  let code: String
  let line: Int
  let column: Int
  let length: Int
  let fix: String?

  init(
    _ text: String, _ code: String, _ line: Int, _ column: Int, _ length: Int, fix: String? = nil
  ) {
    self.text = text
    self.code = code
    self.line = line
    self.column = column
    self.length = length
    self.fix = fix
  }

  var testDescription: String { text }
}

/// The faults of a text, or none if it is read.
func faults(of text: String, file: String = "test.toml") -> [Diagnostic] {
  faults(of: Array(text.utf8), file: file)
}

func faults(of bytes: [UInt8], file: String = "test.toml") -> [Diagnostic] {
  do {
    _ = try readTOML(bytes, file: file)
    return []
  } catch {
    return error.items
  }
}

@Suite struct TOMLSlipTests {
  static let slips: [Slip] = [
    Slip("effect = { exit = [1,00, 1.15] }", "Q112", 1, 20, 4, fix: "1.00"),
    Slip("exit = [1,00, 1.15, 1.50]", "Q112", 1, 9, 4, fix: "1.00"),
    Slip("a = [1,00,2]", "Q112", 1, 6, 4, fix: "1.00"),
    Slip("a = 0,13", "Q112", 1, 5, 4, fix: "0.13"),
    Slip("a = 1,500,000", "Q112", 1, 5, 9, fix: "1_500_000"),
    Slip("a = 1.500.000", "Q111", 1, 5, 9, fix: "1_500_000"),
    Slip("a = { 2020 = 1.500.000, 2021 = 2 }", "Q111", 1, 14, 9, fix: "1_500_000"),
    Slip("ubigeo = 010101", "Q110", 1, 10, 6, fix: "\"010101\""),
    Slip("a = [010101, 2]", "Q110", 1, 6, 6, fix: "\"010101\""),
    Slip("a = S/ 900", "Q113", 1, 5, 6, fix: "900"),
    Slip("a = S/900", "Q113", 1, 5, 5, fix: "900"),
    Slip("a = { 2020 = S/ 1,500 }", "Q113", 1, 14, 4),
    Slip("a = $5", "Q113", 1, 5, 2, fix: "5"),
    Slip("a = 9_000_000 soles", "Q113", 1, 5, 15, fix: "9_000_000"),
    Slip("a = 22.6 %", "Q114", 1, 5, 6, fix: "\"22.6 %\""),
    Slip("a = 22.6%", "Q114", 1, 5, 5, fix: "\"22.6%\""),
    Slip("a = { by = 5 pp }", "Q114", 1, 12, 4, fix: "\"5 pp\""),
    Slip("a = hola", "Q108", 1, 5, 4, fix: "\"hola\""),
    Slip("a = hola mundo # x", "Q108", 1, 5, 10, fix: "\"hola mundo\""),
    Slip("a = no", "Q108", 1, 5, 2, fix: "false"),
    Slip("a = True", "Q108", 1, 5, 4, fix: "true"),
    Slip("a = keep", "Q108", 1, 5, 4, fix: "\"keep\""),
    Slip("a = “hola”", "Q104", 1, 5, 1),
    Slip("a =\u{A0}5", "Q105", 1, 4, 1),
    Slip("\u{A0}a = 5", "Q105", 1, 1, 1),
    Slip("a = 1\nb = 3\na = 2", "Q109", 3, 1, 1),
    Slip("[line.x]\namount = 1\namount = 900", "Q109", 3, 1, 6),
    Slip("[a]\n[a]", "Q109", 2, 1, 3),
    Slip("a = { b = 1, b = 2 }", "Q109", 1, 14, 1),
    Slip("a = \"x\nb = 2", "Q106", 1, 5, 2),
    Slip("a = 1\nb = \"x", "Q106", 2, 5, 2),
    Slip("a = ['x, 'y']", "Q108", 1, 11, 1),
    Slip("a = [1, 2", "Q107", 1, 5, 1),
    Slip("a = [1,\n 2\nb = 3", "Q107", 1, 5, 1),
    Slip("[a\nb = 1", "Q107", 1, 1, 1),
    Slip("a = { b = 1", "Q107", 1, 5, 1),
    Slip("a = { b = 1,\n c = 2 }", "Q118", 1, 5, 8),
    Slip("a = { b = 1, }", "Q121", 1, 12, 1),
    Slip("a 5", "Q119", 1, 3, 1),
    Slip("a: 5", "Q119", 1, 2, 1),
    Slip("año = 5", "Q120", 1, 1, 3),
    Slip("my key = 5", "Q120", 1, 1, 6),
    Slip("a = 99999999999999999999", "Q122", 1, 5, 20),
    Slip("a = 1 b = 2", "Q123", 1, 7, 1),
    Slip("a = 2020-13-01", "Q124", 1, 5, 10),
    Slip("a =", "Q101", 1, 3, 1),
    Slip("a = nan", "Q115", 1, 5, 3),
    Slip("a = [1, -inf]", "Q115", 1, 9, 4),
    Slip("[[line]]", "Q117", 1, 1, 8),
    // toml++ 3.3.0 asserts on these headers.
    Slip("[# a", "Q107", 1, 1, 1),
    Slip("a = 1\n[", "Q107", 2, 1, 1),
    Slip("[ñandú]", "Q120", 1, 2, 5),
    Slip("[“line”]", "Q104", 1, 2, 1),
    Slip("[]", "Q101", 1, 2, 1),
    Slip("[a.b.c]\nx = 1", "Q116", 1, 6, 1),
    Slip("[a.b]\nx.y = 1", "Q116", 2, 1, 1),
  ]

  @Test(arguments: slips)
  func isLocatedAndNamed(_ slip: Slip) throws {
    let found = faults(of: slip.text)
    let fault = try #require(found.first)
    let place = try #require(fault.place)
    #expect(
      [fault.code.rawValue, "\(place.line)", "\(place.column)", "\(place.length)"]
        == [slip.code, "\(slip.line)", "\(slip.column)", "\(slip.length)"])
    if let fix = slip.fix { #expect(fault.fix?.en.contains(fix) == true) }
    #expect(found.count == 1)
  }

  @Test func latin1ByteIsFoundAtItsCharacter() {
    let bytes = Array("# á\nname = \"Ni".utf8) + [0xF1] + Array("os\"\n".utf8)
    let fault = faults(of: bytes).first
    #expect(fault?.code == .notUTF8Text)
    #expect(fault?.place?.line == 2)
    #expect(fault?.place?.column == 11)
    #expect(fault?.caret?.en == "in Latin-1 this is 'ñ'")
  }

  @Test(arguments: ["~$plan.toml", "folder/~$plan.toml"])
  func lockFileOfAnOfficeProgramIsNamed(_ file: String) {
    #expect(faults(of: "a = 1", file: file).first?.code == .notText)
  }

  @Test func workbookIsNotText() {
    #expect(faults(of: [0x50, 0x4B, 0x03, 0x04, 0x00]).first?.code == .notText)
  }

  @Test func thousandsOfLevelsAreRefusedNotCrashed() {
    let chain = Array(repeating: "a", count: 200_000).joined(separator: ".")
    #expect(faults(of: chain + " = 1").first?.code == .tooDeep)
    let spaced = Array(repeating: "a", count: 20_000).joined(separator: " . ")
    #expect(faults(of: spaced + " = 1").first?.code == .tooDeep)
    let brackets = String(repeating: "[", count: 100_000)
    #expect(!faults(of: "a = " + brackets).isEmpty)
  }
}
