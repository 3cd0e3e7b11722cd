// Quiebre · ScenarioFilesTests
// From a scenario to money in districts: rules, years, prices, constraints.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import ScenarioFiles
import Statistics
import Testing

@Suite struct PlanTests {
  private func plan(
    _ allocation: String, amount: String = "{ 2020 = 1_000 }", after: String = "keep",
    more: String = "", money: String = "prices = \"constant\"", rest: String = "",
    tables: [String: String] = [:]
  ) throws -> PlannedScenario {
    let text = SmallCountry.scenario(
      line: SmallCountry.service(amount: amount, after: after, allocation: allocation, more: more),
      money: money, rest: rest)
    let inputs = SmallCountry.inputs(
      tables: try Dictionary(
        uniqueKeysWithValues: tables.map { ($0, try SmallCountry.table($1, $0)) }))
    let planned = try SmallCountry.load(text).plan(inputs)
    try checkConserved(planned)
    return planned
  }

  private func placed(_ planned: PlannedScenario, _ year: Int = 2020) -> [Int64] {
    planned.plan.lines[0].money.placed.map { $0[year - planned.plan.base] }
  }

  /// By hand: 1,000.00 in céntimos over children 1000, 500, 250, 4000, 2000, 250 (8000).
  @Test func childrenGetEqualMoney() throws {
    #expect(
      placed(try plan("{ rule = \"children\" }")) == [12500, 6250, 3125, 50000, 25000, 3125])
  }

  /// Children × risk: 400, 100, 137.5, 400, 640, 12.5 of 1690; largest remainders get the céntimos.
  @Test func riskIsChildrenTimesRate() throws {
    #expect(
      placed(try plan("{ rule = \"risk\" }")) == [23669, 5917, 8136, 23668, 37870, 740])
  }

  /// Weights 3·1000, 1·500, 3·250, 0, 3·2000, 0 of 10,250.
  @Test func classWeightsLeaveOutTheOthers() throws {
    #expect(
      placed(try plan("{ rule = \"risk\", weights = { high = 3, medium = 1 } }"))
        == [29268, 4878, 7317, 0, 58537, 0])
  }

  @Test func equalIsPerDistrictOrPerDepartment() throws {
    #expect(
      placed(try plan("{ rule = \"equal\" }", amount: "{ 2020 = 600 }")) == [
        10000, 10000, 10000, 10000, 10000, 10000,
      ])
    let planned = try plan(
      "{ rule = \"equal\", among = \"department\" }", amount: "{ 2020 = 600 }",
      more: "where = \"children > 300\"")
    #expect(placed(planned) == [15000, 15000, 0, 15000, 15000, 0])
  }

  @Test func nationalMoneyHasNoDistrict() throws {
    let planned = try plan("{ rule = \"national\" }")
    #expect(placed(planned).allSatisfy { $0 == 0 })
    #expect(
      planned.plan.lines[0].money.national == [
        0, 100_000, 100_000, 100_000, 100_000, 100_000, 100_000,
      ])
    #expect(planned.warnings.isEmpty)
  }

  @Test func formulaWeighsAndMissingValuesTakeNoPart() throws {
    let planned = try plan("{ rule = \"formula\", weight = \"children * rural\" }")
    #expect(placed(planned)[5] == 0)
    #expect(planned.warnings.map(\.code.rawValue) == ["Q229"])
    #expect(planned.warnings.first?.what.en.contains("1 district (first 020103 Fondo)") == true)
  }

  @Test func listsFollowTheTable() throws {
    let planned = try plan(
      "{ rule = \"list\", file = \"l.csv\", column = \"homes\" }",
      tables: ["l.csv": "ubigeo,homes\n010101,1\n020102,3\n"])
    #expect(placed(planned) == [25000, 0, 0, 0, 75000, 0])
  }

  @Test func gapsOfAListAreSaidOnce() throws {
    let planned = try plan(
      "{ rule = \"list\", file = \"l.csv\", column = \"homes\" }",
      tables: ["l.csv": "ubigeo,homes\n010101,1\n020102,3\n010102,\n010201,0\n"])
    #expect(planned.warnings.map(\.code.rawValue) == ["Q307"])
    #expect(
      planned.warnings.first?.what.en
        == "line.a: districts without a number, which get nothing: 3 of 6: 010102, 020101, 020103")
  }

  @Test func aFullListHasNoGaps() throws {
    let planned = try plan(
      "{ rule = \"list\", file = \"l.csv\", column = \"homes\" }",
      tables: [
        "l.csv":
          "ubigeo,homes\n010101,1\n010102,0\n010201,0\n020101,0\n020102,3\n020103,0\n"
      ])
    #expect(planned.warnings.isEmpty)
  }

  @Test func historySumsTheRowsOfADistrict() throws {
    let planned = try plan(
      "{ rule = \"history\", file = \"h.csv\" }",
      tables: ["h.csv": "ubigeo,MONTO_PIM\n010101,100\n010101,100\n020102,600\n"])
    #expect(placed(planned) == [25000, 0, 0, 0, 75000, 0])
  }

  @Test func unknownCodesOfAListAreErrors() throws {
    #expect(throws: DiagnosticList.self) {
      try plan(
        "{ rule = \"list\", file = \"l.csv\", column = \"homes\" }",
        tables: ["l.csv": "ubigeo,homes\n10101,1\n"])
    }
  }

  static let years: [(String, String, [Int64])] = [
    ("{ 2020 = 10, 2021 = 20 }", "keep", [0, 1000, 2000, 2000, 2000, 2000, 2000]),
    ("{ 2020 = 10, 2021 = 20 }", "zero", [0, 1000, 2000, 0, 0, 0, 0]),
    ("{ 2019 = 10 }", "grow 3 %", [1000, 1030, 1061, 1093, 1126, 1160, 1195]),
    ("{ 2018 = 7 }", "keep", [700, 700, 700, 700, 700, 700, 700]),
    ("{ 2024 = 1 }", "keep", [0, 0, 0, 0, 0, 100, 100]),
  ]

  @Test(arguments: years)
  func yearsAreFilledFromBaseToEnd(_ amount: String, _ after: String, _ expected: [Int64]) throws {
    let planned = try plan("{ rule = \"children\" }", amount: amount, after: after)
    #expect(planned.plan.lines[0].money.approved == expected)
    #expect(planned.plan.base == 2019)
    #expect(planned.plan.end == 2025)
  }

  @Test func growthBeyondAllMoneyIsRefused() throws {
    #expect(throws: DiagnosticList.self) {
      try plan("{ rule = \"children\" }", amount: "{ 2020 = 900_000_000_000 }", after: "grow 50 %")
    }
  }

  /// 102 money of 2020 at index 102 is 100 of 2019; 110 of 2021 at 110 as well.
  @Test func currentMoneyIsDeflatedToThePriceYear() throws {
    let planned = try plan(
      "{ rule = \"children\", max = 51 }", amount: "{ 2020 = 102, 2021 = 110 }",
      after: "zero", money: "prices = \"current\"\nprice_year = 2019\ndeflator = \"d.csv\"",
      tables: [
        "d.csv":
          "year,index\n2019,100\n2020,102\n2021,110\n2022,1e2\n2023,100\n2024,100\n2025,100\n"
      ])
    let money = planned.plan.lines[0].money
    #expect(money.approved == [0, 10000, 10000, 0, 0, 0, 0])
    #expect(planned.money[0].current == [0, 10200, 11000, 0, 0, 0, 0])
    // 51 of 2020 are 50 of 2019.
    #expect(money.placed[3][1] == 5000)
    #expect(planned.priceYear == 2019)
  }

  @Test func unitCostOfAnotherYearIsBroughtToThePriceYear() throws {
    let planned = try plan(
      "{ rule = \"children\" }",
      more: "",
      money: "prices = \"constant\"\nprice_year = 2019\ndeflator = \"d.csv\"",
      rest: "", tables: ["d.csv": "year,index\n2019,100\n2025,120\n"])
    #expect(planned.plan.lines[0].delivery.unitCost.shape == .fixed(420))
    let text = SmallCountry.scenario(
      line: SmallCountry.service(allocation: "{ rule = \"children\" }").replacing(
        "per = \"child\"", with: "per = \"child\", price_year = 2025"),
      money: "prices = \"constant\"\nprice_year = 2019\ndeflator = \"d.csv\"")
    let dear = try SmallCountry.load(text).plan(
      SmallCountry.inputs(
        tables: ["d.csv": try SmallCountry.table("year,index\n2019,100\n2025,120\n")]))
    guard case .fixed(let cost) = dear.plan.lines[0].delivery.unitCost.shape else {
      Issue.record("a fixed cost")
      return
    }
    // 420 × 100 / 120; one rounding of the ratio.
    #expect(abs(cost - 350) < 1e-9)
  }

  @Test func leftOverMoneyIsShownUnlessAccepted() throws {
    let planned = try plan("{ rule = \"children\", max = 100 }")
    #expect(planned.plan.lines[0].money.unplaced[1] == 40_000)
    let warning = try #require(planned.warnings.first)
    #expect(warning.code == .unplaced)
    #expect(
      warning.what.en
        == "line.a leaves S/ 400 unplaced in 2020: its 6 districts are at their maximum of S/ 100")
    let accepted = try plan("{ rule = \"children\", max = 100, unplaced = \"accept\" }")
    #expect(accepted.warnings.isEmpty)
    #expect(accepted.plan.lines[0].money.unplaced[1] == 40_000)
  }

  @Test func baselineKeepsTheMoneyOfTheBaseYear() throws {
    let planned = try plan(
      "{ rule = \"children\" }", amount: "{ 2019 = 80, 2020 = 1_000 }")
    let money = planned.keepingBaseYear().lines[0].money
    #expect(money.approved == [Int64](repeating: 8000, count: 7))
    #expect(money.placed[0] == [Int64](repeating: 1000, count: 7))
  }

  @Test func targetsAndYearsAreResolved() throws {
    let planned = try plan(
      "{ rule = \"children\" }",
      rest: """
        since = 2015
        tolerance = "0.4 pp"
        [target.low]
        indicator = "rate"
        deadline = 2025
        value = "1.0 %"
        area = "02"
        """)
    #expect(planned.plan.since == 2015)
    guard case .breaks(let rule) = planned.plan.targets[0].indicator else {
      Issue.record("a break")
      return
    }
    #expect(rule.tolerance == 0.4)
    #expect(rule.persistence == 2)
    #expect(planned.plan.targets[1].area == "02")
  }

  static let refused: [(String, String, String)] = [
    ("unknown area", "area = \"99\"", "Q216"),
    ("plateau after the base year", "since = 2022", "Q217"),
  ]

  @Test(arguments: refused)
  func namesAndYearsMustFit(_ name: String, _ key: String, _ code: String) throws {
    #expect {
      _ = try plan("{ rule = \"children\" }", rest: key)
    } throws: { error in
      (error as? DiagnosticList)?.items.map(\.code.rawValue) == [code]
    }
  }

  static let constraints: [(String, [String])] = [
    ("max = 999", ["Q412"]), ("max = 1000", []), ("min = 1001", ["Q412"]),
    ("years = [2019, 2019]\nmax = 10", []), ("growth = \"0 %\"", ["Q412"]),
    ("by = \"department\"\nmax_share = \"70 %\"", ["Q412"]),
    ("by = \"department\"\nmax_share = \"80 %\"", []),
    ("by = \"province\"\nmin_share = \"2 %\"", []),
    ("by = \"province\"\nmin_share = \"4 %\"", ["Q412"]),
    ("where = \"department == 'Norte'\"\nmax = 200", ["Q412"]),
    ("where = \"department == 'Norte'\"\nmax = 218.75", []),
  ]

  /// Norte has 1750 of 8000 children: 21.875 %, S/ 218.75; province 0102 has 3.125 %.
  @Test(arguments: constraints)
  func constraintsAreHeldAgainstThePlan(_ keys: String, _ codes: [String]) throws {
    let planned = try plan("{ rule = \"children\" }", rest: "[constraint.c]\n" + keys)
    #expect(planned.warnings.map(\.code.rawValue) == codes)
  }

  @Test(arguments: ShippedScenarioTests.names)
  func shippedScenariosArePlannedAndConserved(_ name: String) throws {
    let loaded = try Shipped.load(name)
    let year = loaded.scenario.simulation.asOf?.year ?? 2019
    let planned = try loaded.plan(SmallCountry.inputs(lastSeenYear: year))
    try checkConserved(planned)
    #expect(planned.plan.since == 2015)
    #expect(planned.plan.lines.count == loaded.scenario.lines.count)
  }

  @Test func helpersKnowTheirLines() throws {
    let loaded = try Shipped.load("pathfinder-2019.toml")
    let plan = try loaded.plan(SmallCountry.inputs()).plan
    let ids = plan.lines.map(\.id)
    #expect(ids == ["municipal", "committees", "platform", "chains", "transfers"])
    #expect(plan.lines[1].effect.helps == [0, 3])
    #expect(plan.lines[2].effect.helps == [0, 4])
    #expect(plan.lines[2].effect.fullAt == 90_000_000)
    #expect(plan.lines[2].effect.lasting)
    #expect(plan.lines[0].delivery.reach == .random)
    #expect(plan.lines[4].delivery.reach == .exact)
    #expect(plan.interactions.map { [$0.first, $0.second] } == [[3, 4]])
  }
}
