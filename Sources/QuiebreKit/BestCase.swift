// Quiebre · QuiebreKit
// The best that any sum of money in a scenario's lines could do, and what holds it back.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import LaborModel
import Reports
import ScenarioFiles
import Statistics

/// Plans in which money is no limit.
///
/// From the first year after as-of on, every line stands at its ceiling in every district that its
/// `where` lets in. That bounds what any budget in these lines can do, whatever `constraint` and
/// `allocation.max` say. A line that may do harm (a multiplier on the wrong side of 1 in some draw, or
/// half of a declared pair) is tried at its ceiling and without money.
struct BestCase {
  let plan: Plan
  let registry: DistrictRegistry
  /// One row per line: districts that it may serve.
  let members: [[Bool]]
  /// Last year whose money is spent already.
  let asOf: Int

  /// What is lifted beside the limits on money.
  enum Relaxation: CaseIterable {
    case none
    /// No lag, full effect a year later.
    case delay
    /// Besides: every child of every district.
    case delayAndReach
  }

  /// The sets of lines that get no money, the best of which is the best case.
  var choices: [Set<Int>] {
    let doubtful = plan.lines.indices.filter(isDoubtful)
    // Four lines make 16 plans; beyond that each is tried by itself.
    guard doubtful.count <= 4 else { return [[]] + doubtful.map { [$0] } + [Set(doubtful)] }
    return doubtful.reduce([[]]) { sets, line in sets + sets.map { $0.union([line]) } }
  }

  private func isDoubtful(_ index: Int) -> Bool {
    let line = plan.lines[index]
    guard acts(line) else { return false }
    return line.effect.entry.support.upperBound > 1 || line.effect.exit.support.lowerBound < 1
      || plan.interactions.contains { $0.first == index || $0.second == index }
  }

  private func acts(_ line: PlanLine) -> Bool { line.kind == .service || line.kind == .transfer }

  /// The plan with these lines left out and money no limit.
  func plan(without left: Set<Int>, _ relaxation: Relaxation, number: Int) -> Plan {
    var best = plan
    best.id = plan.id + "-best-\(number)"
    let isEverywhere = relaxation == .delayAndReach
    for index in best.lines.indices where acts(best.lines[index]) {
      var line = best.lines[index]
      if relaxation != .none {
        line.effect.lag = 0
        line.effect.ramp = Distribution(.fixed(1))
      }
      if isEverywhere {
        line.effect.ages = AgeGroup.all.ages
        line.delivery.ceiling = Distribution(.fixed(1))
      }
      let amounts = registry.districts.indices.map { district in
        left.contains(index) || !(isEverywhere || members[index][district])
          ? 0 : enough(line, district)
      }
      fill(&line, with: amounts)
      best.lines[index] = line
    }
    return best
  }

  private func fill(_ line: inout PlanLine, with amounts: [Centimos]) {
    let total = amounts.reduce(0, +)
    for (column, year) in (plan.base...plan.end).enumerated() where year > asOf {
      line.money.approved[column] = total
      line.money.national[column] = 0
      line.money.unplaced[column] = 0
      for district in amounts.indices { line.money.placed[district][column] = amounts[district] }
    }
  }

  /// Money that takes coverage to the ceiling in every draw: 1 − exp(−n/(κT)) rounds to 1.
  ///
  /// A thousand times what reaching every child once costs leaves n/T above 60 for any execution ×
  /// (1 − leakage) above 6 %; the cap keeps the sum over districts within 64 bits.
  private func enough(_ line: PlanLine, _ district: Int) -> Centimos {
    let children = registry.childrenByAge[district].reduce(0, +)
    let eligible = max(children, line.delivery.eligible?[district] ?? 0)
    let cost = line.delivery.unitCost.quantile(0.999) * line.delivery.costFactor[district]
    let wanted = 1000 * 100 * eligible * cost / line.delivery.childrenPerUnit
    let most = 8e18 / Double(max(1, registry.districts.count))
    return Centimos(min(max(wanted, 1), most))
  }
}

/// Draws of each pass: a probability is then known to some 7 points.
private let reachDraws = 200

/// Tries whether any budget could reach the targets of a scenario.
struct ReachSearch {
  let session: Session
  let prepared: PreparedScenario

  /// What was tried, and a warning (Q502) for each target that stays out of reach in the best case.
  struct Result {
    /// Targets whose draws are kept: nation and departments.
    var tried = 0
    var warnings: [Diagnostic] = []
  }

  func result() throws -> Result {
    let plan = prepared.plan
    guard !plan.targets.isEmpty else { return Result() }
    let best = BestCase(
      plan: plan, registry: prepared.registry, members: prepared.planned.money.map(\.members),
      asOf: max(plan.base, prepared.scenario.simulation.asOf?.year ?? plan.base))
    let choices = best.choices
    let tried = try figures(
      choices.indices.map { best.plan(without: choices[$0], .none, number: $0) })
    let verdicts = plan.targets.indices.compactMap { target -> (Int, Int)? in
      let found = tried.indices.filter {
        tried[$0].contains { $0.target == plan.targets[target].id }
      }
      let winner = found.min { a, b in
        let (left, right) = (figure(tried[a], target), figure(tried[b], target))
        return (-left.share.estimate, left.lacking) < (-right.share.estimate, right.lacking)
      }
      guard let winner, figure(tried[winner], target).isOutOfReach else { return nil }
      return (target, winner)
    }
    var result = Result(tried: tried.first?.count ?? 0)
    guard !verdicts.isEmpty else { return result }
    let winners = Set(verdicts.map(\.1)).sorted()
    let relaxed = try figures(
      winners.flatMap { winner in
        [BestCase.Relaxation.delay, .delayAndReach].enumerated().map { index, relaxation in
          best.plan(without: choices[winner], relaxation, number: 2 * winner + index)
        }
      })
    result.warnings = verdicts.compactMap { target, winner in
      guard let row = winners.firstIndex(of: winner) else { return nil }
      return warning(
        ReachVerdict(
          best: figure(tried[winner], target),
          withoutDelay: figure(relaxed[2 * row], target),
          withFullReach: figure(relaxed[2 * row + 1], target)), plan.targets[target])
    }
    return result
  }

  private func figure(_ figures: [ReachFigure], _ target: Int) -> ReachFigure {
    let id = prepared.plan.targets[target].id
    guard let found = figures.first(where: { $0.target == id }) else {
      preconditionFailure("asked of answered targets only")
    }
    return found
  }

  /// The figures of all targets under each plan, over the same draws.
  private func figures(_ plans: [Plan]) throws -> [[ReachFigure]] {
    let simulation = Simulation(session: session, scenarios: [prepared])
    return try simulation.reports(of: plans, draws: reachDraws).map { $0.reachFigures() }
  }

  private func warning(_ verdict: ReachVerdict, _ target: Plan.Target) -> Diagnostic {
    Diagnostic(
      .targetOutOfReach, .warning, entry: "target.\(target.id)",
      at: prepared.scenario.targets.first { $0.id == target.id }?.place,
      what: verdict.sentence, why: verdict.limits,
      fix: LocalizedText(
        en: "stronger lines, an earlier start, or a later deadline; see quiebre explain Q502",
        es: "líneas más fuertes, un inicio más temprano o un plazo más tardío; vea quiebre explain "
          + "Q502"))
  }
}
