// Quiebre · Reports
// Break and goal on draws that were made elsewhere, such as by another model.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics

/// Projected rates of one series, in percent: `[year − firstYear][draw]`.
public struct ProjectedSeries: Hashable, Sendable {
  /// t₀, the last year before the projection.
  public var firstYear: Int
  public var scenario: [[Double]]
  /// The same draws without the new money; `nil` if there are none.
  public var baseline: [[Double]]?

  public init(firstYear: Int, scenario: [[Double]], baseline: [[Double]]?) {
    self.firstYear = firstYear
    self.scenario = scenario
    self.baseline = baseline
  }

  public var lastYear: Int { firstYear + scenario.count - 1 }
}

extension BreakReport {
  /// Answers break and goal on draws (break-test 3 and 4).
  ///
  /// - Parameters:
  ///   - projected: Draws that hold the deadline.
  ///   - persistence: m, years of sustained fall.
  ///   - children: In the deadline year; `nil` = unknown.
  /// - Returns: False where the settings have no deadline within the draws.
  public mutating func answer(
    on projected: ProjectedSeries, persistence: Int, children: Double?
  ) -> Bool {
    guard let deadline = settings.deadline.map({ Int($0) }), let observed,
      (projected.firstYear + 1...max(projected.firstYear + 1, projected.lastYear))
        .contains(deadline), let tolerance = observed.tolerance?.value
    else { return false }
    let count = projected.scenario[0].count
    draws = Draws(
      seed: nil, count: count, effective: Double(count), hasBaseline: projected.baseline != nil)
    let rule = BreakRule(tolerance: tolerance, persistence: persistence, deadline: deadline)
    let sides = DrawnSides(projected, level: observed.level, surveyError: surveyError)
    let goal = settings.target.map { limit in
      Plan.Target(
        id: "goal", indicator: .rate(value: limit / 100), deadline: deadline, probability: 0.5,
        ages: AgeGroup.all.ages, area: nil)
    }
    let breaks = Plan.Target(
      id: "break",
      indicator: .breaks(
        .init(
          since: settings.since.map { Int($0) }, goal: goal.map { _ in 1 },
          tolerance: settings.tolerance, persistence: persistence, listError: 0.1)),
      deadline: deadline, probability: 0.5, ages: AgeGroup.all.ages, area: nil)
    targets = [breaks] + [goal].compactMap(\.self)
    answers = [sides.breakAnswer(breaks, rule, goal: settings.target)]
    (places, paces) = ([""], [nil])
    if let goal, let limit = settings.target {
      answers.append(sides.goalAnswer(goal, limit: limit, children: children))
      places.append("")
      paces.append(pace)
      pace = nil
    }
    return true
  }
}

/// The draws of both sides and what a survey would see of them.
private struct DrawnSides {
  let projected: ProjectedSeries
  let baseline: [[Double]]
  let level: PlateauLevel?
  let surveyError: Double?

  init(_ projected: ProjectedSeries, level: PlateauLevel?, surveyError: Double?) {
    self.projected = projected
    baseline = projected.baseline ?? projected.scenario
    self.level = level
    self.surveyError = surveyError
  }

  func breakAnswer(_ target: Plan.Target, _ rule: BreakRule, goal: Double?) -> TargetAnswer {
    let plateau = level.map { Plateau.observed($0.value) } ?? .firstYear
    func years(_ rates: [[Double]]) -> BreakYears {
      BreakYears(rates: rates, firstYear: projected.firstYear, rule: rule, plateau: plateau)
    }
    let (after, before) = (years(projected.scenario), years(baseline))
    let column = rule.deadline - projected.firstYear
    let both = goal.map { limit in
      DrawnShare(
        of: zip(after.breaks, projected.scenario[column]).map { $0 && $1 <= limit })
    }
    return TargetAnswer(
      target: target, baseline: before.probability(), scenario: after.probability(),
      pairs: PairedShares(scenario: after.breaks, baseline: before.breaks),
      breaking: TargetAnswer.Breaking(
        rule: rule, level: level?.value, years: after.distribution(), relapses: after.relapses(),
        detectedBaseline: detection(baseline[column]),
        detectedScenario: detection(projected.scenario[column]), withGoal: both), goal: nil)
  }

  private func detection(_ rates: [Double]) -> Double? {
    guard let level, let levelError = level.standardError, let surveyError, surveyError > 0 else {
      return nil
    }
    return probabilityOfDetection(
      rates: rates, level: level.value, levelError: levelError, surveyError: surveyError)
  }

  func goalAnswer(_ target: Plan.Target, limit: Double, children: Double?) -> TargetAnswer {
    let column = target.deadline - projected.firstYear
    func met(_ rates: [[Double]]) -> [Bool] { rates[column].map { $0 <= limit } }
    let (after, before) = (met(projected.scenario), met(baseline))
    let above = children.map { count in
      projected.scenario[column].map { count * max($0 - limit, 0) / 100 }
    }
    return TargetAnswer(
      target: target, baseline: DrawnShare(of: before), scenario: DrawnShare(of: after),
      pairs: PairedShares(scenario: after, baseline: before), breaking: nil,
      goal: TargetAnswer.Goal(
        limit: limit,
        draws: GoalOnDraws(
          rates: projected.scenario, firstYear: projected.firstYear, target: limit,
          deadline: target.deadline, surveyError: surveyError),
        childrenAbove: above.map { values in
          let ends = quantiles(of: values, at: [0.05, 0.5, 0.95])
          return Band(p05: ends[0], p50: ends[1], p95: ends[2])
        }, childrenAboveMean: above.map { mean(of: $0) }))
  }
}
