// Quiebre · GeoCore
// Rasters of any size summed up under many shapes: strip by strip, reading while computing.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Bands of one raster, summed up under shapes in bounded memory.
///
/// Cells come in strips of rows: while threads work on one, the next is read. Each cell that lies in
/// the box of all shapes is read once, unless distributions need more memory than there is: then
/// shapes are done in groups from north to south.
public struct ZonalPass {
  private let bands: [any RasterRows]
  private let weight: (any RasterRows)?
  private let options: ZonalOptions

  private var grid: Grid { bands[0].grid }

  /// Prepares a pass.
  ///
  /// - Parameters:
  ///   - bands: One or more, on the same grid.
  ///   - weight: Weights of cells, not negative; on other cells they are dealt out by area to
  ///     those of the bands.
  ///   - options: Which cells count, and what is worked out.
  /// - Throws: ``ZonalError/weightCRSDiffers(raster:weight:)``.
  public init(
    bands: [any RasterRows], weight: (any RasterRows)? = nil, options: ZonalOptions
  ) throws(ZonalError) {
    precondition(!bands.isEmpty && bands.allSatisfy { $0.grid == bands[0].grid }, "one grid")
    self.bands = bands
    self.options = options
    guard let weight else {
      self.weight = nil
      return
    }
    self.weight = try WeightRows(weight, for: bands[0])
  }

  /// The outcomes of every band under each shape.
  ///
  /// - Parameters:
  ///   - shapes: In the grid's CRS, valid; `nil` for no shape.
  ///   - onCells: Gets the covered cells of one strip after another: rows from north to south, in a
  ///     row shape by shape, under a shape from west to east.
  /// - Returns: For each band, one outcome per shape in their order.
  /// - Throws: ``ZonalError``, ``CRSError`` for a CRS that PROJ doesn't know, and what reading the
  ///   bands throws.
  public func outcomes(
    under shapes: [MultiPolygon?], onCells: (([CoveredCell]) throws -> Void)? = nil
  ) throws -> [[ZonalOutcome]] {
    let grid = grid
    let ready = try concurrentMap(count: shapes.count, workers: options.workers) { index in
      shapes[index].flatMap { $0.isEmpty ? nil : ZonalShape($0, on: grid) }
    }
    var states = shapes.indices.map { index in
      ZonalState(
        noShape: shapes[index]?.isEmpty ?? true, shape: ready[index], bands: bands.count)
    }
    let isDegrees = try options.size == .ground && isLonLat(bands[0].crs)
    for group in try ZonalGroups(ready, bands: bands, options: options).groups {
      let plan = StripPlan(
        ready, members: group, bands: bands, weight: weight, options: options,
        handsOutCells: onCells != nil)
      let run = StripRun(
        plan: plan, bands: bands, weight: weight, options: options, shapes: ready,
        areas: isDegrees ? grid.rowAreas(plan.rows) : plan.rows.map { _ in planeCell },
        gathersCells: onCells != nil)
      try run.run(&states, onCells: onCells)
    }
    return bands.indices.map { band in states.map { $0.outcomes[band] } }
  }

  /// The area of a cell where all count alike: km² of a plane in meters.
  private var planeCell: Double {
    options.size == .equal ? 1 : grid.cellWidth * grid.cellHeight / 1e6
  }
}

/// A cell under a shape.
public struct CoveredCell: Hashable, Sendable {
  /// Which shape.
  public let shape: Int
  public let place: CellPlace
  /// What the shape covers of it: above 0, at most 1.
  public let fraction: Double
  /// Of the whole cell, as it counts: km².
  public let area: Double
  /// One per band, NaN without data.
  public let values: [Double]
  /// From the weight raster, NaN without one.
  public let weight: Double
}
