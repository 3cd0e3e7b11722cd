// Quiebre · ToolTests
// The examples of Scenarios/SURVEY.md print what the manual says.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@testable import quiebre

@Suite("Survey manual")
struct SurveyManualTests {
  /// Command and expected output of each block that begins with `$ quiebre survey`.
  static let examples: [(command: String, output: String)] = {
    let text =
      (try? String(contentsOfFile: Checkout.root + "/Scenarios/SURVEY.md", encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```").compactMap { block in
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      guard let first = lines.first, first.hasPrefix("$ quiebre survey ") else { return nil }
      return (String(first.dropFirst(10)), lines.dropFirst().joined(separator: "\n"))
    }
  }()

  /// Words of a command line; double quotes hold blanks together.
  private func words(_ command: String) -> [String] {
    command.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap {
      index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }

  @Test func theManualHasItsExamples() { #expect(Self.examples.count == 5) }

  @Test(arguments: examples.indices)
  func theManualSaysWhatIsPrinted(index: Int) throws {
    let example = Self.examples[index]
    let parsed = try Invocation(
      parsing: words(example.command).map {
        $0.hasPrefix("Tests/") ? Checkout.root + "/" + $0 : $0
      })
    var session = Session()
    session.geoFolder = Checkout.root + "/Geo"
    if parsed.last("--lang") == "es" { session.language = .spanish }
    let reply =
      switch parsed.operands.first {
      case "plan": surveyPlan(try parsed.surveyPlanRequest(), session: session)
      case "interval": surveyInterval(try parsed.surveyIntervalRequest(), session: session)
      default: survey(try parsed.surveyRequest(), session: session)
      }
    #expect(reply.exitCode == .done)
    #expect(reply.text == example.output)
  }
}
