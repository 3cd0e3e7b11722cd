// Quiebre · LaborModelTests
// Published figures: what is read, what is refused with its row, what an as-of cut leaves.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Statistics
import Testing

@Suite("Published series")
struct PublishedSeriesTests {
  private let header = "group,year,rate,se,n,deff,method,shock,published,status,source\n"

  private func table(_ rows: String) throws -> CSVTable {
    try CSVTable(bytes: Array((header + rows).utf8), name: "national.csv")
  }

  private let peru = """
    A,2012,31.7,,26000,4.0,face,no,2016-12-31,measured,minister
    B,2015,26.1,0.8,,,face,no,2016-12-31,measured,INEI
    A,2015,26.4,,26000,4.0,face,no,2016-12-31,measured,minister
    A,2018,26.1,,26000,4.0,face,no,2019-09-13,derived,seed
    A,2020,24.0,0.9,,,mixed,yes,2021-06-30,measured,INEI
    A,2024,22.6,,26000,4.0,mixed,no,2025-12-31,measured,ComexPeru
    """

  @Test func readsTheRowsOfOneGroup() throws {
    let series = try PublishedSeries(table: table(peru), group: "A")
    #expect(series.figures.map(\.observation.year) == [2012, 2015, 2018, 2020, 2024])
    #expect(series.figures.map(\.observation.isShock) == [false, false, false, true, false])
    #expect(series.figures.map(\.observation.isDerived) == [false, false, true, false, false])
    #expect(series.figures.map(\.observation.row) == [2, 4, 5, 6, 7])
    #expect(series.figures[3].observation.standardError == 0.9)
    #expect(!series.figures[3].observation.errorIsApproximate)
  }

  /// By hand: 100·√(4·0.317·0.683/26000) = 0.577 pp.
  @Test func errorFromTheSampleSizeIsApproximate() throws {
    let first = try #require(PublishedSeries(table: table(peru), group: "A").figures.first)
    let error = try #require(first.observation.standardError)
    #expect((error - 0.57714).magnitude < 5e-6 && first.observation.errorIsApproximate)
  }

  @Test func yearCutsByYearAndDateByPublication() throws {
    let series = try PublishedSeries(table: table(peru), group: "A")
    let byYear = try series.seen(.year(2018))
    #expect(byYear.observations.map(\.year) == [2012, 2015, 2018])
    #expect(byYear.leftOut.map(\.reason) == [.publishedLater, .publishedLater])
    // The figure of 2018 came out on 13 September 2019: seen on that day, not the day before.
    #expect(try series.seen(.date("2019-09-12")).observations.map(\.year) == [2012, 2015])
    #expect(try series.seen(.date("2019-09-13")).observations.map(\.year) == [2012, 2015, 2018])
    #expect(try series.seen(.latest).observations.count == 5)
    #expect(byYear.withoutDerived.observations.map(\.year) == [2012, 2015])
    let level = try #require(byYear.level(in: 2015))
    #expect(level.rate == 0.264 && byYear.level(in: 2016) == nil)
  }

  @Test func shockYearsOfTheScenarioReplaceTheColumn() throws {
    let series = try PublishedSeries(table: table(peru), group: "A", shockYears: [2018])
    #expect(series.figures.map(\.observation.isShock) == [false, false, true, false, false])
  }

  @Test func everyFaultIsNamedWithItsRow() throws {
    let broken = """
      A,2012,131,,26000,4.0,face,no,2016-12-31,measured,
      A,2015,26.4,-0.5,,,face,no,31/12/2016,measured,
      A,2014,26.1,0.5,,,face,maybe,2019-09-13,measured,
      A,2018,"26,1",0.5,,,face,no,2019-09-13,measured,
      A,2019,26,,0,4.0,face,no,2019-13-13,measured,
      """
    let faults = try #require(faults { try PublishedSeries(table: table(broken), group: "A") })
    #expect(
      faults.map { [$0.code.rawValue, "\($0.place?.line ?? 0)"] } == [
        ["Q520", "2"], ["Q520", "3"], ["Q522", "3"], ["Q523", "4"], ["Q521", "4"], ["Q332", "5"],
        ["Q520", "6"], ["Q522", "6"],
      ])
  }

  @Test func blankYearOrRateIsAFault() throws {
    let faults = try #require(
      faults { try PublishedSeries(table: table("A,,20,,,,,,,,\nA,2015,,,,,,,,,\n"), group: "A") })
    #expect(faults.map(\.code.rawValue) == ["Q520", "Q520"])
    #expect(faults.map(\.entry) == ["year", "rate"])
  }

  @Test func unknownGroupNamesTheNearest() throws {
    let rows = "A_ENAHO_WORK_5_17,2015,20,,,,,,,,\n"
    let faults = try #require(
      faults { try PublishedSeries(table: table(rows), group: "A_ENAHO_WORK_5_71") })
    #expect(faults.map(\.code) == [.noSuchGroup])
    #expect(faults[0].fix?.en.contains("A_ENAHO_WORK_5_17") == true)
  }

  @Test func dateCutNeedsDatesOfPublication() throws {
    let series = try PublishedSeries(table: table("A,2015,20,0.5,,,,,,,\n"), group: "A")
    let faults = try #require(faults { try series.seen(.date("2019-01-01")) })
    #expect(faults.map(\.code) == [.unknownPublication] && faults[0].place?.line == 2)
    #expect(try series.seen(.year(2019)).observations.count == 1)
  }

  @Test func faultsOfTheBreakTestPointAtTheFile() throws {
    let seen = try PublishedSeries(table: table(peru), group: "A").seen(.latest)
    let faults = try #require(faults { try seen.stagnation(settings: BreakSettings()) })
    #expect(faults.map(\.code) == [.methodsDiffer])
    #expect(faults[0].place == SourcePlace(file: "national.csv", line: 7))
    let early = try #require(
      try? PublishedSeries(table: table(peru), group: "A").seen(.year(2018)))
    #expect(try early.stagnation(settings: BreakSettings()).label == .undetermined)
  }

  @Test func directEstimatesAreReadAndCut() throws {
    let text = """
      ubigeo2,year,rate,se,group,published
      08,2023,36.0,2.98,A,2024-05-31
      08,2024,38.0,3.01,A,2025-12-31
      15,2024,6.0,1.0,B,2025-12-31
      """
    let table = try CSVTable(bytes: Array(text.utf8), name: "direct.csv")
    let direct = try DirectEstimates(table: table, group: "A")
    #expect(direct.items.map(\.department) == ["08", "08"])
    #expect(direct.items[0].rate == 0.36 && direct.items[0].standardError == 0.0298)
    #expect(try direct.seen(.date("2024-12-31")).map(\.year) == [2023])
    #expect(try direct.seen(.year(2019)).isEmpty)
    #expect(try DirectEstimates(table: table, group: "C").items.isEmpty)
  }

  @Test func directEstimatesNeedARateWithinTheScaleAndAnError() throws {
    let text = """
      ubigeo2,year,rate,se,group,published
      08,2023,0,2.98,A,2024-05-31
      08,2024,38.0,,A,2025-12-31
      08,2025,38.0,1,A,tomorrow
      """
    let table = try CSVTable(bytes: Array(text.utf8), name: "direct.csv")
    let faults = try #require(faults { try DirectEstimates(table: table, group: "A") })
    #expect(faults.map(\.code.rawValue) == ["Q520", "Q520", "Q522"])
    #expect(faults.map(\.place?.line) == [2, 3, 4])
  }
}

/// The diagnostics that `body` throws; `nil` if it throws none.
func faults(_ body: () throws -> some Any) -> [Diagnostic]? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? DiagnosticList)?.items
  }
}
