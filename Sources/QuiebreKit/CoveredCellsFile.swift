// Quiebre · QuiebreKit
// `--cells`: the covered cells with their fractions, written while the raster passes by.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore

/// A CSV table of cells: from north to south, in a row polygon by polygon, then west to east.
final class CoveredCellsFile {
  private let file: StreamedFile
  private let codes: [String]
  private let grid: Grid
  private let hasWeight: Bool

  init(path: String, codes: [String], raster: RasterTableRequest) throws(DiagnosticList) {
    file = try StreamedFile(path: path)
    self.codes = codes
    grid = raster.bands[0].grid
    hasWeight = raster.weight != nil
    var writer = CSVWriter(style: .point)
    for name in ["code", "row", "column", "x", "y", "fraction", "cell_area"] { writer.text(name) }
    for prefix in raster.prefixes { writer.text(prefix + "value") }
    if hasWeight { writer.text("weight") }
    writer.endRow()
    try file.append(writer.finished())
  }

  /// Appends the cells of one strip.
  func add(_ cells: [CoveredCell]) throws(DiagnosticList) {
    guard !cells.isEmpty else { return }
    var writer = CSVWriter(style: .point, reservingBytes: 100 * cells.count)
    for cell in cells {
      let center = grid.center(row: cell.place.row, column: cell.place.column)
      writer.text(codes[cell.shape])
      writer.integer(cell.place.row + 1)
      writer.integer(cell.place.column + 1)
      for number in [center.x, center.y, cell.fraction, cell.area] {
        writer.text(plainText(number))
      }
      for value in cell.values { writer.text(value.isNaN ? nil : plainText(value)) }
      if hasWeight { writer.text(cell.weight.isNaN ? nil : plainText(cell.weight)) }
      writer.endRow()
    }
    // A table of its own starts with a byte order mark.
    try file.append(Array(writer.finished().dropFirst(3)))
  }

  /// Gives the file its name.
  func finish() throws(DiagnosticList) { try file.finish() }
}
