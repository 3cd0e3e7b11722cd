// Quiebre · GeoCore
// A raster band in memory, north up, west to east.
// SPDX-License-Identifier: Apache-2.0

/// The cells of a raster: rows run from north to south, columns from west to east.
///
/// Files that are stored south-up or with longitudes of 0...360 are turned on reading.
public struct Grid: Hashable, Sendable {
  public let columns: Int
  public let rows: Int
  /// The outer edge of the first column and of the first row, in CRS units.
  public let west: Double
  public let north: Double
  /// Size of a cell in CRS units; both positive.
  public let cellWidth: Double
  public let cellHeight: Double

  public init(
    columns: Int, rows: Int, west: Double, north: Double, cellWidth: Double, cellHeight: Double
  ) {
    precondition(columns > 0 && rows > 0 && cellWidth > 0 && cellHeight > 0, "a grid has cells")
    self.columns = columns
    self.rows = rows
    self.west = west
    self.north = north
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
  }
}

/// One band of values on a grid; NaN where there is no data.
public struct Raster: Sendable {
  /// File (and band) as messages name it.
  public let name: String
  public let grid: Grid
  public let crs: CRS
  /// The values, `rows * columns` of them, row by row from the north-west corner.
  ///
  /// Infinities and the file's
  /// no-data value are NaN here.
  public let values: [Double]

  public init(name: String, grid: Grid, crs: CRS, values: [Double]) {
    precondition(values.count == grid.rows * grid.columns, "a raster is a full block of cells")
    self.name = name
    self.grid = grid
    self.crs = crs
    self.values = values
  }
}
