// Quiebre · QuiebreKitTests
// `quiebre risk fit` from the file to the report, and from model.json to the districts.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Risk fit verb")
struct RiskFitVerbTests {
  private static let survey = Checkout.root + "/Scenarios/risk/microdata.csv"
  private static let terms = [
    "rural_pct%", "illiteracy_pct%", "unmet_needs_pct%", "hdi", "altitude_m",
  ]

  private func request(output: String? = nil) -> RiskFitRequest {
    var request = RiskFitRequest(table: Self.survey, outcome: "works", terms: Self.terms)
    (request.weight, request.cluster, request.stratum) = ("weight", "cluster", "stratum")
    (request.district, request.region, request.classRule) = ("ubigeo", "region", "jenks")
    request.definition = "A_ENAHO_WORK_5_17"
    request.survey = "made up"
    request.year = 2015
    request.isSynthetic = true
    request.output = output
    return request
  }

  @Test func theFittedModelScoresEveryDistrict() throws {
    let folder = try TemporaryFolder()
    let output = folder.path + "/model.json"
    let fitted = fitRisk(request(output: output), session: embeddedSession())
    #expect(fitted.exitCode == .done, "\(fitted.diagnostics.map(\.what.en))")
    #expect(fitted.text.contains("AUC (95 %)") && fitted.text.contains(output))
    let scenario = try folder.write(
      """
      [scenario]
      id = "fitted"
      extends = ["\(shippedScenario("pathfinder-2019"))"]
      [risk]
      model = "\(output)"
      cells = "geo:risk/cells.csv"
      """, as: "fitted.toml")
    var score = RiskRequest(scenario: scenario)
    score.json = true
    let scored = risk(score, session: embeddedSession())
    #expect(scored.exitCode == .done, "\(scored.diagnostics.map(\.what.en))")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(scored.text.utf8)) as? [[String: Any]])
    #expect(rows.count == 1_891)
    #expect(rows.count { $0["factor_1"] is String } > 1_800)
    #expect(rows.allSatisfy { ($0["risk"] as? Double).map { (0...100).contains($0) } ?? false })
  }

  @Test func theReportSpeaksSpanishAndJSON() throws {
    var session = embeddedSession()
    session.language = .spanish
    let text = fitRisk(request(), session: session).text
    #expect(text.contains("Regresión logística") && text.contains("sin señal de mal ajuste"))
    var request = request()
    request.json = true
    let reply = fitRisk(request, session: embeddedSession())
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
    #expect((report["coefficients"] as? [Any])?.count == 6)
    #expect((report["regions"] as? [Any])?.count == 25)
    #expect((report["left_out"] as? [String: Any])?["auc"] is Double)
  }

  @Test func faultsOfTheFileAreFaultsOfData() throws {
    let folder = try TemporaryFolder()
    let table = try folder.write("y,x\n0,1\n3,2\n", as: "s.csv")
    let reply = fitRisk(
      RiskFitRequest(table: table, outcome: "y", terms: ["x"]), session: embeddedSession())
    #expect(reply.exitCode == .dataInvalid)
    #expect(reply.diagnostics.first?.place?.line == 3)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func theMadeUpSurveyIsRemadeByteForByte() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: folder.path + "/Geo", withDestinationPath: Checkout.root + "/Geo")
    _ = try folder.write("", as: "Scenarios/risk/microdata.csv")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [Checkout.root + "/Scenarios/risk/make_survey.py"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let made = files.contents(atPath: folder.path + "/Scenarios/risk/microdata.csv")
    #expect(made == files.contents(atPath: Self.survey))
  }
}
