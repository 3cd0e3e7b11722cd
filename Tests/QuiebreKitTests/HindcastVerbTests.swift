// Quiebre · QuiebreKitTests
// `quiebre hindcast` on the embedded data and on series made for it.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Hindcast")
struct HindcastVerbTests {
  /// The main scenario on another series.
  private static func scenario(_ rows: String, in folder: TemporaryFolder) throws -> String {
    _ = try folder.write("group,year,rate,se,published,shock\n" + rows, as: "series.csv")
    return try folder.write(
      """
      [scenario]
      extends = ["\(shippedScenario("pathfinder-2019"))"]
      id = "other"

      [series]
      file = "series.csv"
      """, as: "s.toml")
  }

  private static func views(_ request: HindcastRequest, workers: Int = 2) throws -> [[String: Any]]
  {
    var request = request
    request.json = true
    request.draws.replicas = 100
    let reply = hindcast(request, session: embeddedSession(workers: workers))
    try #require(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
    return try #require(document["views"] as? [[String: Any]])
  }

  private static func figures(_ view: [String: Any]) throws -> [[String: Any]] {
    try #require(view["figures"] as? [[String: Any]])
  }

  @Test func asOf2019TheFiguresOf2023And2024AreScored() throws {
    var request = HindcastRequest(scenario: shippedScenario("pathfinder-2019"))
    request.asOf = [2019]
    let views = try Self.views(request)
    let figures = try Self.figures(views[0])
    // geo:series/national.csv, group A: 24.7 (derived) and 22.6.
    #expect(figures.map { $0["year"] as? Double } == [2023, 2024])
    #expect(figures.map { $0["rate"] as? Double } == [24.7, 22.6])
    for figure in figures {
      for name in ["baseline", "scenario", "last_value", "straight_line", "constant_rate"] {
        let score = try #require(figure[name] as? [String: Any], "\(name)")
        let crps = try #require(score["crps"] as? Double)
        #expect(crps > 0)
      }
      // The last value's forecast is N(25.97, se² + se²): closed score by hand.
      let last = try #require(figure["last_value"] as? [String: Any])
      let mean = try #require(last["mean"] as? Double)
      #expect(abs(mean - 25.97) < 1e-9)
    }
  }

  /// Each published year that leaves two: 2012, 2015, 2018, 2019 (not 2023, which leaves one).
  @Test func everyYearThatLeavesTwoFiguresIsTaken() throws {
    let views = try Self.views(HindcastRequest(scenario: shippedScenario("pathfinder-2019")))
    #expect(views.compactMap { $0["as_of"] as? Int } == [2012, 2015, 2018, 2019])
    // No plateau can start after the year one looks from.
    #expect(views.compactMap { $0["since"] as? Int } == [2012, 2015, 2015, 2015])
    #expect(try views.map { try Self.figures($0).count } == [5, 4, 3, 2])
  }

  /// What is published later moves scores, never forecasts.
  @Test func laterFiguresDontReachTheForecast() throws {
    let early =
      "A_ENAHO_WORK_5_17,2015,26.4,0.5,2016-12-31,no\n"
      + "A_ENAHO_WORK_5_17,2019,26,0.5,2020-12-31,no\n"
    var found: [[[String: Any]]] = []
    for late in ["24.7", "35.1"] {
      let folder = try TemporaryFolder()
      let path = try Self.scenario(
        early + "A_ENAHO_WORK_5_17,2023,\(late),0.5,2025-12-31,no\n"
          + "A_ENAHO_WORK_5_17,2024,\(late),0.5,2025-12-31,yes\n", in: folder)
      var request = HindcastRequest(scenario: path)
      request.asOf = [2019]
      found.append(try Self.figures(try Self.views(request)[0]))
    }
    func part(_ run: Int, _ key: String) throws -> [Double] {
      try found[run].map { figure in
        let score = try #require(figure["baseline"] as? [String: Any])
        return try #require(score[key] as? Double)
      }
    }
    for key in ["mean", "p10", "p50", "p90", "p025", "p975"] {
      #expect(try part(0, key) == part(1, key))
    }
    #expect(try part(0, "crps") != part(1, "crps"))
    // A shock year is scored, and marked.
    #expect(found[0].map { $0["shock"] as? Bool } == [false, true])
  }

  @Test func threadsDontMatter() throws {
    var request = HindcastRequest(scenario: shippedScenario("pathfinder-2019"))
    request.asOf = [2019]
    request.json = true
    request.draws.replicas = 60
    request.selfChecks = 12
    let texts = [1, 3].map { hindcast(request, session: embeddedSession(workers: $0)).text }
    #expect(texts[0] == texts[1])
    #expect(texts[0].contains("\"self_check\""))
  }

  @Test func aYearWithoutLaterFiguresIsRefused() {
    var request = HindcastRequest(scenario: shippedScenario("pathfinder-2019"))
    request.asOf = [2024]
    let reply = hindcast(request, session: embeddedSession())
    #expect(reply.diagnostics.map(\.code.rawValue) == ["Q585"])
    #expect(reply.exitCode == .cannotCompute)
  }

  @Test func bothLanguagesSayTheSameNumbers() {
    var request = HindcastRequest(scenario: shippedScenario("pathfinder-2019"))
    request.asOf = [2019]
    request.draws.replicas = 60
    var session = embeddedSession()
    let english = hindcast(request, session: session).text
    session.language = .spanish
    let spanish = hindcast(request, session: session).text
    #expect(english.contains("24.70") && spanish.contains("24.70"))
    #expect(spanish.contains("Con lo sabido en 2019"))
  }
}
