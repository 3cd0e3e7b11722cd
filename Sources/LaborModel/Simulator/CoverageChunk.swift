// Quiebre · LaborModel
// Money to coverage to factors, for one plan in one district over one chunk of draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// Coverage of each line and the factors made of it, all years of a chunk at once.
///
/// Coverage is kept as the change from the base year's, so a line whose money doesn't change has a
/// factor of exactly 1. The loops are `LaneKernels/coverage.c`.
final class CoverageChunk {
  private static let width = DrawGrid.chunk

  private let plan: CompiledPlan
  /// Own copies: a buffer shared by all workers would be counted by all of them.
  private let lines: [LineKernel]
  private let factors: [FactorKernel]
  private var schedules: [LineSchedule]
  private let vectors: Int
  let years: Int
  /// Rows [vector][year][factor]: what entry and exit are multiplied with.
  private let entryFactor: LaneBuffer
  private let exitFactor: LaneBuffer
  /// Rows [line]: coverage of the last year.
  private let last: LaneBuffer
  /// Of lines in common factors: rows [line] of c[base], rows [line][vector][year] of c̃ − c[base].
  private let base: LaneBuffer
  private let ramped: LaneBuffer
  private let scratch: LaneBuffer
  /// By factor: 1 where it acts in some year; by year: 1 where some factor on exit acts.
  private let active: CountBuffer
  private let exitMoves: CountBuffer

  init(_ plan: CompiledPlan, draws: DrawGrid) {
    self.plan = plan
    vectors = draws.vectors
    years = plan.plan.end - plan.plan.base + 1
    lines = plan.lines.map(LineKernel.init)
    factors = plan.factors.map(FactorKernel.init)
    let years = years
    schedules = plan.lines.map { LineSchedule($0, years: years) }
    let cells = CoverageChunk.width * years
    entryFactor = LaneBuffer(count: factors.count * cells)
    exitFactor = LaneBuffer(count: factors.count * cells)
    last = LaneBuffer(count: lines.count * CoverageChunk.width)
    let shared = factors.contains { $0.single == nil }
    base = LaneBuffer(count: shared ? lines.count * CoverageChunk.width : 0)
    ramped = LaneBuffer(count: shared ? lines.count * cells : 0)
    scratch = LaneBuffer(
      count: CoverageChunk.width + (plan.lines.map { 2 * $0.rampYears + $0.lag + years }.max() ?? 0)
    )
    active = CountBuffer(count: factors.count)
    exitMoves = CountBuffer(count: years)
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
    for year in 0..<years { exitMoves.view[year] = 0 }
    for index in factors.indices {
      var acts = false
      for year in 0..<years where factors[index].lines.contains(where: { isActive($0, year) }) {
        acts = true
        if factors[index].movesExit { exitMoves.view[year] = 1 }
      }
      active.view[index] = acts ? 1 : 0
    }
    return earliest
  }

  private func isActive(_ line: Int, _ year: Int) -> Bool { schedules[line].isActive(year) }

  /// Whether a factor ever differs from 1 in the district in hand, on entry and on exit.
  func movesEntry(_ factor: Int) -> Bool { active.view[factor] != 0 && factors[factor].movesEntry }
  func movesExit(_ factor: Int) -> Bool { active.view[factor] != 0 && factors[factor].movesExit }

  /// By year: 0 where no factor on exit differs from 1.
  var exitMovesByYear: CountView { exitMoves.view }

  /// Rows [vector][year][factor], as ``prepare(first:vectors:)`` left them; those of factors that
  /// don't act hold anything.
  var entryFactors: LaneView { entryFactor.view }
  var exitFactors: LaneView { exitFactor.view }

  // MARK: Coverage and factors

  /// Coverage and factors of every year for the chunk of `vectors` that begins at `first`.
  func prepare(first: Int, vectors: Int) {
    for index in factors.indices {
      if let line = factors[index].single {
        if active.view[index] != 0 {
          single(index, line, first: first, vectors: vectors)
        } else {
          still(line, first: first, vectors: vectors)
        }
      } else {
        combine(index, first: first, vectors: vectors)
      }
    }
  }

  /// A line whose coverage never changes: only that of the base year is needed.
  private func still(_ line: Int, first: Int, vectors: Int) {
    guard schedules[line].money(0) > 0 else { return }
    var kernel = unsafe kernel(line, first: first)
    unsafe kernel.years = 1
    unsafe kernel.own_count = 0
    unsafe ramp(kernel, line, vectors: vectors, base: last.view.from(line * CoverageChunk.width))
  }

  private func single(_ factor: Int, _ line: Int, first: Int, vectors: Int) {
    let (entry, exit) = (lines[line].entry?.from(first), lines[line].exit?.from(first))
    unsafe withUnsafePointer(to: kernel(line, first: first)) { kernel in
      unsafe lk_factors(
        kernel, Int64(vectors), entry?.floats, exit?.floats,
        last.view.from(line * CoverageChunk.width).floats, entryFactor.view.from(factor).floats,
        exitFactor.view.from(factor).floats, Int64(factors.count), scratch.view.floats)
    }
  }

  /// The ramped coverage of one line alone, and its coverage in the base year and in the last one.
  private func ramp(_ kernel: lk_line, _ line: Int, vectors: Int, base: LaneView) {
    let shared = ramped.count > 0
    let result = shared ? ramped.view.from(line * CoverageChunk.width * years) : scratch.view
    unsafe withUnsafePointer(to: kernel) { kernel in
      unsafe lk_ramped(
        kernel, Int64(vectors), base.floats, last.view.from(line * CoverageChunk.width).floats,
        result.floats, scratch.view.from(CoverageChunk.width).floats)
    }
  }

  @unsafe
  private func kernel(_ line: Int, first: Int) -> lk_line {
    let (own, schedule) = (lines[line], schedules[line])
    return unsafe lk_line(
      ceiling: own.ceiling.from(first).floats, yield: own.yield.from(first).floats,
      yield_row: own.yieldRow.view.base, ramp: own.ramp.from(first).floats, stride: Int64(vectors),
      money: schedule.moneyByYear.floats, source: schedule.sourceByYear.base,
      own: schedule.ownByYear.base, own_count: Int64(schedule.ownCount),
      fresh: schedule.freshByYear.base, years: Int64(years), span: Int64(own.rampYears),
      lag: Int64(own.lag), exact: own.isExact)
  }

  private func combine(_ factor: Int, first: Int, vectors: Int) {
    for line in factors[factor].lines {
      unsafe ramp(
        kernel(line, first: first), line, vectors: vectors,
        base: base.view.from(line * CoverageChunk.width))
    }
    guard active.view[factor] != 0 else { return }
    if factors[factor].movesEntry {
      combine(factor, of: .entry, first: first, vectors: vectors, into: entryFactor.view)
    }
    if factors[factor].movesExit {
      combine(factor, of: .exit, first: first, vectors: vectors, into: exitFactor.view)
    }
  }

  private func combine(
    _ factor: Int, of chance: CombinedFactor.Chance, first: Int, vectors: Int,
    into target: LaneView
  ) {
    let combined = CombinedFactor(
      kind: factors[factor].kind, chance: chance, plan: plan, base: base.view,
      ramped: ramped.view, years: years, first: first)
    for vector in 0..<vectors {
      var value = Lanes(repeating: 1)
      for year in 0..<years {
        if factors[factor].lines.contains(where: { schedules[$0].isFresh(year) }) {
          value = combined.value(vector: vector, year: year)
        }
        target[(vector * years + year) * factors.count + factor] = value
      }
    }
  }

  /// Adds Σ share·c of the last year, by line, over the draws of the chunk at `first`.
  func addCoverage(shares: WeightLanes, first: Int, vectors: Int, to sums: inout [Double]) {
    for index in lines.indices where isCovering(index) {
      let coverage = last.view.from(index * CoverageChunk.width)
      var sum = SIMD8<Double>.zero
      for vector in 0..<vectors {
        sum += SIMD8<Double>(coverage[vector]) * shares[first + vector]
      }
      sums[index] += sum.sum()
    }
  }

  /// Whether a line ever reaches anyone in the district in hand.
  private func isCovering(_ line: Int) -> Bool {
    schedules[line].money(0) > 0 || schedules[line].changes
  }
}

/// The memory of a line's draws, as the kernels read it; the line itself must stay alive.
private struct LineKernel {
  let isExact: Bool
  let rampYears: Int
  let lag: Int
  let ceiling: LaneView
  let ramp: LaneView
  let entry: LaneView?
  let exit: LaneView?
  /// Children's share of T per unit of money, and where each year's row begins.
  let yield: LaneView
  let yieldRow: CountBuffer

  init(_ line: LineDraws) {
    isExact = line.reach == .exact
    rampYears = line.rampYears
    lag = line.lag
    ceiling = line.ceiling.view
    ramp = line.ramp.view
    entry = line.entry?.view
    exit = line.exit?.view
    yield = line.yield.view
    let rows = (line.version.max() ?? 0) + 1
    let vectors = line.yield.count / rows
    yieldRow = CountBuffer(line.version.map { $0 * vectors })
  }
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
