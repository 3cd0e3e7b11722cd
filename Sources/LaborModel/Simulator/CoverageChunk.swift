// Quiebre · LaborModel
// Money to coverage to multipliers, for one plan in one district over one chunk of draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// Coverage of each line and the factors made of it.
///
/// Coverage is kept as the change from the base year's, so a line whose money doesn't change has a
/// factor of exactly 1.
final class CoverageChunk {
  private static let width = DrawGrid.chunk

  private let plan: CompiledPlan
  /// Own copies: a buffer shared by all workers would be counted by all of them.
  private let lines: [LineKernel]
  private let factors: [FactorKernel]
  private let schedules: [LineSchedule]
  private let vectors: Int
  private let years: Int
  /// Rows [line][year]: c − c[base]; rows [line]: c[base].
  private let change: LaneBuffer
  private let base: LaneBuffer
  /// Rows [line]: ramped change of the step in hand, and (1 − RR)/(1 − c[base](1 − RR)).
  private let ramped: LaneBuffer
  private let entryPull: LaneBuffer
  private let exitPull: LaneBuffer
  /// Rows [factor]: what entry and exit are multiplied with.
  private let entryFactor: LaneBuffer
  private let exitFactor: LaneBuffer
  /// Rows [year][factor]: bits for "differs from 1" and "is new in that year".
  private let work: CountBuffer
  /// Terms of each line's ramp, see `lk_ramp`: rows [line][year] of `span` pairs, and how many count.
  private let terms: CountBuffer
  private let termCounts: CountBuffer
  private let span: Int
  private static let active: UInt32 = 1
  private static let fresh: UInt32 = 2

  init(_ plan: CompiledPlan, draws: DrawGrid) {
    self.plan = plan
    vectors = draws.vectors
    years = plan.plan.end - plan.plan.base + 1
    lines = plan.lines.map(LineKernel.init)
    factors = plan.factors.map(FactorKernel.init)
    let years = years
    schedules = plan.lines.map { LineSchedule($0, years: years) }
    change = LaneBuffer(count: lines.count * years * CoverageChunk.width)
    base = LaneBuffer(count: lines.count * CoverageChunk.width)
    ramped = LaneBuffer(count: lines.count * CoverageChunk.width)
    entryPull = LaneBuffer(count: lines.count * CoverageChunk.width)
    exitPull = LaneBuffer(count: lines.count * CoverageChunk.width)
    entryFactor = LaneBuffer(count: factors.count * CoverageChunk.width)
    exitFactor = LaneBuffer(count: factors.count * CoverageChunk.width)
    work = CountBuffer(count: years * factors.count)
    span = plan.lines.map(\.rampYears).max() ?? 1
    terms = CountBuffer(count: lines.count * years * span * 2)
    termCounts = CountBuffer(count: lines.count * years)
  }

  /// Takes a district in hand; returns the first year (0 = base) whose step differs from no money.
  func take(district: Int) -> Int? {
    var earliest: Int?
    for index in schedules.indices {
      let placed = plan.plan.lines[plan.lines[index].line].money.placed[district]
      guard let first = schedules[index].take(placed: placed, district: district) else {
        continue
      }
      earliest = min(earliest ?? first, first)
    }
    for index in lines.indices { setTerms(index) }
    for index in factors.indices {
      for year in 0..<years {
        let lines = factors[index].lines
        let active = lines.contains { schedules[$0].isActive(year) }
        let fresh = lines.contains { schedules[$0].isFresh(year) }
        work.view[year * factors.count + index] =
          (active ? CoverageChunk.active : 0) | (fresh ? CoverageChunk.fresh : 0)
      }
    }
    return earliest
  }

  // MARK: Coverage

  /// Coverage of every line and year for the chunk that begins at vector `first`.
  func prepare(first: Int) {
    for row in 0..<entryFactor.count {
      (entryFactor.view[row], exitFactor.view[row]) = (Lanes(repeating: 1), Lanes(repeating: 1))
    }
    for index in lines.indices {
      let row = index * CoverageChunk.width
      let before = base.view.from(row)
      fill(before, index, year: 0, first: first)
      let funded = schedules[index].money(0) > 0
      for year in 1..<max(1, years) where schedules[index].source(year) == year {
        let target = change.view.from((index * years + year) * CoverageChunk.width)
        fill(target, index, year: year, first: first, before: funded ? before : nil)
      }
      if let entry = lines[index].entry {
        pull(entryPull.view.from(row), entry.from(first), funded ? before : nil)
      }
      if let exit = lines[index].exit {
        pull(exitPull.view.from(row), exit.from(first), funded ? before : nil)
      }
    }
  }

  /// c = min(κ, n/T) or κ(1 − exp(−n/(κT))), less `before`.
  private func fill(
    _ target: LaneView, _ index: Int, year: Int, first: Int, before: LaneView? = nil
  ) {
    let money = schedules[index].money(year)
    let yield = lines[index].yield(year).from(first)
    let ceiling = lines[index].ceiling.from(first)
    if money == 0 {
      for vector in 0..<CoverageChunk.width {
        target[vector] = Lanes() - (before?[vector] ?? Lanes())
      }
    } else if lines[index].isExact {
      unsafe lk_exact_reach(
        target.floats, ceiling.floats, yield.floats, money, before?.floats)
    } else {
      unsafe lk_random_reach(
        target.floats, ceiling.floats, yield.floats, money, before?.floats)
    }
  }

  /// (1 − RR)/(1 − c[base](1 − RR)): the change of the multiplier per change of coverage.
  private func pull(_ target: LaneView, _ reduction: LaneView, _ base: LaneView?) {
    for vector in 0..<CoverageChunk.width {
      guard let base else {
        target[vector] = reduction[vector]
        continue
      }
      let already = Lanes(repeating: 1) - base[vector] * reduction[vector]
      target[vector] = reduction[vector] / greater(already, CoverageChunk.least)
    }
  }

  /// What a multiplier of the base year counts at least, so that it can be divided by.
  private static let least = Lanes(repeating: 1e-6)

  /// Adds Σ share·c of the last year, by line, over the draws of the chunk at `first`.
  func addCoverage(shares: WeightLanes, first: Int, to sums: inout [Double]) {
    for index in lines.indices {
      let before = base.view.from(index * CoverageChunk.width)
      let source = schedules[index].source(years - 1)
      let changed = change.view.from((index * years + source) * CoverageChunk.width)
      var sum = SIMD8<Double>.zero
      for vector in 0..<CoverageChunk.width {
        let coverage = source > 0 ? before[vector] + changed[vector] : before[vector]
        sum += SIMD8<Double>(coverage) * shares[first + vector]
      }
      sums[index] += sum.sum()
    }
  }

  // MARK: Factors

  /// Brings the factors to the step of `year` (0 = base), for the chunk at `first`.
  func advance(to year: Int, first: Int) {
    // A factor that isn't new is still in memory; before it first acts it is 1.
    for index in factors.indices where isSet(CoverageChunk.fresh, index, year: year) {
      let row = index * CoverageChunk.width
      if let line = factors[index].single {
        single(line, year: year, first: first, row: row)
      } else {
        combine(factors[index], year: year, first: first, row: row)
      }
    }
  }

  @inline(__always)
  private func isSet(_ flag: UInt32, _ factor: Int, year: Int) -> Bool {
    work.view[year &* factors.count &+ factor] & flag != 0
  }

  /// Lists the weights and changes of a line's ramp, year by year, for the district in hand.
  private func setTerms(_ index: Int) {
    for year in 0..<years {
      let row = index * years + year
      var count = 0
      for back in 0..<lines[index].rampYears {
        let source = schedules[index].source(in: year, back: back)
        guard source > 0 else { continue }
        let place = 2 * (row * span + count)
        terms.view[place] = UInt32(back * vectors)
        terms.view[place + 1] = UInt32((index * years + source) * CoverageChunk.width)
        count += 1
      }
      termCounts.view[row] = UInt32(count)
    }
  }

  @unsafe
  private func ramp(_ index: Int, year: Int, first: Int) -> lk_ramp {
    let row = index * years + year
    return unsafe lk_ramp(
      weights: lines[index].ramp.from(first).floats, changes: change.view.floats,
      terms: terms.view.base + 2 * row * span, count: Int64(termCounts.view[row]))
  }

  /// (1 − c̃(1 − RR))/(1 − c[base](1 − RR)) of one line.
  private func single(_ line: Int, year: Int, first: Int, row: Int) {
    let pulls = line * CoverageChunk.width
    let (entry, exit) = (lines[line].entry != nil, lines[line].exit != nil)
    unsafe withUnsafePointer(to: ramp(line, year: year, first: first)) { ramp in
      unsafe lk_ramped_factor(
        ramp, entry ? entryPull.view.from(pulls).floats : nil,
        entryFactor.view.from(row).floats, exit ? exitPull.view.from(pulls).floats : nil,
        exitFactor.view.from(row).floats)
    }
  }

  private func combine(_ factor: FactorKernel, year: Int, first: Int, row: Int) {
    for line in factor.lines {
      unsafe withUnsafePointer(to: ramp(line, year: year, first: first)) { ramp in
        unsafe lk_ramped(ramped.view.from(line * CoverageChunk.width).floats, ramp)
      }
    }
    if factor.movesEntry {
      combine(factor, of: .entry, first: first, into: entryFactor.view.from(row))
    }
    if factor.movesExit {
      combine(factor, of: .exit, first: first, into: exitFactor.view.from(row))
    }
  }

  private enum Chance {
    case entry
    case exit
  }

  private func combine(
    _ factor: FactorKernel, of chance: Chance, first: Int, into target: LaneView
  ) {
    switch factor.kind {
    case .single(let line):
      product([line], of: chance, first: first, into: target)
    case .pair(let one, let other, let interaction):
      let excess = chance == .entry ? plan.pairEntry[interaction] : plan.pairExit[interaction]
      if let excess {
        pair(one, other, of: chance, excess.view.from(first), first: first, into: target)
      } else {
        product([one, other], of: chance, first: first, into: target)
      }
    case .pool(let lines):
      let acting = lines.filter { reduction($0, chance, first) != nil }
      pool(acting, of: chance, first: first, into: target)
    }
  }

  private func reduction(_ line: Int, _ chance: Chance, _ first: Int) -> LaneView? {
    let view = chance == .entry ? lines[line].entry : lines[line].exit
    return view?.from(first)
  }

  /// Π over the lines of (1 − c̃(1 − RR))/(1 − c[base](1 − RR)).
  private func product(_ lines: [Int], of chance: Chance, first: Int, into target: LaneView) {
    var begun = false
    for line in lines where reduction(line, chance, first) != nil {
      let row = line * CoverageChunk.width
      let changed = ramped.view.from(row)
      let pull = (chance == .entry ? entryPull : exitPull).view.from(row)
      for vector in 0..<CoverageChunk.width {
        let single = greater(
          Lanes(repeating: 1) - changed[vector] * pull[vector], Lanes())
        target[vector] = begun ? target[vector] * single : single
      }
      begun = true
    }
  }

  /// ((1 − c1 q1)(1 − c2 q2) + c1 c2 k) over the same in the base year.
  private func pair(
    _ one: Int, _ other: Int, of chance: Chance, _ excess: LaneView, first: Int,
    into target: LaneView
  ) {
    let unit = Lanes(repeating: 1)
    let (p, q) = (reduction(one, chance, first), reduction(other, chance, first))
    let (before, changed) = (base.view, ramped.view)
    for vector in 0..<CoverageChunk.width {
      let (a, b) = (one * CoverageChunk.width + vector, other * CoverageChunk.width + vector)
      let (r, s) = (p?[vector] ?? Lanes(), q?[vector] ?? Lanes())
      func multiplier(_ c: Lanes, _ d: Lanes) -> Lanes {
        greater((unit - c * r) * (unit - d * s) + c * d * excess[vector], CoverageChunk.least)
      }
      target[vector] =
        multiplier(before[a] + changed[a], before[b] + changed[b])
        / multiplier(before[a], before[b])
    }
  }

  /// `nested` and `additive`, draw by draw.
  private func pool(_ lines: [Int], of chance: Chance, first: Int, into target: LaneView) {
    let reductions = lines.map { reduction($0, chance, first) }
    var parts = [OverlapPool.Part](repeating: OverlapPool.Part(), count: lines.count)
    for draw in 0..<CoverageChunk.width * 8 {
      for (slot, line) in lines.enumerated() {
        let cell = line * CoverageChunk.width * 8 + draw
        let before = base.view[scalar: cell]
        parts[slot] = OverlapPool.Part(
          reduction: reductions[slot]?[scalar: draw] ?? 0, before: before,
          now: before + ramped.view[scalar: cell])
      }
      target[scalar: draw] = OverlapPool.factor(&parts, overlap: plan.plan.overlap)
    }
  }

  // MARK: Multipliers

  /// Rows [factor] on entry and on exit, as ``advance(to:first:)`` left them; 1 where none acts.
  var entryFactors: LaneView { entryFactor.view }
  var exitFactors: LaneView { exitFactor.view }

  /// Whether some factor on exit differs from 1 in `year`.
  func exitMoves(year: Int) -> Bool {
    factors.indices.contains {
      factors[$0].movesExit && isSet(CoverageChunk.active, $0, year: year)
    }
  }
}

/// The memory of a line's draws, as the kernels read it; the line itself must stay alive.
private struct LineKernel {
  let isExact: Bool
  let rampYears: Int
  let ceiling: LaneView
  let ramp: LaneView
  let entry: LaneView?
  let exit: LaneView?
  private let yields: [LaneView]

  init(_ line: LineDraws) {
    isExact = line.reach == .exact
    rampYears = line.rampYears
    ceiling = line.ceiling.view
    ramp = line.ramp.view
    entry = line.entry?.view
    exit = line.exit?.view
    let rows = (line.version.max() ?? 0) + 1
    let vectors = line.yield.count / rows
    yields = line.version.map { line.yield.view.from($0 * vectors) }
  }

  /// Children's share of T per unit of money in a year.
  func yield(_ year: Int) -> LaneView { yields[year] }
}

/// A factor as the kernels read it.
private struct FactorKernel {
  let kind: Factor
  let lines: [Int]
  /// The only line.
  let single: Int?
  let movesEntry: Bool
  let movesExit: Bool

  init(_ factor: CompiledFactor) {
    kind = factor.kind
    lines = factor.lines.map { $0 }
    movesEntry = factor.movesEntry
    movesExit = factor.movesExit
    if case .single(let line) = factor.kind { single = line } else { single = nil }
  }
}
