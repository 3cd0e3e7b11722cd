// Quiebre · QuiebreKit
// The risk of every district: a model scored here, or the surface or table that stands for MIRTI.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoFiles
import LaborModel
import ScenarioFiles
import Statistics

/// Everything that an assessment of the risk reads.
struct RiskInputs {
  let scenario: Scenario
  let registry: LoadedRegistry
  let store: InputStore
  let series: SeenSeries
  /// Where runs start: the year whose national rate must be met.
  let since: Int
  let asOf: AsOf
  /// Wins over the scenario's own.
  let classRule: RiskSettings.ClassRule?

  func assess(workers: Int) throws(DiagnosticList) -> RiskAssessment {
    var options = RiskOptions(classes: cutRule)
    options.isDamped = scenario.risk.damping
    options.definition = scenario.definition
    return try assessRisk(
      try source(), registry: registry.built.registry, national: national, direct: try direct(),
      options: options, seed: scenario.simulation.seed, workers: workers)
  }

  private var cutRule: RiskClassRule {
    switch classRule ?? scenario.risk.classRule {
    case .fixed:
      .fixed(mediumFrom: scenario.risk.mediumFrom ?? 0.15, highFrom: scenario.risk.highFrom ?? 0.3)
    case .equal: .equal
    case .quantile: .quantile
    case .jenks: .jenks
    }
  }

  private var national: NationalBenchmark? {
    guard let level = series.level(in: since) else { return nil }
    let others = series.figures.map { Int($0.observation.year.rounded()) }.filter { $0 != since }
    return NationalBenchmark(level: level, otherYears: others.compactMap { series.level(in: $0) })
  }

  private func direct() throws(DiagnosticList) -> [DirectEstimate] {
    guard let file = scenario.risk.direct else { return [] }
    return try DirectEstimates(table: store.table(file.path), group: scenario.definition)
      .seen(asOf)
  }

  private func source() throws(DiagnosticList) -> RiskSource {
    switch scenario.risk.source {
    case .surface(let id): .given(try given(id))
    case .model(let file): try scored(file)
    }
  }

  private func given(_ id: String) throws(DiagnosticList) -> GivenRisk {
    let fields = registry.built.registry.fields
    guard case .numbers(let rates)? = fields[id]?.values else {
      throw DiagnosticList(
        Diagnostic(
          .internalFault, what: LocalizedText(verbatim: "surface.\(id): no field")))
    }
    var limits: [[Double?]] = []
    for name in ["_p05", "_p95"] {
      if case .numbers(let values)? = fields[id + name]?.values { limits.append(values) }
    }
    let surface = scenario.surfaces.first { $0.id == id }
    return GivenRisk(
      rates: rates, p05: limits.count == 2 ? limits[0] : nil,
      p95: limits.count == 2 ? limits[1] : nil,
      logitError: scenario.risk.logitError,
      kind: surface?.file.path.lowercased().hasSuffix(".csv") == true ? .table : .surface,
      isSynthetic: surface.map { isSyntheticRisk($0.file.path) } ?? false)
  }

  private func scored(_ file: FileReference) throws(DiagnosticList) -> RiskSource {
    let model = try RiskModel(
      json: try JSONDocument(bytes: store.file(file.path).bytes, name: file.path))
    let districts = registry.built.registry
    guard let file = scenario.risk.cells else {
      return .model(model, try RiskCells(means: districts, model: model))
    }
    let table = try store.table(file.path)
    let match = try registry.book.match(
      DistrictTable(table, codeColumn: codeColumn(of: table, scenario)), repeats: true)
    let errors = match.faults.filter { $0.severity == .error }
    guard errors.isEmpty else { throw DiagnosticList(errors) }
    return .model(model, try RiskCells(table: table, rows: match.rows, model: model))
  }
}

/// The embedded surfaces are made from the synthetic model; whatever a scenario brings is its own.
func isSyntheticRisk(_ path: String) -> Bool { path.hasPrefix("geo:risk/") }
