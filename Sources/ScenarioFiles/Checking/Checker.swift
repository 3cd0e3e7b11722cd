// Quiebre · ScenarioFiles
// Collects every fault of a scenario in one pass, and every value that ends up in force.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// What the readers of all sections share while one scenario is checked.
final class Checker {
  let stack: LayerStack
  private(set) var faults: [Diagnostic] = []
  private(set) var values: [ValueInForce] = []
  private(set) var requests: [DataRequest] = []
  /// Keys of the country layer that nothing backs, as `country.assumed` lists them.
  let assumedKeys: Set<String>

  init(stack: LayerStack) {
    self.stack = stack
    var keys: Set<String> = []
    if case .array(let list) = value(at: ["country", "assumed"], in: stack.table)?.value.content {
      for case .string(let key) in list.map(\.content) { keys.insert(key) }
    }
    assumedKeys = keys
  }

  /// Formulas to check once all fields are known.
  private(set) var formulas: [(formula: Formula, purpose: Formula.Purpose, entry: String)] = []

  func note(_ formula: Formula, as purpose: Formula.Purpose, entry: String) {
    formulas.append((formula, purpose, entry))
  }

  /// Every key that a reader looked for: what a scenario may say.
  private(set) var askedKeys: Set<String> = []

  func asked(_ key: String) { askedKeys.insert(key) }

  func report(_ fault: Diagnostic) { faults.append(fault) }

  func request(_ kind: DataRequest.Kind, _ file: FileReference, key: String) {
    requests.append(DataRequest(kind: kind, file: file, key: key))
  }

  /// Notes that a key holds what a file says.
  func given(_ key: String, _ value: TOMLValue) {
    let origin = stack.origin(of: value.place)
    var assumed = false
    if case .country = origin { assumed = assumedKeys.contains(key) }
    values.append(
      ValueInForce(key: key, value: tomlText(value), origin: origin, assumed: assumed))
  }

  /// Notes that a key holds a default, as TOML text.
  func assumedDefault(_ key: String, _ text: String) {
    values.append(ValueInForce(key: key, value: text, origin: .builtIn, assumed: true))
  }

  func plainDefault(_ key: String, _ text: String) {
    values.append(ValueInForce(key: key, value: text, origin: .builtIn, assumed: false))
  }

  /// Notes that a key takes its value from another key of the country layer.
  func inherited(_ key: String, from source: String) {
    guard let found = values.last(where: { $0.key == source }) else { return }
    values.append(
      ValueInForce(
        key: key, value: found.value, origin: found.origin,
        assumed: found.assumed || assumedKeys.contains(source), like: source))
  }

  /// Errors first seen in the order of files and lines; notes among them.
  func sortedFaults() -> [Diagnostic] {
    let order = Dictionary(
      stack.files.reversed().enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return faults.enumerated().sorted { a, b in
      let left = a.element.place
      let right = b.element.place
      let leftKey = (order[left?.file ?? ""] ?? -1, left?.line ?? 0, left?.column ?? 0, a.offset)
      let rightKey = (
        order[right?.file ?? ""] ?? -1, right?.line ?? 0, right?.column ?? 0, b.offset
      )
      return leftKey < rightKey
    }.map(\.element)
  }
}
