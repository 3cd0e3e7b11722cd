// Quiebre · QuiebreKit
// `quiebre break`: stagnation on the observed series, break and goal on the draws.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Reports

/// Tests for stagnation and break and prints the report in the order of the method.
public func breakTest(_ request: BreakRequest, session: Session) -> Reply {
  answer {
    var preparation = Preparation(session: session, draws: request.draws)
    preparation.breakOverrides = .init(
      since: request.since, deadline: request.deadline, tolerance: request.tolerance)
    let prepared = try preparation.prepared(request.scenario)
    if request.observedOnly, let stagnation = prepared.stagnation {
      return Reply(
        text: stagnation.text(
          in: session.language, series: prepared.plan.definition, asOf: prepared.asOfText),
        diagnostics: withoutRepeats(prepared.notes))
    }
    let reports = try Simulation(session: session, scenarios: [prepared]).reports()
    return Reply(
      text: request.json
        ? jsonText(reports.map { $0.summaryJSON() })
        : reports[0].breakText(in: session.language),
      diagnostics: withoutRepeats(prepared.notes))
  }
}
