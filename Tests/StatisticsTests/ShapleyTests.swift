// Quiebre · StatisticsTests
// Shapley values: published games, the axioms, all orders written out.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite struct ShapleyTests {
  private let stream = RandomField(seed: 3).stream(RandomQuantity(rawValue: 951))

  private func shares(_ players: Int, pairs: Int = 32, _ value: (UInt64) -> Double) -> [Double] {
    let plan = ShapleyPlan(players: players, pairs: pairs, stream: stream)
    return plan.shares(plan.coalitions.map { [value($0)] }).map(\.byDraw[0])
  }

  /// The glove game of textbooks: players 1 and 2 have a left glove, 3 a right one: 1/6, 1/6, 4/6.
  @Test func theGloveGameHasItsPublishedSolution() {
    let found = shares(3) { coalition in
      coalition & 0b100 != 0 && coalition & 0b011 != 0 ? 1 : 0
    }
    for (share, expected) in zip(found, [1.0 / 6, 1.0 / 6, 4.0 / 6]) {
      #expect(abs(share - expected) < 1e-15)
    }
  }

  /// The airport game (Littlechild and Owen 1973): costs 1, 2, 4 give 1/3, 1/3 + 1/2, 1/3 + 1/2 + 2.
  @Test func theAirportGameSharesEachStretchAmongItsUsers() {
    let costs = [1.0, 2, 4]
    let found = shares(3) { coalition in
      (0..<3).filter { coalition >> UInt64($0) & 1 == 1 }.map { costs[$0] }.max() ?? 0
    }
    for (share, expected) in zip(found, [1.0 / 3, 5.0 / 6, 17.0 / 6]) {
      #expect(abs(share - expected) < 1e-15)
    }
  }

  /// The slow obvious twin: every order of five players.
  @Test func exactSharesAreTheMeanOverAllOrders() {
    let value: (UInt64) -> Double = { coalition in
      var hash = coalition &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
      return coalition == 0 ? 0 : Double(hash % 1000) / 7
    }
    func orders(_ rest: [Int]) -> [[Int]] {
      rest.isEmpty
        ? [[]] : rest.flatMap { first in orders(rest.filter { $0 != first }).map { [first] + $0 } }
    }
    let all = orders([0, 1, 2, 3, 4])
    var expected = [Double](repeating: 0, count: 5)
    for order in all {
      var coalition: UInt64 = 0
      for player in order {
        let joined = coalition | 1 << UInt64(player)
        expected[player] += (value(joined) - value(coalition)) / Double(all.count)
        coalition = joined
      }
    }
    for (share, due) in zip(shares(5, value), expected) { #expect(abs(share - due) < 1e-11) }
  }

  /// The airport game with twelve players and costs 1…12: player i pays Σ over j ≤ i of 1/(13 − j).
  @Test func sampledOrdersAddUpAndSayHowFarTheyMayBeOff() {
    let plan = ShapleyPlan(players: 12, pairs: 200, stream: stream)
    let values = plan.coalitions.map { coalition in
      [Double(64 - coalition.leadingZeroBitCount), 0]
    }
    let found = plan.shares(values)
    #expect(abs(found.map(\.byDraw[0]).reduce(0, +) - 12) < 1e-10)
    for (player, share) in found.enumerated() {
      let due = (1...(player + 1)).map { 1 / Double(13 - $0) }.reduce(0, +)
      // The error is that of the mean over draws; the second draw's values are all 0.
      #expect(abs(share.byDraw[0] - due) / 2 <= 4 * share.samplingError, "\(player)")
      #expect(share.samplingError < 0.1)
      #expect(share.byDraw[1] == 0)
    }
  }

  @Test func onePlayerGetsAll() {
    #expect(shares(1) { $0 == 0 ? 2 : 5 } == [3])
  }
}
