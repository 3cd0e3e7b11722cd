// Quiebre · QuiebreKit
// `quiebre check`: all short of simulating, with what each step found.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel
import Reports
import ScenarioFiles

/// Checks scenarios: syntax, keys, units, joins, sums and the reach of the targets.
public func check(_ request: CheckRequest, session: Session) -> Reply {
  answer {
    let preparation = Preparation(session: session, draws: DrawSettings())
    var text = ""
    var notes: [Diagnostic] = []
    var documents: [[UInt8]] = []
    for path in request.scenarios {
      let prepared = try preparation.prepared(path)
      let reach = try ReachSearch(session: session, prepared: prepared).result()
      let found = prepared.notes + reach.warnings
      notes += found
      documents.append(checkJSON(prepared, found, request, in: session.language))
      text += checkLines(prepared, found, tried: reach.tried, in: session.language)
      if request.showsLayers { text += layerLines(prepared.opened.loaded, in: session.language) }
      if request.showsPlan { text += planLines(prepared, in: session.language) }
    }
    let warnings = notes.count { $0.severity == .warning }
    return Reply(
      exitCode: request.isStrict && warnings > 0 ? .gateFailed : .done,
      text: request.json ? jsonText(documents) : text, diagnostics: withoutRepeats(notes))
  }
}

private func checkLines(
  _ prepared: PreparedScenario, _ found: [Diagnostic], tried: Int, in language: Language
) -> String {
  let scenario = prepared.scenario
  return CheckSummary(
    plan: prepared.plan, registry: prepared.registry, risk: prepared.risk.risk,
    constraints: scenario.constraints.count, layers: prepared.opened.loaded.layers,
    coding: scenario.data.coding.rawValue, vintage: scenario.data.vintage,
    unit: prepared.moneyUnit, diagnostics: withoutRepeats(found),
    reachTried: tried
  ).text(in: language, seconds: nil)
}

private func layerLines(_ loaded: LoadedScenario, in language: Language) -> String {
  loaded.values.map { value in
    let origin: String
    switch value.origin {
    case .file(let place), .country(let place): origin = "\(place.file):\(place.line)"
    case .flag(let place): origin = place.file
    case .builtIn: origin = LocalizedText(en: "default", es: "por defecto").text(in: language)
    }
    let mark =
      value.assumed
      ? LocalizedText(en: " [assumed]", es: " [supuesto]").text(in: language) : ""
    return "\(value.key) = \(value.value)  ← \(origin)\(mark)\n"
  }.joined()
}

private func planLines(_ prepared: PreparedScenario, in language: Language) -> String {
  let plan = prepared.plan
  var text = ""
  for line in plan.lines {
    for (index, year) in (plan.base...plan.end).enumerated() {
      let placed = line.money.placed.reduce(0) { $0 + $1[index] }
      text +=
        LocalizedText(
          en: "\(line.id) \(year): approved \(amount(line.money.approved[index])), placed "
            + "\(amount(placed)), national \(amount(line.money.national[index])), unplaced "
            + "\(amount(line.money.unplaced[index]))\n",
          es: "\(line.id) \(year): aprobado \(amount(line.money.approved[index])), ubicado "
            + "\(amount(placed)), nacional \(amount(line.money.national[index])), sin ubicar "
            + "\(amount(line.money.unplaced[index]))\n"
        ).text(in: language)
    }
  }
  return text
}

/// Whole céntimos as `1,234.50`.
private func amount(_ money: Centimos) -> String {
  let cents = money % 100
  return NumberText.grouped(Int(money / 100)) + "." + (cents < 10 ? "0" : "") + "\(cents)"
}

private func checkJSON(
  _ prepared: PreparedScenario, _ found: [Diagnostic], _ request: CheckRequest,
  in language: Language
) -> [UInt8] {
  var writer = JSONWriter(reservingBytes: 4_000)
  writer.object(.lines) { json in
    json.member("scenario", prepared.plan.id)
    json.member("districts", prepared.registry.districts.count)
    json.member("lines", prepared.plan.lines.count)
    json.member("targets", prepared.plan.targets.count)
    if request.showsLayers { json.layers(prepared.opened.loaded) }
    if request.showsPlan { json.plan(prepared.plan) }
    json.diagnostics(withoutRepeats(found), in: language)
  }
  writer.endLine()
  return writer.finished()
}

extension JSONWriter {
  /// Files, lowest first, and every value in force with its origin.
  fileprivate mutating func layers(_ loaded: LoadedScenario) {
    array("layers") { list in
      for layer in loaded.layers { list.string(layer) }
    }
    array("values", .lines) { list in
      for value in loaded.values {
        let place = value.origin.place
        list.object { json in
          json.member("key", value.key)
          json.member("value", value.value)
          json.member("file", place?.file)
          json.member("line", place.flatMap { $0.line > 0 ? $0.line : nil })
          json.member("assumed", value.assumed)
        }
      }
    }
  }

  /// Money of every line and year, in the currency's unit with two decimals.
  fileprivate mutating func plan(_ plan: Plan) {
    array("plan", .lines) { list in
      for line in plan.lines {
        for (index, year) in (plan.base...plan.end).enumerated() {
          list.object { json in
            json.member("line", line.id)
            json.member("year", year)
            let placed = line.money.placed.reduce(0) { $0 + $1[index] }
            for (name, amount) in [
              ("approved", line.money.approved[index]), ("placed", placed),
              ("national", line.money.national[index]), ("unplaced", line.money.unplaced[index]),
            ] {
              json.key(name)
              json.scaled(amount, decimals: 2)
            }
          }
        }
      }
    }
  }
}
