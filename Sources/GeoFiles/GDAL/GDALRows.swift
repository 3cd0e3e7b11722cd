// Quiebre · GeoFiles
// Bands that GDAL reads row by row, for rasters of any size.
// SPDX-License-Identifier: Apache-2.0

#if GDAL
  import Diagnostics
  import GeoCore
  import Synchronization

  /// An open raster that one thread at a time reads from.
  final class GDALRasterSource: Sendable {
    private let dataset: Mutex<GDALDataset>

    init(opening path: String, threads: Int) throws(DiagnosticList) {
      dataset = Mutex(try openedRaster(path, threads: threads))
    }

    var bandCount: Int { dataset.withLock { $0.bandCount } }

    /// What the file says of a band; see ``StoredBand``.
    func band(
      _ number: Int, stated: CRS?, nodata: Double?, onNote: (Diagnostic) -> Void
    ) throws(DiagnosticList) -> StoredBand {
      var notes: [Diagnostic] = []
      defer { for note in notes { onNote(note) } }
      return try dataset.withLock { dataset throws(DiagnosticList) in
        try StoredBand(of: dataset, number: number, stated: stated, nodata: nodata) {
          notes.append($0)
        }
      }
    }

    /// A block of a band as stored, in values.
    func cells(
      of band: StoredBand, rows: Range<Int>, columns: Range<Int>
    ) throws(DiagnosticList) -> [Double] {
      try dataset.withLock { dataset throws(DiagnosticList) in
        try band.cells(of: dataset, rows: rows, columns: columns)
      }
    }
  }

  /// One band of an open raster.
  struct GDALRows: RasterRows {
    let source: GDALRasterSource
    let band: StoredBand
    let placement: BandPlacement

    var name: String { band.layout.name }
    var grid: Grid { placement.grid }
    var crs: CRS { band.layout.crs }
    var blockRows: Int { band.blockRows }
    var valueLimit: Int? { band.valueLimit }
    var resident: [Double]? { nil }

    func cells(rows: Range<Int>, columns: Range<Int>) throws -> [Double] {
      try placement.cells(rows: rows, columns: columns) { storedRows, storedColumns in
        try source.cells(of: band, rows: storedRows, columns: storedColumns)
      }
    }
  }
#endif
