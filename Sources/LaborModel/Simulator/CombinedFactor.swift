// Quiebre · LaborModel
// The factor that several lines have in common: declared pairs, `nested` and `additive`.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// One factor of several lines on one chance, over one chunk of draws.
struct CombinedFactor {
  enum Chance {
    case entry
    case exit
  }

  private let kind: Factor
  private let plan: CompiledPlan
  /// Rows [line] of c[base], rows [line][vector][year] of c̃ − c[base].
  private let base: LaneView
  private let ramped: LaneView
  private let years: Int
  /// 1 − RR of each line, at the chunk; `nil` where it doesn't act on the chance.
  private let reductions: [LaneView?]
  /// RR of a pair less the product of the two.
  private let excess: LaneView?

  init(
    kind: Factor, chance: Chance, plan: CompiledPlan, base: LaneView, ramped: LaneView, years: Int,
    first: Int
  ) {
    self.kind = kind
    self.plan = plan
    self.base = base
    self.ramped = ramped
    self.years = years
    reductions = kind.lines.map { line in
      let own = plan.lines[line]
      return (chance == .entry ? own.entry : own.exit)?.view.from(first)
    }
    guard case .pair(_, _, let interaction) = kind else {
      excess = nil
      return
    }
    let pairs = chance == .entry ? plan.pairEntry : plan.pairExit
    excess = pairs[interaction]?.view.from(first)
  }

  /// The factor of one vector in one year.
  func value(vector: Int, year: Int) -> Lanes {
    if case .pool = kind { return pool(vector: vector, year: year) }
    guard let excess else { return product(vector: vector, year: year) }
    return pair(excess[vector], vector: vector, year: year)
  }

  private func before(_ slot: Int, _ vector: Int) -> Lanes {
    base[kind.lines[slot] * DrawGrid.chunk + vector]
  }

  private func changed(_ slot: Int, _ vector: Int, _ year: Int) -> Lanes {
    ramped[(kind.lines[slot] * DrawGrid.chunk + vector) * years + year]
  }

  /// Π over the lines of (1 − c̃(1 − RR))/(1 − c[base](1 − RR)).
  private func product(vector: Int, year: Int) -> Lanes {
    var product: Lanes?
    for (slot, reduction) in reductions.enumerated() {
      guard let reduction = reduction?[vector] else { continue }
      let before = before(slot, vector)
      let already = Lanes(repeating: 1) - before * reduction
      let pull = reduction / greater(already, CombinedFactor.least)
      let single = greater(Lanes(repeating: 1) - changed(slot, vector, year) * pull, Lanes())
      product = product.map { $0 * single } ?? single
    }
    return product ?? Lanes(repeating: 1)
  }

  /// What a multiplier of the base year counts at least, so that it can be divided by.
  private static let least = Lanes(repeating: 1e-6)

  /// ((1 − c1 q1)(1 − c2 q2) + c1 c2 k) over the same in the base year.
  private func pair(_ excess: Lanes, vector: Int, year: Int) -> Lanes {
    let unit = Lanes(repeating: 1)
    let (r, s) = (reductions[0]?[vector] ?? Lanes(), reductions[1]?[vector] ?? Lanes())
    func multiplier(_ c: Lanes, _ d: Lanes) -> Lanes {
      greater((unit - c * r) * (unit - d * s) + c * d * excess, CombinedFactor.least)
    }
    let (one, other) = (before(0, vector), before(1, vector))
    return multiplier(one + changed(0, vector, year), other + changed(1, vector, year))
      / multiplier(one, other)
  }

  /// `nested` and `additive`, draw by draw.
  private func pool(vector: Int, year: Int) -> Lanes {
    let acting = reductions.indices.filter { reductions[$0] != nil }
    var parts = [OverlapPool.Part](repeating: OverlapPool.Part(), count: acting.count)
    var factor = Lanes()
    for lane in 0..<8 {
      for (part, slot) in acting.enumerated() {
        let before = before(slot, vector)[lane]
        parts[part] = OverlapPool.Part(
          reduction: reductions[slot]?[vector][lane] ?? 0, before: before,
          now: before + changed(slot, vector, year)[lane])
      }
      factor[lane] = OverlapPool.factor(&parts, overlap: plan.plan.overlap)
    }
    return factor
  }
}
