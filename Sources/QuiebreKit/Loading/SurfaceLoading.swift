// Quiebre · QuiebreKit
// The surfaces of a scenario: read by kind, joined to the districts one after the other.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles
import ScenarioFiles

/// Reads and joins every surface that isn't only a weight.
///
/// - Returns: Whether each surface's values carry a file kind of table, by surface id.
func joinSurfaces(
  _ scenario: Scenario, into loaded: inout LoadedRegistry, store: InputStore, session: Session,
  notes: inout [Diagnostic]
) throws(DiagnosticList) {
  var loader = SurfaceLoader(scenario: scenario, store: store)
  for (index, surface) in scenario.surfaces.enumerated() {
    session.progress?(.init(stage: .joining, done: index, total: scenario.surfaces.count))
    let request = try loader.request(for: surface)
    let join = try joinSurface(
      request, to: loaded.built.registry, book: loaded.book, workers: session.workers)
    loaded.built.registry = loaded.built.registry.adding(join)
    loaded.built.report.parts.append(join.part)
    notes += join.warnings
  }
  notes += loader.notes
}

/// Turns a surface of the scenario into a request, rasters read once.
struct SurfaceLoader {
  private let scenario: Scenario
  private let store: InputStore
  private var rasters: [String: Raster] = [:]
  private(set) var notes: [Diagnostic] = []

  init(scenario: Scenario, store: InputStore) {
    self.scenario = scenario
    self.store = store
  }

  mutating func request(for surface: SurfaceSource) throws(DiagnosticList) -> SurfaceRequest {
    var request = SurfaceRequest(
      field: surface.id, source: try source(of: surface),
      quantity: SurfaceRequest.Quantity(rawValue: surface.quantity.rawValue) ?? .mean,
      unit: surface.unit == "%" ? .percent : .plain, valid: surface.valid,
      statistics: try statistics(of: surface), value: surface.value,
      classes: zip(surface.classNames, surface.classValues).map {
        SurfaceRequest.CategoryClass(name: $0, values: $1)
      },
      fallback: surface.fallback == .nearest ? .nearest : .none,
      method: SurfaceRequest.Method(rawValue: surface.method.rawValue) ?? .inside,
      bandwidth: surface.bandwidth, within: surface.within)
    request.weight = try weight(of: surface)
    request.interval = try interval(of: surface)
    return request
  }

  private func statistics(of surface: SurfaceSource) throws(DiagnosticList) -> [SurfaceStatistic] {
    surface.stats.compactMap { SurfaceStatistic($0) }
  }

  private mutating func source(
    of surface: SurfaceSource
  ) throws(DiagnosticList) -> SurfaceRequest.Source {
    switch surface.kind ?? kind(of: surface.file.path) {
    case .raster: return .raster(try raster(surface, band: surface.band))
    case .polygons: return .polygons(try layer(surface))
    case .points:
      guard let xy = surface.xyColumns, xy.count == 2 else { return .points(try layer(surface)) }
      return .pointTable(
        try store.table(surface.file.path), x: xy[0], y: xy[1],
        crs: surface.crs.map { CRS($0) } ?? .lonLat)
    case .table:
      let table = try store.table(surface.file.path)
      return .table(
        DistrictTable(
          table, codeColumn: surface.codes.column ?? codeColumn(of: table, scenario),
          coding: surface.codes.coding?.rawValue, vintage: surface.codes.vintage))
    }
  }

  private func kind(of path: String) -> SurfaceSource.Kind {
    let name = path.lowercased()
    if name.hasSuffix(".csv") { return .table }
    let vector = [".geojson", ".json", ".gpkg", ".shp", ".fgb"]
    return vector.contains { name.hasSuffix($0) } ? .polygons : .raster
  }

  private mutating func raster(
    _ surface: SurfaceSource, band: Int
  ) throws(DiagnosticList) -> Raster {
    let key = "\(surface.file.path)#\(band)"
    if let known = rasters[key] { return known }
    _ = try store.file(surface.file.path)
    var heard: [Diagnostic] = []
    let read = try readRasterFile(
      path: store.location(of: surface.file.path), band: band,
      crs: surface.crs.map { CRS($0) }, nodata: surface.noData, onNote: { heard.append($0) })
    notes += heard
    let raster = Raster(
      name: surface.file.path, grid: read.grid, crs: read.crs, values: read.values)
    store.note(rows: raster.values.count, of: surface.file.path)
    rasters[key] = raster
    return raster
  }

  private mutating func layer(_ surface: SurfaceSource) throws(DiagnosticList) -> FeatureLayer {
    _ = try store.file(surface.file.path)
    var heard: [Diagnostic] = []
    let read = try readVectorFile(
      path: store.location(of: surface.file.path), layer: surface.file.layer,
      onNote: { heard.append($0) })
    notes += heard
    store.note(rows: read.features.count, of: surface.file.path)
    return FeatureLayer(
      name: surface.file.path, crs: surface.crs.map { CRS($0) } ?? read.crs,
      features: read.features, stamps: read.stamps)
  }

  private mutating func weight(of surface: SurfaceSource) throws(DiagnosticList) -> Raster? {
    guard let name = surface.weight else { return nil }
    guard let other = scenario.surfaces.first(where: { $0.id == name }),
      (other.kind ?? kind(of: other.file.path)) == .raster
    else {
      throw DiagnosticList(
        Diagnostic(
          .weightNotRaster, entry: "surface.\(surface.id).weight", at: surface.weightPlace,
          what: LocalizedText(
            en: "surface.\(surface.id).weight: '\(name)' is not a raster surface",
            es: "surface.\(surface.id).weight: '\(name)' no es una superficie ráster"),
          why: LocalizedText(
            en: "a field has one value per district, so it can't weigh the cells inside one",
            es: "un campo tiene un valor por distrito, así que no puede ponderar sus celdas"),
          fix: LocalizedText(
            en: "name a surface of kind raster, such as children per cell",
            es: "nombre una superficie de tipo ráster, como niños por celda")))
    }
    return try raster(other, band: other.band)
  }

  private mutating func interval(
    of surface: SurfaceSource
  ) throws(DiagnosticList) -> SurfaceRequest.Interval? {
    switch surface.interval {
    case nil: nil
    case .columns(let low, let high): .columns(low, high)
    case .bands(let low, let high):
      .rasters(try raster(surface, band: low), try raster(surface, band: high))
    }
  }
}
