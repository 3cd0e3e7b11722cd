// Quiebre · Districts
// Polygons with a value under the districts, by the ground that they share.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// The work of joining polygons.
///
/// Statistics are those of ``SharedValues``; the share of a class is shared ground over the
/// district's, so that ground without polygons belongs to no class.
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
    let overlay = try arealOverlay(targets: shapes, sources: sources.shapes, workers: workers)
    if overlay.overlaps.allSatisfy(\.isEmpty) {
      throw DiagnosticList(.outsideDistricts(at: SourcePlace(file: layer.name)))
    }
    let codes = registry.districts.map(\.code)
    var ground = GroundReport(
      overlay, layer: layer, ids: layer.features.map { "\($0.number)" }, codes: codes)
    let columns = try columns(fields, overlay, &ground)
    let values = shapes.indices.map { district -> SurfaceValue in
      guard overlay.targets.areas[district] > 0 else { return .missing(quality: "no_shape") }
      let row = columns.map { $0.value(district) }
      return row.contains { $0 != nil } ? .values(row) : .missing(quality: "no_cell")
    }
    let part = JoinPart(name: layer.name, kind: .polygons, districts: shapes.count)
    var join = SurfaceJoin(
      values, names: columns.map { ($0.name, $0.unit) }, codes: codes,
      districtNames: registry.districts.map(\.name), part: part)
    join.part.repaired = sources.repaired
    join.part.ground = ground
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
    /// By the district's index.
    var value: (Int) -> Double?
  }

  private func columns(
    _ fields: [FieldValue], _ overlay: ArealOverlay, _ ground: inout GroundReport
  ) throws(DiagnosticList) -> [Column] {
    guard request.quantity == .share else { return try numberColumns(fields, overlay, &ground) }
    let texts = fields.map(fieldText)
    return try categoryClasses(request, texts: texts, file: layer.name).map { wanted in
      let values = Set(wanted.values)
      return Column(name: "\(request.field)_\(wanted.name)", unit: .percent) { district in
        var ground = 0.0
        for overlap in overlay.overlaps[district]
        where texts[overlap.source].map(values.contains) ?? false {
          ground += overlap.area
        }
        let own = overlay.targets.areas[district]
        // Overlapping polygons of one class may cover more than there is.
        return own > 0 ? min(1, ground / own) : nil
      }
    }
  }

  private func numberColumns(
    _ fields: [FieldValue], _ overlay: ArealOverlay, _ ground: inout GroundReport
  ) throws(DiagnosticList) -> [Column] {
    var faults = TableFaults(file: layer.name)
    let numbers = layer.features.indices.map {
      attributeNumber(fields[$0], layer.features[$0], layer, request, &faults)
    }
    try faults.throwErrors()
    if request.wanted.contains(.sum) { ground.follow(request.field, numbers, through: overlay) }
    var columns: [Column] = []
    for (index, statistic) in request.wanted.enumerated() {
      guard statistic.fitsPolygons else {
        throw DiagnosticList(.statisticNotForPolygons(statistic.suffix, file: layer.name))
      }
      let scale = statistic.keepsUnit ? request.scale : 1
      columns.append(
        Column(
          name: request.fieldName(index, statistic),
          unit: statistic.keepsUnit ? request.unit : .plain
        ) { district in
          SharedValues(
            overlay.overlaps[district], numbers: numbers, areas: overlay.sources.areas,
            district: overlay.targets.areas[district], doubled: overlay.targets.doubled[district]
          ).value(of: statistic).map { $0 / scale }
        })
    }
    return columns
  }
}
