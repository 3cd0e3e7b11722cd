// Quiebre · QuiebreKit
// `quiebre break series.csv`: the break test on a table, without any scenario.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import LaborModel
import Reports
import Statistics

struct SeriesBreak {
  let request: BreakRequest
  let session: Session

  private var options: BreakRequest.SeriesOptions { request.series }

  func reply() throws(DiagnosticList) -> Reply {
    let table = try CSVTable(
      bytes: InputFile(reading: request.subject).bytes, name: request.subject)
    if let column = options.areas {
      return try AreasBreak(request: request, session: session).reply(table, column: column)
    }
    let published = try PublishedSeries(
      table: table, group: options.group, shockYears: options.shockYears)
    let seen = try published.seen(options.cut)
    try checkSeen(seen)
    let settings = settings()
    let observed = try seen.stagnation(settings: settings)
    var report = BreakReport(
      series: published.group.isEmpty ? request.subject.lastComponent : published.group,
      asOf: options.asOf, observed: observed, settings: settings,
      surveyError: options.nextStandardError)
    if let path = options.projected { try answer(&report, projected: path) }
    return try rendered(report, request, session: session, diagnostics: [])
  }

  private func settings() -> BreakSettings {
    var settings = BreakSettings(
      target: options.target, deadline: request.deadline.map(Double.init),
      tolerance: request.tolerance, since: request.since.map(Double.init),
      methods: options.methodRule)
    settings.scale = BreakSettings.Scale(rawValue: options.scale) ?? .identity
    settings.surveyCorrelation = options.surveyCorrelation
    if let seed = request.draws.seed { settings.seed = seed }
    if let draws = request.draws.replicas { settings.nullDraws = draws }
    return settings
  }

  private func checkSeen(_ seen: SeenSeries) throws(DiagnosticList) {
    guard !seen.observations.contains(where: { !$0.isShock }) else { return }
    throw DiagnosticList(
      Diagnostic(
        .nothingSeen, entry: "--as-of", at: SourcePlace(file: request.subject),
        what: LocalizedText(
          en: "no figure is left to test: all are later than --as-of, or shock years",
          es: "no queda cifra por probar: todas son posteriores a --as-of, o años de choque"),
        fix: LocalizedText(en: "choose a later --as-of", es: "elija un --as-of posterior")))
  }

  private func answer(_ report: inout BreakReport, projected path: String) throws(DiagnosticList) {
    let draws = try CSVTable(bytes: InputFile(reading: path).bytes, name: path)
    let projected = try ProjectedTable(draws).series()
    guard
      report.answer(
        on: projected, persistence: options.persistence, children: options.children)
    else {
      throw DiagnosticList(
        Diagnostic(
          .deadlineNotProjected, entry: "--deadline", at: SourcePlace(file: path),
          what: LocalizedText(
            en: "the draws run from \(projected.firstYear) to \(projected.lastYear) and don't hold"
              + " the deadline",
            es: "los sorteos van de \(projected.firstYear) a \(projected.lastYear) y no incluyen el"
              + " plazo"),
          fix: LocalizedText(
            en: "give --deadline a year after the first and up to the last",
            es: "dé a --deadline un año posterior al primero y no posterior al último")))
    }
  }
}
