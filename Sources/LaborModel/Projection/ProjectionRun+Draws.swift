// Quiebre · LaborModel
// Which parameters of a run can be given as draws, and the draws that a run used.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// A parameter that an analyst may give draws of.
public struct DrawableParameter: Hashable, Sendable {
  /// The column: `simulation.exit`, `line.municipal.effect.exit`.
  public var name: String
  /// What the model can work with; a draw outside is refused.
  public var possible: ClosedRange<Double>
  /// Whether the scenario draws it; a fixed one may be given all the same.
  public var isUncertain: Bool

  /// The parameters of a baseline and a plan.
  ///
  /// An effect that a line doesn't have has no column.
  ///
  /// - Parameters:
  ///   - baseline: Its lines have columns of their own (`baseline.line.…`) where they differ.
  ///   - plan: The scenario.
  ///   - departmentCodes: As in ``Population``.
  ///   - observed: Published rates: that of the year `since` makes the level uncertain.
  /// - Returns: In the order of the columns that a run writes.
  public static func all(
    baseline: Plan, plan: Plan, departmentCodes: [String], observed: [ObservedRate]
  ) -> [DrawableParameter] {
    let dynamics = plan.dynamics
    let hasLevel = observed.contains { $0.year == plan.since }
    var all = [
      DrawableParameter(.level, -10...10, hasLevel),
      DrawableParameter(.exit, 0...1, !dynamics.exit.isFixed),
      DrawableParameter(.trend, -1...1, !dynamics.trend.isFixed),
      DrawableParameter(.trendExit, -1...1, !dynamics.trendExit.isFixed),
    ]
    let years = (plan.since + 1)...max(plan.since + 1, plan.end)
    all += years.map {
      DrawableParameter(.shock(year: $0), -5...5, dynamics.shock.standardDeviation > 0)
    }
    for code in departmentCodes {
      all += years.map {
        DrawableParameter(
          .departmentShock(code: code, year: $0), -5...5,
          dynamics.departmentShock.standardDeviation > 0)
      }
    }
    let own = plan.ownParameters
    let known = Dictionary(own.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let others = baseline.ownParameters.compactMap { item -> DrawableParameter? in
      guard let same = known[item.name] else { return item.drawable }
      guard same.distribution != item.distribution else { return nil }
      return DrawableParameter(
        .baseline(item.name), item.possible, !item.distribution.isFixed)
    }
    return all + own.map(\.drawable) + others
  }

  fileprivate init(_ name: ParameterName, _ possible: ClosedRange<Double>, _ isUncertain: Bool) {
    self.name = name.text
    self.possible = possible
    self.isUncertain = isUncertain
  }
}

/// A parameter of one plan's lines and pairs.
private struct OwnParameter {
  let name: ParameterName
  let distribution: Distribution
  let possible: ClosedRange<Double>
  /// Makes its draws.
  let drawn: (DrawSource) -> [Double]

  var drawable: DrawableParameter { DrawableParameter(name, possible, !distribution.isFixed) }
}

extension Plan {
  fileprivate var ownParameters: [OwnParameter] {
    let ofLines = lines.flatMap { line in
      line.uncertain.filter { !($0.quantity.isEffect && $0.distribution.isNeutral) }.map { item in
        OwnParameter(
          name: .line(id: line.id, item.quantity, line.kind), distribution: item.distribution,
          possible: item.quantity.possible,
          drawn: { $0.draws(of: item.distribution, item.quantity, of: line) })
      }
    }
    let ofPairs = interactions.flatMap { pair in
      [(pair.entry, true), (pair.exit, false)].filter { !$0.0.isNeutral }.map { item in
        OwnParameter(
          name: .pair(id: pair.id, isEntry: item.1), distribution: item.0, possible: 0...100,
          drawn: { $0.draws(of: item.0, item.1 ? .pairEntry : .pairExit, of: pair) })
      }
    }
    return ofLines + ofPairs
  }
}

extension LineQuantity {
  fileprivate var isEffect: Bool { self == .entry || self == .exit }
}

extension ProjectionRun {
  /// The draws of the first plan and the baseline, with their weights.
  func parameterDraws(_ prepared: Prepared) -> ParameterDraws {
    let (plan, reference, count) = (plans[0], reference, prepared.draws.count)
    var values: [String: [Double]] = [:]
    let common = prepared.common
    for (name, drawn) in [
      (ParameterName.level, common.level), (.exit, common.exit), (.trend, common.trend),
      (.trendExit, common.trendExit),
    ] { values[name.text] = drawn }
    let shocks = CommonShocks(
      plan: reference, dynamics: dynamics(reference),
      departments: (population.departmentCodes, departmentShares(prepared.stationary)),
      steps: prepared.steps, count: prepared.draws.padded, scores: prepared.scores, given: given)
    for (step, row) in shocks.national.enumerated() {
      values[ParameterName.shock(year: plan.since + step + 1).text] = row
    }
    for (index, code) in population.departmentCodes.enumerated() {
      for (step, row) in shocks.local(index).enumerated() {
        values[ParameterName.departmentShock(code: code, year: plan.since + step + 1).text] = row
      }
    }
    for (own, isBaseline) in [(reference, true), (plan, false)] {
      let source = DrawSource(
        field: RandomField(seed: plan.seed), given: given, isBaseline: isBaseline, count: count)
      for parameter in own.ownParameters {
        let drawn = parameter.drawn(source)
        values[parameter.name.text] = drawn
        if isBaseline { values[ParameterName.baseline(parameter.name).text] = drawn }
      }
    }
    let columns = DrawableParameter.all(
      baseline: reference, plan: plan, departmentCodes: population.departmentCodes,
      observed: observed
    ).filter { $0.isUncertain || given?[$0.name] != nil }
    return ParameterDraws(
      count: count,
      columns: columns.map {
        .init(name: $0.name, values: Array((values[$0.name] ?? []).prefix(count)))
      },
      weights: Array(prepared.weights.shares[0..<count]))
  }
}
