// Quiebre · ScenarioFiles
// Reads targets, constraints and interactions, and what they refer to.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Statistics

extension ScenarioReader {
  // MARK: [target.x]

  func readTargets() -> [ScenarioTarget] {
    var targets = root.section("target").namedSections().map { readTarget($0.id, $0.section) }
    for index in targets.indices where targets[index].indicator == .breaks {
      if let goal = targets[index].goal {
        checkGoal(goal, of: targets[index], in: targets)
      } else {
        let same = targets.filter {
          $0.indicator == .rate && $0.deadline == targets[index].deadline
            && $0.area == targets[index].area && $0.ages == targets[index].ages
        }
        if same.count == 1 { targets[index].goal = same[0].id }
      }
    }
    return targets
  }

  private func checkGoal(_ goal: String, of target: ScenarioTarget, in targets: [ScenarioTarget]) {
    guard let found = targets.first(where: { $0.id == goal }), found.indicator != .rate else {
      return
    }
    checker.report(
      Diagnostic(
        .unknownReference, entry: "target.\(target.id).goal", at: target.place,
        what: LocalizedText(
          en:
            "target.\(target.id).goal must be a target on the rate; \(goal) is on '\(found.indicator.rawValue)'",
          es:
            "target.\(target.id).goal debe ser una meta sobre la tasa; \(goal) es sobre '\(found.indicator.rawValue)'"
        )))
  }

  private func readTarget(_ id: String, _ section: Section) -> ScenarioTarget {
    section.require("indicator")
    section.require("deadline")
    let given: ScenarioTarget.Indicator? = section.choice("indicator")
    let deadline = section.year("deadline")
    var probability = 0.5
    if section.peek("prob") == nil {
      checker.assumedDefault(section.full("prob"), "0.5")
    } else {
      probability = section.number("prob", .ratio) ?? 0.5
    }
    let value = readValue(section, given)
    let isBreak = given == .breaks
    let since = isBreak || given == nil ? section.year("since") : nil
    let target = ScenarioTarget(
      id: id, indicator: given ?? .rate, deadline: deadline ?? 0, probability: probability,
      value: value, ages: section.span("ages", in: LineReader.ages) ?? LineReader.ages,
      area: section.code("area"), since: since,
      goal: isBreak ? readReference(section, "goal", of: "target") : nil,
      tolerance: isBreak ? section.number("tolerance", .points) : nil,
      persistence: isBreak ? section.count("persistence", in: 1...20, default: 2) : 2,
      listError: isBreak ? section.number("list_error", .ratio, default: 0.1, "0.1") : 0.1,
      place: section.place)
    if let given, !isBreak {
      section.refuse(
        ["since", "goal", "tolerance", "persistence", "list_error"],
        LocalizedText(
          en: "it belongs to indicator 'break', not '\(given.rawValue)'",
          es: "corresponde al indicador 'break', no a '\(given.rawValue)'"))
    }
    if let since, let deadline, since >= deadline { reportYears(section, since, deadline) }
    section.finish()
    return target
  }

  private func readValue(_ section: Section, _ indicator: ScenarioTarget.Indicator?) -> Double? {
    switch indicator {
    case .rate:
      section.require(
        "value",
        why: LocalizedText(
          en: "a survey can't show zero: the threshold must be said, such as \"1.0 %\"",
          es: "una encuesta no puede mostrar cero: hay que decir el umbral, como \"1.0 %\""))
      return section.number("value", .ratio)
    case .working:
      section.require("value")
      guard let value = section.number("value", .plain) else { return nil }
      if value < 0, let place = section.table["value"]?.value.place {
        section.outOfRange(
          "value", at: place, found: "\(value)",
          allowed: LocalizedText(en: "0 or more persons", es: "0 o más personas"))
      }
      return value
    case .breaks:
      section.refuse(
        ["value"], LocalizedText(en: "a break has no value", es: "un quiebre no tiene valor"))
      return nil
    case nil:
      for key in ["value", "goal", "tolerance", "persistence", "list_error"] {
        _ = section.peek(key)
      }
      return nil
    }
  }

  private func reportYears(_ section: Section, _ since: Int, _ deadline: Int) {
    checker.report(
      Diagnostic(
        .wrongYear, entry: section.full("since"), at: section.table["since"]?.value.place,
        what: LocalizedText(
          en: "the plateau starts in \(since), not before the deadline \(deadline)",
          es: "la meseta empieza en \(since), no antes del plazo \(deadline)")))
  }

  // MARK: [constraint.x]

  func readConstraint(_ id: String, _ section: Section) -> BudgetConstraint {
    let fields = (root.table["country"]?.value.table?["classification"]?.value.table?.keys ?? [])
    let by = section.text("by")
    if let by, let entry = section.table["by"], !(["department", "province"] + fields).contains(by)
    {
      section.unknownChoice(
        "by", by, of: ["department", "province"] + fields, at: entry.value.place)
    }
    let constraint = BudgetConstraint(
      id: id, lines: readReferences(section, "lines", of: "line"),
      years: section.span("years", in: Section.years),
      condition: section.formula("where", as: .condition), minimum: section.money("min"),
      maximum: section.money("max"), growth: section.number("growth", .growth),
      locked: section.flag("locked", default: false), by: by,
      minimumShare: section.number("min_share", .ratio),
      maximumShare: section.number("max_share", .ratio), place: section.place)
    if by == nil {
      section.refuse(
        ["min_share", "max_share"],
        LocalizedText(en: "shares need 'by'", es: "las proporciones necesitan 'by'"))
    }
    section.finish()
    return constraint
  }

  // MARK: [interaction.x]

  func readInteraction(_ id: String, _ section: Section, lines: [BudgetLine]) -> PairInteraction? {
    section.require("lines")
    let names = readReferences(section, "lines", of: "line") ?? []
    let one = Distribution(.fixed(1))
    let entry = section.distribution("entry", .multiplier, default: one, "1")
    let exit = section.distribution("exit", .multiplier, default: one, "1")
    let source = section.text("source") ?? ""
    section.finish()
    guard let value = section.table["lines"]?.value else { return nil }
    let pair = names.compactMap { name in lines.first { $0.id == name } }
    guard names.count == 2 else {
      section.wrongType(
        "lines", value, LocalizedText(en: "two different lines", es: "dos líneas distintas"))
      return nil
    }
    guard pair.count == 2 else { return nil }
    for line in pair where line.kind == .coordination || line.kind == .targeting {
      checker.report(
        Diagnostic(
          .misplacedKey, entry: section.full("lines"), at: value.place,
          what: LocalizedText(
            en: "line.\(line.id) reaches no children, so it can't be one of a pair",
            es: "line.\(line.id) no llega a niñas y niños, así que no puede formar un par")))
    }
    reportLostEffects(section, pair)
    return PairInteraction(
      id: id, first: names[0], second: names[1], entry: entry, exit: exit, source: source)
  }

  /// What a pair leaves out counts as 1 and so undoes the lines' own effect on that rate.
  private func reportLostEffects(_ section: Section, _ pair: [BudgetLine]) {
    let one = Distribution(.fixed(1))
    let rates: [(String, (BudgetLine) -> Distribution)] = [
      ("entry", { $0.effect.entry }), ("exit", { $0.effect.exit }),
    ]
    for (key, effect) in rates where section.table[key] == nil {
      guard let line = pair.first(where: { effect($0) != one }) else { continue }
      checker.report(
        Diagnostic(
          .pairEffectMissing, .warning, entry: section.full(key), at: section.place,
          what: LocalizedText(
            en:
              "\(section.path) gives no '\(key)', so it counts as 1 although line.\(line.id) acts on it",
            es:
              "\(section.path) no da '\(key)', así que cuenta como 1 aunque line.\(line.id) actúa sobre ella"
          ),
          fix: LocalizedText(
            en: "give the ratio of both lines together", es: "dé la razón de ambas líneas juntas")))
    }
  }
}
