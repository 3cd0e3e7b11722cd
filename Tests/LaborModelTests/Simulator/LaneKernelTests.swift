// Quiebre · LaborModelTests
// The compiled loops over draws against plain Swift that does the same, one number at a time.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaneKernels
import Statistics
import Testing

/// Bit for bit, whichever version the processor runs.
///
/// The loops multiply and add apart and in the order of the plain forms. So a processor with AVX2 and one without give the same files.
@Suite("Lane kernels")
struct LaneKernelTests {
  private static let draws = Int(LK_CHUNK) * 8
  private static let ages = Int(LK_AGES)

  /// Numbers of one address, in low...high.
  private func numbers(_ count: Int, _ quantity: UInt16, _ low: Double, _ high: Double) -> [Float] {
    RandomField(seed: 7).stream(RandomQuantity(rawValue: quantity)).uniforms(count: count)
      .map { Float(low + (high - low) * $0) }
  }

  /// A district's rows [vector][age] in memory of their own.
  private struct Cohort {
    let rows = (0..<6).map { _ in LaneBuffer(count: Int(LK_CHUNK) * ages) }
    let marks = (0..<2).map { _ in LaneBuffer(count: Int(LK_CHUNK)) }

    var kernel: lk_cohort {
      unsafe lk_cohort(
        w0: rows[0].view.floats, e0: rows[1].view.floats, gain: rows[2].view.floats,
        loss: rows[3].view.floats, exit: rows[4].view.floats, stay: rows[5].view.floats,
        largest_entry: marks[0].view.floats, largest_exit: marks[1].view.floats)
    }

    func value(_ row: Int, _ draw: Int, _ age: Int) -> Float {
      rows[row].view[scalar: (draw / 8 * ages + age) * 8 + draw % 8]
    }
  }

  /// One draw's profile and step, as MODEL.md reads.
  private struct PlainDraw {
    var w0 = [Float](repeating: 0, count: ages)
    var e0 = [Float](repeating: 0, count: ages)
    var gain = [Float](repeating: 0, count: ages)
    var loss = [Float](repeating: 0, count: ages)
    var exit = [Float](repeating: 0, count: ages)
    var (raised, lowered) = (0, 0)

    init(logit: Float, odds ageOdds: [Float], exit x: Float) {
      let odds = Compute.exp(Lanes(repeating: logit))[0]
      var below = odds * ageOdds[0]
      var rest = 1 / (1 + below)
      w0[0] = below * rest
      (e0[0], gain[0]) = (w0[0], w0[0])
      for age in 1..<ages {
        let here = odds * ageOdds[age]
        let restHere = 1 / (1 + here)
        e0[age] = (here - below) * restHere + below * x
        gain[age] = e0[age] * rest
        loss[age] = x * w0[age - 1]
        exit[age] = x
        w0[age] = here * restHere
        (below, rest) = (here, restHere)
      }
    }

    /// The rules that keep entry in 0...0.9; the kernel applies them to all eight draws of a vector
    /// as soon as one needs them.
    mutating func bend() {
      for age in 1..<ages {
        let (from, to) = (w0[age - 1], w0[age])
        let room = 1 - from
        if e0[age] < 0 {
          (e0[age], exit[age]) = (0, 1 - to / from)
          raised += 1
        } else if e0[age] > 0.9 {
          let bent = (Float(0.9) * room - to + from) / from
          (e0[age], exit[age]) = bent < 0 ? ((to - from) / room, 0) : (0.9, bent)
          lowered += 1
        }
        gain[age] = e0[age] * room
        loss[age] = exit[age] * from
      }
    }

    /// v of the next year, and how many chances were held at 1.
    func step(_ v: [Float], entry: [Float], exit out: [Float]) -> (next: [Float], held: Int) {
      var (next, held) = (v, 0)
      for age in 1..<ages {
        let (e, x) = (e0[age] * entry[age], exit[age] * out[age])
        let gained = e > 1 ? (1 - w0[age - 1]) - gain[age] : gain[age] * (entry[age] - 1)
        let lost = x > 1 ? w0[age - 1] - loss[age] : loss[age] * (out[age] - 1)
        next[age] = v[age - 1] * ((1 - min(1, x)) - min(1, e)) + gained - lost
        if e > 1 || x > 1 { held += 1 }
      }
      let over = e0[0] * entry[0] > 1
      next[0] = over ? 1 - w0[0] : gain[0] * (entry[0] - 1)
      return (next, held + (over ? 1 : 0))
    }
  }

  @Test(
    "profile and steps have the bits of the plain form",
    arguments: [
      // Usual rates; rates and exits at which the rules bend X; shocks that push chances past 1.
      (logit: -3.0...0.5, exit: 0.15...0.6, entry: 0.8...1.3, moves: false),
      (logit: -3.0...0.5, exit: 0.15...0.6, entry: 0.8...1.3, moves: true),
      (logit: -1.0...4.0, exit: 0.02...0.9, entry: 0.5...2.5, moves: true),
    ])
  func cohort(
    logit: ClosedRange<Double>, exit: ClosedRange<Double>, entry: ClosedRange<Double>, moves: Bool
  ) throws {
    let (draws, ages) = (LaneKernelTests.draws, LaneKernelTests.ages)
    let counted = draws - 5
    let logits = numbers(draws, 901, logit.lowerBound, logit.upperBound)
    let exits = numbers(draws, 902, exit.lowerBound, exit.upperBound)
    let odds = (0..<ages).map { age in
      let x = (Float(age) - 6) / 6
      return Compute.exp(Lanes(repeating: 1.22 * x - 0.56 * x * x))[0]
    }
    let cohort = Cohort()
    // The kernel's view doesn't keep its memory alive.
    defer { withExtendedLifetime(cohort) {} }
    var kernel = unsafe cohort.kernel
    let bent = unsafe lk_prepare(&kernel, logits, odds, exits, Int64(counted))
    var plain = (0..<draws).map { PlainDraw(logit: logits[$0], odds: odds, exit: exits[$0]) }
    for vector in 0..<draws / 8 {
      let own = vector * 8..<vector * 8 + 8
      guard plain[own].contains(where: { $0.e0.contains { !(0...0.9).contains($0) } }) else {
        continue
      }
      for draw in own { plain[draw].bend() }
    }
    #expect(bent.raised == plain[..<counted].reduce(0) { $0 + Int64($1.raised) })
    #expect(bent.lowered == plain[..<counted].reduce(0) { $0 + Int64($1.lowered) })
    for draw in 0..<draws {
      for age in 0..<ages {
        #expect(cohort.value(0, draw, age) == plain[draw].w0[age])
        #expect(cohort.value(1, draw, age) == plain[draw].e0[age])
        #expect(age == 0 || cohort.value(4, draw, age) == plain[draw].exit[age])
      }
    }

    // Three steps with two groups of ages.
    let groupOf = (0..<UInt32(ages)).map { $0 < 4 || $0 > 10 ? UInt32(1) : 0 }
    let weights = (0..<ages).map { Float($0 < 9 ? 1.0 / 9 : 0.25) }
    let state = LaneBuffer(count: Int(LK_CHUNK) * ages)
    let level = [Float](repeating: 0.125, count: draws)
    var v = [[Float]](repeating: [Float](repeating: 0, count: ages), count: draws)
    for year in 0..<3 {
      let entries = numbers(2 * draws, 903 + UInt16(year), entry.lowerBound, entry.upperBound)
      let outs =
        moves
        ? numbers(2 * draws, 913 + UInt16(year), 0.7, 1.9) : [Float](repeating: 1, count: 2 * draws)
      var (lower, upper) = (level, level)
      let held = unsafe entries.withUnsafeBufferPointer { entries in
        unsafe outs.withUnsafeBufferPointer { outs in
          var moved = unsafe lk_moves(
            entry: entries.baseAddress, exit: outs.baseAddress, groups: 2, exit_moves: moves)
          return unsafe lk_step(
            &kernel, state.view.floats, &moved, groupOf, weights, Int64(counted), level, level,
            &lower, &upper)
        }
      }
      var expectedHeld = 0
      for draw in 0..<draws {
        let cell = { (values: [Float], age: Int) in values[Int(groupOf[age]) * draws + draw] }
        let result = plain[draw].step(
          v[draw], entry: (0..<ages).map { cell(entries, $0) },
          exit: (0..<ages).map { cell(outs, $0) })
        v[draw] = result.next
        if draw < counted { expectedHeld += result.held }
        var (young, old) = (Float(0), Float(0))
        for age in stride(from: 12, through: 0, by: -1) {
          if age < 9 {
            young += v[draw][age] * weights[age]
          } else {
            old += v[draw][age] * weights[age]
          }
          #expect(state.view[scalar: (draw / 8 * ages + age) * 8 + draw % 8] == v[draw][age])
        }
        #expect(lower[draw] == level[draw] + young)
        #expect(upper[draw] == level[draw] + old)
      }
      #expect(held == Int64(expectedHeld))
    }
  }

  @Test("coverage, ramps and products have the bits of the plain form")
  func coverage() {
    let draws = LaneKernelTests.draws
    let ceiling = numbers(draws, 921, 0.5, 1)
    let yield = numbers(draws, 922, 0, 0.02)
    let before = numbers(draws, 923, 0, 0.2)
    var (random, exact) = ([Float](repeating: 0, count: draws), [Float](repeating: 0, count: draws))
    unsafe lk_random_reach(&random, ceiling, yield, 70, before)
    unsafe lk_exact_reach(&exact, ceiling, yield, 70, nil)
    for draw in 0..<draws {
      let decay = Compute.exp(Lanes(repeating: yield[draw] * -70))[0]
      #expect(random[draw] == ceiling[draw] * (1 - decay) - before[draw])
      #expect(exact[draw] == min(ceiling[draw], yield[draw] * 70))
    }

    let weights = numbers(3 * draws, 924, 0, 0.4)
    let changes = numbers(3 * draws, 925, -0.2, 0.6)
    let pull = numbers(draws, 926, -0.5, 3)
    // Terms pair weight row 2 with change row 0, and 0 with 1; offsets are in vectors.
    let terms: [UInt32] = [2 * UInt32(LK_CHUNK), 0, 0, UInt32(LK_CHUNK)]
    var (ramped, entry) = (random, random)
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe changes.withUnsafeBufferPointer { changes in
        unsafe terms.withUnsafeBufferPointer { terms in
          var ramp = unsafe lk_ramp(
            weights: weights.baseAddress, changes: changes.baseAddress, terms: terms.baseAddress,
            count: 2)
          unsafe lk_ramped(&ramped, &ramp)
          unsafe lk_ramped_factor(&ramp, pull, &entry, nil, nil)
        }
      }
    }
    for draw in 0..<draws {
      let sum = weights[2 * draws + draw] * changes[draw] + weights[draw] * changes[draws + draw]
      #expect(ramped[draw] == sum)
      #expect(entry[draw] == max(0, 1 - sum * pull[draw]))
    }

    let factors = numbers(3 * draws, 927, 0.5, 1.5)
    var products = [Float](repeating: 0, count: 2 * draws)
    // Group 0: factor 1. Group 1: group 0's product, factors 0 and 2.
    unsafe lk_products(&products, ceiling, factors, [0, 0], [1, 0, 2], [1, 3], 2)
    for draw in 0..<draws {
      let first = ceiling[draw] * factors[draws + draw]
      #expect(products[draw] == first)
      #expect(products[draws + draw] == first * factors[draw] * factors[2 * draws + draw])
    }
  }

  @Test("sums are rounded to 2⁻²⁰ child and means weigh every draw")
  func sums() {
    let draws = 64
    let (rates, other) = (numbers(draws, 931, 0, 1), numbers(draws, 932, 0, 1))
    let shares = numbers(draws, 933, 0, 0.04).map(Double.init)
    let grain = { (x: Double) in (x * 0x1p20).rounded(.toNearestOrEven) * 0x1p-20 }
    var sums = [Double](repeating: 3, count: draws)
    var mean = unsafe lk_add(&sums, rates, 1234.5, shares, Int64(draws / 8))
    for draw in 0..<draws { #expect(sums[draw] == 3 + grain(Double(rates[draw]) * 1234.5)) }
    let plain = zip(rates, shares).reduce(0) { $0 + Double($1.0) * $1.1 }
    #expect(abs(mean - plain) < 1e-14)

    sums = [Double](repeating: 0, count: draws)
    mean = unsafe lk_add_difference(&sums, rates, other, 99, shares, Int64(draws / 8))
    #expect(abs(mean - plain) < 1e-14)
    for draw in 0..<draws {
      let difference = grain(Double(rates[draw]) * 99) - grain(Double(other[draw]) * 99)
      #expect(sums[draw] == difference)
    }
  }

  /// Rows that try the histogram: even, one far value, few different values, all equal, two heaps,
  /// and more draws in one bin than are sorted by insertion.
  private static let shapes: [@Sendable (Double, Int) -> Double] = [
    { u, _ in u }, { u, draw in draw == 17 ? 1e4 : u }, { u, _ in (u * 5).rounded(.down) },
    { _, _ in 0.25 }, { u, _ in u < 0.5 ? u * 1e-4 : 1 - u * 1e-4 },
    { u, draw in draw % 9 == 0 ? 1e3 : u * 1e-3 },
  ]

  @Test(
    "quantiles are those of all draws sorted, with and without a hint of the year before",
    arguments: LaneKernelTests.shapes.indices, [false, true])
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
            let row = moved.enumerated().map { Float(LaneKernelTests.shapes[shape]($1, $0)) }
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
          let row = numbers(draws, UInt16(951 + year % 2), 0.1, 0.4)
          var none = lk_hint()
          unsafe lk_quantiles(row, &kernel, &asked, 1, &hint, &scratch, &found)
          unsafe lk_quantiles(row, &kernel, &asked, 1, &none, &scratch, &again)
          #expect(found == again)
        }
      }
    }
  }
}
