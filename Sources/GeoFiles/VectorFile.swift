// Quiebre · GeoFiles
// A vector file of any format to a layer.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
public import GeoCore

/// Reads one layer of a vector file.
///
/// GeoJSON is read here, every other format through GDAL. A layer is chosen by `layer`, or by the
/// path's own `file#layer`; without either the first is read. Coordinates stay in the layer's
/// system, in the order x, y: ``lonLat(_:maxSegment:)`` takes them to degrees. Text fields stay
/// text; a code that the file keeps as a number comes as `.integer`, its lost zeros unmended.
///
/// - Parameters:
///   - path: The file, `file#layer`, a `.zip` with one layer file, or `/vsizip/archive.zip/file`.
///   - layer: The layer's name.
///   - crs: The coordinate system, for files that state none. GeoJSON always states one.
///   - onNote: Gets warnings and notes.
/// - Returns: The features in file order.
/// - Throws: Q601 to Q606 if the file cannot be read, Q310 if it needs GDAL and this build has none,
///   Q130 to Q139, Q354, Q355 and Q360 to Q376 for what the file says.
public func readVectorFile(
  path: String, layer: String? = nil, crs: CRS? = nil, onNote: (Diagnostic) -> Void = { _ in }
) throws(DiagnosticList) -> FeatureLayer {
  let (file, named) = layerPath(path)
  let layer = layer ?? named
  if !isVirtual(file) {
    let head = try InputFile.head(of: file)
    if looksLikeJSON(head) {
      return try readGeoJSON(bytes: InputFile(reading: file).bytes, name: file, onNote: onNote)
    }
  }
  #if GDAL
    let source = try vectorSource(file)
    if ["geojson", "json"].contains(fileExtension(of: source)),
      let bytes = GDALDataset.bytes(ofVirtualFile: source)
    {
      return try readGeoJSON(bytes: bytes, name: source, onNote: onNote)
    }
    return try readGDALVector(path: source, layer: layer, stated: crs, onNote: onNote)
  #else
    throw DiagnosticList(needsGDAL(file))
  #endif
}

/// Splits `file#layer`; a file whose own name holds `#` is meant as it stands.
private func layerPath(_ path: String) -> (file: String, layer: String?) {
  guard !fileExists(path), let mark = path.lastIndex(of: "#") else { return (path, nil) }
  return (String(path[..<mark]), String(path[path.index(after: mark)...]))
}

/// Whether a path belongs to one of GDAL's virtual file systems.
func isVirtual(_ path: String) -> Bool { path.hasPrefix("/vsi") }

/// Whether the first byte that isn't space opens a JSON value.
///
/// Lists too, so that the fault comes from our own reader.
private func looksLikeJSON(_ head: [UInt8]) -> Bool {
  let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  let first = head[start...].first { $0 > 0x20 }
  return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
}

#if GDAL
  /// What GDAL is to open: the file itself, or the one layer file inside a `.zip`.
  private func vectorSource(_ path: String) throws(DiagnosticList) -> String {
    guard fileExtension(of: path) == "zip", !isVirtual(path) else { return path }
    let archive = "/vsizip/" + path
    let inner = GDALDataset.names(inVirtualFolder: archive).filter {
      ["gpkg", "shp", "fgb", "geojson", "json"].contains(fileExtension(of: $0))
    }
    if inner.count == 1 { return archive + "/" + inner[0] }
    let list = inner.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    throw DiagnosticList(
      Diagnostic(
        .archiveUnclear, at: SourcePlace(file: path),
        what: inner.isEmpty
          ? LocalizedText(
            en: "'\(path)' holds no layer file", es: "'\(path)' no contiene ningún archivo de capas"
          )
          : LocalizedText(
            en: "'\(path)' holds \(inner.count) layer files: \(list)",
            es: "'\(path)' contiene \(inner.count) archivos de capas: \(list)"),
        fix: LocalizedText(
          en: "name the inner file: \(archive)/…", es: "nombre el archivo de dentro: \(archive)/…"))
    )
  }
#endif
