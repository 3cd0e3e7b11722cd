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

  /// Weight in each bin, and the weights again in a buffer of its own.
  private let sums = CountBuffer(count: WeightedSelection.binCount)
  private let ranks: CountBuffer
  /// Vectors with draws in the bins of the three marks, and those draws by value; see `gather`.
  private let hitVectors: CountBuffer
  private let low: CountBuffer
  private let middle: CountBuffer
  private let high: CountBuffer

  /// Adding 2²³ leaves whole numbers, which then sit in the low bits.
  private static let shifter: Float = 0x1p23
  private static let binCount = 256

  init(_ weights: DrawWeights) {
    self.weights = weights
    vectors = weights.ranks.count / 8
    penalty = LaneBuffer(count: vectors)
    bins = LaneBuffer(count: vectors)
    ranks = CountBuffer(count: weights.ranks.count)
    hitVectors = CountBuffer(count: vectors + 1)
    low = CountBuffer(count: weights.ranks.count)
    middle = CountBuffer(count: weights.ranks.count)
    high = CountBuffer(count: weights.ranks.count)
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
    let scale = Float(WeightedSelection.binCount - 1) / (most - least)
    fillBins(row, least: least, scale: scale)
    let start = weights.uniform ? 1 : edgeWeight(row, value: least, last: false)
    let end = weights.uniform ? 1 : edgeWeight(row, value: most, last: true)
    let width = Double(2 * UInt64(weights.total) - UInt64(start) - UInt64(end))
    func mark(_ share: Double, after last: Mark?) -> Mark {
      self.mark(share * width + Double(start), after: last)
    }
    let p05 = mark(0.05, after: nil)
    let p50 = mark(0.5, after: p05)
    let p95 = mark(0.95, after: p50)
    let found = gather(p05.bin, p50.bin, p95.bin, row)
    return Band(
      p05: point(p05, low.view, found.low, row), p50: point(p50, middle.view, found.middle, row),
      p95: point(p95, high.view, found.high, row))
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
    for bin in 0..<sums.count { sums[bin] = 0 }
    let shifter = Lanes(repeating: WeightedSelection.shifter)
    for vector in 0..<vectors {
      let shifted = (row[vector] - Lanes(repeating: least)) * scale + shifter
      bins[vector] = shifted
      // Values without weight may lie outside: their low bits name some bin, to which 0 is added.
      let numbers =
        unsafe unsafeBitCast(shifted, to: SIMD8<UInt32>.self)
        & UInt32(WeightedSelection.binCount - 1)
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

  private func mark(_ target: Double, after last: Mark?) -> Mark {
    // 2 · weight < target for whole weights.
    let needed = UInt32((target / 2).rounded(.up))
    let sums = sums.view
    var (bin, below): (Int, UInt32) = (last?.bin ?? 0, last?.below ?? 0)
    while bin < WeightedSelection.binCount - 1 {
      let through = below &+ sums[bin]
      if through >= needed { break }
      below = through
      bin &+= 1
    }
    return Mark(bin: bin, below: below, target: target)
  }

  /// Collects the draws of three bins, by value and, among equal values, in order.
  ///
  /// - Returns: How many stand in each buffer.
  private func gather(
    _ lowBin: Int, _ middleBin: Int, _ highBin: Int, _ row: LaneView
  ) -> (low: Int, middle: Int, high: Int) {
    let bins = bins.view
    let shifter = WeightedSelection.shifter
    let one = Lanes(repeating: Float(lowBin) + shifter)
    let two = Lanes(repeating: Float(middleBin) + shifter)
    let three = Lanes(repeating: Float(highBin) + shifter)
    // Vectors with a hit are listed first: a branch on each vector would often be guessed wrong.
    let (hitVectors, ranks) = (hitVectors.view, ranks.view)
    var hitCount = 0
    for vector in 0..<vectors {
      let here = bins[vector]
      let hits = LaneBits(here .== one) | LaneBits(here .== two) | LaneBits(here .== three)
      hitVectors[hitCount] = UInt32(truncatingIfNeeded: vector)
      hitCount &+= hits.isAny ? 1 : 0
    }
    var counts = (low: 0, middle: 0, high: 0)
    for hit in 0..<hitCount {
      let vector = Int(hitVectors[hit])
      let here = bins[vector]
      let hits = LaneBits(here .== one) | LaneBits(here .== two) | LaneBits(here .== three)
      var left = hits.places
      while left != 0 {
        let draw = vector &* 8 &+ left.trailingZeroBitCount
        left &= left &- 1
        guard ranks[draw] > 0 else { continue }
        let bin = bins[scalar: draw]
        if bin == one[0] { insert(draw, into: low.view, &counts.low, row) }
        if bin == two[0] { insert(draw, into: middle.view, &counts.middle, row) }
        if bin == three[0] { insert(draw, into: high.view, &counts.high, row) }
      }
    }
    return counts
  }

  /// Inserts a draw, later than all before, where its value belongs.
  @inline(__always)
  private func insert(_ draw: Int, into draws: CountView, _ count: inout Int, _ row: LaneView) {
    let value = row[scalar: draw]
    var place = count
    while place > 0, row[scalar: Int(draws[place &- 1])] > value {
      draws[place] = draws[place &- 1]
      place &-= 1
    }
    draws[place] = UInt32(truncatingIfNeeded: draw)
    count &+= 1
  }

  private typealias Place = (position: Double, value: Double)

  /// The value at a mark, from the draws of its bin.
  private func point(_ mark: Mark, _ draws: CountView, _ count: Int, _ row: LaneView) -> Double {
    var before = mark.below
    var lower: Place?
    for place in 0..<count {
      let draw = Int(draws[place])
      let weight = ranks.view[draw]
      let here = (position: Double(2 * before + weight), value: Double(row[scalar: draw]))
      if here.position >= mark.target {
        guard here.position > mark.target else { return here.value }
        return mix(lower ?? neighbor(below: mark, row), here, at: mark.target)
      }
      lower = here
      before += weight
    }
    guard let low = lower else { return Double(row[scalar: 0]) }
    return mix(low, neighbor(above: mark.bin, before: before, row) ?? low, at: mark.target)
  }

  private func mix(_ low: Place?, _ high: Place, at target: Double) -> Double {
    guard let low, high.position > low.position else { return high.value }
    let share = (target - low.position) / (high.position - low.position)
    return low.value + share * (high.value - low.value)
  }

  /// The largest value below a mark's bin.
  private func neighbor(below mark: Mark, _ row: LaneView) -> Place? {
    var bin = mark.bin - 1
    while bin >= 0, sums.view[bin] == 0 { bin -= 1 }
    guard bin >= 0, let draw = edge(of: bin, largest: true, row) else { return nil }
    return (Double(2 * mark.below - ranks.view[draw]), Double(row[scalar: draw]))
  }

  /// The smallest value above a bin.
  private func neighbor(above bin: Int, before: UInt32, _ row: LaneView) -> Place? {
    var bin = bin + 1
    while bin < WeightedSelection.binCount, sums.view[bin] == 0 { bin += 1 }
    guard bin < WeightedSelection.binCount, let draw = edge(of: bin, largest: false, row) else {
      return nil
    }
    return (Double(2 * before + ranks.view[draw]), Double(row[scalar: draw]))
  }

  /// The last draw with the largest value of a bin, or the first with the least.
  private func edge(of bin: Int, largest: Bool, _ row: LaneView) -> Int? {
    let bins = bins.view
    let mark = Lanes(repeating: Float(bin) + WeightedSelection.shifter)
    var found: Int?
    for vector in 0..<vectors {
      let hits = LaneBits(bins[vector] .== mark)
      guard hits.isAny else { continue }
      var left = hits.places
      while left != 0 {
        let draw = vector &* 8 &+ left.trailingZeroBitCount
        left &= left &- 1
        guard ranks.view[draw] > 0 else { continue }
        guard let known = found else {
          found = draw
          continue
        }
        let (value, best) = (row[scalar: draw], row[scalar: known])
        if largest ? value >= best : value < best { found = draw }
      }
    }
    return found
  }
}
