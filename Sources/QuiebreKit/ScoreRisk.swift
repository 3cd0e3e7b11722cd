// Quiebre · QuiebreKit
// `quiebre risk`: rate, interval, class with its probability and top factors of every district.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Reports
import ScenarioFiles

/// Scores (or takes) the risk of a scenario's districts and prints it.
public func risk(_ request: RiskRequest, session: Session) -> Reply {
  answer {
    var preparation = Preparation(session: session, draws: request.draws)
    preparation.classRule = request.classRule.flatMap(RiskSettings.ClassRule.init)
    let prepared = try preparation.prepared(request.scenario)
    let table = prepared.risk.risk.table(of: prepared.registry)
    var reply = Reply(diagnostics: withoutRepeats(prepared.notes))
    if let output = request.output {
      try ResultFolder.replaceFile(output, with: table.csv())
    }
    reply.text =
      request.json
      ? String(decoding: table.json(), as: UTF8.self)
      : prepared.risk.risk.text(of: prepared.registry, in: session.language)
        + prepared.risk.cuts.sentence.text(in: session.language) + "\n"
        + prepared.risk.checksText(of: prepared.registry, in: session.language)
    return reply
  }
}
