// Quiebre · LaborModel
// What multiplies entry and exit in each step: trend and shocks times the lines' factors.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// The multipliers of one plan in one district over one chunk of draws, by age group.
@safe
final class MultiplierChunk {
  let coverage: CoverageChunk
  private let entry: ProductLists
  private let exit: ProductLists
  private let width: Int

  init(_ plan: CompiledPlan, draws: DrawGrid) {
    coverage = CoverageChunk(plan, draws: draws)
    entry = ProductLists(plan.groups)
    exit = ProductLists(plan.groups)
    width = plan.factors.count
  }

  /// Takes a district in hand; returns the first year (0 = base) whose step differs from no money.
  func take(district: Int) -> Int? {
    let first = coverage.take(district: district)
    entry.keep(coverage.movesEntry)
    exit.keep(coverage.movesExit)
    return first
  }

  /// What moves all districts alike: rows [step] at the chunk, `stride` vectors apart.
  struct Common {
    let shock: LaneView
    let trend: LaneView?
    let stride: Int
    /// The step of the base year.
    let base: Int
  }

  /// The multipliers for the chunk that the coverage was prepared for; those of steps in which no
  /// line acts if `acts` is false.
  @unsafe
  func moves(_ common: Common, acts: Bool) -> lk_moves {
    unsafe lk_moves(
      shock: common.shock.floats, trend: common.trend?.floats, stride: Int64(common.stride),
      entry: acts ? coverage.entryFactors.floats : nil,
      exit: acts ? coverage.exitFactors.floats : nil, years: Int64(coverage.years),
      width: Int64(width), base: Int64(common.base),
      exit_moves: coverage.exitMovesByYear.base, entry_products: entry.kernel,
      exit_products: exit.kernel, turns: entry.turns | exit.turns)
  }
}

/// See `lk_products`: what each group multiplies, less the factors that don't act.
@safe
private final class ProductLists {
  private let groups: AgeGroups
  private let triples: CountBuffer
  private let slots: CountBuffer
  private var count = 0
  /// Ages, as bits, whose slots aren't those of the age above.
  private(set) var turns: UInt32 = 0

  init(_ groups: AgeGroups) {
    self.groups = groups
    triples = CountBuffer(count: 3 * groups.groups.reduce(0) { $0 + $1.factors.count })
    slots = CountBuffer(count: CohortChunk.ages)
  }

  /// Leaves out the factors that are 1 throughout.
  func keep(_ acts: (Int) -> Bool) {
    count = 0
    var slotOf = InlineArray<13, UInt32>(repeating: UInt32(LK_START))
    for (index, group) in groups.groups.enumerated() {
      // A group without factors of its own is served by its parent's slot.
      slotOf[index] = group.parent.map { slotOf[$0] } ?? UInt32(LK_START)
      for factor in group.factors where acts(factor) {
        triples.view[3 * count] = UInt32(index)
        triples.view[3 * count + 1] = slotOf[index]
        triples.view[3 * count + 2] = UInt32(factor)
        slotOf[index] = UInt32(index)
        count += 1
      }
    }
    turns = 0
    for (age, group) in groups.groupOf.enumerated() {
      slots.view[age] = slotOf[group]
      if age > 0, slots.view[age] != slots.view[age - 1] { turns |= 1 << UInt32(age - 1) }
    }
  }

  @unsafe var kernel: lk_products {
    unsafe lk_products(
      triples: triples.view.base, count: Int64(count), slots: slots.view.base)
  }
}

extension CountBuffer {
  /// The numbers of a list.
  convenience init(_ numbers: [Int]) {
    self.init(count: numbers.count)
    for (index, number) in numbers.enumerated() { view[index] = UInt32(number) }
  }
}
