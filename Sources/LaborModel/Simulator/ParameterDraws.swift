// Quiebre · LaborModel
// Draws of a run's uncertain inputs as a table: one row per draw, one column per parameter.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// Parameter draws that a run gives out, or that an analyst gives in place of the run's own.
///
/// Columns carry the scenario's keys: `simulation.exit`, `line.municipal.effect.exit`. Districts'
/// own errors have no columns: they hang on the seed, the draw and the district's code alone.
public struct ParameterDraws: Hashable, Sendable {
  /// The draws of one parameter, in their order.
  public struct Column: Hashable, Sendable {
    public var name: String
    public var values: [Double]

    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  public var columns: [Column]
  /// One per draw, summing to 1; `nil` = not given.
  public var weights: [Double]?
  public var count: Int
  private var places: [String: Int]

  /// - Parameters:
  ///   - count: Draws; every column has as many values.
  ///   - columns: Names all different.
  ///   - weights: Not negative, one above 0; scaled to sum 1 unless they do within 1e-9.
  public init(count: Int, columns: [Column], weights: [Double]?) {
    precondition(columns.allSatisfy { $0.values.count == count }, "one value per draw")
    precondition(weights.map { $0.count == count } ?? true, "one weight per draw")
    self.count = count
    self.columns = columns
    self.weights = weights.map(ParameterDraws.scaled)
    places = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The draws of a parameter; `nil` where it has no column.
  public subscript(name: String) -> [Double]? { places[name].map { columns[$0].values } }

  /// Whether something of what the published rates speak of is given: then the draws are a
  /// posterior already, and the run doesn't weigh them once more.
  public var isPosterior: Bool {
    weights != nil || columns.contains { ParameterName.isCommon($0.name) }
  }

  /// The first draws, their weights scaled to sum 1 again.
  func prefix(_ length: Int) -> ParameterDraws {
    guard length < count else { return self }
    return ParameterDraws(
      count: length,
      columns: columns.map { Column(name: $0.name, values: Array($0.values[..<length])) },
      weights: weights.map { Array($0[..<length]) })
  }

  /// Without one parameter, whose own draws stand again.
  func without(_ parameter: ParameterName) -> ParameterDraws {
    ParameterDraws(
      count: count, columns: columns.filter { $0.name != parameter.text }, weights: weights)
  }

  /// The draws of a parameter, the last one repeated in places that no answer counts.
  func padded(_ parameter: ParameterName, to length: Int) -> [Double]? {
    guard let values = self[parameter.text], let last = values.last else { return nil }
    return values + [Double](repeating: last, count: length - count)
  }

  /// The weights of a run of these draws; `nil` = all count alike.
  var unequalWeights: [Double]? {
    guard let weights, weights.contains(where: { $0 != weights[0] }) else { return nil }
    return weights
  }

  private static func scaled(_ weights: [Double]) -> [Double] {
    let total = fixedOrderSum(weights)
    // Weights that a run wrote come back with all their bits.
    return abs(total - 1) <= 1e-9 || total <= 0 ? weights : weights.map { $0 / total }
  }
}

/// The name of a parameter's column.
enum ParameterName: Hashable, Sendable {
  case level
  case exit
  case trend
  case trendExit
  case shock(year: Int)
  case departmentShock(code: String, year: Int)
  case line(id: String, LineQuantity, PlanLine.Kind)
  case pair(id: String, isEntry: Bool)
  /// The baseline's own draws, where they differ from the scenario's.
  indirect case baseline(ParameterName)

  var text: String {
    switch self {
    case .level: "level"
    case .exit: "simulation.exit"
    case .trend: "simulation.trend"
    case .trendExit: "simulation.trend_exit"
    case .shock(let year): "simulation.shock.\(year)"
    case .departmentShock(let code, let year): "simulation.shock_department.\(code).\(year)"
    case .line(let id, let quantity, let kind): "line.\(id).\(quantity.key(of: kind))"
    case .pair(let id, let isEntry): "interaction.\(id).\(isEntry ? "entry" : "exit")"
    case .baseline(let own): "baseline.\(own.text)"
    }
  }

  /// Whether a column's name is that of something that moves the whole country.
  static func isCommon(_ name: String) -> Bool { name == "level" || name.hasPrefix("simulation.") }
}

/// What may be uncertain of one budget line.
enum LineQuantity: Hashable, Sendable {
  case entry
  case exit
  case unitCost
  case ceiling
  case ramp
  case execution
  case leakage
  /// What a helping line gives.
  case amount

  /// Where its random numbers are.
  var random: RandomQuantity {
    switch self {
    case .entry: .lineEntry
    case .exit: .lineExit
    case .unitCost: .unitCost
    case .ceiling: .ceiling
    case .ramp: .ramp
    case .execution: .execution
    case .leakage: .leakage
    case .amount: .helpAmount
    }
  }

  /// Its key below the line's.
  func key(of kind: PlanLine.Kind) -> String {
    switch self {
    case .entry: "effect.entry"
    case .exit: "effect.exit"
    case .unitCost: "unit_cost"
    case .ceiling: "ceiling"
    case .ramp: "effect.ramp"
    case .execution: "execution"
    case .leakage: "leakage"
    case .amount: kind == .targeting ? "effect.to" : "effect.by"
    }
  }

  /// What the model can work with.
  var possible: ClosedRange<Double> {
    switch self {
    case .entry, .exit: 0...100
    case .unitCost: 0x1p-20...0x1p60
    case .ceiling, .execution, .leakage: 0...1
    case .ramp: 0...200
    case .amount: -1...1
    }
  }
}

/// Where the draws of a plan's lines come from: given ones, else their distributions.
struct DrawSource: Sendable {
  let field: RandomField
  let given: ParameterDraws?
  let isBaseline: Bool
  /// Padded draws.
  let count: Int

  func draws(
    of distribution: Distribution, _ quantity: LineQuantity, of line: PlanLine
  ) -> [Double] {
    found(.line(id: line.id, quantity, line.kind))
      ?? field.draws(
        of: distribution, quantity.random, entity: EntityCode(line.id), count: count)
  }

  func draws(
    of distribution: Distribution, _ quantity: RandomQuantity, of pair: Plan.Interaction
  ) -> [Double] {
    found(.pair(id: pair.id, isEntry: quantity == .pairEntry))
      ?? field.draws(of: distribution, quantity, entity: EntityCode(pair.id), count: count)
  }

  private func found(_ name: ParameterName) -> [Double]? {
    guard let given else { return nil }
    if isBaseline, let own = given.padded(.baseline(name), to: count) { return own }
    return given.padded(name, to: count)
  }
}
