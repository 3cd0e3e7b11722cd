// Quiebre · GeoFiles
// From cells as a file stores them to a raster that is north up and west to east.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// Where the cells of a stored band lie.
///
/// The steps may be negative: `stepY > 0` is a band stored south-up.
struct BandLayout {
  let name: String
  let crs: CRS
  let columns: Int
  let rows: Int
  /// The outer corner of the first stored cell, in CRS units.
  let originX: Double
  let originY: Double
  let stepX: Double
  let stepY: Double

  /// The raster of `values`, stored row by row from the first cell.
  ///
  /// - Throws: Q353 if no cell holds data; Q357 if longitudes of 0...360 cannot be turned.
  func raster(of values: [Double]) throws(DiagnosticList) -> Raster {
    guard values.contains(where: { !$0.isNaN }) else {
      throw DiagnosticList(
        Diagnostic(
          .gridWithoutData, at: SourcePlace(file: name),
          what: LocalizedText(
            en: "none of the \(values.count) cells of '\(name)' holds data",
            es: "ninguna de las \(values.count) celdas de '\(name)' tiene datos"),
          fix: LocalizedText(
            en: "check the no-data value and the band",
            es: "revise el valor sin dato y la banda")))
    }
    var cells = values
    if stepY > 0 { cells = flippedRows(cells) }
    if stepX < 0 { cells = flippedColumns(cells) }
    let width = abs(stepX)
    let height = abs(stepY)
    var west = stepX > 0 ? originX : originX - Double(columns) * width
    let north = stepY < 0 ? originY : originY + Double(rows) * height
    if crs.isLonLat { try turnLongitudes(&cells, west: &west, width: width) }
    let grid = Grid(
      columns: columns, rows: rows, west: west, north: north, cellWidth: width, cellHeight: height)
    return Raster(name: name, grid: grid, crs: crs, values: cells)
  }

  private func flippedRows(_ cells: [Double]) -> [Double] {
    var turned: [Double] = []
    turned.reserveCapacity(cells.count)
    for row in (0..<rows).reversed() { turned += cells[row * columns..<(row + 1) * columns] }
    return turned
  }

  private func flippedColumns(_ cells: [Double]) -> [Double] {
    var turned: [Double] = []
    turned.reserveCapacity(cells.count)
    for row in 0..<rows { turned += cells[row * columns..<(row + 1) * columns].reversed() }
    return turned
  }

  /// Moves longitudes above 180 to the west, where shapes have them.
  private func turnLongitudes(
    _ cells: inout [Double], west: inout Double, width: Double
  ) throws(DiagnosticList) {
    let east = west + Double(columns) * width
    guard east > 180 + width * 0.5001 else { return }
    if west >= 180 - width * 0.5001, east <= 540 {
      west -= 360
      return
    }
    guard abs(east - west - 360) < width * 1e-3, west >= -180 else {
      throw DiagnosticList(acrossFault(west: west, east: east))
    }
    let cut = min(Int(((180 - west) / width + 1e-6).rounded(.down)), columns)
    var turned: [Double] = []
    turned.reserveCapacity(cells.count)
    for row in 0..<rows {
      turned += cells[row * columns + cut..<(row + 1) * columns]
      turned += cells[row * columns..<row * columns + cut]
    }
    cells = turned
    west += Double(cut) * width - 360
  }

  private func acrossFault(west: Double, east: Double) -> Diagnostic {
    Diagnostic(
      .longitudesAcross, at: SourcePlace(file: name),
      what: LocalizedText(
        en: "the longitudes of '\(name)' run from \(west) to \(east), across 180°",
        es: "las longitudes de '\(name)' van de \(west) a \(east), a través de 180°"),
      fix: LocalizedText(
        en: "cut out the country: gdalwarp -t_srs EPSG:4326 -te west south east north",
        es: "recorte el país: gdalwarp -t_srs EPSG:4326 -te oeste sur este norte"))
  }
}

/// Sets cells without data to NaN: the given values and infinities.
func emptyCells(of values: inout [Double], equalTo empty: [Double]) {
  for index in values.indices {
    let value = values[index]
    if value.isInfinite || empty.contains(value) { values[index] = .nan }
  }
}
