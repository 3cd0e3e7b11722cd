// Quiebre · ScenarioFiles
// Works a formula out for each district. A missing value makes the result missing, never zero.
// SPDX-License-Identifier: Apache-2.0

/// The fields of all districts, as formulas see them.
struct FormulaTable {
  enum Column: Hashable {
    /// Shares for percents.
    case numbers([Double?], isPercent: Bool)
    case texts([String?])
  }

  let count: Int
  private(set) var columns: [String: Column] = [:]

  init(count: Int) { self.count = count }

  mutating func add(_ name: String, _ column: Column) { columns[name] = column }

  var fields: FormulaFields {
    FormulaFields(
      kinds: columns.mapValues { column in
        switch column {
        case .numbers(_, let isPercent): isPercent ? .percent : .number
        case .texts: .text
        }
      }, isComplete: true)
  }
}

extension Formula {
  /// The number of each district; `nil` where a field is missing or the result isn't finite.
  func numbers(in table: FormulaTable) -> [Double?] {
    (0..<table.count).map { district in
      if case .number(let value) = evaluate(root, district, table) { value } else { nil }
    }
  }

  /// Whether each district meets the condition; `nil` where a missing field decides.
  func conditions(in table: FormulaTable) -> [Bool?] {
    (0..<table.count).map { district in
      if case .boolean(let value) = evaluate(root, district, table) { value } else { nil }
    }
  }

  private enum Value {
    case number(Double)
    case text(String)
    case boolean(Bool)
    case missing
  }

  private func evaluate(_ node: Node, _ district: Int, _ table: FormulaTable) -> Value {
    switch node.content {
    case .number(let value), .percent(let value): return .number(value)
    case .text(let text): return .text(text)
    case .field(let name):
      switch table.columns[name] {
      case .numbers(let values, _): return values[district].map { .number($0) } ?? .missing
      case .texts(let texts): return texts[district].map { .text($0) } ?? .missing
      case nil: return .missing
      }
    case .negated(let inner): return finite(evaluate(inner, district, table)) { -$0 }
    case .not(let inner):
      guard case .boolean(let value) = evaluate(inner, district, table) else { return .missing }
      return .boolean(!value)
    case .oneOf(let inner, let elements):
      return oneOf(
        evaluate(inner, district, table), elements.map { evaluate($0, district, table) })
    case .binary(let symbol, let left, let right):
      return combine(symbol, evaluate(left, district, table), evaluate(right, district, table))
    case .call(let function, let arguments):
      return call(function, arguments.map { evaluate($0, district, table) })
    }
  }

  private func finite(_ value: Value, _ change: (Double) -> Double) -> Value {
    guard case .number(let number) = value else { return .missing }
    let result = change(number)
    return result.isFinite ? .number(result) : .missing
  }

  private func oneOf(_ value: Value, _ elements: [Value]) -> Value {
    var sawMissing = false
    for element in elements {
      switch combine(.equal, value, element) {
      case .boolean(true): return .boolean(true)
      case .missing: sawMissing = true
      default: break
      }
    }
    return sawMissing ? .missing : .boolean(false)
  }

  private func combine(_ symbol: Operator, _ left: Value, _ right: Value) -> Value {
    switch (left, right) {
    case (.number(let a), .number(let b)): return arithmetic(symbol, a, b)
    case (.text(let a), .text(let b)):
      return symbol == .equal ? .boolean(a == b) : symbol == .notEqual ? .boolean(a != b) : .missing
    case (.boolean(let a), .boolean(let b)): return logic(symbol, a, b)
    // Three-valued logic: what is known may decide alone.
    case (.boolean(false), .missing), (.missing, .boolean(false)):
      return symbol == .and ? .boolean(false) : .missing
    case (.boolean(true), .missing), (.missing, .boolean(true)):
      return symbol == .or ? .boolean(true) : .missing
    default: return .missing
    }
  }

  private func logic(_ symbol: Operator, _ a: Bool, _ b: Bool) -> Value {
    switch symbol {
    case .and: .boolean(a && b)
    case .or: .boolean(a || b)
    case .equal: .boolean(a == b)
    case .notEqual: .boolean(a != b)
    default: .missing
    }
  }

  private func arithmetic(_ symbol: Operator, _ a: Double, _ b: Double) -> Value {
    let result: Double
    switch symbol {
    case .plus: result = a + b
    case .minus: result = a - b
    case .times: result = a * b
    case .divided: result = a / b
    case .less: return .boolean(a < b)
    case .lessOrEqual: return .boolean(a <= b)
    case .equal: return .boolean(a == b)
    case .notEqual: return .boolean(a != b)
    case .greaterOrEqual: return .boolean(a >= b)
    case .greater: return .boolean(a > b)
    case .and, .or: return .missing
    }
    return result.isFinite ? .number(result) : .missing
  }

  private func call(_ function: Function, _ values: [Value]) -> Value {
    if function == .choose {
      guard case .boolean(let test) = values[0] else { return .missing }
      return test ? values[1] : values[2]
    }
    var result: Double?
    for value in values {
      guard case .number(let number) = value else { return .missing }
      result =
        result.map { function == .min ? Swift.min($0, number) : Swift.max($0, number) } ?? number
    }
    return result.map { .number($0) } ?? .missing
  }
}
