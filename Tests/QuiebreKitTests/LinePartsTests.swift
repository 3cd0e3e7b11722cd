// Quiebre · QuiebreKitTests
// `quiebre compare --by line`: parts that add up to what the whole plan changes.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Parts of a plan")
struct LinePartsTests {
  private func document(_ request: CompareRequest) throws -> [String: Any] {
    var request = request
    request.json = true
    let reply = compare(request, session: embeddedSession())
    try #require(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
  }

  private func request(_ name: String = "pathfinder-2019") -> CompareRequest {
    var request = CompareRequest(scenarios: [shippedScenario(name)])
    request.rows = .lines
    request.draws.replicas = 60
    return request
  }

  private func mean(_ value: Any?, _ key: String) throws -> Double {
    let part = try #require(value as? [String: Any])
    let spread = try #require(part[key] as? [String: Any])
    return try #require(spread["mean"] as? Double)
  }

  /// The whole comes from another path: the plan against its baseline, in one pass, as `compare` says it.
  @Test func partsAddUpToThePlansOwnDifference() throws {
    let parts = try document(request())
    let lines = try #require(parts["lines"] as? [[String: Any]])
    #expect(
      lines.map { $0["id"] as? String }
        == ["municipal", "committees", "platform", "chains", "transfers"])
    #expect(parts["plans_run"] as? Int == 32 && parts["exact"] as? Bool == true)
    for key in ["rate", "avoided"] {
      let sum = try lines.map { try mean($0, key) }.reduce(0, +)
      let whole = try mean(parts["together"], key)
      #expect(abs(sum - whole) < 1e-9 * max(1, abs(sum)))
    }
    // The transfer's money stays as it is in the base year: alone it changes nothing.
    let transfers = try #require(lines.last)
    #expect(transfers["rate_alone"] as? Double == 0)
    #expect(transfers["new_money"] as? Double == 0)
    // Coordination and targeting reach no child themselves; targeting acts on the running transfer.
    #expect(lines[2]["rate_alone"] as? Double ?? 1 < 0)
    var whole = CompareRequest(
      scenarios: [shippedScenario("pathfinder-2019")])
    whole.baseline = shippedScenario("no-new-money")
    whole.draws.replicas = 60
    let text = compare(whole, session: embeddedSession()).text
    let change = try mean(parts["together"], "rate") * 100
    // `compare` gives the median, the parts the mean: they meet within a hundredth or two.
    let near = [-0.02, -0.01, 0, 0.01, 0.02].map { String(format: "%+.2f", change + $0) }
    #expect(near.contains { text.contains($0) }, "\(change) in \(text)")
  }

  @Test func bothLanguagesAndAYearWithin() {
    var request = request()
    request.draws.replicas = 40
    request.year = 2023
    var session = embeddedSession()
    #expect(compare(request, session: session).text.contains("2023"))
    session.language = .spanish
    #expect(compare(request, session: session).text.contains("Valores de Shapley"))
    request.year = 2031
    let reply = compare(request, session: session)
    #expect(reply.exitCode != .done && reply.text.isEmpty)
  }

  @Test func aPlanWithoutLinesIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      [scenario]
      id = "bare"
      definition = "A_ENAHO_WORK_5_17"
      [simulation]
      as_of = 2019
      end = 2025
      [money]
      prices = "constant"
      price_year = 2019
      """, as: "bare.toml")
    var request = CompareRequest(scenarios: [path])
    request.rows = .lines
    let reply = compare(request, session: embeddedSession())
    #expect(reply.exitCode != .done && !reply.diagnostics.isEmpty)
  }
}
