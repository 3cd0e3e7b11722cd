// Quiebre · ScenarioFiles
// Makes the plan: fills the years, places the money, resolves names and years.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Districts
import LaborModel

extension LoadedScenario {
  /// Places the scenario's money in the districts.
  ///
  /// - Parameter inputs: The registry, the risk, and every table that ``requests`` asks for.
  /// - Returns: The plan, where approved = national + unplaced + placed in each line and year, to
  ///   the céntimo.
  /// - Throws: Every fault of years, formulas, prices and tables at once, warnings among them.
  public func plan(_ inputs: PlanInputs) throws(DiagnosticList) -> PlannedScenario {
    let base = scenario.simulation.base ?? inputs.series.lastSeenYear
    let last = scenario.targets.map(\.deadline).max()
    let end = scenario.simulation.end ?? last ?? base
    guard base < end else { throw DiagnosticList(endTooEarly(base: base, end: end)) }
    let context = PlanContext(
      loaded: self, inputs: inputs, base: base, end: end, prices: try priceIndex(inputs))
    context.checkFormulas()
    let formulaFaults = context.faults
    guard formulaFaults.isEmpty else { throw DiagnosticList(formulaFaults) }
    context.checkPrices()
    let planned = scenario.lines.map(context.planned)
    let lines = planned.map(\.line)
    for constraint in scenario.constraints { context.check(constraint, in: lines) }
    let since = context.since()
    let targets = scenario.targets.map(context.target)
    let (poverty, rural) = context.equityFields()
    let faults = context.faults
    guard !faults.contains(where: { $0.severity == .error }) else { throw DiagnosticList(faults) }
    let simulation = scenario.simulation
    let plan = Plan(
      id: scenario.id, name: scenario.name, definition: scenario.definition, since: since,
      base: base, end: end, replicas: inputs.givenDraws ?? simulation.replicas,
      seed: simulation.seed,
      dynamics: simulation.dynamics, overlap: simulation.overlap, lines: lines,
      interactions: interactions(), targets: targets, calibrate: simulation.calibrate,
      minimumEffectiveSize: simulation.minimumEffectiveSize)
    return PlannedScenario(
      plan: plan, warnings: faults, money: planned.map(\.report), priceYear: context.priceYear,
      poverty: poverty, rural: rural)
  }

  private func priceIndex(_ inputs: PlanInputs) throws(DiagnosticList) -> PriceIndex? {
    guard let deflator = scenario.money.deflator else { return nil }
    guard let table = inputs.tables[deflator.path] else {
      preconditionFailure("the deflator \(deflator.path) was requested but not handed in")
    }
    return try PriceIndex(table)
  }

  private func interactions() -> [Plan.Interaction] {
    let ids = scenario.lines.map(\.id)
    return scenario.interactions.compactMap { pair in
      guard let first = ids.firstIndex(of: pair.first), let second = ids.firstIndex(of: pair.second)
      else { return nil }
      return Plan.Interaction(
        id: pair.id, first: first, second: second, entry: pair.entry, exit: pair.exit)
    }
  }

  private func endTooEarly(base: Int, end: Int) -> Diagnostic {
    let latest = scenario.targets.max { $0.deadline < $1.deadline }
    return Diagnostic(
      .wrongYear, entry: "simulation.end", at: place(of: "simulation.end") ?? latest?.place,
      what: LocalizedText(
        en: "the base year is \(base), the last year \(end): nothing lies between",
        es: "el año base es \(base), el último año \(end): no hay nada entre ellos"),
      fix: LocalizedText(
        en: "set an earlier simulation.as_of or base, or a later deadline",
        es: "ponga simulation.as_of o base más temprano, o un plazo más tardío"))
  }
}

extension PlanContext {
  /// Fields are known for certain now.
  func checkFormulas() {
    for (formula, purpose, entry) in loaded.formulas where !formula.isOffer(entry) {
      formula.faults(table.fields, as: purpose, entry: entry).forEach(report)
    }
  }

  /// Poverty and rural share by district; an unknown value leaves the district out and is said.
  func equityFields() -> (poverty: [Double]?, rural: [Double]?) {
    func values(_ formula: Formula?, _ entry: String) -> [Double]? {
      guard let formula else { return nil }
      let isOffer = formula.isOffer(entry)
      if isOffer, !formula.faults(table.fields, as: .quantity, entry: entry).isEmpty { return nil }
      let found = formula.numbers(in: table)
      if !isOffer { warnMissing(found.map { $0 == nil }, formula, entry: entry) }
      return found.map { $0 ?? .nan }
    }
    let rural = values(scenario.output.rural, "output.rural")
    if let formula = scenario.output.rural, let rural, rural.contains(where: { $0 < 0 || $0 > 1 }) {
      report(
        Diagnostic(
          .unusableValue, entry: "output.rural", at: formula.place,
          what: LocalizedText(
            en: "output.rural must be a share from 0 to 1 in every district",
            es: "output.rural debe ser una proporción de 0 a 1 en todo distrito")))
    }
    return (values(scenario.output.poverty, "output.poverty"), rural)
  }

  /// Where the simulation begins: the earliest plateau that a target names, else the one found, else
  /// the base year.
  func since() -> Int {
    let named = scenario.targets.compactMap(\.since).min()
    let since = named ?? inputs.series.plateauStart ?? base
    guard since > base else { return since }
    let target = scenario.targets.first { $0.since == named }
    report(
      Diagnostic(
        .wrongYear, entry: target.map { "target.\($0.id).since" },
        at: target.flatMap { loaded.place(of: "target.\($0.id).since") },
        what: LocalizedText(
          en: "the plateau starts in \(since), after the base year \(base)",
          es: "la meseta empieza en \(since), después del año base \(base)")))
    return base
  }

  func target(_ target: ScenarioTarget) -> Plan.Target {
    let entry = "target.\(target.id)"
    if target.deadline <= base || target.deadline > end {
      report(
        Diagnostic(
          .wrongYear, entry: entry + ".deadline",
          at: loaded.place(of: entry + ".deadline") ?? target.place,
          what: LocalizedText(
            en: "\(entry): the deadline \(target.deadline) isn't in \(base + 1) to \(end)",
            es: "\(entry): el plazo \(target.deadline) no está entre \(base + 1) y \(end)")))
    }
    if let area = target.area, !isArea(area) {
      report(
        Diagnostic(
          .unknownReference, entry: entry + ".area",
          at: loaded.place(of: entry + ".area") ?? target.place,
          what: LocalizedText(
            en: "\(entry).area: no district, province or department has the code \(area)",
            es: "\(entry).area: ningún distrito, provincia o departamento tiene el código \(area)"))
      )
    }
    return Plan.Target(
      id: target.id, indicator: indicator(target), deadline: target.deadline,
      probability: target.probability, ages: target.ages, area: target.area)
  }

  private func isArea(_ code: String) -> Bool {
    let registry = inputs.registry
    return registry.districts.contains { $0.code == code }
      || registry.provinces.contains { $0.code == code }
      || registry.departments.contains { $0.code == code }
  }

  private func indicator(_ target: ScenarioTarget) -> Plan.Target.Indicator {
    switch target.indicator {
    case .rate: .rate(value: target.value ?? 0)
    case .working: .working(persons: target.value ?? 0)
    case .breaks:
      .breaks(
        Plan.Target.BreakRule(
          since: target.since,
          goal: target.goal.flatMap { id in scenario.targets.firstIndex { $0.id == id } },
          tolerance: target.tolerance.map { $0 * 100 }, persistence: target.persistence,
          listError: target.listError))
    }
  }
}
