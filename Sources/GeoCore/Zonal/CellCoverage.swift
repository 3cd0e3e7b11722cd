// Quiebre · GeoCore
// The covered fraction of each cell as a plain value, for tests and tools.
// SPDX-License-Identifier: Apache-2.0

/// The fractions of the cells that one shape covers, over the block of cells that its box touches.
public struct CellCoverage: Hashable, Sendable {
  public let firstColumn: Int
  public let firstRow: Int
  public let columns: Int
  public let rows: Int
  /// The `rows * columns` fractions in 0...1, row by row from the north-west corner of the block.
  public let fractions: [Double]
  /// Cells with a sum outside 0...1 by more than 1e-9, left as found.
  ///
  /// Not 0 only for an invalid shape: parts that overlap, a hole outside its shell.
  public let faultyCells: Int

  /// The sum of fractions: the area of the shape on the grid, in cells.
  public var sum: Double { fractions.reduce(0, +) }

  /// The fraction of a cell of the grid; 0 outside the block.
  public func fraction(row: Int, column: Int) -> Double {
    let (row, column) = (row - firstRow, column - firstColumn)
    guard (0..<rows).contains(row), (0..<columns).contains(column) else { return 0 }
    return fractions[row * columns + column]
  }
}

/// How much of each cell a shape covers; an empty block if it misses the grid.
///
/// - Parameters:
///   - shape: In the grid's coordinates.
///   - grid: Any grid; areas are taken in its plane.
///   - rule: Exact fractions, or 0 and 1 by cell centers.
/// - Returns: The fractions, over the block of cells that the shape's box touches.
/// - Complexity: O(points + cells crossed + cells of the block).
public func coverage(
  of shape: MultiPolygon, on grid: Grid, rule: CellRule = .coveredFraction
) -> CellCoverage {
  let kernel = CoverageKernel(grid: grid, rule: rule)
  var fractions: [Double] = []
  var faulty = 0
  let ready = ZonalShape(shape, on: grid)
  if let ready {
    fractions.reserveCapacity((ready.window?.rows ?? 0) * (ready.window?.columns ?? 0))
    kernel.visit(ready) { row in
      var running = 0.0
      for column in 0..<row.columns {
        running += unsafe row.steps[column]
        if !(running >= -1e-9 && running <= 1 + 1e-9) {
          faulty += 1
          fractions.append(running)
        } else {
          fractions.append(tidied(running, noise: row.noise))
        }
      }
    }
  }
  let window = ready?.window ?? CellWindow(whole: 0, 0)
  return CellCoverage(
    firstColumn: window.firstColumn, firstRow: window.firstRow, columns: window.columns,
    rows: window.rows, fractions: fractions, faultyCells: faulty)
}

/// A fraction without the rounding errors of a running sum.
@inline(__always)
func tidied(_ fraction: Double, noise: Double) -> Double {
  fraction <= noise ? 0 : fraction >= 1 - noise ? 1 : fraction
}

extension Grid {
  /// Outer edges of the grid.
  public var box: BoundingBox {
    BoundingBox(
      minX: west, minY: north - Double(rows) * cellHeight,
      maxX: west + Double(columns) * cellWidth, maxY: north)
  }

  /// The center of a cell.
  public func center(row: Int, column: Int) -> Point {
    Point(
      x: west + (Double(column) + 0.5) * cellWidth, y: north - (Double(row) + 0.5) * cellHeight)
  }
}
