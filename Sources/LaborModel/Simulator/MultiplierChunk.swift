// Quiebre · LaborModel
// What multiplies entry and exit in one step: trend and shocks times the lines' factors.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// The multipliers of all age groups of one plan over one chunk of draws.
final class MultiplierChunk {
  let coverage: CoverageChunk
  /// The group of each age, while lines act and while none does.
  private let groupOf: CountBuffer
  private let oneGroup = CountBuffer(count: CohortChunk.ages)
  private let groups: Int
  /// See `lk_products`.
  private let parents: CountBuffer
  private let members: CountBuffer
  private let ends: CountBuffer
  private let entry: LaneBuffer
  private let exit: LaneBuffer

  init(_ plan: CompiledPlan, draws: DrawGrid) {
    coverage = CoverageChunk(plan, draws: draws)
    let groups = plan.groups.groups
    self.groups = groups.count
    groupOf = CountBuffer(plan.groups.groupOf)
    parents = CountBuffer(groups.enumerated().map { $0.element.parent ?? $0.offset })
    members = CountBuffer(groups.flatMap(\.factors))
    var end = 0
    ends = CountBuffer(
      groups.map { group in
        end += group.factors.count
        return end
      })
    entry = LaneBuffer(count: groups.count * DrawGrid.chunk)
    exit = LaneBuffer(count: groups.count * DrawGrid.chunk)
  }

  /// The multipliers of a step in which no line acts.
  func common(shock: LaneView, trend: LaneView?) -> StepMultipliers {
    StepMultipliers(
      entry: shock, exit: trend ?? shock, exitMoves: trend != nil, groupOf: oneGroup.view, groups: 1
    )
  }

  /// The multipliers of the step of `year` by age group; each continues its parent's product.
  func acting(year: Int, first: Int, shock: LaneView, trend: LaneView?) -> StepMultipliers {
    coverage.advance(to: year, first: first)
    let exitMoves = trend != nil || coverage.exitMoves(year: year)
    product(entry.view, start: shock, factors: coverage.entryFactors)
    if exitMoves { product(exit.view, start: trend, factors: coverage.exitFactors) }
    return StepMultipliers(
      entry: entry.view, exit: exit.view, exitMoves: exitMoves, groupOf: groupOf.view,
      groups: groups)
  }

  private func product(_ target: LaneView, start: LaneView?, factors: LaneView) {
    unsafe lk_products(
      target.floats, start?.floats, factors.floats, parents.view.base, members.view.base,
      ends.view.base, Int64(groups))
  }
}

extension CountBuffer {
  /// The numbers of a list.
  fileprivate convenience init(_ numbers: [Int]) {
    self.init(count: numbers.count)
    for (index, number) in numbers.enumerated() { view[index] = UInt32(number) }
  }
}
