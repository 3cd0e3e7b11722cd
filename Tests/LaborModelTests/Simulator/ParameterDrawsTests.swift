// Quiebre · LaborModelTests
// Draws that a run gives out and takes in again.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Statistics
import Testing

@Suite("Parameter draws")
struct ParameterDrawsTests {
  private static let observed = [
    ObservedRate(year: 2014, rate: 0.26, standardError: 0.01),
    ObservedRate(year: 2015, rate: 0.262, standardError: 0.01),
    ObservedRate(year: 2016, rate: 0.255, standardError: 0.012),
  ]

  /// A random world whose runs calibrate, 100 draws (so that the last vector is filled up).
  private static func world(_ number: Int) -> (SmallWorld, baseline: Plan, plan: Plan) {
    let world = SmallWorld(number)
    var (baseline, plan) = (world.baseline, world.scenario)
    (baseline.replicas, plan.replicas) = (100, 100)
    (baseline.calibrate, plan.calibrate) = (true, true)
    return (world, baseline, plan)
  }

  private static func expectSame(_ one: Projection, _ other: Projection) {
    for (mine, due) in [(one.baseline, other.baseline), (one.scenarios[0], other.scenarios[0])] {
      #expect(mine.national == due.national)
      #expect(mine.nationalPath == due.nationalPath)
      #expect(mine.departments == due.departments)
      #expect(mine.provincePaths == due.provincePaths)
      #expect(mine.districts == due.districts)
      #expect(mine.avoided == due.avoided)
    }
    #expect(one.weights == other.weights)
    #expect(one.counts == other.counts)
    #expect(one.parameters == other.parameters)
  }

  private func ready(
    _ number: Int, given: ParameterDraws? = nil, workers: Int = 1,
    change: (inout Plan) -> Void = { _ in }
  ) throws -> (PreparedSimulation, Plan) {
    let made = Self.world(number)
    let world = made.0
    var (baseline, plan) = (made.baseline, made.plan)
    change(&baseline)
    change(&plan)
    let ready = try PreparedSimulation(
      baseline: baseline, plan: plan, population: world.population, levels: world.levels,
      profile: profile, observed: Self.observed, given: given,
      options: ProjectionOptions(workers: workers))
    return (ready, plan)
  }

  @Test("a run's draws, given back, give its bits", arguments: [0, 1, 2, 4, 5, 8])
  func roundTrip(number: Int) throws {
    let (first, plan) = try ready(number)
    let draws = try first.parameterDraws(plan)
    let (second, _) = try ready(number, given: draws, workers: 3)
    Self.expectSame(try second.project([plan]), try first.project([plan]))
    #expect(try second.parameterDraws(plan) == draws)
  }

  @Test func `the draws say all that the seed says`() throws {
    // With everything given, another seed moves nothing but the districts' own errors.
    let made = Self.world(2)
    let world = made.0
    var (baseline, plan) = (made.baseline, made.plan)
    let levels = DistrictLevels(
      rate: world.levels.rate, logitError: world.levels.rate.map { _ in 0 })
    func ready(given: ParameterDraws?) throws -> PreparedSimulation {
      try PreparedSimulation(
        baseline: baseline, plan: plan, population: world.population, levels: levels,
        profile: profile, observed: Self.observed, given: given)
    }
    let (first, own) = (try ready(given: nil), plan)
    let draws = try first.parameterDraws(own)
    (baseline.seed, plan.seed) = (7, 7)
    let (second, other) = (try ready(given: draws), plan)
    let (one, two) = (try first.project([own]), try second.project([other]))
    #expect(one.scenarios[0].national == two.scenarios[0].national)
    #expect(one.scenarios[0].districts == two.scenarios[0].districts)
  }

  @Test func `a fixed draw is the fixed number`() throws {
    let (base, plan) = try ready(1) { $0.calibrate = false }
    var columns = try base.parameterDraws(plan).columns
    for index in columns.indices where columns[index].name == "simulation.exit" {
      columns[index].values = [Double](repeating: 0.25, count: 100)
    }
    let (given, _) = try ready(
      1, given: ParameterDraws(count: 100, columns: columns, weights: nil)
    ) { $0.calibrate = false }
    let (fixed, fixedPlan) = try ready(1) {
      $0.calibrate = false
      $0.dynamics.exit = Distribution(.fixed(0.25))
    }
    let (one, two) = (try given.project([plan]), try fixed.project([fixedPlan]))
    #expect(one.baseline.national == two.baseline.national)
    #expect(one.scenarios[0].districts == two.scenarios[0].districts)
  }

  @Test func `weights count as draws repeated`() throws {
    let (base, plan) = try ready(4) { $0.calibrate = false }
    let draws = try base.parameterDraws(plan)
    // Draw 0 alone counts: means are its rates.
    var weights = [Double](repeating: 0, count: 100)
    weights[0] = 3
    let (single, weighted) = try ready(
      4, given: ParameterDraws(count: 100, columns: draws.columns, weights: weights))
    let found = try single.project([weighted])
    #expect(found.effectiveSampleSize == 1)
    let rates = found.scenarios[0].national.rates[0]
    #expect(found.scenarios[0].nationalPath.means[0] == rates.map { $0[0] })
    let unweighted = try base.project([plan])
    #expect(rates == unweighted.scenarios[0].national.rates[0])
  }

  @Test func `lines alone leave the calibration as it is`() throws {
    let (base, plan) = try ready(5)
    let all = try base.parameterDraws(plan)
    let lines = all.columns.filter { $0.name.hasPrefix("line.") }
    #expect(!lines.isEmpty)
    let (given, _) = try ready(
      5, given: ParameterDraws(count: 100, columns: lines, weights: nil))
    Self.expectSame(try given.project([plan]), try base.project([plan]))
  }

  @Test func `columns are named for every uncertain number`() throws {
    let (world, baseline, plan) = Self.world(6)
    let names = DrawableParameter.all(
      baseline: baseline, plan: plan, departmentCodes: world.population.departmentCodes,
      observed: Self.observed
    ).map(\.name)
    #expect(Set(names).count == names.count)
    for name in [
      "level", "simulation.exit", "simulation.trend", "simulation.trend_exit",
      "simulation.shock.2015", "simulation.shock_department.B.2022", "line.line0.unit_cost",
      "line.line0.effect.ramp", "interaction.pair.exit",
    ] { #expect(names.contains(name), "\(name)") }
    #expect(!names.contains("simulation.shock.2014"))
    // A line that only acts on exit has no effect on entry to give.
    for line in plan.lines where line.effect.entry == Distribution(.fixed(1)) {
      #expect(!names.contains("line.\(line.id).effect.entry"))
    }
  }

  @Test func `a baseline with other numbers has columns of its own`() throws {
    let made = Self.world(1)
    let (world, plan) = (made.0, made.plan)
    var baseline = made.baseline
    let line = try #require(plan.lines.firstIndex { $0.kind == .service || $0.kind == .transfer })
    baseline.lines[line].delivery.unitCost = Distribution(.uniform(low: 400, high: 500))
    func ready(given: ParameterDraws?) throws -> PreparedSimulation {
      try PreparedSimulation(
        baseline: baseline, plan: plan, population: world.population, levels: world.levels,
        profile: profile, observed: Self.observed, given: given)
    }
    let first = try ready(given: nil)
    let draws = try first.parameterDraws(plan)
    let own = try #require(draws["baseline.line.\(plan.lines[line].id).unit_cost"])
    #expect(own.allSatisfy { (400...500).contains($0) })
    Self.expectSame(try ready(given: draws).project([plan]), try first.project([plan]))
  }
}
