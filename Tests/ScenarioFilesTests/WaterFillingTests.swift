// Quiebre · ScenarioFilesTests
// Sharing money out: conserved to the céntimo, proportional within the limits.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Testing

@testable import ScenarioFiles

/// SplitMix64, to draw test cases that repeat.
struct TestDraws {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

@Suite struct WaterFillingTests {
  /// Hamilton's method in whole numbers: quotients, then the largest remainders.
  private func hamilton(_ amount: Int64, _ weights: [Int64]) -> [Int64] {
    let whole = weights.reduce(0, +)
    var shares = weights.map { amount * $0 / whole }
    let remainders = weights.map { amount * $0 % whole }
    let order = weights.indices.sorted {
      (remainders[$1], $0) < (remainders[$0], $1)
    }
    let left = Int(amount - shares.reduce(0, +))
    for index in order.prefix(left) { shares[index] += 1 }
    return shares
  }

  @Test(arguments: UInt64(1)...40)
  func withoutLimitsItIsHamiltonsMethod(_ seed: UInt64) {
    var draws = TestDraws(state: seed)
    let weights = (0..<(1 + draws.number(below: 60))).map { _ in
      Int64(1 + draws.number(below: 1 << 20))
    }
    let amount = Int64(draws.number(below: 1_000_000_000))
    let shares = share(amount, byWeights: weights.map(Double.init))
    #expect(shares.placed == hamilton(amount, weights))
    #expect(shares.unplaced == 0)
  }

  @Test(arguments: UInt64(1)...200)
  func isConservedAndKeepsTheLimits(_ seed: UInt64) {
    var draws = TestDraws(state: seed &* 77)
    let count = 1 + draws.number(below: 50)
    let weights = (0..<count).map { _ in
      draws.number(below: 5) == 0 ? 0 : Double(draws.number(below: 1_000_000)) / 7
    }
    let minimum = Int64(draws.number(below: 3) == 0 ? 0 : draws.number(below: 50_000))
    let maximum = draws.number(below: 3) == 0 ? nil : minimum + Int64(draws.number(below: 200_000))
    let amount = Int64(draws.number(below: 3_000_000))
    let shares = share(amount, byWeights: weights, minimum: minimum, maximum: maximum)
    #expect(shares.placed.reduce(0, +) + shares.unplaced == amount)
    for (money, weight) in zip(shares.placed, weights) where money > 0 {
      #expect(weight > 0)
      #expect(money >= minimum)
      #expect(money <= maximum ?? amount)
    }
    // Only a maximum or a minimum may leave money over.
    if shares.unplaced > 0, weights.contains(where: { $0 > 0 }) {
      #expect(shares.atMaximum > 0 || amount < minimum)
    }
  }

  /// The certificate of a proportional share: one λ that fits every district.
  @Test(arguments: UInt64(1)...100)
  func oneFactorExplainsAllShares(_ seed: UInt64) {
    var draws = TestDraws(state: seed &* 991)
    let weights = (0..<(2 + draws.number(below: 40))).map { _ in
      Double(1 + draws.number(below: 9999))
    }
    let minimum = Int64(draws.number(below: 1000))
    let maximum = minimum + 1 + Int64(draws.number(below: 100_000))
    let count = Int64(weights.count)
    let amount = count * minimum + Int64(draws.number(below: Int(count * (maximum - minimum))))
    let shares = share(amount, byWeights: weights, minimum: minimum, maximum: maximum)
    #expect(shares.unplaced == 0)
    // A whole céntimo of rounding on either side.
    var atLeast = 0.0
    var atMost = Double.infinity
    for (money, weight) in zip(shares.placed, weights) {
      if money < maximum { atMost = min(atMost, Double(money + 1) / weight) }
      if money > minimum { atLeast = max(atLeast, Double(money - 1) / weight) }
    }
    #expect(atLeast <= atMost)
  }

  @Test func tooSmallAnAmountServesTheHeaviestFirst() {
    let shares = share(250, byWeights: [1, 3, 2, 3], minimum: 100)
    #expect(shares.placed == [0, 125, 0, 125])
    #expect(shares.unserved == 2)
  }

  @Test func lessThanOneMinimumIsUnplaced() {
    let shares = share(99, byWeights: [1, 3], minimum: 100)
    #expect(shares.placed == [0, 0])
    #expect(shares.unplaced == 99)
  }

  @Test func allAtTheMaximumLeaveTheRestUnplaced() {
    let shares = share(1000, byWeights: [1, 1000, 0], maximum: 300)
    #expect(shares.placed == [300, 300, 0])
    #expect(shares.unplaced == 400)
    #expect(shares.atMaximum == 2)
  }

  @Test func equalRemaindersGoToTheFirst() {
    #expect(share(2, byWeights: [1, 1, 1]).placed == [1, 1, 0])
  }

  @Test(arguments: [
    [1e-300, 1.0, 1e300], [Double.leastNonzeroMagnitude, 1.0], [1e308, 1e308, 1], [1e-12, 1e-12],
  ])
  func extremeWeightsAreStillConserved(_ weights: [Double]) {
    let amount: Int64 = 99_999_999_999_999
    let shares = share(amount, byWeights: weights, maximum: 60_000_000_000_000)
    #expect(shares.placed.reduce(0, +) + shares.unplaced == amount)
    #expect(shares.placed.allSatisfy { $0 >= 0 })
  }

  @Test func noWeightMeansNothingPlaced() {
    #expect(share(10, byWeights: [0, 0]).unplaced == 10)
    #expect(share(10, byWeights: []).unplaced == 10)
  }
}
