// Quiebre · QuiebreKit
// `quiebre break`: stagnation on an observed series, break and goal on draws.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoFiles
import LaborModel
import Reports
import ScenarioFiles

/// Tests for stagnation and break and prints the report in the order of the method.
public func breakTest(_ request: BreakRequest, session: Session) -> Reply {
  answer {
    if request.subject.lowercased().hasSuffix(".csv") {
      return try SeriesBreak(request: request, session: session).reply()
    }
    if isDirectory(request.subject) {
      return try finished(request, session: session)
    }
    try refuseSeriesOptions(of: request)
    var preparation = Preparation(session: session, draws: request.draws)
    preparation.breakOverrides = .init(
      since: request.since, deadline: request.deadline, tolerance: request.tolerance)
    let prepared = try preparation.prepared(request.subject)
    let notes = withoutRepeats(prepared.notes)
    guard !request.observedOnly else {
      guard let stagnation = prepared.stagnation else { return Reply(diagnostics: notes) }
      let report = BreakReport(
        series: prepared.plan.definition, asOf: prepared.asOfText, observed: stagnation,
        settings: prepared.breakSettings,
        surveyError: prepared.scenario.series.nextStandardError.map { $0 * 100 })
      return try rendered(report, request, session: session, diagnostics: notes)
    }
    let reports = try Simulation(session: session, scenarios: [prepared]).reports()
    return try rendered(reports[0].breakReport(), request, session: session, diagnostics: notes)
  }
}

/// Text or JSON of a report; the picture is written first, so that a failure prints nothing.
func rendered(
  _ report: BreakReport, _ request: BreakRequest, session: Session, diagnostics: [Diagnostic]
) throws(DiagnosticList) -> Reply {
  if let path = request.picture {
    try ResultFolder.replaceFile(path, with: report.picture(in: session.language))
  }
  return Reply(
    text: request.json ? jsonText([report.json()]) : report.text(in: session.language),
    diagnostics: diagnostics)
}

/// The report that a run left in its folder.
private func finished(
  _ request: BreakRequest, session: Session
) throws(DiagnosticList) -> Reply {
  let overrides = [
    request.since.map { _ in "--since" }, request.deadline.map { _ in "--deadline" },
    request.tolerance.map { _ in "--tolerance" },
  ].compactMap(\.self)
  guard overrides.isEmpty, request.series.isEmpty else {
    throw DiagnosticList(
      Diagnostic(
        .breakOptionUnused, entry: overrides.first, at: SourcePlace(file: request.subject),
        what: LocalizedText(
          en: "a finished result can't be tested under other rules",
          es: "un resultado terminado no se prueba con otras reglas"),
        fix: LocalizedText(
          en: "give the scenario and the flags, or the folder alone",
          es: "dé el escenario y las opciones, o solo la carpeta")))
  }
  let path = request.subject + "/" + BreakReport.fileName
  let report = try BreakReport(reading: InputFile(reading: path).bytes, name: path)
  return try rendered(report, request, session: session, diagnostics: [])
}

/// A scenario says these things itself.
private func refuseSeriesOptions(of request: BreakRequest) throws(DiagnosticList) {
  guard !request.series.isEmpty else { return }
  throw DiagnosticList(
    Diagnostic(
      .breakOptionUnused, at: SourcePlace(file: request.subject),
      what: LocalizedText(
        en: "--target, --group, --as-of, --shock, --methods, --scale, --projected and the like"
          + " go with a series (.csv); a scenario says them itself",
        es: "--target, --group, --as-of, --shock, --methods, --scale, --projected y similares van"
          + " con una serie (.csv); un escenario los dice por sí mismo"),
      fix: LocalizedText(
        en: "set them in the scenario, or with --set series.methods=offset and the like",
        es: "póngalos en el escenario, o con --set series.methods=offset y similares")))
}
