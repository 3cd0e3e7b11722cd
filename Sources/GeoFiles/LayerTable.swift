// Quiebre · GeoFiles
// Polygons with columns, on their way into a file: GeoJSON or GeoPackage.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import GeoCore

/// A layer to be written: shapes in longitude and latitude, columns in a stated order.
public struct LayerTable: Sendable {
  public struct Column: Sendable {
    public let name: String
    /// One per shape.
    public let values: [FieldValue]

    public init(name: String, values: [FieldValue]) {
      self.name = name
      self.values = values
    }
  }

  public let name: String
  public let columns: [Column]
  public let shapes: [MultiPolygon?]

  public init(name: String, columns: [Column], shapes: [MultiPolygon?]) {
    precondition(columns.allSatisfy { $0.values.count == shapes.count }, "a full table")
    self.name = name
    self.columns = columns
    self.shapes = shapes
  }

  /// The layer as GeoPackage.
  ///
  /// - Throws: Q310 if this build has no GDAL, Q370 if GDAL can't write it.
  public func geoPackage() throws(DiagnosticList) -> [UInt8] {
    #if GDAL
      do throws(GDALFailure) {
        return try geoPackageBytes(of: self)
      } catch {
        throw DiagnosticList(
          Diagnostic(
            .gdalRefused, at: SourcePlace(file: name),
            what: LocalizedText(
              en: "GDAL cannot write the GeoPackage: \(error.message)",
              es: "GDAL no puede escribir el GeoPackage: \(error.message)"),
            fix: LocalizedText(en: "write GeoJSON: --to geojson", es: "escriba --to geojson")))
      }
    #else
      throw DiagnosticList(needsGDAL(name))
    #endif
  }
}

extension LayerTable.Column {
  /// What type a typed file gives the column: the narrowest that holds all its values.
  enum Kind {
    case integer
    case number
    case flag
    case text
  }

  var kind: Kind {
    var (integers, numbers, flags, texts) = (0, 0, 0, 0)
    for value in values {
      switch value {
      case .null: break
      case .integer: integers += 1
      case .number: numbers += 1
      case .flag: flags += 1
      case .text: texts += 1
      }
    }
    if texts > 0 || (flags > 0 && integers + numbers > 0) { return .text }
    if flags > 0 { return .flag }
    return integers > 0 && numbers == 0 ? .integer : .number
  }
}
