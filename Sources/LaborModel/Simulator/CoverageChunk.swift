// Quiebre · LaborModel
// Money to coverage to multipliers, for one plan in one district over one chunk of draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

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
  /// Pairs of offsets into ramp weights and changes.
  private let terms: CountBuffer
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
    terms = CountBuffer(count: 2 * (plan.lines.map(\.rampYears).max() ?? 1))
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
    for index in lines.indices {
      let row = index * CoverageChunk.width
      let before = base.view.from(row)
      fill(before, index, year: 0, first: first)
      let funded = schedules[index].money(0) > 0
      for year in 1..<max(1, years) where schedules[index].source(year) == year {
        let target = change.view.from((index * years + year) * CoverageChunk.width)
        fill(target, index, year: year, first: first)
        guard funded else { continue }
        for vector in 0..<CoverageChunk.width { target[vector] -= before[vector] }
      }
      if let entry = lines[index].entry {
        pull(entryPull.view.from(row), entry.from(first), funded ? before : nil)
      }
      if let exit = lines[index].exit {
        pull(exitPull.view.from(row), exit.from(first), funded ? before : nil)
      }
    }
  }

  /// c = min(κ, n/T) or κ(1 − exp(−n/(κT))).
  private func fill(_ target: LaneView, _ index: Int, year: Int, first: Int) {
    let money = schedules[index].money(year)
    let yield = lines[index].yield(year).from(first)
    let ceiling = lines[index].ceiling.from(first)
    let one = Lanes(repeating: 1)
    if money == 0 {
      for vector in 0..<CoverageChunk.width { target[vector] = Lanes() }
    } else if lines[index].isExact {
      for vector in 0..<CoverageChunk.width {
        target[vector] = lesser(ceiling[vector], yield[vector] * money)
      }
    } else {
      for vector in 0..<CoverageChunk.width {
        target[vector] = ceiling[vector] * (one - exp(yield[vector] * -money))
      }
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
    for index in factors.indices {
      // A factor that isn't new is still in memory: the first active one is always new.
      let due = CoverageChunk.active | CoverageChunk.fresh
      guard work.view[year * factors.count + index] == due else { continue }
      let row = index * CoverageChunk.width
      if let line = factors[index].single {
        single(line, year: year, first: first, row: row)
      } else {
        combine(factors[index], year: year, first: first, row: row)
      }
    }
  }

  /// Lists where the ramp's mean of `year` finds its weights and changes; returns how many.
  private func setTerms(_ index: Int, year: Int, first: Int) -> Int {
    var count = 0
    for back in 0..<lines[index].rampYears {
      let source = schedules[index].source(in: year, back: back)
      guard source > 0 else { continue }
      terms.view[2 * count] = UInt32(back * vectors + first)
      terms.view[2 * count + 1] = UInt32((index * years + source) * CoverageChunk.width)
      count += 1
    }
    return count
  }

  /// c̃ − c[base]: the mean of the changes over the ramp, of one vector.
  @inline(__always)
  private func ramp(_ weights: LaneView, terms count: Int, vector: Int) -> Lanes {
    let (terms, change) = (terms.view, change.view)
    var sum = Lanes()
    for term in 0..<count {
      let weight = weights[Int(terms[2 &* term]) &+ vector]
      sum += weight * change[Int(terms[2 &* term &+ 1]) &+ vector]
    }
    return sum
  }

  /// (1 − c̃(1 − RR))/(1 − c[base](1 − RR)) of one line.
  private func single(_ line: Int, year: Int, first: Int, row: Int) {
    let (one, zero) = (Lanes(repeating: 1), Lanes())
    let pulls = line * CoverageChunk.width
    let (entry, exit) = (lines[line].entry != nil, lines[line].exit != nil)
    let weights = lines[line].ramp
    let count = setTerms(line, year: year, first: first)
    for vector in 0..<CoverageChunk.width {
      let changed = ramp(weights, terms: count, vector: vector)
      if entry {
        let multiplier = one - changed * entryPull.view[pulls + vector]
        entryFactor.view[row + vector] = greater(multiplier, zero)
      }
      if exit {
        let multiplier = one - changed * exitPull.view[pulls + vector]
        exitFactor.view[row + vector] = greater(multiplier, zero)
      }
    }
  }

  private func combine(_ factor: FactorKernel, year: Int, first: Int, row: Int) {
    for line in factor.lines {
      let count = setTerms(line, year: year, first: first)
      for vector in 0..<CoverageChunk.width {
        ramped.view[line * CoverageChunk.width + vector] =
          ramp(lines[line].ramp, terms: count, vector: vector)
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

  /// Factor `index` on entry in `year`; `nil` where it is 1.
  @inline(__always)
  func entryRow(_ index: Int, year: Int) -> LaneView? {
    let acts = work.view[year &* factors.count &+ index] & CoverageChunk.active != 0
    guard acts, factors[index].movesEntry else { return nil }
    return entryFactor.view.from(index &* CoverageChunk.width)
  }

  /// Factor `index` on exit in `year`; `nil` where it is 1.
  @inline(__always)
  func exitRow(_ index: Int, year: Int) -> LaneView? {
    let acts = work.view[year &* factors.count &+ index] & CoverageChunk.active != 0
    guard acts, factors[index].movesExit else { return nil }
    return exitFactor.view.from(index &* CoverageChunk.width)
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
