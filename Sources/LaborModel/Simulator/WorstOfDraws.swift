// Quiebre · LaborModel
// In each draw, the few districts with the highest rates of the last year, in bounded memory.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// The `k` worst districts of every draw and plan: 8 bytes each, however many districts there are.
///
/// Of equal rates the district that stands first counts as worse. What is kept is the same for any
/// order in which districts are offered.
final class WorstOfDraws: Sendable {
  private static let block = 512

  let k: Int
  private let draws: Int
  /// [plan][block of draws].
  private let blocks: [[Guarded<Block>]]

  init(k: Int, plans: Int, draws: Int) {
    self.k = k
    self.draws = draws
    blocks = (0..<plans).map { _ in
      stride(from: 0, to: draws, by: WorstOfDraws.block).map { first in
        Guarded(Block(k: k, draws: min(WorstOfDraws.block, draws - first)))
      }
    }
  }

  /// Takes a district's rates of the last year, one per draw.
  func offer(plan: Int, district: Int, rates: LaneView) {
    for (index, block) in blocks[plan].enumerated() {
      block.withLock {
        $0.offer(Int32(district), rates: rates.from(index * (WorstOfDraws.block / 8)))
      }
    }
  }

  /// By plan and block: how many are kept of each draw, then their rates and districts.
  var contents: [[Double]] { blocks.flatMap { $0.map { $0.withLock { $0.numbers } } } }

  /// Whether numbers have the shape of ``contents``.
  func fits(_ contents: [[Double]]) -> Bool {
    let all = blocks.flatMap { $0 }
    return contents.count == all.count
      && zip(all, contents).allSatisfy { block, numbers in block.withLock { $0.fits(numbers) } }
  }

  /// Offers what another part of the run kept; it must fit.
  func add(_ contents: [[Double]]) {
    for (block, numbers) in zip(blocks.flatMap { $0 }, contents) {
      block.withLock { $0.add(numbers) }
    }
  }

  /// The weight of the draws in which each district is among the worst.
  func shares(plan: Int, districts: Int, weights: DrawWeights) -> [Double] {
    var sums = [UInt64](repeating: 0, count: districts)
    for (index, block) in blocks[plan].enumerated() {
      let first = index * WorstOfDraws.block
      block.withLock { block in
        for (slot, district) in block.members {
          sums[district] += UInt64(weights.ranks[first + slot])
        }
      }
    }
    return sums.map { Double($0) / Double(weights.total) }
  }

  /// A heap per draw whose root is the least bad of those kept.
  private struct Block: Sendable {
    private let k: Int
    private let draws: Int
    private var rates: [Float]
    private var districts: [Int32]
    /// Every draw has been offered the same districts.
    private var count = 0

    init(k: Int, draws: Int) {
      self.k = k
      self.draws = draws
      rates = [Float](repeating: 0, count: k * draws)
      districts = [Int32](repeating: 0, count: k * draws)
    }

    /// Draw and district of all that are kept.
    var members: [(Int, Int)] {
      (0..<draws).flatMap { draw in
        (0..<count).map { (draw, Int(districts[draw * k + $0])) }
      }
    }

    mutating func offer(_ district: Int32, rates row: LaneView) {
      offer { (row[scalar: $0], district) }
    }

    /// One entry for each draw.
    @inline(__always)
    private mutating func offer(_ entry: (_ draw: Int) -> (rate: Float, district: Int32)) {
      guard k > 0 else { return }
      let isFull = count == k
      if !isFull { count += 1 }
      for draw in 0..<draws {
        let (rate, district) = entry(draw)
        if !isFull {
          rise(draw, rate, district)
        } else if !isLess(rate, district, draw * k) {
          sink(draw, rate, district)
        }
      }
    }

    /// Count, rates and districts of what is kept, by draw and district: a heap's own order hangs on
    /// the order of the offers.
    var numbers: [Double] {
      let kept = (0..<draws).flatMap { draw in
        (draw * k..<draw * k + count).sorted { districts[$0] < districts[$1] }
      }
      return [Double(count)] + kept.map { Double(rates[$0]) } + kept.map { Double(districts[$0]) }
    }

    func fits(_ numbers: [Double]) -> Bool {
      guard let first = numbers.first, let kept = Int(exactly: first), (0...k).contains(kept)
      else { return false }
      let rest = numbers.dropFirst()
      return rest.count == 2 * kept * draws
        && rest.suffix(kept * draws).allSatisfy { Int32(exactly: $0).map { $0 >= 0 } ?? false }
    }

    mutating func add(_ numbers: [Double]) {
      let (kept, draws) = (Int(numbers[0]), draws)
      for slot in 0..<kept {
        offer { draw in
          let place = 1 + draw * kept + slot
          return (Float(numbers[place]), Int32(numbers[place + kept * draws]))
        }
      }
    }

    /// Puts a new entry at the end and lets it rise.
    private mutating func rise(_ draw: Int, _ rate: Float, _ district: Int32) {
      let start = draw * k
      var place = count - 1
      while place > 0 {
        let parent = (place - 1) / 2
        guard isLess(rate, district, start + parent) else { break }
        move(start + parent, to: start + place)
        place = parent
      }
      rates[start + place] = rate
      districts[start + place] = district
    }

    /// Puts an entry in the root's place and lets it sink.
    private mutating func sink(_ draw: Int, _ rate: Float, _ district: Int32) {
      let start = draw * k
      var place = 0
      while 2 * place + 1 < k {
        var child = 2 * place + 1
        if child + 1 < k,
          isLess(rates[start + child + 1], districts[start + child + 1], start + child)
        {
          child += 1
        }
        guard !isLess(rate, district, start + child) else { break }
        move(start + child, to: start + place)
        place = child
      }
      rates[start + place] = rate
      districts[start + place] = district
    }

    /// Whether an entry is less bad than the one at `other`.
    private func isLess(_ rate: Float, _ district: Int32, _ other: Int) -> Bool {
      rate < rates[other] || (rate == rates[other] && district > districts[other])
    }

    private mutating func move(_ from: Int, to place: Int) {
      rates[place] = rates[from]
      districts[place] = districts[from]
    }
  }
}
