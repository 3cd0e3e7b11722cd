// Quiebre · LaborModelTests
// Weights from published rates, weighted answers, and the districts' goal and break.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@testable import LaborModel

struct CalibrationTests {
  private static let observed = [
    // The first year makes the level's prior: it must not be counted again.
    ObservedRate(year: 2015, rate: 0.30, standardError: 0.01),
    ObservedRate(year: 2016, rate: 0.29, standardError: 0.012),
    ObservedRate(year: 2018, rate: 0.31, standardError: 0.008),
  ]

  private static func run(replicas: Int, calibrate: Bool, nationalOnly: Bool = false) throws
    -> Projection
  {
    let targets = [
      Plan.Target(
        id: "goal", indicator: .rate(value: 0.29), deadline: 2022, probability: 0.5, ages: 5...17,
        area: nil),
      Plan.Target(
        id: "break",
        indicator: .breaks(
          .init(since: nil, goal: 0, tolerance: 0.2, persistence: 2, listError: 0.1)),
        deadline: 2022, probability: 0.5, ages: 5...17, area: nil),
    ]
    let line = PlanLine.sample(
      placed: [[0, 20_000, 60_000, 60_000, 60_000, 60_000, 60_000]],
      entry: Distribution(.triangular(low: 0.5, central: 0.8, high: 1)), reach: .random)
    return try project(
      plans: [
        .sample(
          replicas: replicas, dynamics: .lively, lines: [line], targets: targets,
          calibrate: calibrate)
      ], population: .equalAges([100]),
      levels: DistrictLevels(rate: [0.3], logitError: [0.1]), profile: profile,
      observed: observed,
      options: ProjectionOptions(
        nationalOnly: nationalOnly, districtBands: Set(AgeGroup.allCases)))
  }

  @Test func `three draws get the weights of their likelihoods`() throws {
    let free = try Self.run(replicas: 3, calibrate: false)
    #expect(free.weights == [Double](repeating: 1.0 / 3, count: 3))
    let rates = free.baseline.national.rates[0]
    let likelihoods = (0..<3).map { draw in
      let first = (rates[1][draw] - 0.29) / 0.012
      let second = (rates[3][draw] - 0.31) / 0.008
      return exp(-0.5 * (first * first + second * second))
    }
    func check(_ weights: [Double], _ due: [Double]) {
      let total = due[0] + due[1] + due[2]
      for draw in 0..<3 { #expect(abs(weights[draw] - due[draw] / total) < 1e-12) }
    }
    let figures = Self.observed[1...].map { ($0.rate, $0.standardError) }
    let simulated = [rates[1], rates[3]]
    check(
      Calibration.weights(observed: figures, simulated: simulated, draws: 3), likelihoods)
    // Twice, once and half as dense as the prior: half, once and twice the weight.
    check(
      Calibration.weights(
        observed: figures, simulated: simulated, draws: 3, logRatios: [log(2), 0, log(0.5)]),
      [likelihoods[0] / 2, likelihoods[1], likelihoods[2] * 2])
  }

  @Test func `the effective number of draws is Kish's, and what isn't calibrated stays`() throws {
    let free = try Self.run(replicas: 3, calibrate: false)
    let result = try Self.run(replicas: 3, calibrate: true)
    let square = result.weights.reduce(0) { $0 + $1 * $1 }
    #expect(abs(result.effectiveSampleSize - 1 / square) < 1e-9)
    #expect(result.parameters.map(\.prior) == free.parameters.map(\.prior))
  }

  @Test func `bands, means, goal and break of a lone district follow the weighted draws`() throws {
    let result = try Self.run(replicas: 150, calibrate: true)
    for outcome in [result.baseline, result.scenarios[0]] {
      let rates = outcome.national.rates
      for group in 0..<3 {
        for year in result.years.indices {
          let due = quantiles(
            of: rates[group][year], weights: result.weights, at: [0.05, 0.5, 0.95])
          let mean = zip(rates[group][year], result.weights).reduce(0) { $0 + $1.0 * $1.1 }
          let paths = [
            outcome.nationalPath, outcome.provincePaths[0], outcome.departmentPaths[0],
            outcome.districts[0].path,
          ]
          for path in paths {
            let band = path.bands[group][year]
            // Single precision of the rates, and whole-number weights of 2⁻³⁰.
            #expect(abs(band.p05 - due[0]) < 1e-6)
            #expect(abs(band.p50 - due[1]) < 1e-6)
            #expect(abs(band.p95 - due[2]) < 1e-6)
            #expect(abs(path.means[group][year] - mean) < 1e-7)
          }
        }
      }
      let weight = { (holds: (Int) -> Bool) in
        (0..<150).filter(holds).reduce(0.0) { $0 + result.weights[$1] }
      }
      let goal = weight { rates[0][7][$0] <= 0.29 }
      #expect(abs(try #require(outcome.districts[0].probabilityOfGoal) - goal) < 1e-6)
      for year in result.years.indices {
        let share = weight { rates[0][year][$0] <= 0.29 }
        #expect(abs(outcome.districts[0].goalByYear[year] - share) < 1e-6)
      }
      let breaks = weight { draw in Self.breaks(rates[0].map { $0[draw] }) }
      #expect(abs(try #require(outcome.districts[0].probabilityOfBreak) - breaks) < 1e-6)
    }
    #expect(try #require(result.scenarios[0].districts[0].probabilityOfBreak) > 0.05)
  }

  /// Break test, section 3: base 2017, deadline 2022, Δ 0.2 pp, two years, L = rate of 2017.
  private static func breaks(_ rates: [Double]) -> Bool {
    (3...6).contains { year in
      let falls = (year...year + 1).allSatisfy { rates[$0] - rates[$0 - 1] <= -0.002 }
      return falls && rates[year + 1] <= rates[2] - 2 * 0.002
    }
  }

  @Test func `a national run gives the nation's bytes and no districts`() throws {
    let whole = try Self.run(replicas: 40, calibrate: true)
    let quick = try Self.run(replicas: 40, calibrate: true, nationalOnly: true)
    #expect(quick.scenarios[0].national == whole.scenarios[0].national)
    #expect(quick.scenarios[0].nationalPath == whole.scenarios[0].nationalPath)
    #expect(quick.weights == whole.weights)
    #expect(quick.scenarios[0].districts.isEmpty && quick.scenarios[0].provincePaths.isEmpty)
  }

  @Test func `parameters are summed up before and after the observed rates`() throws {
    let result = try Self.run(replicas: 400, calibrate: true)
    let exit = try #require(result.parameters.first { $0.name == "exit" })
    // Triangular 0.15, 0.30, 0.60: mean 0.35, 5 % at 0.15 + √(0.05·0.45·0.15).
    #expect(abs(exit.prior.mean - 0.35) < 0.02)
    #expect(abs(exit.prior.p05 - 0.2081) < 0.02)
    let level = try #require(result.parameters.first { $0.name == "level" })
    // The rates seen lie above the start: the level moves up.
    #expect(level.posterior.mean > level.prior.mean)
    #expect(result.parameters.contains { $0.name == "entry" && $0.line == "line" })
  }
}
