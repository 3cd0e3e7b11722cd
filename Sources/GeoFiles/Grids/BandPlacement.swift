// Quiebre · GeoFiles
// Which stored cells make up a block of a grid that is north up and runs west to east.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// A stored band's grid and how its cells are turned to fill it.
struct BandPlacement: Sendable {
  let grid: Grid
  /// Stored from south to north.
  let isSouthUp: Bool
  /// Stored from east to west.
  let isWestward: Bool
  /// Columns, from the west as stored, that come last on the grid: longitudes below 180 of a grid
  /// of 0...360.
  let cut: Int

  /// A block of the grid, row by row from its north-west corner.
  ///
  /// - Parameters:
  ///   - rows: Of the grid.
  ///   - columns: Of the grid.
  ///   - read: Gives a block as stored, row by row.
  /// - Returns: `rows.count * columns.count` cells.
  func cells(
    rows: Range<Int>, columns: Range<Int>,
    read: (_ rows: Range<Int>, _ columns: Range<Int>) throws -> [Double]
  ) rethrows -> [Double] {
    let storedRows = isSouthUp ? mirrored(rows, in: grid.rows) : rows
    let pieces = storedColumns(columns)
    if !isSouthUp, !isWestward, pieces.count == 1 { return try read(storedRows, pieces[0]) }
    let blocks = try pieces.map { try read(storedRows, $0) }
    var cells: [Double] = []
    cells.reserveCapacity(rows.count * columns.count)
    for row in 0..<rows.count {
      let stored = isSouthUp ? rows.count - 1 - row : row
      for (piece, block) in zip(pieces, blocks) {
        let part = block[stored * piece.count..<(stored + 1) * piece.count]
        if isWestward { cells += part.reversed() } else { cells += part }
      }
    }
    return cells
  }

  /// Stored columns in the order in which the grid has them; one range, or two around the cut.
  private func storedColumns(_ columns: Range<Int>) -> [Range<Int>] {
    let all = grid.columns
    let shifted = columns.lowerBound + cut..<columns.upperBound + cut
    let pieces = [shifted.clamped(to: 0..<all), shifted.clamped(to: all..<2 * all)]
    return pieces.filter { !$0.isEmpty }.map { piece in
      let start = piece.lowerBound % all
      let plain = start..<start + piece.count
      return isWestward ? mirrored(plain, in: all) : plain
    }
  }
}

private func mirrored(_ range: Range<Int>, in count: Int) -> Range<Int> {
  count - range.upperBound..<count - range.lowerBound
}
