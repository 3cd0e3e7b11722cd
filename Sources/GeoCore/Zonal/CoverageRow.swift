// Quiebre · GeoCore
// The block of cells that a shape's box touches, and one row of what is covered of it.
// SPDX-License-Identifier: Apache-2.0

/// What a shape covers of one row of its window.
///
/// Valid only inside the call that hands it out.
@safe struct CoverageRow {
  /// The row's number in the grid.
  let row: Int
  /// What each cell adds to the running sum of covered fractions.
  let steps: UnsafePointer<Double>
  let columns: Int
  /// Fractions up to this are rounding errors.
  let noise: Double

  /// The end of the run of cells that are covered like the one at `column`.
  func runEnd(after column: Int) -> Int {
    var end = column &+ 1
    while end <= columns &- 4 {
      let place = unsafe UnsafeRawPointer(steps + end)
      let first = unsafe place.loadUnaligned(as: SIMD2<UInt64>.self)
      let second = unsafe place.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
      // Twice the bits: −0 is nothing either.
      let bits = (first | second) &<< 1
      guard bits.x | bits.y == 0 else { break }
      end &+= 4
    }
    while end < columns, unsafe steps[end] == 0 { end &+= 1 }
    return end
  }

  /// The value of the first covered cell with data; NaN without one.
  func firstValue(_ values: UnsafePointer<Double>) -> Double {
    var running = 0.0
    for column in 0..<columns {
      unsafe running += steps[column]
      let value = unsafe values[column]
      if running > noise, !value.isNaN { return value }
    }
    return .nan
  }

  /// The first covered cell that holds a value; the row must have one.
  func firstColumn(of wanted: Double, in values: UnsafePointer<Double>) -> Int {
    var running = 0.0
    for column in 0..<columns {
      unsafe running += steps[column]
      if running > noise, unsafe values[column] == wanted { return column }
    }
    return columns - 1
  }
}

/// The block of cells that a shape's box touches.
struct CellWindow: Hashable, Sendable {
  var firstColumn: Int
  var firstRow: Int
  var columns: Int
  var rows: Int

  /// The window of a box, cut to the grid; `nil` if it misses the grid or has NaN.
  init?(of box: BoundingBox, on grid: Grid) {
    let left = ((box.minX - grid.west) / grid.cellWidth).rounded(.down)
    let right = ((box.maxX - grid.west) / grid.cellWidth).rounded(.up)
    let top = ((grid.north - box.maxY) / grid.cellHeight).rounded(.down)
    let bottom = ((grid.north - box.minY) / grid.cellHeight).rounded(.up)
    guard left < Double(grid.columns), right > 0, top < Double(grid.rows), bottom > 0 else {
      return nil
    }
    firstColumn = Int(max(0, left))
    firstRow = Int(max(0, top))
    columns = Int(min(Double(grid.columns), right)) - firstColumn
    rows = Int(min(Double(grid.rows), bottom)) - firstRow
    guard columns > 0, rows > 0 else { return nil }
  }
}

extension CellWindow {
  init(whole columns: Int, _ rows: Int) {
    firstColumn = 0
    firstRow = 0
    self.columns = columns
    self.rows = rows
  }
}
