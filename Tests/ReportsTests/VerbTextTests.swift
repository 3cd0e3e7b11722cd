// Quiebre · ReportsTests
// Texts of risk, check, compare, break and explain on the made-up country.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Foundation
import LaborModel
import Statistics
import Testing

@testable import Reports

@Suite struct RiskTextSuite {
  private func lines(_ language: Language) -> [String] {
    Sample.risk.text(of: Sample.registry, in: language).split(separator: "\n").map(String.init)
  }

  // Children 1,300, 2,600 and 3,900 of 7,800 with a known risk.
  @Test func classesHaveDistrictsAndChildren() {
    #expect(
      lines(.english).prefix(5) == [
        "MIRTI risk of 3 of 4 districts · scored on district means",
        "class    districts   children     share    mean rate",
        "high     1           4 thousand   50.0 %   45.0 %",
        "medium   1           3 thousand   33.3 %   25.0 %",
        "low      1           1 thousand   16.7 %   10.0 %",
      ])
  }

  @Test func theHighestComeFirst() {
    #expect(
      lines(.english)[7] == "  010201   Valle (Uno)              45.0 (40.0-50.0) %")
    #expect(lines(.english)[9].hasSuffix("10.0 (7.0-14.0) %    rural, poverty, altitude"))
  }

  @Test func anUnknownErrorHasNoInterval() {
    var risk = Sample.risk
    risk.logitError = [0, 0, 0, 0]
    let text = risk.text(of: Sample.registry, in: .english)
    #expect(text.contains("Valle (Uno)              45.0 %"))
    #expect(text.contains("no intervals, no probabilities of classes"))
    #expect(!risk.table(of: Sample.registry).columns.map(\.name).contains("p_high"))
  }

  @Test func aSyntheticModelIsNamed() {
    #expect(lines(.spanish).last?.hasPrefix("Modelo sintético: no es oficial") == true)
  }
}

@Suite struct CheckTextSuite {
  private func summary(_ diagnostics: [Diagnostic]) -> CheckSummary {
    CheckSummary(
      plan: Sample.report.plan, registry: Sample.registry, risk: Sample.risk, constraints: 3,
      layers: ["country.toml", "sample.toml"], coding: "inei", vintage: 2025,
      unit: Sample.report.unit, diagnostics: diagnostics)
  }

  // swift-format-ignore: the lines are as long as the terminal prints them.
  @Test func everyPartHasItsLine() {
    #expect(
      summary([]).text(in: .english, seconds: 0.44) == """
        ✓ scenario  2 lines, 0 interactions, 3 constraints, 2 targets · 2 layers (country.toml, sample.toml)
        ✓ districts 4: 3 with shape, 3 with risk, 4 with children (INEI, 2025)
        ✓ money     S/ 10,500 in 2021 (PEN of 2019), S/ 10,499 more than in 2019 · 4.8 % placed · S/ 9,999 unplaced
        0 errors, 0 warnings in 0.4 s. Next: quiebre run

        """)
  }

  @Test func faultsMarkTheirPartAndLeadToTheirPage() {
    let unplaced = Diagnostic(
      DiagnosticCode(rawValue: "Q411"), .warning, what: LocalizedText(en: "x", es: "x"))
    let reach = Diagnostic(
      DiagnosticCode(rawValue: "Q502"), .warning,
      what: LocalizedText(en: "target.elimination is out of reach", es: "fuera de alcance"))
    let text = summary([unplaced, reach]).text(in: .english, seconds: nil)
    #expect(text.contains("! money "))
    #expect(text.contains("! reach     target.elimination is out of reach → Q502\n"))
    #expect(text.hasSuffix("0 errors, 2 warnings. Next: quiebre explain Q411\n"))
  }
}

@Suite struct CompareTextSuite {
  private var runs: [ComparedRun] {
    reports.map { ComparedRun($0, year: 2021, byProvince: false) }
  }

  /// What a folder publishes gives the same column as the run itself.
  @Test func aFinishedFolderReadsAsItsRun() throws {
    let report = Sample.report
    let summary = try JSONDocument(bytes: report.summaryJSON(), name: "summary.json")
    var finished = try ComparedRun(summary: summary, folder: "results/x")
    let table = try CSVTable(bytes: report.areaYearsTable().csv(), name: "area_years.csv")
    try finished.readAreas(table, year: 2021, byProvince: false)
    let live = ComparedRun(report, year: 2021, byProvince: false)
    #expect(finished.ground == live.ground)
    #expect(finished.areas.map(\.code) == live.areas.map(\.code))
    let text = CompareText.nation([finished], in: .spanish).replacing(" (terminada)", with: "")
    func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }
    #expect(words(text) == words(CompareText.nation([live], in: .spanish)))
    #expect(
      words(CompareText.areas([finished], year: 2021, in: .english))
        == words(CompareText.areas([live], year: 2021, in: .english)))
  }

  @Test func anotherBaselineLeavesOutWhatRestsOnPairs() throws {
    let all = runs
    let against = all[0].against(all[1])
    let lines = CompareText.nation([against], in: .english).split(separator: "\n")
    #expect(lines[2].contains("pp (medians, not paired)"))
    #expect(lines.last?.hasSuffix(" –") == true)
  }

  @Test(arguments: ["nation", "settings", "schema"])
  func aSummaryWithoutAMemberIsRefused(name: String) throws {
    let text = String(decoding: Sample.report.summaryJSON(), as: UTF8.self)
      .replacing("\"\(name)\"", with: "\"other\"", maxReplacements: 1)
    let document = try JSONDocument(bytes: Array(text.utf8), name: "summary.json")
    #expect(throws: DiagnosticList.self) { try ComparedRun(summary: document, folder: "x") }
  }

  private var reports: [RunReport] {
    var other = Sample.report
    other.plan.id = "nothing"
    other.plan.lines = other.baselinePlan.lines
    other.projection.scenarios.append(other.projection.baseline)
    other.scenario = 1
    var first = Sample.report
    first.projection = other.projection
    return [first, other]
  }

  @Test func scenariosStandInColumns() {
    let lines = CompareText.nation(runs, in: .english).split(separator: "\n").map(String.init)
    #expect(lines[0].split(separator: " ") == ["baseline", "sample", "nothing"])
    #expect(lines[2].contains("-0.90 pp (-1.34 to -0.12)") && lines[2].contains("0.00 pp"))
    #expect(lines[5].contains("75 % (+75.0 pp)") && lines[5].hasSuffix("< 49.0 % (0.0 pp)"))
    #expect(lines.last?.contains("S/ 220 ") == true && lines.last?.hasSuffix(" –") == true)
  }

  // Means of 2021: 25.7 % in the baseline, 24.9 % in the scenario, in both departments.
  @Test func areasShowTheirChange() {
    let text = CompareText.areas(runs, year: 2021, in: .english)
    #expect(text.contains("01 Uno   25.7                -0.80         0.00\n"))
    #expect(text.contains("sample: gains most Uno (-0.80 pp)"))
  }
}

@Suite struct BreakTextSuite {
  @Test func partsStandInTheFixedOrder() {
    let text = Sample.report.breakText(in: .english)
    let marks = [
      "used ", "left out", "methods", "can be seen", "joinpoint", "last pace", "tolerance",
      "verdict", "plateau", "rule", "first year", "relapses", "difference", "survey sees it",
      "break and goal", "gap", "children above", "\n  pace needed", "trackers", "year reached",
      "seed 7 · 4 draws",
    ]
    let places = marks.map { text.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test func withoutStagnationItIsCalledASustainedFall() {
    #expect(Sample.report.breakText(in: .english).contains("Is there a sustained fall by 2021?"))
    #expect(Sample.report.breakText(in: .spanish).contains("¿Hay una baja sostenida hasta 2021?"))
  }

  @Test func noShareIsPrintedAsNoneOrAll() {
    let labels = ["probability", "published figure", "first year", "year reached", "survey sees"]
    let lines = Sample.report.breakText(in: .english).split(separator: "\n").filter { line in
      labels.contains { line.contains($0) }
    }
    #expect(lines.count == 6)
    for line in lines { #expect(line.firstMatch(of: /[ ](0|0\.0|100|100\.0) %/) == nil, "\(line)") }
  }

  @Test func aTargetWithoutDrawsIsNamed() {
    var report = Sample.report
    report.plan.targets[0].ages = 10...13
    let text = report.breakText(in: .english)
    #expect(text.contains("elimination: not answered"))
  }

  // Break-test section 10: the made-up Provincia Inventada.
  @Test func theWorkedExampleReadsAsThePaperSays() throws {
    let rates = [22.0, 20.9, 19.4, 18.2, 18.0, 18.3, 17.9, 18.1]
    let errors = [0.5, 0.5, 0.45, 0.45, 0.4, 0.4, 0.4, 0.4]
    let rows = zip(rates, errors).enumerated().map { place, row in
      Observation(year: Double(2010 + place), rate: row.0, standardError: row.1, method: "a")
    }
    let settings = BreakSettings(target: 12, deadline: 2024, tolerance: 0.3)
    let result = try testStagnation(rows, settings: settings)
    let report = BreakReport(
      series: "Provincia Inventada", asOf: nil, observed: result, settings: settings)
    let text = report.text(in: .english)
    #expect(text.contains("best 2013, plausible {2013, 2014}"))
    #expect(text.contains("p_permutation 0.0004: supported"))
    #expect(text.contains("sampling: -0.03 pp a year (error 0.18; 90 % -0.32 to +0.27)"))
    #expect(text.contains("undetermined: fits stagnation and a real change alike"))
    #expect(text.contains("stagnation possible, not shown"))
    #expect(text.contains("L = 18.10 % (error 0.18 pp) since 2013"))
  }
}

@Suite struct ExplainTextSuite {
  @Test func everyWordHasAPage() {
    for word in ExplainText.words {
      #expect(ExplainText.page(of: word, in: .english)?.isEmpty == false, "\(word)")
      #expect(ExplainText.page(of: word, in: .spanish)?.isEmpty == false, "\(word)")
    }
  }

  @Test func anUnknownWordHasNone() {
    #expect(ExplainText.page(of: "nonsense", in: .english) == nil)
  }

  @Test func aWordMayBeTopicAndColumn() {
    let page = ExplainText.page(of: "money", in: .english)
    #expect(page?.contains("to the céntimo") == true)
    #expect(page?.contains("money [money] · Money placed") == true)
  }

  @Test func theOverviewListsEveryTopic() {
    let text = ExplainText.overview(in: .spanish)
    #expect(MethodTopic.allCases.allSatisfy { text.contains($0.title.es) })
  }
}
