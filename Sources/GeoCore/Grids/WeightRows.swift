// Quiebre · GeoCore
// A weight raster dealt out to the cells of another grid: each gets the sum of what lies under it.
// SPDX-License-Identifier: Apache-2.0

/// Weights dealt out to another grid of the same coordinate reference system.
///
/// A cell gets the weights under it, each by the part of itself that lies there in the plane: so
/// counts are conserved, and densities keep their proportions. Weights without data weigh nothing;
/// a cell with none under it is NaN. Cells that coincide, to a millionth of a cell, keep their
/// weight as it is.
struct WeightRows: RasterRows {
  private let source: any RasterRows
  let grid: Grid
  private let across: [CellOverlaps]
  private let along: [CellOverlaps]

  var name: String { source.name }
  var crs: CRS { source.crs }
  var blockRows: Int { 1 }
  var valueLimit: Int? { nil }
  var resident: [Double]? { nil }

  /// - Throws: ``ZonalError/weightCRSDiffers(raster:weight:)``.
  init(_ source: any RasterRows, for raster: any RasterRows) throws(ZonalError) {
    guard source.crs == raster.crs else {
      throw .weightCRSDiffers(raster: raster.name, weight: source.name)
    }
    self.source = source
    grid = raster.grid
    let other = source.grid
    across = cellOverlaps(
      count: grid.columns, start: grid.west - other.west, size: grid.cellWidth,
      otherCount: other.columns, otherSize: other.cellWidth)
    along = cellOverlaps(
      count: grid.rows, start: other.north - grid.north, size: grid.cellHeight,
      otherCount: other.rows, otherSize: other.cellHeight)
  }

  /// - Throws: ``ZonalError/negativeWeight(weight:row:column:)``, and what the source throws.
  func cells(rows: Range<Int>, columns: Range<Int>) throws -> [Double] {
    var cells = [Double](repeating: .nan, count: rows.count * columns.count)
    guard let sourceRows = span(of: along[rows]), let sourceColumns = span(of: across[columns])
    else { return cells }
    let piece = max(1, Self.pieceCells / sourceColumns.count)
    var held = 0..<0
    var read: [Double] = []
    for row in rows {
      let needed = along[row].range
      guard !needed.isEmpty else { continue }
      if held.isEmpty || needed.lowerBound < held.lowerBound
        || needed.upperBound > held.upperBound
      {
        let end = min(sourceRows.upperBound, max(needed.upperBound, needed.lowerBound + piece))
        held = needed.lowerBound..<end
        read = try checked(rows: held, columns: sourceColumns)
      }
      let block = SourceBlock(cells: read, rows: held, columns: sourceColumns)
      for column in columns {
        cells[(row - rows.lowerBound) * columns.count + column - columns.lowerBound] =
          block.total(along[row], across[column])
      }
    }
    return cells
  }

  private func checked(rows: Range<Int>, columns: Range<Int>) throws -> [Double] {
    let read = try source.cells(rows: rows, columns: columns)
    if let index = read.firstIndex(where: { $0 < 0 }) {
      throw ZonalError.negativeWeight(
        weight: name, row: rows.lowerBound + index / columns.count,
        column: columns.lowerBound + index % columns.count)
    }
    return read
  }

  /// Cells of the source that are read at once, unless one row of cells needs more.
  private static let pieceCells = 1 << 19

  private func span(of overlaps: ArraySlice<CellOverlaps>) -> Range<Int>? {
    let ranges = overlaps.map(\.range).filter { !$0.isEmpty }
    guard let first = ranges.first, let last = ranges.last else { return nil }
    return first.lowerBound..<last.upperBound
  }
}

/// Rows of the source in memory.
private struct SourceBlock {
  let cells: [Double]
  let rows: Range<Int>
  let columns: Range<Int>

  /// The sum over a block of cells, each by its part; NaN without data.
  func total(_ along: CellOverlaps, _ across: CellOverlaps) -> Double {
    var sum = Double.nan
    for (row, height) in zip(along.range, along.parts) {
      for (column, width) in zip(across.range, across.parts) {
        let value = value(row, column)
        guard !value.isNaN else { continue }
        sum = (sum.isNaN ? 0 : sum) + width * height * value
      }
    }
    return sum
  }

  private func value(_ row: Int, _ column: Int) -> Double {
    cells[(row - rows.lowerBound) * columns.count + column - columns.lowerBound]
  }
}

/// Which cells of one axis lie under a cell of another grid, and what part of each.
private struct CellOverlaps {
  var range: Range<Int>
  /// One per element of the range.
  var parts: [Double]
}

/// The overlaps of every cell of an axis.
///
/// - Parameters:
///   - count: Cells of the axis.
///   - start: Where the axis starts, from the other's start.
///   - size: Of its cells.
///   - otherCount: Cells of the other axis.
///   - otherSize: Their size.
/// - Returns: One element per cell of the axis.
private func cellOverlaps(
  count: Int, start: Double, size: Double, otherCount: Int, otherSize: Double
) -> [CellOverlaps] {
  (0..<count).map { index in
    let from = snapped((start + Double(index) * size) / otherSize)
    let to = snapped((start + Double(index + 1) * size) / otherSize)
    let first = max(0, min(from.rounded(.down), Double(otherCount)))
    let last = max(first, min(to.rounded(.up), Double(otherCount)))
    let range = Int(first)..<Int(last)
    return CellOverlaps(
      range: range, parts: range.map { min(to, Double($0) + 1) - max(from, Double($0)) })
  }
}

/// A position on a cell's edge, if it is within a millionth of a cell of it.
private func snapped(_ position: Double) -> Double {
  abs(position - position.rounded()) <= 1e-6 ? position.rounded() : position
}
