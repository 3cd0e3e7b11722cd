// Quiebre · LaborModelTests
// The compiled walk through the years against plain Swift that does the same, one number at a time.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaneKernels
import Testing

/// Vectors in a chunk.
let chunkVectors = Int64(LK_CHUNK)
/// Draws in a chunk.
let chunkDraws = Int(LK_CHUNK) * 8

/// Numbers of one address, in low...high.
func laneNumbers(_ count: Int, _ quantity: UInt16, _ low: Double, _ high: Double) -> [Float] {
  RandomField(seed: 7).stream(RandomQuantity(rawValue: quantity)).uniforms(count: count)
    .map { Float(low + (high - low) * $0) }
}

/// Bit for bit, whichever version the processor runs.
///
/// The loops multiply and add apart and in the order of the plain forms. So a processor with AVX2 and one
/// without give the same files.
@Suite("Lane kernels: cohorts")
struct CohortKernelTests {
  private static let draws = chunkDraws
  private static let ages = Int(LK_AGES)
  /// A field of a profile, one draw and age of it.
  private func value(_ profile: LaneBuffer, _ field: Int, _ draw: Int, _ age: Int) -> Float {
    profile.view[scalar: (draw / 8 * Int(LK_PROFILE) + field + age) * 8 + draw % 8]
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
    let (draws, ages) = (CohortKernelTests.draws, CohortKernelTests.ages)
    let counted = draws - 5
    let logits = laneNumbers(draws, 901, logit.lowerBound, logit.upperBound)
    let exits = laneNumbers(draws, 902, exit.lowerBound, exit.upperBound)
    let odds = (0..<ages).map { age in
      let x = (Float(age) - 6) / 6
      return Compute.exp(Lanes(repeating: 1.22 * x - 0.56 * x * x))[0]
    }
    let profile = LaneBuffer(count: Int(LK_CHUNK) * Int(LK_PROFILE))
    let bent = unsafe lk_prepare(
      profile.view.floats, logits, odds, exits, Int64(draws / 8), Int64(counted))
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
        #expect(value(profile, Int(LK_W0), draw, age) == plain[draw].w0[age])
        #expect(value(profile, Int(LK_E0), draw, age) == plain[draw].e0[age])
        #expect(age == 0 || value(profile, Int(LK_EXIT), draw, age) == plain[draw].exit[age])
      }
    }

    // Three steps with two groups of ages: group 1 has what moves all, group 0 a factor beside.
    let groupOf = (0..<UInt32(ages)).map { $0 < 4 || $0 > 10 ? UInt32(1) : 0 }
    let weights = (0..<ages).map { Float($0 < 9 ? 1.0 / 9 : 0.25) }
    let shocks = laneNumbers(3 * draws, 903, entry.lowerBound, entry.upperBound)
    let trends = moves ? laneNumbers(3 * draws, 904, 0.8, 1.4) : nil
    let entryFactors = laneNumbers(3 * draws, 905, 0.6, 1.1)
    let exitFactors = laneNumbers(3 * draws, 906, 0.8, 1.5)
    let state = LaneBuffer(count: Int(LK_CHUNK) * ages)
    let level = [Float](repeating: 0.125, count: draws)
    var rates = [Float](repeating: 0, count: 4 * 2 * draws)
    // Two calls, cut after the first step.
    var held = 0
    for steps in [0..<1, 1..<3] {
      held += Self.walk(
        profile, state, steps: steps, shocks: shocks, trends: trends,
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
    let draws = CohortKernelTests.draws
    let count = years.count / draws
    return (0..<draws / 8).flatMap { vector in
      (0..<count).flatMap { year in (0..<8).map { years[year * draws + vector * 8 + $0] } }
    }
  }

  private static func walk(
    _ profile: LaneBuffer, _ state: LaneBuffer, steps: Range<Int>, shocks: [Float],
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
          profile.view.floats, state.view.floats, &moved, &path, chunkVectors, Int64(counted)))
    }
  }
}
