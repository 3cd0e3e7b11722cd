// Quiebre · QuiebreKit
// Prepared scenarios through the simulator, and what the verdict rests on.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import LaborModel
import Reports
import ScenarioFiles
import Statistics

/// The widths of the trend that every verdict is shown for (log points a year).
private let trendWidths = [0, 0.02, 0.05, 0.10]

/// Draws of each of those passes: they show how far the verdict moves, not its third digit.
private let trendDraws = 400

/// Scenarios that share one baseline, run over the same draws.
struct Simulation {
  let session: Session
  let scenarios: [PreparedScenario]

  /// Projects all scenarios and answers for each.
  ///
  /// - Throws: `DiagnosticList` for plans that can't share their draws, `Cancelled`.
  func reports() throws -> [RunReport] {
    try reports(ready(options()).project(scenarios.map(\.plan)))
  }

  /// The main pass, made ready: what comes before the loop over the districts.
  ///
  /// - Parameters:
  ///   - options: Threads, progress.
  ///   - weights: The draws' weights where an earlier part of the run found them.
  /// - Returns: A simulation that can be run whole or in parts.
  /// - Throws: `DiagnosticList` for plans that can't share their draws, `Cancelled`.
  func ready(
    _ options: ProjectionOptions, weights: [Double]? = nil
  ) throws -> PreparedSimulation {
    let first = scenarios[0]
    var options = options
    options.districtFactors = scenarios.flatMap { $0.equityBasis?.factors ?? [] }
    options.worst = worst
    return try PreparedSimulation(
      baseline: first.baseline, plan: first.plan,
      population: Population(first.registry, growth: growth(of: first)),
      levels: DistrictLevels(first.risk.risk), profile: first.profile,
      observed: first.series.observedRates, given: first.draws, weights: weights,
      options: options)
  }

  /// As ``reports()``, with what was done before; `nil` if it belongs to another run.
  func reports(
    _ ready: PreparedSimulation, from parts: [ProjectionPart], checkpoint: Checkpoint? = nil
  ) throws -> [RunReport]? {
    try ready.project(scenarios.map(\.plan), from: parts, checkpoint: checkpoint).map(reports)
  }

  /// k of `p_worst`: the largest that a scenario asks for.
  private var worst: Int { scenarios.map(\.worst).max() ?? 0 }

  private func reports(_ projection: Projection) throws -> [RunReport] {
    var first = 0
    var reports = scenarios.indices.map { index -> RunReport in
      var report = report(scenarios[index], projection.narrowed(to: index), index: index)
      if let basis = scenarios[index].equityBasis {
        report.equity = (basis, first)
        first += basis.factors.count
      }
      report.inputShares = report.firstOrderShares()
      report.worst = worst
      report.hasQuartiles = scenarios[index].scenario.output.quartiles
      return report
    }
    try addTrendSensitivity(to: &reports)
    for index in reports.indices {
      reports[index].hotspots = try scenarios[index].hotspots(workers: session.workers)
      reports[index].mapShapes = try scenarios[index].mapShapes(workers: session.workers)
    }
    return reports
  }

  /// Other plans of the first scenario over its first draws: nation and departments only.
  func reports(of plans: [Plan], draws: Int) throws -> [RunReport] {
    var options = options()
    options.nationalOnly = true
    options.progress = nil
    let projection = try projected(
      plans, options, replicas: min(draws, scenarios[0].plan.replicas))
    return plans.indices.map { report(scenarios[0], projection.narrowed(to: $0), index: $0) }
  }

  /// The scenarios over the same draws, nation and departments only.
  func national() throws -> Projection { try national(scenarios.map(\.plan)) }

  /// Other plans of the first scenario over its draws, nation and departments only.
  func national(_ plans: [Plan]) throws -> Projection {
    var options = options()
    options.nationalOnly = true
    return try projected(plans, options, replicas: scenarios[0].plan.replicas)
  }

  /// Simulation-based calibration of the first scenario's baseline.
  func selfCheck(repetitions: Int) throws -> SelfCheck {
    let (first, progress) = (scenarios[0], session.progress)
    var options = options()
    options.progress = nil
    return try LaborModel.selfCheck(
      baseline: first.baseline, population: Population(first.registry, growth: growth(of: first)),
      levels: DistrictLevels(first.risk.risk), profile: first.profile,
      observed: first.series.observedRates, repetitions: repetitions, options: options
    ) { progress?(.init(stage: .simulating, done: $0, total: repetitions)) }
  }

  func options() -> ProjectionOptions {
    let progress = session.progress
    return ProjectionOptions(
      workers: session.workers,
      breakTolerance: scenarios[0].stagnation?.tolerance?.value,
      cancellation: session.cancellation,
      progress: { progress?(.init(stage: .simulating, done: $0, total: $1)) })
  }

  private func projected(
    _ plans: [Plan], _ options: ProjectionOptions, replicas: Int
  ) throws -> Projection {
    let first = scenarios[0]
    func limited(_ plan: Plan) -> Plan {
      var plan = plan
      plan.replicas = replicas
      return plan
    }
    return try project(
      baseline: limited(first.baseline), plans: plans.map(limited),
      population: Population(first.registry, growth: growth(of: first)),
      levels: DistrictLevels(first.risk.risk), profile: first.profile,
      observed: first.series.observedRates, given: first.draws, options: options)
  }

  private func growth(of prepared: PreparedScenario) -> Double {
    if case .ratio(let ratio) = prepared.scenario.population.growth { ratio } else { 0 }
  }
}

extension PreparedScenario {
  fileprivate var equityBasis: EquityBasis? {
    EquityBasis(poverty: planned.poverty, rural: planned.rural, children: registry.children)
  }

  /// k of `p_worst`.
  fileprivate var worst: Int {
    scenario.output.worst ?? min(100, max(1, registry.districts.count / 10))
  }
}

// Answers.
extension Simulation {
  /// Adds P(break) under other widths of the trend, from passes that keep national sums only.
  private func addTrendSensitivity(to reports: inout [RunReport]) throws {
    let asksForBreak = reports.contains { report in
      report.breakShares(in: report.projection, scenario: report.scenario) != nil
    }
    // A trend that was given has no width to try.
    guard asksForBreak, scenarios[0].draws?["simulation.trend"] == nil else { return }
    for width in trendWidths {
      var options = options()
      options.nationalOnly = true
      options.progress = nil
      options.trend = Distribution(.normal(mean: 0, standardDeviation: width))
      let projection = try projected(
        scenarios.map(\.plan), options, replicas: min(trendDraws, scenarios[0].plan.replicas))
      for index in reports.indices {
        guard let shares = reports[index].breakShares(in: projection, scenario: index) else {
          continue
        }
        reports[index].trendSensitivity.append(
          RunReport.TrendSensitivity(
            standardDeviation: width, baseline: shares.baseline, scenario: shares.scenario))
      }
    }
  }

  private func report(
    _ prepared: PreparedScenario, _ projection: Projection, index: Int
  ) -> RunReport {
    let counts = projection.warnings(minimumEffectiveSize: prepared.plan.minimumEffectiveSize)
    return RunReport(
      plan: prepared.plan, baselinePlan: prepared.baseline, registry: prepared.registry,
      risk: prepared.risk.risk, projection: projection, scenario: index,
      unit: prepared.moneyUnit,
      asOf: prepared.asOfText, observed: prepared.stagnation,
      breakSettings: prepared.breakSettings, surveyError: surveyError(prepared),
      trendSensitivity: [], childrenGrowth: growth(of: prepared), hotspots: nil,
      join: prepared.join, inputsHash: prepared.inputsHash, synthetic: prepared.synthetic,
      assumptions: prepared.assumptions, warnings: prepared.notes + counts)
  }

  /// The deadline's survey: as the scenario says, else like the last one seen.
  private func surveyError(_ prepared: PreparedScenario) -> Double? {
    if let next = prepared.scenario.series.nextStandardError { return next * 100 }
    return prepared.series.observations.last { $0.standardError != nil }?.standardError
  }
}

extension SeenSeries {
  /// Published rates with their errors, shocks and parts of years left out; shares.
  var observedRates: [ObservedRate] {
    figures.compactMap { figure in
      let row = figure.observation
      guard !row.isShock, let error = row.standardError, row.year.rounded() == row.year else {
        return nil
      }
      return ObservedRate(
        year: Int(row.year), rate: row.rate / 100, standardError: error / 100)
    }
  }
}
