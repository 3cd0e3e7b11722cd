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
  let rankLanes: [SIMD8<UInt32>]
  let total: UInt32
  let count: Int
  let uniform: Bool

  /// Equal weights.
  init(equal draws: DrawGrid) {
    count = draws.count
    shares = (0..<draws.padded).map { $0 < draws.count ? 1 / Double(draws.count) : 0 }
    ranks = (0..<draws.padded).map { $0 < draws.count ? 1 : 0 }
    rankLanes = DrawWeights.lanes(ranks)
    total = UInt32(draws.count)
    uniform = true
  }

  /// - Parameters:
  ///   - weights: One per draw that counts, summing to 1.
  ///   - draws: The run's draws.
  init(_ weights: [Double], draws: DrawGrid) {
    count = draws.count
    shares = weights + [Double](repeating: 0, count: draws.padded - draws.count)
    // A draw with any weight keeps some: quantiles pass through its value.
    ranks = shares.map { $0 > 0 ? max(1, UInt32(($0 * 0x1p30).rounded())) : 0 }
    rankLanes = DrawWeights.lanes(ranks)
    total = ranks.reduce(0, +)
    uniform = false
  }

  private static func lanes(_ ranks: [UInt32]) -> [SIMD8<UInt32>] {
    stride(from: 0, to: ranks.count, by: 8).map { start in
      var lanes = SIMD8<UInt32>()
      for lane in 0..<8 { lanes[lane] = ranks[start + lane] }
      return lanes
    }
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

/// Finds 5, 50 and 95 % of many rows of numbers with one set of weights, without sorting a row.
///
/// The definition is that of Statistics' `quantiles`: value i of those with weight sits at
/// (Σ wⱼ over j < i, + wᵢ/2 − w₁/2), the last one at W − w₁/2 − wₙ/2, linear in between (with equal
/// weights: R's type 7). Positions are doubled and hence whole numbers.
final class WeightedSelection {
  private let weights: DrawWeights
  private let vectors: Int
  /// 0 for a draw with weight, infinity for one without.
  private let penalty: LaneBuffer
  /// 2²³ + the bin of each value, as single-precision numbers.
  private let bins: LaneBuffer
  /// Weight in each bin.
  private var sums = InlineArray<512, UInt32>(repeating: 0)
  /// What stands in the bins that were asked for, by bin, ascending.
  private var inside: [Item] = []

  private struct Item {
    let bin: Int
    let value: Float
    let draw: Int
    let weight: UInt32

    func precedes(_ other: Item) -> Bool {
      (bin, value, draw) < (other.bin, other.value, other.draw)
    }
  }

  /// Adding 2²³ leaves whole numbers, which then sit in the low bits.
  private static let shifter: Float = 0x1p23
  private static let topBin: Float = 511

  init(_ weights: DrawWeights) {
    self.weights = weights
    vectors = weights.ranks.count / 8
    penalty = LaneBuffer(count: vectors)
    bins = LaneBuffer(count: vectors)
    for (draw, rank) in weights.ranks.enumerated() where rank == 0 {
      penalty.view[scalar: draw] = .infinity
    }
  }

  /// 5, 50 and 95 % of the draws that have weight.
  func band(_ row: LaneView) -> Band {
    let (least, most) = range(row)
    guard most > least else {
      return Band(p05: Double(least), p50: Double(least), p95: Double(least))
    }
    fillBins(row, least: least, scale: WeightedSelection.topBin / (most - least))
    let start = weights.uniform ? 1 : edgeWeight(row, value: least, last: false)
    let end = weights.uniform ? 1 : edgeWeight(row, value: most, last: true)
    let width = Double(2 * UInt64(weights.total) - UInt64(start) - UInt64(end))
    let marks = [0.05, 0.5, 0.95].map { mark($0 * width + Double(start)) }
    gather(marks.map(\.bin), row)
    let found = marks.map { point($0, row) }
    return Band(p05: found[0], p50: found[1], p95: found[2])
  }

  private func range(_ row: LaneView) -> (Float, Float) {
    let penalty = penalty.view
    var (low, high) = (row[0] + penalty[0], row[0] - penalty[0])
    for vector in 1..<vectors {
      low = lesser(low, row[vector] + penalty[vector])
      high = greater(high, row[vector] - penalty[vector])
    }
    return (low.min(), high.max())
  }

  private func fillBins(_ row: LaneView, least: Float, scale: Float) {
    sums = InlineArray(repeating: 0)
    let bins = bins.view
    let shifter = Lanes(repeating: WeightedSelection.shifter)
    for vector in 0..<vectors {
      let shifted = (row[vector] - Lanes(repeating: least)) * scale + shifter
      bins[vector] = shifted
      // Values without weight may lie outside: their low bits name some bin, to which 0 is added.
      let numbers = unsafe unsafeBitCast(shifted, to: SIMD8<UInt32>.self) & 511
      for lane in 0..<8 {
        unsafe sums[unchecked: Int(truncatingIfNeeded: numbers[lane])] &+=
          weights.ranks[vector &* 8 &+ lane]
      }
    }
  }

  /// Weight of the first draw with the least value, or the last draw with the largest.
  private func edgeWeight(_ row: LaneView, value: Float, last: Bool) -> UInt32 {
    let draws = 0..<weights.count
    let isEdge = { (draw: Int) in row[scalar: draw] == value && self.weights.ranks[draw] > 0 }
    let draw = last ? draws.last(where: isEdge) : draws.first(where: isEdge)
    return draw.map { weights.ranks[$0] } ?? 1
  }

  /// A wanted position (doubled, plus the first weight) and the bin in which it is passed.
  private struct Mark {
    let target: Double
    let bin: Int
    /// Weight before the bin.
    let below: UInt32
  }

  private func mark(_ target: Double) -> Mark {
    var (bin, below): (Int, UInt32) = (0, 0)
    while bin < 511, 2 * Double(below + sums[bin]) < target {
      below += sums[bin]
      bin += 1
    }
    return Mark(target: target, bin: bin, below: below)
  }

  /// Collects the values of some bins, ascending.
  private func gather(_ wanted: [Int], _ row: LaneView) {
    inside.removeAll(keepingCapacity: true)
    let bins = bins.view
    let marks = wanted.map { Lanes(repeating: Float($0) + WeightedSelection.shifter) }
    for vector in 0..<vectors {
      let here = bins[vector]
      let hits = (here .== marks[0]) .| (here .== marks[1]) .| (here .== marks[2])
      guard anyLane(hits) else { continue }
      for lane in 0..<8 where hits[lane] {
        let draw = vector &* 8 &+ lane
        guard weights.ranks[draw] > 0 else { continue }
        inside.append(
          Item(
            bin: Int(here[lane] - WeightedSelection.shifter), value: row[scalar: draw],
            draw: draw, weight: weights.ranks[draw]))
      }
    }
    // Few items: sorting by insertion.
    for end in inside.indices.dropFirst() {
      var place = end
      while place > 0, inside[place].precedes(inside[place - 1]) {
        inside.swapAt(place, place - 1)
        place -= 1
      }
    }
  }

  /// The value at a mark.
  private func point(_ mark: Mark, _ row: LaneView) -> Double {
    var before = mark.below
    var lower: (position: Double, value: Double)?
    for item in inside where item.bin == mark.bin {
      let here = (position: Double(2 * before + item.weight), value: Double(item.value))
      if here.position >= mark.target {
        guard here.position > mark.target else { return here.value }
        return mix(lower ?? neighbor(below: mark, row), here, at: mark.target)
      }
      lower = here
      before += item.weight
    }
    guard let low = lower else { return Double(row[scalar: 0]) }
    return mix(low, neighbor(above: mark.bin, before: before, row) ?? low, at: mark.target)
  }

  private typealias Place = (position: Double, value: Double)

  private func mix(_ low: Place?, _ high: Place, at target: Double) -> Double {
    guard let low, high.position > low.position else { return high.value }
    let share = (target - low.position) / (high.position - low.position)
    return low.value + share * (high.value - low.value)
  }

  /// The largest value below a mark's bin.
  private func neighbor(below mark: Mark, _ row: LaneView) -> Place? {
    guard let bin = (0..<mark.bin).last(where: { sums[$0] > 0 }),
      let item = edge(of: bin, row, largest: true)
    else { return nil }
    return (Double(2 * mark.below - item.weight), Double(item.value))
  }

  /// The smallest value above a bin.
  private func neighbor(above bin: Int, before: UInt32, _ row: LaneView) -> Place? {
    guard let bin = (bin + 1..<512).first(where: { sums[$0] > 0 }),
      let item = edge(of: bin, row, largest: false)
    else { return nil }
    return (Double(2 * before + item.weight), Double(item.value))
  }

  /// The first or last value of a bin.
  private func edge(of bin: Int, _ row: LaneView, largest: Bool) -> Item? {
    let mark = Float(bin) + WeightedSelection.shifter
    var found: Item?
    for draw in 0..<weights.count
    where bins.view[scalar: draw] == mark && weights.ranks[draw] > 0 {
      let item = Item(
        bin: bin, value: row[scalar: draw], draw: draw, weight: weights.ranks[draw])
      guard let known = found else {
        found = item
        continue
      }
      if known.precedes(item) == largest { found = item }
    }
    return found
  }
}
