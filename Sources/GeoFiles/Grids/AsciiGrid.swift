// Quiebre · GeoFiles
// ESRI ASCII grids to rasters: the one raster format that needs no library.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
public import GeoCore

/// Reads an ESRI ASCII grid.
///
/// The lower left corner may be given as a corner or a cell center, the cell size as one number or
/// as `dx` and `dy`. Without a NODATA_value line -9999 counts as empty, as the format's definition
/// says; a note tells. Longitudes of 0...360 are turned.
///
/// - Parameters:
///   - bytes: The file.
///   - name: The file's name for messages.
///   - projection: The text of the `.prj` file beside the grid, if there is one; it wins over `crs`.
///   - crs: The system that the caller states.
///   - nodata: A further value that means "no data".
///   - onNote: Gets warnings and notes.
/// - Returns: The grid's values as a raster.
/// - Throws: Q350 to Q353, Q355, Q357; up to 50 faults at once.
public func readAsciiGrid(
  bytes: [UInt8], name: String, projection: String? = nil, crs: CRS? = nil, nodata: Double? = nil,
  onNote: (Diagnostic) -> Void = { _ in }
) throws(DiagnosticList) -> Raster {
  let header = try AsciiGridHeader(bytes: bytes, name: name)
  let body = AsciiGridValues(bytes: bytes, name: name, header: header)
  guard body.faults.isEmpty else { throw DiagnosticList(body.faults) }
  let settled = try gridCRS(
    name: name, projection: projection, stated: crs, grid: header.grid, onNote: onNote)
  var values = body.values
  if header.noData == nil, nodata == nil, values.contains(-9999) {
    onNote(noDataNote(name))
  }
  let fileNoData = header.noData ?? (nodata == nil ? -9999 : nil)
  emptyCells(of: &values, equalTo: [fileNoData, nodata].compactMap(\.self))
  let layout = BandLayout(
    name: name, crs: settled, columns: header.grid.columns, rows: header.grid.rows,
    originX: header.grid.west, originY: header.grid.north, stepX: header.grid.cellWidth,
    stepY: -header.grid.cellHeight)
  return try layout.raster(of: values)
}

private func gridCRS(
  name: String, projection: String?, stated: CRS?, grid: Grid, onNote: (Diagnostic) -> Void
) throws(DiagnosticList) -> CRS {
  if let projection {
    guard let crs = CRS(projectionFile: projection) else {
      throw DiagnosticList(
        Diagnostic(
          .crsUnknown, at: SourcePlace(file: name),
          what: LocalizedText(
            en: "the .prj file beside '\(name)' is not well-known text",
            es: "el archivo .prj junto a '\(name)' no es texto WKT"),
          fix: LocalizedText(
            en: "remove it and state crs = \"EPSG:…\"",
            es: "quítelo e indique crs = \"EPSG:…\"")))
    }
    if let stated, stated != crs { onNote(statedIgnored(stated, name: name)) }
    return crs
  }
  return try assumedCRS(name: name, stated: stated, grid: grid, onNote: onNote)
}

private func noDataNote(_ name: String) -> Diagnostic {
  Diagnostic(
    .noDataAssumed, .note, at: SourcePlace(file: name),
    what: LocalizedText(
      en: "'\(name)' has no NODATA_value line; its cells of -9999 count as empty",
      es: "'\(name)' no tiene NODATA_value; sus celdas con -9999 cuentan como vacías"))
}
