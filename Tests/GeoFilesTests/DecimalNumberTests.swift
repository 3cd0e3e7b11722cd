// Quiebre · GeoFilesTests
// The fast reader of numbers against the standard library.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoFiles

@Suite("Decimal number")
struct DecimalNumberTests {
  @Test(arguments: [
    "0", "-0", "+1", "1.", ".5", "-.5e3", "1e22", "1e23", "9007199254740993", "1e-22", "4.9e-324",
    "1.7976931348623157e308", "0.1", "-76.1234567", "123456789012345678901234567890", "1e999",
    "0.000000000000000000000000000001", "2.2250738585072011e-308", "1E5", "1e+05",
    "18446744073709551617",
  ])
  func meetsTheStandardLibrary(_ word: String) throws {
    let number = try #require(parse(word))
    #expect(number.bitPattern == Double(word)?.bitPattern)
  }

  @Test func meetsTheStandardLibraryOnManyWords() throws {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    for _ in 0..<20_000 {
      let word = "\(next() % 100_000).\(next())e\(Int(next() % 60) - 30)"
      #expect(parse(word)?.bitPattern == Double(word)?.bitPattern, "\(word)")
    }
  }

  @Test(arguments: ["", "-", ".", "1e", "1e+", "e5", "1.2.3", "1,5", "0x10", "--1", "1 ", "١"])
  func refusesWhatIsNoNumber(_ word: String) { #expect(parse(word) == nil) }

  @Test(arguments: ["nan", "NaN", "-1.#IND", "1.#QNAN", "-nan(ind)"])
  func wordsForNoNumber(_ word: String) throws { #expect(try #require(parse(word)).isNaN) }

  @Test func wordsForInfinity() {
    #expect(parse("inf") == .infinity)
    #expect(parse("-Infinity") == -.infinity)
  }

  private func parse(_ word: String) -> Double? {
    let bytes = Array("x\(word)y".utf8)
    return decimalNumber(in: bytes.span, from: 1, to: bytes.count - 1)
  }
}
