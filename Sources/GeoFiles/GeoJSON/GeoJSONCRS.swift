// Quiebre · GeoFiles
// The member `crs` of GeoJSON before RFC 7946: honored or refused, never overlooked.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// The system that a `crs` member names, or `nil` with a fault.
///
/// Coordinates stay in the order x, y, as GeoJSON has them whatever the authority's axis order.
func geoJSONCRS(_ node: Int, in tape: JSONTape, log: inout GeoJSONLog) -> CRS? {
  let name = crsName(node, in: tape)
  if let name, let crs = CRS(geoJSONName: name) { return crs }
  let shown = name ?? tape.compactText(of: node)
  log.add(
    .crsUnknown, node,
    what: LocalizedText(
      en: "the member 'crs' is not understood: \(shown)",
      es: "no se entiende el miembro 'crs': \(shown)"),
    fix: LocalizedText(
      en:
        "transform to degrees and drop it: ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES out.geojson in",
      es:
        "pase a grados y quítelo: ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES salida.geojson entrada")
  )
  return nil
}

/// The name in `{"type": "name", "properties": {"name": "…"}}`.
private func crsName(_ node: Int, in tape: JSONTape) -> String? {
  guard let properties = child("properties", of: node, in: tape),
    let name = child("name", of: properties, in: tape), tape.kind(of: name) == .string
  else { return nil }
  return tape.string(name)
}

private func child(_ key: String, of node: Int, in tape: JSONTape) -> Int? {
  guard tape.kind(of: node) == .object else { return nil }
  var ignored = GeoJSONLog()
  return GeoJSONMembers(of: node, in: tape, log: &ignored, feature: nil).node(key)
}

extension CRS {
  /// Reads the forms in use: `EPSG:32718`, `urn:ogc:def:crs:EPSG::32718` (with or without a
  /// version), `http://www.opengis.net/def/crs/EPSG/0/32718`, and the same for OGC's CRS84.
  init?(geoJSONName name: String) {
    let parts = name.uppercased().split { ":/#".contains($0) }
    guard let code = parts.last else { return nil }
    let isOGC = parts.contains("OGC")
    if code == "CRS84", isOGC || parts.count == 1 {
      self = .lonLat
    } else if parts.contains("EPSG"), let number = Int(code), (1_000...999_999).contains(number) {
      self = number == 4326 ? .lonLat : CRS("EPSG:\(number)")
    } else {
      return nil
    }
  }
}
