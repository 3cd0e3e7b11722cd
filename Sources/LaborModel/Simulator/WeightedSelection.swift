// Quiebre · LaborModel
// Weighted quantiles by selection, with whole-number weights.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels
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

/// Finds quantiles of many rows of numbers with one set of weights, without sorting a row.
///
/// The definition is that of Statistics' `quantiles`; the steps are `LaneKernels/selection.c`.
@safe
struct WeightedSelection {
  /// 0 for a draw with weight, infinity for one without.
  private let penalty: LaneBuffer
  private let ranks: CountBuffer
  private let scratch: LaneBuffer
  private let kernel: lk_weights

  init(_ weights: DrawWeights) {
    let vectors = weights.ranks.count / 8
    penalty = LaneBuffer(count: vectors)
    ranks = CountBuffer(count: weights.ranks.count)
    scratch = LaneBuffer(count: vectors * Int(LK_QUANTILE_SCRATCH))
    for (draw, rank) in weights.ranks.enumerated() {
      ranks.view[draw] = rank
      penalty.view[scalar: draw] = rank > 0 ? 0 : .infinity
    }
    unsafe kernel = lk_weights(
      ranks: ranks.view.base, total: weights.total, uniform: weights.uniform,
      penalty: penalty.view.floats, vectors: Int64(vectors))
  }

  /// Where the quantiles of a row's successor are expected: the same draws a year later.
  ///
  /// It changes the time that is needed, never a quantile.
  struct Hint {
    fileprivate var kernel = lk_hint()
    /// Mean of the row that left the hint.
    fileprivate var mean = 0.0
  }

  /// 5, 25, 50, 75 and 95 % of the draws that have weight.
  ///
  /// - Parameters:
  ///   - row: One number per draw.
  ///   - mean: About the mean of the row.
  ///   - hint: Left by the row before, and for the row after.
  /// - Returns: The five points.
  func fullBand(
    _ row: LaneView, mean: Double, hint: inout Hint
  ) -> (band: Band, middle: MiddleHalf) {
    let found = quantiles(of: row, WeightedSelection.five, mean: mean, hint: &hint)
    return (
      Band(p05: found[0], p50: found[2], p95: found[4]), MiddleHalf(p25: found[1], p75: found[3])
    )
  }

  /// The median of the draws that have weight.
  func median(_ row: LaneView, mean: Double, hint: inout Hint) -> Double {
    quantiles(of: row, WeightedSelection.middle, mean: mean, hint: &hint)[0]
  }

  /// 5, 50 and 95 % of the draws that have weight.
  func band(_ row: LaneView, mean: Double, hint: inout Hint) -> Band {
    let found = quantiles(of: row, WeightedSelection.three, mean: mean, hint: &hint)
    return Band(p05: found[0], p50: found[1], p95: found[2])
  }

  /// The same of a row by itself.
  func band(_ row: LaneView) -> Band {
    var hint = Hint()
    return band(row, mean: 0, hint: &hint)
  }

  /// The weight of the draws at or below a value, over all weight.
  func share(_ row: LaneView, atMost value: Float) -> Double {
    let weight = unsafe withUnsafePointer(to: kernel) { weights in
      unsafe lk_weight_at_most(row.floats, value, weights)
    }
    return unsafe Double(weight) / Double(kernel.total)
  }

  private static let five = lk_marks(shares: (0.05, 0.25, 0.5, 0.75, 0.95), count: 5)
  private static let three = lk_marks(shares: (0.05, 0.5, 0.95, 0, 0), count: 3)
  private static let middle = lk_marks(shares: (0.5, 0, 0, 0, 0), count: 1)

  private func quantiles(
    of row: LaneView, _ marks: lk_marks, mean: Double, hint: inout Hint
  ) -> InlineArray<5, Double> {
    let ratio = hint.mean > 0 ? Float(mean / hint.mean) : 1
    hint.mean = mean
    var found = InlineArray<5, Double>(repeating: 0)
    var span = found.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { found in
      unsafe withUnsafePointer(to: kernel) { weights in
        unsafe withUnsafePointer(to: marks) { marks in
          unsafe lk_quantiles(
            row.floats, weights, marks, ratio, &hint.kernel, scratch.view.floats,
            found.baseAddress)
        }
      }
    }
    return found
  }
}
