// Quiebre · Benchmarks
// The districts and the raster that benchmarks work on.
// SPDX-License-Identifier: Apache-2.0

import GeoCore
import GeoFiles

/// Real borders where a data folder is named, else the schematic ones of the checkout.
struct BenchmarkData {
  let name: String
  /// A GeoJSON file with one feature a line.
  let districts: InputFile
  let elevation: InputFile

  init(folder: String?) throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    if let folder {
      name = folder
      districts = try InputFile(
        reading: folder + "/vector/distritos_1874_inei2017.geojson")
      elevation = try InputFile(reading: folder + "/raster/altitud_5min_pvlib.asc")
    } else {
      name = "Geo/peru (schematic borders)"
      districts = try InputFile(reading: root + "/Geo/peru/districts.geojson")
      elevation = try InputFile(reading: root + "/Geo/peru/elevation.asc")
    }
  }

  func layer() throws -> FeatureLayer {
    try readGeoJSON(bytes: districts.bytes, name: districts.path)
  }

  /// The file cut after its first `count` features; `nil` if it has fewer.
  func text(ofFirst count: Int) throws -> [UInt8]? {
    let features = try layer().features
    guard features.count >= count else { return nil }
    guard features.count > count, let line = features[count].line else { return districts.bytes }
    var feeds = 0
    let end = districts.bytes.firstIndex { byte in
      feeds += byte == 0x0A ? 1 : 0
      return feeds == line - 1
    }
    let body = districts.bytes[..<(end ?? 0)].reversed().drop { $0 == 0x2C || $0 <= 0x20 }
    return Array(body.reversed()) + Array("]}".utf8)
  }
}
