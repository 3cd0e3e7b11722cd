// Quiebre · Reports
// Whether a target is met: goals and breaks, counted over paired draws.
// SPDX-License-Identifier: Apache-2.0

import Districts
public import LaborModel
public import Statistics

/// A target's probability with and without the scenario's money.
public struct TargetAnswer: Sendable {
  public let target: Plan.Target
  public let baseline: DrawnShare
  public let scenario: DrawnShare
  public let pairs: PairedShares
  /// What only a break has; `nil` for goals.
  public let breaking: Breaking?
  /// What only a goal has; `nil` for breaks.
  public let goal: Goal?

  /// Whether the wanted probability is reached.
  public var isReached: Bool { scenario.estimate >= target.probability }

  /// When stagnation breaks, and whether a survey would see it.
  public struct Breaking: Sendable {
    /// Δ, m, D, and L in percent (`nil` = each draw's own base rate).
    public let rule: BreakRule
    public let level: Double?
    public let years: YearDistribution
    public let relapses: DrawnShare
    public let detectedBaseline: Double?
    public let detectedScenario: Double?
    /// Break and goal in the same draw; `nil` if the rule names no goal.
    public let withGoal: DrawnShare?
  }

  /// How far the goal is; rates in percent.
  public struct Goal: Sendable {
    public let limit: Double
    public let draws: GoalOnDraws
    /// Children above the limit, summed over departments where the whole nation is meant; `nil` if
    /// their number isn't known.
    public let childrenAbove: Band?
    public let childrenAboveMean: Double?
  }
}

extension RunReport {
  /// Every target of the plan that the kept draws can answer, in the plan's order.
  public func targetAnswers() -> [TargetAnswer] { plan.targets.compactMap(answer) }

  /// One target; `nil` where its draws aren't kept or a break has no Δ.
  func answer(_ target: Plan.Target) -> TargetAnswer? {
    guard let draws = draws(of: target) else { return nil }
    switch target.indicator {
    case .breaks(let settings): return breakAnswer(target, settings, draws)
    case .rate, .working: return goalAnswer(target, draws)
    }
  }

  /// P(break) of the plan's first break target in another projection of the same plan, such as one
  /// with another trend; `nil` without such a target.
  public func breakShares(
    in projection: Projection, scenario: Int
  ) -> (baseline: DrawnShare, scenario: DrawnShare)? {
    for target in plan.targets {
      guard case .breaks(let settings) = target.indicator, let rule = rule(target, settings),
        let draws = draws(of: target, in: projection, scenario: scenario)
      else { continue }
      let found = [draws.baseline, draws.scenario].map {
        BreakYears(
          rates: $0, firstYear: draws.firstYear, rule: rule, plateau: plateau(of: target)
        ).probability(weights: projection.weights)
      }
      return (found[0], found[1])
    }
    return nil
  }

  private func breakAnswer(
    _ target: Plan.Target, _ settings: Plan.Target.BreakRule, _ draws: TargetDraws
  ) -> TargetAnswer? {
    guard let rule = rule(target, settings) else { return nil }
    let weights = projection.weights
    let plateau = plateau(of: target)
    let (before, after) = (
      BreakYears(rates: draws.baseline, firstYear: draws.firstYear, rule: rule, plateau: plateau),
      BreakYears(rates: draws.scenario, firstYear: draws.firstYear, rule: rule, plateau: plateau)
    )
    return TargetAnswer(
      target: target, baseline: before.probability(weights: weights),
      scenario: after.probability(weights: weights),
      pairs: PairedShares(scenario: after.breaks, baseline: before.breaks, weights: weights),
      breaking: TargetAnswer.Breaking(
        rule: rule, level: plateau.level, years: after.distribution(weights: weights),
        relapses: after.relapses(weights: weights),
        detectedBaseline: detection(draws.baseline, draws, target),
        detectedScenario: detection(draws.scenario, draws, target),
        withGoal: withGoal(settings, target, breaks: after.breaks)),
      goal: nil)
  }

  /// Δ as the observed series settled it, else as the file gives it.
  private func rule(_ target: Plan.Target, _ settings: Plan.Target.BreakRule) -> BreakRule? {
    guard let tolerance = settings.tolerance ?? observed?.tolerance?.value else { return nil }
    return BreakRule(
      tolerance: tolerance, persistence: settings.persistence, deadline: target.deadline)
  }

  /// The published plateau for the nation; an area has no series of its own.
  private func plateau(of target: Plan.Target) -> Plateau {
    guard target.area == nil, target.ages == AgeGroup.all.ages, let level = observed?.level else {
      return .firstYear
    }
    return .observed(level.value)
  }

  private func detection(
    _ rates: [[Double]], _ draws: TargetDraws, _ target: Plan.Target
  ) -> Double? {
    guard let level = observed?.level, let error = level.standardError, let surveyError,
      surveyError > 0, target.area == nil, let column = draws.column(target.deadline)
    else { return nil }
    return probabilityOfDetection(
      rates: rates[column], weights: projection.weights, level: level.value, levelError: error,
      surveyError: surveyError)
  }

  private func withGoal(
    _ settings: Plan.Target.BreakRule, _ target: Plan.Target, breaks: [Bool]
  ) -> DrawnShare? {
    guard let index = settings.goal, plan.targets.indices.contains(index),
      let limit = rateLimit(of: plan.targets[index]), let draws = draws(of: plan.targets[index]),
      let column = draws.column(plan.targets[index].deadline)
    else { return nil }
    let both = zip(breaks, draws.scenario[column]).map { $0 && $1 <= limit }
    return DrawnShare(of: both, weights: projection.weights)
  }

  private func goalAnswer(_ target: Plan.Target, _ draws: TargetDraws) -> TargetAnswer? {
    guard let limit = rateLimit(of: target), let column = draws.column(target.deadline) else {
      return nil
    }
    let weights = projection.weights
    let met = { (rates: [[Double]]) in rates[column].map { $0 <= limit } }
    let (before, after) = (met(draws.baseline), met(draws.scenario))
    let above = childrenAbove(limit, target, draws.scenario[column])
    return TargetAnswer(
      target: target, baseline: DrawnShare(of: before, weights: weights),
      scenario: DrawnShare(of: after, weights: weights),
      pairs: PairedShares(scenario: after, baseline: before, weights: weights), breaking: nil,
      goal: TargetAnswer.Goal(
        limit: limit,
        draws: GoalOnDraws(
          rates: draws.scenario, firstYear: draws.firstYear, target: limit,
          deadline: target.deadline, weights: weights,
          surveyError: target.area == nil ? surveyError : nil),
        childrenAbove: band(of: above), childrenAboveMean: mean(of: above, weights: weights)))
  }

  /// The rate in percent that a goal must not pass; `nil` for a break.
  func rateLimit(of target: Plan.Target) -> Double? {
    switch target.indicator {
    case .rate(let value): return value * 100
    case .working(let persons):
      let children = children(of: target)
      return children > 0 ? 100 * persons / children : nil
    case .breaks: return nil
    }
  }

  /// Children above a limit in each draw, department by department for the nation.
  private func childrenAbove(
    _ limit: Double, _ target: Plan.Target, _ rates: [Double]
  ) -> [Double] {
    guard target.area == nil else {
      let children = children(of: target)
      return rates.map { children * max($0 - limit, 0) / 100 }
    }
    var sums = [Double](repeating: 0, count: rates.count)
    for area in registry.departments {
      var part = target
      part.area = area.code
      guard let draws = draws(of: part), let column = draws.column(target.deadline) else {
        continue
      }
      let children = children(of: part)
      for draw in sums.indices {
        sums[draw] += children * max(draws.scenario[column][draw] - limit, 0) / 100
      }
    }
    return sums
  }
}

extension Plateau {
  fileprivate var level: Double? {
    if case .observed(let level) = self { level } else { nil }
  }
}
