// Quiebre · ToolTests
// The examples of Scenarios/RISK.md print what the manual says, and its model is the one shipped.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@testable import quiebre

@Suite("Risk manual")
struct RiskManualTests {
  /// Command and expected output of each block that begins with `$ quiebre risk`.
  static let examples: [(command: String, output: String)] = {
    let text =
      (try? String(contentsOfFile: Checkout.root + "/Scenarios/RISK.md", encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```").compactMap { block in
      guard block.hasPrefix("\n$ quiebre risk ") else { return nil }
      let whole = block.dropFirst(11).replacing("\\\n", with: " ")
      let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
      return (String(lines[0]), lines.dropFirst().joined(separator: "\n"))
    }
  }()

  /// Words of a command line; double quotes hold blanks together.
  private func words(_ command: String) -> [String] {
    command.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap {
      index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }

  @Test func theManualHasItsExamples() { #expect(Self.examples.count == 2) }

  @Test(arguments: examples.indices)
  func theManualSaysWhatIsPrinted(index: Int) throws {
    let example = Self.examples[index]
    let model = NSTemporaryDirectory() + "quiebre-model-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: model) }
    let parsed = try Invocation(
      parsing: words(example.command).map { word in
        word == "Scenarios/risk/model.json"
          ? model : word.hasPrefix("Scenarios/") ? Checkout.root + "/" + word : word
      })
    var session = Session()
    session.geoFolder = Checkout.root + "/Geo"
    session.workers = 2
    let reply =
      parsed.isRiskFit
      ? fitRisk(try parsed.riskFitRequest(), session: session)
      : risk(try parsed.riskRequest(), session: session)
    let renderer = DiagnosticRenderer(language: .english, color: false)
    let printed = reply.exitCode == .done ? reply.text : renderer.text(reply.diagnostics)
    let shown = printed.replacing(model, with: "Scenarios/risk/model.json")
      .replacing(Checkout.root + "/", with: "")
    #expect(shown == example.output)
    guard parsed.has("--out") else { return }
    let shipped = Checkout.root + "/Scenarios/risk/model.json"
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: model))
        == Data(contentsOf: URL(fileURLWithPath: shipped)))
  }
}
