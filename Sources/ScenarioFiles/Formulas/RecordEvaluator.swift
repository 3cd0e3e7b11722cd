// Quiebre · ScenarioFiles
// Works formulas out column by column: each step is one loop over all records.
// SPDX-License-Identifier: Apache-2.0

/// Evaluates checked formulas; gives what ``Formula/conditions(in:)`` gives record by record.
struct RecordEvaluator {
  let columns: [String: RecordColumn]
  let count: Int

  private typealias Truth = RecordColumn.Truth

  func column(_ node: Formula.Node) -> RecordColumn {
    switch node.content {
    case .number(let value), .percent(let value):
      return .numbers([Double](repeating: value, count: count))
    case .text(let text):
      return .texts(codes: [Int32](repeating: 0, count: count), labels: [text])
    case .field(let name): return columns[name] ?? missing
    case .negated(let inner): return .numbers(numbers(inner).map { -$0 })
    case .not(let inner):
      return .conditions(
        conditions(column(inner)).map { $0 == .yes ? .no : $0 == .no ? .yes : .unknown })
    case .binary(let symbol, let left, let right):
      return combine(symbol, column(left), column(right))
    case .oneOf(let inner, let parts):
      let value = column(inner)
      let none = RecordColumn.conditions([Truth](repeating: .no, count: count))
      return parts.reduce(none) { combine(.or, $0, combine(.equal, value, column($1))) }
    case .call(let function, let parts): return call(function, parts.map(column))
    }
  }

  private var missing: RecordColumn {
    .numbers([Double](repeating: .nan, count: count))
  }

  private func numbers(_ node: Formula.Node) -> [Double] { numbers(column(node)) }

  private func numbers(_ column: RecordColumn) -> [Double] {
    if case .numbers(let values) = column { return values }
    return [Double](repeating: .nan, count: count)
  }

  private func conditions(_ column: RecordColumn) -> [Truth] {
    if case .conditions(let values) = column { return values }
    return [Truth](repeating: .unknown, count: count)
  }

  private func combine(
    _ symbol: Formula.Operator, _ left: RecordColumn, _ right: RecordColumn
  ) -> RecordColumn {
    switch (left, right) {
    case (.numbers(let a), .numbers(let b)): return arithmetic(symbol, a, b)
    case (.texts(let a, let labels), .texts(let b, let others)):
      return .conditions(compare(symbol, a, labels, b, others))
    default: return .conditions(logic(symbol, conditions(left), conditions(right)))
    }
  }

  private func arithmetic(
    _ symbol: Formula.Operator, _ a: [Double], _ b: [Double]
  ) -> RecordColumn {
    switch symbol {
    case .plus: .numbers(each(a, b) { $0 + $1 })
    case .minus: .numbers(each(a, b) { $0 - $1 })
    case .times: .numbers(each(a, b) { $0 * $1 })
    case .divided: .numbers(each(a, b) { $0 / $1 })
    case .less: .conditions(test(a, b) { $0 < $1 })
    case .lessOrEqual: .conditions(test(a, b) { $0 <= $1 })
    case .equal: .conditions(test(a, b) { $0 == $1 })
    case .notEqual: .conditions(test(a, b) { $0 != $1 })
    case .greaterOrEqual: .conditions(test(a, b) { $0 >= $1 })
    case .greater: .conditions(test(a, b) { $0 > $1 })
    case .and, .or: missing
    }
  }

  @inline(__always)
  private func each(
    _ a: [Double], _ b: [Double], _ step: (Double, Double) -> Double
  ) -> [Double] {
    a.indices.map { index in
      let result = step(a[index], b[index])
      return result.isFinite ? result : .nan
    }
  }

  @inline(__always)
  private func test(
    _ a: [Double], _ b: [Double], _ holds: (Double, Double) -> Bool
  ) -> [Truth] {
    a.indices.map { index in
      let (x, y) = (a[index], b[index])
      return x.isNaN || y.isNaN ? .unknown : holds(x, y) ? .yes : .no
    }
  }

  private func logic(_ symbol: Formula.Operator, _ a: [Truth], _ b: [Truth]) -> [Truth] {
    // What is known may decide alone.
    let decides: Truth = symbol == .and ? .no : .yes
    return a.indices.map { index in
      let (x, y) = (a[index], b[index])
      switch symbol {
      case .and, .or:
        if x == decides || y == decides { return decides }
        return x == .unknown || y == .unknown ? .unknown : symbol == .and ? .yes : .no
      default:
        if x == .unknown || y == .unknown { return .unknown }
        return (x == y) == (symbol == .equal) ? .yes : .no
      }
    }
  }

  private func compare(
    _ symbol: Formula.Operator, _ a: [Int32], _ labels: [String], _ b: [Int32],
    _ others: [String]
  ) -> [Truth] {
    let known = Dictionary(labels.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    // −2 equals no label of the left side.
    let translated = others.map { known[$0] ?? -2 }
    return a.indices.map { index in
      guard a[index] >= 0, b[index] >= 0 else { return .unknown }
      return (a[index] == translated[Int(b[index])]) == (symbol == .equal) ? .yes : .no
    }
  }

  private func call(_ function: Formula.Function, _ parts: [RecordColumn]) -> RecordColumn {
    guard function == .choose else {
      return .numbers(
        parts.dropFirst().reduce(numbers(parts[0])) { best, part in
          each(best, numbers(part)) { a, b in
            a.isNaN || b.isNaN ? .nan : function == .min ? Swift.min(a, b) : Swift.max(a, b)
          }
        })
    }
    return choose(conditions(parts[0]), parts[1], parts[2])
  }

  private func choose(
    _ test: [Truth], _ yes: RecordColumn, _ no: RecordColumn
  ) -> RecordColumn {
    func pick<Value>(_ a: [Value], _ b: [Value], _ unknown: Value) -> [Value] {
      test.indices.map { test[$0] == .yes ? a[$0] : test[$0] == .no ? b[$0] : unknown }
    }
    switch (yes, no) {
    case (.texts(let a, let labels), .texts(let b, let others)):
      var all = labels
      var known = Dictionary(labels.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
      let translated = others.map { label in
        if let code = known[label] { return code }
        let code = Int32(all.count)
        known[label] = code
        all.append(label)
        return code
      }
      return .texts(codes: pick(a, b.map { $0 < 0 ? -1 : translated[Int($0)] }, -1), labels: all)
    case (.conditions(let a), .conditions(let b)): return .conditions(pick(a, b, .unknown))
    default: return .numbers(pick(numbers(yes), numbers(no), .nan))
    }
  }
}
