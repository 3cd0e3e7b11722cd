// Quiebre · LaborModelTests
// The compiled path from money to factors against plain Swift, one number at a time.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Foundation
import LaneKernels
import Testing

/// Bit for bit, whichever version the processor runs.
@Suite("Lane kernels: coverage")
struct CoverageKernelTests {
  @Test("coverage, ramps and factors have the bits of the plain form", arguments: [false, true])
  func coverage(exact: Bool) {
    let (draws, years, span, lag) = (chunkDraws, 10, 3, 1)
    // Money from year 2 on, the same in 4 and 5, none in 6; some of it in the base year already.
    let money: [Float] = [12, 12, 60, 90, 130, 130, 0, 40, 50, 260]
    let source: [UInt32] = [0, 0, 2, 3, 4, 4, 6, 7, 8, 9]
    // Six years to work out, in two fours.
    let own: [UInt32] = [2, 3, 4, 7, 8, 9, 9, 9]
    let fresh: [UInt32] = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    let buffers = [
      laneNumbers(draws, 921, 0.5, 1), laneNumbers(draws, 922, 0, 0.4),
      laneNumbers(span * draws, 924, 0, 0.4),
      laneNumbers(draws, 926, -0.5, 0.6), laneNumbers(draws, 927, -2, 0),
    ].map { values in
      let buffer = LaneBuffer(count: values.count / 8)
      for (index, value) in values.enumerated() { buffer.view[scalar: index] = value }
      return buffer
    }
    let view = { (buffer: Int, index: Int) in buffers[buffer].view[scalar: index] }
    let zeros = [UInt32](repeating: 0, count: years)
    let moneyRow = LaneBuffer(count: 1)
    for year in 0..<years { moneyRow.view[scalar: year] = money[year] }
    var scratch = [Float](repeating: 0, count: 8 * (2 * span + lag + years))
    var (before, last) = ([Float](repeating: 0, count: draws), [Float](repeating: 0, count: draws))
    var again = last
    var ramped = [Float](repeating: 0, count: years * draws)
    var (entry, exit, wide) = (ramped, ramped, [Float](repeating: 9, count: 2 * years * draws))
    unsafe zeros.withUnsafeBufferPointer { zeros in
      unsafe source.withUnsafeBufferPointer { source in
        unsafe own.withUnsafeBufferPointer { own in
          unsafe fresh.withUnsafeBufferPointer { fresh in
            var line = unsafe lk_line(
              ceiling: buffers[0].view.floats, yield: buffers[1].view.floats,
              yield_row: zeros.baseAddress, ramp: buffers[2].view.floats, stride: chunkVectors,
              money: moneyRow.view.floats, source: source.baseAddress, own: own.baseAddress,
              own_count: Int64(own.count), fresh: fresh.baseAddress, years: Int64(years),
              span: Int64(span), lag: Int64(lag), exact: exact)
            unsafe lk_ramped(&line, chunkVectors, &before, &last, &ramped, &scratch)
            unsafe lk_factors(
              &line, chunkVectors, buffers[3].view.floats, buffers[4].view.floats, &again, &entry,
              &exit, 1, &scratch)
            // Two factors wide, one of them left alone.
            unsafe lk_factors(
              &line, chunkVectors, buffers[3].view.floats, nil, &again, &wide, &exit, 2, &scratch)
          }
        }
      }
    }
    #expect(last == again)
    for draw in 0..<draws {
      let coverage = money.map { money -> Float in
        let (ceiling, yield) = (view(0, draw), view(1, draw))
        return exact
          ? min(ceiling, yield * money) : ceiling * (1 - Self.decay(yield * money))
      }
      let change = coverage.map { $0 - coverage[0] }
      #expect(before[draw] == coverage[0])
      #expect(last[draw] == coverage[0] + change[years - 1])
      let pulls = [view(3, draw), view(4, draw)].map { $0 / max(1 - coverage[0] * $0, 1e-6) }
      for year in 0..<years {
        var sum: Float = 0
        for back in 0..<span where year - lag - back > 0 {
          sum += view(2, back * draws + draw) * change[year - lag - back]
        }
        let place = (draw / 8 * years + year) * 8 + draw % 8
        #expect(ramped[place] == sum)
        #expect(exit[place] == max(0, 1 - sum * pulls[1]))
        #expect(entry[place] == max(0, 1 - sum * pulls[0]))
        let next = (draw / 8 * years + year) * 16 + draw % 8
        #expect(wide[next] == entry[place] && wide[next + 8] == 9)
      }
    }
  }

  /// The kernel's e^−y, step by step.
  private static func decay(_ y: Float) -> Float {
    let held = y < 87 ? y : 87
    let shifted = 0x1.8p23 - held * 1.44269504088896341
    let s = held + (shifted - 0x1.8p23) * 0.69314718055994531
    var tail: Float = 0x1.6db42ap-10 * s - 0x1.123b56p-7
    tail = tail * s + 0x1.55545ep-5
    tail = tail * s - 0x1.55548ep-3
    tail = tail * s + 0.5
    let power = (tail * (s * s) - s) + 1
    return Float(bitPattern: power.bitPattern &+ shifted.bitPattern << 23)
  }

  /// Against the C library's `exp` in double precision; half the last digit of 1 is 6e-8.
  @Test func decayIsExactToTheLastDigitOfOne() {
    var largest = 0.0
    for step in 0...400_000 {
      let y = Float(step) * Float(step) * 6.25e-10
      largest = max(largest, abs(Double(Self.decay(y)) - Foundation.exp(-Double(y))))
    }
    #expect(largest < 6e-8)
    #expect(Self.decay(0) == 1)
    #expect(Self.decay(1e9) < 1e-30)
  }
}
