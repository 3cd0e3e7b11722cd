// Quiebre · ScenarioFiles
// Reads how a line's money is shared out among districts.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel

extension LineReader {
  private enum Rule: String, CaseIterable {
    case equal, children, risk, list, history, formula, optimal, national
  }

  /// Keys that only some rules know.
  private static let ownKeys: [(key: String, rules: [Rule])] = [
    ("among", [.equal]), ("weights", [.risk]), ("file", [.list, .history]),
    ("column", [.list, .history]), ("code", [.list, .history]), ("coding", [.list, .history]),
    ("vintage", [.list, .history]), ("weight", [.formula]),
    ("min", [.equal, .children, .risk, .list, .history, .formula, .optimal]),
    ("max", [.equal, .children, .risk, .list, .history, .formula, .optimal]),
  ]

  func readAllocation(_ section: Section) -> Allocation {
    section.require("allocation")
    let nowhere = Allocation(
      rule: .national, minimum: 0, maximum: nil, acceptsUnplaced: false, place: section.place)
    guard let entry = section.take("allocation") else { return nowhere }
    guard let table = entry.value.table else {
      section.wrongType(
        "allocation", entry.value, LocalizedText(verbatim: "{ rule = \"risk\" }"))
      return nowhere
    }
    let inner = Section(section.full("allocation"), table, at: entry.keyPlace, checker: checker)
    inner.require("rule")
    let given: Rule? = inner.choice("rule")
    if let given { refuse(inner, given) }
    let limits = readLimits(inner)
    let accepts = readUnplaced(inner)
    let rule = given.map { readRule($0, inner, table) } ?? .national
    if given == nil { for (key, _) in Self.ownKeys { _ = inner.peek(key) } }
    inner.finish()
    return Allocation(
      rule: rule, minimum: limits.minimum ?? 0, maximum: limits.maximum, acceptsUnplaced: accepts,
      place: entry.value.place)
  }

  private func refuse(_ inner: Section, _ rule: Rule) {
    for (key, rules) in Self.ownKeys where !rules.contains(rule) {
      let names = rules.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      inner.refuse(
        [key],
        LocalizedText(
          en: "it belongs to rule \(names)", es: "corresponde a la regla \(names)"))
    }
  }

  private func readRule(_ rule: Rule, _ inner: Section, _ table: TOMLTable) -> Allocation.Rule {
    switch rule {
    case .equal: return .equal(among: inner.choice("among", default: .district))
    case .children: return .children
    case .risk: return .risk(weights: readWeights(inner))
    case .list, .history:
      guard let source = readSource(rule, inner) else { return .national }
      return rule == .list ? .list(source) : .history(source)
    case .formula:
      inner.require("weight")
      guard let formula = inner.formula("weight", as: .quantity) else { return .national }
      return .formula(formula)
    case .optimal:
      checker.report(
        Diagnostic(
          .optimalNotBuilt, entry: inner.full("rule"), at: table["rule"]?.value.place,
          what: LocalizedText(
            en: "rule 'optimal' needs `optimize`, which this version doesn't have",
            es: "la regla 'optimal' necesita `optimize`, que esta versión no tiene"),
          fix: LocalizedText(
            en: "choose another rule, such as 'risk'", es: "elija otra regla, como 'risk'")))
      return .optimal
    case .national: return .national
    }
  }

  private func readWeights(_ inner: Section) -> [RiskClass: Double]? {
    guard let entry = inner.take("weights") else { return nil }
    guard let table = entry.value.table else {
      inner.wrongType(
        "weights", entry.value, LocalizedText(verbatim: "{ high = 3, medium = 1 }"))
      return nil
    }
    let weights = Section(inner.full("weights"), table, at: entry.keyPlace, checker: checker)
    var byClass: [RiskClass: Double] = [:]
    for risk in RiskClass.allCases {
      guard let member = weights.peek(risk.rawValue) else { continue }
      guard let weight = weights.number(risk.rawValue, member.value, .plain) else { continue }
      if weight < 0 { checker.report(negativeWeight(weights, member)) }
      byClass[risk] = weight
    }
    weights.finish()
    return byClass
  }

  private func negativeWeight(_ weights: Section, _ member: TOMLTable.Entry) -> Diagnostic {
    Diagnostic(
      .negativeWeight, entry: weights.full(member.key), at: member.value.place,
      what: LocalizedText(
        en: "\(weights.full(member.key)) is negative", es: "\(weights.full(member.key)) es negativo"
      ))
  }

  private func readSource(_ rule: Rule, _ inner: Section) -> AllocationTable? {
    inner.require("file")
    let file = inner.path("file")
    let column: String?
    if rule == .history {
      column = inner.text("column", default: "MONTO_PIM")
    } else {
      inner.require("column")
      column = inner.text("column")
    }
    let codes = scenario.readCodes(inner)
    guard let file, let column else { return nil }
    let line = inner.path.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    checker.request(.allocation(line: line), file, key: inner.full("file"))
    return AllocationTable(
      file: file, column: column,
      columnPlace: inner.table["column"]?.value.place ?? file.place, codes: codes)
  }

  private func readLimits(_ inner: Section) -> (minimum: Centimos?, maximum: Centimos?) {
    let minimum = inner.money("min")
    let maximum = inner.money("max")
    if let minimum, let maximum, minimum > maximum, let place = inner.table["min"]?.value.place {
      checker.report(
        Diagnostic(
          .minimumAboveMaximum, entry: inner.full("min"), at: place,
          what: LocalizedText(
            en: "\(inner.full("min")) is above max", es: "\(inner.full("min")) es mayor que max")))
    }
    return (minimum, maximum)
  }

  private func readUnplaced(_ inner: Section) -> Bool {
    guard let text = inner.text("unplaced"), let entry = inner.table["unplaced"] else {
      return false
    }
    if text != "accept", text != "warn" {
      inner.unknownChoice("unplaced", text, of: ["accept", "warn"], at: entry.value.place)
    }
    return text == "accept"
  }
}
