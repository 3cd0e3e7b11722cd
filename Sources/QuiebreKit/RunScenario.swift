// Quiebre · QuiebreKit
// `quiebre run`: the whole way from scenario files to finished result folders.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel
import Reports
import Statistics

/// Runs scenarios over the same draws and writes one result folder for each.
public func run(_ request: RunRequest, session: Session) -> Reply {
  answer {
    let start = secondsSinceStart()
    let log = RunLog(start: start)
    let session = log.following(session)
    var made = try ResultFolder.probe(parent: request.output)
    defer { ResultFolder.removeEmpty(made) }
    for file in request.drawFiles { made += try ResultFolder.probe(parent: file.parentFolder) }
    // 1 Read, join, plan: everything short of simulating.
    let preparation = Preparation(session: session, draws: request.draws)
    let prepared = try request.scenarios.map { try preparation.prepared($0) }
    try checkShared(prepared)
    try checkRequirements(request.required, prepared)
    if request.isDryRun { return dryRunReply(prepared, request, session) }
    // 2 Simulate all scenarios in one pass, test for breaks and goals.
    let parted = PartedRun(request, session: session, prepared: prepared)
    if request.shard != nil { return try parted.shard() }
    var notes: [Diagnostic] = []
    let earlier = try parted.resumed(&notes)
    return try parted.saving { checkpoint in
      let simulation = Simulation(session: session, scenarios: prepared)
      let ready = try simulation.ready(simulation.options(), weights: earlier?.weights)
      guard
        let reports = try simulation.reports(
          ready, from: earlier.map { [$0] } ?? [], checkpoint: checkpoint)
      else { throw DiagnosticList(PartFile.foreign(parted.checkpointPath, request.scenarios[0])) }
      for file in request.drawFiles {
        try DrawsOutput.write(ready.parameterDraws(prepared[0].plan), to: file)
      }
      // 3 Render, hash and write each folder whole or not at all.
      var reply = try written(
        reports, of: prepared, request, session: session, log: log, start: start)
      parted.finish()
      reply.diagnostics += notes
      return reply
    }
  }
}

/// Writes the result folder of each scenario and says what is in it.
func written(
  _ reports: [RunReport], of prepared: [PreparedScenario], _ request: RunRequest,
  session: Session, log: RunLog, start: Double
) throws -> Reply {
  var texts: [String] = []
  for (scenario, report) in zip(prepared, reports) {
    session.progress?(.init(stage: .writing, done: texts.count, total: reports.count))
    let result = try ResultWriter(prepared: scenario, report: report, session: session, log: log)
      .write(to: request, start: start)
    texts.append(
      report.runText(
        in: session.language, folder: result.path, seconds: secondsSinceStart() - start)
        + result.closing(in: session.language))
  }
  let gate = failedGates(request.required, reports)
  return Reply(
    exitCode: gate.isEmpty ? .done : .gateFailed,
    text: request.json
      ? jsonText(reports.map { $0.summaryJSON() }) : texts.joined(separator: "\n"),
    diagnostics: withoutRepeats(reports.flatMap(\.warnings)) + gate)
}

/// Scenarios that run together share districts, risk and draws.
func checkShared(_ prepared: [PreparedScenario]) throws(DiagnosticList) {
  guard let first = prepared.first else { return }
  for other in prepared.dropFirst() {
    let same =
      other.registry.districts.map(\.code) == first.registry.districts.map(\.code)
      && other.risk.risk.rate == first.risk.risk.rate
      && other.baseline.since == first.baseline.since
      && other.plan.base == first.plan.base && other.plan.end == first.plan.end
      && other.plan.seed == first.plan.seed && other.plan.replicas == first.plan.replicas
      && other.plan.dynamics == first.plan.dynamics && other.draws == first.draws
    guard same else {
      throw DiagnosticList(
        Diagnostic(
          .differentGround, at: SourcePlace(file: other.opened.path),
          what: LocalizedText(
            en: "'\(other.opened.path)' and '\(first.opened.path)' can't share their draws",
            es: "'\(other.opened.path)' y '\(first.opened.path)' no pueden compartir sus sorteos"),
          why: LocalizedText(
            en: "districts, risk, years, seed, replicas, dynamics and draws must be the same",
            es: "distritos, riesgo, años, semilla, réplicas, dinámica y sorteos deben ser iguales"),
          fix: LocalizedText(
            en: "run them one by one, or let one extend the other",
            es: "córralos uno por uno, o haga que uno extienda al otro")))
    }
  }
}

/// The name in `target.NAME` or `NAME`.
private func targetID(_ name: String) -> String {
  name.hasPrefix("target.") ? String(name.dropFirst(7)) : name
}

/// Refuses a `--require` that names no target, before anything is computed.
func checkRequirements(
  _ required: [String], _ prepared: [PreparedScenario]
) throws(DiagnosticList) {
  var faults: [Diagnostic] = []
  for name in required {
    for scenario in prepared
    where !scenario.plan.targets.contains(where: { $0.id == targetID(name) }) {
      let known = scenario.plan.targets.map { "target.\($0.id)" }
      faults.append(
        Diagnostic(
          .unknownRequirement, entry: name,
          what: LocalizedText(
            en: "--require \(name): scenario '\(scenario.plan.id)' has no such target",
            es: "--require \(name): el escenario '\(scenario.plan.id)' no tiene esa meta"),
          fix: LocalizedText(
            en: "there are: \(known.joined(separator: ", "))",
            es: "hay: \(known.joined(separator: ", "))")))
    }
  }
  guard faults.isEmpty else { throw DiagnosticList(faults) }
}

/// A fault for each `--require` that isn't met.
private func failedGates(_ required: [String], _ reports: [RunReport]) -> [Diagnostic] {
  var faults: [Diagnostic] = []
  for name in required {
    for report in reports {
      let answer = report.targetAnswers().first { $0.target.id == targetID(name) }
      if let answer, answer.scenario.estimate >= answer.target.probability { continue }
      faults.append(
        Diagnostic(
          .requirementFailed, entry: name,
          what: LocalizedText(
            en: "--require \(name): '\(report.plan.id)' does not reach its wanted probability",
            es: "--require \(name): '\(report.plan.id)' no alcanza la probabilidad pedida")))
    }
  }
  return faults
}

/// One document, or an array of documents.
func jsonText(_ documents: [[UInt8]]) -> String {
  let texts = documents.map { String(decoding: $0, as: UTF8.self) }
  guard texts.count != 1 else { return texts[0] }
  return "[\n" + texts.map(\.trimmedEnd).joined(separator: ",\n") + "\n]\n"
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
