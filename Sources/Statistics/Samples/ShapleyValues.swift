// Quiebre · Statistics
// Parts of a joint effect that add up: Shapley values, exact or by sampled orders.
// SPDX-License-Identifier: Apache-2.0

public import Compute

/// Which coalitions of players must be valued, and how their values are shared out (Shapley 1953).
///
/// A player's value is the mean of what it adds when players join in every order: shares add up to the
/// whole, equal players get equal shares, one that never adds anything gets nothing. Up to
/// ``mostExact`` players all coalitions are valued; beyond, orders are sampled in antithetic pairs
/// (each with its reverse; Mitchell and others 2022).
public struct ShapleyPlan: Hashable, Sendable {
  /// Players whose 2ⁿ coalitions are all valued.
  public static let mostExact = 8

  public let players: Int
  /// Coalitions to value, as bits by player: the empty one first, the full one last.
  public let coalitions: [UInt64]
  /// Sampled orders; `nil` if exact.
  let orders: [[Int]]?

  /// - Parameters:
  ///   - players: 1 to 64.
  ///   - pairs: Pairs of orders to sample beyond ``mostExact`` players.
  ///   - stream: Where the orders come from.
  public init(players: Int, pairs: Int = 32, stream: RandomStream) {
    precondition((1...64).contains(players) && pairs > 0, "1 to 64 players, at least one order")
    self.players = players
    guard players > ShapleyPlan.mostExact else {
      orders = nil
      coalitions = (0..<(UInt64(1) << UInt64(players))).map { $0 }
      return
    }
    var orders: [[Int]] = []
    for pair in 0..<pairs {
      let keys = stream.uniforms(count: players, firstDraw: pair * players)
      let order = (0..<players).sorted { (keys[$0], $0) < (keys[$1], $1) }
      orders += [order, order.reversed()]
    }
    self.orders = orders
    var seen: Set<UInt64> = []
    for order in orders { seen.formUnion(ShapleyPlan.prefixes(of: order)) }
    coalitions = seen.sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
  }

  /// The coalitions that form as players join in an order, the empty one first.
  private static func prefixes(of order: [Int]) -> [UInt64] {
    var formed: [UInt64] = [0]
    var coalition: UInt64 = 0
    for player in order {
      coalition |= 1 << UInt64(player)
      formed.append(coalition)
    }
    return formed
  }

  /// Shares the whole out.
  ///
  /// - Parameter values: Of each coalition, by draw: `[coalition][draw]`.
  /// - Returns: By player: its share by draw, and the standard error of the mean share over the sampled
  ///   orders (0 if exact).
  public func shares(_ values: [[Double]]) -> [(byDraw: [Double], samplingError: Double)] {
    precondition(values.count == coalitions.count, "one row per coalition")
    guard let orders else { return exactShares(values).map { ($0, 0) } }
    let place = Dictionary(
      uniqueKeysWithValues: coalitions.enumerated().map { ($0.element, $0.offset) })
    let draws = values.first?.count ?? 0
    return (0..<players).map { player in
      var share = [Double](repeating: 0, count: draws)
      var means: [Double] = []
      for (index, order) in orders.enumerated() {
        let formed = ShapleyPlan.prefixes(of: order)
        guard let turn = order.firstIndex(of: player), let before = place[formed[turn]],
          let after = place[formed[turn + 1]]
        else { preconditionFailure("a coalition that isn't valued") }
        let gains = (0..<draws).map { values[after][$0] - values[before][$0] }
        for draw in 0..<draws { share[draw] += gains[draw] / Double(orders.count) }
        let mean = fixedOrderSum(gains) / Double(max(1, draws))
        if index.isMultiple(of: 2) { means.append(mean / 2) } else { means[index / 2] += mean / 2 }
      }
      return (share, standardErrorOfMean(means))
    }
  }

  /// Σ over coalitions without the player of |S|!(n − |S| − 1)!/n! × what the player adds.
  private func exactShares(_ values: [[Double]]) -> [[Double]] {
    // 1/(n·C(n − 1, |S|)).
    var weights = [1 / Double(players)]
    for size in 1..<max(2, players) {
      weights.append(weights[size - 1] * Double(size) / Double(max(1, players - size)))
    }
    return (0..<players).map { player in
      let bit = UInt64(1) << UInt64(player)
      var share = [Double](repeating: 0, count: values[0].count)
      for (index, coalition) in coalitions.enumerated() where coalition & bit == 0 {
        let weight = weights[coalition.nonzeroBitCount]
        let joined = values[Int(coalition | bit)]
        for draw in share.indices { share[draw] += weight * (joined[draw] - values[index][draw]) }
      }
      return share
    }
  }
}

private func standardErrorOfMean(_ values: [Double]) -> Double {
  guard values.count > 1 else { return .nan }
  let mean = fixedOrderSum(values) / Double(values.count)
  let squares = fixedOrderSum(values.map { ($0 - mean) * ($0 - mean) })
  return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
}
