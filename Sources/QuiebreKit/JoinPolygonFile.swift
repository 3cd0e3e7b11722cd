// Quiebre · QuiebreKit
// `quiebre join --districts … --surface POLYGONS`: areal interpolation without a scenario.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles

func joinPolygonFile(_ request: JoinRequest, _ session: Session) throws -> Reply {
  guard let districts = request.districts, let surface = request.surface else {
    return Reply(exitCode: .usage)
  }
  var notes: [Diagnostic] = []
  let wanted = try wantedStatistics(request)
  let read = try readVectorFile(path: districts, onNote: { notes.append($0) })
  let key = request.codeColumn ?? countryCode(read, session)
  let codes = try codeTexts(of: read, column: key)
  let layer = try sound(read, names: codes, beside: nil, session)
  let source = try readVectorFile(path: surface, onNote: { notes.append($0) })
  let ids = try codeTexts(of: source, column: request.surfaceID, entry: "--surface-id")
  let polygons = try sound(source, names: ids, beside: layer.layer, session)
  let joined = try polygonTable(
    PolygonTableRequest(
      layer: polygons.layer, ids: ids, values: request.values, wanted: wanted,
      workers: session.workers),
    under: layer.layer.features.map(\.shape), codes: codes)
  notes += joined.table.warnings
  var report = joined.table.report
  report.parts[0].repaired = polygons.repaired
  if !layer.repaired.isEmpty {
    var part = JoinPart(
      name: layer.layer.name, kind: .layer, districts: codes.count,
      matched: layer.layer.features.count { $0.shape != nil })
    part.repaired = layer.repaired
    report.parts.insert(part, at: 0)
  }
  if let path = request.areas {
    try ResultFolder.replaceFile(path, with: areaTable(joined.overlay, codes: codes, ids: ids))
  }
  // Shapes are written as they were read, not as they were mended for the overlay.
  let rows = JoinedRows(layer: try lonLat(read), key: key, codes: codes, table: joined.table)
  let bytes = try rows.bytes(as: request.format, onNote: { notes.append($0) })
  return try joinedReply(report, bytes, notes: withoutRepeats(notes), request, session)
}

/// A layer in longitude and latitude whose invalid shapes are mended.
///
/// Coordinates that can't be what the file says are refused; so are those that would meet the other
/// layer if latitude and longitude changed places.
private func sound(
  _ read: FeatureLayer, names: [String], beside other: FeatureLayer?, _ session: Session
) throws -> (layer: FeatureLayer, repaired: [RepairedShape]) {
  let layer = try lonLat(read)
  let suspicion = try axisSuspicion(of: read) ?? axisSuspicion(of: layer, beside: other?.box)
  if let suspicion {
    throw DiagnosticList(.suspiciousCoordinates(suspicion, file: read.name))
  }
  let examined = try examinedShapes(
    layer.features.map(\.shape), repair: .structure, workers: session.workers)
  var repaired: [RepairedShape] = []
  var features = layer.features
  for (index, examination) in examined.enumerated() {
    guard let examination, let fault = examination.fault else { continue }
    let old = features[index]
    features[index] = Feature(
      number: old.number, line: old.line, id: old.id, fields: old.fields, shape: examination.shape)
    repaired.append(
      RepairedShape(
        code: names[index], reason: fault.reason, gainedKm2: examination.gained,
        lostKm2: examination.lost))
  }
  return (FeatureLayer(name: layer.name, crs: layer.crs, features: features), repaired)
}

/// The overlaps, district by district, then what of each polygon lies on no district: without code.
private func areaTable(_ overlay: ArealOverlay, codes: [String], ids: [String]) -> [UInt8] {
  var writer = CSVWriter(style: .point)
  for name in ["code", "source", "area_km2", "share_of_source", "share_of_district"] {
    writer.text(name)
  }
  writer.endRow()
  for (row, overlaps) in overlay.overlaps.enumerated() {
    for overlap in overlaps {
      writer.text(codes[row])
      writer.text(ids[overlap.source])
      writer.text(plainText(overlap.area))
      writer.text(plainText(overlap.area / overlay.sources.areas[overlap.source]))
      writer.text(plainText(overlap.area / overlay.targets.areas[row]))
      writer.endRow()
    }
  }
  for source in ids.indices {
    let rest = overlay.sources.uncovered(source)
    guard rest > 0 else { continue }
    writer.text("")
    writer.text(ids[source])
    writer.text(plainText(rest))
    writer.text(plainText(rest / overlay.sources.areas[source]))
    writer.text("")
    writer.endRow()
  }
  return writer.finished()
}
