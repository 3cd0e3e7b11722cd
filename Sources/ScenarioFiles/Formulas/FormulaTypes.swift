// Quiebre · ScenarioFiles
// Checks a formula against the fields: known names, percent with percent, text with text.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// What a part of a formula is.
enum FormulaKind: Hashable {
  case number
  case percent
  /// A product or quotient, which may stand beside numbers and percents.
  case mixed
  case text
  case boolean
  /// A field of a table that isn't loaded yet.
  case unknown

  var isNumeric: Bool { self == .number || self == .percent || self == .mixed || self == .unknown }

  var name: LocalizedText {
    switch self {
    case .number, .mixed, .unknown: LocalizedText(en: "a number", es: "un número")
    case .percent: LocalizedText(en: "a percent", es: "un porcentaje")
    case .text: LocalizedText(en: "a text", es: "un texto")
    case .boolean: LocalizedText(en: "a condition", es: "una condición")
    }
  }
}

/// The fields that formulas may name.
struct FormulaFields {
  var kinds: [String: FormulaKind]
  /// Whether no other field can exist (every table lists its fields).
  var isComplete: Bool
}

extension Formula {
  /// What the formula must come to.
  enum Purpose {
    case condition
    /// A number or a percent.
    case quantity
    /// Anything.
    case value
  }

  /// All faults of names and kinds.
  func faults(_ fields: FormulaFields, as purpose: Purpose, entry: String) -> [Diagnostic] {
    var checker = FormulaTypeChecker(fields: fields)
    let kind = checker.kind(of: root)
    switch purpose {
    case .condition where kind != .boolean && kind != .unknown:
      checker.report(root, LocalizedText(en: "a condition is due", es: "se espera una condición"))
    case .quantity where !kind.isNumeric:
      checker.report(root, LocalizedText(en: "a number is due", es: "se espera un número"))
    default: break
    }
    return checker.faults.map { diagnostic($0.code, $0.fault, entry: entry) }
  }

  /// A fault of the formula at its place in the file.
  func diagnostic(_ code: DiagnosticCode, _ fault: FormulaFault, entry: String) -> Diagnostic {
    Diagnostic(
      code, entry: entry, at: place(of: fault.offset, fault.length),
      what: LocalizedText(
        en: "\(entry): \(fault.what.en)", es: "\(entry): \(fault.what.es)"),
      fix: fault.fix)
  }

  func place(of offset: Int, _ length: Int) -> SourcePlace {
    guard place.column > 0 else { return place }
    let known = place.column + offset
    let width = place.sourceLine?.unicodeScalars.count ?? known
    return SourcePlace(
      file: place.file, line: place.line, column: min(known, width + 1),
      length: max(1, min(length, width - known + 1)), sourceLine: place.sourceLine)
  }
}

private struct FormulaTypeChecker {
  let fields: FormulaFields
  var faults: [(code: DiagnosticCode, fault: FormulaFault)] = []

  init(fields: FormulaFields) { self.fields = fields }

  mutating func report(_ node: Formula.Node, _ what: LocalizedText, fix: LocalizedText? = nil) {
    faults.append(
      (.formulaType, FormulaFault(offset: node.offset, length: node.length, what: what, fix: fix)))
  }

  mutating func kind(of node: Formula.Node) -> FormulaKind {
    switch node.content {
    case .number: return .number
    case .percent: return .percent
    case .text: return .text
    case .field(let name): return field(name, node)
    case .negated(let inner): return numeric(inner)
    case .not(let inner):
      condition(inner)
      return .boolean
    case .oneOf(let inner, let elements):
      let left = kind(of: inner)
      for element in elements { requireAlike(left, inner, kind(of: element), element) }
      return .boolean
    case .binary(let symbol, let left, let right): return binary(symbol, left, right)
    case .call(let function, let arguments): return call(function, arguments)
    }
  }

  private mutating func field(_ name: String, _ node: Formula.Node) -> FormulaKind {
    if let kind = fields.kinds[name] { return kind }
    guard fields.isComplete else { return .unknown }
    let names = fields.kinds.keys.sorted()
    let nearest = nearestName(to: name, in: names)
    faults.append(
      (
        .unknownField,
        FormulaFault(
          offset: node.offset, length: node.length,
          what: LocalizedText(en: "unknown field '\(name)'", es: "campo desconocido '\(name)'"),
          fix: nearest.map { LocalizedText(verbatim: $0) }
            ?? LocalizedText(
              en: "fields: \(names.joined(separator: ", "))",
              es: "campos: \(names.joined(separator: ", "))"))
      ))
    return .unknown
  }

  private mutating func numeric(_ node: Formula.Node) -> FormulaKind {
    let kind = kind(of: node)
    guard kind.isNumeric else {
      report(
        node,
        LocalizedText(
          en: "\(kind.name.en) where a number is due",
          es: "\(kind.name.es) donde va un número"))
      return .unknown
    }
    return kind
  }

  private mutating func condition(_ node: Formula.Node) {
    let kind = kind(of: node)
    guard kind != .boolean, kind != .unknown else { return }
    report(
      node,
      LocalizedText(
        en: "\(kind.name.en) where a condition is due",
        es: "\(kind.name.es) donde va una condición"))
  }

  private mutating func binary(
    _ symbol: Formula.Operator, _ left: Formula.Node, _ right: Formula.Node
  ) -> FormulaKind {
    switch symbol {
    case .and, .or:
      condition(left)
      condition(right)
      return .boolean
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let kinds = (kind(of: left), kind(of: right))
      requireAlike(kinds.0, left, kinds.1, right)
      let ordered = symbol != .equal && symbol != .notEqual
      if ordered, kinds.0 == .text || kinds.0 == .boolean {
        report(
          left,
          LocalizedText(
            en: "only numbers have an order", es: "solo los números tienen un orden"))
      }
      return .boolean
    case .plus, .minus:
      let kinds = (numeric(left), numeric(right))
      requireAlike(kinds.0, left, kinds.1, right)
      return joined(kinds.0, kinds.1)
    case .times, .divided:
      let kinds = (numeric(left), numeric(right))
      return kinds == (.number, .number) ? .number : .mixed
    }
  }

  private mutating func call(_ function: Formula.Function, _ arguments: [Formula.Node])
    -> FormulaKind
  {
    var values = arguments[...]
    if function == .choose, let test = values.popFirst() { condition(test) }
    var result = FormulaKind.unknown
    var first: Formula.Node?
    for node in values {
      let kind = function == .choose ? kind(of: node) : numeric(node)
      if let first { requireAlike(result, first, kind, node) }
      result = first == nil ? kind : joined(result, kind)
      first = first ?? node
    }
    return result
  }

  private func joined(_ a: FormulaKind, _ b: FormulaKind) -> FormulaKind {
    if a == .unknown || a == .mixed { return b }
    return a
  }

  /// Percent only with percent, text only with text.
  private mutating func requireAlike(
    _ a: FormulaKind, _ left: Formula.Node, _ b: FormulaKind, _ right: Formula.Node
  ) {
    if a == b || a == .unknown || b == .unknown { return }
    if a == .mixed, b.isNumeric { return }
    if b == .mixed, a.isNumeric { return }
    report(
      right,
      LocalizedText(
        en: "\(b.name.en) beside \(a.name.en)", es: "\(b.name.es) junto a \(a.name.es)"),
      fix: fix(a, left, b, right))
  }

  /// `rural > 50` becomes `50 %`.
  private func fix(_ a: FormulaKind, _ left: Formula.Node, _ b: FormulaKind, _ right: Formula.Node)
    -> LocalizedText?
  {
    if a == .percent, case .number(let value) = right.content {
      return LocalizedText(verbatim: "\(plain(value)) %")
    }
    if b == .percent, case .number(let value) = left.content {
      return LocalizedText(verbatim: "\(plain(value)) %")
    }
    return nil
  }

  private func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}
