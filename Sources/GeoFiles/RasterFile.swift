// Quiebre · GeoFiles
// A raster file of any format to a raster.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import GeoCore

/// Reads one band of a raster file, north up and west to east, NaN where there is no data.
///
/// ESRI ASCII grids are read here, with the coordinate system of the `.prj` file beside them; every
/// other format through GDAL. Longitudes of 0...360 are turned, stored scale and offset applied.
///
/// - Parameters:
///   - path: The file, or `/vsizip/archive.zip/file`.
///   - band: The band, from 1.
///   - crs: The coordinate system, for files that state none.
///   - nodata: A further value that means "no data", as stored (before scale and offset).
///   - onNote: Gets warnings and notes.
/// - Returns: The band as a full block of cells.
/// - Throws: Q601 to Q606 if the file cannot be read, Q310 if it needs GDAL and this build has none,
///   Q350 to Q358 and Q370 to Q374 for what the raster says.
public func readRasterFile(
  path: String, band: Int = 1, crs: CRS? = nil, nodata: Double? = nil,
  onNote: (Diagnostic) -> Void = { _ in }
) throws(DiagnosticList) -> Raster {
  if !isVirtual(path) {
    let head = try InputFile.head(of: path)
    if AsciiGridHeader.opens(head) {
      return try readAsciiGridFile(path, band: band, crs: crs, nodata: nodata, onNote: onNote)
    }
  }
  #if GDAL
    return try readGDALRaster(
      path: path, band: band, stated: crs, nodata: nodata, onNote: onNote)
  #else
    throw DiagnosticList(needsGDAL(path))
  #endif
}

/// How a raster is opened.
public struct RasterReadSettings: Sendable {
  /// The coordinate system, for files that state none.
  public var crs: CRS?
  /// A further value that means "no data", as stored (before scale and offset).
  public var noData: Double?
  /// Bytes that the reader may keep at most.
  public var memory = 256 << 20
  /// Threads that may decompress.
  public var workers = 1

  public init() {}
}

/// Opens bands of a raster file to be read row by row, so that rasters of any size can be joined.
///
/// ESRI ASCII grids are read whole. Grids that lie south up, run west or count longitudes 0...360
/// are turned on reading; what ``readRasterFile(path:band:crs:nodata:onNote:)`` does to values is
/// done to each block.
///
/// - Parameters:
///   - path: The file, or `/vsizip/archive.zip/file`.
///   - bands: The bands, from 1; `nil` for all.
///   - settings: System, no-data value, memory, threads.
///   - onNote: Gets warnings and notes.
/// - Returns: One element per band, all on the same grid.
/// - Throws: As ``readRasterFile(path:band:crs:nodata:onNote:)``, but for Q353 and Q372.
public func openRasterBands(
  path: String, bands: [Int]? = nil, settings: RasterReadSettings,
  onNote: (Diagnostic) -> Void = { _ in }
) throws(DiagnosticList) -> [any RasterRows] {
  if !isVirtual(path) {
    let head = try InputFile.head(of: path)
    if AsciiGridHeader.opens(head) {
      var rasters: [any RasterRows] = []
      for band in bands ?? [1] {
        rasters.append(
          try readAsciiGridFile(
            path, band: band, crs: settings.crs, nodata: settings.noData, onNote: onNote))
      }
      return rasters
    }
  }
  #if GDAL
    return try openGDALBands(path: path, bands: bands, settings: settings, onNote: onNote)
  #else
    throw DiagnosticList(needsGDAL(path))
  #endif
}

private func readAsciiGridFile(
  _ path: String, band: Int, crs: CRS?, nodata: Double?, onNote: (Diagnostic) -> Void
) throws(DiagnosticList) -> Raster {
  guard band == 1 else { throw DiagnosticList(bandFault(path, band: band, count: 1)) }
  let file = try InputFile(reading: path)
  return try readAsciiGrid(
    bytes: file.bytes, name: path, projection: projectionText(beside: path), crs: crs,
    nodata: nodata, onNote: onNote)
}

/// The text of the `.prj` file beside a grid; `nil` if there is none.
private func projectionText(beside path: String) throws(DiagnosticList) -> String? {
  let stem = String(path.dropLast(fileExtension(of: path).count))
  for candidate in [stem + "prj", stem + "PRJ"] where fileExists(candidate) {
    return String(decoding: try InputFile(reading: candidate).bytes, as: UTF8.self)
  }
  return nil
}

func bandFault(_ path: String, band: Int, count: Int) -> Diagnostic {
  Diagnostic(
    .bandMissing, at: SourcePlace(file: path),
    what: LocalizedText(
      en: "'\(path)' has \(count) band(s); band \(band) is asked for",
      es: "'\(path)' tiene \(count) banda(s); se pide la banda \(band)"),
    fix: count == 0
      ? LocalizedText(
        en: "gdalinfo lists its parts; extract one: gdal_translate 'part' out.tif",
        es: "gdalinfo lista sus partes; extraiga una: gdal_translate 'parte' salida.tif")
      : LocalizedText(
        en: "name a band from 1 to \(count)", es: "indique una banda de 1 a \(count)"))
}

/// The fault for a format that only GDAL reads.
func needsGDAL(_ path: String) -> Diagnostic {
  Diagnostic(
    .needsGDAL, at: SourcePlace(file: path),
    what: LocalizedText(
      en: "'\(path)' is in a format that this build cannot read: it was built without GDAL",
      es: "'\(path)' está en un formato que este programa no lee: se compiló sin GDAL"),
    why: LocalizedText(
      en: "without GDAL only GeoJSON, CSV and ESRI ASCII grids are read",
      es: "sin GDAL solo se leen GeoJSON, CSV y grillas ASCII de ESRI"),
    fix: LocalizedText(
      en: """
        build with libgdal-dev installed, or convert: ogr2ogr out.geojson in, \
        gdal_translate -of AAIGrid in out.asc
        """,
      es: """
        compile con libgdal-dev instalado, o convierta: ogr2ogr salida.geojson entrada, \
        gdal_translate -of AAIGrid entrada salida.asc
        """))
}
