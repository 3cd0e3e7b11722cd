// Quiebre · ScenarioFiles
// Turns the words of a formula into its tree. Comparisons bind weaker than sums, `not`, `and`, `or`
// weaker still.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// The tree of a formula.
///
/// - Throws: The first fault, with its place in the text.
func parseFormula(_ text: String) throws(FormulaFault) -> Formula.Node {
  let limit = 2000
  guard text.unicodeScalars.count <= limit else {
    throw FormulaFault(
      offset: limit, length: 1,
      what: LocalizedText(
        en: "a formula has at most \(limit) characters",
        es: "una fórmula tiene como máximo \(limit) caracteres"))
  }
  let tokens = try formulaTokens(text)
  let mostTokens = 400
  guard tokens.count <= mostTokens else {
    throw FormulaFault(
      offset: tokens[mostTokens].offset, length: 1,
      what: LocalizedText(
        en: "a formula has at most \(mostTokens) words and signs",
        es: "una fórmula tiene como máximo \(mostTokens) palabras y signos"))
  }
  var parser = FormulaParser(tokens: tokens)
  return try parser.whole()
}

private struct FormulaParser {
  let tokens: [FormulaToken]
  var index = 0
  var depth = 0

  init(tokens: [FormulaToken]) { self.tokens = tokens }

  private var token: FormulaToken { tokens[index] }

  mutating func whole() throws(FormulaFault) -> Formula.Node {
    let node = try either()
    guard token.content == .end else { throw unexpected() }
    return node
  }

  private func unexpected() -> FormulaFault {
    if token.content == .end {
      return FormulaFault(
        offset: token.offset, length: 1,
        what: LocalizedText(
          en: "the formula ends too early", es: "la fórmula termina antes de tiempo"))
    }
    return FormulaFault(
      offset: token.offset, length: token.length,
      what: LocalizedText(
        en: "this doesn't belong here", es: "esto no corresponde aquí"))
  }

  private mutating func accept(_ content: FormulaToken.Content) -> Bool {
    guard token.content == content else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ symbol: String) throws(FormulaFault) {
    guard accept(.symbol(symbol)) else {
      throw FormulaFault(
        offset: token.offset, length: token.length,
        what: LocalizedText(en: "'\(symbol)' is missing here", es: "aquí falta '\(symbol)'"))
    }
  }

  private func node(_ content: Formula.Node.Content, from start: Int) -> Formula.Node {
    let last = tokens[max(0, index - 1)]
    return Formula.Node(content: content, offset: start, length: last.offset + last.length - start)
  }

  /// Guards the stack: parentheses, signs and `not` nest at most 60 deep.
  private mutating func nested(
    _ body: (inout FormulaParser) throws(FormulaFault) -> Formula.Node
  ) throws(FormulaFault) -> Formula.Node {
    guard depth < 60 else {
      throw FormulaFault(
        offset: token.offset, length: token.length,
        what: LocalizedText(
          en: "the formula nests too deep", es: "la fórmula tiene demasiados niveles"))
    }
    depth += 1
    let node = try body(&self)
    depth -= 1
    return node
  }

  private mutating func either() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    var left = try both()
    while accept(.word("or")) { left = node(.binary(.or, left, try both()), from: start) }
    return left
  }

  private mutating func both() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    var left = try negation()
    while accept(.word("and")) { left = node(.binary(.and, left, try negation()), from: start) }
    return left
  }

  private mutating func negation() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    guard accept(.word("not")) else { return try comparison() }
    let inner = try nested { (parser) throws(FormulaFault) in try parser.negation() }
    return node(.not(inner), from: start)
  }

  private static let comparisons: [String: Formula.Operator] = [
    "<": .less, "<=": .lessOrEqual, "==": .equal, "!=": .notEqual, ">=": .greaterOrEqual,
    ">": .greater,
  ]

  private mutating func comparison() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    let left = try sum()
    if token.content == .word("in") || token.content == .word("not") {
      let inverted = accept(.word("not"))
      guard accept(.word("in")) else { throw unexpected() }
      let found = node(.oneOf(left, try list()), from: start)
      return inverted ? node(.not(found), from: start) : found
    }
    guard case .symbol(let symbol) = token.content, let comparison = Self.comparisons[symbol] else {
      return left
    }
    index += 1
    let result = node(.binary(comparison, left, try sum()), from: start)
    if case .symbol(let next) = token.content, Self.comparisons[next] != nil {
      throw FormulaFault(
        offset: token.offset, length: token.length,
        what: LocalizedText(
          en: "comparisons can't be chained", es: "las comparaciones no se encadenan"),
        fix: LocalizedText(en: "join two with 'and'", es: "una dos con 'and'"))
    }
    return result
  }

  private mutating func list() throws(FormulaFault) -> [Formula.Node] {
    try expect("[")
    var elements: [Formula.Node] = []
    while token.content != .symbol("]") {
      elements.append(try sum())
      guard accept(.symbol(",")) else { break }
    }
    try expect("]")
    return elements
  }

  private mutating func sum() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    var left = try product()
    while true {
      if accept(.symbol("+")) {
        left = node(.binary(.plus, left, try product()), from: start)
      } else if accept(.symbol("-")) {
        left = node(.binary(.minus, left, try product()), from: start)
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    var left = try sign()
    while true {
      if accept(.symbol("*")) {
        left = node(.binary(.times, left, try sign()), from: start)
      } else if accept(.symbol("/")) {
        left = node(.binary(.divided, left, try sign()), from: start)
      } else {
        return left
      }
    }
  }

  private mutating func sign() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    guard accept(.symbol("-")) else { return try primary() }
    let inner = try nested { (parser) throws(FormulaFault) in try parser.sign() }
    return node(.negated(inner), from: start)
  }

  private mutating func primary() throws(FormulaFault) -> Formula.Node {
    let start = token.offset
    switch token.content {
    case .number(let value): return advanced(.number(value), from: start)
    case .percent(let value): return advanced(.percent(value), from: start)
    case .text(let text): return advanced(.text(text), from: start)
    case .symbol("("):
      index += 1
      let inner = try nested { (parser) throws(FormulaFault) in try parser.either() }
      try expect(")")
      return inner
    case .word(let word) where !["and", "or", "not", "in"].contains(word):
      index += 1
      guard token.content == .symbol("(") else { return node(.field(word), from: start) }
      return try call(word, from: start)
    default: throw unexpected()
    }
  }

  private mutating func advanced(_ content: Formula.Node.Content, from start: Int) -> Formula.Node {
    index += 1
    return node(content, from: start)
  }

  private mutating func call(_ word: String, from start: Int) throws(FormulaFault) -> Formula.Node {
    let names = Formula.Function.allCases.map(\.rawValue)
    guard let function = Formula.Function(rawValue: word) else {
      let nearest = nearestName(to: word, in: names)
      throw FormulaFault(
        offset: start, length: word.unicodeScalars.count,
        what: LocalizedText(
          en: "unknown function '\(word)'", es: "función desconocida '\(word)'"),
        fix: LocalizedText(verbatim: nearest ?? names.joined(separator: ", ")))
    }
    try expect("(")
    var arguments: [Formula.Node] = []
    repeat {
      arguments.append(try nested { (parser) throws(FormulaFault) in try parser.either() })
    } while accept(.symbol(","))
    try expect(")")
    let allowed = function == .choose ? 3...3 : 2...20
    guard allowed.contains(arguments.count) else {
      throw FormulaFault(
        offset: start, length: word.unicodeScalars.count,
        what: function == .choose
          ? LocalizedText(
            en: "if takes three parts: if(test, then, else)",
            es: "if lleva tres partes: if(prueba, sí, no)")
          : LocalizedText(
            en: "\(word) takes two values or more", es: "\(word) lleva dos valores o más"))
    }
    return node(.call(function, arguments), from: start)
  }
}
