// Quiebre · QuiebreKit
// `quiebre compare --by input`: runs with the inputs of one line, then of all lines, drawn afresh.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Reports
import ScenarioFiles

/// A pick-freeze design over the lines of one plan.
///
/// A line's random numbers hang on its id: under another id all its inputs are drawn again, and all else
/// stays. Lines' inputs are independent of the country's, also after weighing.
struct InputContributions {
  let session: Session
  let prepared: PreparedScenario

  /// Plans in one pass: their sums stay below some 40 MB at 1,000 draws.
  private static let plansAtOnce = 8

  /// - Throws: `Cancelled`, faults of plans that can't run.
  func parts() throws -> InputParts {
    var part = prepared
    part.baseline = prepared.planned.keepingBaseYear()
    let lines = part.plan.lines.indices
    let sets = [[]] + lines.map { [$0] } + [Array(lines)]
    var quiet = session
    quiet.progress = nil
    let simulation = Simulation(session: quiet, scenarios: [part])
    var reports: [RunReport] = []
    for start in stride(from: 0, to: sets.count, by: Self.plansAtOnce) {
      let chunk = sets[start...].prefix(Self.plansAtOnce)
      reports += try simulation.reports(
        of: chunk.map { plan(redrawing: $0) }, draws: part.plan.replicas)
      session.progress?(.init(stage: .simulating, done: start + chunk.count, total: sets.count))
    }
    let column = part.plan.end - part.plan.since
    let redrawn = zip(sets, reports).dropFirst().enumerated().map { index, run in
      InputParts.Redrawn(
        line: index < lines.count ? part.plan.lines[index].id : nil,
        rate: run.1.outcome.national.rates[AgeGroup.all.rawValue][column],
        avoided: run.1.outcome.avoided)
    }
    return InputParts(reports[0], redrawn: redrawn)
  }

  private func plan(redrawing lines: [Int]) -> Plan {
    var plan = prepared.plan
    for line in lines { plan.lines[line].id += "#redrawn" }
    return plan
  }
}
