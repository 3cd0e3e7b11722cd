// Quiebre · GeoFiles
// Bands of GeoTIFF and whatever else GDAL opens.
// SPDX-License-Identifier: Apache-2.0

#if GDAL
  import Diagnostics
  import Formats
  import GeoCore

  /// Reads a band through GDAL: scaled, turned north up, NaN where there is no data.
  ///
  /// - Parameters:
  ///   - path: What GDAL opens.
  ///   - number: The band, from 1.
  ///   - stated: The system, for files that state none.
  ///   - nodata: A further value that means "no data", before scale and offset.
  ///   - onNote: Gets warnings and notes.
  /// - Returns: The band as a full block of cells.
  /// - Throws: Q353 to Q358, Q370 to Q374.
  func readGDALRaster(
    path: String, band number: Int, stated: CRS?, nodata: Double?, onNote: (Diagnostic) -> Void
  ) throws(DiagnosticList) -> Raster {
    let dataset = try openedRaster(path)
    let stored = try StoredBand(
      of: dataset, number: number, stated: stated, nodata: nodata, onNote: onNote)
    let (columns, rows) = (stored.layout.columns, stored.layout.rows)
    guard columns * rows <= mostCells else {
      throw DiagnosticList(sizeFault(stored.layout.name, columns: columns, rows: rows))
    }
    return try stored.layout.raster(
      of: stored.cells(of: dataset, rows: 0..<rows, columns: 0..<columns))
  }

  /// Opens bands of a raster for reading row by row; see ``openRasterBands(path:bands:settings:onNote:)``.
  func openGDALBands(
    path: String, bands: [Int]?, settings: RasterReadSettings, onNote: (Diagnostic) -> Void
  ) throws(DiagnosticList) -> [any RasterRows] {
    let file = try GDALRasterSource(opening: path, threads: settings.workers)
    let numbers = bands ?? Array(1...max(1, file.bandCount))
    var stored: [(band: StoredBand, placement: BandPlacement)] = []
    for number in numbers {
      let band = try file.band(
        number, stated: settings.crs, nodata: settings.noData, onNote: onNote)
      stored.append((band, try band.layout.placement()))
    }
    let blockRow = stored.reduce(0) { $0 + $1.band.blockRowBytes }
    // A row of blocks serves several strips, which end where it ends.
    GDALDataset.setBlockMemory(
      bytes: min(max(blockRow / 8 * 9 + (1 << 20), 8 << 20), max(settings.memory / 8 * 3, 1 << 20)))
    return stored.map { GDALRows(source: file, band: $0.band, placement: $0.placement) }
  }

  func openedRaster(
    _ path: String, threads: Int = 1
  ) throws(DiagnosticList) -> GDALDataset {
    do throws(GDALFailure) {
      return try GDALDataset(opening: path, as: .raster, threads: threads)
    } catch {
      throw DiagnosticList(gdalFault(path, error))
    }
  }

  /// One band with all that is needed to make values of its cells.
  struct StoredBand: Sendable {
    let layout: BandLayout
    let blockRows: Int
    let blockRowBytes: Int
    let valueLimit: Int?
    private let number: Int
    private let empty: [Double]
    private let scale: Double
    private let offset: Double

    init(
      of dataset: GDALDataset, number: Int, stated: CRS?, nodata: Double?,
      onNote: (Diagnostic) -> Void
    ) throws(DiagnosticList) {
      let count = dataset.bandCount
      guard number >= 1, number <= count else {
        throw DiagnosticList(bandFault(dataset.path, band: number, count: count))
      }
      let band = dataset.band(number)
      let name = count > 1 ? "\(dataset.path) (band \(number))" : dataset.path
      layout = try bandLayout(of: band, name: name, stated: stated, onNote: onNote)
      self.number = number
      // A float's tag is often written with fewer digits than its cells hold.
      let tag = band.noData.map { band.isSingle ? [$0, Double(Float($0))] : [$0] } ?? []
      empty = tag + (nodata.map { [$0] } ?? [])
      (scale, offset) = (band.scale, band.offset)
      blockRows = band.blockRows
      blockRowBytes = band.blockRows * band.columns * band.bytesPerCell
      valueLimit = band.valueLimit
      if scale != 1 || offset != 0 { onNote(scaleNote(band, name: name)) }
    }

    /// A block as stored, in values.
    ///
    /// - Throws: Q370.
    func cells(
      of dataset: GDALDataset, rows: Range<Int>, columns: Range<Int>
    ) throws(DiagnosticList) -> [Double] {
      var cells: [Double]
      do throws(GDALFailure) {
        cells = try dataset.cells(ofBand: number, rows: rows, columns: columns)
      } catch {
        throw DiagnosticList(gdalFault(dataset.path, error))
      }
      emptyCells(of: &cells, equalTo: empty)
      if scale != 1 || offset != 0 {
        for index in cells.indices {
          let scaled = cells[index] * scale
          cells[index] = scaled + offset
        }
        emptyCells(of: &cells, equalTo: [])
      }
      return cells
    }
  }

  /// Where a band's cells lie, or why that cannot be used.
  private func bandLayout(
    of band: GDALBand, name: String, stated: CRS?, onNote: (Diagnostic) -> Void
  ) throws(DiagnosticList) -> BandLayout {
    guard !band.isComplex else { throw DiagnosticList(complexFault(name)) }
    guard let transform = band.transform, transform.allSatisfy(\.isFinite),
      transform[1] != 0, transform[5] != 0
    else { throw DiagnosticList(placeFault(name)) }
    let width = abs(transform[1]) * 1e-6
    let height = abs(transform[5]) * 1e-6
    // Rounding may leave a crumb of rotation: a millionth of a cell over the whole raster.
    guard abs(transform[2]) * Double(band.rows) <= width,
      abs(transform[4]) * Double(band.columns) <= height
    else { throw DiagnosticList(rotationFault(name)) }
    if let own = band.crs, let stated, stated != own { onNote(statedIgnored(stated, name: name)) }
    let grid = Grid(
      columns: band.columns, rows: band.rows,
      west: min(transform[0], transform[0] + Double(band.columns) * transform[1]),
      north: max(transform[3], transform[3] + Double(band.rows) * transform[5]),
      cellWidth: abs(transform[1]), cellHeight: abs(transform[5]))
    let crs: CRS
    if let own = band.crs {
      crs = own
    } else {
      crs = try assumedCRS(name: name, stated: stated, grid: grid, onNote: onNote)
    }
    return BandLayout(
      name: name, crs: crs, columns: band.columns, rows: band.rows, originX: transform[0],
      originY: transform[3], stepX: transform[1], stepY: transform[5])
  }

  /// Two gigabytes of cells: above that a national map has no use for the detail.
  private let mostCells = 1 << 28

  private func complexFault(_ name: String) -> Diagnostic {
    Diagnostic(
      .bandUnusable, at: SourcePlace(file: name),
      what: LocalizedText(
        en: "the cells of '\(name)' are complex numbers",
        es: "las celdas de '\(name)' son números complejos"),
      fix: LocalizedText(
        en: "name a band of plain numbers", es: "indique una banda de números simples"))
  }

  private func sizeFault(_ name: String, columns: Int, rows: Int) -> Diagnostic {
    Diagnostic(
      .rasterTooLarge, at: SourcePlace(file: name),
      what: LocalizedText(
        en: "'\(name)' has \(columns) × \(rows) cells, more than \(mostCells)",
        es: "'\(name)' tiene \(columns) × \(rows) celdas, más de \(mostCells)"),
      fix: LocalizedText(
        en: "cut out the country or use coarser cells: gdalwarp -te … -tr … -r average in out.tif",
        es:
          "recorte el país o use celdas mayores: gdalwarp -te … -tr … -r average entrada salida.tif"
      ))
  }

  private func placeFault(_ name: String) -> Diagnostic {
    Diagnostic(
      .rasterWithoutPlace, at: SourcePlace(file: name),
      what: LocalizedText(
        en: "'\(name)' does not say where its cells lie",
        es: "'\(name)' no dice dónde están sus celdas"),
      fix: LocalizedText(
        en:
          "gdal_translate -a_ullr west north east south -a_srs EPSG:… in out.tif (control points: gdalwarp)",
        es:
          "gdal_translate -a_ullr oeste norte este sur -a_srs EPSG:… entrada salida.tif (puntos de control: gdalwarp)"
      ))
  }

  private func rotationFault(_ name: String) -> Diagnostic {
    Diagnostic(
      .rasterRotated, at: SourcePlace(file: name),
      what: LocalizedText(
        en: "the rows of '\(name)' don't run from west to east",
        es: "las filas de '\(name)' no van de oeste a este"),
      fix: LocalizedText(
        en: "turn it: gdalwarp -t_srs EPSG:4326 in out.tif",
        es: "gírelo: gdalwarp -t_srs EPSG:4326 entrada salida.tif"))
  }

  private func scaleNote(_ band: GDALBand, name: String) -> Diagnostic {
    Diagnostic(
      .bandScaled, .note, at: SourcePlace(file: name),
      what: LocalizedText(
        en:
          "the cells of '\(name)' were multiplied by \(band.scale) and \(band.offset) was added, as the file says",
        es:
          "las celdas de '\(name)' se multiplicaron por \(band.scale) y se sumó \(band.offset), como dice el archivo"
      ))
  }
#endif
