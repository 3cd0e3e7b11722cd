// Quiebre · GeoFilesTests
// Real layers and rasters of Peru, where they lie beside the checkout.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoCore
import GeoFiles
import Glibc
import Support
import Testing

/// Counts are those of ogrinfo and gdalinfo 3.6.2 (`ogrinfo -so -al FILE`, `gdalinfo -stats FILE`).
@Suite("Real data", .enabled(if: RealData.isPresent, "QUIEBRE_DATA names no folder"))
struct RealDataTests {
  @Test func theLayerOf2017() throws {
    let layer = try readVectorFile(path: RealData.path("vector/distritos_1874_inei2017.geojson"))
    #expect(layer.features.count == 1_874)
    #expect(layer.features.reduce(0) { $0 + points(of: $1) } == 183_936)
    #expect(layer.features.allSatisfy { $0.shape != nil && $0.fields.count == 8 })
  }

  @Test func theLayerOf2007LacksEightShapes() throws {
    let layer = try readVectorFile(
      path: RealData.path("vector/distritos_1834_inei2007_simple.geojson"))
    #expect(layer.features.count == 1_834)
    #expect(layer.features.filter { $0.shape == nil }.count == 8)
  }

  #if GDAL
    @Test func theGeoPackageWithOverlaps() throws {
      let path = RealData.path("vector/mapsperu_1891_traslapes.gpkg")
      let layer = try readVectorFile(path: path + "#distritos")
      #expect(layer.features.count == 1_891)
      #expect(layer.features.reduce(0) { $0 + points(of: $1) } == 200_551)
      #expect(layer.crs == .lonLat)
    }

    @Test func theZippedGeoPackage() throws {
      let layer = try readVectorFile(
        path: RealData.path("vector/distritos_1874_inei2017_full.gpkg.zip"))
      #expect(layer.features.count == 1_874)
      #expect(layer.features.reduce(0) { $0 + points(of: $1) } == 893_328)
    }

    @Test func temperatureWithoutATag() throws {
      let path = RealData.path("raster/tmin_2020_2024.tif")
      let raster = try readRasterFile(path: path, band: 3)
      #expect(raster.grid.columns == 285 && raster.grid.rows == 397)
      let empty = raster.values.filter(\.isNaN).count
      // 22.5 % of cells are NaN.
      #expect(abs(Double(empty) / Double(raster.values.count) - 0.225) < 0.0005)
      let error = #expect(throws: DiagnosticList.self) {
        try readRasterFile(path: path, band: 6)
      }
      #expect(error?.items.map(\.code) == [.bandMissing])
    }

    @Test func twoFormatsOfElevationAgree() throws {
      let tiff = try readRasterFile(path: RealData.path("raster/altitud_5min_pvlib.tif"))
      let text = try readRasterFile(path: RealData.path("raster/altitud_5min_pvlib.asc"))
      #expect(tiff.values.map(\.bitPattern) == text.values.map(\.bitPattern))
      #expect(tiff.grid.columns == text.grid.columns && tiff.grid.rows == text.grid.rows)
      // The text's header has ten digits.
      #expect(abs(tiff.grid.west - text.grid.west) < 1e-7)
      #expect(abs(tiff.grid.north - text.grid.north) < 1e-7)
    }
  #endif

  private func points(of feature: Feature) -> Int {
    (feature.shape?.polygons ?? []).flatMap { [$0.shell] + $0.holes }.reduce(0) { $0 + $1.count }
  }
}

enum RealData {
  static let folder: String = {
    if let named = unsafe getenv("QUIEBRE_DATA") { return unsafe String(cString: named) }
    return Checkout.root + "/../shared/data"
  }()

  static let isPresent = (try? InputFile(reading: path("README.md"))) != nil

  static func path(_ name: String) -> String { folder + "/" + name }
}
