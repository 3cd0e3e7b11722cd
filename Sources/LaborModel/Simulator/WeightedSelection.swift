// Quiebre · LaborModel
// Weighted 5, 50 and 95 % points by selection, with whole-number weights.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// The weights of the draws as whole numbers, whose sums no order can change.
struct DrawWeights: Sendable {
  /// One per padded draw, summing to 1 over the draws that count, 0 on the others.
  let shares: [Double]
  /// The same as whole numbers, for ranks.
  let ranks: [UInt32]
  let total: UInt64
  let count: Int
  let uniform: Bool

  /// Equal weights.
  init(equal draws: DrawGrid) {
    count = draws.count
    shares = (0..<draws.padded).map { $0 < draws.count ? 1 / Double(draws.count) : 0 }
    ranks = (0..<draws.padded).map { $0 < draws.count ? 1 : 0 }
    total = UInt64(draws.count)
    uniform = true
  }

  /// - Parameters:
  ///   - weights: One per draw that counts, summing to 1.
  ///   - draws: The run's draws.
  init(_ weights: [Double], draws: DrawGrid) {
    count = draws.count
    shares = weights + [Double](repeating: 0, count: draws.padded - draws.count)
    ranks = shares.map { UInt32(($0 * 0x1p30).rounded()) }
    total = ranks.reduce(0) { $0 + UInt64($1) }
    uniform = false
  }

  /// 5, 50 and 95 % of one number per draw, in full precision.
  func band(_ values: [Double]) -> Band {
    let found = quantiles(
      of: Array(values[0..<count]), weights: uniform ? nil : Array(shares[0..<count]),
      at: [0.05, 0.5, 0.95])
    return Band(p05: found[0], p50: found[1], p95: found[2])
  }

  func mean(_ values: [Double]) -> Double {
    var sum = 0.0
    for draw in 0..<count { sum += shares[draw] * values[draw] }
    return sum
  }
}

/// Finds order statistics of many rows of numbers with one set of weights, without sorting a row.
///
/// The definition is that of Statistics' `quantiles`: value i of those with weight sits at
/// (Σ wⱼ over j < i, + wᵢ/2 − w₁/2), the last one at W − w₁/2 − wₙ/2, linear in between (with equal
/// weights: R's type 7). Positions are doubled and hence whole numbers.
struct WeightedSelection {
  private let weights: DrawWeights
  private var bins: [UInt8]
  private var sums = [UInt64](repeating: 0, count: WeightedSelection.binCount)
  private var inside: [Item] = []

  private typealias Item = (value: Float, draw: Int, weight: UInt64)
  private static let binCount = 256

  init(_ weights: DrawWeights) {
    self.weights = weights
    bins = [UInt8](repeating: 0, count: weights.count)
  }

  /// 5, 50 and 95 % of the draws that count.
  mutating func band(_ row: LaneView) -> Band {
    var (first, last) = (-1, -1)
    var (least, most): (Float, Float) = (.infinity, -.infinity)
    for draw in 0..<weights.count where weights.ranks[draw] > 0 {
      let value = row[scalar: draw]
      if value < least { (least, first) = (value, draw) }
      if value >= most { (most, last) = (value, draw) }
    }
    guard most > least else {
      return Band(p05: Double(least), p50: Double(least), p95: Double(least))
    }
    fillBins(row, least: least, scale: 255.9 / (most - least))
    let start = UInt64(weights.ranks[first])
    let width = Double(2 * weights.total - start - UInt64(weights.ranks[last]))
    func at(_ share: Double) -> Double {
      point(share * width, start: start, row)
    }
    return Band(p05: at(0.05), p50: at(0.5), p95: at(0.95))
  }

  private mutating func fillBins(_ row: LaneView, least: Float, scale: Float) {
    for bin in sums.indices { sums[bin] = 0 }
    for draw in 0..<weights.count {
      let bin = UInt8((row[scalar: draw] - least) * scale)
      bins[draw] = bin
      sums[Int(bin)] &+= UInt64(weights.ranks[draw])
    }
  }

  /// The value at a doubled position.
  private mutating func point(_ target: Double, start: UInt64, _ row: LaneView) -> Double {
    var (bin, below): (Int, UInt64) = (0, 0)
    while bin < sums.count - 1, Double(2 * (below + sums[bin])) < target + Double(start) {
      below += sums[bin]
      bin += 1
    }
    gather(bin, row)
    var before = below
    var lower: (position: Double, value: Double)?
    for item in inside {
      let position = Double(2 * before + item.weight) - Double(start)
      if position >= target {
        guard position > target, let low = lower ?? previous(bin, below, start, row) else {
          return Double(item.value)
        }
        return mix(low, (position, Double(item.value)), at: target)
      }
      lower = (position, Double(item.value))
      before += item.weight
    }
    guard let low = lower else { return Double(row[scalar: 0]) }
    guard let high = following(bin, before, start, row) else { return low.value }
    return mix(low, high, at: target)
  }

  private typealias Place = (position: Double, value: Double)

  private func mix(_ low: Place, _ high: Place, at target: Double) -> Double {
    low.value + (target - low.position) / (high.position - low.position) * (high.value - low.value)
  }

  /// The largest value below a bin.
  private mutating func previous(
    _ bin: Int, _ below: UInt64, _ start: UInt64, _ row: LaneView
  ) -> Place? {
    guard let full = (0..<bin).last(where: { sums[$0] > 0 }) else { return nil }
    gather(full, row)
    guard let item = inside.last else { return nil }
    return (Double(2 * below - item.weight) - Double(start), Double(item.value))
  }

  /// The smallest value above a bin.
  private mutating func following(
    _ bin: Int, _ before: UInt64, _ start: UInt64, _ row: LaneView
  ) -> Place? {
    guard let full = (bin + 1..<sums.count).first(where: { sums[$0] > 0 }) else { return nil }
    gather(full, row)
    guard let item = inside.first else { return nil }
    return (Double(2 * before + item.weight) - Double(start), Double(item.value))
  }

  /// The values of a bin that have weight, ascending, equal ones by draw.
  private mutating func gather(_ bin: Int, _ row: LaneView) {
    inside.removeAll(keepingCapacity: true)
    for draw in 0..<weights.count where Int(bins[draw]) == bin && weights.ranks[draw] > 0 {
      inside.append((row[scalar: draw], draw, UInt64(weights.ranks[draw])))
    }
    inside.sort { ($0.value, $0.draw) < ($1.value, $1.draw) }
  }
}
