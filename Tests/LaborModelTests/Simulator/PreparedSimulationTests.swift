// Quiebre · LaborModelTests
// A prepared simulation against full runs, amount after amount.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Statistics
import Testing

struct PreparedSimulationTests {
  /// The plan with other amounts of its first line.
  private static func moved(_ plan: Plan, by percent: Int) -> Plan {
    var plan = plan
    plan.lines[0].money.placed = plan.lines[0].money.placed.map { years in
      years.map { $0 * Centimos(100 + percent) / 100 }
    }
    return plan
  }

  private static func expectSame(_ one: ScenarioOutcome, _ other: ScenarioOutcome) {
    #expect(one.id == other.id)
    #expect(one.national == other.national)
    #expect(one.nationalPath == other.nationalPath)
    #expect(one.departments == other.departments)
    #expect(one.departmentPaths == other.departmentPaths)
    #expect(one.provincePaths == other.provincePaths)
    #expect(one.districts == other.districts)
    #expect(one.avoided == other.avoided)
  }

  @Test(
    "each amount gets the bytes of a full run with as many draws",
    arguments: [0, 1, 2, 5], [1, 2, 3, 7])
  func amounts(number: Int, workers: Int) throws {
    let world = SmallWorld(number)
    var (baseline, scenario) = (world.baseline, world.scenario)
    let goal = Plan.Target(
      id: "goal", indicator: .rate(value: 0.2), deadline: 2021, probability: 0.5, ages: 5...17,
      area: nil)
    for draws in [200, 1_000] {
      (baseline.replicas, scenario.replicas) = (draws, draws)
      (baseline.targets, scenario.targets) = ([goal], [goal])
      // Not given, the baseline is the plan without its lines.
      let reference = number % 2 == 0 ? baseline : nil
      let options = ProjectionOptions(workers: workers, blockSize: workers)
      let prepared = try PreparedSimulation(
        baseline: reference, plan: scenario, population: world.population, levels: world.levels,
        profile: profile, options: options)
      for percent in [0, 40, -30, 0] {
        let plan = Self.moved(scenario, by: percent)
        let found = try prepared.project([plan])
        let due = try project(
          baseline: reference, plans: [plan], population: world.population, levels: world.levels,
          profile: profile)
        Self.expectSame(found.baseline, due.baseline)
        Self.expectSame(found.scenarios[0], due.scenarios[0])
        #expect(found.weights == due.weights)
        #expect(found.counts == due.counts)
        #expect(found.parameters == due.parameters)
      }
    }
  }

  @Test func `other targets ask the baseline anew`() throws {
    let world = SmallWorld(4)
    func target(_ value: Double) -> Plan.Target {
      Plan.Target(
        id: "goal", indicator: .rate(value: value), deadline: 2021, probability: 0.5, ages: 5...17,
        area: nil)
    }
    var plan = world.scenario
    plan.targets = [target(0.1)]
    let prepared = try PreparedSimulation(
      plan: plan, population: world.population, levels: world.levels, profile: profile)
    _ = try prepared.project([plan])
    plan.targets = [target(0.3)]
    let due = try project(
      plans: [plan], population: world.population, levels: world.levels, profile: profile)
    let found = try prepared.project([plan])
    Self.expectSame(found.baseline, due.baseline)
    Self.expectSame(found.scenarios[0], due.scenarios[0])
  }

  @Test func `weights from published rates are kept`() throws {
    let world = SmallWorld(6)
    var (baseline, scenario) = (world.baseline, world.scenario)
    (baseline.calibrate, scenario.calibrate) = (true, true)
    (baseline.replicas, scenario.replicas) = (200, 200)
    let observed = [
      ObservedRate(year: 2014, rate: 0.30, standardError: 0.02),
      ObservedRate(year: 2017, rate: 0.28, standardError: 0.02),
    ]
    let prepared = try PreparedSimulation(
      baseline: baseline, plan: scenario, population: world.population, levels: world.levels,
      profile: profile, observed: observed)
    let plan = Self.moved(scenario, by: 25)
    let found = try prepared.project([plan])
    let due = try project(
      baseline: baseline, plans: [plan], population: world.population, levels: world.levels,
      profile: profile, observed: observed)
    #expect(found.weights == due.weights)
    Self.expectSame(found.scenarios[0], due.scenarios[0])
  }

  @Test func `a plan over other draws is refused`() throws {
    let world = SmallWorld(1)
    let prepared = try PreparedSimulation(
      baseline: world.baseline, plan: world.scenario, population: world.population,
      levels: world.levels, profile: profile)
    var plan = world.scenario
    plan.replicas += 1
    let faults = #expect(throws: DiagnosticList.self) { try prepared.project([plan]) }
    #expect(faults?.items.map(\.code.rawValue) == ["Q500"])
  }
}
