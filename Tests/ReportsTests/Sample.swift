// Quiebre · ReportsTests
// A made-up country of four districts, small enough to check every number by hand.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import GeoCore
import LaborModel
import Reports
import Statistics

enum Sample {
  static func square(_ x: Double, _ y: Double, side: Double = 1) -> [Point] {
    [
      Point(x: x, y: y), Point(x: x, y: y + side), Point(x: x + side, y: y + side),
      Point(x: x + side, y: y), Point(x: x, y: y),
    ]  // clockwise on purpose
  }

  /// Two departments, three provinces; one district has a hole, one two parts, one no shape.
  static let registry: DistrictRegistry = {
    let hole = Array(square(-75.8, -11.8, side: 0.2).reversed())
    let shapes: [MultiPolygon?] = [
      MultiPolygon([Polygon(shell: square(-76, -12), holes: [hole])]),
      MultiPolygon([Polygon(shell: square(-75, -12)), Polygon(shell: square(-73, -12))]),
      MultiPolygon([Polygon(shell: square(-76, -11))]),
      nil,
    ]
    let names = ["Ñahui \"Alto\"", "Dos Islas, Norte", "Valle", "Sin Mapa"]
    let codes = ["010101", "010102", "010201", "020101"]
    let departments = ["Uno", "Uno", "Uno", "Dos"]
    let provinces = ["Uno A", "Uno A", "Uno B", "Dos A"]
    let children: [Double] = [1300, 2600, 3900, 130]
    return DistrictRegistry(
      districts: codes.indices.map { place in
        District(
          code: codes[place], name: names[place], province: provinces[place],
          department: departments[place], shape: shapes[place])
      },
      provinces: [
        UpperArea(code: "0101", name: "Uno A", members: [0, 1]),
        UpperArea(code: "0102", name: "Uno B", members: [2]),
        UpperArea(code: "0201", name: "Dos A", members: [3]),
      ],
      departments: [
        UpperArea(code: "01", name: "Uno", members: [0, 1, 2]),
        UpperArea(code: "02", name: "Dos", members: [3]),
      ],
      provinceOf: [0, 0, 1, 2], departmentOf: [0, 0, 0, 1], children: children,
      childrenByAge: children.map { Array(repeating: $0 / 13, count: 13) }, fields: [:],
      quality: ["ok", "nearest", "imputed", "no_shape"], schematic: true)
  }()

  static let risk = DistrictRisk(
    rate: [0.10, 0.25, 0.45, .nan], logitError: [0.2, 0.2, 0.2, 0], p05: [0.07, 0.2, 0.4, .nan],
    p95: [0.14, 0.31, 0.5, .nan], classes: [.low, .medium, .high, .low],
    classProbabilities: [[0.97, 0.03, 0], [0.01, 0.9, 0.09], [0, 0.001, 0.999], [1, 0, 0]],
    factors: [["rural", "poverty", "altitude"], ["rural"], [], []], mediumFrom: 0.15,
    highFrom: 0.3, scoring: "means", synthetic: true)

  static func fixed(_ value: Double) -> Distribution { Distribution(.fixed(value)) }

  static func line(_ id: String, _ kind: PlanLine.Kind, approved: [Int64], district: Int64)
    -> PlanLine
  {
    let placed = registry.districts.indices.map { _ in approved.map { _ in district } }
    let national: [Int64] = kind == .targeting ? approved : approved.map { _ in 0 }
    return PlanLine(
      id: id, name: LocalizedText(en: "The \(id)", es: "El \(id)"), kind: kind,
      source: kind == .service ? "E21" : "",
      money: PlanLine.LineMoney(
        approved: approved, national: national,
        unplaced: zip(approved, national).map { $0 - $1 - 4 * (kind == .targeting ? 0 : district) },
        placed: kind == .targeting
          ? registry.districts.map { _ in approved.map { _ in 0 } } : placed),
      delivery: PlanLine.Delivery(
        execution: fixed(0.9), leakage: fixed(0.2), unitCost: fixed(400), childrenPerUnit: 1,
        ceiling: fixed(0.8), reach: .random, costFactor: [1, 1, 1, 1], eligible: nil),
      effect: PlanLine.Effect(
        entry: fixed(0.9), exit: fixed(1.1), ages: 5...17, lag: 0, ramp: fixed(1), helps: [],
        amount: fixed(0), fullAt: 0, lasting: false))
  }

  static func plan(_ id: String, lines: [PlanLine]) -> Plan {
    let shock = Plan.Shock(standardDeviation: 0.05, autocorrelation: 0.5)
    return Plan(
      id: id, name: LocalizedText(en: "Sample plan", es: "Plan de muestra"),
      definition: "A_ENAHO_WORK_5_17", since: 2018, base: 2019, end: 2021, replicas: 4, seed: 7,
      dynamics: Plan.Dynamics(
        exit: fixed(0.3), trend: fixed(0), trendExit: fixed(0), shock: shock,
        departmentShock: shock),
      overlap: .product, lines: lines, interactions: [],
      targets: [
        Plan.Target(
          id: "elimination", indicator: .rate(value: 0.2), deadline: 2021, probability: 0.5,
          ages: 5...17, area: nil),
        Plan.Target(
          id: "break",
          indicator: .breaks(
            Plan.Target.BreakRule(
              since: 2018, goal: 0, tolerance: 0.3, persistence: 2, listError: 0.1)),
          deadline: 2021, probability: 0.8, ages: 5...17, area: nil),
      ],
      calibrate: true, minimumEffectiveSize: 200)
  }

  /// The national rates of four draws: years 2018 to 2021, percent.
  static let baselineDraws = [
    [26.0, 26, 25.8, 25.6], [25, 25, 25.2, 25], [27, 27, 26.6, 26.2],
    [26, 26, 26, 26],
  ]
  static let scenarioDraws = [
    [26.0, 26, 25.4, 24.6], [25, 25, 24.6, 24.2], [27, 27, 26, 24.8],
    [26, 26, 26, 26],
  ]

  static func draws(_ percent: [[Double]]) -> AreaDraws {
    let byYear = percent[0].indices.map { year in percent.map { $0[year] / 100 } }
    return AreaDraws(rates: AgeGroup.allCases.map { _ in byYear })
  }

  static func path(_ middle: [Double], width: Double = 0.02) -> AreaPath {
    let bands = middle.map { Band(p05: $0 - width, p50: $0, p95: $0 + width) }
    return AreaPath(
      bands: AgeGroup.allCases.map { _ in bands }, means: AgeGroup.allCases.map { _ in middle })
  }

  static func outcome(_ id: String, _ percent: [[Double]], lowered: Double, avoided: [Double])
    -> ScenarioOutcome
  {
    let years = percent[0].indices
    let means = years.map { year in percent.reduce(0) { $0 + $1[year] } / 400 }
    let levels = [0.10, 0.25, 0.45, 0.30]
    return ScenarioOutcome(
      id: id, national: draws(percent), nationalPath: path(means),
      departments: [draws(percent), draws(percent)], departmentPaths: [path(means), path(means)],
      provincePaths: [path(means), path(means), path(means)],
      districts: levels.map { level in
        DistrictOutcome(
          path: path([level, level, level - lowered / 2, level - lowered]),
          changeAgainstBaseline: Band(p05: -lowered - 0.01, p50: -lowered, p95: -lowered + 0.01),
          avoided: lowered * 1000, probabilityOfGoal: 0.25, probabilityOfBreak: nil,
          coverage: [0.5, 0.2])
      },
      avoided: avoided)
  }

  static let settings = BreakSettings(target: 20, deadline: 2021, tolerance: 0.3, since: 2015)

  /// Five flat years: the plateau is their mean, 26.2 %.
  static let observed: StagnationResult? = {
    let rates = [26.6, 26.4, 26.1, 25.9, 26.0]
    let rows = rates.enumerated().map { place, rate in
      Observation(year: Double(2015 + place), rate: rate, standardError: 0.5, method: "survey")
    }
    let shock = Observation(
      year: 2020, rate: 24, standardError: 0.6, method: "survey", isShock: true)
    return try? testStagnation(rows + [shock], settings: settings)
  }()

  static let report: RunReport = {
    let lines = [
      line("municipal", .service, approved: [100, 900_050, 1_000_000], district: 20),
      line("platform", .targeting, approved: [0, 50_000, 50_000], district: 0),
    ]
    let kept = [line("municipal", .service, approved: [100, 100, 100], district: 20)]
    let projection = Projection(
      years: [2018, 2019, 2020, 2021], base: 2019, weights: [0.25, 0.25, 0.25, 0.25],
      effectiveSampleSize: 4,
      baseline: outcome("baseline", baselineDraws, lowered: 0, avoided: [0, 0, 0, 0]),
      scenarios: [outcome("sample", scenarioDraws, lowered: 0.01, avoided: [100, 80, 160, 0])],
      counts: Projection.Counts(exitRaised: 3, exitLowered: 0, capped: 1, cells: 10_000))
    return RunReport(
      plan: plan("sample", lines: lines), baselinePlan: plan("baseline", lines: kept),
      registry: registry, risk: risk, projection: projection, scenario: 0,
      unit: RunReport.MoneyUnit(currency: "PEN", symbol: "S/", priceYear: 2019), asOf: "2019",
      observed: observed, breakSettings: settings, surveyError: 0.5,
      trendSensitivity: [
        RunReport.TrendSensitivity(
          standardDeviation: 0,
          baseline: DrawnShare(estimate: 0.25, effectiveDraws: 400),
          scenario: DrawnShare(estimate: 0.5, effectiveDraws: 400))
      ], childrenGrowth: 0, hotspots: nil,
      join: JoinReport(parts: [JoinPart(name: "a.csv", kind: .table, districts: 4, matched: 3)]),
      inputsHash: String(repeating: "ab", count: 32),
      synthetic: [
        RunReport.Synthetic(
          id: "risk", text: LocalizedText(en: "Synthetic risk", es: "Riesgo sintético"))
      ],
      assumptions: [
        RunReport.Assumption(
          key: "simulation.exit",
          text: LocalizedText(en: "30 % stop each year", es: "30 % deja cada año"), source: "")
      ],
      warnings: [])
  }()
}
