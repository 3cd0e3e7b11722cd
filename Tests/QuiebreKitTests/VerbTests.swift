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

  @Test func aFinishedFolderIsComparedAsItWasPublished() throws {
    let folder = try TemporaryFolder()
    func finished(_ name: String, seed: UInt64) throws -> String {
      var wanted = RunRequest(scenarios: [shippedScenario(name)])
      wanted.output = folder.path + "/\(name)-\(seed)"
      wanted.draws = DrawSettings(replicas: 64, seed: seed)
      #expect(run(wanted, session: embeddedSession()).exitCode == .done)
      let result = try FileManager.default.contentsOfDirectory(atPath: wanted.output)
      return try wanted.output + "/" + #require(result.first)
    }
    func compared(_ paths: [String], _ change: (inout CompareRequest) -> Void = { _ in }) -> Reply {
      var request = CompareRequest(scenarios: paths)
      request.draws = DrawSettings(replicas: 64, seed: 1)
      change(&request)
      return compare(request, session: embeddedSession())
    }
    let one = try finished("pathfinder-2019", seed: 1)
    let live = compared([shippedScenario("pathfinder-2019"), shippedScenario("no-new-money")])
    let mixed = compared([one, shippedScenario("no-new-money")])
    #expect(
      live.exitCode == .done && mixed.exitCode == .done, "\(mixed.diagnostics.map(\.what.en))")
    // The same draws, published or just simulated: nothing to warn of.
    #expect(!mixed.text.contains("its own baseline") && mixed.text.contains("(finished)"))
    // Only what was just simulated can be compared draw by draw: 8 lines on the choice, 2 on equity.
    #expect(live.text.contains("beats pathfinder-2019") && !mixed.text.contains("beats"))
    #expect(mixed.text.split(separator: "\n").count == live.text.split(separator: "\n").count - 10)
    #expect(!mixed.diagnostics.contains { $0.code.rawValue == "Q564" })
    // Other draws: said, and each baseline shown.
    let two = try finished("no-new-money", seed: 2)
    let apart = compared([one, two])
    #expect(apart.exitCode == .done)
    #expect(apart.diagnostics.contains { $0.code.rawValue == "Q564" })
    #expect(apart.text.contains("its own baseline"))
    let against = compared([one]) { $0.baseline = two }
    #expect(against.exitCode == .done && against.text.contains("medians, not paired"))
    #expect(against.diagnostics.contains { $0.code.rawValue == "Q564" })
    // Paired where both are run: against itself nothing differs.
    let same = compared([shippedScenario("pathfinder-2019")]) {
      $0.baseline = shippedScenario("pathfinder-2019")
    }
    #expect(same.exitCode == .done && same.text.contains("0.00 pp (0.00 to 0.00)"))
    // Another final year means another thing.
    let short = try finished("unreachable", seed: 1)
    #expect(compared([one, short]).exitCode == .dataInvalid)
    // A summary that was touched isn't used.
    let summary = one + "/summary.json"
    let text = try String(contentsOfFile: summary, encoding: .utf8)
    try (text + " ").write(toFile: summary, atomically: true, encoding: .utf8)
    let touched = compared([one, two])
    #expect(touched.exitCode == .dataInvalid)
    #expect(touched.diagnostics.map(\.code.rawValue) == ["Q565"])
  }

  /// Half a percent by 2021 can't be had; what is within reach isn't called out of it.
  @Test func checkSaysWhichTargetNoBudgetReaches() throws {
    let far = check(
      CheckRequest(scenarios: [shippedScenario("unreachable")]), session: embeddedSession())
    let fault = try #require(far.diagnostics.first { $0.entry == "target.almost_zero" })
    #expect(fault.code.rawValue == "Q502" && fault.severity == .warning)
    #expect(fault.what.en.contains("no budget within the limits reaches target.almost_zero"))
    #expect(far.text.contains("! reach"))
    // The parts add up to what lacks at the wanted probability of 95 %: most of it is the effects'.
    let why = try #require(fault.why?.en)
    let parts = why.matches(of: /([a-z ]+) ([0-9.]+) pp/).compactMap { Double($0.output.2) }
    #expect(parts.count == 3 && parts[0] > 10 && parts == parts.sorted(by: >))
    let folder = try TemporaryFolder()
    let text = try String(contentsOfFile: shippedScenario("unreachable"), encoding: .utf8)
    let near = try folder.write(
      text.replacing(
        "value = \"0.5 %\"\nprob = \"95 %\"", with: "value = \"60 %\"\nprob = \"90 %\""
      )
      .replacing("prob = \"80 %\"", with: "prob = \"1 %\""), as: "near.toml")
    let reply = check(CheckRequest(scenarios: [near]), session: embeddedSession())
    #expect(!reply.diagnostics.contains { $0.code.rawValue == "Q502" })
    #expect(reply.text.contains("✓ reach"))
  }

  /// A stronger line has a better best case; without any effect it is the baseline's.
  @Test func theBestCaseFollowsTheEffects() throws {
    let folder = try TemporaryFolder()
    let text = try String(contentsOfFile: shippedScenario("unreachable"), encoding: .utf8)
    var best: [Double] = []
    for effect in ["1.0", "1.2", "2.0"] {
      let file = try folder.write(
        text.replacing("exit = [1.00, 1.15, 1.50], lag = 1", with: "exit = \(effect)"),
        as: "s\(effect).toml")
      let reply = check(CheckRequest(scenarios: [file]), session: embeddedSession())
      let fault = try #require(reply.diagnostics.first { $0.entry == "target.almost_zero" })
      let figure = try #require(fault.what.en.firstMatch(of: /best case ([0-9.]+) %/))
      best.append(try #require(Double(figure.output.1)))
    }
    #expect(best[0] > best[1] + 0.1 && best[1] > best[2] + 0.5, "\(best)")
  }

  @Test func checkGivesLayersAndPlanAsJSON() throws {
    var request = CheckRequest(scenarios: [shippedScenario("first-try")])
    request.showsLayers = true
    request.showsPlan = true
    request.json = true
    let reply = check(request, session: embeddedSession())
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
    #expect((json["layers"] as? [String])?.first == "geo:country.toml")
    let values = try #require(json["values"] as? [[String: Any]])
    #expect(values.contains { $0["key"] as? String == "line.municipal.after" })
    let plan = try #require(json["plan"] as? [[String: Any]])
    let year = try #require(plan.first { $0["year"] as? Int == 2021 })
    #expect(year["approved"] as? Double == 14_000_000)
  }

  @Test func everyCodeExplainsItself() {
    for code in ["Q101", "Q204", "Q301", "Q411", "Q502", "Q601", "Q650", "Q901"] {
      let reply = explain(code, session: embeddedSession(), json: false)
      #expect(reply.exitCode == .done && reply.text.contains(code), "\(code)")
    }
  }

  @Test(arguments: [
    ("line.amount", "line.x.amount"), ("simulation.exit", "[0.15, 0.3, 0.6]"),
    ("line", "line.x.kind"),
    ("ceiling", "country.ceiling"), ("exit", "line.x.effect.exit"), ("keys", "output.csv"),
    ("chg_ref", "chg_ref"), ("fields", "risk_class"), ("paths", "geo:"),
  ])
  func everyKindOfWordHasAPage(word: String, holds: String) {
    for language in Language.allCases {
      var session = embeddedSession()
      session.language = language
      let reply = explain(word, session: session, json: false)
      #expect(reply.exitCode == .done && reply.text.contains(holds), "\(word)")
    }
  }

  @Test func anUnknownTopicSuggestsTheNearest() {
    let reply = explain("Q3O1", session: embeddedSession(), json: false)
    #expect(reply.exitCode == .usage)
  }
}
