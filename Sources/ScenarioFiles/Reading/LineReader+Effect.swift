// Quiebre · ScenarioFiles
// Reads what a line does: to children's chances, or to the delivery of other lines.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Statistics

extension LineReader {
  /// Ages of the model.
  static let ages = 5...17

  func readEffect(_ section: Section, kind: PlanLine.Kind?) -> BudgetLine.Effect {
    let helps = kind == .coordination || kind == .targeting
    if helps { section.require("effect") }
    let inner = section.section("effect")
    if section.table["effect"] == nil, kind == .service || kind == .transfer {
      checker.report(noEffect(section))
    }
    let one = Distribution(.fixed(1))
    let isUnknown = kind == nil
    let acts = kind == .service || kind == .transfer || isUnknown
    let source = inner.text("source") ?? ""
    let helped = helps || isUnknown ? readHelp(inner, kind: kind) : ([], Distribution(.fixed(0)))
    let effect = BudgetLine.Effect(
      entry: acts ? inner.distribution("entry", .multiplier, default: one, "1") : one,
      exit: acts ? inner.distribution("exit", .multiplier, default: one, "1") : one,
      source: source, ages: acts ? inner.span("ages", in: Self.ages) ?? Self.ages : Self.ages,
      lag: inner.count("lag", in: 0...20, default: 0),
      ramp: inner.distribution(
        "ramp", .years, assumed: Distribution(.triangular(low: 1, central: 2, high: 5)),
        "[1, 2, 5]"), helps: helped.0, amount: helped.1,
      fullAt: helps || isUnknown ? inner.money("full_at") : nil,
      lasting: helps || isUnknown ? inner.flag("lasting", default: false) : false)
    refuseOthers(inner, kind: kind)
    if source.isEmpty, !inner.table.entries.isEmpty { checker.report(noSource(inner)) }
    inner.finish()
    return effect
  }

  private func readHelp(_ inner: Section, kind: PlanLine.Kind?) -> ([String], Distribution) {
    if kind == .coordination {
      inner.require("raises_execution_of")
      inner.require("by")
    }
    if kind == .targeting {
      inner.require("lowers_leakage_of")
      inner.require("to")
    }
    let nothing = Distribution(.fixed(0))
    switch kind {
    case .coordination:
      let lines = helpedLines(inner, "raises_execution_of")
      return (lines, inner.distribution("by", .points) ?? nothing)
    case .targeting:
      let lines = helpedLines(inner, "lowers_leakage_of")
      return (lines, inner.distribution("to", .ratio) ?? nothing)
    default:
      for key in ["raises_execution_of", "by", "lowers_leakage_of", "to"] { _ = inner.peek(key) }
      return ([], nothing)
    }
  }

  /// Helped lines must exist and buy units.
  private func helpedLines(_ inner: Section, _ key: String) -> [String] {
    guard let lines = scenario.readReferences(inner, key, of: "line") else { return [] }
    let tables = scenario.root.table["line"]?.value.table
    for line in lines {
      guard case .string(let kind)? = tables?[line]?.value.table?["kind"]?.value.content,
        kind == "coordination" || kind == "targeting"
      else { continue }
      checker.report(
        Diagnostic(
          .misplacedKey, entry: inner.full(key), at: inner.table[key]?.value.place,
          what: LocalizedText(
            en: "line.\(line) is a \(kind) line: it can't be helped by another",
            es: "line.\(line) es una línea \(kind): otra no puede ayudarla"),
          fix: LocalizedText(
            en: "name service and transfer lines only",
            es: "nombre solo líneas service y transfer")))
    }
    return lines
  }

  private func refuseOthers(_ inner: Section, kind: PlanLine.Kind?) {
    let onChildren = ["entry", "exit", "ages"]
    let execution = ["raises_execution_of", "by"]
    let leakage = ["lowers_leakage_of", "to"]
    switch kind {
    case .service, .transfer:
      inner.refuse(
        execution + leakage + ["full_at", "lasting"],
        LocalizedText(
          en: "only coordination and targeting lines help others",
          es: "solo las líneas coordination y targeting ayudan a otras"))
    case .coordination:
      inner.refuse(
        onChildren + leakage,
        LocalizedText(
          en: "a coordination line raises the execution of others",
          es: "una línea coordination eleva la ejecución de otras"))
    case .targeting:
      inner.refuse(
        onChildren + execution,
        LocalizedText(
          en: "a targeting line lowers the leakage of others",
          es: "una línea targeting reduce la filtración de otras"))
    case nil: break
    }
  }

  private func noSource(_ inner: Section) -> Diagnostic {
    Diagnostic(
      .noSource, .note, entry: inner.full("source"), at: inner.place,
      what: LocalizedText(
        en: "\(inner.path) names no source and is printed as assumed",
        es: "\(inner.path) no nombra ninguna fuente y se imprime como supuesto"))
  }

  private func noEffect(_ section: Section) -> Diagnostic {
    Diagnostic(
      .noEffect, .warning, entry: section.full("effect"), at: section.place,
      what: LocalizedText(
        en: "\(section.path) costs money but has no effect",
        es: "\(section.path) cuesta dinero pero no tiene efecto"),
      fix: LocalizedText(
        en: "give  effect = { entry = …, exit = …, source = \"…\" }",
        es: "dé  effect = { entry = …, exit = …, source = \"…\" }"))
  }
}
