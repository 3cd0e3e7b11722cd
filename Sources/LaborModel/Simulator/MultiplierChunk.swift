// Quiebre · LaborModel
// What multiplies entry and exit in one step: trend and shocks times the lines' factors.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// The multipliers of all age groups of one plan over one chunk of draws.
final class MultiplierChunk {
  private static let width = DrawGrid.chunk

  let coverage: CoverageChunk
  /// The ages by group, while lines act and while none does.
  let runs: [AgeRun]
  let commonRuns: [AgeRun]
  /// Per group: the earlier group whose product it continues (or −1), and its further factors.
  private let parents: [Int]
  private let factors: [[Int]]
  private let entry: LaneBuffer
  private let entryLessOne: LaneBuffer
  private let exit: LaneBuffer
  private let exitLessOne: LaneBuffer

  init(_ plan: CompiledPlan, draws: DrawGrid) {
    coverage = CoverageChunk(plan, draws: draws)
    // Own copies: a buffer shared by all workers would be counted by all of them.
    runs = plan.groups.runs.map { $0 }
    commonRuns = AgeGroups.common.runs.map { $0 }
    parents = plan.groups.groups.map { $0.parent ?? -1 }
    factors = plan.groups.groups.map { $0.factors.map { $0 } }
    let size = plan.groups.groups.count * MultiplierChunk.width
    entry = LaneBuffer(count: size)
    entryLessOne = LaneBuffer(count: size)
    exit = LaneBuffer(count: size)
    exitLessOne = LaneBuffer(count: size)
  }

  /// The multipliers of a step in which no line acts.
  func common(shock: LaneView, trend: LaneView?) -> StepMultipliers {
    let one = Lanes(repeating: 1)
    for vector in 0..<MultiplierChunk.width {
      entry.view[vector] = shock[vector]
      entryLessOne.view[vector] = shock[vector] - one
      guard let trend else { continue }
      exit.view[vector] = trend[vector]
      exitLessOne.view[vector] = trend[vector] - one
    }
    return multipliers(groups: 1, exitMoves: trend != nil)
  }

  /// The multipliers of the step of `year` by age group; each continues its parent's product.
  func acting(year: Int, first: Int, shock: LaneView, trend: LaneView?) -> StepMultipliers {
    coverage.advance(to: year, first: first)
    var exitMoves = trend != nil
    for group in parents.indices {
      let row = group * MultiplierChunk.width
      let before = parents[group] * MultiplierChunk.width
      let inherits = before >= 0
      let (entries, exits) = (entry.view.from(row), exit.view.from(row))
      let shared = inherits ? entry.view.from(before) : shock
      let out = inherits ? exit.view.from(before) : trend
      for vector in 0..<MultiplierChunk.width {
        entries[vector] = shared[vector]
        exits[vector] = out?[vector] ?? Lanes(repeating: 1)
      }
      for factor in factors[group] {
        multiply(entries, coverage.entryRow(factor, year: year))
        let moved = multiply(exits, coverage.exitRow(factor, year: year))
        exitMoves = exitMoves || moved
      }
      lessOne(entries, into: entryLessOne.view.from(row))
      lessOne(exits, into: exitLessOne.view.from(row))
    }
    return multipliers(groups: parents.count, exitMoves: exitMoves)
  }

  @inline(__always)
  @discardableResult
  private func multiply(_ target: LaneView, _ factor: LaneView?) -> Bool {
    guard let factor else { return false }
    for vector in 0..<MultiplierChunk.width { target[vector] *= factor[vector] }
    return true
  }

  @inline(__always)
  private func lessOne(_ values: LaneView, into target: LaneView) {
    let one = Lanes(repeating: 1)
    for vector in 0..<MultiplierChunk.width { target[vector] = values[vector] - one }
  }

  private func multipliers(groups: Int, exitMoves: Bool) -> StepMultipliers {
    StepMultipliers(
      entry: entry.view, entryLessOne: entryLessOne.view, exit: exit.view,
      exitLessOne: exitLessOne.view, exitMoves: exitMoves, groups: groups)
  }
}
