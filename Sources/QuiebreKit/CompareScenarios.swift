// Quiebre · QuiebreKit
// `quiebre compare`: scenarios and finished folders side by side, nothing written.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import LaborModel
import Reports

/// Compares scenarios, locks and finished folders with one baseline.
///
/// Scenarios run over the same draws, so their differences are paired. A finished folder brings
/// published figures only.
public func compare(_ request: CompareRequest, session: Session) -> Reply {
  answer {
    switch request.rows {
    case .lines: return try lineParts(request, session: session)
    case .inputs: return try inputParts(request, session: session)
    case .departments, .provinces: break
    }
    return try Comparison(request: request, session: session).reply()
  }
}

/// One scenario taken apart by its lines.
private func lineParts(_ request: CompareRequest, session: Session) throws -> Reply {
  let preparation = Preparation(session: session, draws: request.draws)
  let prepared = try request.scenarios.map { path in
    let prepared = try preparation.prepared(path)
    guard !prepared.plan.lines.isEmpty, prepared.plan.lines.count <= 64 else {
      throw DiagnosticList(.noLinesToTakeApart(prepared.plan.lines.count, path))
    }
    return prepared
  }
  let parts = try prepared.map { prepared in
    try LineContributions(session: session, prepared: prepared)
      .parts(year: lineYear(request.year, prepared.plan))
  }
  return Reply(
    text: request.json
      ? jsonText(parts.map { $0.json() })
      : parts.map { $0.text(in: session.language) }.joined(separator: "\n"),
    diagnostics: withoutRepeats(prepared.flatMap(\.notes)))
}

/// One scenario's uncertainty taken apart by its inputs.
private func inputParts(_ request: CompareRequest, session: Session) throws -> Reply {
  let preparation = Preparation(session: session, draws: request.draws)
  let prepared = try request.scenarios.map { path in
    let prepared = try preparation.prepared(path)
    guard !prepared.plan.lines.isEmpty, prepared.plan.lines.count <= 64 else {
      throw DiagnosticList(.noLinesToTakeApart(prepared.plan.lines.count, path, flag: "--by input"))
    }
    return prepared
  }
  let parts = try prepared.map {
    try InputContributions(session: session, prepared: $0).parts()
  }
  return Reply(
    text: request.json
      ? jsonText(parts.map { $0.json() })
      : parts.map { $0.text(in: session.language) }.joined(separator: "\n"),
    diagnostics: withoutRepeats(prepared.flatMap(\.notes)))
}

private func lineYear(_ wanted: Int?, _ plan: Plan) throws(DiagnosticList) -> Int {
  guard let wanted else { return plan.end }
  guard (plan.base...plan.end).contains(wanted) else {
    throw DiagnosticList(.yearOutsideRun(wanted, plan.base...plan.end))
  }
  return wanted
}

extension Diagnostic {
  fileprivate static func noLinesToTakeApart(
    _ count: Int, _ path: String, flag: String = "--by line"
  ) -> Diagnostic {
    Diagnostic(
      .linesNotTaken, entry: flag, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "a plan with \(count) lines can't be taken apart: 1 to 64",
        es: "un plan con \(count) líneas no se puede separar: de 1 a 64"))
  }

  fileprivate static func yearOutsideRun(_ year: Int, _ span: ClosedRange<Int>) -> Diagnostic {
    Diagnostic(
      .yearOutsideRun, entry: "--year",
      what: LocalizedText(
        en: "--year \(year) lies outside the run, \(span.lowerBound)-\(span.upperBound)",
        es: "--year \(year) queda fuera de la corrida, \(span.lowerBound)-\(span.upperBound)"))
  }
}

private struct Comparison {
  let request: CompareRequest
  let session: Session

  func reply() throws -> Reply {
    let all = request.scenarios + (request.baseline.map { [$0] } ?? [])
    let isLive = !all.contains(where: isFolder)
    let live = all.filter { !isFolder($0) }
    let preparation = Preparation(session: session, draws: request.draws)
    var prepared = try live.map { try preparation.prepared($0) }
    try checkShared(prepared)
    if isLive, request.baseline != nil, let other = prepared.popLast() {
      // The same draws for all: the given scenario takes the place of every own baseline.
      for index in prepared.indices { prepared[index].baseline = other.plan }
    }
    let reports =
      try prepared.isEmpty ? [] : Simulation(session: session, scenarios: prepared).reports()
    let folders = try all.filter(isFolder).map { try FinishedFolder(reading: $0) }
    try checkComparable(
      reports.map { ComparedRun($0, year: $0.plan.end, byProvince: false) }
        + folders.map(\.published))
    let year = try comparedYear(reports, folders)
    var runs = reports.map { ComparedRun($0, year: year, byProvince: request.rows == .provinces) }
    for folder in folders {
      runs.append(try folder.run(year: year, byProvince: request.rows == .provinces))
    }
    // Back into the order of the command line.
    runs = inOrder(isLive ? request.scenarios : all, live: reports.count, runs)
    var notes = withoutRepeats(prepared.flatMap(\.notes))
    if !isLive, request.baseline != nil, let other = runs.popLast() {
      runs = runs.map { $0.against(other) }
    }
    if let note = unpairedNote(runs, folders: !folders.isEmpty) { notes.append(note) }
    let choice =
      reports.count > 1 || request.worth != nil && !reports.isEmpty
      ? Choice(reports, year: year, worth: request.worth) : nil
    return Reply(text: text(runs, reports, folders, choice, year: year), diagnostics: notes)
  }

  /// A folder is named by itself; scenarios and locks are files.
  private func isFolder(_ path: String) -> Bool {
    isReadable(path + "/manifest.json") || isDirectory(path)
  }

  private func inOrder(_ paths: [String], live: Int, _ runs: [ComparedRun]) -> [ComparedRun] {
    var (nextLive, nextFolder) = (0, live)
    return paths.map { path in
      if isFolder(path) {
        nextFolder += 1
        return runs[nextFolder - 1]
      }
      nextLive += 1
      return runs[nextLive - 1]
    }
  }

  private func text(
    _ runs: [ComparedRun], _ reports: [RunReport], _ folders: [FinishedFolder],
    _ choice: Choice?, year: Int
  ) -> String {
    guard !request.json else {
      return jsonText(
        reports.map { $0.summaryJSON() } + folders.map(\.summaryBytes)
          + (choice.map { [$0.json()] } ?? []))
    }
    let parts = [
      CompareText.nation(runs, in: session.language), choice?.text(in: session.language),
      CompareText.areas(runs, year: year, in: session.language),
    ]
    return parts.compactMap(\.self).joined(separator: "\n")
  }

  private func comparedYear(
    _ reports: [RunReport], _ folders: [FinishedFolder]
  ) throws(DiagnosticList) -> Int {
    let spans = reports.map { $0.plan.since...$0.plan.end } + folders.map(\.years)
    guard let first = spans.first else { return request.year ?? 0 }
    let year = request.year ?? first.upperBound
    guard let short = spans.first(where: { !$0.contains(year) }) else { return year }
    throw DiagnosticList(.yearOutsideRun(year, short))
  }

  /// Rates of two definitions never meet, nor years that differ.
  private func checkComparable(_ runs: [ComparedRun]) throws(DiagnosticList) {
    guard let first = runs.first else { return }
    var faults: [Diagnostic] = []
    for other in runs.dropFirst() {
      let pairs: [(LocalizedText, String, String)] = [
        (
          LocalizedText(en: "definition of work", es: "definición de trabajo"),
          first.ground.definition, other.ground.definition
        ),
        (
          LocalizedText(en: "base year", es: "año base"), "\(first.ground.base)",
          "\(other.ground.base)"
        ),
        (
          LocalizedText(en: "final year", es: "año final"), "\(first.ground.end)",
          "\(other.ground.end)"
        ),
        (
          LocalizedText(en: "money", es: "moneda"),
          "\(first.ground.currency) \(first.ground.priceYear)",
          "\(other.ground.currency) \(other.ground.priceYear)"
        ),
      ]
      for (name, one, two) in pairs where one != two {
        faults.append(
          Diagnostic(
            .resultUnusable, entry: other.folder ?? other.id,
            what: LocalizedText(
              en: "'\(first.id)' and '\(other.id)' differ in \(name.en): \(one), \(two)",
              es: "'\(first.id)' y '\(other.id)' difieren en \(name.es): \(one), \(two)"),
            why: LocalizedText(
              en: "their figures don't mean the same", es: "sus cifras no significan lo mismo")))
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
  }

  /// What a comparison with published figures can't say.
  private func unpairedNote(_ runs: [ComparedRun], folders: Bool) -> Diagnostic? {
    guard folders, let first = runs.first else { return nil }
    if request.baseline != nil {
      return Diagnostic(
        .notPaired, .warning, entry: "--baseline",
        what: LocalizedText(
          en:
            "differences to --baseline are of published medians, not paired: no interval is known",
          es:
            "las diferencias con --baseline son de medianas publicadas, sin emparejar: no se conoce "
            + "su intervalo"),
        fix: scenariosInstead)
    }
    let others = runs.filter { !$0.baseline.isPublished(as: first.baseline) }
    guard !others.isEmpty else { return nil }
    func name(_ run: ComparedRun) -> String {
      "\(run.id): seed \(run.ground.seed), \(run.ground.replicas)"
    }
    let list = ([first] + others).map(name).joined(separator: " · ")
    return Diagnostic(
      .notPaired, .warning,
      what: LocalizedText(
        en:
          "the runs don't share their draws (\(list) draws): each difference is paired with its own "
          + "baseline, columns aren't paired with each other",
        es:
          "las corridas no comparten sus sorteos (\(list) sorteos): cada diferencia se empareja con "
          + "su propia línea de base, las columnas no se emparejan entre sí"),
      fix: scenariosInstead)
  }

  private var scenariosInstead: LocalizedText {
    LocalizedText(
      en: "compare scenario files or locks to run them over the same draws",
      es: "compare los archivos de escenario o los lock para correrlos con los mismos sorteos")
  }
}
