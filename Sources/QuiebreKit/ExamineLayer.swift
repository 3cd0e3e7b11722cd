// Quiebre · QuiebreKit
// `quiebre layer`: reads a layer, examines it, and writes what its borders tell.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles
import Statistics

/// Examines a layer of polygons and writes its findings, neighbors, hot spots and shapes.
public func examineLayer(_ request: LayerRequest, session: Session) -> Reply {
  answer {
    var notes: [Diagnostic] = []
    let read = try readVectorFile(path: request.layer, onNote: { notes.append($0) })
    let codes = try codeTexts(
      of: read, column: request.codeColumn ?? countryCode(read, session))
    let work = try LayerWork(read, codes: codes, request, workers: session.workers)
    if let path = request.findings {
      try ResultFolder.replaceFile(path, with: work.health.csv())
    }
    if let path = request.neighbors {
      try ResultFolder.replaceFile(path, with: work.neighborTable())
    }
    let spots = try request.hotspots.map { column throws in
      try LayerSpots(work, column: column, request, workers: session.workers)
    }
    var done: [LocalizedText] = []
    if let path = request.output {
      try ResultFolder.replaceFile(path, with: try work.shapeFile(spots, &done))
    }
    return layerReply(work, spots, done, notes: withoutRepeats(notes), request, session)
  }
}

private func layerReply(
  _ work: LayerWork, _ spots: LayerSpots?, _ done: [LocalizedText], notes: [Diagnostic],
  _ request: LayerRequest, _ session: Session
) -> Reply {
  if request.json {
    var writer = JSONWriter(reservingBytes: 20_000)
    writer.object(.lines) { writer in
      writer.key("health")
      work.health.write(to: &writer)
      if let spots {
        writer.key("hotspots")
        spots.write(to: &writer)
      }
    }
    writer.endLine()
    return Reply(text: String(decoding: writer.finished(), as: UTF8.self), diagnostics: notes)
  }
  var lines = work.health.lines(in: session.language)
  if let spots { lines += spots.lines.map { $0.text(in: session.language) } }
  lines += done.map { $0.text(in: session.language) }
  return Reply(text: lines.joined(separator: "\n") + "\n", diagnostics: notes)
}

/// A layer on the work bench.
struct LayerWork {
  let layer: FeatureLayer
  let codes: [String]
  let health: LayerHealth
  let borders: ArcTable
  let contiguity: Contiguity
  private let request: LayerRequest
  private let workers: Int

  init(
    _ read: FeatureLayer, codes: [String], _ request: LayerRequest, workers: Int
  ) throws {
    let suspicion = try axisSuspicion(of: read)
    // Numbers beyond all degrees can't be moved to degrees: they are examined as they stand.
    let isPlane = suspicion == .metersDeclaredAsDegrees
    layer = isPlane ? read : try lonLat(read)
    var settings = HealthSettings()
    settings.unit = isPlane ? .meters : .degrees
    settings.repair = request.repair
    settings.workers = workers
    let examined = try examinedLayer(
      layer.features.map(\.shape), codes: codes, name: read.name, suspicion: suspicion,
      settings: settings)
    health = examined.health
    // A degree of latitude has 111 km and a little.
    let usual = isPlane ? ArcTable.defaultMeters : ArcTable.defaultDegrees
    borders = try ArcTable(
      examined.shapes,
      tolerance: request.tolerance.map { isPlane ? $0 : $0 / 111_320 } ?? usual,
      workers: workers)
    contiguity = borders.contiguity(in: settings.unit)
    unit = settings.unit
    self.codes = codes
    self.request = request
    self.workers = workers
  }

  private let unit: CoordinateUnit

  /// One row per pair of neighbors, the western or lower code not first but the one first in the
  /// file.
  func neighborTable() -> [UInt8] {
    var writer = CSVWriter(style: .point)
    for column in ["code", "neighbor", "shared_km", "rule"] { writer.text(column) }
    writer.endRow()
    for pair in contiguity.pairs(request.rule) {
      writer.text(codes[pair.first])
      writer.text(codes[pair.second])
      writer.number(pair.sharedLength / 1000, decimals: 6)
      writer.text(pair.sharedLength > 0 ? "rook" : "queen")
      writer.endRow()
    }
    return writer.finished()
  }

  /// Repaired shapes with common borders, simplified and rounded as asked, with the columns of the
  /// layer and of the hot spots.
  func shapeFile(
    _ spots: LayerSpots?, _ done: inout [LocalizedText]
  ) throws -> [UInt8] {
    var table = borders
    if let goal = request.goal {
      let simple = table.simplified(goal, in: unit)
      table = simple.table
      let (before, after) = (NumberText.grouped(simple.before), NumberText.grouped(simple.after))
      let meters = NumberText.fixed(simple.farthest, decimals: 1) ?? "?"
      done.append(
        LocalizedText(
          en:
            "borders simplified: \(before) → \(after) points, none moved by more than \(meters) m",
          es: "bordes simplificados: \(before) → \(after) puntos, ninguno movido más de \(meters) m"
        ))
    }
    if let decimals = request.decimals {
      table = try table.rounded(
        toDecimals: decimals, fineDecimals: max(decimals, 9), workers: workers)
    }
    let shapes = table.shapes().map { $0.isEmpty ? nil : $0 }
    return try layerTable(shapes, spots).bytes(as: request.format)
  }

  private func layerTable(_ shapes: [MultiPolygon?], _ spots: LayerSpots?) -> LayerTable {
    var columns = [LayerTable.Column(name: "code", values: codes.map { .text($0) })]
    columns += spots?.columns ?? []
    let taken = Set((columns.map(\.name) + ["fid", "geom"]).map { $0.lowercased() })
    columns += Set(layer.features.flatMap(\.fields.keys)).sorted()
      .filter { !taken.contains($0.lowercased()) }
      .map { name in
        LayerTable.Column(name: name, values: layer.features.map { $0.fields[name] ?? .null })
      }
    return LayerTable(name: "layer", columns: columns, shapes: shapes)
  }
}

extension LayerRequest {
  fileprivate var goal: SimplificationGoal? {
    if let points { return .points(points) }
    return simplify.map { .within(meters: $0) }
  }
}

extension LayerTable {
  /// The layer in one of the formats; CSV has no shapes.
  fileprivate func bytes(as format: LayerRequest.Format) throws(DiagnosticList) -> [UInt8] {
    switch format {
    case .geojson: return geoJSON()
    case .gpkg: return try geoPackage()
    case .csv:
      var writer = CSVWriter(style: .point)
      for column in columns { writer.text(column.name) }
      writer.endRow()
      for row in shapes.indices {
        for column in columns { writer.text(column.values[row].plainText) }
        writer.endRow()
      }
      return writer.finished()
    }
  }
}

extension FieldValue {
  /// As a CSV cell; `nil` for null.
  fileprivate var plainText: String? {
    switch self {
    case .null: nil
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): (number == 0 ? 0 : number).description
    case .flag(let flag): "\(flag)"
    }
  }
}
