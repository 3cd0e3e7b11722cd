// Quiebre · QuiebreKitTests
// The verbs beside `run`, on the embedded data.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Verbs")
struct VerbTests {
  @Test func checkFindsAllDistricts() {
    let reply = check(
      CheckRequest(scenarios: [shippedScenario("pathfinder-2019")]), session: embeddedSession())
    #expect(reply.exitCode == .done)
    #expect(reply.text.contains("1,891"))
  }

  @Test func checkSpeaksSpanish() {
    var session = embeddedSession()
    session.language = .spanish
    let reply = check(
      CheckRequest(scenarios: [shippedScenario("pathfinder-2019")]), session: session)
    #expect(reply.text.contains("distritos"))
  }

  @Test func aTableWithFiveDigitCodesIsRefusedAndMended() throws {
    let folder = try TemporaryFolder()
    let table = try folder.write("ubigeo,amount\n10101,5\n150101,7\n", as: "money.csv")
    let reply = join(JoinRequest(subject: table), session: embeddedSession())
    #expect(reply.exitCode == .dataInvalid)
    #expect(reply.diagnostics.contains { $0.code.rawValue == "Q301" })
    var fix = JoinRequest(subject: nil)
    fix.tableToFix = table
    #expect(join(fix, session: embeddedSession()).exitCode == .done)
    let mended = try String(contentsOfFile: folder.path + "/money-zeros.csv", encoding: .utf8)
    #expect(mended == "ubigeo,amount\n010101,5\n150101,7\n")
  }

  @Test func polygonsMeetARasterWithoutAScenario() throws {
    let folder = try TemporaryFolder()
    // A unit square over four cells of which one has no data: mean (1 + 2 + 3)/3, three cells.
    let square =
      #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"#
      + #""geometry":{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}}]}"#
    let districts = try folder.write(square, as: "d.geojson")
    let grid = try folder.write(
      "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9\n1 2\n3 -9\n",
      as: "r.asc")
    var request = JoinRequest(subject: nil)
    request.districts = districts
    request.codeColumn = "id"
    request.surface = grid
    request.statistics = ["sum", "count", "max"]
    let reply = join(request, session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let row = try #require(reply.text.split(separator: "\n").last).split(separator: ",")
    #expect(row.first == "a")
    #expect(row.dropFirst().prefix(3).compactMap { Double($0) } == [6, 3, 3])
  }

  @Test func riskListsEveryDistrictAsJSON() throws {
    var request = RiskRequest(scenario: shippedScenario("pathfinder-2019"))
    request.json = true
    let reply = risk(request, session: embeddedSession())
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [[String: Any]])
    #expect(rows.count == 1_891)
  }

  @Test func compareRefusesScenariosOnDifferentGround() {
    let reply = compare(
      CompareRequest(scenarios: [
        shippedScenario("pathfinder-2019"), shippedScenario("restart-2030"),
      ]), session: embeddedSession())
    #expect(reply.exitCode == .scenarioInvalid)
    #expect(reply.diagnostics.contains { $0.code.rawValue == "Q550" })
  }

  @Test func everyCodeExplainsItself() {
    for code in ["Q101", "Q204", "Q301", "Q411", "Q502", "Q601", "Q650", "Q901"] {
      let reply = explain(code, session: embeddedSession(), json: false)
      #expect(reply.exitCode == .done && reply.text.contains(code), "\(code)")
    }
  }

  @Test func anUnknownTopicSuggestsTheNearest() {
    let reply = explain("Q3O1", session: embeddedSession(), json: false)
    #expect(reply.exitCode == .usage)
  }
}
