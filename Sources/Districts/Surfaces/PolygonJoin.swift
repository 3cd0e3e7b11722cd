// Quiebre · Districts
// Polygons with a value under the districts, by the ground that they share.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// The work of joining polygons.
///
/// With s the ground that a district shares with a polygon, A the polygon's own ground and D the
/// district's: a mean is Σsv / Σs over polygons with a value, a sum is Σv·s/A, and the share of a
/// class is Σs / D, so that ground without polygons belongs to no class.
struct PolygonJoin {
  let request: SurfaceRequest
  let layer: FeatureLayer
  let registry: DistrictRegistry
  let workers: Int

  func joined() throws -> SurfaceJoin {
    let shapes = registry.districts.map(\.shape)
    let sources = try examinedSources()
    let attribute = try attributeName(layer, request)
    let fields = layer.features.map { feature in
      attribute.flatMap { feature.fields[$0] } ?? .null
    }
    let overlaps = try overlapAreas(
      targets: shapes, sources: sources.shapes, workers: workers)
    if overlaps.allSatisfy(\.isEmpty) {
      throw DiagnosticList(.outsideDistricts(at: SourcePlace(file: layer.name)))
    }
    let columns = try columns(fields, sources: sources.shapes)
    let values = shapes.indices.map { district -> SurfaceValue in
      guard let shape = shapes[district] else { return .missing(quality: "no_shape") }
      let row = columns.map { $0.value(overlaps[district], shape) }
      return row.contains { $0 != nil } ? .values(row) : .missing(quality: "no_cell")
    }
    let part = JoinPart(name: layer.name, kind: .polygons, districts: shapes.count)
    var join = SurfaceJoin(
      values, names: columns.map { ($0.name, $0.unit) }, codes: registry.districts.map(\.code),
      districtNames: registry.districts.map(\.name), part: part)
    join.part.repaired = sources.repaired
    join.warnings = surfaceWarnings(join, file: layer.name) + valueWarnings(fields)
    return join
  }

  /// What the values themselves make doubtful.
  private func valueWarnings(_ fields: [FieldValue]) -> [Diagnostic] {
    guard request.quantity == .share else {
      let numbers = fields.compactMap { field -> Double? in
        switch field {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .text, .flag: nil
        }
      }
      let warning = ratioWarning(
        numbers, unit: request.unit, field: "surface.\(request.field)", file: layer.name)
      return warning.map { [$0] } ?? []
    }
    let texts = Set(fields.compactMap(fieldText))
    return emptyClassWarnings(
      request, found: texts.sorted(), file: layer.name, holds: texts.contains)
  }

  /// The polygons, in longitude/latitude and valid; repairs are named by feature number.
  private func examinedSources() throws -> (shapes: [MultiPolygon?], repaired: [RepairedShape]) {
    var shapes = layer.features.map(\.shape)
    if try !isLonLat(layer.crs) {
      shapes = try transformed(
        shapes, from: layer.crs, to: .lonLat, maxSegment: segmentMeters, workers: workers)
    }
    var repaired: [RepairedShape] = []
    let examined = try examinedShapes(shapes, repair: .structure, workers: workers)
    for (index, examination) in examined.enumerated() {
      guard let examination, let fault = examination.fault else { continue }
      shapes[index] = examination.shape
      repaired.append(
        RepairedShape(
          code: "\(layer.features[index].number)", reason: fault.reason,
          gainedKm2: examination.gained, lostKm2: examination.lost))
    }
    return (shapes, repaired)
  }

  /// What a field takes from the overlaps of a district.
  private struct Column {
    var name: String
    var unit: Field.Unit
    var value: ([Overlap], MultiPolygon) -> Double?
  }

  private func columns(
    _ fields: [FieldValue], sources: [MultiPolygon?]
  ) throws(DiagnosticList) -> [Column] {
    guard request.quantity == .share else { return try numberColumns(fields, sources: sources) }
    let texts = fields.map(fieldText)
    return try categoryClasses(request, texts: texts, file: layer.name).map { wanted in
      let values = Set(wanted.values)
      return Column(name: "\(request.field)_\(wanted.name)", unit: .percent) { overlaps, shape in
        var ground = 0.0
        for overlap in overlaps where texts[overlap.source].map(values.contains) ?? false {
          ground += overlap.area
        }
        let own = shape.ellipsoidalArea
        // Overlapping polygons of one class may cover more than there is.
        return own > 0 ? min(1, ground / own) : nil
      }
    }
  }

  private func numberColumns(
    _ fields: [FieldValue], sources: [MultiPolygon?]
  ) throws(DiagnosticList) -> [Column] {
    var faults = TableFaults(file: layer.name)
    let numbers = layer.features.indices.map {
      attributeNumber(fields[$0], layer.features[$0], layer, request, &faults)
    }
    try faults.throwErrors()
    let areas = sources.map { $0?.ellipsoidalArea ?? 0 }
    var columns: [Column] = []
    for (index, statistic) in request.wanted.enumerated() {
      let value: ([Overlap]) -> Double?
      switch statistic {
      case .mean: value = { sharedMean($0, numbers) }
      case .sum: value = { sharedSum($0, numbers, areas) }
      case .count: value = { overlaps in Double(overlaps.count { numbers[$0.source] != nil }) }
      case .min: value = { overlaps in overlaps.compactMap { numbers[$0.source] }.min() }
      case .max: value = { overlaps in overlaps.compactMap { numbers[$0.source] }.max() }
      default: throw DiagnosticList(.statisticNotForPoints(statistic.suffix, file: layer.name))
      }
      let scale = statistic.keepsUnit ? request.scale : 1
      columns.append(
        Column(
          name: request.fieldName(index, statistic),
          unit: statistic.keepsUnit ? request.unit : .plain
        ) { overlaps, _ in value(overlaps).map { $0 / scale } })
    }
    return columns
  }
}

private func sharedMean(_ overlaps: [Overlap], _ numbers: [Double?]) -> Double? {
  var (total, ground) = (0.0, 0.0)
  for overlap in overlaps {
    guard let number = numbers[overlap.source] else { continue }
    total += number * overlap.area
    ground += overlap.area
  }
  return ground > 0 ? total / ground : nil
}

private func sharedSum(
  _ overlaps: [Overlap], _ numbers: [Double?], _ areas: [Double]
) -> Double? {
  var total = 0.0
  var found = false
  for overlap in overlaps {
    guard let number = numbers[overlap.source], areas[overlap.source] > 0 else { continue }
    total += number * (overlap.area / areas[overlap.source])
    found = true
  }
  return found ? total : nil
}
