// Quiebre · LaborModelTests
// Kernels against the scalar twin over random small worlds.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics
import Testing

struct TwinTests {
  /// What single precision may cost.
  ///
  /// A state passes 12 ages, each adding a rounding of a share below 1, so
  /// a few 1e-7 are due; ten times that is allowed.
  static let tolerance = 3e-6

  @Test(arguments: 0..<12)
  func `national and department draws agree with the scalar twin`(number: Int) throws {
    let world = SmallWorld(number)
    let since = ObservedRate(year: 2014, rate: 0.25, standardError: 0.01)
    let result = try project(
      baseline: world.baseline, plans: [world.scenario], population: world.population,
      levels: world.levels, profile: profile, observed: [since])
    var (held, raised, lowered) = (0, 0, 0)
    for (plan, outcome) in [
      (world.baseline, result.baseline), (world.scenario, result.scenarios[0]),
    ] {
      let twin = ScalarTwin(
        plan: plan, population: world.population, levels: world.levels,
        levelError: 0.01 / (0.25 * 0.75))
      for draw in 0..<plan.replicas {
        let runs = world.population.codes.indices.map { twin.run(district: $0, draw: draw) }
        held += runs.reduce(0) { $0 + $1.held }
        raised += runs.reduce(0) { $0 + $1.raised }
        lowered += runs.reduce(0) { $0 + $1.lowered }
        compare(outcome.national, runs, world, draw) { _ in true }
        for department in outcome.departments.indices {
          compare(outcome.departments[department], runs, world, draw) {
            world.population.departmentOf[$0] == department
          }
        }
      }
    }
    #expect(result.counts.capped == held)
    // Counted once, though two plans share the profile.
    #expect(result.counts.exitRaised * 2 == raised)
    #expect(result.counts.exitLowered * 2 == lowered)
  }

  private func compare(
    _ area: AreaDraws, _ runs: [ScalarTwin.Run], _ world: SmallWorld, _ draw: Int,
    _ member: (Int) -> Bool
  ) {
    for group in AgeGroup.allCases {
      for year in area.rates[group.rawValue].indices {
        var (working, all) = (0.0, 0.0)
        for district in runs.indices where member(district) {
          for age in group.ages {
            let children = world.population.childrenByAge[district][age - 5]
            working += children * runs[district].prevalence[year][age - 5]
            all += children
          }
        }
        let rate = all > 0 ? working / all : 0
        #expect(abs(area.rates[group.rawValue][year][draw] - rate) < TwinTests.tolerance)
      }
    }
  }

  @Test(arguments: 12..<18)
  func `district bands, means, changes, avoided and coverage agree with the twin`(
    number: Int
  ) throws {
    let world = SmallWorld(number)
    let result = try project(
      baseline: world.baseline, plans: [world.scenario], population: world.population,
      levels: world.levels, profile: profile,
      options: ProjectionOptions(districtBands: Set(AgeGroup.allCases)))
    let before = ScalarTwin(
      plan: world.baseline, population: world.population, levels: world.levels, levelError: 0)
    let after = ScalarTwin(
      plan: world.scenario, population: world.population, levels: world.levels, levelError: 0)
    for district in world.population.codes.indices {
      let old = (0..<SmallWorld.draws).map { before.run(district: district, draw: $0) }
      let new = (0..<SmallWorld.draws).map { after.run(district: district, draw: $0) }
      let outcome = result.scenarios[0].districts[district]
      for group in AgeGroup.allCases {
        for year in 0...8 {
          let rates = new.map { rate($0.prevalence[year], group, district, world) }
          let expected = quantiles(of: rates, at: [0.05, 0.5, 0.95, 0.25, 0.75])
          let band = outcome.path.bands[group.rawValue][year]
          #expect(abs(band.p05 - expected[0]) < TwinTests.tolerance)
          #expect(abs(band.p50 - expected[1]) < TwinTests.tolerance)
          #expect(abs(band.p95 - expected[2]) < TwinTests.tolerance)
          #expect(outcome.path.medians[group.rawValue][year] == band.p50)
          if group == .all {
            let half = outcome.middleHalves[year]
            #expect(abs(half.p25 - expected[3]) < TwinTests.tolerance)
            #expect(abs(half.p75 - expected[4]) < TwinTests.tolerance)
          }
          let mean = rates.reduce(0, +) / Double(SmallWorld.draws)
          #expect(abs(outcome.path.means[group.rawValue][year] - mean) < TwinTests.tolerance)
        }
      }
      let differences = (0..<SmallWorld.draws).map {
        rate(new[$0].prevalence[8], .all, district, world)
          - rate(old[$0].prevalence[8], .all, district, world)
      }
      let change = quantiles(of: differences, at: [0.05, 0.5, 0.95])
      #expect(abs(outcome.changeAgainstBaseline.p05 - change[0]) < TwinTests.tolerance)
      #expect(abs(outcome.changeAgainstBaseline.p95 - change[2]) < TwinTests.tolerance)
      let children = world.population.childrenByAge[district].reduce(0, +)
      var avoided = 0.0
      for year in 3...8 {
        for draw in 0..<SmallWorld.draws {
          avoided +=
            (rate(old[draw].prevalence[year], .all, district, world)
              - rate(new[draw].prevalence[year], .all, district, world)) * children
            / Double(SmallWorld.draws)
        }
      }
      #expect(abs(outcome.avoided - avoided) <= 6 * children * TwinTests.tolerance)
      for line in world.scenario.lines.indices {
        let mean = new.reduce(0) { $0 + $1.coverage[line] } / Double(SmallWorld.draws)
        #expect(abs(outcome.coverage[line] - mean) < TwinTests.tolerance)
      }
    }
  }

  private func rate(
    _ prevalence: [Double], _ group: AgeGroup, _ district: Int, _ world: SmallWorld
  ) -> Double {
    let all = world.population.childrenByAge[district]
    var (working, children) = (0.0, 0.0)
    // Equal ages where nobody lives.
    let empty = group.ages.allSatisfy { all[$0 - 5] == 0 }
    for age in group.ages {
      let weight = empty ? 1 : all[age - 5]
      working += weight * prevalence[age - 5]
      children += weight
    }
    return working / children
  }
}
