// Quiebre · GeoCore
// A weight raster laid over the cells of another raster.
// SPDX-License-Identifier: Apache-2.0

/// The weights on the cells of `raster`; NaN where the weight raster has none.
///
/// Cells must coincide: same size to 1e-9 of a cell over the whole grid, edges a whole number of
/// cells apart to 1e-6 of a cell.
///
/// - Throws: ``ZonalError``.
func fitted(_ weight: Raster, to raster: Raster) throws(ZonalError) -> [Double] {
  guard weight.crs == raster.crs else {
    throw .weightCRSDiffers(raster: raster.name, weight: weight.name)
  }
  if let index = weight.values.firstIndex(where: { $0 < 0 }) {
    let columns = weight.grid.columns
    throw .negativeWeight(weight: weight.name, row: index / columns, column: index % columns)
  }
  guard weight.grid != raster.grid else { return weight.values }
  guard let offset = cellOffset(of: weight.grid, from: raster.grid) else {
    throw .weightGridDiffers(raster: raster.name, weight: weight.name)
  }
  let (grid, other) = (raster.grid, weight.grid)
  var fitted = [Double](repeating: .nan, count: grid.rows * grid.columns)
  for row in 0..<grid.rows where (0..<other.rows).contains(row - offset.rows) {
    for column in 0..<grid.columns where (0..<other.columns).contains(column - offset.columns) {
      fitted[row * grid.columns + column] =
        weight.values[(row - offset.rows) * other.columns + column - offset.columns]
    }
  }
  return fitted
}

/// By how many columns and rows of `base` a grid starts further east and south; `nil` if its
/// cells don't coincide with those of `base`.
private func cellOffset(of grid: Grid, from base: Grid) -> (columns: Int, rows: Int)? {
  let span = Double(max(grid.columns, grid.rows, base.columns, base.rows))
  guard abs(grid.cellWidth - base.cellWidth) * span <= 1e-6 * base.cellWidth,
    abs(grid.cellHeight - base.cellHeight) * span <= 1e-6 * base.cellHeight
  else { return nil }
  let columns = (grid.west - base.west) / base.cellWidth
  let rows = (base.north - grid.north) / base.cellHeight
  guard abs(columns - columns.rounded()) <= 1e-6, abs(rows - rows.rounded()) <= 1e-6,
    abs(columns) < 1e9, abs(rows) < 1e9
  else { return nil }
  return (Int(columns.rounded()), Int(rows.rounded()))
}
