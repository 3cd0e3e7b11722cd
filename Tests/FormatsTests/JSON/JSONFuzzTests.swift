// Quiebre · FormatsTests
// Broken JSON in thousands of ways: no crash, and both readers agree.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Support
import Testing

@testable import Formats

@Suite("JSON fuzzing")
struct JSONFuzzTests {
  static let seeds = [
    #"{"name":"Perú","list":[1,-2.5,1e-3,true,false,null],"deep":{"a":{"b":[[[]]]}}}"#,
    "[\n  \"\\u00f1\\ud83d\\ude00\",\n  12345678901234567890,\r\n\t0.1,\n  {}\n]",
    #"{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"geometry":null}]}"#,
  ]

  @Test(arguments: seeds)
  func theSlowScanAgreesWithSimdjson(_ seed: String) {
    var mutator = Mutator(seed: 20_251_124)
    for round in 0..<4_000 {
      let bytes = mutator.mutated(Array(seed.utf8))
      let isRefused: Bool
      do throws(DiagnosticList) {
        _ = try JSONTape(parsing: bytes, name: "fuzz")
        isRefused = false
      } catch {
        isRefused = true
      }
      let slip = JSONSyntaxScan.firstSlip(in: bytes)
      #expect(
        (slip != nil) == isRefused, "round \(round): \(String(decoding: bytes, as: UTF8.self))")
      if let slip { #expect((0...bytes.count).contains(slip.offset)) }
    }
  }

  @Test(arguments: seeds)
  func sparingNotANumbersKeepsEveryOtherPlace(_ seed: String) throws {
    var mutator = Mutator(seed: 11)
    for _ in 0..<2_000 {
      let bytes = mutator.mutated(Array(seed.utf8))
      var blanked = bytes
      let found = blankNotANumbers(in: &blanked)
      #expect(blanked.count == bytes.count)
      #expect(found.isEmpty == (blanked == bytes))
    }
  }

  @Test(arguments: seeds)
  func aDocumentIsReadOrRefused(_ seed: String) {
    var mutator = Mutator(seed: 7)
    for _ in 0..<4_000 {
      do throws(DiagnosticList) {
        let document = try JSONDocument(bytes: mutator.mutated(Array(seed.utf8)), name: "fuzz")
        #expect(document.root.place.line >= 1)
      } catch {
        #expect(!error.items.isEmpty)
      }
    }
  }
}
