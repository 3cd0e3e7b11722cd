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
  private let draws: DrawGrid
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
  private var schedules: [LineSchedule]
  /// Rows [year][factor]: whether the factor differs from 1, and whether it is new in that year.
  private var isActive: [Bool]
  private var isFresh: [Bool]
  /// First vector of the chunk in hand.
  private var first = 0

  init(_ plan: CompiledPlan, draws: DrawGrid) {
    self.plan = plan
    self.draws = draws
    let (lines, factors) = (plan.lines.count, plan.factors.count)
    years = plan.plan.end - plan.plan.base + 1
    change = LaneBuffer(count: lines * years * CoverageChunk.width)
    base = LaneBuffer(count: lines * CoverageChunk.width)
    ramped = LaneBuffer(count: lines * CoverageChunk.width)
    entryPull = LaneBuffer(count: lines * CoverageChunk.width)
    exitPull = LaneBuffer(count: lines * CoverageChunk.width)
    entryFactor = LaneBuffer(count: factors * CoverageChunk.width)
    exitFactor = LaneBuffer(count: factors * CoverageChunk.width)
    schedules = [LineSchedule](repeating: LineSchedule(), count: lines)
    isActive = [Bool](repeating: false, count: years * factors)
    isFresh = isActive
  }

  /// Takes a district in hand; returns the first year (0 = base) whose step differs from no money.
  func take(district: Int) -> Int? {
    var earliest: Int?
    for index in plan.lines.indices {
      let line = plan.lines[index]
      schedules[index].set(
        line: line, placed: plan.plan.lines[line.line].money.placed[district],
        district: district)
      guard let active = schedules[index].firstActive else { continue }
      earliest = min(earliest ?? active, active)
    }
    for (index, factor) in plan.factors.enumerated() {
      for year in 0..<years {
        let cell = year * plan.factors.count + index
        isActive[cell] = factor.lines.contains { schedules[$0].isActive[year] }
        isFresh[cell] = factor.lines.contains { schedules[$0].isFresh[year] }
      }
    }
    return earliest
  }

  // MARK: Coverage

  /// Coverage of every line and year for the chunk that begins at vector `first`.
  func prepare(first: Int) {
    self.first = first
    for index in plan.lines.indices {
      let line = plan.lines[index]
      let row = index * CoverageChunk.width
      let before = base.view.from(row)
      fill(before, line, schedules[index], year: 0)
      for year in 1..<max(1, years) where schedules[index].source[year] == year {
        let target = change.view.from((index * years + year) * CoverageChunk.width)
        fill(target, line, schedules[index], year: year)
        for vector in 0..<CoverageChunk.width { target[vector] -= before[vector] }
      }
      let funded = schedules[index].money[0] > 0
      if let entry = line.entry {
        pull(entryPull.view.from(row), entry.view.from(first), funded ? before : nil)
      }
      if let exit = line.exit {
        pull(exitPull.view.from(row), exit.view.from(first), funded ? before : nil)
      }
    }
  }

  /// c = min(κ, n/T) or κ(1 − exp(−n/(κT))).
  private func fill(
    _ target: LaneView, _ line: LineDraws, _ schedule: LineSchedule, year: Int
  ) {
    let money = schedule.money[year]
    let yield = line.yield.view.from(line.version[year] * draws.vectors + first)
    let ceiling = line.ceiling.view.from(first)
    let one = Lanes(repeating: 1)
    if money == 0 {
      for vector in 0..<CoverageChunk.width { target[vector] = Lanes() }
    } else if line.reach == .exact {
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

  /// Adds Σ share·c of the last year, by line, over the chunk's draws.
  func addCoverage(shares: WeightLanes, to sums: inout [Double]) {
    for index in plan.lines.indices {
      let before = base.view.from(index * CoverageChunk.width)
      let source = schedules[index].source[years - 1]
      let changed =
        source < 0 ? nil : change.view.from((index * years + source) * CoverageChunk.width)
      var sum = SIMD8<Double>.zero
      for vector in 0..<CoverageChunk.width {
        let coverage = before[vector] + (changed?[vector] ?? Lanes())
        sum += SIMD8<Double>(coverage) * shares[first + vector]
      }
      sums[index] += sum.sum()
    }
  }

  // MARK: Factors

  /// Brings the factors to the step of `year` (0 = base).
  func advance(to year: Int) {
    for index in plan.factors.indices {
      let cell = year * plan.factors.count + index
      // A factor that isn't new is still in memory: the first active one is always new.
      guard isActive[cell], isFresh[cell] else { continue }
      let factor = plan.factors[index]
      for line in factor.lines { ramp(line, year: year) }
      let row = index * CoverageChunk.width
      if factor.movesEntry {
        combine(factor, of: .entry, into: entryFactor.view.from(row))
      }
      if factor.movesExit {
        combine(factor, of: .exit, into: exitFactor.view.from(row))
      }
    }
  }

  /// c̃ − c[base]: the mean of the changes over the ramp.
  private func ramp(_ index: Int, year: Int) {
    let line = plan.lines[index]
    let target = ramped.view.from(index * CoverageChunk.width)
    var begun = false
    for back in 0..<line.rampYears {
      let source = schedules[index].source(in: year, back: back)
      guard source >= 0 else { continue }
      let weight = line.ramp.view.from(back * draws.vectors + first)
      let changed = change.view.from((index * years + source) * CoverageChunk.width)
      for vector in 0..<CoverageChunk.width {
        let part = weight[vector] * changed[vector]
        target[vector] = begun ? target[vector] + part : part
      }
      begun = true
    }
    if !begun { for vector in 0..<CoverageChunk.width { target[vector] = Lanes() } }
  }

  private enum Chance {
    case entry
    case exit
  }

  private func combine(_ factor: CompiledFactor, of chance: Chance, into target: LaneView) {
    switch factor.kind {
    case .single(let line):
      product([line], of: chance, into: target)
    case .pair(let one, let other, let interaction):
      let excess = chance == .entry ? plan.pairEntry[interaction] : plan.pairExit[interaction]
      if let excess {
        pair(one, other, of: chance, excess.view.from(first), into: target)
      } else {
        product([one, other], of: chance, into: target)
      }
    case .pool(let lines):
      pool(lines.filter { reduction($0, chance) != nil }, of: chance, into: target)
    }
  }

  private func reduction(_ line: Int, _ chance: Chance) -> LaneView? {
    let buffer = chance == .entry ? plan.lines[line].entry : plan.lines[line].exit
    return buffer.map { $0.view.from(first) }
  }

  /// Π over the lines of (1 − c̃(1 − RR))/(1 − c[base](1 − RR)).
  private func product(_ lines: [Int], of chance: Chance, into target: LaneView) {
    var begun = false
    for line in lines where reduction(line, chance) != nil {
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
    _ one: Int, _ other: Int, of chance: Chance, _ excess: LaneView, into target: LaneView
  ) {
    let unit = Lanes(repeating: 1)
    let (p, q) = (reduction(one, chance), reduction(other, chance))
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
  private func pool(_ lines: [Int], of chance: Chance, into target: LaneView) {
    let reductions = lines.map { reduction($0, chance) }
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

  /// Multiplies a group's entry and exit with its own factors of `year`.
  ///
  /// - Returns: Whether exit can differ from what it was.
  func multiply(_ factors: [Int], year: Int, entry: LaneView, exit: LaneView) -> Bool {
    var exitMoved = false
    for factor in factors where isActive[year * plan.factors.count + factor] {
      let row = factor * CoverageChunk.width
      if plan.factors[factor].movesEntry {
        let own = entryFactor.view.from(row)
        for vector in 0..<CoverageChunk.width { entry[vector] *= own[vector] }
      }
      if plan.factors[factor].movesExit {
        exitMoved = true
        let own = exitFactor.view.from(row)
        for vector in 0..<CoverageChunk.width { exit[vector] *= own[vector] }
      }
    }
    return exitMoved
  }
}
