// Quiebre · GeoFiles
// From cells as a file stores them to a raster that is north up and west to east.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// Where the cells of a stored band lie.
///
/// The steps may be negative: `stepY > 0` is a band stored south-up.
struct BandLayout: Sendable {
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
    let placement = try placement()
    let cells = placement.cells(rows: 0..<rows, columns: 0..<columns) { someRows, someColumns in
      var part: [Double] = []
      part.reserveCapacity(someRows.count * someColumns.count)
      for row in someRows {
        let start = row * columns
        part += values[start + someColumns.lowerBound..<start + someColumns.upperBound]
      }
      return part
    }
    return Raster(name: name, grid: placement.grid, crs: crs, values: cells)
  }

  /// Where each stored cell goes.
  ///
  /// - Throws: Q357 if longitudes of 0...360 cannot be turned.
  func placement() throws(DiagnosticList) -> BandPlacement {
    let width = abs(stepX)
    let height = abs(stepY)
    var west = stepX > 0 ? originX : originX - Double(columns) * width
    let north = stepY < 0 ? originY : originY + Double(rows) * height
    let cut = crs.isLonLat ? try turnedLongitudes(west: &west, width: width) : 0
    return BandPlacement(
      grid: Grid(
        columns: columns, rows: rows, west: west, north: north, cellWidth: width,
        cellHeight: height),
      isSouthUp: stepY > 0, isWestward: stepX < 0, cut: cut)
  }

  /// Moves longitudes above 180 to the west, where shapes have them.
  ///
  /// - Returns: How many columns come last then.
  private func turnedLongitudes(
    west: inout Double, width: Double
  ) throws(DiagnosticList) -> Int {
    let east = west + Double(columns) * width
    guard east > 180 + width * 0.5001 else { return 0 }
    if west >= 180 - width * 0.5001, east <= 540 {
      west -= 360
      return 0
    }
    guard abs(east - west - 360) < width * 1e-3, west >= -180 else {
      throw DiagnosticList(acrossFault(west: west, east: east))
    }
    let cut = min(Int(((180 - west) / width + 1e-6).rounded(.down)), columns)
    west += Double(cut) * width - 360
    return cut % columns
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

/// Sets cells without data to NaN: the given values, three at most, and infinities.
func emptyCells(of values: inout [Double], equalTo empty: [Double]) {
  let first = empty.first ?? .nan
  let second = empty.dropFirst().first ?? first
  let third = empty.dropFirst(2).first ?? first
  for index in values.indices {
    let value = values[index]
    let isEmpty =
      value == first || value == second || value == third || abs(value) == .infinity
    values[index] = isEmpty ? .nan : value
  }
}
