// Quiebre · quiebre-geodata
// The tables of a country folder as values: departments, districts, places, risk model.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// An upper area whose outline is known.
struct GeoDepartment: Sendable {
  /// The first characters of its districts' codes.
  let code: String
  let shape: MultiPolygon
}

/// A row of districts.csv.
struct GeoDistrict: Sendable {
  let code: String
  let name: String
  let province: String
  let department: String
  let capital: Point
  let children: Int
}

/// A row of places.csv.
struct GeoPlace: Sendable {
  /// Index of its district.
  let district: Int
  let isRural: Bool
  let position: Point
  let children: Int
}

/// What the derived files are made from.
struct GeodataInputs: Sendable {
  let departments: [GeoDepartment]
  let districts: [GeoDistrict]
  let places: [GeoPlace]
  let model: PlaceModel
  let covariates: Covariates

  /// Reads a country folder.
  ///
  /// - Parameter read: Gives the bytes of a file by its path inside the folder.
  /// - Throws: All faults of the first file that has any.
  init(read: (_ path: String) throws -> [UInt8]) throws {
    departments = try Self.departments(
      JSONDocument(bytes: read("departments.geojson"), name: "departments.geojson"))
    let table = try CSVTable(bytes: read("districts.csv"), name: "districts.csv")
    districts = try Self.districts(table)
    let numbers = Dictionary(uniqueKeysWithValues: districts.enumerated().map { ($1.code, $0) })
    places = try Self.places(
      CSVTable(bytes: read("places.csv"), name: "places.csv"), districtNumbers: numbers)
    model = try PlaceModel(
      JSONDocument(bytes: read("risk/model.json"), name: "risk/model.json"))
    covariates = try Covariates(
      terms: model.terms, table: table, districtNumbers: numbers,
      changes: CSVTable(bytes: read("changes.csv"), name: "changes.csv"))
  }

  private static func departments(_ document: JSONDocument) throws -> [GeoDepartment] {
    try (document.root["features"]?.array ?? []).map { feature in
      guard let code = feature["properties"]?["ubigeo2"]?.string,
        let geometry = feature["geometry"], let coordinates = geometry["coordinates"]?.array
      else { throw GeodataFault(file: document.name, what: "a feature lacks code or geometry") }
      let polygons =
        geometry["type"]?.string == "Polygon"
        ? [coordinates] : coordinates.compactMap(\.array)
      return GeoDepartment(code: code, shape: MultiPolygon(polygons.compactMap(polygon)))
    }
  }

  private static func polygon(_ rings: [JSONValue]) -> Polygon? {
    let rings = rings.map { ring in
      (ring.array ?? []).compactMap { position in
        guard let pair = position.array, pair.count >= 2, let x = pair[0].number,
          let y = pair[1].number
        else { return Point?.none }
        return Point(x: x, y: y)
      }
    }
    guard let shell = rings.first else { return nil }
    return Polygon(shell: shell, holes: Array(rings.dropFirst()))
  }

  private static func districts(_ table: CSVTable) throws -> [GeoDistrict] {
    let columns = try ["ubigeo", "district", "province", "department"].map(table.requiredColumn)
    let numbers = try ["lon", "lat", "children_5_17"].map { try filled(table, $0) }
    return (0..<table.rowCount).map { row in
      let texts = columns.map { table.trimmedText($0, row) }
      return GeoDistrict(
        code: texts[0], name: texts[1], province: texts[2], department: texts[3],
        capital: Point(x: numbers[0][row], y: numbers[1][row]), children: Int(numbers[2][row]))
    }
  }

  private static func places(
    _ table: CSVTable, districtNumbers: [String: Int]
  ) throws -> [GeoPlace] {
    let code = try table.requiredColumn("ubigeo")
    let area = try table.requiredColumn("area")
    let numbers = try ["lon", "lat", "children"].map { try filled(table, $0) }
    return try (0..<table.rowCount).map { row in
      guard let district = districtNumbers[table.trimmedText(code, row)] else {
        throw GeodataFault(table, row, "a district that districts.csv doesn't have")
      }
      return GeoPlace(
        district: district, isRural: table.trimmedText(area, row) == "rural",
        position: Point(x: numbers[0][row], y: numbers[1][row]), children: Int(numbers[2][row]))
    }
  }

  /// A column of numbers without an empty cell.
  private static func filled(_ table: CSVTable, _ name: String) throws -> [Double] {
    let values = try table.numbers(table.requiredColumn(name))
    return try values.enumerated().map { row, value in
      guard let value else { throw GeodataFault(table, row, "no \(name)") }
      return value
    }
  }
}

/// A fault of the embedded tables; the reader of this tool is a developer.
struct GeodataFault: Error, CustomStringConvertible {
  let description: String

  init(file: String, what: String) { description = "\(file): \(what)" }

  init(_ table: CSVTable, _ row: Int, _ what: String) {
    description = "\(table.name):\(table.line(ofRow: row)): \(what)"
  }
}
