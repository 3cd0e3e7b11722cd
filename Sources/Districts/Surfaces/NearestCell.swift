// Quiebre · Districts
// The valid cell nearest to a point, for districts that no valid cell covers.
// SPDX-License-Identifier: Apache-2.0

import Compute
import GeoCore

/// Looks up the nearest valid cell of a raster.
struct NearestCell {
  private let raster: Raster
  private let degrees: Bool

  init(_ raster: Raster) {
    self.raster = raster
    self.degrees = (try? isLonLat(raster.crs)) ?? false
  }

  /// The value of the nearest cell with data, by the distance to its center.
  ///
  /// The first in row order among equals; `nil` if no cell has data.
  ///
  /// - Complexity: O(cells within the distance found).
  func value(near point: Point) -> Double? {
    let grid = raster.grid
    // On a longitude/latitude grid a column is narrower than a row by the cosine of the latitude.
    let narrowing = degrees ? cosineOfDegrees(min(90, max(-90, point.y))) : 1
    let middleRow = Int(clamp((grid.north - point.y) / grid.cellHeight, grid.rows))
    let middleColumn = Int(clamp((point.x - grid.west) / grid.cellWidth, grid.columns))
    var best: (distance: Double, index: Int)?
    for step in 0..<grid.rows {
      var worthwhile = false
      for row in step == 0 ? [middleRow] : [middleRow - step, middleRow + step]
      where (0..<grid.rows).contains(row) {
        let rise = grid.north - (Double(row) + 0.5) * grid.cellHeight - point.y
        if let best, rise * rise > best.distance { continue }
        worthwhile = true
        scan(row, from: middleColumn, rise: rise, narrowing: narrowing, point: point, &best)
      }
      if !worthwhile, best != nil { break }
    }
    return best.map { raster.values[$0.index] }
  }

  private func scan(
    _ row: Int, from middle: Int, rise: Double, narrowing: Double, point: Point,
    _ best: inout (distance: Double, index: Int)?
  ) {
    let grid = raster.grid
    for step in 0..<grid.columns {
      var worthwhile = false
      for column in step == 0 ? [middle] : [middle - step, middle + step]
      where (0..<grid.columns).contains(column) {
        let run = (grid.west + (Double(column) + 0.5) * grid.cellWidth - point.x) * narrowing
        let distance = run * run + rise * rise
        if let best, distance > best.distance { continue }
        worthwhile = true
        let index = row * grid.columns + column
        guard !raster.values[index].isNaN else { continue }
        if best == nil || (distance, index) < (best?.distance ?? 0, best?.index ?? 0) {
          best = (distance, index)
        }
      }
      if !worthwhile, best != nil { return }
    }
  }

  private func clamp(_ position: Double, _ count: Int) -> Double {
    min(Double(count - 1), max(0, position))
  }
}
