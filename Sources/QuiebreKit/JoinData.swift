// Quiebre · QuiebreKit
// `quiebre join`: a scenario's joins, a table's codes, or polygons × raster without a scenario.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles
import ScenarioFiles

/// Joins and reports what matched, what is missing on either side, doubled, moved, empty, mended.
public func join(_ request: JoinRequest, session: Session) -> Reply {
  answer {
    if let table = request.tableToFix {
      return try rewrite(table, request, session, recoding: nil)
    }
    guard let subject = request.subject else {
      return request.hasPolygons
        ? try joinPolygonFile(request, session) : try joinSurfaceFile(request, session)
    }
    if let recoding = request.recoding {
      return try rewrite(subject, request, session, recoding: recoding)
    }
    if !request.split.isEmpty { return try splitTable(subject, request, session) }
    if subject.lowercased().hasSuffix(".csv") { return try joinTable(subject, request, session) }
    let prepared = try Preparation(session: session, draws: DrawSettings()).joined(subject)
    return try joinReply(prepared.report, notes: prepared.notes, request, session)
  }
}

private func joinReply(
  _ report: JoinReport, notes: [Diagnostic], _ request: JoinRequest, _ session: Session
) throws(DiagnosticList) -> Reply {
  try report.write(for: request, session)
  let text =
    request.json
    ? String(decoding: report.json(), as: UTF8.self)
    : report.lines(in: session.language).joined(separator: "\n") + "\n"
  return Reply(text: text, diagnostics: withoutRepeats(notes))
}

extension JoinReport {
  /// The report as one JSON document.
  func json() -> [UInt8] {
    var writer = JSONWriter(reservingBytes: 20_000)
    write(to: &writer)
    writer.endLine()
    return writer.finished()
  }

  /// Writes the file that `--report` asks for.
  func write(for request: JoinRequest, _ session: Session) throws(DiagnosticList) {
    guard let path = request.report else { return }
    let name = path.lowercased()
    let bytes: [UInt8]
    if name.hasSuffix(".csv") {
      bytes = csv()
    } else if name.hasSuffix(".json") {
      bytes = json()
    } else {
      bytes = Array((lines(in: session.language).joined(separator: "\n") + "\n").utf8)
    }
    try ResultFolder.replaceFile(path, with: bytes)
  }
}

// A table against the districts of the country.
private func joinTable(
  _ path: String, _ request: JoinRequest, _ session: Session
) throws -> Reply {
  let country = try CountryRegistry(session: session)
  let table = try CSVTable(bytes: InputFile(reading: path).bytes, name: path)
  let match = try country.registry.book.match(
    DistrictTable(table, codeColumn: request.codeColumn ?? country.scenario.data.code))
  let errors = match.faults.filter { $0.severity == .error }
  var reply = try joinReply(
    JoinReport(parts: [match.part]), notes: country.notes + match.faults, request, session)
  if !errors.isEmpty { reply.exitCode = .dataInvalid }
  return reply
}

/// Writes another table with lost zeros put back, or with another office's codes.
private func rewrite(
  _ path: String, _ request: JoinRequest, _ session: Session, recoding: String?
) throws -> Reply {
  let country = try CountryRegistry(session: session)
  let table = try CSVTable(bytes: InputFile(reading: path).bytes, name: path)
  let column = request.codeColumn ?? country.scenario.data.code
  let rules = country.registry.rules
  let rewritten: RewrittenTable
  if let recoding {
    let words = recoding.split(separator: ",").map(String.init)
    guard words.count == 2, let codings = country.registry.codings else {
      return Reply(exitCode: .usage, diagnostics: [badRecoding(recoding)])
    }
    rewritten = try recoded(
      table, codeColumn: column, from: words[0], to: words[1], with: codings, rules: rules)
  } else {
    rewritten = try zerosRestored(in: table, codeColumn: column, rules: rules)
  }
  let output = request.output ?? path.withSuffix(recoding == nil ? "-zeros" : "-recoded")
  try ResultFolder.replaceFile(output, with: rewritten.bytes)
  return Reply(text: changeLines(rewritten, path: output, in: session.language))
}

/// Writes another table with counts dealt out to today's districts by their children.
private func splitTable(
  _ path: String, _ request: JoinRequest, _ session: Session
) throws -> Reply {
  let country = try CountryRegistry(session: session)
  let table = try CSVTable(bytes: InputFile(reading: path).bytes, name: path)
  let registry = country.registry.built.registry
  let rewritten = try country.registry.book.splitting(
    table, codeColumn: request.codeColumn ?? country.scenario.data.code,
    by: VintageSplit(counts: request.split, vintage: request.vintage, units: request.units),
    weights: registry.children)
  let output = request.output ?? path.withSuffix("-split")
  try ResultFolder.replaceFile(output, with: rewritten.bytes)
  return Reply(text: changeLines(rewritten, path: output, in: session.language))
}

private func badRecoding(_ text: String) -> Diagnostic {
  Diagnostic(
    .unknownTopic,
    what: LocalizedText(
      en: "--recode wants FROM,TO such as inei,reniec, not '\(text)'",
      es: "--recode pide DE,A como inei,reniec, no '\(text)'"))
}

private func changeLines(
  _ table: RewrittenTable, path: String, in language: Language
) -> String {
  let shown = table.changes.prefix(10).map { change in
    LocalizedText(
      en: "  row \(change.row): \(change.from) → \(change.to.isEmpty ? "(none)" : change.to)",
      es: "  fila \(change.row): \(change.from) → \(change.to.isEmpty ? "(ninguno)" : change.to)"
    ).text(in: language)
  }
  let head = LocalizedText(
    en: "wrote \(path): codes changed: \(table.changes.count), without a counterpart: "
      + "\(table.untranslated.count)",
    es: "se escribió \(path): códigos cambiados: \(table.changes.count), sin equivalente: "
      + "\(table.untranslated.count)"
  ).text(in: language)
  let rest = table.changes.count > 10 ? ["  …"] : []
  return ([head] + shown + rest).joined(separator: "\n") + "\n"
}

extension String {
  /// `data/juntos.csv` with `-zeros`: `data/juntos-zeros.csv`.
  fileprivate func withSuffix(_ suffix: String) -> String {
    guard let dot = lastIndex(of: "."), dot > lastIndex(of: "/") ?? startIndex else {
      return self + suffix
    }
    return self[..<dot] + suffix + self[dot...]
  }
}
