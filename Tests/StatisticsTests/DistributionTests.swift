// Quiebre · StatisticsTests
// Distribution functions and quantiles against mpmath and scipy.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite("Distributions")
struct DistributionTests {
  /// The tail's relative error grows with z², as that of −z²/2 does: 2e-16·(1 + z²) and a little.
  @Test(arguments: DistributionTables.normal)
  func normalProbabilityKeepsItsDigitsInTheTail(z: Double, expected: Double) {
    let error = (normalProbability(atMost: z) - expected).magnitude
    #expect(error <= 4e-16 * (1 + z * z) * expected)
  }

  @Test(arguments: DistributionTables.studentT)
  func studentProbabilityMeetsMpmath(nu: Double, t: Double, expected: Double) {
    let probability = StudentT(degreesOfFreedom: nu).probability(atMost: t)
    #expect((probability - expected).magnitude <= 1e-13 * max(expected, 1e-3))
  }

  /// Far below the 1e-10 that the break test asks for.
  @Test(arguments: DistributionTables.studentTQuantile)
  func studentQuantileMeetsScipy(nu: Double, p: Double, expected: Double) {
    let quantile = StudentT(degreesOfFreedom: nu).quantile(p)
    #expect((quantile - expected).magnitude <= 1e-11 * max(1, expected.magnitude))
  }

  @Test func namedPointsAreQuantiles() {
    #expect((NormalPoint.upper05 - normalQuantile(0.95)).magnitude < 1e-15)
    #expect((NormalPoint.upper025 - normalQuantile(0.975)).magnitude < 1e-15)
    #expect((NormalPoint.upper10 - normalQuantile(0.9)).magnitude < 1e-15)
    #expect((NormalPoint.upper20 - normalQuantile(0.8)).magnitude < 1e-15)
  }

  /// scipy 1.17.1: stats.triang.ppf(u, 1/3, 0.15, 0.45).
  @Test(arguments: [
    (0.01, 0.17598076211353314), (0.2, 0.26618950038622247), (0.5, 0.34019237886466835),
    (0.9, 0.48381049961377753), (0.999, 0.5883810499613777),
  ])
  func triangularQuantileMeetsScipy(u: Double, expected: Double) {
    let exit = Distribution(.triangular(low: 0.15, central: 0.30, high: 0.60))
    #expect((exit.quantile(u) - expected).magnitude <= 1e-15)
  }

  /// scipy 1.17.1: stats.lognorm.ppf(u, s, scale=exp(mu)) with mu, s from the two quantiles.
  @Test(arguments: [
    (0.01, 0.4170667979946087), (0.05, 0.5), (0.5, 0.7745966692414834), (0.8, 0.9690514821311574),
    (0.95, 1.2),
  ])
  func logNormalQuantileMeetsScipy(u: Double, expected: Double) {
    let ratio = Distribution(.lognormal(p05: 0.5, p95: 1.2))
    #expect((ratio.quantile(u) - expected).magnitude <= 1e-15 * 4)
  }

  /// mpmath 1.4.1, 30 digits: the root of betainc(a, b, 0, x, regularized=True) − u. (R 4.2.2's qbeta is
  /// off by 7e-12 at 0.4, 0.7, 0.5.)
  @Test(arguments: [
    (2.0, 5.0, 0.001, 0.0082554927877466775), (2, 5, 0.05, 0.06284989170835438),
    (2, 5, 0.5, 0.26444998329565996), (2, 5, 0.95, 0.58180340925202591),
    (2, 5, 0.999, 0.81861386691913397), (0.4, 0.7, 0.05, 0.00090126886508991464),
    (0.4, 0.7, 0.5, 0.26755992832498674), (0.4, 0.7, 0.95, 0.96010197079020507),
    (300, 2000, 1e-6, 0.099408441876720551), (300, 2000, 0.5, 0.13032765695307752),
  ])
  func betaQuantileMeetsMpmath(a: Double, b: Double, u: Double, expected: Double) {
    let found = Distribution(.beta(low: 0, high: 1, a: a, b: b)).quantile(u)
    // The incomplete function loses some digits of log Γ at large shapes.
    #expect((found - expected).magnitude <= 1e-12 * max(1, a / 10) * expected)
  }

  /// The same root for 1 + 4·0.2/0.7 and 1 + 4·0.5/0.7, times 0.7, + 0.2; mean (0.2 + 4·0.4 + 0.9)/6 = 0.45.
  @Test(arguments: [
    (0.05, 0.09002266476534695), (0.5, 0.34036980020289214), (0.95, 0.68198878478508934),
  ])
  func pertIsAScaledBeta(u: Double, expected: Double) {
    let pert = Distribution(.pert(low: 0.2, central: 0.4, high: 0.9))
    #expect((pert.quantile(u) - (0.2 + 0.7 * expected)).magnitude <= 1e-14)
    #expect((pert.mean - 0.45).magnitude <= 1e-15)
    #expect((pert.support.lowerBound, pert.support.upperBound) == (0.2, 0.9))
    #expect(pert.quantile(0) == 0.2 && pert.quantile(1) == 0.9)
  }

  static let all: [Distribution] = [
    Distribution(.fixed(0.4)), Distribution(.uniform(low: -1, high: 3)),
    Distribution(.triangular(low: 0.15, central: 0.30, high: 0.60)),
    Distribution(.triangular(low: 0, central: 0, high: 1)),
    Distribution(.triangular(low: 0, central: 1, high: 1)),
    Distribution(.triangular(low: 2, central: 2, high: 2)),
    Distribution(.normal(mean: 1, standardDeviation: 0.2)),
    Distribution(.normal(mean: 1, standardDeviation: 0)),
    Distribution(.lognormal(p05: 0.5, p95: 1.2)), Distribution(.lognormal(p05: 0.7, p95: 0.7)),
    Distribution(.triangular(low: 0.6, central: 0.8, high: 1), noEffect: 0.25),
    Distribution(.lognormal(p05: 0.5, p95: 0.9), noEffect: 1),
  ]

  /// The midpoint rule with 200,000 cells misses the mean of these by less than 1e-4: the widest,
  /// the normal, loses its outermost half cells, some 5 standard deviations × 5e-6 each.
  @Test(arguments: all)
  func meanIsTheIntegralOfTheQuantile(_ distribution: Distribution) {
    let cells = 200_000
    let values = (0..<cells).map { distribution.quantile((Double($0) + 0.5) / Double(cells)) }
    #expect((fixedOrderSum(values) / Double(cells) - distribution.mean).magnitude < 1e-4)
    #expect(values.allSatisfy { distribution.support.contains($0) })
  }

  @Test func pointMassTakesTheLowestShareOfTheDraws() {
    let shape = Distribution.Shape.uniform(low: 0.5, high: 0.9)
    let effect = Distribution(shape, noEffect: 0.2)
    #expect(effect.quantile(0.05) == 1 && effect.quantile(0.2) == 1)
    // u = 0.6 is half way through the remaining 0.2...1.
    #expect((effect.quantile(0.6) - 0.7).magnitude < 1e-15)
    #expect(effect.quantile(1 - 0x1p-53) <= 0.9)
    #expect(Distribution(shape, noEffect: 1).quantile(0.999) == 1)
    #expect(Distribution(shape, noEffect: 1).isFixed && !effect.isFixed)
    let normal = Distribution(.normal(mean: 0, standardDeviation: 1), noEffect: 0.9999)
    #expect(normal.quantile(1 - 0x1p-53).isFinite)
  }
}
