// Quiebre · Benchmarks
// A made-up country of any size and a plan of five lines: nothing in it is a real figure.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import LaborModel
import Statistics

/// Districts with children, rates and costs drawn from fixed random numbers.
struct MadeUpCountry {
  static let years = 15
  static let profile = AgeProfile(linear: 1.22226254, quadratic: -0.55785603)

  let population: Population
  let levels: DistrictLevels
  private let costFactor: [Double]

  init(districts: Int) {
    let field = RandomField(seed: 1)
    func numbers(_ quantity: UInt16) -> [Double] {
      field.stream(RandomQuantity(rawValue: quantity)).uniforms(count: districts)
    }
    let (size, poverty) = (numbers(920), numbers(921))
    let province = (0..<districts).map { $0 / 10 }
    // However many districts, a country has some two dozen departments.
    let perDepartment = max(80, (districts + 24) / 25)
    let departments = (districts + perDepartment - 1) / perDepartment
    population = Population(
      codes: (0..<districts).map { "X\($0)" },
      childrenByAge: size.map { size in
        (0..<13).map { (40 + 900 * size * size * size * size * (1 - 0.008 * Double($0))).rounded() }
      },
      departmentOf: (0..<districts).map { $0 / perDepartment },
      departmentCodes: (0..<departments).map { "X\($0)" }, provinceOf: province,
      provinceCount: (province.last ?? 0) + 1)
    levels = DistrictLevels(
      rate: poverty.map { logistic(-2.2 + 2.6 * $0) },
      logitError: [Double](repeating: 0.3, count: districts))
    costFactor = poverty.map { 1 + 0.4 * $0 }
  }

  /// Five lines whose money grows every year after the base.
  func plan(draws: Int) -> Plan {
    Plan(
      id: "scenario", name: LocalizedText(verbatim: "scenario"), definition: "made-up",
      since: 2019, base: 2019, end: 2019 + Self.years, replicas: draws, seed: 20_190_913,
      dynamics: Plan.Dynamics(
        exit: Distribution(.triangular(low: 0.15, central: 0.30, high: 0.60)),
        trend: Distribution(.normal(mean: -0.005, standardDeviation: 0.01)),
        trendExit: Distribution(.fixed(0)),
        shock: Plan.Shock(standardDeviation: 0.05, autocorrelation: 0.6),
        departmentShock: Plan.Shock(standardDeviation: 0.06, autocorrelation: 0.6)),
      overlap: .product, lines: Self.lines.map(line), interactions: [],
      targets: [
        Plan.Target(
          id: "goal", indicator: .rate(value: 0.2), deadline: 2025, probability: 0.5,
          ages: 5...17, area: nil),
        Plan.Target(
          id: "break",
          indicator: .breaks(
            .init(since: nil, goal: 0, tolerance: 0.3, persistence: 2, listError: 0.1)),
          deadline: 2025, probability: 0.5, ages: 5...17, area: nil),
      ], calibrate: false, minimumEffectiveSize: 200)
  }

  /// Ages, lag, effects on entry and exit (low, central, high), cost a child, soles per eligible child.
  private struct Line {
    let id: String
    let ages: ClosedRange<Int>
    let lag: Int
    let entry: [Double]
    let exit: [Double]
    let cost: Double
    let solesPerChild: Double
  }

  private static let lines = [
    Line(
      id: "municipal", ages: 5...17, lag: 1, entry: [0.95, 0.99, 1.00], exit: [1.00, 1.15, 1.50],
      cost: 420, solesPerChild: 40),
    Line(
      id: "transfers", ages: 5...13, lag: 0, entry: [0.70, 0.88, 1.00], exit: [1.00, 1.03, 1.15],
      cost: 406, solesPerChild: 60),
    Line(
      id: "school_day", ages: 12...17, lag: 0, entry: [0.75, 0.90, 1.00],
      exit: [1.00, 1.02, 1.10], cost: 711, solesPerChild: 70),
    Line(
      id: "meals", ages: 6...11, lag: 0, entry: [0.90, 0.98, 1.02], exit: [0.98, 1.00, 1.02],
      cost: 375, solesPerChild: 80),
    Line(
      id: "chains", ages: 10...17, lag: 2, entry: [0.75, 0.90, 1.00], exit: [1.00, 1.05, 1.20],
      cost: 900, solesPerChild: 50),
  ]

  private func line(_ line: Line) -> PlanLine {
    func triangle(_ points: [Double]) -> Distribution {
      Distribution(.triangular(low: points[0], central: points[1], high: points[2]))
    }
    let placed = population.childrenByAge.map { children in
      let eligible = line.ages.reduce(0) { $0 + children[$1 - 5] }
      return (0...Self.years).map { year in
        Centimos((100 * eligible * line.solesPerChild * 0.08 * Double(year)).rounded())
      }
    }
    let zeros = [Centimos](repeating: 0, count: Self.years + 1)
    return PlanLine(
      id: line.id, name: LocalizedText(verbatim: line.id), kind: .service, source: "",
      money: PlanLine.LineMoney(
        approved: zeros.indices.map { year in placed.reduce(0) { $0 + $1[year] } },
        national: zeros, unplaced: zeros, placed: placed),
      delivery: PlanLine.Delivery(
        execution: triangle([0.70, 0.85, 0.98]), leakage: triangle([0.05, 0.15, 0.35]),
        unitCost: Distribution(.lognormal(p05: 0.72 * line.cost, p95: 1.39 * line.cost)),
        childrenPerUnit: 1, ceiling: triangle([0.6, 0.75, 0.85]), reach: .random,
        costFactor: costFactor, eligible: nil),
      effect: PlanLine.Effect(
        entry: triangle(line.entry), exit: triangle(line.exit), ages: line.ages, lag: line.lag,
        ramp: triangle([1, 2, 5]), helps: [], amount: Distribution(.fixed(0)), fullAt: 0,
        lasting: false))
  }
}
