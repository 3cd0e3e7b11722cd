// Quiebre · GeoCore
// A band of rows in which edges leave their signed area: the inner loop of coverage.
// SPDX-License-Identifier: Apache-2.0

/// Some rows of a window, each with two sums more than it has columns for what lies to the east.
///
/// Edges come in cells of the window and are followed from their own start, wherever the band
/// begins: so rows get the same sums, to the last bit, however a window is cut into bands.
///
/// Safe: every access stays within `rows.count * (columns + 2)` sums, for any coordinates.
@safe struct CoverageBand {
  let sums: UnsafeMutablePointer<Double>
  let columns: Int
  /// Rows of the window.
  let rows: Range<Int>
  private let width: Double
  /// The window's height and the band's edges.
  private let height: Double
  private let top: Double
  private let bottom: Double

  /// A band in a buffer that holds `rows.count * (window.columns + 2)` sums.
  init(sums: UnsafeMutablePointer<Double>, window: CellWindow, rows: Range<Int>) {
    unsafe self.sums = sums
    columns = window.columns
    self.rows = rows
    width = Double(window.columns)
    height = Double(window.rows)
    top = Double(rows.lowerBound)
    bottom = Double(rows.upperBound)
  }

  func clear() { unsafe sums.update(repeating: 0, count: rows.count * (columns + 2)) }

  /// The sums of a row of the window that lies in the band.
  @inline(__always)
  func row(_ index: Int) -> UnsafeMutablePointer<Double> {
    unsafe sums + (index &- rows.lowerBound) &* (columns &+ 2)
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
    guard lastY > top, y < bottom else { return }
    if y >= top {
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
    var (firstX, firstY) = (startX, startY)
    var (lastX, lastY) = (endX, endY)
    if lastY > height {
      lastX = firstX + slope * (height - firstY)
      lastY = height
    }
    if firstY < 0 {
      firstX -= slope * firstY
      firstY = 0
    }
    var row = max(Int(firstY), rows.lowerBound)
    var (x, y) = (firstX, firstY)
    if Double(row) > firstY {
      y = Double(row)
      x = firstX + slope * (y - firstY)
    }
    while row < rows.upperBound {
      let floor = Double(row + 1)
      guard floor < lastY else {
        unsafe addPiece(self.row(row), x, lastX, sign * (lastY - y))
        return
      }
      let nextX = firstX + slope * (floor - firstY)
      unsafe addPiece(self.row(row), x, nextX, sign * (floor - y))
      x = nextX
      y = floor
      row += 1
    }
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
    var center = max(top, (y - 0.5).rounded(.up)) + 0.5
    while center < lastY, center < bottom {
      let crossing = (x + slope * (center - y) - 0.5).rounded(.up)
      let column = Int(min(Double(columns), max(0, crossing)))
      unsafe row(Int(center))[column] += sign
      center += 1
    }
  }
}
