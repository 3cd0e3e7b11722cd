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
struct WeightedSelection {
  private let weights: DrawWeights
  private let vectors: Int
  /// 0 for a draw with weight, infinity for one without.
  private let penalty: LaneBuffer
  /// 2²³ + the bin of each value, as single-precision numbers.
  private let bins: LaneBuffer

  /// Weight in each bin.
  private let sums = CountBuffer(count: 256)
  /// The weights again, as whole numbers in a buffer of its own.
  private let ranks: CountBuffer

  private struct Item {
    let value: Float
    let draw: Int
    let weight: UInt32

    func precedes(_ other: Item) -> Bool {
      value < other.value || (value == other.value && draw < other.draw)
    }
  }

  /// Adding 2²³ leaves whole numbers, which then sit in the low bits.
  private static let shifter: Float = 0x1p23
  private static let topBin: Float = 255

  init(_ weights: DrawWeights) {
    self.weights = weights
    vectors = weights.ranks.count / 8
    penalty = LaneBuffer(count: vectors)
    bins = LaneBuffer(count: vectors)
    ranks = CountBuffer(count: weights.ranks.count)
    for (draw, rank) in weights.ranks.enumerated() { ranks.view[draw] = rank }
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
    func target(_ share: Double) -> Double { share * width + Double(start) }
    let low = mark(target(0.05), after: Mark(bin: 0, below: 0, target: 0))
    let middle = mark(target(0.5), after: low)
    let high = mark(target(0.95), after: middle)
    var inside = (low: [Item](), middle: [Item](), high: [Item]())
    gather(low.bin, middle.bin, high.bin, row, into: &inside)
    return Band(
      p05: point(low, &inside.low, row), p50: point(middle, &inside.middle, row),
      p95: point(high, &inside.high, row))
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
    let (bins, sums, ranks) = (bins.view, sums.view, ranks.view)
    for bin in 0..<256 { sums[bin] = 0 }
    let shifter = Lanes(repeating: WeightedSelection.shifter)
    for vector in 0..<vectors {
      let shifted = (row[vector] - Lanes(repeating: least)) * scale + shifter
      bins[vector] = shifted
      // Values without weight may lie outside: their low bits name some bin, to which 0 is added.
      let numbers = unsafe unsafeBitCast(shifted, to: SIMD8<UInt32>.self) & 255
      for lane in 0..<8 {
        sums[Int(truncatingIfNeeded: numbers[lane])] &+= ranks[vector &* 8 &+ lane]
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
    var bin: Int
    /// Weight before the bin.
    var below: UInt32
    var target: Double
  }

  private func mark(_ target: Double, after last: Mark) -> Mark {
    // 2 · weight < target for whole weights.
    let needed = UInt32((target / 2).rounded(.up))
    var (bin, below) = (last.bin, last.below)
    while bin < 255 {
      let through = below &+ sums.view[bin]
      if through >= needed { break }
      below = through
      bin &+= 1
    }
    return Mark(bin: bin, below: below, target: target)
  }

  /// Collects the values of three bins, ascending.
  private func gather(
    _ low: Int, _ middle: Int, _ high: Int, _ row: LaneView,
    into inside: inout (low: [Item], middle: [Item], high: [Item])
  ) {
    let bins = bins.view
    let one = Lanes(repeating: Float(low) + WeightedSelection.shifter)
    let two = Lanes(repeating: Float(middle) + WeightedSelection.shifter)
    let three = Lanes(repeating: Float(high) + WeightedSelection.shifter)
    for vector in 0..<vectors {
      let here = bins[vector]
      guard anyLane((here .== one) .| (here .== two) .| (here .== three)) else { continue }
      for lane in 0..<8 {
        let draw = vector &* 8 &+ lane
        let weight = ranks.view[vector &* 8 &+ lane]
        guard weight > 0 else { continue }
        let item = Item(value: row[vector][lane], draw: draw, weight: weight)
        if here[lane] == one[0] { WeightedSelection.insert(item, into: &inside.low) }
        if here[lane] == two[0] { WeightedSelection.insert(item, into: &inside.middle) }
        if here[lane] == three[0] { WeightedSelection.insert(item, into: &inside.high) }
      }
    }
  }

  private static func insert(_ item: Item, into items: inout [Item]) {
    var place = items.count
    items.append(item)
    while place > 0, item.precedes(items[place - 1]) {
      items[place] = items[place - 1]
      place -= 1
    }
    items[place] = item
  }

  /// The value at a mark, from the values of its bin.
  private func point(
    _ mark: Mark, _ inside: inout [Item], _ row: LaneView
  ) -> Double {
    var before = mark.below
    var lower: Place?
    for item in inside {
      let here = (position: Double(2 * before + item.weight), value: Double(item.value))
      if here.position >= mark.target {
        guard here.position > mark.target else { return here.value }
        return mix(lower ?? neighbor(below: mark, row), here, at: mark.target)
      }
      lower = here
      before += item.weight
    }
    guard let low = lower else { return Double(row[scalar: 0]) }
    let high = neighbor(above: mark.bin, before: before, row)
    return mix(low, high ?? low, at: mark.target)
  }

  private typealias Place = (position: Double, value: Double)

  private func mix(_ low: Place?, _ high: Place, at target: Double) -> Double {
    guard let low, high.position > low.position else { return high.value }
    let share = (target - low.position) / (high.position - low.position)
    return low.value + share * (high.value - low.value)
  }

  /// The largest value below a mark's bin.
  private func neighbor(below mark: Mark, _ row: LaneView) -> Place? {
    guard let bin = (0..<mark.bin).last(where: { sums.view[$0] > 0 }) else { return nil }
    var items: [Item] = []
    collect(bin, row, into: &items)
    return items.last.map { (Double(2 * mark.below - $0.weight), Double($0.value)) }
  }

  /// The smallest value above a bin.
  private func neighbor(
    above bin: Int, before: UInt32, _ row: LaneView
  ) -> Place? {
    guard let bin = (bin + 1..<256).first(where: { sums.view[$0] > 0 }) else { return nil }
    var items: [Item] = []
    collect(bin, row, into: &items)
    return items.first.map { (Double(2 * before + $0.weight), Double($0.value)) }
  }

  /// The values of one bin, ascending.
  private func collect(_ bin: Int, _ row: LaneView, into items: inout [Item]) {
    let bins = bins.view
    let mark = Lanes(repeating: Float(bin) + WeightedSelection.shifter)
    for vector in 0..<vectors where anyLane(bins[vector] .== mark) {
      for lane in 0..<8 where bins[vector][lane] == mark[0] {
        let weight = ranks.view[vector &* 8 &+ lane]
        guard weight > 0 else { continue }
        WeightedSelection.insert(
          Item(value: row[vector][lane], draw: vector &* 8 &+ lane, weight: weight), into: &items)
      }
    }
  }
}
