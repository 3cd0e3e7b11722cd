// Quiebre · QuiebreKit
// `quiebre compare`: scenarios side by side over the same draws, nothing written.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Reports

/// Compares scenarios with the baseline of the first.
public func compare(_ request: CompareRequest, session: Session) -> Reply {
  answer {
    let preparation = Preparation(session: session, draws: request.draws)
    let prepared = try request.scenarios.map { try preparation.prepared($0) }
    try checkShared(prepared)
    let reports = try Simulation(session: session, scenarios: prepared).reports()
    let year = request.year ?? prepared[0].plan.end
    guard reports[0].projection.years.contains(year) else {
      throw DiagnosticList(
        Diagnostic(
          .yearOutsideRun, entry: "--year",
          what: LocalizedText(
            en: "--year \(year) lies outside the run, \(prepared[0].plan.since)-"
              + "\(prepared[0].plan.end)",
            es: "--year \(year) queda fuera de la corrida, \(prepared[0].plan.since)-"
              + "\(prepared[0].plan.end)")))
    }
    return Reply(
      text: request.json
        ? jsonText(reports.map { $0.summaryJSON() })
        : CompareText.nation(reports, in: session.language) + "\n"
          + CompareText.areas(
            reports, year: year, byProvince: request.byProvince, in: session.language),
      diagnostics: withoutRepeats(prepared.flatMap(\.notes)))
  }
}
