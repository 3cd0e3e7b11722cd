// Quiebre · LaborModel
// All that the workers of one pass share and none of them changes.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// One pass over the districts: which plans, which years, which draws.
final class Simulation: Sendable {
  let population: Population
  let levels: DistrictLevels
  let stationary: StationaryProfiles
  let ageOdds: [Float]
  let draws: DrawGrid
  let common: CommonDraws
  /// The baseline and then the scenarios.
  let plans: [CompiledPlan]
  let rules: [DistrictRules]
  let weights: DrawWeights
  let weightLanes: WeightLanes
  let since: Int
  let base: Int
  let steps: Int
  /// No quantiles and answers below the departments.
  let sumsOnly: Bool
  /// Age groups of which districts get 5 to 95 %.
  let bandsOf: Set<AgeGroup>
  /// The baseline's answers where an earlier pass gave them.
  let knownBaseline: ScenarioOutcome?
  let seed: UInt64
  /// What is counted beside the sums.
  let tallies: TallyRequest

  init(
    population: Population, levels: DistrictLevels, stationary: StationaryProfiles,
    ageOdds: [Float], draws: DrawGrid, common: CommonDraws, plans: [CompiledPlan],
    rules: [DistrictRules], weights: DrawWeights, steps: Int, sumsOnly: Bool,
    bandsOf: Set<AgeGroup>, knownBaseline: ScenarioOutcome? = nil,
    tallies: TallyRequest = TallyRequest()
  ) {
    self.population = population
    self.levels = levels
    self.stationary = stationary
    self.ageOdds = ageOdds
    self.draws = draws
    self.common = common
    self.plans = plans
    self.rules = rules
    self.weights = weights
    weightLanes = WeightLanes(weights)
    since = plans[0].plan.since
    base = plans[0].plan.base
    seed = plans[0].plan.seed
    self.steps = steps
    self.sumsOnly = sumsOnly
    self.bandsOf = bandsOf
    self.knownBaseline = knownBaseline
    self.tallies = tallies
  }

  /// The first simulated year is year 0.
  var years: Int { steps + 1 }

  /// Children of a district, ages 5-13 and 14-17.
  func children(_ district: Int) -> (lower: Double, upper: Double) {
    let counts = population.childrenByAge[district]
    return (counts[0..<9].reduce(0, +), counts[9..<13].reduce(0, +))
  }

  /// Children of a year over those of the base year.
  func growth(year: Int) -> Double {
    var factor = 1.0
    for _ in 0..<abs(since + year - base) { factor *= 1 + population.growth }
    return since + year >= base ? factor : 1 / factor
  }
}

/// Consecutive districts of one province.
struct WorkPiece: Sendable {
  let districts: [Int]
  let province: Int
  let department: Int
  /// Pieces of this province.
  let parts: Int

  /// Cuts the provinces into pieces of at most `blockSize` districts.
  static func pieces(of population: Population, blockSize: Int) -> [WorkPiece] {
    var members = [[Int]](repeating: [], count: population.provinceCount)
    for (district, province) in population.provinceOf.enumerated() {
      members[province].append(district)
    }
    return members.enumerated().flatMap { province, districts in
      // A province that spans departments is cut at their border.
      let departments = Set(districts.map { population.departmentOf[$0] }).sorted()
      let runs = departments.flatMap { department in
        let own = districts.filter { population.departmentOf[$0] == department }
        return stride(from: 0, to: own.count, by: blockSize).map {
          (department, Array(own[$0..<min(own.count, $0 + blockSize)]))
        }
      }
      return runs.map {
        WorkPiece(districts: $0.1, province: province, department: $0.0, parts: runs.count)
      }
    }
  }
}
