// Quiebre · GeoFiles
// Coordinate systems as files spell them.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

extension CRS {
  /// Longitude and latitude on WGS 84 in degrees, under any of the names that are taken as such.
  ///
  /// Files order coordinates x, y whatever the authority says, so EPSG:4326 is the same here.
  var isLonLat: Bool {
    ["OGC:CRS84", "EPSG:4326"].contains(definition.uppercased())
  }

  /// Reads the text of a `.prj` file: well-known text, or the old form of ARC/INFO for degrees.
  ///
  /// `nil` for anything else, in particular ARC/INFO's projected forms.
  init?(projectionFile text: String) {
    let words = text.split { $0.isWhitespace || $0 == "\u{FEFF}" }
    let upper = words.joined(separator: " ").uppercased()
    let openings = [
      "GEOGCS[", "PROJCS[", "COMPD_CS[", "LOCAL_CS[", "GEOGCRS[", "GEODCRS[", "PROJCRS[",
      "BOUNDCRS[", "COMPOUNDCRS[", "GEODETICCRS[", "GEOGRAPHICCRS[", "PROJECTEDCRS[",
    ]
    if openings.contains(where: upper.hasPrefix) {
      self = CRS.isWGS84Degrees(upper) ? .lonLat : CRS(words.joined(separator: " "))
    } else if upper.hasPrefix("PROJECTION GEOGRAPHIC"), upper.contains("WGS84") {
      self = .lonLat
    } else {
      return nil
    }
  }

  private static func isWGS84Degrees(_ upper: String) -> Bool {
    let isGeographic = ["GEOGCS[", "GEOGCRS[", "GEODCRS["].contains(where: upper.hasPrefix)
    let isWGS84 = ["\"D_WGS_1984\"", "\"WGS_1984\"", "\"WORLD GEODETIC SYSTEM 1984\""]
      .contains(where: upper.contains)
    let isPlain =
      upper.contains("\"GREENWICH\",0") && upper.contains("\"DEGREE\",0.017453292519943")
    return isGeographic && isWGS84 && isPlain
  }
}
