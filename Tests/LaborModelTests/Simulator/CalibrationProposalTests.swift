// Quiebre · LaborModelTests
// Draws from a proposal give the posterior that draws from the prior give, with fewer of them.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@testable import LaborModel

struct CalibrationProposalTests {
  private static let observed = [
    ObservedRate(year: 2015, rate: 0.26, standardError: 0.004),
    ObservedRate(year: 2017, rate: 0.25, standardError: 0.009),
    ObservedRate(year: 2020, rate: 0.245, standardError: 0.009),
    ObservedRate(year: 2021, rate: 0.24, standardError: 0.008),
  ]
  private static let figures = observed[1...].map { ($0.rate, $0.standardError) }

  private static func run(
    replicas: Int, calibrate: Bool = true, dynamics: Plan.Dynamics = .lively,
    districts: Int = 6, observed: [ObservedRate] = observed, logitError: Double = 0.03,
    options: ProjectionOptions = ProjectionOptions(nationalOnly: true)
  ) throws -> Projection {
    try project(
      plans: [.sample(replicas: replicas, dynamics: dynamics, calibrate: calibrate)],
      population: .equalAges((0..<districts).map { 50 + 30 * Double($0) }),
      levels: DistrictLevels(
        rate: (0..<districts).map { 0.26 + 0.02 * (Double($0) - Double(districts - 1) / 2) },
        logitError: [Double](repeating: logitError, count: districts)),
      profile: profile, observed: observed, options: options)
  }

  /// Mean and variance under weights, and what Monte Carlo leaves open of the two (variances).
  private struct Moments {
    var mean = 0.0
    var variance = 0.0
    var meanError = 0.0
    var varianceError = 0.0

    init(_ values: [Double], _ weights: [Double]) {
      for (value, weight) in zip(values, weights) { mean += weight * value }
      for (value, weight) in zip(values, weights) {
        variance += weight * (value - mean) * (value - mean)
      }
      for (value, weight) in zip(values, weights) {
        let square = (value - mean) * (value - mean)
        meanError += weight * weight * square
        varianceError += weight * weight * (square - variance) * (square - variance)
      }
    }

    /// Within 4 standard errors of the difference: by chance once in 16,000 comparisons.
    func agrees(with other: Moments) -> Bool {
      abs(mean - other.mean) <= 4 * (meanError + other.meanError).squareRoot()
        && abs(variance - other.variance)
          <= 4 * (varianceError + other.varianceError).squareRoot()
    }
  }

  @Test func `40,000 draws from the prior, weighted by hand, give the same posterior`() throws {
    let free = try Self.run(replicas: 40_000, calibrate: false)
    let weights = Calibration.weights(
      observed: Self.figures, simulated: [2, 5, 6].map { free.baseline.national.rates[0][$0] },
      draws: 40_000)
    let result = try Self.run(replicas: 4_000)
    #expect(effectiveSampleSize(weights) > 1_500)
    #expect(result.effectiveSampleSize / 4_000 > 4 * effectiveSampleSize(weights) / 40_000)
    // The nation, and the two departments, whose shocks were turned.
    for (now, before) in zip(
      [result.baseline.national] + result.baseline.departments,
      [free.baseline.national] + free.baseline.departments)
    {
      for year in result.years.indices {
        let truth = Moments(before.rates[0][year], weights)
        #expect(Moments(now.rates[0][year], result.weights).agrees(with: truth), "year \(year)")
      }
    }
    // How the departments differ, which no figure tells: the prior's law must be kept.
    func gap(_ run: Projection) -> [Double] {
      let (one, other) = (run.baseline.departments[0], run.baseline.departments[1])
      return zip(one.rates[0][5], other.rates[0][5]).map { $0 - $1 }
    }
    #expect(Moments(gap(result), result.weights).agrees(with: Moments(gap(free), weights)))
    let exit = try #require(result.parameters.first { $0.name == "exit" })
    let draws = RandomField(seed: 20_190_913).draws(
      of: Plan.Dynamics.lively.exit, .exit, count: 40_000)
    let truth = Moments(draws, weights)
    // With an effective size of 1,000 on either side: 4·0.1/√1,000.
    #expect(abs(exit.posterior.mean - truth.mean) < 0.013)
    let band = quantiles(of: draws, weights: weights, at: [0.05, 0.95])
    #expect(abs(exit.posterior.p05 - band[0]) < 0.02)
    #expect(abs(exit.posterior.p95 - band[1]) < 0.03)
  }

  @Test func `a longer run repeats the draws of a shorter one`() throws {
    let short = try Self.run(replicas: 70)
    let long = try Self.run(replicas: 330)
    for year in short.years.indices {
      #expect(
        Array(long.scenarios[0].national.rates[0][year][0..<70])
          == short.scenarios[0].national.rates[0][year])
    }
    let share = long.weights[0..<70].reduce(0, +)
    for draw in 0..<70 {
      #expect(abs(long.weights[draw] / share - short.weights[draw]) < 1e-12)
    }
  }

  @Test func `threads and blocks don't change a byte`() throws {
    func run(_ workers: Int, _ block: Int) throws -> Projection {
      try Self.run(
        replicas: 90, districts: 9,
        options: ProjectionOptions(workers: workers, blockSize: block, nationalOnly: true))
    }
    let one = try run(1, 32)
    for (workers, block) in [(2, 1), (3, 2), (8, 32)] {
      let other = try run(workers, block)
      #expect(other.weights == one.weights)
      #expect(other.baseline.national == one.baseline.national)
      #expect(other.baseline.departments == one.baseline.departments)
      #expect(other.parameters == one.parameters)
    }
  }

  /// What is uncertain beside the level: nothing, the trend, or the exit chance.
  @Test(arguments: [0, 1, 2], [true, false])
  func `a lone district and one figure, much fixed`(_ free: Int, level: Bool) throws {
    var dynamics = Plan.Dynamics.still(exit: 0.3)
    // A normal of width 0 is as fixed as a number.
    dynamics.trend = Distribution(.normal(mean: 0, standardDeviation: free == 1 ? 0.05 : 0))
    if free == 2 { dynamics.exit = Distribution(.triangular(low: 0.15, central: 0.3, high: 0.6)) }
    let observed = Array(Self.observed[(level ? 0 : 1)...1])
    let result = try Self.run(
      replicas: 200, dynamics: dynamics, districts: 1, observed: observed, logitError: 0)
    #expect(result.weights.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(abs(result.weights.reduce(0, +) - 1) < 1e-12)
    #expect(result.effectiveSampleSize > 120)
    if !level, free != 1 { #expect(result.weights == [Double](repeating: 1 / 200, count: 200)) }
  }

  @Test func `an overriding trend of any width can be calibrated`() throws {
    for width in [0, 0.02, 0.1] {
      let result = try Self.run(
        replicas: 400,
        options: ProjectionOptions(
          nationalOnly: true,
          trend: Distribution(.normal(mean: 0, standardDeviation: width))))
      let trend = try #require(result.parameters.first { $0.name == "trend" })
      // 5 % of 400 draws: 1.645·width, within 4·2.1/√400 widths.
      #expect(abs(trend.prior.p05 + 1.645 * width) <= 0.42 * width)
      #expect(trend.posterior.p95 - trend.posterior.p05 <= trend.prior.p95 - trend.prior.p05)
      #expect(result.effectiveSampleSize > 120)
    }
  }
}

/// The algebra, on laws whose posterior is known.
struct ProposalTests {
  private static let coordinates: [CommonCoordinate] = [.level, .exit, .national(step: 0)]
  private static let slopes = [0.3, -0.2, 0]

  private static func line(_ scores: CommonScores, _ draw: Int) -> Double {
    zip(scores.point(draw), slopes).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func `a rate whose logit is linear gives Bayes' closed form`() throws {
    let search = ProposalSearch(
      coordinates: Self.coordinates, observed: [(0.3, 0.0105)], since: 2015, seed: 7)
    let found = search.proposal { scores, _ in
      [(0..<ProposalSearch.pilots).map { logistic(-1 + Self.line(scores, $0)) }]
    }
    let proposal = try #require(found)
    // σ = 0.0105/(0.3·0.7) = 0.05, b'b = 0.13: m = b·(logit 0.3 + 1)/(σ² + b'b).
    let pull = (logit(0.3) + 1) / (0.0025 + 0.13)
    for (mean, slope) in zip(proposal.mean, Self.slopes) {
      #expect(abs(mean - slope * pull) < 1e-9)
    }
    // The precision: 1 + bb'/(1.2·σ²).
    for column in 0..<3 {
      let unit = (0..<3).map { $0 == column ? 1.0 : 0 }
      let row = proposal.precision.multiplyLower(proposal.precision.multiplyUpper(unit))
      for index in 0..<3 {
        let due = unit[index] + Self.slopes[index] * Self.slopes[column] / 0.003
        #expect(abs(row[index] - due) < 1e-7)
      }
    }
  }

  /// The right center, and one three standard deviations off in two coordinates.
  @Test(arguments: [[0.0, 0, 0], [1.5, 1.5, 0]])
  func `any proposal's weights give the posterior of a linear law`(_ mean: [Double]) throws {
    let precision = try #require(Cholesky([[4, 0.5, 0], [0.5, 4, 0], [0, 0, 1]]))
    let proposal = Proposal(coordinates: Self.coordinates, mean: mean, precision: precision)
    let count = 40_000
    let scores = proposal.draws(RandomField(seed: 11), since: 2015, count: count, mixed: true)
    let weights = Calibration.weights(
      observed: [(0.4, 0.2)], simulated: [(0..<count).map { 0.3 + Self.line(scores, $0) }],
      draws: count, logRatios: (0..<count).map { proposal.logMixtureRatio(scores.point($0)) })
    // m = b·0.1/(0.04 + 0.13), S = 1 − bb'/(0.04 + 0.13).
    let effective = effectiveSampleSize(weights)
    for (row, slope) in zip(scores.rows, Self.slopes) {
      let found = zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }
      let square = zip(row, weights).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
      let due = slope * 0.1 / 0.17
      // Five standard errors: the errors of extreme weights aren't quite normal.
      #expect(abs(found - due) < 5 / effective.squareRoot())
      let spread = 1 - slope * slope / 0.17
      #expect(abs(square - due * due - spread) < 5 * (2 / effective).squareRoot())
    }
    // 1/share bounds every weight before likelihoods.
    for draw in stride(from: 0, to: count, by: 97) {
      #expect(proposal.logMixtureRatio(scores.point(draw)) > log(Proposal.priorShare) - 1e-12)
    }
  }

  @Test func `a figure that says nothing keeps the prior`() {
    let search = ProposalSearch(
      coordinates: Self.coordinates, observed: [(0.3, 100)], since: 2015, seed: 7)
    let found = search.proposal { scores, _ in
      [(0..<ProposalSearch.pilots).map { logistic(-1 + Self.line(scores, $0)) }]
    }
    // Whatever is found, the draws stay the prior's within the figure's tiny pull.
    for mean in found?.mean ?? [] { #expect(abs(mean) < 1e-4) }
  }

  @Test func `what can't be fitted keeps the prior`() {
    func search(_ coordinates: [CommonCoordinate]) -> Proposal? {
      ProposalSearch(
        coordinates: coordinates, observed: [(0.3, 0.01)], since: 2015, seed: 7
      ).proposal { _, _ in [[Double](repeating: 0, count: ProposalSearch.pilots)] }
    }
    #expect(search([]) == nil)
    // The logit of a rate of 0.
    #expect(search(Self.coordinates) == nil)
    #expect(search((0..<65).map { .national(step: $0) }) == nil)
  }

  @Test func `Cholesky's factor by hand, and refused where there is none`() throws {
    let root = try #require(Cholesky([[4, 2], [2, 3]]))
    #expect(root.rows == [[2], [1, 2.0.squareRoot()]])
    // 4x + 2y = 8, 2x + 3y = 8.
    let x = root.solve([8, 8])
    #expect(abs(x[0] - 1) < 1e-15 && abs(x[1] - 2) < 1e-15)
    #expect(abs(root.halfLogDeterminant - 0.5 * log(8)) < 1e-15)
    #expect(Cholesky([[1, 1], [1, 1]]) == nil)
    #expect(Cholesky([[0]]) == nil)
  }

  @Test func `a linear fit by hand`() throws {
    // Means 2.5 and 3; slope Σ(x − 2.5)(y − 3)/5 = 1; residuals ½, −½, −½, ½ with 2 degrees.
    let fit = try #require(LinearFit(columns: [[1, 2, 3, 4]], responses: [[2, 2, 3, 5]]))
    #expect(abs(fit.intercepts[0] - 0.5) < 1e-12 && abs(fit.slopes[0][0] - 1) < 1e-12)
    #expect(abs(fit.residualCovariance[0][0] - 0.5) < 1e-12)
    #expect(LinearFit(columns: [[1, 2], [2, 1]], responses: [[1, 2]]) == nil)
    #expect(LinearFit(columns: [[1, 1, 1]], responses: [[1, 2, 3]]) == nil)
  }
}
