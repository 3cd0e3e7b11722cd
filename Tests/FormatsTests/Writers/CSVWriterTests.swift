// Quiebre · FormatsTests
// CSV text against RFC 4180, written out by hand.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Testing

@Suite struct CSVWriterSuite {
  private func text(_ style: CSVWriter.Style = .point, _ body: (inout CSVWriter) -> Void) -> String
  {
    var csv = CSVWriter(style: style)
    body(&csv)
    return String(decoding: csv.finished(), as: UTF8.self)
  }

  @Test func beginsWithAByteOrderMark() {
    var csv = CSVWriter()
    csv.text("a")
    csv.endRow()
    #expect(csv.finished() == [0xEF, 0xBB, 0xBF, 0x61, 0x0A])
  }

  @Test(arguments: [
    ("010101", "010101"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("cr\r", "\"cr\r\""), (" padded", "\" padded\""),
    ("a;b", "a;b"), ("Ñ", "Ñ"),
  ])
  func quotesWhatNeedsQuotes(raw: String, expected: String) {
    let written = text { csv in
      csv.text(raw)
      csv.endRow()
    }
    #expect(written == "\u{FEFF}\(expected)\n")
  }

  @Test func commaStyleSwapsSeparatorAndMark() {
    let written = text(.comma) { csv in
      csv.text("a;b")
      csv.number(-22.625, decimals: 2)
      csv.number(scaled: 123_456, decimals: 2)
      csv.text("c,d")
      csv.endRow()
    }
    #expect(written == "\u{FEFF}\"a;b\";-22,62;1234,56;c,d\n")
  }

  @Test func noValueIsAnEmptyCell() {
    let written = text { csv in
      csv.text(nil)
      csv.integer(nil)
      csv.number(nil, decimals: 1)
      csv.number(.nan, decimals: 1)
      csv.number(.infinity, decimals: 1)
      csv.endRow()
    }
    #expect(written == "\u{FEFF},,,,\n")
  }

  @Test func rowsOfUnequalLengthTrap() async {
    await #expect(processExitsWith: .failure) {
      var csv = CSVWriter()
      csv.integer(1)
      csv.integer(2)
      csv.endRow()
      csv.integer(1)
      csv.endRow()
    }
  }
}
