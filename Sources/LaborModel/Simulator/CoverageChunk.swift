// Quiebre · LaborModel
// Money to coverage to multipliers, for one plan in one district over one chunk of draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// Coverage of each line and the factors made of it.
///
/// Coverage is kept as the change from the base year's, so a line whose money doesn't change has a
/// factor of exactly 1.
struct CoverageChunk {
  private static let width = DrawGrid.chunk

  /// Rows [line][year]: c − c[base]; rows [line]: c[base].
  private let change: LaneBuffer
  private let base: LaneBuffer
  /// Rows [line]: ramped change of the step in hand, and (1 − RR)/(1 − c[base](1 − RR)).
  private let ramped: LaneBuffer
  private let entryPull: LaneBuffer
  private let exitPull: LaneBuffer
  /// Rows [factor]: what entry and exit are multiplied with; and whether it isn't 1.
  private let entryFactor: LaneBuffer
  private let exitFactor: LaneBuffer
  private var entryActs: [Bool]
  private var exitActs: [Bool]
  private let years: Int
  private var schedules: [LineSchedule]

  init(_ plan: CompiledPlan) {
    let lines = plan.lines.count
    years = plan.plan.end - plan.plan.base + 1
    change = LaneBuffer(count: lines * years * CoverageChunk.width)
    base = LaneBuffer(count: lines * CoverageChunk.width)
    ramped = LaneBuffer(count: lines * CoverageChunk.width)
    entryPull = LaneBuffer(count: lines * CoverageChunk.width)
    exitPull = LaneBuffer(count: lines * CoverageChunk.width)
    let factors = plan.groups.factors.count
    entryFactor = LaneBuffer(count: factors * CoverageChunk.width)
    exitFactor = LaneBuffer(count: factors * CoverageChunk.width)
    entryActs = [Bool](repeating: false, count: factors)
    exitActs = entryActs
    schedules = [LineSchedule](repeating: LineSchedule(), count: lines)
  }

  /// Takes a district in hand; returns the first year (0 = base) whose step differs from no money.
  mutating func take(district: Int, plan: CompiledPlan) -> Int? {
    for line in plan.lines.indices {
      schedules[line].set(
        line: plan.lines[line],
        placed: plan.plan.lines[plan.lines[line].line].money.placed[district], district: district)
    }
    return schedules.compactMap(\.firstActive).min()
  }

  /// Coverage of every line and year for the chunk that begins at vector `first`.
  func prepare(_ plan: CompiledPlan, first: Int, draws: DrawGrid) {
    for index in plan.lines.indices {
      let line = plan.lines[index]
      let schedule = schedules[index]
      let row = index * CoverageChunk.width
      fill(base.view.from(row), line, schedule, year: 0, first: first, draws: draws)
      for year in 1..<max(1, years) where schedule.source[year] == year {
        let target = change.view.from((index * years + year) * CoverageChunk.width)
        fill(target, line, schedule, year: year, first: first, draws: draws)
        for vector in 0..<CoverageChunk.width { target[vector] -= base.view[row + vector] }
      }
      pull(entryPull.view.from(row), line.entry, base.view.from(row), first: first)
      pull(exitPull.view.from(row), line.exit, base.view.from(row), first: first)
    }
  }

  /// c = min(κ, n/T) or κ(1 − exp(−n/(κT))).
  private func fill(
    _ target: LaneView, _ line: LineDraws, _ schedule: LineSchedule, year: Int, first: Int,
    draws: DrawGrid
  ) {
    let money = schedule.money[year]
    guard money > 0 else {
      for vector in 0..<CoverageChunk.width { target[vector] = Lanes() }
      return
    }
    let yield = line.yield.view.from(line.version[year] * draws.vectors + first)
    let ceiling = line.ceiling.view.from(first)
    let one = Lanes(repeating: 1)
    for vector in 0..<CoverageChunk.width {
      let reached = yield[vector] * money
      target[vector] =
        line.reach == .exact
        ? lesser(ceiling[vector], reached) : ceiling[vector] * (one - exp(-reached))
    }
  }

  /// (1 − RR)/(1 − c[base](1 − RR)): the change of the multiplier per change of coverage.
  private func pull(_ target: LaneView, _ effect: LaneBuffer?, _ base: LaneView, first: Int) {
    guard let effect else { return }
    let reduction = effect.view.from(first)
    let one = Lanes(repeating: 1)
    for vector in 0..<CoverageChunk.width {
      let already = greater(one - base[vector] * reduction[vector], CoverageChunk.least)
      target[vector] = reduction[vector] / already
    }
  }

  /// What a multiplier of the base year counts at least, so that it can be divided by.
  private static let least = Lanes(repeating: 1e-6)

  /// Brings the factors to the step of `year` (0 = base).
  mutating func advance(to year: Int, _ plan: CompiledPlan, first: Int, draws: DrawGrid) {
    for (index, factor) in plan.groups.factors.enumerated() {
      let lines = factor.lines
      let active = lines.contains { schedules[$0].isActive(in: year) }
      let fresh = !lines.allSatisfy { schedules[$0].repeats(in: year) }
      guard active else {
        entryActs[index] = false
        exitActs[index] = false
        continue
      }
      // A repeated year keeps its factor, but the first active one is never a repetition.
      guard fresh else { continue }
      for line in lines { ramp(line, plan.lines[line], year: year, first: first, draws: draws) }
      let row = index * CoverageChunk.width
      entryActs[index] = combine(
        factor, plan, \.entry, plan.pairEntry, entryPull, into: entryFactor.view.from(row),
        first: first)
      exitActs[index] = combine(
        factor, plan, \.exit, plan.pairExit, exitPull, into: exitFactor.view.from(row),
        first: first)
    }
  }

  /// c̃ − c[base]: the mean of the changes over the ramp.
  private func ramp(
    _ index: Int, _ line: LineDraws, year: Int, first: Int, draws: DrawGrid
  ) {
    let target = ramped.view.from(index * CoverageChunk.width)
    for vector in 0..<CoverageChunk.width { target[vector] = Lanes() }
    for back in 0..<line.rampYears {
      let source = schedules[index].source(in: year, back: back)
      guard source >= 0 else { continue }
      let weight = line.ramp.view.from(back * draws.vectors + first)
      let changed = change.view.from((index * years + source) * CoverageChunk.width)
      for vector in 0..<CoverageChunk.width { target[vector] += weight[vector] * changed[vector] }
    }
  }

  /// One factor; returns whether it can differ from 1.
  private func combine(
    _ factor: Factor, _ plan: CompiledPlan, _ effect: KeyPath<LineDraws, LaneBuffer?>,
    _ pairs: [LaneBuffer?], _ pulls: LaneBuffer, into target: LaneView, first: Int
  ) -> Bool {
    let acting = factor.lines.filter { plan.lines[$0][keyPath: effect] != nil }
    if case .pair(let one, let other, let interaction) = factor, let excess = pairs[interaction] {
      pair(one, other, plan, effect, excess.view.from(first), into: target, first: first)
      return true
    }
    guard !acting.isEmpty else { return false }
    if case .pool = factor, acting.count > 1 {
      pool(acting, plan, effect, into: target, first: first)
      return true
    }
    let one = Lanes(repeating: 1)
    for vector in 0..<CoverageChunk.width { target[vector] = one }
    for line in acting {
      let row = line * CoverageChunk.width
      for vector in 0..<CoverageChunk.width {
        let single = one - ramped.view[row + vector] * pulls.view[row + vector]
        target[vector] = target[vector] * greater(single, Lanes())
      }
    }
    return true
  }

  /// ((1 − c1 q1)(1 − c2 q2) + c1 c2 k) over the same in the base year.
  private func pair(
    _ one: Int, _ other: Int, _ plan: CompiledPlan, _ effect: KeyPath<LineDraws, LaneBuffer?>,
    _ excess: LaneView, into target: LaneView, first: Int
  ) {
    let unit = Lanes(repeating: 1)
    for vector in 0..<CoverageChunk.width {
      let (a, b) = (one * CoverageChunk.width + vector, other * CoverageChunk.width + vector)
      let p = plan.lines[one][keyPath: effect]?.view[first + vector] ?? Lanes()
      let q = plan.lines[other][keyPath: effect]?.view[first + vector] ?? Lanes()
      func multiplier(_ c: Lanes, _ d: Lanes) -> Lanes {
        (unit - c * p) * (unit - d * q) + c * d * excess[vector]
      }
      let before = multiplier(base.view[a], base.view[b])
      let now = multiplier(
        base.view[a] + ramped.view[a], base.view[b] + ramped.view[b])
      target[vector] =
        greater(now, CoverageChunk.least) / greater(before, CoverageChunk.least)
    }
  }

  /// `nested` and `additive`, lane by lane.
  private func pool(
    _ lines: [Int], _ plan: CompiledPlan, _ effect: KeyPath<LineDraws, LaneBuffer?>,
    into target: LaneView, first: Int
  ) {
    let reductions = lines.map { plan.lines[$0][keyPath: effect] }
    var parts = [OverlapPool.Part](repeating: OverlapPool.Part(), count: lines.count)
    for draw in 0..<CoverageChunk.width * 8 {
      for (slot, line) in lines.enumerated() {
        let cell = line * CoverageChunk.width * 8 + draw
        parts[slot] = OverlapPool.Part(
          reduction: reductions[slot]?.view[scalar: first * 8 + draw] ?? 0,
          before: base.view[scalar: cell],
          now: base.view[scalar: cell] + ramped.view[scalar: cell])
      }
      target[scalar: draw] = OverlapPool.factor(&parts, overlap: plan.plan.overlap)
    }
  }

  /// The product of a group's factors times what its parent (or the shock) gives.
  ///
  /// - Returns: Whether entry and exit of the group differ from the parent's.
  func multiply(
    _ factors: [Int], entry: LaneView, exit: LaneView
  ) -> (entry: Bool, exit: Bool) {
    var acts = (entry: false, exit: false)
    for factor in factors {
      let row = factor * CoverageChunk.width
      if entryActs[factor] {
        acts.entry = true
        for vector in 0..<CoverageChunk.width { entry[vector] *= entryFactor.view[row + vector] }
      }
      if exitActs[factor] {
        acts.exit = true
        for vector in 0..<CoverageChunk.width { exit[vector] *= exitFactor.view[row + vector] }
      }
    }
    return acts
  }

  /// Adds Σ weight·c of the last year, by line, over the chunk's draws.
  func addCoverage(_ plan: CompiledPlan, first: Int, weights: [Double], to sums: inout [Double]) {
    for index in plan.lines.indices {
      let source = schedules[index].source[years - 1]
      for draw in 0..<CoverageChunk.width * 8 {
        let weight = weights[first * 8 + draw]
        guard weight > 0 else { continue }
        var coverage = base.view[scalar: index * CoverageChunk.width * 8 + draw]
        if source >= 0 {
          coverage +=
            change.view[
              scalar: (index * years + source) * CoverageChunk.width * 8 + draw]
        }
        sums[index] += weight * Double(coverage)
      }
    }
  }
}
