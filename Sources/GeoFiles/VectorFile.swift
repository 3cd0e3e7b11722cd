// Quiebre · GeoFiles
// A vector file of any format to a layer.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import GeoCore

/// Reads one layer of a vector file.
///
/// GeoJSON is read here; every other format through GDAL. A layer is chosen by `layer`, or by the
/// path's own `file#layer`. Coordinates stay in the layer's system.
///
/// - Parameters:
///   - path: The file, `file#layer`, or `/vsizip/archive.zip/file`.
///   - layer: The layer's name; the first layer if `nil`.
///   - onNote: Gets warnings and notes.
/// - Returns: The features in file order.
/// - Throws: Q601 to Q606 if the file cannot be read, Q310 if it needs GDAL and this build has none,
///   Q130 to Q139 and Q360 to Q379 for what the file says.
public func readVectorFile(
  path: String, layer: String? = nil, onNote: (Diagnostic) -> Void = { _ in }
) throws(DiagnosticList) -> FeatureLayer {
  let file = try InputFile(reading: path)
  guard looksLikeJSON(file.bytes) else { throw DiagnosticList(needsGDAL(path)) }
  return try readGeoJSON(bytes: file.bytes, name: path, onNote: onNote)
}

/// Whether the first byte that isn't space opens a JSON object.
func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
  let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  return bytes[start...].first { $0 > 0x20 } == UInt8(ascii: "{")
}
