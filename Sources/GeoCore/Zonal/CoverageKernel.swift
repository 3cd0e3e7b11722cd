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
  private let positions: CellPositions
  private var sums: UnsafeMutableBufferPointer<Double>

  init(grid: Grid, rule: CellRule) {
    self.grid = grid
    self.rule = rule
    positions = CellPositions(grid)
    unsafe sums = UnsafeMutableBufferPointer.allocate(capacity: 4096)
  }

  deinit { unsafe sums.deallocate() }

  /// Visits the rows of cells under a shape, from north to south.
  ///
  /// What a row gets doesn't depend on the rows visited with it, to the last bit.
  ///
  /// - Parameters:
  ///   - shape: Made ready for the same grid.
  ///   - rows: Only these rows of the grid; `nil` for all.
  ///   - body: Gets the coverage of each row, over the columns of the shape's window.
  func visit(_ shape: ZonalShape, rows: Range<Int>? = nil, body: (CoverageRow) -> Void) {
    guard let window = shape.window else { return }
    let all = 0..<window.rows
    let wanted = rows.map {
      all.clamped(to: $0.lowerBound - window.firstRow..<$0.upperBound - window.firstRow)
    }
    visitBands(shape, window, rows: wanted ?? all, body)
  }

  /// Visits rows of the window, as many at a time as the buffer may hold.
  private func visitBands(
    _ shape: ZonalShape, _ window: CellWindow, rows: Range<Int>, _ body: (CoverageRow) -> Void
  ) {
    let stride = window.columns + 2
    let bandRows = max(1, min(rows.count, Self.bandCells / stride))
    reserve(bandRows * stride)
    for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: bandRows) {
      let last = min(first + bandRows, rows.upperBound)
      let band = unsafe CoverageBand(
        sums: sums.baseAddress.unsafelyUnwrapped, window: window, rows: first..<last)
      band.clear()
      accumulate(shape, window, into: band)
      for row in first..<last {
        unsafe body(
          CoverageRow(
            row: window.firstRow + row, steps: band.row(row), columns: window.columns,
            noise: shape.noise))
      }
    }
  }

  private func reserve(_ count: Int) {
    guard unsafe count > sums.count else { return }
    unsafe sums.deallocate()
    unsafe sums = UnsafeMutableBufferPointer.allocate(capacity: count)
  }

  private func accumulate(_ shape: ZonalShape, _ window: CellWindow, into band: CoverageBand) {
    var ring = 0
    for polygon in shape.shape.polygons {
      add(polygon.shell, sign: shape.ringSigns[ring], window, to: band)
      ring += 1
      for hole in polygon.holes {
        add(hole, sign: shape.ringSigns[ring], window, to: band)
        ring += 1
      }
    }
  }

  /// Adds a ring's edges, in cells of the window with rows counted downward.
  private func add(_ ring: [Point], sign: Double, _ window: CellWindow, to band: CoverageBand) {
    // Copies: after each write to the band, members of a class would be read anew.
    let positions = positions
    let corner = SIMD2(Double(window.firstColumn), Double(window.firstRow))
    unsafe ring.withUnsafeBufferPointer { points in
      guard points.count > 1 else { return }
      var last = unsafe positions.position(of: points[0]) - corner
      switch rule {
      case .coveredFraction:
        for index in 1..<points.count {
          let next = unsafe positions.position(of: points[index]) - corner
          band.addEdge(last.x, last.y, next.x, next.y, sign)
          last = next
        }
      case .cellCenter:
        for index in 1..<points.count {
          let next = unsafe positions.position(of: points[index]) - corner
          band.addCenterCrossings(last.x, last.y, next.x, next.y, sign)
          last = next
        }
      }
    }
  }
}

/// Where points lie in the cells of a grid: columns to the east, rows to the south.
private struct CellPositions {
  private let origin: SIMD2<Double>
  private let scale: SIMD2<Double>
  private let snap: SIMD2<Double>

  init(_ grid: Grid) {
    origin = SIMD2(grid.west, grid.north)
    // 1 / 0.01 is 100 exactly: multiplying puts decimal coordinates on decimal cell edges where
    // dividing by 0.01 would miss them.
    scale = SIMD2(1 / grid.cellWidth, -1 / grid.cellHeight)
    let east = grid.west + Double(grid.columns) * grid.cellWidth
    let south = grid.north - Double(grid.rows) * grid.cellHeight
    // A vertex within four units in the last place of a cell's edge lies on it.
    snap = SIMD2(
      min(1e-9, 4 * max(abs(grid.west), abs(east)).ulp / grid.cellWidth),
      min(1e-9, 4 * max(abs(grid.north), abs(south)).ulp / grid.cellHeight))
  }

  @inline(__always)
  func position(of point: Point) -> SIMD2<Double> {
    let position = (SIMD2(point.x, point.y) - origin) * scale
    // Adding 1.5 · 2^52 drops the fraction: the nearest integer of a number below 2^51; others are
    // integers or far from the grid anyway.
    let large = 6_755_399_441_055_744.0
    let edge = (position + large) - large
    let distance = position - edge
    return position.replacing(with: edge, where: (distance .<= snap) .& (distance .>= -snap))
  }
}
