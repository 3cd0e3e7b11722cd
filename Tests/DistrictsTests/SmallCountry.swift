// Quiebre · DistrictsTests
// Eight made-up districts in three provinces of two departments.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore

enum SmallCountry {
  static let rules = CodeRules(length: 6, department: 2, province: 4)

  static let factsText = """
    ubigeo,department,province,district,children,rural
    010101,Áncora,Alta,Ñaña,100,10
    010102,Áncora,Alta,Huac-Huas,200,20
    010103,Áncora,Alta,Santa Rosa,300,30
    010201,Áncora,Baja,Piedra,400,40
    010202,Áncora,Baja,Arena,500,50
    150101,Marina,Costa,Puerto,600,60
    150102,Marina,Costa,Santa Rosa,700,
    150103,Marina,Costa,Faro,800,80

    """

  static let nameColumns = NameColumns(
    district: "district", province: "province", department: "department")

  static var settings: RegistrySettings {
    RegistrySettings(
      rules: rules, coding: "inei", vintage: 2025, layerNames: nameColumns,
      factNames: nameColumns)
  }

  /// The same districts under another office's codes: departments swapped, so that most codes exist
  /// in both codings and mean another district.
  static let codings = """
    inei,reniec
    010101,010102
    010102,010101
    010103,010103
    010201,010202
    010202,010201
    150101,150103
    150102,150101
    150103,150102
       NA,990101

    """

  static func table(_ text: String, name: String = "facts.csv") throws -> CSVTable {
    try CSVTable(bytes: Array(text.utf8), name: name)
  }

  static func source(_ text: String, name: String = "table.csv") throws -> DistrictTable {
    DistrictTable(try table(text, name: name), codeColumn: "ubigeo")
  }

  static func facts() throws -> DistrictTable {
    var facts = try source(factsText, name: "facts.csv")
    facts.fields = [
      FieldRequest(name: "rural", column: "rural", unit: .percent)
    ]
    return facts
  }

  static func codingTable() throws -> CodingTable {
    try CodingTable(
      table(codings, name: "codings.csv"), columns: [("inei", "inei"), ("reniec", "reniec")],
      rules: rules)
  }

  static func square(west: Double, south: Double, side: Double = 1) -> MultiPolygon {
    let ring = [
      Point(x: west, y: south), Point(x: west + side, y: south),
      Point(x: west + side, y: south + side), Point(x: west, y: south + side),
      Point(x: west, y: south),
    ]
    return MultiPolygon([Polygon(shell: ring)])
  }

  static func feature(
    _ number: Int, code: FieldValue, name: String = "", shape: MultiPolygon? = nil
  ) -> Feature {
    Feature(
      number: number, line: number + 1,
      fields: ["ubigeo": code, "district": .text(name)],
      shape: shape)
  }

  static func layer(_ features: [Feature], stamps: [String: String] = [:]) -> FeatureLayer {
    FeatureLayer(name: "districts.geojson", crs: .lonLat, features: features, stamps: stamps)
  }

  /// One square per district of the facts, in reverse order.
  static func wholeLayer() -> FeatureLayer {
    let codes = [
      "150103", "150102", "150101", "010202", "010201", "010103", "010102", "010101",
    ]
    return layer(
      codes.enumerated().map { index, code in
        feature(
          index + 1, code: .text(code), shape: square(west: Double(7 - index), south: -1))
      })
  }
}
