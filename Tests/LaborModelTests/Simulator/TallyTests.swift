// Quiebre · LaborModelTests
// Sums by factor and the worst districts of each draw, against departments' own draws and a full sort.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics
import Testing

struct TallyTests {
  private static func run(
    _ world: SmallWorld, population: Population? = nil, factors: [[Double]] = [], worst: Int = 0,
    workers: Int = 1,
    blockSize: Int = 32, nationalOnly: Bool = false
  ) throws -> Projection {
    try project(
      baseline: world.baseline, plans: [world.scenario],
      population: population ?? world.population,
      levels: world.levels, profile: profile,
      options: ProjectionOptions(
        workers: workers, blockSize: blockSize, nationalOnly: nationalOnly,
        districtFactors: factors, worst: worst))
  }

  /// The same children with every district a department of its own, so that each one's draws are kept.
  private static func open(_ world: SmallWorld) -> Population {
    var population = world.population
    let count = population.codes.count
    population.departmentOf = Array(0..<count)
    population.departmentCodes = population.codes
    population.provinceOf = Array(0..<count)
    population.provinceCount = count
    return population
  }

  /// Each district's contribution is rounded to 2⁻²⁰ child in both sums.
  @Test(arguments: 1...4)
  func `a factor's sum is the sum over districts of factor times children who work`(
    number: Int
  ) throws {
    let world = SmallWorld(number)
    let count = world.population.codes.count
    let factors = [
      [Double](repeating: 1, count: count), (0..<count).map { Double($0) / Double(count) - 0.5 },
    ]
    let result = try Self.run(
      world, population: Self.open(world), factors: factors, nationalOnly: number == 2)
    let columns = [result.base - result.years[0], result.years.count - 1]
    for outcome in [result.baseline] + result.scenarios {
      for (factor, sum) in zip(factors, outcome.factorSums) {
        for (column, found) in zip(columns, [sum.base, sum.end]) {
          for draw in found.indices {
            let slow = (0..<count).reduce(0.0) { total, district -> Double in
              let children = world.population.childrenByAge[district].reduce(0, +)
              let rate = outcome.departments[district].rates[0][column][draw]
              return total + factor[district] * children * rate
            }
            #expect(abs(found[draw] - slow) <= Double(count) * 0x1p-18)
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 5])
  func `the worst of each draw are those of a full sort`(k: Int) throws {
    let world = SmallWorld(5)
    let result = try Self.run(world, population: Self.open(world), worst: k)
    for outcome in [result.baseline] + result.scenarios {
      let rates = outcome.departments.map { $0.rates[0][result.years.count - 1] }
      let slow = probabilitiesOfWorst(
        min(k, rates.count), rates: rates, weights: result.weights)
      for (district, share) in zip(outcome.districts, slow) {
        let found = try #require(district.probabilityOfWorst)
        // Whole-number weights of 30 bits.
        #expect(abs(found - share.estimate) < 1e-6)
      }
    }
  }

  @Test(arguments: [(2, 1), (3, 2), (8, 3)])
  func `threads and blocks change no byte`(workers: Int, blockSize: Int) throws {
    let world = SmallWorld(3)
    let factors = [world.population.codes.indices.map { Double($0 % 3) - 1 }]
    let one = try Self.run(world, factors: factors, worst: 2)
    let other = try Self.run(
      world, factors: factors, worst: 2, workers: workers, blockSize: blockSize)
    for (first, second) in zip(
      [one.baseline] + one.scenarios, [other.baseline] + other.scenarios)
    {
      #expect(first.factorSums == second.factorSums)
      #expect(first.districts == second.districts)
    }
  }

  /// Parts go through their bytes; `k` is more than some parts have districts.
  @Test(arguments: [1, 3, 6])
  func `tallies of parts put together are those of the whole`(k: Int) throws {
    let world = SmallWorld(7)
    let factors = [world.population.codes.indices.map { Double($0 % 3) - 1 }]
    let ready = try PreparedSimulation(
      baseline: world.baseline, plan: world.scenario, population: world.population,
      levels: world.levels, profile: profile,
      options: ProjectionOptions(workers: 2, blockSize: 1, districtFactors: factors, worst: k))
    let whole = try ready.project([world.scenario])
    let parts = try [3, 1, 2].map { number -> ProjectionPart in
      let part = try #require(
        try ready.part(of: [world.scenario], shard: Shard(number: number, count: 3)))
      var bytes: [UInt8] = []
      part.encode { bytes += $0 }
      return try #require(ProjectionPart(decoding: bytes, in: bytes.indices))
    }
    let merged = try #require(try ready.project([world.scenario], from: parts))
    for (one, other) in zip(
      [whole.baseline] + whole.scenarios, [merged.baseline] + merged.scenarios)
    {
      #expect(one.factorSums == other.factorSums)
      #expect(one.districts == other.districts)
      #expect(one.districts.allSatisfy { $0.probabilityOfWorst != nil })
    }
  }

  @Test func `nothing is counted unasked, and asking changes nothing else`() throws {
    let world = SmallWorld(6)
    let (plain, asked) = (try Self.run(world), try Self.run(world, worst: 2))
    #expect(plain.scenarios[0].districts.allSatisfy { $0.probabilityOfWorst == nil })
    #expect(plain.scenarios[0].factorSums.isEmpty)
    let sum = asked.scenarios[0].districts.compactMap(\.probabilityOfWorst).reduce(0, +)
    #expect(abs(sum - 2) < 1e-9)
    #expect(plain.scenarios[0].national == asked.scenarios[0].national)
  }
}
