// Quiebre · Districts
// Where a cell of any grid lies, in degrees.
// SPDX-License-Identifier: Apache-2.0

public import GeoCore

/// The centers of a grid's cells in longitude and latitude.
public struct CellCenters {
  private let grid: Grid
  /// `nil` where the grid is in degrees already.
  private let transform: CoordinateTransform?

  /// Prepares for a grid.
  ///
  /// - Throws: ``CRSError`` for a system that PROJ can't leave.
  public init(grid: Grid, crs: CRS) throws(CRSError) {
    self.grid = grid
    transform = try isLonLat(crs) ? nil : CoordinateTransform(from: crs, to: .lonLat)
  }

  /// The center of a cell; `nil` where the projection has no place for it.
  public func center(of place: CellPlace) -> Point? {
    let center = grid.center(row: place.row, column: place.column)
    guard let transform else { return center }
    return try? transform.transformed(center)
  }
}
