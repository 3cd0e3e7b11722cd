// Quiebre · GeoCore
// The covered fraction of every cell under a shape, by signed-area accumulation.
// SPDX-License-Identifier: Apache-2.0

/// Which cells a shape counts.
public enum CellRule: String, CaseIterable, Hashable, Sendable {
  /// Every cell, by the exact fraction that the shape covers.
  case coveredFraction
  /// Whole cells whose center lies in the shape.
  ///
  /// A center on a border belongs to the shape to the east of it, or to the south on a level
  /// border, so that no center is lost or counted twice between neighbors.
  case cellCenter
}

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
    var end = column + 1
    while end + 4 <= columns {
      let four = unsafe UnsafeRawPointer(steps + end).loadUnaligned(as: SIMD4<Double>.self)
      guard all(four .== 0) else { break }
      end += 4
    }
    while end < columns, unsafe steps[end] == 0 { end += 1 }
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

/// Coverage of one shape after another, in a buffer that is reused.
///
/// Each edge adds its signed area to the cells that it crosses (one pass over the edges); a
/// running sum along each row then turns that into covered fractions. Nothing is clipped or
/// intersected, so no cell is lost where a vertex lies on a cell's edge. Windows that would not fit
/// in ``bandCells`` are done in bands of rows, so memory stays bounded for any grid.
///
/// For use by one thread.
@safe final class CoverageKernel {
  /// Cells of a band at most, unless one row is longer.
  static let bandCells = 1 << 20

  let grid: Grid
  let rule: CellRule
  private(set) var window = CellWindow(whole: 1, 1)
  /// Area of the shape in cells, in and outside the grid.
  private(set) var areaInCells = 0.0
  /// Fractions below this are rounding errors of this shape's sums.
  private(set) var noise = 0.0

  private let inverseWidth: Double
  private let inverseHeight: Double
  private let snapX: Double
  private let snapY: Double
  private var sums: UnsafeMutableBufferPointer<Double>

  init(grid: Grid, rule: CellRule) {
    self.grid = grid
    self.rule = rule
    // 1 / 0.01 is 100 exactly: multiplying puts decimal coordinates on decimal cell edges where
    // dividing by 0.01 would miss them.
    inverseWidth = 1 / grid.cellWidth
    inverseHeight = 1 / grid.cellHeight
    let east = grid.west + Double(grid.columns) * grid.cellWidth
    let south = grid.north - Double(grid.rows) * grid.cellHeight
    // A vertex within four units in the last place of a cell's edge lies on it.
    snapX = min(1e-9, 4 * max(abs(grid.west), abs(east)).ulp * inverseWidth)
    snapY = min(1e-9, 4 * max(abs(grid.north), abs(south)).ulp * inverseHeight)
    unsafe sums = UnsafeMutableBufferPointer.allocate(capacity: 4096)
  }

  deinit { unsafe sums.deallocate() }

  /// Visits the rows of cells under a shape, from north to south.
  ///
  /// - Parameters:
  ///   - shape: In the grid's coordinates; turning sense of rings doesn't matter.
  ///   - body: Gets the coverage of each row, over the columns of ``window``.
  /// - Returns: `false` if the shape misses the grid; then nothing was visited.
  @discardableResult
  func visit(
    _ shape: MultiPolygon, body: (CoverageRow) -> Void
  ) -> Bool {
    guard let box = shape.boundingBox, let window = CellWindow(of: box, on: grid) else {
      return false
    }
    self.window = window
    let stride = window.columns + 2
    let bandRows = max(1, min(window.rows, Self.bandCells / stride))
    reserve(bandRows * stride)
    noise = min(1e-9, 1e-15 * Double(16 + shape.pointCount + window.columns))
    areaInCells = shape.planarArea * inverseWidth * inverseHeight
    for first in Swift.stride(from: 0, to: window.rows, by: bandRows) {
      let rows = min(bandRows, window.rows - first)
      let band = unsafe Band(
        sums: sums.baseAddress.unsafelyUnwrapped, columns: window.columns, rows: rows)
      band.clear()
      accumulate(shape, into: band, firstRow: window.firstRow + first)
      for row in 0..<rows {
        unsafe body(
          CoverageRow(
            row: window.firstRow + first + row, steps: band.row(row), columns: window.columns,
            noise: noise))
      }
    }
    return true
  }

  private func reserve(_ count: Int) {
    guard unsafe count > sums.count else { return }
    unsafe sums.deallocate()
    unsafe sums = UnsafeMutableBufferPointer.allocate(capacity: count)
  }

  private func accumulate(_ shape: MultiPolygon, into band: Band, firstRow: Int) {
    for polygon in shape.polygons {
      add(polygon.shell, turn: 1, to: band, firstRow: firstRow)
      for hole in polygon.holes { add(hole, turn: -1, to: band, firstRow: firstRow) }
    }
  }

  /// Adds a ring's edges, in cells of the band with rows counted downward.
  private func add(_ ring: [Point], turn: Int, to band: Band, firstRow: Int) {
    let sign = ringAreaSign(ring) == turn ? 1.0 : -1.0
    let left = Double(window.firstColumn)
    let top = Double(firstRow)
    unsafe ring.withUnsafeBufferPointer { points in
      guard points.count > 1 else { return }
      var x0 = unsafe column(of: points[0].x) - left
      var y0 = unsafe row(of: points[0].y) - top
      for index in 1..<points.count {
        let x1 = unsafe column(of: points[index].x) - left
        let y1 = unsafe row(of: points[index].y) - top
        if rule == .coveredFraction {
          band.addEdge(x0, y0, x1, y1, sign)
        } else {
          band.addCenterCrossings(x0, y0, x1, y1, sign)
        }
        x0 = x1
        y0 = y1
      }
    }
  }

  private func column(of x: Double) -> Double {
    let position = (x - grid.west) * inverseWidth
    let edge = nearestInteger(position)
    return abs(position - edge) <= snapX ? edge : position
  }

  private func row(of y: Double) -> Double {
    let position = (grid.north - y) * inverseHeight
    let edge = nearestInteger(position)
    return abs(position - edge) <= snapY ? edge : position
  }
}

/// The nearest integer of a number below 2^51; others are integers or far from the grid anyway.
@inline(__always)
private func nearestInteger(_ x: Double) -> Double {
  // Adding 1.5 · 2^52 drops the fraction. `rounded()` is a call into libm without SSE 4.1.
  (x + 6_755_399_441_055_744) - 6_755_399_441_055_744
}

extension CellWindow {
  init(whole columns: Int, _ rows: Int) {
    firstColumn = 0
    firstRow = 0
    self.columns = columns
    self.rows = rows
  }
}

/// A band of rows, each with two sums more than it has columns for what lies to the east.
///
/// Safe: every access stays within `rows * (columns + 2)` sums, for any coordinates.
@safe private struct Band {
  let sums: UnsafeMutablePointer<Double>
  let columns: Int
  let rows: Int
  private let width: Double
  private let height: Double

  init(sums: UnsafeMutablePointer<Double>, columns: Int, rows: Int) {
    unsafe self.sums = sums
    self.columns = columns
    self.rows = rows
    width = Double(columns)
    height = Double(rows)
  }

  func clear() { unsafe sums.update(repeating: 0, count: rows * (columns + 2)) }

  @inline(__always)
  func row(_ index: Int) -> UnsafeMutablePointer<Double> {
    unsafe sums + index &* (columns &+ 2)
  }

  /// Adds the signed area to the east of an edge; a downward edge counts positive.
  @inline(__always)
  func addEdge(
    _ startX: Double, _ startY: Double, _ endX: Double, _ endY: Double, _ turn: Double
  ) {
    guard startY != endY else { return }
    let downward = startY < endY
    let sign = downward ? turn : -turn
    let x = downward ? startX : endX
    let y = downward ? startY : endY
    let lastX = downward ? endX : startX
    let lastY = downward ? endY : startY
    guard lastY > 0, y < height else { return }
    if y >= 0 {
      let row = Int(y)
      if lastY <= Double(row &+ 1) {
        unsafe addPiece(self.row(row), x, lastX, sign * (lastY - y))
        return
      }
    }
    addLongEdge(x, y, lastX, lastY, sign)
  }

  /// Adds a downward edge over several rows, cut to the band.
  private func addLongEdge(
    _ startX: Double, _ startY: Double, _ endX: Double, _ endY: Double, _ sign: Double
  ) {
    let slope = (endX - startX) / (endY - startY)
    var (x, y) = (startX, startY)
    var (lastX, lastY) = (endX, endY)
    if lastY > height {
      lastX = x + slope * (height - y)
      lastY = height
    }
    if y < 0 {
      x -= slope * y
      y = 0
    }
    var row = Int(y)
    let (firstX, firstY) = (x, y)
    while true {
      let floor = Double(row + 1)
      guard floor < lastY else { break }
      let nextX = firstX + slope * (floor - firstY)
      unsafe addPiece(self.row(row), x, nextX, sign * (floor - y))
      x = nextX
      y = floor
      row += 1
    }
    unsafe addPiece(self.row(row), x, lastX, sign * (lastY - y))
  }

  /// Adds a piece that stays within one row and drops by `drop`.
  @inline(__always)
  private func addPiece(
    _ row: UnsafeMutablePointer<Double>, _ from: Double, _ to: Double, _ drop: Double
  ) {
    let left = from < to ? from : to
    let right = from < to ? to : from
    if left >= 0, left < width {
      let column = Int(left)
      if right <= Double(column &+ 1) {
        // The trapezium's share beyond the middle of the piece goes to the next cell.
        let beyond = drop * (0.5 * (left + right) - Double(column))
        unsafe row[column] += drop - beyond
        unsafe row[column &+ 1] += beyond
        return
      }
    }
    unsafe addLongPiece(row, left, right, drop)
  }

  /// Adds a piece over several columns, or beyond the window.
  private func addLongPiece(
    _ row: UnsafeMutablePointer<Double>, _ left: Double, _ right: Double, _ drop: Double
  ) {
    if right <= 0 {
      unsafe row[0] += drop
      return
    }
    guard left < width else { return }
    let perColumn = drop / (right - left)
    var x = left
    if x < 0 {
      unsafe row[0] += perColumn * -x
      x = 0
    }
    let end = min(right, width)
    var column = Int(x)
    while x < end {
      let next = min(Double(column + 1), end)
      let part = perColumn * (next - x)
      let beyond = part * (0.5 * (x + next) - Double(column))
      unsafe row[column] += part - beyond
      unsafe row[column + 1] += beyond
      x = next
      column += 1
    }
  }

  /// Marks, in each row whose center line an edge crosses, the first column with its center east.
  func addCenterCrossings(
    _ startX: Double, _ startY: Double, _ endX: Double, _ endY: Double, _ turn: Double
  ) {
    guard startY != endY else { return }
    let sign = startY < endY ? turn : -turn
    let (x, y) = startY < endY ? (startX, startY) : (endX, endY)
    let (lastX, lastY) = startY < endY ? (endX, endY) : (startX, startY)
    let slope = (lastX - x) / (lastY - y)
    var center = max(0, (y - 0.5).rounded(.up)) + 0.5
    while center < lastY, center < Double(rows) {
      let crossing = (x + slope * (center - y) - 0.5).rounded(.up)
      let column = Int(min(Double(columns), max(0, crossing)))
      unsafe row(Int(center))[column] += sign
      center += 1
    }
  }
}
