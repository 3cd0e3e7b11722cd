// Quiebre · LaborModel
// A plan with everything worked out that doesn't change from district to district.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// A factor with what is known of it beforehand.
struct CompiledFactor: Sendable {
  let kind: Factor
  let lines: [Int]
  /// Some line, or a declared pair, acts on that chance.
  let movesEntry: Bool
  let movesExit: Bool
}

/// A plan ready for the kernels.
final class CompiledPlan: Sendable {
  let plan: Plan
  /// Services and transfers, in the plan's order.
  let lines: [LineDraws]
  let groups: AgeGroups
  let factors: [CompiledFactor]
  /// RR of both together − product of the two, per interaction: entry and exit.
  let pairEntry: [LaneBuffer?]
  let pairExit: [LaneBuffer?]

  /// `given` draws take the place of the lines' own; `isBaseline` says whose columns to take.
  init(
    plan: Plan, population: Population, stationary: StationaryProfiles, draws: DrawGrid,
    given: ParameterDraws? = nil, isBaseline: Bool = false
  ) {
    self.plan = plan
    let source = DrawSource(
      field: RandomField(seed: plan.seed), given: given, isBaseline: isBaseline,
      count: draws.padded)
    let helpers = Helpers(plan: plan, source: source)
    let acting = plan.lines.indices.filter {
      plan.lines[$0].kind == .service || plan.lines[$0].kind == .transfer
    }
    lines = acting.map { index in
      LineDraws(
        plan: plan, index: index, helpers: helpers,
        eligible: stationary.eligible(plan.lines[index], population: population), draws: draws,
        source: source)
    }
    let known = plan.interactions.enumerated().compactMap { item -> (Int, Int, Int)? in
      guard let first = acting.firstIndex(of: item.element.first),
        let second = acting.firstIndex(of: item.element.second)
      else { return nil }
      return (first, second, item.offset)
    }
    groups = AgeGroups(
      windows: acting.map { plan.lines[$0].effect.ages }, overlap: plan.overlap,
      interactions: known)
    let pairs = PairDraws(plan: plan, draws: draws, source: source)
    pairEntry = plan.interactions.map { pair in
      pairs.excess(pair, together: pair.entry, .pairEntry, of: \.entry, .entry)
    }
    pairExit = plan.interactions.map { pair in
      pairs.excess(pair, together: pair.exit, .pairExit, of: \.exit, .exit)
    }
    factors = CompiledPlan.factors(
      groups.factors, lines: lines, pairEntry: pairEntry, pairExit: pairExit)
  }

  private static func factors(
    _ kinds: [Factor], lines: [LineDraws], pairEntry: [LaneBuffer?], pairExit: [LaneBuffer?]
  ) -> [CompiledFactor] {
    kinds.map { kind in
      var entry = kind.lines.contains { lines[$0].entry != nil }
      var exit = kind.lines.contains { lines[$0].exit != nil }
      if case .pair(_, _, let interaction) = kind {
        entry = entry || pairEntry[interaction] != nil
        exit = exit || pairExit[interaction] != nil
      }
      return CompiledFactor(
        kind: kind, lines: kind.lines, movesEntry: entry, movesExit: exit)
    }
  }
}

/// Draws of declared pairs.
private struct PairDraws {
  let plan: Plan
  let draws: DrawGrid
  let source: DrawSource

  /// RR of both − RR1·RR2; `nil` where nothing is declared (a multiplier left at 1).
  func excess(
    _ pair: Plan.Interaction, together: Distribution, _ quantity: RandomQuantity,
    of effect: KeyPath<PlanLine.Effect, Distribution>, _ single: LineQuantity
  ) -> LaneBuffer? {
    guard !together.isNeutral else { return nil }
    let (one, other) = (plan.lines[pair.first], plan.lines[pair.second])
    let both = source.draws(of: together, quantity, of: pair)
    let first = source.draws(of: one.effect[keyPath: effect], single, of: one)
    let second = source.draws(of: other.effect[keyPath: effect], single, of: other)
    return draws.lanes(both.indices.map { both[$0] - first[$0] * second[$0] })
  }
}
