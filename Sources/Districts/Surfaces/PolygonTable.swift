// Quiebre · Districts
// Values of polygons under other polygons as a table, for use without a scenario.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
public import GeoCore

/// What is wanted of a layer of polygons with values.
public struct PolygonTableRequest: Sendable {
  /// Its shapes in longitude and latitude, valid.
  public var layer: FeatureLayer
  /// The polygons' names in reports.
  public var ids: [String]
  /// The columns read; empty: the only one that there is.
  public var values: [String]
  public var wanted: [RasterTableRequest.Wanted]
  public var workers: Int

  public init(
    layer: FeatureLayer, ids: [String], values: [String], wanted: [RasterTableRequest.Wanted],
    workers: Int
  ) {
    self.layer = layer
    self.ids = ids
    self.values = values
    self.wanted = wanted
    self.workers = workers
  }
}

/// Works out the table.
///
/// Sums share a polygon's count out by ground, means weigh by ground, and `frac` is the share of the
/// district's ground on polygons of a class, so that ground without polygons belongs to no class.
///
/// - Parameters:
///   - request: Polygons, columns and statistics.
///   - shapes: Of the districts, in longitude and latitude, valid; `nil` for none.
///   - codes: Of the districts.
/// - Returns: Columns value by value in the order wanted, and the overlay that they come from.
/// - Throws: Q342 without common ground, Q347 for a statistic that can't be, and the faults of columns
///   that don't exist or hold no numbers.
public func polygonTable(
  _ request: PolygonTableRequest, under shapes: [MultiPolygon?], codes: [String]
) throws -> (table: SurfaceTable, overlay: ArealOverlay) {
  if let wanted = request.wanted.first(where: { !$0.fitsPolygons }) {
    throw DiagnosticList(.statisticNotForPolygons(wanted.name, file: request.layer.name))
  }
  let columns = try valueColumns(request)
  let overlay = try arealOverlay(
    targets: shapes, sources: request.layer.features.map(\.shape), workers: request.workers)
  if overlay.overlaps.allSatisfy(\.isEmpty) {
    throw DiagnosticList(.outsideDistricts(at: SourcePlace(file: request.layer.name)))
  }
  let rows = PolygonTableRows(
    request: request, overlay: overlay, shapes: shapes, codes: codes)
  return (try rows.table(columns), overlay)
}

extension RasterTableRequest.Wanted {
  fileprivate var fitsPolygons: Bool {
    switch kind {
    case .statistic(let statistic): statistic.fitsPolygons
    case .shares(let weighted): !weighted
    }
  }

  /// Whether it is of the polygons' values, not of their ground alone.
  fileprivate var needsValues: Bool {
    switch kind {
    case .statistic(.count), .statistic(.area), .statistic(.coverage): false
    case .statistic, .shares: true
    }
  }
}

/// The columns to read; `nil` stands for no column, all polygons alike.
private func valueColumns(
  _ request: PolygonTableRequest
) throws(DiagnosticList) -> [String?] {
  let layer = request.layer
  let all = Set(layer.features.flatMap(\.fields.keys)).sorted()
  for name in request.values where !all.contains(name) {
    throw DiagnosticList(.missingAttribute(name, all: all, file: layer.name))
  }
  if !request.values.isEmpty { return request.values }
  guard request.wanted.contains(where: \.needsValues) else { return [nil] }
  guard all.count == 1 else { throw DiagnosticList(.valueColumnUnclear(all, file: layer.name)) }
  return [all[0]]
}

/// Turns an overlay into columns.
private struct PolygonTableRows {
  let request: PolygonTableRequest
  let overlay: ArealOverlay
  let shapes: [MultiPolygon?]
  let codes: [String]

  func table(_ names: [String?]) throws(DiagnosticList) -> SurfaceTable {
    let layer = request.layer
    var ground = GroundReport(overlay, layer: layer, ids: request.ids, codes: codes)
    var columns: [SurfaceTable.Column] = []
    for name in names {
      let prefix = names.count == 1 ? "" : (name ?? "") + "_"
      let isOfNumbers = request.wanted.contains(where: \.isOfNumbers)
      let numbers = isOfNumbers ? try numbers(name) : []
      for wanted in request.wanted {
        switch wanted.kind {
        case .statistic(let statistic):
          columns.append(
            SurfaceTable.Column(
              name: prefix + wanted.name, values: values(of: statistic, numbers)))
          if statistic == .sum, let name { ground.follow(name, numbers, through: overlay) }
        case .shares:
          columns += try shareColumns(name, prefix + wanted.name)
        }
      }
    }
    let join = joined(columns)
    var part = join.part
    part.ground = ground
    let empty = codes.indices.filter { join.quality[$0] == "no_cell" }.map { codes[$0] }
    return SurfaceTable(
      columns: columns, quality: join.quality, report: JoinReport(parts: [part]),
      warnings: empty.isEmpty
        ? [] : [.districtsWithoutPolygon(empty, of: codes.count, file: layer.name)])
  }

  private func joined(_ columns: [SurfaceTable.Column]) -> SurfaceJoin {
    SurfaceJoin(
      codes.indices.map { row in
        guard overlay.targets.areas[row] > 0 else { return .missing(quality: "no_shape") }
        guard !overlay.overlaps[row].isEmpty else { return .missing(quality: "no_cell") }
        return .values(columns.map { $0.values[row] })
      },
      names: columns.map { ($0.name, .plain) }, codes: codes, districtNames: codes,
      part: JoinPart(name: request.layer.name, kind: .polygons, districts: codes.count))
  }

  private func values(of statistic: SurfaceStatistic, _ numbers: [Double?]) -> [Double?] {
    codes.indices.map { row in
      SharedValues(
        overlay.overlaps[row], numbers: numbers, areas: overlay.sources.areas,
        district: overlay.targets.areas[row], doubled: overlay.targets.doubled[row]
      ).value(of: statistic)
    }
  }

  /// A column's numbers; 1 for every polygon without a column.
  private func numbers(_ name: String?) throws(DiagnosticList) -> [Double?] {
    let layer = request.layer
    guard let name else { return layer.features.map { _ in 1 } }
    var faults = TableFaults(file: layer.name)
    let numbers = layer.features.map { feature -> Double? in
      switch feature.fields[name] ?? .null {
      case .null: return nil
      case .integer(let number): return Double(number)
      case .number(let number): return number.isFinite ? number : nil
      case .text, .flag:
        let text = fieldText(feature.fields[name] ?? .null) ?? ""
        faults.add(.attributeIsNoNumber(text, feature, layer))
        return nil
      }
    }
    try faults.throwErrors()
    return numbers
  }

  /// One column per class: its share of the district's ground.
  private func shareColumns(
    _ name: String?, _ prefix: String
  ) throws(DiagnosticList) -> [SurfaceTable.Column] {
    let texts = request.layer.features.map { feature in
      name.flatMap { fieldText(feature.fields[$0] ?? .null) }
    }
    let classes = Set(texts.compactMap { $0 }).sorted()
    guard classes.count <= mostClasses else {
      throw DiagnosticList(.tooManyClasses(classes.count, file: request.layer.name))
    }
    return classes.map { wanted in
      SurfaceTable.Column(
        name: "\(prefix)_\(wanted)",
        values: codes.indices.map { row in
          let district = overlay.targets.areas[row]
          guard district > 0, !overlay.overlaps[row].isEmpty else { return nil }
          let ground = overlay.overlaps[row].reduce(0) {
            $0 + (texts[$1.source] == wanted ? $1.area : 0)
          }
          // Overlapping polygons of one class may cover more than there is.
          return min(1, ground / district)
        })
    }
  }
}

extension RasterTableRequest.Wanted {
  fileprivate var isOfNumbers: Bool {
    if case .statistic = kind { true } else { false }
  }
}
