// Quiebre · ReportsTests
// summary.json and manifest.json, read back by Foundation's JSON parser.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Foundation
import LaborModel
import Reports
import Statistics
import Testing

@Suite struct SummarySuite {
  private func parsed(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func summary() throws -> [String: Any] { try parsed(Sample.report.summaryJSON()) }

  private func target(_ index: Int) throws -> [String: Any] {
    let targets = try #require(try summary()["targets"] as? [[String: Any]])
    return targets[index]
  }

  @Test func warningsDontTellWhereARunWasStarted() throws {
    func summary(_ file: String) -> [UInt8] {
      var report = Sample.report
      report.warnings = [
        Diagnostic(
          .districtWithoutRow, .warning, at: SourcePlace(file: file),
          what: LocalizedText(en: "'\(file)' has gaps", es: "'\(file)' tiene vacíos"))
      ]
      return report.summaryJSON()
    }
    #expect(summary("/home/ana/plan/juntos.csv") == summary("../plan/juntos.csv"))
    #expect(summary("/home/ana/plan/juntos.csv") == summary("juntos.csv"))
    let text = String(decoding: summary("geo:peru/codings.csv"), as: UTF8.self)
    #expect(text.contains("\"geo:peru/codings.csv\""))
  }

  @Test func partsStandInTheOrderOfTheBreakTest() {
    let text = String(decoding: Sample.report.summaryJSON(), as: UTF8.self)
    let parts = [
      "observed", "targets", "trend_sensitivity", "nation", "money", "departments", "settings",
    ]
    let places = parts.map { text.range(of: "\n  \"\($0)\":")?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  // Hand-counted: see RunTextTests.
  @Test func theBreakIsCountedOverPairedDraws() throws {
    let answer = try target(1)
    let paired = try #require(answer["paired"] as? [String: Double])
    #expect(paired["only_scenario"] == 75 && paired["only_baseline"] == 0)
    // √(p10 + p01 − (p10 − p01)²)/√N = √((0.75 − 0.5625)/4)
    #expect(paired["se"] == 21.651)
    let breaking = try #require(answer["break"] as? [String: Any])
    #expect(breaking["level"] as? Double == 26.2)
    let years = try #require(breaking["first_year"] as? [String: Any])
    #expect(years["2020"] as? Double == 75 && years["never"] as? Double == 25)
    #expect(years["median"] as? Int == 2020)
  }

  @Test func theGoalHasItsGapAndPace() throws {
    let goal = try #require(try target(0)["goal"] as? [String: Any])
    // Draws 24.6, 24.2, 24.8, 26 against 20; type 7: 4.2 + 0.15 × 0.4.
    #expect((goal["gap"] as? [String: Double])?["p05"] == 4.26)
    let pace = try #require(goal["pace"] as? [String: Any])
    // (20 − 26.0)/(2021 − 2019)
    #expect(pace["required"] as? Double == -3)
    // 100 (1 − (20/26)^½)
    #expect(pace["required_aarr"] as? Double == 12.294)
  }

  @Test func childrenAboveTheGoalAreSummedOverDepartments() throws {
    let goal = try #require(try target(0)["goal"] as? [String: Any])
    let above = try #require(goal["children_above"] as? [String: Double])
    // 7,930 × mean of 4.6, 4.2, 4.8, 6.0 %.
    #expect(above["mean"] == 388.6)
  }

  @Test func departmentsUseTheirOwnBaseRate() throws {
    let areas = try #require(try summary()["departments"] as? [[String: Any]])
    #expect(areas.map { $0["code"] as? String } == ["01", "02"])
    let targets = try #require(areas[0]["targets"] as? [String: [String: Double]])
    // Against 26, 25, 27, 26 less 0.6, the first three draws break.
    #expect(targets["break"]?["scenario"] == 75)
    #expect(areas[0]["avoided"] as? Double == 30)
  }

  @Test func moneyIsExact() throws {
    let money = try #require(try summary()["money"] as? [String: Any])
    #expect(money["new"] as? Double == 19998.5)
    let lines = try #require(money["lines"] as? [[String: Any]])
    #expect(lines[0]["approved"] as? Double == 19000.5)
  }

  @Test func nothingIsNotANumber() {
    let text = String(decoding: Sample.report.summaryJSON(), as: UTF8.self)
    #expect(text.firstMatch(of: /[\[:] ?-?(nan|inf)/) == nil)
  }

  @Test func changingARuleChangesTheRulesHash() {
    var report = Sample.report
    let before = report.rulesHash
    #expect(before == SHA256.hash(report.rulesJSON()))
    report.breakSettings.alpha = 0.1
    let alpha = report.rulesHash
    report.plan.targets[0].probability = 0.6
    #expect(Set([before, alpha, report.rulesHash]).count == 3)
  }

  @Test func theScenarioSideAloneDoesNotChangeTheRulesHash() {
    var report = Sample.report
    let before = report.rulesHash
    report.plan.seed = 8
    report.plan.replicas = 5
    #expect(report.rulesHash == before)
  }
}

@Suite struct ManifestSuite {
  private let outputs = [
    Manifest.Output(path: "summary.json", sha256: SHA256.hash([1])),
    Manifest.Output(path: "csv/money.csv", sha256: SHA256.hash([2])),
    Manifest.Output(path: "log.ndjson", sha256: SHA256.hash([3]), isData: false),
  ]

  private var manifest: Manifest {
    Manifest(
      version: "0.1.0", commit: nil,
      libraries: [Manifest.Library(name: "GEOS", version: "3.11.1")],
      inputs: [
        Manifest.Input(path: "a.toml", sha256: SHA256.hash([]), bytes: 0, rows: nil)
      ], scenarioHash: SHA256.hash([]), coding: "inei", vintage: 2025, outputs: outputs,
      command: ["quiebre", "run", "a.toml"],
      run: Manifest.RunFacts(
        host: "here", threads: 2, started: "2020-01-01T00:00:00Z", seconds: 1.5))
  }

  // printf '%s  %s\n' $(printf '\2' | sha256sum | cut -c1-64) csv/money.csv \
  //   $(printf '\1' | sha256sum | cut -c1-64) summary.json | sha256sum   (coreutils 9.1)
  @Test func theResultHashIsWhatSha256sumSays() {
    #expect(
      Manifest.resultHash(of: outputs)
        == "f895f26a7588b0371e7c49caca9542ddf3baeeb9df24abd11e8bf514929ff0e1")
  }

  @Test func orderAndLogDoNotMoveTheResultHash() {
    let other = [outputs[1], outputs[0]]
    #expect(Manifest.resultHash(of: outputs) == Manifest.resultHash(of: other))
  }

  @Test func itListsInputsOutputsAndHash() throws {
    let bytes = manifest.bytes(for: Sample.report)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(object["schema"] as? String == "quiebre.manifest/1")
    #expect(object["result_hash"] as? String == Manifest.resultHash(of: outputs))
    #expect(object["rules_sha256"] as? String == Sample.report.rulesHash)
    #expect(object["commit"] is NSNull)
    #expect((object["outputs"] as? [[String: Any]])?.count == 3)
    #expect((object["run"] as? [String: Any])?["threads"] as? Int == 2)
    #expect((object["synthetic"] as? [[String: Any]])?.first?["id"] as? String == "risk")
  }
}

@Suite struct ResultFilesSuite {
  @Test func everyTableHasItsTypesBesideIt() {
    let paths = Sample.report.tableFiles().map(\.path)
    #expect(
      paths.filter { $0.hasPrefix("csv/") && $0.hasSuffix(".csv") }.map { $0 + "t" }
        == paths.filter { $0.hasSuffix(".csvt") })
    #expect(paths.suffix(2) == ["csv/datapackage.json", "join.csv"] && paths.count == 20)
    #expect(Set(paths).count == paths.count)
  }

  @Test func noFileOfDataKnowsTheClockOrTheMachine() {
    let report = Sample.report
    let first = report.mapFiles() + report.tableFiles() + [report.summaryFile()]
    let second = report.mapFiles() + report.tableFiles() + [report.summaryFile()]
    #expect(first.map(\.output) == second.map(\.output))
  }
}
