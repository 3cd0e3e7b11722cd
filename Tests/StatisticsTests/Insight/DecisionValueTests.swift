// Quiebre · StatisticsTests
// Value of information: two normal net benefits in closed form, and choices that nothing can change.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite("Value of information")
struct DecisionValueTests {
  private func normals(_ seed: UInt64, _ index: Int, count: Int) -> [Double] {
    RandomField(seed: seed).stream(RandomQuantity(rawValue: 990), year: index).normals(count: count)
  }

  /// E max(0, m + s·z) for a standard normal z: m·Φ(m/s) + s·φ(m/s).
  private func gain(_ m: Double, _ s: Double) -> Double {
    let z = m / s
    let density = Compute.exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    return m * normalProbability(atMost: z) + s * density
  }

  /// Nothing against m + 3x + 4e, whose values of information are closed.
  ///
  /// EVPI = gain(m, 5) − max(0, m), EVPPI of x gain(m, 3) − max(0, m), of e gain(m, 4) − max(0, m).
  /// Stated errors hold within four.
  @Test(arguments: [-1.0, 0.5, 2], [1000, 10_000])
  func twoNormalNetBenefitsHaveTheirClosedForm(mean: Double, draws: Int) {
    let (x, e) = (normals(21, 0, count: draws), normals(21, 1, count: draws))
    let value = DecisionValue(netBenefits: [
      [Double](repeating: 0, count: draws), zip(x, e).map { mean + 3 * $0 + 4 * $1 },
    ])
    for (found, spread) in [
      (value.perfectInformation(), 5.0), (value.information(about: x), 3),
      (value.information(about: e), 4),
    ] {
      let expected = gain(mean, spread) - max(0, mean)
      #expect(abs(found.value - expected) <= 4 * found.standardError, "\(found), \(expected)")
      #expect(found.standardError < 12 / Double(draws).squareRoot())
    }
  }

  /// The bias of a fitted maximum is taken off: 40 runs of 500 draws, m = 0.5, s = 1, noise 3.
  @Test func theMeanOverManyRunsIsNearTheTruth() {
    let found = (0..<40).map { run in
      let (x, e) = (normals(22, 2 * run, count: 500), normals(22, 2 * run + 1, count: 500))
      return DecisionValue(netBenefits: [
        [Double](repeating: 0, count: 500), zip(x, e).map { 0.5 + $0 + 3 * $1 },
      ]).information(about: x).value
    }
    let mean = found.reduce(0, +) / 40
    let spread = (found.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 39 / 40).squareRoot()
    #expect(abs(mean - (gain(0.5, 1) - 0.5)) < 4 * spread + 0.02)
  }

  @Test func whatCanChangeNoChoiceIsWorthNothing() {
    let (x, idle) = (normals(23, 0, count: 2000), normals(23, 1, count: 2000))
    let sure = DecisionValue(netBenefits: [x, x.map { $0 + 1 }])
    #expect(sure.best == 1)
    #expect(sure.perfectInformation().value == 0)
    #expect(sure.information(about: x).value < 1e-9)
    #expect(sure.chancesOfBest().map(\.estimate) == [0, 1])
    let open = DecisionValue(netBenefits: [x.map { _ in 0 }, x])
    let nothing = open.information(about: idle)
    #expect(nothing.value <= 4 * nothing.standardError)
    #expect(DecisionValue(netBenefits: [x]).information(about: x).value == 0)
  }

  /// Three draws by hand: maxima 3, 5, 4 of weights ½, ¼, ¼; means 2.75 and 2.5.
  @Test func aHandSumAgrees() {
    let value = DecisionValue(
      netBenefits: [[3, 1, 4], [1, 5, 3]], weights: [2, 1, 1])
    #expect(value.means == [2.75, 2.5])
    #expect(value.best == 0)
    #expect(abs(value.perfectInformation().value - (3.75 - 2.75)) < 1e-15)
    #expect(value.chancesOfBest().map(\.estimate) == [0.75, 0.25])
  }
}
