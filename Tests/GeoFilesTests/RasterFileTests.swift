// Quiebre · GeoFilesTests
// Raster files: one grid stored in many ways, read the same from each.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoCore
import GeoFiles
import Support
import Testing

@Suite("Raster file")
struct RasterFileTests {
  @Test func anASCIIGridIsReadFromItsFile() throws {
    let raster = try readRasterFile(path: fixture("grid.asc"))
    #expect(words(raster.values) == ["1.0", "2.0", "3.0", "4.0", "nan", "6.25"])
  }

  @Test func anASCIIGridHasOneBand() throws {
    #expect(try fault(reading: "grid.asc", band: 2).code == .bandMissing)
  }

  #if GDAL
    @Test(arguments: ["plain.tif", "two.tif", "east.tif", "masked.tif"])
    func everyWayToStoreTheGridGivesTheSame(_ name: String) throws {
      let raster = try readRasterFile(path: fixture(name))
      let source = try readRasterFile(path: fixture("grid.asc"))
      #expect(raster.grid == source.grid)
      #expect(raster.crs == .lonLat)
      #expect(words(raster.values) == words(source.values))
    }

    @Test func southUpIsTurned() throws {
      let raster = try readRasterFile(path: fixture("southup.tif"))
      #expect(raster.grid == (try readRasterFile(path: fixture("grid.asc"))).grid)
      #expect(words(raster.values) == ["4.0", "nan", "6.25", "1.0", "2.0", "3.0"])
    }

    @Test func scaleAndOffsetAreAppliedAfterTheNoDataValue() throws {
      var notes: [Diagnostic] = []
      let raster = try readRasterFile(path: fixture("scaled.tif")) { notes.append($0) }
      let expected = [100.1, 100.2, 100.3, 100.4, .nan, 100.625]
      for (value, wanted) in zip(raster.values, expected) {
        #expect(value == wanted || (value.isNaN && wanted.isNaN))
      }
      #expect(notes.map(\.code) == [.bandScaled])
    }

    @Test func withoutATagNothingIsEmptyUnlessStated() throws {
      let raw = try readRasterFile(path: fixture("untagged.tif"))
      #expect(raw.values[4] == -1)
      let stated = try readRasterFile(path: fixture("untagged.tif"), nodata: -1)
      #expect(stated.values[4].isNaN)
    }

    @Test func theSystemIsTheFilesOwn() throws {
      var notes: [Diagnostic] = []
      let raster = try readRasterFile(path: fixture("utm.tif"), crs: .lonLat) { notes.append($0) }
      #expect(raster.crs == CRS("EPSG:32718"))
      #expect(raster.grid.west == 300_000 && raster.grid.cellWidth == 1_000)
      #expect(notes.map(\.severity) == [.warning])
    }

    @Test func theBandIsPartOfTheName() throws {
      #expect(try readRasterFile(path: fixture("two.tif"), band: 2).name.hasSuffix("(band 2)"))
    }

    @Test(arguments: [
      ("two.tif", 3, DiagnosticCode.bandMissing), ("two.tif", 0, .bandMissing),
      ("rotated.tif", 1, .rasterRotated), ("complex.tif", 1, .bandUnusable),
      ("unplaced.tif", 1, .rasterWithoutPlace), ("empty.tif", 1, .gridWithoutData),
      ("make.sh", 1, .gdalRefused), ("nothing.tif", 1, .fileMissing),
    ])
    func namesTheFault(_ name: String, _ band: Int, _ code: DiagnosticCode) throws {
      let fault = try fault(reading: name, band: band)
      #expect(fault.code == code)
      #expect(fault.place?.file.hasPrefix(fixture(name)) == true)
    }
  #else
    @Test func withoutGDALTheFormatIsNamed() throws {
      #expect(try fault(reading: "plain.tif", band: 1).code == .needsGDAL)
    }
  #endif

  private func fixture(_ name: String) -> String { Checkout.fixture("geo/" + name) }

  private func words(_ values: [Double]) -> [String] { values.map { "\($0)" } }

  private func fault(reading name: String, band: Int) throws -> Diagnostic {
    let error = #expect(throws: DiagnosticList.self) {
      try readRasterFile(path: fixture(name), band: band)
    }
    return try #require(error?.items.first)
  }
}
