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
  let layer = try lonLat(readVectorFile(path: districts, onNote: { notes.append($0) }))
  let codes = try codeTexts(of: layer, column: request.codeColumn ?? countryCode(layer, session))
  let raster = try readRasterFile(
    path: surface, band: request.band, onNote: { notes.append($0) })
  let weight = try request.weights.map { path in
    try readRasterFile(path: path, onNote: { notes.append($0) })
  }
  let names = request.statistics.isEmpty ? ["mean", "count", "coverage"] : request.statistics
  let statistics = try names.map(statistic)
  let registry = bareRegistry(layer, codes: codes)
  let join = try joinSurface(
    SurfaceRequest(
      field: "value", source: .raster(raster), quantity: .mean, statistics: statistics,
      weight: weight, rule: request.usesCellCenters ? .cellCenter : .coveredFraction),
    to: registry, book: registry.codeBook(rules: anyCode, coding: "own"),
    workers: session.workers)
  notes += join.warnings
  let bytes = rows(codes, join, names: names)
  let report = JoinReport(parts: [join.part])
  let lines = report.lines(in: session.language).joined(separator: "\n") + "\n"
  let answer = request.json ? String(decoding: report.json(), as: UTF8.self) : lines
  if let output = request.output {
    try ResultFolder.replaceFile(output, with: bytes)
    return Reply(text: answer, diagnostics: notes)
  }
  return Reply(
    text: request.json ? answer : String(decoding: bytes, as: UTF8.self), diagnostics: notes)
}

private let anyCode = CodeRules(length: 6, department: 2, province: 4)

private func statistic(_ name: String) throws(DiagnosticList) -> SurfaceStatistic {
  if let known = SurfaceStatistic(name) { return known }
  let near = nearestName(to: name, in: SurfaceStatistic.names)
  throw DiagnosticList(
    Diagnostic(
      .unknownStatistic, entry: "--stats",
      what: LocalizedText(en: "no statistic '\(name)'", es: "no hay una estadística '\(name)'"),
      fix: near.map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      }
        ?? LocalizedText(
          en: "known: \(SurfaceStatistic.names.joined(separator: ", "))",
          es: "hay: \(SurfaceStatistic.names.joined(separator: ", "))")))
}

/// The country's own name of the code column, if the layer has it.
private func countryCode(_ layer: FeatureLayer, _ session: Session) -> String? {
  guard let code = try? CountryRegistry.settings(session: session).data.code,
    layer.features.first?.fields[code] != nil
  else { return nil }
  return code
}

/// The code of each feature, as text; the feature's number where no column is named.
private func codeTexts(
  of layer: FeatureLayer, column: String?
) throws(DiagnosticList) -> [String] {
  guard let column else { return layer.features.map { "\($0.number)" } }
  let known = Set(layer.features.flatMap(\.fields.keys)).sorted()
  guard known.contains(column) else {
    throw DiagnosticList(
      Diagnostic(
        .unknownAttribute, entry: "--by", at: SourcePlace(file: layer.name),
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

/// The polygons as they stand, in file order: nothing is known of them but their shapes.
private func bareRegistry(_ layer: FeatureLayer, codes: [String]) -> DistrictRegistry {
  let count = codes.count
  return DistrictRegistry(
    districts: layer.features.indices.map {
      District(
        code: codes[$0], name: codes[$0], province: "", department: "",
        shape: layer.features[$0].shape)
    },
    provinces: [], departments: [], provinceOf: [], departmentOf: [],
    children: [Double](repeating: 0, count: count),
    childrenByAge: [[Double]](repeating: [], count: count), fields: [:],
    quality: layer.features.map { $0.shape == nil ? "no_shape" : "ok" }, schematic: false)
}

private func rows(_ codes: [String], _ join: SurfaceJoin, names: [String]) -> [UInt8] {
  var writer = CSVWriter(style: .point)
  for name in ["code"] + names + ["quality"] { writer.text(name) }
  writer.endRow()
  for row in codes.indices {
    let cells = join.fields.map { field -> String in
      guard case .numbers(let values) = field.values, let value = values[row] else { return "" }
      return "\(value)"
    }
    for cell in [codes[row]] + cells + [join.quality[row]] { writer.text(cell) }
    writer.endRow()
  }
  return writer.finished()
}
