// Quiebre · QuiebreKit
// `quiebre hindcast`: inputs frozen to past dates, projected, scored on what was published since.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Reports
import ScenarioFiles
import Statistics

/// Projects a scenario's ground as of past years and scores the figures that came later.
public func hindcast(_ request: HindcastRequest, session: Session) -> Reply {
  answer { try Hindcast(request: request, session: session).reply() }
}

private struct Hindcast {
  let request: HindcastRequest
  let session: Session

  /// Later figures that an as-of year must leave, unless it is asked for by name.
  private static let fewestFigures = 2

  func reply() throws -> Reply {
    let preparation = Preparation(session: session, draws: request.draws)
    let opened = try openScenario(request.scenario, session: session, draws: request.draws)
    let ground = try preparation.ground(opened)
    let published = try preparation.publishedSeries(opened.loaded.scenario, store: ground.store)
    let own = try preparation.prepared(opened, on: ground)
    let years = try request.asOf ?? possibleYears(published, opened.loaded.scenario)
    for year in years { try checkLeavesFigures(year, published) }
    let views = try years.map { year in
      try view(asOf: year, published: published, ground: ground, own: own)
    }
    let selfCheck =
      try request.selfChecks > 0
      ? Simulation(session: session, scenarios: [own]).selfCheck(repetitions: request.selfChecks)
      : nil
    let report = HindcastReport(
      scenario: own.plan.id, series: published.group, replicas: own.plan.replicas,
      seed: own.plan.seed, views: views, selfCheck: selfCheck)
    return Reply(
      exitCode: report.passesSelfCheck == false ? .gateFailed : .done,
      text: request.json ? jsonText([report.json()]) : report.text(in: session.language),
      diagnostics: withoutRepeats(opened.loaded.warnings + ground.notes))
  }

  /// Figures that can be scored: whole years with an error.
  private func scorable(_ published: PublishedSeries, after year: Int) -> [Observation] {
    published.figures.map(\.observation).filter {
      $0.year > Double(year) && $0.year == $0.year.rounded() && $0.standardError != nil
        && !$0.isModelled
    }
  }

  private func possibleYears(_ published: PublishedSeries, _ scenario: Scenario) throws -> [Int] {
    let deadline = scenario.targets.map(\.deadline).min() ?? Int.max
    let years = published.figures.map(\.observation)
      .filter { !$0.isShock && !$0.isModelled && $0.year == $0.year.rounded() }
      .map { Int($0.year) }
      .filter { $0 < deadline && scorable(published, after: $0).count >= Self.fewestFigures }
    if years.isEmpty { throw noFigures(nil, published) }
    return years
  }

  private func checkLeavesFigures(_ year: Int, _ published: PublishedSeries) throws {
    if scorable(published, after: year).isEmpty { throw noFigures(year, published) }
  }

  private func noFigures(_ year: Int?, _ published: PublishedSeries) -> DiagnosticList {
    let after = year.map(String.init)
    return DiagnosticList(
      Diagnostic(
        .nothingToScore, entry: "--as-of", at: SourcePlace(file: published.file),
        what: LocalizedText(
          en: after.map { "no figure of '\(published.group)' after \($0) can be scored" }
            ?? "no year of '\(published.group)' leaves two later figures to score",
          es: after.map {
            "ninguna cifra de '\(published.group)' después de \($0) se puede evaluar"
          }
            ?? "ningún año de '\(published.group)' deja dos cifras posteriores que evaluar"),
        why: LocalizedText(
          en: "a figure needs a standard error (se, or n and deff) and a whole year",
          es: "una cifra necesita error estándar (se, o n y deff) y un año entero"),
        fix: LocalizedText(
          en: "name an earlier year, or complete the series",
          es: "nombre un año anterior, o complete la serie")))
  }
}

// One as-of year.
extension Hindcast {
  private func view(
    asOf year: Int, published: PublishedSeries, ground: Preparation.Ground, own: PreparedScenario
  ) throws -> HindcastReport.View {
    let later = scorable(published, after: year)
    let last = later.map { Int($0.year) }.max() ?? year
    let prepared = try prepared(asOf: year, until: last, ground: ground, own: own)
    let projection = try Simulation(session: session, scenarios: [prepared]).national()
    let known = prepared.series.observations.filter { !$0.isShock && !$0.isModelled }
    // The plan's money is dated: only as of its own base year is it what was planned then.
    let withPlan = prepared.plan.base == own.plan.base
    let rows = later.map { figure in
      row(figure, projection, known: known, withPlan: withPlan)
    }
    return HindcastReport.View(
      asOf: year, since: prepared.plan.since,
      figuresKnown: known.count { $0.standardError != nil },
      effectiveDraws: projection.effectiveSampleSize, rows: rows)
  }

  /// The scenario as it would have been asked in a past year.
  private func prepared(
    asOf year: Int, until last: Int, ground: Preparation.Ground, own: PreparedScenario
  ) throws -> PreparedScenario {
    let scenario = own.scenario
    var past = session
    func set(_ key: String, _ value: Int) {
      past.overrides.append(Session.Override(key: key, value: String(value)))
    }
    set("simulation.as_of", year)
    if scenario.simulation.base != nil { set("simulation.base", year) }
    if own.plan.end < last { set("simulation.end", last) }
    for target in scenario.targets where (target.since ?? year) > year {
      set("target.\(target.id).since", year)
    }
    past.progress = nil
    let opened = try openScenario(request.scenario, session: past, draws: request.draws)
    var prepared = try Preparation(session: past, draws: request.draws).prepared(opened, on: ground)
    // An analyst's draws have seen the later figures.
    prepared.draws = nil
    return prepared
  }

  private func row(
    _ figure: Observation, _ projection: Projection, known: [Observation], withPlan: Bool
  ) -> HindcastReport.Row {
    var scores: [HindcastReport.Forecaster: ForecastScore] = [:]
    guard let error = figure.standardError,
      let place = projection.years.firstIndex(of: Int(figure.year))
    else { return HindcastReport.Row(observation: figure, scores: [:]) }
    func simulated(_ outcome: ScenarioOutcome) -> ForecastScore {
      ForecastScore(
        SurveyedDraws(
          draws: outcome.national.rates[AgeGroup.all.rawValue][place].map { $0 * 100 },
          weights: projection.weights, standardError: error), figure: figure.rate)
    }
    scores[.baseline] = simulated(projection.baseline)
    if withPlan { scores[.scenario] = projection.scenarios.first.map(simulated) }
    let simple: [(HindcastReport.Forecaster, SimpleForecast)] = [
      (.lastValue, .lastValue), (.straightLine, .straightLine), (.constantRate, .constantRate),
    ]
    for (forecaster, kind) in simple {
      scores[forecaster] = kind.forecast(from: known, year: figure.year, standardError: error)
        .map { ForecastScore($0, figure: figure.rate) }
    }
    return HindcastReport.Row(observation: figure, scores: scores)
  }
}
