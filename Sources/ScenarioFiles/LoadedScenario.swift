// Quiebre · ScenarioFiles
// Loads a scenario with its layers and hands out what it says, what it needs, and who said what.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats

/// A scenario read, merged and checked, before any data is loaded.
public struct LoadedScenario: Sendable {
  public let scenario: Scenario
  /// Names of the files, lowest first: the country layer, layers, the scenario.
  public let layers: [String]
  /// Warnings and notes, in the order of files and lines.
  public private(set) var warnings: [Diagnostic]
  /// Every key in force with its value and origin, in the order of the key table; what
  /// `check --layers` prints.
  public let values: [ValueInForce]
  /// Every file that the scenario needs.
  public let requests: [DataRequest]
  let formulas: [(formula: Formula, purpose: Formula.Purpose, entry: String)]
  /// Every key that the reader looked for, there or not.
  let askedKeys: Set<String>
  let places: [String: SourcePlace]

  /// Values that no source backs, in the same order.
  public var assumptions: [ValueInForce] { values.filter(\.assumed) }

  func adding(_ notes: [Diagnostic]) -> LoadedScenario {
    var result = self
    result.warnings += notes
    return result
  }

  /// Where a key is written, or `nil` for a default.
  public func place(of key: String) -> SourcePlace? { places[key] }
}

/// Loads a scenario.
///
/// - Parameters:
///   - main: The scenario file.
///   - country: The country layer, the lowest of all.
///   - overrides: Values of `--set` flags, above all files.
///   - open: Reads a layer by its resolved path; `from` is the place that names it.
/// - Returns: The typed scenario with defaults filled in.
/// - Throws: A syntax error alone, else every fault of keys, types, units, ranges, names and
///   references at once, in the order of files and lines.
public func loadScenario(
  main: ScenarioFile, country: ScenarioFile?, overrides: [Override] = [],
  open: @escaping LayerOpener
) throws(DiagnosticList) -> LoadedScenario {
  try loaded(LayerStack(main: main, country: country, overrides: overrides, open: open))
}

/// Loads a scenario as a finished run found it.
///
/// - Returns: The same scenario; a warning (Q562) for each default that this version has changed.
/// - Throws: Q560 for a broken lock, else as ``loadScenario(main:country:overrides:open:)``.
public func loadScenario(
  lock: LockFile, overrides: [Override] = []
) throws(DiagnosticList) -> LoadedScenario {
  let scenario = try loaded(LayerStack(lock: lock, overrides: overrides))
  let changed = scenario.values.filter { value in
    value.origin == .builtIn && lock.defaults[value.key].map { $0 != value.value } == true
  }
  return scenario.adding(
    changed.map { value in
      let then = lock.defaults[value.key] ?? ""
      return Diagnostic(
        .lockDefaultDiffers, .warning, entry: value.key, at: SourcePlace(file: lock.name),
        what: LocalizedText(
          en: "\(value.key) was \(then) by default then, and is \(value.value) now",
          es: "\(value.key) era \(then) por defecto entonces, y ahora es \(value.value)"))
    })
}

private func loaded(_ stack: LayerStack) throws(DiagnosticList) -> LoadedScenario {
  let checker = Checker(stack: stack)
  let scenario = ScenarioReader(checker: checker).read()
  checkFormulas(of: scenario, checker)
  checkYears(of: scenario, checker)
  noteLaterKeys(checker)
  let faults = checker.sortedFaults()
  guard !faults.contains(where: { $0.severity == .error }) else { throw DiagnosticList(faults) }
  return LoadedScenario(
    scenario: scenario, layers: stack.files, warnings: faults, values: checker.values,
    requests: checker.requests, formulas: checker.formulas, askedKeys: checker.askedKeys,
    places: Dictionary(
      checker.values.compactMap { value in value.origin.place.map { (value.key, $0) } },
      uniquingKeysWith: { _, last in last }))
}

/// Columns that every run knows before it simulates.
let builtInFields: [String: FormulaKind] = [
  "ubigeo": .text, "department": .text, "province": .text, "district": .text,
  "children": .number, "risk": .percent, "risk_p05": .percent, "risk_p95": .percent,
  "risk_class": .text, "p_high": .percent,
]

/// Names of the fields that formulas may use in every scenario.
public var formulaFields: [String] { builtInFields.keys.sorted() }

/// The fields that the scenario's tables and surfaces declare.
private func declaredFields(of scenario: Scenario) -> FormulaFields {
  var fields = FormulaFields(kinds: builtInFields, isComplete: true)
  for table in scenario.tables {
    if table.names.isEmpty { fields.isComplete = false }
    for name in table.names {
      fields.kinds[name] = table.percentFields.contains(name) ? .percent : .unknown
    }
  }
  for surface in scenario.surfaces {
    let kind: FormulaKind = surface.unit == "%" ? .percent : .number
    fields.kinds[surface.id] = kind
    if surface.quantity == .share && surface.classNames.isEmpty { fields.isComplete = false }
    for name in surface.classNames { fields.kinds[surface.id + "_" + name] = .percent }
    for stat in surface.stats.dropFirst() {
      if stat.contains(" ") { fields.isComplete = false }
      fields.kinds[surface.id + "_" + stat] = .unknown
    }
  }
  return fields
}

extension Formula {
  /// Whether it only offers a table: the country's own poverty and rural share.
  ///
  /// A scenario with other data may lack their fields, which is nobody's slip: there is no table then.
  func isOffer(_ entry: String) -> Bool {
    place.file.hasPrefix("geo:") && (entry == "output.poverty" || entry == "output.rural")
  }
}

private func checkFormulas(of scenario: Scenario, _ checker: Checker) {
  let fields = declaredFields(of: scenario)
  for (formula, purpose, entry) in checker.formulas where !formula.isOffer(entry) {
    for fault in formula.faults(fields, as: purpose, entry: entry) { checker.report(fault) }
  }
  for surface in scenario.surfaces {
    guard let weight = surface.weight, fields.isComplete, fields.kinds[weight] == nil else {
      continue
    }
    let names = fields.kinds.keys.sorted()
    checker.report(
      Diagnostic(
        .unknownReference, entry: "surface.\(surface.id).weight", at: surface.weightPlace,
        what: LocalizedText(
          en: "surface.\(surface.id).weight: no surface or field is named '\(weight)'",
          es: "surface.\(surface.id).weight: ninguna superficie o campo se llama '\(weight)'"),
        caret: nearestName(to: weight, in: names).map {
          LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
        }))
  }
}

/// Years that can be compared before any data is loaded.
private func checkYears(of scenario: Scenario, _ checker: Checker) {
  let simulation = scenario.simulation
  if scenario.targets.isEmpty && simulation.end == nil {
    checker.report(
      Diagnostic(
        .missingKey, entry: "simulation.end", at: SourcePlace(file: checker.stack.main),
        what: LocalizedText(
          en: "'simulation.end' is required when there is no target",
          es: "falta 'simulation.end', obligatoria cuando no hay ninguna meta")))
  }
  if let base = simulation.base, let end = simulation.end, base >= end {
    checker.report(wrongYears("simulation.end", checker, "base \(base)", "end \(end)"))
  }
  if let base = simulation.base, let asOf = simulation.asOf, base > asOf.year {
    checker.report(baseAfterData(base, asOf.year, checker))
  }
  for target in scenario.targets {
    if let base = simulation.base, target.deadline <= base, target.deadline > 0 {
      checker.report(
        wrongYears(
          "target.\(target.id).deadline", checker, "base \(base)", "deadline \(target.deadline)"))
    }
    if let end = simulation.end, target.deadline > end {
      checker.report(deadlineAfterEnd(target, end, checker))
    }
  }
}

/// A base year that the data doesn't reach.
private func baseAfterData(_ base: Int, _ asOf: Int, _ checker: Checker) -> Diagnostic {
  Diagnostic(
    .wrongYear, entry: "simulation.base", at: place(of: "simulation.base", checker),
    what: LocalizedText(
      en: "simulation.base: the base year \(base) is later than as_of \(asOf)",
      es: "simulation.base: el año base \(base) es posterior a as_of \(asOf)"),
    why: LocalizedText(
      en: "nothing is known yet about a year after as_of",
      es: "de un año posterior a as_of todavía no se sabe nada"),
    fix: LocalizedText(
      en: "set base to \(asOf) or earlier, or leave it out",
      es: "ponga base en \(asOf) o antes, o no lo ponga"))
}

/// A deadline may be the last year, not later.
private func deadlineAfterEnd(_ target: ScenarioTarget, _ end: Int, _ checker: Checker)
  -> Diagnostic
{
  let key = "target.\(target.id).deadline"
  return Diagnostic(
    .wrongYear, entry: key, at: place(of: key, checker),
    what: LocalizedText(
      en: "\(key): deadline \(target.deadline) is later than end \(end)",
      es: "\(key): deadline \(target.deadline) es posterior a end \(end)"),
    fix: LocalizedText(
      en: "set simulation.end to \(target.deadline), or an earlier deadline",
      es: "ponga simulation.end en \(target.deadline), o un plazo más temprano"))
}

private func place(of key: String, _ checker: Checker) -> SourcePlace? {
  checker.values.last { $0.key == key }?.origin.place
}

private func wrongYears(_ key: String, _ checker: Checker, _ first: String, _ second: String)
  -> Diagnostic
{
  Diagnostic(
    .wrongYear, entry: key, at: place(of: key, checker),
    what: LocalizedText(
      en: "\(key): \(first) must lie before \(second)",
      es: "\(key): \(first) debe ser anterior a \(second)"))
}

/// Keys that are checked but do nothing yet.
private let laterKeys: Set<String> = [
  "data.gap", "data.area_crs", "population.split",
]

/// Whether a key does nothing in this version.
func isLaterKey(_ key: String) -> Bool {
  let parts = key.split(separator: ".")
  return laterKeys.contains(key) || parts.first == "optimize"
    || (parts.count == 3 && parts[0] == "line" && parts[2] == "offset")
}

private func noteLaterKeys(_ checker: Checker) {
  for value in checker.values {
    // A table of growth; a ratio is used.
    let isTable =
      value.key == "population.growth" && value.value.hasPrefix("\"")
      && !value.value.hasSuffix("%\"")
    guard isTable || isLaterKey(value.key), let place = value.origin.place else { continue }
    // What would move results is no mere note.
    let matters = isTable || value.key == "population.split"
    checker.report(
      Diagnostic(
        .laterKey, matters ? .warning : .note, entry: value.key, at: place,
        what: LocalizedText(
          en: "\(value.key) is known but does nothing yet in this version",
          es: "\(value.key) se conoce pero todavía no hace nada en esta versión")))
  }
}
