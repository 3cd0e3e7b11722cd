// Quiebre · QuiebreKit
// All short of simulating: a scenario read, its data joined, its money in the districts.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Districts
import Formats
import GeoCore
import LaborModel
import ScenarioFiles
import Statistics

/// A scenario with everything that it needs from disk.
struct PreparedScenario: Sendable {
  let opened: OpenedScenario
  let inputs: [InputStore.Record]
  let registry: DistrictRegistry
  let join: JoinReport
  let risk: RiskAssessment
  let series: SeenSeries
  let stagnation: StagnationResult?
  let breakSettings: BreakSettings
  let profile: AgeProfile
  /// An analyst's own parameter draws, checked.
  var draws: ParameterDraws?
  let planned: PlannedScenario
  /// What differences are taken from.
  var baseline: Plan
  /// The scenario behind it, if it is another one.
  let baselineScenario: LoadedScenario?
  /// Warnings and notes of all steps.
  let notes: [Diagnostic]

  var scenario: Scenario { opened.loaded.scenario }
  var plan: Plan { planned.plan }
}

/// Reads, joins and plans one scenario.
struct Preparation {
  let session: Session
  let draws: DrawSettings
  /// `quiebre risk --classes`.
  var classRule: RiskSettings.ClassRule?
  var breakOverrides = BreakOverrides()

  /// Flags of `quiebre break` that win over the scenario.
  struct BreakOverrides {
    var since: Int?
    var deadline: Int?
    var tolerance: Double?
  }

  /// - Throws: `DiagnosticList` with the faults of the first step that has any, ``Cancelled``.
  func prepared(_ path: String) throws -> PreparedScenario {
    try prepared(openScenario(path, session: session, draws: draws))
  }

  /// Districts with their surfaces: what no date changes.
  struct Ground {
    let store: InputStore
    let registry: LoadedRegistry
    let notes: [Diagnostic]
  }

  func ground(_ opened: OpenedScenario) throws -> Ground {
    let scenario = opened.loaded.scenario
    let store = InputStore(folder: opened.folder)
    // The series first: its faults are found in a moment, the join's in seconds.
    _ = try seenSeries(scenario, store: store)
    var notes: [Diagnostic] = []
    session.progress?(.init(stage: .reading, done: 0, total: 1))
    var registry = try loadRegistry(scenario, store: store, session: session, notes: &notes)
    notes += registry.built.warnings
    try stopIfCancelled()
    try joinSurfaces(scenario, into: &registry, store: store, session: session, notes: &notes)
    try stopIfCancelled()
    return Ground(store: store, registry: registry, notes: notes)
  }

  private func prepared(_ opened: OpenedScenario) throws -> PreparedScenario {
    try prepared(opened, on: ground(opened))
  }

  /// A scenario on districts that are joined already.
  func prepared(_ opened: OpenedScenario, on ground: Ground) throws -> PreparedScenario {
    let scenario = opened.loaded.scenario
    let (store, registry) = (ground.store, ground.registry)
    var notes = opened.loaded.warnings + ground.notes
    let (series, asOf) = try seenSeries(scenario, store: store)
    let settings = breakSettings(scenario)
    let stagnation = try series.stagnation(settings: settings)
    let facts = try seriesFacts(series, stagnation, scenario)
    let risk = try RiskInputs(
      scenario: scenario, registry: registry, store: store, series: series,
      since: startYear(scenario, facts), asOf: asOf, classRule: classRule
    ).assess(workers: session.workers)
    notes += risk.notes
    let draws = try drawsFile(opened.loaded, store: store)
    let planned = try opened.loaded.plan(
      PlanInputs(
        registry: registry.built.registry, risk: risk.risk, codes: registry.book,
        tables: try planTables(opened.loaded, store: store), series: facts,
        givenDraws: draws?.count))
    notes += planned.warnings
    let profile = try loadAgeProfile(store)
    let other = try otherBaseline(opened)
    var baseline = other?.plan ?? planned.keepingBaseYear()
    baseline.replicas = planned.plan.replicas
    let given = try draws?.checked(
      DrawableParameter.all(
        baseline: baseline, plan: planned.plan,
        departmentCodes: registry.built.registry.departments.map(\.code),
        observed: series.observedRates))
    notes += given?.notes ?? []
    if let note = otherBaseMoney(planned.plan, baseline, at: scenario.baseline?.place) {
      notes.append(note)
    }
    let known = Set(store.inputs.map(\.path))
    let inputs = store.inputs + (other?.inputs.filter { !known.contains($0.path) } ?? [])
    if let lock = opened.lock { notes += changedInputs(inputs, since: lock) }
    return PreparedScenario(
      opened: opened, inputs: inputs, registry: registry.built.registry,
      join: registry.built.report, risk: risk, series: series, stagnation: stagnation,
      breakSettings: settings, profile: profile, draws: given?.draws, planned: planned,
      baseline: baseline,
      baselineScenario: other?.opened.loaded, notes: notes)
  }

  /// Districts and surfaces alone, for the join report.
  func joined(_ path: String) throws -> (report: JoinReport, notes: [Diagnostic]) {
    let opened = try openScenario(path, session: session, draws: draws)
    let scenario = opened.loaded.scenario
    let store = InputStore(folder: opened.folder)
    var notes = opened.loaded.warnings
    var registry = try loadRegistry(scenario, store: store, session: session, notes: &notes)
    notes += registry.built.warnings
    try joinSurfaces(scenario, into: &registry, store: store, session: session, notes: &notes)
    return (registry.built.report, notes)
  }

  /// The file of `simulation.draws`, which says how many draws there are.
  private func drawsFile(
    _ loaded: LoadedScenario, store: InputStore
  ) throws(DiagnosticList) -> DrawsFile? {
    guard let named = loaded.scenario.simulation.draws else { return nil }
    let file = try DrawsFile(named.path, store: store)
    let written = loaded.values.last { $0.key == "simulation.replicas" }
    switch written?.origin {
    case .file(let place), .flag(let place):
      guard loaded.scenario.simulation.replicas == file.count else {
        throw DiagnosticList(
          file.wrongReplicas(loaded.scenario.simulation.replicas, at: place))
      }
    case .country, .builtIn, nil: break
    }
    return file
  }

  private func stopIfCancelled() throws(Cancelled) {
    if session.cancellation.isCancelled { throw Cancelled() }
  }
}

// The national series.
extension Preparation {
  private func seenSeries(
    _ scenario: Scenario, store: InputStore
  ) throws(DiagnosticList) -> (SeenSeries, AsOf) {
    let asOf: AsOf =
      switch scenario.simulation.asOf {
      case nil: .latest
      case .year(let year): .year(year)
      case .date(let date): .date(date)
      }
    return (try publishedSeries(scenario, store: store).seen(asOf), asOf)
  }

  /// The whole series, whatever was known when.
  func publishedSeries(
    _ scenario: Scenario, store: InputStore
  ) throws(DiagnosticList) -> PublishedSeries {
    try PublishedSeries(
      table: store.table(scenario.series.file.path), group: scenario.definition,
      shockYears: scenario.series.shockYears)
  }

  /// The break test's settings: of the first break target, else of the series alone.
  private func breakSettings(_ scenario: Scenario) -> BreakSettings {
    let target = scenario.targets.first { $0.indicator == .breaks }
    let goal = scenario.targets.first {
      $0.indicator == .rate && ($0.id == target?.goal || target == nil)
    }
    let deadline = breakOverrides.deadline ?? target?.deadline ?? goal?.deadline
    var settings = BreakSettings(
      target: goal?.value.map { $0 * 100 }, deadline: deadline.map(Double.init),
      tolerance: breakOverrides.tolerance ?? target?.tolerance.map { $0 * 100 },
      since: (breakOverrides.since ?? target?.since).map(Double.init),
      methods: methodRule(scenario.series.methods))
    settings.scale = BreakSettings.Scale(rawValue: scenario.series.scale.rawValue) ?? .identity
    settings.wantsOpinion = scenario.series.bayes
    settings.side = scenario.series.side
    settings.maximumJoinpoints = scenario.series.joinpoints
    settings.alpha = scenario.series.alpha
    settings.surveyCorrelation = scenario.series.surveyCorrelation
    settings.nullDraws = scenario.series.nullDraws
    settings.seed = scenario.simulation.seed
    return settings
  }

  private func methodRule(_ methods: SeriesSettings.Methods) -> BreakSettings.MethodRule {
    switch methods {
    case .refuse: .refuse
    case .offset: .offset
    case .known(let ratio, let error): .ratio(value: ratio, standardError: error)
    }
  }

  private func seriesFacts(
    _ series: SeenSeries, _ stagnation: StagnationResult?, _ scenario: Scenario
  ) throws(DiagnosticList) -> SeriesFacts {
    let seen = series.observations.filter { !$0.isShock }
    guard let last = seen.last else {
      throw DiagnosticList(
        Diagnostic(
          .nothingSeen, entry: "simulation.as_of",
          what: LocalizedText(
            en: "no figure of '\(series.group)' in '\(series.file)' is known as of this date",
            es: "ninguna cifra de '\(series.group)' en '\(series.file)' se conoce a esta fecha"),
          fix: LocalizedText(
            en: "choose a later simulation.as_of, or another definition",
            es: "elija un simulation.as_of posterior, u otra definición")))
    }
    return SeriesFacts(
      lastSeenYear: Int(last.year.rounded()),
      plateauStart: stagnation?.joinpoints.last.map { Int($0.rounded()) })
  }

  private func startYear(_ scenario: Scenario, _ facts: SeriesFacts) -> Int {
    let target = scenario.targets.first { $0.indicator == .breaks }
    return target?.since ?? facts.plateauStart ?? scenario.simulation.base ?? facts.lastSeenYear
  }
}

// Plans.
extension Preparation {
  private func planTables(
    _ loaded: LoadedScenario, store: InputStore
  ) throws(DiagnosticList) -> [String: CSVTable] {
    var tables: [String: CSVTable] = [:]
    for request in loaded.requests {
      switch request.kind {
      case .allocation, .deflator:
        do throws(DiagnosticList) {
          tables[request.path] = try store.table(request.path)
        } catch {
          throw DiagnosticList(named(at: request.place, error))
        }
      default: break
      }
    }
    return tables
  }

  /// The scenario that `baseline` names, prepared alike; `nil` = this one with base-year money kept.
  private func otherBaseline(_ opened: OpenedScenario) throws -> PreparedScenario? {
    guard let file = opened.loaded.scenario.baseline else { return nil }
    if let lock = opened.lock?.baseline {
      return try prepared(openLock(lock, path: file.path, session: session, draws: draws))
    }
    guard file.path != opened.path else {
      throw DiagnosticList(
        Diagnostic(
          .baselineItself, entry: "scenario.baseline", at: file.place,
          what: LocalizedText(
            en: "scenario.baseline names this very scenario: every difference would be zero",
            es: "scenario.baseline nombra este mismo escenario: toda diferencia sería cero"),
          fix: LocalizedText(en: "leave the key out", es: "quite la clave")))
    }
    do {
      return try prepared(file.path)
    } catch let list as DiagnosticList where list.items.first?.place?.file == file.path {
      throw DiagnosticList(named(at: file.place, list))
    }
  }
}

/// A warning if scenario and baseline disagree on the money that is in the level already.
private func otherBaseMoney(
  _ plan: Plan, _ baseline: Plan, at place: SourcePlace?
) -> Diagnostic? {
  func money(_ plan: Plan) -> Centimos { plan.lines.reduce(0) { $0 + $1.money.approved[0] } }
  guard let place, money(plan) != money(baseline) else { return nil }
  return Diagnostic(
    .otherBaseMoney, .warning, entry: "scenario.baseline", at: place,
    what: LocalizedText(
      en: "'\(baseline.id)' has other money in \(plan.base) than '\(plan.id)'",
      es: "'\(baseline.id)' tiene otro dinero en \(plan.base) que '\(plan.id)'"),
    why: LocalizedText(
      en: "the base year's money is in the level already; new money and cost compare unlike things",
      es: "el dinero del año base ya está en el nivel; el dinero nuevo y el costo no se comparan"),
    fix: LocalizedText(
      en: "list the same running lines in both files", es: "ponga las mismas líneas en ambos"))
}
