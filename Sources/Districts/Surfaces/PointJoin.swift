// Quiebre · Districts
// Points in districts: their sum, their mean, their classes, or the nearest of them.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Formats
import GeoCore

/// The work of joining points.
struct PointJoin {
  let request: SurfaceRequest
  let registry: DistrictRegistry

  func joined() throws -> SurfaceJoin {
    let points = try SurfacePoints(request)
    let shapes = registry.districts.map(\.shape)
    let placement = pointPlacement(of: points.positions, in: shapes)
    var inside = [[Int]](repeating: [], count: shapes.count)
    for (point, district) in placement.indices.enumerated() {
      if let district { inside[district].append(point) }
    }
    let outside = placement.indices.indices.filter { placement.indices[$0] == nil }
    if outside.count == points.positions.count {
      throw DiagnosticList(.outsideDistricts(at: SourcePlace(file: points.file)))
    }
    let columns = try columns(points)
    let values = shapes.indices.map { district in
      value(inside[district], shape: shapes[district], points: points, columns: columns)
    }
    var part = JoinPart(name: points.file, kind: .points, districts: shapes.count)
    part.unmatched = outside.map {
      UnmatchedRow(row: points.rows[$0], code: points.label($0))
    }
    var join = SurfaceJoin(
      values, names: columns.map { ($0.name, $0.unit) }, codes: registry.districts.map(\.code),
      districtNames: registry.districts.map(\.name), part: part)
    join.warnings = surfaceWarnings(join, file: points.file) + valueWarnings(points)
    if !outside.isEmpty { join.warnings.append(.pointsOutside(part.unmatched, file: points.file)) }
    return join
  }

  /// What the values themselves make doubtful.
  private func valueWarnings(_ points: SurfacePoints) -> [Diagnostic] {
    guard request.quantity == .share else {
      let warning = ratioWarning(
        points.values.compactMap(\.self), unit: request.unit, field: "surface.\(request.field)",
        file: points.file)
      return warning.map { [$0] } ?? []
    }
    let texts = Set(points.texts.compactMap(\.self))
    return emptyClassWarnings(
      request, found: texts.sorted(), file: points.file, holds: texts.contains)
  }

  /// What a field takes from the points that belong to a district.
  private struct Column {
    var name: String
    var unit: Field.Unit
    /// `nil`: there is no value for these points.
    var value: ([Int]) -> Double?
  }

  private func columns(_ points: SurfacePoints) throws(DiagnosticList) -> [Column] {
    guard request.quantity == .share else {
      var columns: [Column] = []
      for (index, statistic) in request.wanted.enumerated() {
        guard let reduce = reduction(statistic) else {
          throw DiagnosticList(.statisticNotForPoints(statistic.suffix, file: points.file))
        }
        let scale = statistic.keepsUnit ? request.scale : 1
        columns.append(
          Column(
            name: request.fieldName(index, statistic),
            unit: statistic.keepsUnit ? request.unit : .plain,
            value: { members in
              reduce(members.compactMap { points.values[$0] }).map { $0 / scale }
            }))
      }
      return columns
    }
    return try categoryClasses(request, texts: points.texts, file: points.file).map { wanted in
      let values = Set(wanted.values)
      return Column(name: "\(request.field)_\(wanted.name)", unit: .percent) { members in
        let known = members.filter { points.texts[$0] != nil }
        guard !known.isEmpty else { return nil }
        let hits = known.count { points.texts[$0].map(values.contains) ?? false }
        return Double(hits) / Double(known.count)
      }
    }
  }

  private func reduction(_ statistic: SurfaceStatistic) -> (([Double]) -> Double?)? {
    switch statistic {
    case .sum: { fixedOrderTotal($0) }
    case .count: { Double($0.count) }
    case .mean: { $0.isEmpty ? nil : fixedOrderTotal($0) / Double($0.count) }
    case .min: { $0.min() }
    case .max: { $0.max() }
    default: nil
    }
  }

  private func value(
    _ inside: [Int], shape: MultiPolygon?, points: SurfacePoints, columns: [Column]
  ) -> SurfaceValue {
    guard let shape else { return .missing(quality: "no_shape") }
    let values = { (members: [Int]) in columns.map { $0.value(members) } }
    if request.method == .nearest {
      guard let nearest = points.nearest(to: shape, within: request.within) else {
        return .missing(quality: "no_cell")
      }
      return .values(values([nearest]))
    }
    let own = values(inside)
    if own.contains(where: { $0 != nil }) { return .values(own) }
    guard request.fallback == .nearest,
      let nearest = points.nearest(to: shape, within: request.within)
    else {
      return .missing(quality: "no_cell")
    }
    return .nearest(values([nearest]))
  }
}

/// Points with their values, in longitude and latitude.
struct SurfacePoints {
  var positions: [Point] = []
  /// `nil`: no value; 1 each if no column is named.
  var values: [Double?] = []
  /// For categories.
  var texts: [String?] = []
  /// Line or feature of each point.
  var rows: [Int] = []
  let file: String

  init(_ request: SurfaceRequest) throws {
    file = request.name
    var crs = CRS.lonLat
    switch request.source {
    case .points(let layer):
      crs = layer.crs
      try read(layer, request)
    case .pointTable(let table, let x, let y, let tableCRS):
      crs = tableCRS
      try read(table, x: x, y: y, request)
    default:
      preconditionFailure("points come from a layer or a table")
    }
    guard !positions.isEmpty else {
      throw DiagnosticList(.onlyNoData(at: SourcePlace(file: file)))
    }
    if try !isLonLat(crs) {
      positions = try CoordinateTransform(from: crs, to: .lonLat).transformed(positions)
    }
  }

  func label(_ point: Int) -> String { "\(positions[point].x) \(positions[point].y)" }

  /// The point with a value nearest to a point inside the shape; the first among equals.
  ///
  /// - Parameters:
  ///   - shape: In longitude and latitude.
  ///   - limit: How far it may lie from there, km; `nil`: anywhere.
  /// - Returns: `nil` if there is none.
  func nearest(to shape: MultiPolygon, within limit: Double?) -> Int? {
    guard let middle = shape.interiorPoint else { return nil }
    let narrowing = cosineOfDegrees(min(90, max(-90, middle.y)))
    var best: (distance: Double, point: Int)?
    for (point, position) in positions.enumerated()
    where values[point] != nil || texts[point] != nil {
      // Around the globe the shorter way.
      let run = (position.x - middle.x).remainder(dividingBy: 360) * narrowing
      let rise = position.y - middle.y
      let distance = run * run + rise * rise
      if distance < best?.distance ?? .infinity { best = (distance, point) }
    }
    guard let best,
      EarthPoint(middle).isWithin(limit, of: EarthPoint(positions[best.point]))
    else { return nil }
    return best.point
  }

  private mutating func read(
    _ layer: FeatureLayer, _ request: SurfaceRequest
  ) throws(DiagnosticList) {
    let attribute = try attributeName(layer, request)
    var faults = TableFaults(file: layer.name)
    for feature in layer.features {
      guard let point = feature.point else {
        faults.add(.notAPoint(feature, layer))
        continue
      }
      let field =
        attribute.flatMap { feature.fields[$0] } ?? (attribute == nil ? .integer(1) : .null)
      positions.append(point)
      texts.append(fieldText(field).flatMap { $0.isEmpty ? nil : $0 })
      values.append(
        request.quantity == .share ? nil : number(field, feature, layer, request, &faults))
      rows.append(feature.number)
    }
    try faults.throwErrors()
  }

  private func number(
    _ field: FieldValue, _ feature: Feature, _ layer: FeatureLayer, _ request: SurfaceRequest,
    _ faults: inout TableFaults
  ) -> Double? {
    attributeNumber(field, feature, layer, request, &faults)
  }

  private mutating func read(
    _ table: CSVTable, x: String, y: String, _ request: SurfaceRequest
  ) throws(DiagnosticList) {
    var faults = TableFaults(file: table.name)
    do throws(Diagnostic) {
      let columns = (try table.requiredColumn(x), try table.requiredColumn(y))
      var valueColumn: Int?
      if let value = request.value { valueColumn = try table.requiredColumn(value) }
      for row in 0..<table.rowCount {
        do throws(Diagnostic) {
          guard let east = try table.number(columns.0, row),
            let north = try table.number(columns.1, row)
          else {
            faults.add(.pointWithoutPlace(at: table.place(columns.0, row)))
            continue
          }
          let isCategory = request.quantity == .share
          let value = try isCategory ? nil : tableValue(table, valueColumn, row, request, &faults)
          positions.append(Point(x: east, y: north))
          values.append(value)
          let text = valueColumn.map { table.trimmedText($0, row) } ?? "1"
          texts.append(text.isEmpty ? nil : text)
          rows.append(table.line(ofRow: row))
        } catch {
          faults.add(error)
        }
      }
    } catch {
      faults.add(error)
    }
    try faults.throwErrors()
  }

  private func tableValue(
    _ table: CSVTable, _ column: Int?, _ row: Int, _ request: SurfaceRequest,
    _ faults: inout TableFaults
  ) throws(Diagnostic) -> Double? {
    guard let column else { return 1 }
    // In the unit of the file here; the columns divide by the scale.
    let unit: CSVUnit = request.unit == .percent ? .percent : .plain
    guard let value = try table.number(column, row, as: unit).map({ $0 * request.scale }) else {
      return nil
    }
    if let valid = request.valid, !valid.contains(value) {
      faults.add(
        .outsideValidRange(
          table.trimmedText(column, row), valid: valid, request: request,
          at: table.place(column, row)))
    }
    return value
  }
}
