// Quiebre · QuiebreKitTests
// Sensitivity, equity, ranks and yearly quartiles on the shipped scenario, from file to table.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Foundation
import QuiebreKit
import Testing

@Suite("Insight")
struct InsightTests {
  /// `compare --by input` of 128 draws, as JSON.
  @Test func inputsAreTakenApartWithTheExitRateFirst() throws {
    var request = CompareRequest(scenarios: [shippedScenario("pathfinder-2019")])
    request.rows = .inputs
    request.json = true
    request.draws = DrawSettings(replicas: 128, seed: 5)
    let reply = compare(request, session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let document = try JSONDocument(bytes: Array(reply.text.utf8), name: "parts")
    let shares = try #require(document.root["shares"]?.array)
    let avoided = shares.filter { $0["outcome"]?.string == "avoided" }
    #expect(avoided.first?["input"]?.string == "simulation.exit")
    let all = try #require(avoided.first { $0["input"]?.string == "line.*" })
    let country = try #require(avoided.first { $0["input"]?.string == "country" })
    let sum = (all["total"]?["value"]?.number ?? 0) + (country["first"]?["value"]?.number ?? 0)
    #expect(abs(sum - 1) < 1e-12)
    // Money acts through its lines: their inputs matter for what it avoids.
    #expect((all["total"]?["value"]?.number ?? 0) > 0.3)
    var again = request
    again.json = true
    #expect(compare(again, session: embeddedSession()).text == reply.text)
  }

  @Test func aRunWritesSensitivityEquityRanksAndQuartiles() throws {
    let folder = try TemporaryFolder()
    let layer = folder.path + "/more.toml"
    let scenario = try String(contentsOfFile: shippedScenario("no-new-money"), encoding: .utf8)
    try (scenario + "\n[output]\nquartiles = true\nworst = 10\n")
      .write(toFile: layer, atomically: true, encoding: .utf8)
    var wanted = RunRequest(scenarios: [layer])
    wanted.output = folder.path + "/results"
    wanted.draws = DrawSettings(replicas: 64, seed: 3)
    let reply = run(wanted, session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    #expect(reply.text.contains("simulation.exit"))
    let result = try #require(
      try FileManager.default.contentsOfDirectory(atPath: wanted.output).first)
    func rows(_ name: String) throws -> [[String]] {
      let path = "\(wanted.output)/\(result)/csv/\(name).csv"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    #expect(try rows("sensitivity")[1][1] == "simulation.exit")
    #expect(try rows("equity").contains { $0[0] == "erreygers" })
    let years = try rows("district_years")
    #expect(years[0].contains("rate_p75"))
    let districts = try rows("districts")
    #expect(districts[0].contains("p_worst"))
  }
}
