// Quiebre · GeoCore
// A band of a raster that hands out its cells some rows at a time.
// SPDX-License-Identifier: Apache-2.0

/// A band of values on a grid, in memory or in a file; NaN where there is no data.
///
/// One caller at a time asks for rows, from any thread.
public protocol RasterRows: Sendable {
  /// File (and band) as messages name it.
  var name: String { get }
  var grid: Grid { get }
  var crs: CRS { get }
  /// Rows that are stored together, so that they are best read together.
  var blockRows: Int { get }
  /// How many distinct values its cells can hold at most; `nil` if that isn't small.
  var valueLimit: Int? { get }
  /// All values, row by row, if they are in memory anyway.
  var resident: [Double]? { get }

  /// The values of some rows and columns of the grid, row by row from the north-west corner.
  func cells(rows: Range<Int>, columns: Range<Int>) throws -> [Double]
}

extension Raster: RasterRows {
  public var blockRows: Int { 1 }
  public var valueLimit: Int? { nil }
  public var resident: [Double]? { values }

  public func cells(rows: Range<Int>, columns: Range<Int>) -> [Double] {
    var cells: [Double] = []
    cells.reserveCapacity(rows.count * columns.count)
    for row in rows {
      let start = row * grid.columns
      cells += values[start + columns.lowerBound..<start + columns.upperBound]
    }
    return cells
  }
}
