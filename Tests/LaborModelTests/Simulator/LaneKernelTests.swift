// Quiebre · LaborModelTests
// The compiled loops over draws against plain Swift that does the same, one number at a time.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaneKernels
import Statistics
import Testing

/// Vectors in a chunk.
private let chunkVectors = Int64(LK_CHUNK)

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
    let bent = unsafe lk_prepare(
      &kernel, logits, odds, exits, Int64(draws / 8), Int64(counted))
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

    // Three steps with two groups of ages: group 1 has what moves all, group 0 a factor beside.
    let groupOf = (0..<UInt32(ages)).map { $0 < 4 || $0 > 10 ? UInt32(1) : 0 }
    let weights = (0..<ages).map { Float($0 < 9 ? 1.0 / 9 : 0.25) }
    let shocks = numbers(3 * draws, 903, entry.lowerBound, entry.upperBound)
    let trends = moves ? numbers(3 * draws, 904, 0.8, 1.4) : nil
    let entryFactors = numbers(3 * draws, 905, 0.6, 1.1)
    let exitFactors = numbers(3 * draws, 906, 0.8, 1.5)
    let state = LaneBuffer(count: Int(LK_CHUNK) * ages)
    let level = [Float](repeating: 0.125, count: draws)
    var rates = [Float](repeating: 0, count: 4 * 2 * draws)
    // Two calls, cut after the first step.
    var held = 0
    for steps in [0..<1, 1..<3] {
      held += unsafe Self.walk(
        &kernel, state, steps: steps, shocks: shocks, trends: trends,
        entry: rows(entryFactors), exit: rows(exitFactors), moves: moves, groupOf: groupOf,
        weights: weights, level: level, rates: &rates, counted: counted)
    }
    var expectedHeld = 0
    var v = [[Float]](repeating: [Float](repeating: 0, count: ages), count: draws)
    for year in 0..<3 {
      for draw in 0..<draws {
        let cell = year * draws + draw
        let trend = trends?[cell] ?? 1
        let result = plain[draw].step(
          v[draw],
          entry: groupOf.map { $0 == 1 ? shocks[cell] : shocks[cell] * entryFactors[cell] },
          exit: groupOf.map { $0 == 1 || !moves ? trend : trend * exitFactors[cell] })
        v[draw] = result.next
        if draw < counted { expectedHeld += result.held }
        var (young, old) = (Float(0), Float(0))
        for age in stride(from: 12, through: 0, by: -1) {
          if age < 9 {
            young += v[draw][age] * weights[age]
          } else {
            old += v[draw][age] * weights[age]
          }
        }
        #expect(rates[(2 * year + 2) * draws + draw] == level[draw] + young)
        #expect(rates[(2 * year + 3) * draws + draw] == level[draw] + old)
      }
    }
    for draw in 0..<draws {
      for age in 0..<ages {
        #expect(state.view[scalar: (draw / 8 * ages + age) * 8 + draw % 8] == v[draw][age])
      }
    }
    #expect(held == expectedHeld)
  }

  /// Rows [year] as rows [vector][year].
  private func rows(_ years: [Float]) -> [Float] {
    let draws = LaneKernelTests.draws
    let count = years.count / draws
    return (0..<draws / 8).flatMap { vector in
      (0..<count).flatMap { year in (0..<8).map { years[year * draws + vector * 8 + $0] } }
    }
  }

  private static func walk(
    _ kernel: inout lk_cohort, _ state: LaneBuffer, steps: Range<Int>, shocks: [Float],
    trends: [Float]?, entry: [Float], exit: [Float], moves: Bool, groupOf: [UInt32],
    weights: [Float], level: [Float], rates: inout [Float], counted: Int
  ) -> Int {
    let buffers = [shocks, trends ?? [], entry, exit, weights, level].map { values in
      let buffer = LaneBuffer(count: (values.count + 7) / 8)
      for (index, value) in values.enumerated() { buffer.view[scalar: index] = value }
      return buffer
    }
    let acts: UInt32 = moves ? 1 : 0
    let start = UInt32(LK_START)
    // Group 1 has what moves all; group 0 has factor 0 beside.
    let slots = groupOf.map { $0 == 1 ? start : 0 }
    let turns = (0..<12).reduce(UInt32(0)) { $0 | (slots[$1] == slots[$1 + 1] ? 0 : 1 << $1) }
    let lists = [[acts, acts, acts], [0, start, 0], slots].map { values in
      let buffer = CountBuffer(count: values.count)
      for (index, value) in values.enumerated() { buffer.view[index] = value }
      return buffer
    }
    defer { withExtendedLifetime((buffers, lists)) {} }
    let products = unsafe lk_products(
      triples: lists[1].view.base, count: 1, slots: lists[2].view.base)
    var moved = unsafe lk_moves(
      shock: buffers[0].view.floats, trend: trends == nil ? nil : buffers[1].view.floats,
      stride: chunkVectors, entry: buffers[2].view.floats, exit: buffers[3].view.floats,
      years: 3, width: 1, base: 0, exit_moves: lists[0].view.base, entry_products: products,
      exit_products: products, turns: turns)
    return unsafe rates.withUnsafeMutableBufferPointer { rates in
      var path = unsafe lk_path(
        from: Int64(steps.lowerBound), to: Int64(steps.upperBound),
        weights: buffers[4].view.floats, lower_level: buffers[5].view.floats,
        upper_level: buffers[5].view.floats, rates: rates.baseAddress, stride: chunkVectors)
      return unsafe Int(
        lk_walk(
          &kernel, state.view.floats, &moved, &path, chunkVectors, Int64(counted)))
    }
  }

  @Test("coverage, ramps and factors have the bits of the plain form", arguments: [false, true])
  func coverage(exact: Bool) {
    let (draws, years, span, lag) = (LaneKernelTests.draws, 7, 3, 1)
    // Money from year 2 on, the same in 4 and 5; some of it in the base year already.
    let money: [Float] = [12, 12, 60, 90, 130, 130, 0]
    let source: [UInt32] = [0, 0, 2, 3, 4, 4, 6]
    let fresh: [UInt32] = [0, 0, 0, 1, 1, 1, 1]
    let buffers = [
      numbers(draws, 921, 0.5, 1), numbers(draws, 922, 0, 0.02), numbers(span * draws, 924, 0, 0.4),
      numbers(draws, 926, -0.5, 0.6), numbers(draws, 927, -2, 0),
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
        unsafe fresh.withUnsafeBufferPointer { fresh in
          var line = unsafe lk_line(
            ceiling: buffers[0].view.floats, yield: buffers[1].view.floats,
            yield_row: zeros.baseAddress, ramp: buffers[2].view.floats, stride: chunkVectors,
            money: moneyRow.view.floats, source: source.baseAddress, fresh: fresh.baseAddress,
            years: Int64(years), span: Int64(span), lag: Int64(lag), exact: exact)
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
    #expect(last == again)
    for draw in 0..<draws {
      let coverage = money.map { money -> Float in
        let (ceiling, yield) = (view(0, draw), view(1, draw))
        return exact
          ? min(ceiling, yield * money)
          : ceiling * (1 - Compute.exp(Lanes(repeating: yield * -money))[0])
      }
      let change = coverage.map { $0 - coverage[0] }
      #expect(before[draw] == coverage[0])
      #expect(last[draw] == coverage[0] + change[6])
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

  @Test("normal numbers have the bits of Compute's", arguments: [1, 15, 16, 1_000, 30_000])
  func normals(count: Int) {
    // 30,000 draws hold some 4,500 outside the central range.
    let field = RandomField(seed: 0x1234_5678_9abc_def0)
    let stream = field.stream(
      RandomQuantity(rawValue: 961), entity: EntityCode("080101"), year: 2031)
    let due = stream.normals(count: count)
    let (key, place, entity) = stream.address
    var address = lk_stream(
      key_low: key[0], key_high: key[1], place: place,
      entity_low: UInt32(truncatingIfNeeded: entity),
      entity_high: UInt32(truncatingIfNeeded: entity >> 32))
    var found = [Double](repeating: 0, count: count)
    unsafe lk_normals(&address, Int64(count), &found)
    #expect(found == due)
    #expect(due.map(\.magnitude).max() ?? 0 > (count > 1_000 ? 3.9 : 0))

    let level = numbers(1_000, 962, -0.1, 0.1)
    var logits = [Float](repeating: 0, count: 1_000)
    let thousand = stream.normals(count: 1_000)
    unsafe lk_logits(thousand, -1.25, 0.3, level, 125, &logits)
    #expect(logits == zip(thousand, level).map { Float(-1.25 + 0.3 * $0) + $1 })
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
