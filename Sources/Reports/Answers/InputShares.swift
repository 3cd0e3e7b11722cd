// Quiebre · Reports
// Which uncertain inputs an answer's uncertainty comes from: shares of its variance.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
public import Statistics

/// One uncertain input, draw by draw.
public struct DrawnInput: Hashable, Sendable {
  /// Its key, such as `simulation.exit` or `line.chains.effect.entry`.
  public let key: String
  public let values: [Double]

  public init(key: String, values: [Double]) {
    self.key = key
    self.values = values
  }

  /// The exit rate, which no cross-section identifies: it heads every list.
  static let exit = "simulation.exit"

  /// The uncertain inputs of runs over the same draws, each once.
  static func shared(by reports: [RunReport]) -> [DrawnInput] {
    var seen: Set<String> = []
    return reports.flatMap(\.drawnInputs).filter { seen.insert($0.key).inserted }
  }
}

/// The part of an answer's variance that is owed to one input.
public struct InputShare: Hashable, Sendable {
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// Rate of the final year.
    case rate
    /// Child-years avoided.
    case avoided
  }

  public let outcome: Outcome
  /// A key, or a line or group of lines.
  public let key: String
  /// What it explains alone; `nil` = not asked.
  public let first: DrawnFigure?
  /// What would remain if all else were known; `nil` = not asked.
  public let total: DrawnFigure?

  public init(outcome: Outcome, key: String, first: DrawnFigure?, total: DrawnFigure?) {
    self.outcome = outcome
    self.key = key
    self.first = first
    self.total = total
  }
}

extension RunReport {
  /// The scenario's uncertain inputs, in the order of the model's list.
  var drawnInputs: [DrawnInput] {
    let helps = Dictionary(
      plan.lines.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
    return projection.parameters.compactMap { parameter in
      guard parameter.plan == nil || parameter.plan == plan.id, !parameter.draws.isEmpty else {
        return nil
      }
      return DrawnInput(
        key: parameter.key(kind: parameter.line.flatMap { helps[$0] }), values: parameter.draws)
    }
  }

  /// An answer's draws.
  func draws(of outcome: InputShare.Outcome) -> [Double] {
    switch outcome {
    case .rate: self.outcome.national.rates[AgeGroup.all.rawValue][endColumn]
    case .avoided: self.outcome.avoided
    }
  }

  /// First-order shares of both answers, from the draws at hand: the exit rate, then the largest.
  ///
  /// An answer that doesn't vary has none.
  public func firstOrderShares() -> [InputShare] {
    let inputs = drawnInputs
    return InputShare.Outcome.allCases.flatMap { outcome -> [InputShare] in
      let draws = draws(of: outcome)
      guard let first = draws.first, draws.contains(where: { $0 != first }) else { return [] }
      let shares = EffectShares(of: draws, weights: projection.weights)
      var rows = inputs.map {
        InputShare(
          outcome: outcome, key: $0.key, first: shares.firstOrder(of: $0.values), total: nil)
      }
      if !rows.contains(where: { $0.key == DrawnInput.exit }) {
        let fixed = DrawnFigure(value: 0, standardError: 0)
        rows.insert(
          InputShare(outcome: outcome, key: DrawnInput.exit, first: fixed, total: nil), at: 0)
      }
      return InputShare.ordered(rows)
    }
  }
}

extension InputShare {
  /// The exit rate first, then the largest first; equals as they stand.
  static func ordered(_ rows: [InputShare]) -> [InputShare] {
    rows.enumerated().sorted { one, other in
      func rank(_ row: (offset: Int, element: InputShare)) -> (Int, Double, Int) {
        let size = row.element.first?.value ?? row.element.total?.value ?? 0
        return (row.element.key == DrawnInput.exit ? 0 : 1, -size, row.offset)
      }
      return rank(one) < rank(other)
    }.map(\.element)
  }
}

extension ParameterSummary {
  /// The scenario's key of an input.
  fileprivate func key(kind: PlanLine.Kind?) -> String {
    guard let line else { return name == "level" ? name : "simulation." + name }
    switch name {
    case "entry", "exit", "ramp": return "line.\(line).effect.\(name)"
    case "amount": return "line.\(line).effect." + (kind == .targeting ? "to" : "by")
    default: return "line.\(line).\(name)"
    }
  }
}
