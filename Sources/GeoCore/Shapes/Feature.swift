// Quiebre · GeoCore
// What a vector file holds: features with attributes, and the layer they came from.
// SPDX-License-Identifier: Apache-2.0

/// One attribute of a feature.
///
/// A code that the file keeps as text stays text.
public enum FieldValue: Hashable, Sendable {
  case null
  case text(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
}

/// A coordinate reference system, named in a form that PROJ reads.
public struct CRS: Hashable, Sendable {
  /// `OGC:CRS84`, `EPSG:32718`, or well-known text.
  public let definition: String
  public init(_ definition: String) { self.definition = definition }

  /// Longitude, latitude in degrees on WGS 84, in that order: what GeoJSON holds.
  public static let lonLat = CRS("OGC:CRS84")
}

/// One feature of a layer.
public struct Feature: Hashable, Sendable {
  /// Position in the file, from 1.
  public let number: Int
  /// Line of the file where the feature starts, from 1; `nil` for binary formats.
  public let line: Int?
  public let id: FieldValue
  public let fields: [String: FieldValue]
  /// `nil` when the file gives no geometry or an empty one.
  public let shape: MultiPolygon?
  /// A point feature's position (points only; then `shape` is `nil`).
  public let point: Point?

  public init(
    number: Int, line: Int? = nil, id: FieldValue = .null, fields: [String: FieldValue] = [:],
    shape: MultiPolygon?, point: Point? = nil
  ) {
    self.number = number
    self.line = line
    self.id = id
    self.fields = fields
    self.shape = shape
    self.point = point
  }
}

/// The features of one layer, in file order.
public struct FeatureLayer: Sendable {
  /// File (and layer) as messages name it.
  public let name: String
  public let crs: CRS
  public let features: [Feature]
  /// Foreign members of a GeoJSON collection that are plain text, such as `"geometry": "schematic"`
  /// inside the member `quiebre`.
  public let stamps: [String: String]

  public init(name: String, crs: CRS, features: [Feature], stamps: [String: String] = [:]) {
    self.name = name
    self.crs = crs
    self.features = features
    self.stamps = stamps
  }
}
