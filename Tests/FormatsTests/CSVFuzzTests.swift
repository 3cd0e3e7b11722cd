// Quiebre · FormatsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Testing

/// A small generator of its own, so that a failure comes back with its seed (splitmix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct CSVFuzzTests {
  private static let pieces: [[UInt8]] = [
    Array(",".utf8), Array(";".utf8), Array("\t".utf8), Array("\n".utf8), Array("\r\n".utf8),
    Array("\r".utf8), Array("\"".utf8), Array("\"\"".utf8), Array("010101".utf8),
    Array("1.5".utf8), Array("1,5".utf8), Array("-".utf8), Array("%".utf8), Array(" ".utf8),
    Array("ñ".utf8), [0xEF, 0xBB, 0xBF], [0xF1], [0xC3], [0xFF, 0xFE], [0], Array("e9".utf8),
    Array("a".utf8), Array("sep=;\n".utf8), Array("\u{A0}".utf8), Array("S/ 9".utf8),
  ]

  /// Reads everything that can be read; returns what a second reading must repeat.
  private func outcome(_ bytes: [UInt8]) -> String {
    do {
      let table = try CSVTable(bytes: bytes, name: "f.csv")
      var text = "\(table.columns) \(table.rowCount)"
      for row in 0..<table.rowCount {
        for column in table.columns.indices {
          text += "|" + table.text(column, row) + table.trimmedText(column, row)
          let place = table.place(column, row)
          text += "@\(place.line):\(place.column)"
          if let number = try? table.number(column, row, as: .percent) { text += "=\(number)" }
        }
      }
      return text
    } catch {
      return error.items.map { "\($0.code) \($0.place?.line ?? 0)" }.joined(separator: " ")
    }
  }

  @Test(arguments: 0..<20)
  func anyBytesAreReadOrRefused(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<200 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<40, using: &random) {
        bytes += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      }
      #expect(outcome(bytes) == outcome(bytes))
    }
  }

  /// What is written by the rules comes back: the twin of the reader is a writer.
  @Test(arguments: 0..<20)
  func whatIsQuotedByTheRulesComesBack(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(1_000 + seed))
    let letters = ["a", "\"", ",", "\n", "\r\n", ";", "ñ", " ", "0"]
    let cell = { (random: inout SplitMix) -> String in
      (0..<Int.random(in: 1..<6, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      }.joined() + "."
    }
    let rows = (0..<20).map { _ in (0..<3).map { _ in cell(&random) } }
    let lineEnd = ["\n", "\r\n", "\r"][seed % 3]
    let quoted = rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    }
    let text = (["a,b,c"] + quoted).joined(separator: lineEnd)
    let table = try CSVTable(bytes: Array(text.utf8), name: "t.csv", delimiter: .comma)
    let found = (0..<table.rowCount).map { row in (0..<3).map { table.text($0, row) } }
    #expect(found == rows)
  }
}
