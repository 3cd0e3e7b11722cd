// Quiebre · ScenarioFiles
// Reads budget lines: amounts, costs, classification, and what each kind of line may say.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Statistics

extension ScenarioReader {
  func readLines(country: CountrySettings, money: MoneySettings) -> [BudgetLine] {
    let section = root.section("line")
    guard !section.table.entries.isEmpty else {
      checker.report(
        Diagnostic(
          .noLines, entry: "line", at: section.place,
          what: LocalizedText(
            en: "the scenario has no budget line", es: "el escenario no tiene ninguna línea"),
          fix: LocalizedText(
            en: "add one: [line.name] with kind, amount and allocation",
            es: "agregue una: [line.nombre] con kind, amount y allocation")))
      return []
    }
    let reader = LineReader(scenario: self, country: country, money: money)
    return section.namedSections().map { reader.read($0.id, $0.section) }
  }
}

/// Reads one `[line.x]`.
struct LineReader {
  let scenario: ScenarioReader
  let country: CountrySettings
  let money: MoneySettings

  var checker: Checker { scenario.checker }

  func read(_ id: String, _ section: Section) -> BudgetLine {
    section.require("kind")
    let given: PlanLine.Kind? = section.choice("kind")
    let kind = given ?? .service
    let buysUnits = kind == .service || kind == .transfer
    let classification = readClassification(section)
    let goal = readPhysicalGoal(section)
    if given != nil, !buysUnits { refuseUnits(section) }
    let line = BudgetLine(
      id: id, name: section.localized("name") ?? LocalizedText(verbatim: id),
      responsible: section.localized("responsible"), kind: kind,
      classificationFields: classification.map(\.field),
      classificationCodes: classification.map(\.code), goalUnit: goal.unit, goalByYear: goal.years,
      amounts: readAmounts(section), after: readAfter(section),
      execution: readExecution(section),
      leakage: buysUnits ? readShare(section, "leakage", country.leakage) : none,
      unitCost: buysUnits ? readUnitCost(section) : nil,
      costFactor: buysUnits ? section.formula("cost_factor", as: .quantity) : nil,
      eligible: buysUnits ? section.formula("eligible", as: .quantity) : nil,
      condition: section.formula("where", as: .condition),
      ceiling: buysUnits ? readShare(section, "ceiling", country.ceiling) : all,
      reach: buysUnits
        ? section.choice("reach", default: kind == .transfer ? .exact : .random) : .exact,
      effect: readEffect(section, kind: given), allocation: readAllocation(section),
      place: section.place)
    if let offset = scenario.readReference(section, "offset", of: "line"), offset == id {
      scenario.reportUnknown(
        offset, of: [], entry: section.full("offset"), at: section.place)
    }
    section.finish()
    return line
  }

  private var none: Distribution { Distribution(.fixed(0)) }
  private var all: Distribution { Distribution(.fixed(1)) }

  private func refuseUnits(_ section: Section) {
    section.refuse(
      ["unit_cost", "cost_factor", "eligible", "ceiling", "reach", "leakage"],
      LocalizedText(
        en: "only service and transfer lines buy units",
        es: "solo las líneas service y transfer compran unidades"))
  }

  // MARK: Money

  private func readAmounts(_ section: Section) -> [BudgetLine.Amount] {
    section.require(
      "amount",
      why: LocalizedText(
        en: "without 'amount' the line has no budget and the result would equal the baseline",
        es:
          "sin 'amount' la línea no tiene presupuesto y el resultado sería igual a la línea de base"
      ))
    let years = section.byYear("amount") ?? []
    if years.isEmpty, let entry = section.table["amount"], entry.value.table != nil {
      section.wrongType(
        "amount", entry.value,
        LocalizedText(en: "a table by year: { 2020 = … }", es: "una tabla por año: { 2020 = … }"))
    }
    for (before, after) in zip(years, years.dropFirst()) where after.year > before.year + 1 {
      let gap = before.year + 1
      checker.report(
        Diagnostic(
          .yearGap, entry: section.full("amount"), at: after.entry.keyPlace,
          what: LocalizedText(
            en: "\(section.full("amount")) has no amount for \(gap)",
            es: "\(section.full("amount")) no tiene monto para \(gap)"),
          fix: LocalizedText(
            en: "write every year between the first and the last: \(gap) = 0",
            es: "escriba cada año entre el primero y el último: \(gap) = 0")))
    }
    return years.compactMap { year, entry in
      section.money("amount.\(year)", entry.value).map {
        BudgetLine.Amount(year: year, money: $0, place: entry.value.place)
      }
    }
  }

  private func readAfter(_ section: Section) -> BudgetLine.After {
    guard let entry = section.take("after") else {
      checker.plainDefault(section.full("after"), "\"zero\"")
      return .zero
    }
    let words = ["keep", "zero", "grow 3 %"]
    guard case .string(let text) = entry.value.content else {
      section.wrongType("after", entry.value, LocalizedText(en: "a text", es: "un texto"))
      return .zero
    }
    switch text {
    case "keep": return .keep
    case "zero": return .zero
    default:
      guard text.hasPrefix("grow ") else {
        section.unknownChoice("after", text, of: words, at: entry.value.place)
        return .zero
      }
      let rest = TOMLValue(.string(String(text.dropFirst(5))), at: entry.value.place)
      return section.number("after", rest, .growth).map { .grow($0) } ?? .zero
    }
  }

  /// Money that is counted when accrued or paid has been spent already.
  private func readExecution(_ section: Section) -> Distribution {
    let isSpent = money.stage == .accrued || money.stage == .paid
    if isSpent, section.peek("execution") == nil {
      checker.plainDefault(section.full("execution"), "\"100 %\"")
      return all
    }
    return readShare(section, "execution", country.execution)
  }

  /// A share that must be given here or in the country layer.
  private func readShare(_ section: Section, _ key: String, _ fallback: Distribution?)
    -> Distribution
  {
    if let given = section.distribution(key, .ratio) { return given }
    guard let fallback else {
      section.require(
        key,
        why: LocalizedText(
          en: "neither this line nor the country layer says it; nothing is assumed in silence",
          es: "ni esta línea ni la capa del país lo dicen; nada se supone en silencio"))
      return none
    }
    if section.table[key] == nil { checker.inherited(section.full(key), from: "country." + key) }
    return fallback
  }

  private func readUnitCost(_ section: Section) -> BudgetLine.UnitCost? {
    section.require(
      "unit_cost",
      why: LocalizedText(
        en: "without it money can't be turned into children reached",
        es: "sin él no se puede convertir el dinero en niñas y niños atendidos"))
    guard let entry = section.take("unit_cost") else { return nil }
    guard let table = entry.value.table else {
      section.wrongType(
        "unit_cost", entry.value,
        LocalizedText(verbatim: "{ amount = 420, per = \"child\" }"))
      return nil
    }
    let inner = Section(section.full("unit_cost"), table, at: entry.keyPlace, checker: checker)
    inner.require("amount")
    inner.require("per")
    let amount = inner.distribution("amount", .unitMoney)
    let per: BudgetLine.UnitCost.Unit? = inner.choice("per")
    var children = 1.0
    if per == .household {
      inner.require(
        "children",
        why: LocalizedText(
          en: "children in a household aren't known otherwise",
          es: "de otro modo no se sabe cuántas niñas y niños hay en un hogar"))
      children = inner.number("children", .multiplier) ?? 1
      if children <= 0, let place = table["children"]?.value.place {
        inner.outOfRange(
          "children", at: place, found: "\(children)",
          allowed: LocalizedText(en: "above 0", es: "mayor que 0"))
      }
    } else if per == .child {
      inner.refuse(
        ["children"],
        LocalizedText(en: "a child is one child", es: "una niña o un niño es uno"))
    }
    let priceYear = inner.year("price_year")
    inner.finish()
    return BudgetLine.UnitCost(
      amount: amount ?? all, per: per ?? .child, children: children, priceYear: priceYear,
      place: entry.value.place)
  }

  // MARK: Labels

  private func readClassification(_ section: Section) -> [(field: String, code: String)] {
    guard let entry = section.take("classification") else { return [] }
    guard let table = entry.value.table else {
      section.wrongType(
        "classification", entry.value,
        LocalizedText(en: "{ field = \"code\" }", es: "{ campo = \"código\" }"))
      return []
    }
    let inner = Section(section.full("classification"), table, at: entry.keyPlace, checker: checker)
    var codes: [(field: String, code: String)] = []
    let patterns = country.classification
    for member in table.entries {
      guard let (_, pattern) = patterns.first(where: { $0.field == member.key }) else { continue }
      _ = inner.peek(member.key)
      guard let code = inner.code(member.key, member.value) else { continue }
      codes.append((member.key, code))
      guard !matches(code, pattern) else { continue }
      checker.report(
        Diagnostic(
          .wrongClassification, entry: inner.full(member.key), at: member.value.place,
          what: LocalizedText(
            en: "\(member.key) \"\(code)\" doesn't look like \(pattern)",
            es: "\(member.key) \"\(code)\" no tiene la forma \(pattern)"),
          caret: LocalizedText(
            en: "# stands for a digit", es: "# representa un dígito")))
    }
    for (field, _) in patterns { _ = inner.peek(field) }
    inner.finish()
    return codes
  }

  private func matches(_ code: String, _ pattern: String) -> Bool {
    if pattern == "*" { return !code.isEmpty }
    let letters = Array(code)
    let signs = Array(pattern)
    return letters.count == signs.count
      && zip(letters, signs).allSatisfy { letter, sign in
        sign == "#" ? ("0"..."9").contains(letter) : letter == sign
      }
  }

  private func readPhysicalGoal(_ section: Section) -> (unit: String?, years: [Int: Double]) {
    guard let entry = section.take("physical_goal") else { return (nil, [:]) }
    guard let table = entry.value.table else {
      section.wrongType(
        "physical_goal", entry.value, LocalizedText(verbatim: "{ unit = \"…\", 2020 = 100 }"))
      return (nil, [:])
    }
    let inner = Section(section.full("physical_goal"), table, at: entry.keyPlace, checker: checker)
    inner.require("unit")
    let unit = inner.text("unit")
    var years: [Int: Double] = [:]
    for member in table.entries where Int(member.key) != nil {
      _ = inner.peek(member.key)
      if let year = Int(member.key), let value = inner.number(member.key, member.value, .plain) {
        years[year] = value
      }
    }
    inner.finish()
    return (unit, years)
  }
}
