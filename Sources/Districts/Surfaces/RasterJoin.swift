// Quiebre · Districts
// A raster under the districts: cells weighted by covered part × true area × optional weight.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Formats
import GeoCore

/// The work of joining one raster.
struct RasterJoin {
  let request: SurfaceRequest
  let raster: Raster
  let registry: DistrictRegistry
  let workers: Int

  func joined() throws -> SurfaceJoin {
    try checkValues()
    try checkWeights()
    let shapes = try shapesOnGrid(
      registry.districts.map(\.shape), of: raster, workers: workers)
    let outcomes = try zonalOutcomes(
      of: raster, under: shapes, weight: request.weight, rule: request.rule,
      detail: detail, workers: workers)
    try checkOutcomes(outcomes, codes: registry.districts.map(\.code), file: raster.name)
    let limits = try limitOutcomes(shapes)
    let reader = try valueReader()
    var values: [SurfaceValue] = []
    for (district, outcome) in outcomes.enumerated() {
      let limit = limits.map { limitValue($0[district]) }
      values.append(
        try value(outcome, limits: limit, shape: shapes[district], reader: reader))
    }
    let part = JoinPart(name: raster.name, kind: .raster, districts: shapes.count)
    var join = SurfaceJoin(
      values, names: fieldNames(reader), codes: registry.districts.map(\.code),
      districtNames: registry.districts.map(\.name), part: part)
    join.warnings = surfaceWarnings(join, file: raster.name) + valueWarnings()
    return join
  }

  /// What the values themselves make doubtful.
  private func valueWarnings() -> [Diagnostic] {
    guard request.quantity == .share else {
      let warning = ratioWarning(
        raster.values, unit: request.unit, field: "surface.\(request.field)", file: raster.name)
      return warning.map { [$0] } ?? []
    }
    if request.classes.isEmpty { return [] }
    let distinct = Set(raster.values.filter { !$0.isNaN })
    return emptyClassWarnings(
      request, found: distinct.sorted().map(classText), file: raster.name
    ) { text in Double(text).map(distinct.contains) ?? false }
  }

  private var detail: ZonalDetail {
    let distribution =
      request.quantity == .share || request.wanted.contains { $0.needsDistribution }
    return distribution ? .distribution : .moments
  }

  private func value(
    _ outcome: ZonalOutcome, limits: [Double?], shape: MultiPolygon?, reader: ValueReader
  ) throws -> SurfaceValue {
    if case .summary(let summary) = outcome {
      let values = reader.values(summary)
      // Without weight under the district there is nothing to average.
      if values.contains(where: { $0 != nil }) { return .values(values + limits) }
    }
    guard let shape, outcome != .noShape else { return .missing(quality: "no_shape") }
    guard request.fallback == .nearest, let point = shape.interiorPoint,
      let cell = try raster.nearestValidCell(to: point), try isNear(cell, to: point)
    else { return .missing(quality: "no_cell") }
    let nearestLimits = try limitRasters.map {
      try $0.nearestValidCell(to: point).map { $0.value / request.scale }
    }
    return .nearest(reader.values(ofCell: cell.value) + nearestLimits)
  }

  /// Whether a cell's center lies within the distance asked for of a point, both on the grid.
  private func isNear(_ cell: RasterCell, to point: Point) throws -> Bool {
    guard request.within != nil else { return true }
    let center = raster.grid.center(row: cell.row, column: cell.column)
    let places =
      try isLonLat(raster.crs)
      ? [center, point]
      : CoordinateTransform(from: raster.crs, to: .lonLat).transformed([center, point])
    return EarthPoint(places[0]).isWithin(request.within, of: EarthPoint(places[1]))
  }

  private func limitValue(_ outcome: ZonalOutcome) -> Double? {
    guard let summary = outcome.summary else { return nil }
    let mean = request.weight == nil ? summary.mean : summary.weighted?.mean
    return mean.map { $0 / request.scale }
  }

  private var limitRasters: [Raster] {
    guard case .rasters(let low, let high)? = request.interval else { return [] }
    return [low, high]
  }

  private func fieldNames(_ reader: ValueReader) -> [(name: String, unit: Field.Unit)] {
    var names = reader.names
    if !limitRasters.isEmpty {
      names += [(request.field + "_p05", request.unit), (request.field + "_p95", request.unit)]
    }
    return names
  }

  private func limitOutcomes(_ shapes: [MultiPolygon?]) throws -> [[ZonalOutcome]] {
    try limitRasters.map {
      try zonalOutcomes(
        of: $0, under: shapes, weight: request.weight, rule: request.rule, workers: workers)
    }
  }
}

// Checks.
extension RasterJoin {
  /// Refuses a raster without a value and values that can't be.
  private func checkValues() throws(DiagnosticList) {
    let place = SourcePlace(file: raster.name)
    var first: (index: Int, value: Double)?
    var outside = 0
    var found = false
    for (index, value) in raster.values.enumerated() where !value.isNaN {
      found = true
      if let valid = request.valid, !valid.contains(value) {
        outside += 1
        if first == nil { first = (index, value) }
      }
    }
    guard found else { throw DiagnosticList(.onlyNoData(at: place)) }
    if let first, let valid = request.valid {
      let columns = raster.grid.columns
      throw DiagnosticList(
        .cellOutsideValidRange(
          first.value, row: first.index / columns + 1, column: first.index % columns + 1,
          count: outside, valid: valid, request: request, at: place))
    }
  }

  /// Refuses statistics that need weights where there are none.
  private func checkWeights() throws(DiagnosticList) {
    guard request.weight == nil, let wanted = request.wanted.first(where: \.isWeighted) else {
      return
    }
    throw DiagnosticList(.weightMissing(wanted.suffix, file: raster.name))
  }
}

// What is read off a summary.
extension RasterJoin {
  private func valueReader() throws(DiagnosticList) -> ValueReader {
    guard request.quantity == .share else {
      return .statistics(request.wanted, request: request, centers: try cellCenters())
    }
    let classes = try rasterClasses()
    return .classes(classes, request: request)
  }

  /// The centers of cells in degrees; made only where a statistic asks for them.
  private func cellCenters() throws(DiagnosticList) -> CellCenters {
    do throws(CRSError) {
      return try CellCenters(grid: raster.grid, crs: raster.crs)
    } catch {
      throw DiagnosticList(.cannotTransform("\(error)", file: raster.name))
    }
  }

  /// The classes with their values as numbers; without a list, every value is a class.
  private func rasterClasses() throws(DiagnosticList) -> [RasterClass] {
    var faults: [Diagnostic] = []
    var classes: [RasterClass] = []
    for given in request.classes {
      let numbers = given.values.compactMap(Double.init)
      if numbers.count != given.values.count {
        faults.append(.classValueIsNoNumber(given, file: raster.name))
      }
      classes.append(RasterClass(name: given.name, values: Set(numbers)))
    }
    if !faults.isEmpty { throw DiagnosticList(faults) }
    if !classes.isEmpty { return classes }
    let distinct = Set(raster.values.filter { !$0.isNaN })
    guard distinct.count <= mostClasses else {
      throw DiagnosticList(.tooManyClasses(distinct.count, file: raster.name))
    }
    return distinct.sorted().map { RasterClass(name: classText($0), values: [$0]) }
  }
}

/// More distinct values than this are no categories.
let mostClasses = 64

func classText(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

struct RasterClass {
  let name: String
  let values: Set<Double>
}

/// Turns summaries into the values of the fields.
private enum ValueReader {
  case statistics([SurfaceStatistic], request: SurfaceRequest, centers: CellCenters)
  case classes([RasterClass], request: SurfaceRequest)

  var names: [(name: String, unit: Field.Unit)] {
    switch self {
    case .statistics(let statistics, let request, _):
      statistics.enumerated().map {
        (request.fieldName($0, $1), $1.keepsUnit ? request.unit : .plain)
      }
    case .classes(let classes, let request):
      classes.map { ("\(request.field)_\($0.name)", .percent) }
    }
  }

  func values(_ summary: ZonalSummary) -> [Double?] {
    switch self {
    case .statistics(let statistics, let request, let centers):
      return statistics.map { statistic in
        let effective = request.weight == nil ? statistic : statistic.byDefaultWeighted
        return effective.value(of: summary, center: centers.center)
          .map { statistic.keepsUnit ? $0 / request.scale : $0 }
      }
    case .classes(let classes, let request):
      let distribution =
        request.weight == nil ? summary.distribution : summary.weighted?.distribution
      return classes.map { wanted in
        distribution.map { $0.share(where: wanted.values.contains) }
      }
    }
  }

  /// The values of a district that takes one cell: the cell's own; a count is never borrowed.
  func values(ofCell cell: Double) -> [Double?] {
    switch self {
    case .statistics(let statistics, let request, _):
      statistics.map { $0.value(ofCell: cell).map { $0 / request.scale } }
    case .classes(let classes, _):
      classes.map { $0.values.contains(cell) ? 1 : 0 }
    }
  }
}
