// Quiebre · LaborModelTests
// The same bytes however a run is cut, ordered, extended or accompanied.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics
import Testing

struct PairingTests {
  private static func run(
    _ world: SmallWorld, plans: [Plan]? = nil, workers: Int = 1, blockSize: Int = 32
  ) throws -> Projection {
    try project(
      baseline: world.baseline, plans: plans ?? [world.scenario], population: world.population,
      levels: world.levels, profile: profile,
      options: ProjectionOptions(workers: workers, blockSize: blockSize))
  }

  private static func expectSame(_ one: ScenarioOutcome, _ other: ScenarioOutcome) {
    #expect(one.national == other.national)
    #expect(one.nationalPath == other.nationalPath)
    #expect(one.departments == other.departments)
    #expect(one.departmentPaths == other.departmentPaths)
    #expect(one.provincePaths == other.provincePaths)
    #expect(one.districts == other.districts)
    #expect(one.avoided == other.avoided)
  }

  @Test(arguments: [(1, 1), (2, 1), (3, 2), (7, 2), (8, 3), (2, 1000)])
  func `any number of workers and any block size give the same bytes`(
    workers: Int, blockSize: Int
  ) throws {
    let world = SmallWorld(3)
    let one = try Self.run(world)
    let other = try Self.run(world, workers: workers, blockSize: blockSize)
    Self.expectSame(one.baseline, other.baseline)
    Self.expectSame(one.scenarios[0], other.scenarios[0])
    #expect(one.counts == other.counts)
  }

  @Test func `a scenario alone gives the bytes that it gives beside others`() throws {
    let world = SmallWorld(4)
    var third = world.baseline
    third.id = "third"
    let alone = try Self.run(world)
    let beside = try Self.run(world, plans: [third, world.scenario])
    Self.expectSame(alone.scenarios[0], beside.scenarios[1])
    Self.expectSame(alone.baseline, beside.baseline)
  }

  @Test func `a scenario equal to its baseline differs by exactly nothing`() throws {
    let world = SmallWorld(2)
    var same = world.scenario
    same.id = "same"
    let result = try project(
      baseline: world.scenario, plans: [same], population: world.population,
      levels: world.levels, profile: profile)
    #expect(result.scenarios[0].national == result.baseline.national)
    #expect(result.scenarios[0].avoided.allSatisfy { $0 == 0 })
    for district in result.scenarios[0].districts {
      #expect(district.changeAgainstBaseline == Band(p05: 0, p50: 0, p95: 0))
      #expect(district.avoided == 0)
    }
  }

  @Test func `more replicas repeat the draws of fewer`() throws {
    let world = SmallWorld(6)
    func draws(_ replicas: Int) throws -> AreaDraws {
      var (baseline, scenario) = (world.baseline, world.scenario)
      baseline.replicas = replicas
      scenario.replicas = replicas
      let result = try project(
        baseline: baseline, plans: [scenario], population: world.population,
        levels: world.levels, profile: profile)
      return result.scenarios[0].national
    }
    // 70 draws end inside a vector and a chunk; 140 don't share that end.
    let (few, many) = (try draws(70), try draws(140))
    for group in 0..<3 {
      for year in few.rates[group].indices {
        #expect(few.rates[group][year] == Array(many.rates[group][year][0..<70]))
      }
    }
  }

  @Test func `districts in reverse give each district and the nation the same bytes`() throws {
    let world = SmallWorld(5)
    let count = world.population.codes.count
    let back = Array((0..<count).reversed())
    let turned = Population(
      codes: back.map { world.population.codes[$0] },
      childrenByAge: back.map { world.population.childrenByAge[$0] },
      departmentOf: back.map { world.population.departmentOf[$0] },
      departmentCodes: world.population.departmentCodes,
      provinceOf: back.map { world.population.provinceOf[$0] },
      provinceCount: world.population.provinceCount)
    func turn(_ plan: Plan) -> Plan {
      var plan = plan
      for index in plan.lines.indices {
        let line = plan.lines[index]
        plan.lines[index].money.placed = back.map { line.money.placed[$0] }
        plan.lines[index].delivery.costFactor = back.map { line.delivery.costFactor[$0] }
        plan.lines[index].delivery.eligible = line.delivery.eligible.map { old in
          back.map { old[$0] }
        }
      }
      return plan
    }
    let levels = DistrictLevels(
      rate: back.map { world.levels.rate[$0] },
      logitError: back.map { world.levels.logitError[$0] })
    let one = try Self.run(world).scenarios[0]
    let other = try project(
      baseline: turn(world.baseline), plans: [turn(world.scenario)], population: turned,
      levels: levels, profile: profile
    ).scenarios[0]
    #expect(one.national == other.national)
    #expect(one.departments == other.departments)
    #expect(one.districts == back.map { other.districts[$0] })
  }

  @Test func `a district cut in two gives the nation the same rates`() throws {
    let money = [0, 30_000, 60_000, 60_000, 60_000, 60_000, 60_000]
    func rates(_ population: Population, _ placed: [[Int]]) throws -> [[[Double]]] {
      let line = PlanLine.sample(
        placed: placed, entry: Distribution(.triangular(low: 0.5, central: 0.8, high: 1)),
        reach: .random)
      let count = population.codes.count
      return try project(
        plans: [.sample(dynamics: .lively, lines: [line])], population: population,
        levels: DistrictLevels(
          rate: [Double](repeating: 0.3, count: count),
          logitError: [Double](repeating: 0, count: count)),
        profile: profile
      ).scenarios[0].national.rates
    }
    let whole = try rates(.equalAges([200]), [money])
    let halves = try rates(.equalAges([100, 100]), [money.map { $0 / 2 }, money.map { $0 / 2 }])
    for (one, other) in zip(whole.joined().joined(), halves.joined().joined()) {
      // Three roundings to 2⁻²⁰ child, half of it at most each, of 800 children aged 14-17.
      #expect(abs(one - other) <= 1.5 * 0x1p-20 / 800)
    }
  }
}
