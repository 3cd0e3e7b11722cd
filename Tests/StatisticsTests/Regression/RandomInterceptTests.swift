// Quiebre · StatisticsTests
// The random intercept against lme4, and its likelihood against plain integration.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite("Random intercept")
struct RandomInterceptTests {
  private let r = RegressionFixture.expected

  private struct Sample {
    let design: PackedColumns
    let outcomes: [Bool]
    let groups: [Int]
  }

  private func districts() throws -> Sample {
    let table = try RegressionFixture.table("districts")
    return Sample(
      design: try RegressionFixture.design(table, ["x1", "x2"]),
      outcomes: try RegressionFixture.numbers(table, "y").map { $0 == 1 },
      groups: RegressionFixture.labels(table["district"] ?? []))
  }

  private func fit(
    _ sample: Sample, points: Int, workers: Int = 1, weights: [Double]? = nil
  ) throws -> RandomInterceptFit {
    try RandomInterceptFit(
      sample.design, outcomes: sample.outcomes, weights: weights, groupOf: sample.groups,
      groups: 30, points: points, workers: workers)
  }

  /// lme4 stops some 1e-6 from the top: estimates agree to 2e-5, and ours is never lower.
  @Test(arguments: [1, 7, 15])
  func asInLme4(points: Int) throws {
    let found = try fit(districts(), points: points)
    let name = "mixed.\(points)."
    #expect(agree(found.coefficients, r[name + "beta"], within: 2e-5))
    #expect(agree([found.spread], r[name + "sigma"], within: 2e-5))
    #expect(agree(roots(found.modelCovariance), r[name + "se"], within: 2e-3))
    let theirs = try #require(r[name + "loglik"]?.first)
    #expect(found.logLikelihood > theirs - 1e-9 && found.logLikelihood < theirs + 1e-5)
    if points == 1 {
      #expect(
        agree(Array(found.effects[0..<4].map(\.mean)), r["mixed.effects"], within: 2e-4))
      #expect(
        agree(Array(found.effects[0..<4].map(\.deviation)), r["mixed.effects.sd"], within: 2e-4))
    }
  }

  /// The likelihood by the trapezoid rule on a fine grid, at the estimates and beside them.
  @Test func isTheMaximumOfTheIntegral() throws {
    let sample = try districts()
    let found = try fit(sample, points: 25)
    func likelihood(_ beta: [Double], _ sigma: Double) -> Double {
      (0..<30).reduce(0) { sum, group in
        let rows = sample.groups.indices.filter { sample.groups[$0] == group }
        var integral = 0.0
        for step in -800...800 {
          let u = Double(step) / 100
          var height = -u * u / 2
          for row in rows {
            let eta =
              beta[0] + beta[1] * sample.design[row, 0] + beta[2] * sample.design[row, 1]
              + sigma * u
            height -= log1p(exp(sample.outcomes[row] ? -eta : eta))
          }
          integral += exp(height) / 100
        }
        return sum + log(integral) - log(2 * 3.14159265358979324) / 2
      }
    }
    let top = likelihood(found.coefficients, found.spread)
    #expect((top - found.logLikelihood).magnitude < 1e-8)
    for index in 0..<4 {
      // Slope and curvature by differences of a tenth of a standard error.
      let error =
        index < 3 ? found.modelCovariance[index][index].squareRoot() : found.spreadError
      let step = 0.1 * error
      func moved(_ sign: Double) -> Double {
        var beta = found.coefficients
        if index < 3 { beta[index] += sign * step }
        return likelihood(beta, found.spread + (index == 3 ? sign * step : 0))
      }
      let (high, low) = (moved(1), moved(-1))
      #expect(high < top && low < top)
      #expect((high - low).magnitude < 0.05 * (2 * top - high - low))
    }
  }

  @Test func threadsChangeNotOneBit() throws {
    let sample = try districts()
    let one = try fit(sample, points: 7)
    for workers in [2, 3, 8] {
      let other = try fit(sample, points: 7, workers: workers)
      #expect(other.coefficients == one.coefficients && other.spread == one.spread)
      #expect(other.effects == one.effects && other.covariance() == one.covariance())
    }
  }

  /// Groups dealt out in turn differ by chance alone, and less: σ is 0, and the fit the plain one.
  @Test func groupsAlikeHaveNoSpread() throws {
    let sample = try districts()
    let order = sample.outcomes.indices.sorted {
      (sample.outcomes[$0] ? 1 : 0, $0) < (sample.outcomes[$1] ? 1 : 0, $1)
    }
    var groups = [Int](repeating: 0, count: order.count)
    for (place, row) in order.enumerated() { groups[row] = place % 30 }
    let found = try RandomInterceptFit(
      sample.design, outcomes: sample.outcomes, groupOf: groups, groups: 30, workers: 1)
    let plain = try LogisticFit(sample.design, outcomes: sample.outcomes, workers: 1)
    #expect(found.spread == 0 && found.coefficients == plain.coefficients)
    #expect(found.effects.allSatisfy { $0.mean == 0 && $0.deviation == 0 })
    let units = SamplingUnits(unitOf: groups)
    #expect(agree(roots(found.covariance()), roots(plain.covariance(over: units)), within: 1e-12))
  }

  /// Scaled by district, weights that differ between districts only change nothing.
  @Test func weightsOfADistrictScaleAway() throws {
    let sample = try districts()
    let weights = scaledToGroups(
      sample.groups.map { Double($0 + 1) * 100 }, groupOf: sample.groups)
    #expect(weights.allSatisfy { ($0 - 1).magnitude < 1e-12 })
    let (plain, weighted) = try (
      fit(sample, points: 7), fit(sample, points: 7, weights: weights)
    )
    #expect(agree(plain.coefficients, weighted.coefficients, within: 1e-8))
  }

  /// With groups as units, the robust errors lie near the model's where the model is true.
  @Test func robustErrorsLieNearTheModels() throws {
    let found = try fit(districts(), points: 7)
    let ratio = zip(roots(found.covariance()), roots(found.modelCovariance)).map { $0 / $1 }
    #expect(ratio.allSatisfy { (0.7...1.4).contains($0) }, "\(ratio)")
  }

  @Test func meanChancesAreOverTheIntercept() {
    // mpmath 1.4.1, quad(npdf(z)/(1 + exp(-(eta + s*z))), [-12, 12]).
    #expect((meanChances([-1], spread: 0.3)[0] - 0.272909162097435).magnitude < 1e-12)
    #expect((meanChances([0.5], spread: 1)[0] - 0.6020271328167501).magnitude < 1e-8)
    #expect(meanChances([0.5], spread: 0)[0] == logistic(0.5))
  }
}

@Suite("Gauss-Hermite rule")
struct GaussHermiteTests {
  /// NumPy 2.4.6: polynomial.hermite_e.hermegauss(15), weights divided by their sum.
  @Test func fifteenPointsAsInNumPy() {
    let rule = GaussHermiteRule(points: 15)
    let nodes = [
      0, 0.799129068324548, 1.6067100690287297, 2.432436827009758, 3.2890824243987664,
      4.1962077112690155, 5.190093591304781, 6.363947888829839,
    ]
    let weights = [
      0.31825951825951815, 0.23246229360973225, 0.08941779539984437, 0.017365774492137616,
      0.001567357503549956, 5.642146405189029e-05, 5.975419597920599e-07, 8.589649899633252e-10,
    ]
    for index in 0..<8 {
      #expect((rule.nodes[7 + index] - nodes[index]).magnitude < 2e-15)
      #expect(rule.nodes[7 - index] == -rule.nodes[7 + index])
      #expect((rule.weights[7 + index] / weights[index] - 1).magnitude < 1e-12)
    }
  }

  /// E Z²ᵏ = (2k − 1)!! up to degree 2n − 1.
  @Test(arguments: [1, 2, 3, 7, 20, 41, 64])
  func momentsAreExact(points: Int) {
    let rule = GaussHermiteRule(points: points)
    var moment = 1.0
    for k in 0..<min(points, 12) {
      let found = zip(rule.nodes, rule.weights).reduce(0.0) { sum, pair in
        sum + pair.1 * (0..<(2 * k)).reduce(1.0) { power, _ in power * pair.0 }
      }
      #expect((found / moment - 1).magnitude < 1e-11, "\(points) points, moment \(2 * k)")
      moment *= Double(2 * k + 1)
    }
  }
}
