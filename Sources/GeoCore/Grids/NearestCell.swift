// Quiebre · GeoCore
// The cell with data that lies nearest to a point: the fallback where a shape has none.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A cell of a raster with its value.
public struct RasterCell: Hashable, Sendable {
  /// Row and column from 0, from the north-west corner.
  public let row: Int
  public let column: Int
  public let value: Double
}

extension Raster {
  /// The value of the cell that holds the point; `nil` outside the grid or without data.
  ///
  /// A point on an edge belongs to the cell to the east and to the south of it.
  public func value(at point: Point) -> Double? {
    let column = ((point.x - grid.west) * (1 / grid.cellWidth)).rounded(.down)
    let row = ((grid.north - point.y) * (1 / grid.cellHeight)).rounded(.down)
    guard column >= 0, column < Double(grid.columns), row >= 0, row < Double(grid.rows) else {
      return nil
    }
    let value = values[Int(row) * grid.columns + Int(column)]
    return value.isNaN ? nil : value
  }

  /// The cell with data whose center is nearest to the point; `nil` for a raster without data.
  ///
  /// On a longitude/latitude grid a degree of longitude counts as cos(latitude of the point)
  /// degrees of latitude. Among equals, the northernmost row and then the westernmost column wins.
  ///
  /// - Throws: ``CRSError`` for a CRS that PROJ doesn't know.
  public func nearestValidCell(to point: Point) throws(CRSError) -> RasterCell? {
    guard point.x.isFinite, point.y.isFinite else { return nil }
    let stretch = try isLonLat(crs) ? cosineOfDegrees(min(90, max(-90, point.y))) : 1
    var search = NearestSearch(
      raster: self, x: (point.x - grid.west) / grid.cellWidth - 0.5,
      y: (grid.north - point.y) / grid.cellHeight - 0.5, width: grid.cellWidth * stretch)
    return search.run()
  }
}

/// A search in growing square rings of cells around the cell nearest to the point.
private struct NearestSearch {
  let raster: Raster
  /// The point in cells, 0 being the center of the first one.
  let x: Double
  let y: Double
  /// The ground width of a cell, in the unit of its height.
  let width: Double
  private var best: (distance: Double, row: Int, column: Int)?

  init(raster: Raster, x: Double, y: Double, width: Double) {
    self.raster = raster
    self.x = x
    self.y = y
    self.width = width
  }

  mutating func run() -> RasterCell? {
    let grid = raster.grid
    let column = Int(min(Double(grid.columns - 1), max(0, x.rounded())))
    let row = Int(min(Double(grid.rows - 1), max(0, y.rounded())))
    let step = min(width, grid.cellHeight)
    for reach in 0...max(grid.columns, grid.rows) {
      // Every cell of this ring is at least so far away from the nearest place on the grid.
      let least = max(0, Double(reach) - 0.5) * step
      if let best, best.distance < least * least { break }
      visitRing(row: row, column: column, reach: reach)
    }
    guard let best else { return nil }
    return RasterCell(
      row: best.row, column: best.column,
      value: raster.values[best.row * grid.columns + best.column])
  }

  private mutating func visitRing(row: Int, column: Int, reach: Int) {
    for other in (row - reach)...(row + reach) where (0..<raster.grid.rows).contains(other) {
      let isEnd = other == row - reach || other == row + reach
      let step = isEnd ? 1 : max(1, 2 * reach)
      for cell in stride(from: column - reach, through: column + reach, by: step) {
        consider(row: other, column: cell)
      }
    }
  }

  private mutating func consider(row: Int, column: Int) {
    guard (0..<raster.grid.columns).contains(column),
      !raster.values[row * raster.grid.columns + column].isNaN
    else { return }
    let across = (Double(column) - x) * width
    let along = (Double(row) - y) * raster.grid.cellHeight
    let distance = across * across + along * along
    guard let old = best else {
      best = (distance, row, column)
      return
    }
    if (distance, row, column) < old { best = (distance, row, column) }
  }
}
