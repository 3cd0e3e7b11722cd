// Quiebre · QuiebreKitTests
// `quiebre survey` from file to reply, and its rows back into the readers of the scenario.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Foundation
import GeoFiles
import LaborModel
import Statistics
import Support
import Testing

@testable import QuiebreKit

@Suite("Survey verb")
struct SurveyVerbTests {
  private func request(_ file: String = Checkout.fixture("survey/children.csv")) -> SurveyRequest {
    var request = SurveyRequest(file: file)
    request.design.weight = "weight"
    request.design.stratum = "stratum"
    request.design.cluster = "cluster"
    request.lonely = "adjust"
    return request
  }

  private func enahoRequest() -> SurveyRequest {
    var request = request()
    request.indicator = "A_ENAHO_WORK_5_17"
    request.fields = ["works=hours >= 1"]
    request.year = "2015"
    request.published = "2016-12-31"
    request.method = "face_to_face"
    return request
  }

  /// R 4.2.2, survey 4.1-1 (`Tests/Fixtures/survey/expected.R`): 31.8962343616911 %, 4.63030213532113 pp.
  @Test func theRowOfTheSeriesGoesBackIntoItsReader() throws {
    let folder = try TemporaryFolder()
    var request = enahoRequest()
    request.seriesFile = folder.path + "/series.csv"
    let reply = survey(request, session: embeddedSession())
    #expect(reply.exitCode == .done)
    let file = try InputFile(reading: folder.path + "/series.csv")
    let table = try CSVTable(bytes: file.bytes, name: "series.csv")
    #expect(
      table.columns == [
        "group", "year", "rate", "se", "n", "deff", "method", "shock", "published",
      ])
    let series = try PublishedSeries(table: table, group: "A_ENAHO_WORK_5_17")
    let figure = try #require(series.figures.first)
    #expect(series.figures.count == 1)
    #expect(figure.observation.year == 2015)
    #expect((figure.observation.rate - 31.8962343616911).magnitude < 1e-6)
    let error = try #require(figure.observation.standardError)
    #expect((error - 4.63030213532113).magnitude < 1e-6)
    #expect(!figure.observation.errorIsApproximate && !figure.observation.isShock)
    #expect(figure.observation.method == "face_to_face")
    #expect(figure.published == "2016-12-31")
    #expect(table.number(named: "n") == 161)
  }

  @Test func theRowsOfDepartmentsGoBackIntoTheirReader() throws {
    let folder = try TemporaryFolder()
    var request = enahoRequest()
    request.department = "ubigeo:2"
    request.directFile = folder.path + "/direct.csv"
    let reply = survey(request, session: embeddedSession())
    #expect(reply.exitCode == .done)
    let file = try InputFile(reading: folder.path + "/direct.csv")
    let table = try CSVTable(bytes: file.bytes, name: "direct.csv")
    #expect(table.columns == ["ubigeo2", "year", "rate", "se", "group", "published"])
    let direct = try DirectEstimates(table: table, group: "A_ENAHO_WORK_5_17")
    #expect(direct.items.map(\.department) == ["08", "13", "15", "16", "21", "25"])
    for item in direct.items {
      #expect(item.year == 2015 && item.published == "2016-12-31")
      #expect(item.standardError > 0)
    }
    #expect(try direct.seen(.date("2016-12-31")).count == 6)
  }

  @Test func aDepartmentWithoutAHitGivesNoRowAndAWarning() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "ubigeo,w,c,y\n010101,1,a,1\n010101,1,b,0\n020101,1,d,0\n020101,1,e,0\n", as: "m.csv")
    var request = SurveyRequest(file: file)
    request.design.weight = "w"
    request.design.cluster = "c"
    request.share = "y == 1"
    request.group = "X"
    request.year = "2020"
    request.department = "ubigeo:2"
    request.directFile = folder.path + "/direct.csv"
    let reply = survey(request, session: embeddedSession())
    #expect(reply.exitCode == .done)
    #expect(reply.diagnostics.map(\.code.rawValue) == ["Q571"])
    let rows = try String(contentsOfFile: folder.path + "/direct.csv", encoding: .utf8)
    #expect(rows.contains("\n01,2020,50.000000,") && !rows.contains("\n02,"))
  }

  @Test func yearsOfAColumnAreIndependentSamples() throws {
    let folder = try TemporaryFolder()
    // The same clusters twice: each year must come out as it does alone.
    let text = try String(contentsOfFile: Checkout.fixture("survey/children.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    let later = lines.dropFirst().map { String($0).replacing(",2015,", with: ",2016,") }
    let file = try folder.write(
      (lines.map(String.init) + later).joined(separator: "\n") + "\n", as: "two.csv")
    var two = request(file)
    two.share = "hours >= 1"
    two.year = "year"
    two.group = "X"
    two.seriesFile = folder.path + "/s.csv"
    #expect(survey(two, session: embeddedSession()).exitCode == .done)
    let table = try CSVTable(
      bytes: InputFile(reading: folder.path + "/s.csv").bytes, name: "s.csv")
    let figures = try PublishedSeries(table: table, group: "X").figures
    #expect(figures.map(\.observation.year) == [2015, 2016])
    #expect(Set(figures.map(\.observation.rate)).count == 1)
    #expect(
      figures.allSatisfy {
        (($0.observation.standardError ?? 0) - 4.63030213532113).magnitude < 1e-6
      })
  }

  @Test func jsonCarriesUnroundedNumbers() throws {
    var request = enahoRequest()
    request.json = true
    let reply = survey(request, session: embeddedSession())
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
    let estimates = try #require(document["estimates"] as? [[String: Any]])
    // All, sex 2, area 2, age 3, schooling 3.
    #expect(estimates.count == 11)
    let all = try #require(estimates.first)
    let error = try #require(all["se"] as? Double)
    #expect((error / 0.0463030213532113 - 1).magnitude < 1e-12)
    #expect(all["cases"] as? Int == 161 && all["degrees_of_freedom"] as? Int == 12)
    let men = try #require(estimates.first { $0["label"] as? String == "M" })
    // 0.0589 / 0.3139 = 18.8 %.
    #expect(men["referential"] as? Bool == true && all["referential"] as? Bool == false)
  }

  @Test func theTextSpeaksBothLanguages() {
    var session = embeddedSession()
    let english = survey(enahoRequest(), session: session).text
    session.language = .spanish
    let spanish = survey(enahoRequest(), session: session).text
    #expect(english.contains("31.90   4.63      22.74 - 42.70   14.5         161     1.58"))
    #expect(english.contains("18.8 a/") && english.contains("a/ For reference only"))
    // Rural children live in six clusters of two strata.
    #expect(english.contains("14.5 b/      77"))
    #expect(english.contains("b/ Fewer than 8") && spanish.contains("b/ Menos de 8"))
    #expect(spanish.contains("a/ Tiene únicamente valor referencial"))
    #expect(spanish.contains("conglomerados"))
  }

  @Test(arguments: [
    ("omit", 0, "Q572"), ("refuse", 4, "Q572"),
  ])
  func blanksAreSaidOrRefused(rule: String, exit: Int32, code: String) {
    var request = enahoRequest()
    request.refusesMissing = rule == "refuse"
    let reply = survey(request, session: embeddedSession())
    #expect(reply.exitCode.rawValue == exit)
    #expect(reply.diagnostics.map(\.code.rawValue) == [code])
    // The first child without hours stands on line 31.
    #expect(reply.diagnostics[0].place?.line == 31)
  }

  struct Slip: Sendable {
    let csv: String
    let code: String
    let line: Int?
    let column: Int?
    let exit: Int32
  }

  static let slips = [
    Slip(csv: "1,s,a,1\n,s,b,0\n", code: "Q380", line: 3, column: 1, exit: 4),
    Slip(csv: "1,s,a,1\n-2,s,b,0\n", code: "Q380", line: 3, column: 1, exit: 4),
    Slip(csv: "1,s,a,1\nx,s,b,0\n2,s,c,1\n", code: "Q330", line: 3, column: 1, exit: 4),
    Slip(csv: "\"1,5\",s,a,1\n2,s,b,0\n", code: "Q332", line: 2, column: 2, exit: 4),
    Slip(csv: "0,s,a,1\n0,s,b,0\n", code: "Q381", line: 0, column: 0, exit: 4),
    Slip(csv: "1,,a,1\n2,s,b,0\n", code: "Q382", line: 2, column: 3, exit: 4),
    Slip(csv: "1,s,,1\n2,s,b,0\n", code: "Q382", line: 2, column: 5, exit: 4),
    Slip(csv: "1,s,a,1\n2,t,a,0\n", code: "Q383", line: 3, column: 5, exit: 4),
    Slip(csv: "1,s,a,1\n2,t,b,0\n3,t,c,0\n", code: "Q570", line: 2, column: 3, exit: 5),
    Slip(csv: "1,s,a,\n2,s,b,\n", code: "Q386", line: 0, column: 0, exit: 4),
    Slip(csv: "1,s,a,1\n2,s,b\n", code: "Q326", line: 3, column: nil, exit: 4),
  ]

  @Test(arguments: slips)
  func everySlipHasItsVerdict(slip: Slip) throws {
    let folder = try TemporaryFolder()
    var request = request(try folder.write("weight,stratum,cluster,y\n" + slip.csv, as: "m.csv"))
    request.lonely = "fail"
    request.share = "y == 1"
    let reply = survey(request, session: embeddedSession())
    #expect(reply.exitCode.rawValue == slip.exit, "\(slip.csv)")
    let fault = try #require(reply.diagnostics.first)
    #expect(fault.code.rawValue == slip.code, "\(slip.csv)")
    #expect(fault.place?.line == slip.line)
    if let column = slip.column { #expect(fault.place?.column == column) }
    #expect(fault.what.en != fault.what.es)
  }

  @Test func populationSizesAreChecked() throws {
    let folder = try TemporaryFolder()
    func codes(_ rows: String) throws -> [String] {
      var request = request(try folder.write("weight,stratum,cluster,n,y\n" + rows, as: "m.csv"))
      request.share = "y == 1"
      request.design.population = "n"
      return survey(request, session: embeddedSession()).diagnostics.map(\.code.rawValue)
    }
    #expect(try codes("1,s,a,9,1\n1,s,b,8,0\n") == ["Q384"])
    #expect(try codes("1,s,a,1.5,1\n1,s,b,1.5,0\n") == ["Q384"])
    #expect(try codes("1,s,a,,1\n1,s,b,9,0\n") == ["Q384"])
    #expect(try codes("1,s,a,9,1\n1,s,b,9,0\n") == [])
  }

  @Test(arguments: ["sexo", "age:5-9,8-13", "age:5", "sex:1-2", "sex*arae"])
  func aSlipInTheDomainsIsNamed(by: String) {
    var request = enahoRequest()
    request.by = [by]
    let reply = survey(request, session: embeddedSession())
    #expect(reply.exitCode == .usage)
    #expect(reply.diagnostics.map(\.code.rawValue).contains("Q575"))
  }

  @Test func contradictionsComeTogether() {
    var request = request()
    request.ratio = "hours"
    request.mean = "hours"
    request.directFile = "d.csv"
    let reply = survey(request, session: embeddedSession())
    #expect(reply.exitCode == .usage)
    // Two quantities, no denominator, rows of a mean, no year, no group, no department.
    #expect(reply.diagnostics.count == 6)
  }

  @Test func aFieldThatIsNowhereIsNamedWithTheColumns() {
    var request = request()
    request.indicator = "ENA_FARM_WORK_5_13"
    let reply = survey(request, session: embeddedSession())
    #expect(reply.diagnostics.map(\.code.rawValue) == ["Q574"])
    #expect(reply.diagnostics[0].fix?.en.contains("farm_hours") == true)
    request.indicator = "ENA_FARM_WORK"
    #expect(survey(request, session: embeddedSession()).diagnostics[0].code.rawValue == "Q573")
  }

  /// Mapped labels and crossed columns: rows of the table are the cells of a hand count.
  @Test func crossedAndMappedDomainsCoverEveryCase() throws {
    var request = enahoRequest()
    request.json = true
    request.fields.append("sexo=if(sex == 'F', 'mujer', 'hombre')")
    request.by = ["sexo*area"]
    let reply = survey(request, session: embeddedSession())
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
    let estimates = try #require(document["estimates"] as? [[String: Any]])
    #expect(
      estimates.dropFirst().compactMap { $0["label"] as? String } == [
        "hombre, rural", "hombre, urban", "mujer, rural", "mujer, urban",
      ])
    #expect(estimates.dropFirst().reduce(0) { $0 + ($1["cases"] as? Int ?? 0) } == 161)
  }

  /// Crossing strata with a column that is constant within them changes nothing.
  @Test func aDesignColumnMayBeCrossed() {
    var crossed = request()
    crossed.share = "hours >= 1"
    let plain = survey(crossed, session: embeddedSession())
    crossed.design.stratum = "stratum*year"
    crossed.design.cluster = "stratum * cluster"
    #expect(survey(crossed, session: embeddedSession()).text == plain.text)
    // Each sex of a cluster in another stratum: the place and both labels are named.
    crossed.design.stratum = "stratum*sex"
    let fault = survey(crossed, session: embeddedSession()).diagnostics.first
    #expect(fault?.code.rawValue == "Q383" && fault?.what.en.contains("'coast, M'") == true)
    crossed.design.stratum = "stratum*"
    #expect(survey(crossed, session: embeddedSession()).exitCode == .dataInvalid)
  }

  @Test func planAndIntervalReply() throws {
    var request = SurveyPlanRequest(share: 0.3)
    request.margin = 0.03
    request.json = true
    let plan = surveyPlan(request, session: embeddedSession())
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(plan.text.utf8)) as? [String: Any])
    // R: the least n with qt(.975, n − 1)·√(.3·.7/n) ≤ .03 is 899.
    #expect(document["cases"] as? Int == 899)
    // Clusters of 24 (see the plan's own test), at 300 each and 10 an interview.
    (request.clusterCost, request.interviewCost, request.correlation) = (300, 10, 0.05)
    let costed = surveyPlan(request, session: embeddedSession())
    let money = try #require(
      try JSONSerialization.jsonObject(with: Data(costed.text.utf8)) as? [String: Any])
    #expect(money["cluster_size"] as? Int == 24)
    let clusters = try #require(money["clusters"] as? Int)
    #expect(money["cost"] as? Double == Double(clusters * (300 + 24 * 10)))
    request.correlation = nil
    #expect(surveyPlan(request, session: embeddedSession()).exitCode == .usage)
    (request.clusterCost, request.interviewCost) = (nil, nil)
    request.margin = nil
    #expect(surveyPlan(request, session: embeddedSession()).exitCode == .usage)
    request.variation = 0.000001
    #expect(surveyPlan(request, session: embeddedSession()).exitCode == .cannotCompute)
    var interval = SurveyIntervalRequest(hits: 0, cases: 100)
    // 1 − 0.025^(1/100) = 3.62 %.
    #expect(surveyInterval(interval, session: embeddedSession()).text.contains("0.00 - 3.62 %"))
    interval.hits = 101
    #expect(surveyInterval(interval, session: embeddedSession()).exitCode == .usage)
  }
}

extension CSVTable {
  /// The number in the first row of a column.
  fileprivate func number(named name: String) -> Double? {
    column(name).flatMap { try? number($0, 0) }
  }
}
