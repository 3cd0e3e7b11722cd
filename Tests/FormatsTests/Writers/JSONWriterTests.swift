// Quiebre · FormatsTests
// JSON text against RFC 8259, written out by hand.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Testing

@Suite struct JSONWriterSuite {
  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    body(&json)
    return String(decoding: json.finished(), as: UTF8.self)
  }

  @Test func keepsTheOrderOfKeys() {
    let written = text { json in
      json.object { json in
        json.member("zeta", 1)
        json.member("alpha", "x")
        json.member("on", true)
        json.array("list") { json in
          json.integer(1)
          json.number(2.5, decimals: nil)
          json.null()
        }
      }
    }
    #expect(written == #"{"zeta": 1, "alpha": "x", "on": true, "list": [1, 2.5, null]}"#)
  }

  @Test func linesAreIndentedByDepth() {
    let written = text { json in
      json.object(.lines) { json in
        json.member("a", 1)
        json.object("b", .lines) { $0.member("c", 2) }
        json.object("d", .lines) { _ in }
        json.array("e", .rows) { json in
          json.object(.compact) { json in
            json.member("f", 1)
            json.member("g", 2)
          }
          json.integer(3)
        }
      }
    }
    #expect(
      written == """
        {
          "a": 1,
          "b": {
            "c": 2
          },
          "d": {},
          "e": [
        {"f":1,"g":2},
        3
        ]
        }
        """)
  }

  // RFC 8259, section 7: quote, backslash and U+0000…U+001F must be escaped, nothing else.
  @Test(arguments: [
    ("\"", #""\"""#), ("\\", #""\\""#), ("\n", #""\n""#), ("\r", #""\r""#), ("\t", #""\t""#),
    ("\u{0}", #""\u0000""#), ("\u{1F}", #""\u001f""#), ("\u{7F}", "\"\u{7F}\""),
    ("Áncash · Ñahuimpuquio", #""Áncash · Ñahuimpuquio""#), ("/", #""/""#), ("😀", #""😀""#),
    ("\u{2028}", "\"\u{2028}\""),
  ])
  func escapesWhatMustBeEscaped(raw: String, expected: String) {
    #expect(text { $0.string(raw) } == expected)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func notFiniteIsNull(value: Double) {
    #expect(text { $0.number(value, decimals: 2) } == "null")
    #expect(text { $0.number(value, decimals: nil) } == "null")
  }

  @Test(arguments: [
    0.1, 1.0 / 3.0, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -2.5, 1e21, 123456789.125,
  ])
  func shortestTextReadsBackTheSame(value: Double) {
    let written = text { $0.number(value, decimals: nil) }
    #expect(Double(written) == value)
  }

  @Test func zeroHasNoSign() {
    #expect(text { $0.number(-0.0, decimals: nil) } == "0.0")
    #expect(text { $0.number(-0.0, decimals: 2) } == "0.00")
  }

  @Test func positionsAreShort() {
    let written = text { json in
      json.array(.compact) { json in
        json.position(scaledX: -7_512_340, scaledY: -1_200_000, decimals: 5)
        json.position(scaledX: 0, scaledY: 5, decimals: 5)
      }
    }
    #expect(written == "[[-75.1234,-12],[0,0.00005]]")
  }

  @Test func anOpenObjectTraps() async {
    await #expect(processExitsWith: .failure) {
      var json = JSONWriter()
      json.key("lonely")
      _ = json.finished()
    }
  }
}
