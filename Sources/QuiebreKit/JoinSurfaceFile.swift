// Quiebre · QuiebreKit
// `quiebre join --districts … --surface …`: one row per polygon, without a scenario.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles
import ScenarioFiles

func joinSurfaceFile(_ request: JoinRequest, _ session: Session) throws -> Reply {
  guard let districts = request.districts, let surface = request.surface else {
    return Reply(exitCode: .usage)
  }
  var notes: [Diagnostic] = []
  let wanted = try wantedStatistics(request)
  if request.weights == nil, let weighted = wanted.first(where: \.isWeighted) {
    return Reply(
      exitCode: .usage, diagnostics: [.weightMissing(weighted.name, file: surface)])
  }
  let read = try readVectorFile(path: districts, onNote: { notes.append($0) })
  let key = request.codeColumn ?? countryCode(read, session)
  let codes = try codeTexts(of: read, column: key)
  let layer = try lonLat(read)
  let raster = try openedSurface(request, surface, wanted, session, onNote: { notes.append($0) })
  let cells = try request.cells.map { path in
    try CoveredCellsFile(path: path, codes: codes, raster: raster)
  }
  let table = try rasterTable(
    raster, under: layer.features.map(\.shape), codes: codes,
    onCells: cells.map { file in { try file.add($0) } })
  notes += table.warnings
  try cells?.finish()
  let rows = JoinedRows(layer: layer, key: key, codes: codes, table: table)
  let bytes = try rows.bytes(as: request.format, onNote: { notes.append($0) })
  return try joinedReply(table.report, bytes, notes: withoutRepeats(notes), request, session)
}

func joinedReply(
  _ report: JoinReport, _ bytes: [UInt8], notes: [Diagnostic], _ request: JoinRequest,
  _ session: Session
) throws -> Reply {
  try report.write(for: request, session)
  let lines = report.lines(in: session.language).joined(separator: "\n") + "\n"
  let answer = request.json ? String(decoding: report.json(), as: UTF8.self) : lines
  if let output = request.output {
    try ResultFolder.replaceFile(output, with: bytes)
    return Reply(text: answer, diagnostics: notes)
  }
  return Reply(
    text: request.json ? answer : String(decoding: bytes, as: UTF8.self), diagnostics: notes)
}

/// The raster's bands and the weights, opened to be read in strips.
private func openedSurface(
  _ request: JoinRequest, _ surface: String, _ wanted: [RasterTableRequest.Wanted],
  _ session: Session, onNote: (Diagnostic) -> Void
) throws(DiagnosticList) -> RasterTableRequest {
  var settings = RasterReadSettings()
  settings.memory = request.memory << 20
  settings.workers = session.workers
  settings.noData = request.noData
  let bands = try openRasterBands(
    path: surface, bands: request.bands, settings: settings, onNote: onNote)
  settings.noData = nil
  let weight = try request.weights.map { path throws(DiagnosticList) in
    try openRasterBands(path: path, bands: [1], settings: settings, onNote: onNote)[0]
  }
  if weight != nil, !wanted.contains(where: \.isWeighted) {
    onNote(unusedWeights(request.weights ?? ""))
  }
  var options = ZonalOptions()
  options.rule = request.usesCellCenters ? .cellCenter : .coveredFraction
  options.size = request.countsCellsAlike ? .equal : .ground
  options.memory = request.memory << 20
  options.workers = session.workers
  options.cancellation = session.cancellation
  let numbers = request.bands ?? Array(1...bands.count)
  return RasterTableRequest(
    bands: bands, prefixes: bands.count == 1 ? [""] : numbers.map { "band_\($0)_" },
    weight: weight, wanted: wanted, options: options)
}

/// The statistics asked for, else the usual ones.
func wantedStatistics(
  _ request: JoinRequest
) throws(DiagnosticList) -> [RasterTableRequest.Wanted] {
  let usual =
    (request.weights == nil ? ["mean"] : ["weighted_mean", "mean"]) + ["count", "coverage"]
  let names = request.statistics.isEmpty ? usual : request.statistics
  var wanted: [RasterTableRequest.Wanted] = []
  for name in names {
    guard let known = RasterTableRequest.Wanted(name) else { throw unknownStatistic(name) }
    wanted.append(known)
  }
  return wanted
}

private func unknownStatistic(_ name: String) -> DiagnosticList {
  let names = RasterTableRequest.Wanted.names
  let list = names.joined(separator: ", ")
  return DiagnosticList(
    Diagnostic(
      .unknownStatistic, entry: "--stats",
      what: LocalizedText(en: "no statistic '\(name)'", es: "no hay una estadística '\(name)'"),
      fix: nearestName(to: name, in: names).map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      } ?? LocalizedText(en: "known: \(list)", es: "hay: \(list)")))
}

private func unusedWeights(_ path: String) -> Diagnostic {
  Diagnostic(
    .weightUnused, .warning, entry: "--weights", at: SourcePlace(file: path),
    what: LocalizedText(
      en: "no statistic uses the weights", es: "ninguna estadística usa los pesos"),
    fix: LocalizedText(
      en: "ask for weighted_mean, weighted_sum and the like",
      es: "pida weighted_mean, weighted_sum y similares"))
}

/// The country's own name of the code column, if the layer has it.
func countryCode(_ layer: FeatureLayer, _ session: Session) -> String? {
  guard let code = try? CountryRegistry.settings(session: session).data.code,
    layer.features.first?.fields[code] != nil
  else { return nil }
  return code
}

/// The code of each feature, as text; the feature's number where no column is named.
func codeTexts(
  of layer: FeatureLayer, column: String?, entry: String = "--by"
) throws(DiagnosticList) -> [String] {
  guard let column else { return layer.features.map { "\($0.number)" } }
  let known = Set(layer.features.flatMap(\.fields.keys)).sorted()
  guard known.contains(column) else {
    throw DiagnosticList(
      Diagnostic(
        .unknownAttribute, entry: entry, at: SourcePlace(file: layer.name),
        what: LocalizedText(
          en: "'\(layer.name)' has no column '\(column)'",
          es: "'\(layer.name)' no tiene una columna '\(column)'"),
        fix: nearestName(to: column, in: known).map {
          LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
        }
          ?? LocalizedText(
            en: "columns: \(known.joined(separator: ", "))",
            es: "columnas: \(known.joined(separator: ", "))")))
  }
  return layer.features.map { feature in
    switch feature.fields[column] ?? .null {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .null: ""
    }
  }
}
