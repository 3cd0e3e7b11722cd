// Quiebre · LaborModelTests
// The compiled quantiles against all draws sorted.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaneKernels
import Statistics
import Testing

@Suite("Lane kernels: quantiles")
struct SelectionKernelTests {
  /// Rows that try the histogram: even, one far value, few different values, all equal, two heaps,
  /// and more draws in one bin than are sorted by insertion.
  private static let shapes: [@Sendable (Double, Int) -> Double] = [
    { u, _ in u }, { u, draw in draw == 17 ? 1e4 : u }, { u, _ in (u * 5).rounded(.down) },
    { _, _ in 0.25 }, { u, _ in u < 0.5 ? u * 1e-4 : 1 - u * 1e-4 },
    { u, draw in draw % 9 == 0 ? 1e3 : u * 1e-3 },
  ]

  @Test(
    "quantiles are those of all draws sorted, with and without a hint of the year before",
    arguments: SelectionKernelTests.shapes.indices, [false, true])
  func quantilesOfShapes(shape: Int, uniform: Bool) {
    let (count, padded) = (1_001, 1_008)
    // Some draws have no weight, as after calibration; the last ones only fill the last vector.
    let ranks = (0..<padded).map { draw -> UInt32 in
      guard draw < count else { return 0 }
      return uniform ? 1 : draw % 7 == 3 ? 0 : UInt32(1 + draw % 13)
    }
    let penalty = ranks.map { $0 > 0 ? Float(0) : .infinity }
    let kept = (0..<count).filter { ranks[$0] > 0 }
    let weights = kept.map { Double(ranks[$0]) }
    let shares = [0.05, 0.25, 0.5, 0.75, 0.95]
    var scratch = [Float](repeating: 0, count: padded * Int(LK_QUANTILE_SCRATCH))
    var found = [Double](repeating: 0, count: 5)
    let stream = { (year: Int) in
      RandomField(seed: 11).stream(RandomQuantity(rawValue: 941), year: year).uniforms(
        count: padded)
    }
    let start = stream(0)
    unsafe ranks.withUnsafeBufferPointer { ranks in
      unsafe penalty.withUnsafeBufferPointer { penalty in
        var kernel = unsafe lk_weights(
          ranks: ranks.baseAddress, total: ranks.reduce(0, +), uniform: uniform,
          penalty: penalty.baseAddress, vectors: Int64(padded / 8))
        for marks in [5, 3, 1] {
          var asked = lk_marks(shares: (0.05, 0.25, 0.5, 0.75, 0.95), count: Int32(marks))
          var hint = lk_hint()
          // The same draws a little moved, as from year to year; then quite another row.
          for year in 0..<6 {
            let news = stream(year)
            let moved = year == 5 ? news : zip(start, news).map { 0.97 * $0 + 0.03 * $1 }
            let row = moved.enumerated().map { Float(SelectionKernelTests.shapes[shape]($1, $0)) }
            unsafe lk_quantiles(row, &kernel, &asked, 1, &hint, &scratch, &found)
            let expected = quantiles(
              of: kept.map { Double(row[$0]) }, weights: weights,
              at: Array(shares.prefix(marks)))
            // Positions are whole numbers here and sums of fractions there.
            let size = Double(row.max() ?? 1)
            for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-11 * size) }
          }
        }
      }
    }
  }

  @Test("a hint saves time and changes no bit", arguments: [200, 1_000, 10_000])
  func hintsChangeNothing(draws: Int) {
    let ranks = [UInt32](repeating: 1, count: draws)
    let penalty = [Float](repeating: 0, count: draws)
    var scratch = [Float](repeating: 0, count: draws * Int(LK_QUANTILE_SCRATCH))
    var (found, again) = ([Double](repeating: 0, count: 5), [Double](repeating: 0, count: 5))
    unsafe ranks.withUnsafeBufferPointer { ranks in
      unsafe penalty.withUnsafeBufferPointer { penalty in
        var kernel = unsafe lk_weights(
          ranks: ranks.baseAddress, total: UInt32(draws), uniform: true,
          penalty: penalty.baseAddress, vectors: Int64(draws / 8))
        var asked = lk_marks(shares: (0.05, 0.25, 0.5, 0.75, 0.95), count: 5)
        var hint = lk_hint()
        for year in 0..<8 {
          // Hints that are right, too narrow, too far, and absurd.
          hint.half.0 *= year == 2 ? 1e-3 : 1
          hint.center.1 *= year == 3 ? 1.1 : 1
          hint.half.2 *= year == 4 ? 1e6 : 1
          let row = laneNumbers(draws, UInt16(951 + year % 2), 0.1, 0.4)
          var none = lk_hint()
          unsafe lk_quantiles(row, &kernel, &asked, 1, &hint, &scratch, &found)
          unsafe lk_quantiles(row, &kernel, &asked, 1, &none, &scratch, &again)
          #expect(found == again)
        }
      }
    }
  }
}
