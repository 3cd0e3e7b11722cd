// Quiebre · ReportsTests
// The map layer against RFC 7946, read back by Foundation's JSON parser.
// SPDX-License-Identifier: Apache-2.0

import Districts
import Foundation
import GeoCore
import LaborModel
import Reports
import Testing

@Suite struct MapGeoJSONSuite {
  typealias Ring = [[Double]]

  private func parsed(_ report: RunReport) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(report.mapGeoJSON()))
    return try #require(object as? [String: Any])
  }

  private func features(_ report: RunReport) throws -> [[String: Any]] {
    try #require(try parsed(report)["features"] as? [[String: Any]])
  }

  private func properties(_ report: RunReport) throws -> [[String: Any]] {
    try features(report).map { try #require($0["properties"] as? [String: Any]) }
  }

  private func polygons(_ feature: [String: Any]) throws -> [[Ring]] {
    guard let geometry = feature["geometry"] as? [String: Any] else { return [] }
    if geometry["type"] as? String == "Polygon" {
      return [try #require(geometry["coordinates"] as? [Ring])]
    }
    #expect(geometry["type"] as? String == "MultiPolygon")
    return try #require(geometry["coordinates"] as? [[Ring]])
  }

  /// The signed area, measured from the first position so that small rings keep their digits.
  private func area(_ ring: Ring) -> Double {
    let origin = ring[0]
    return zip(ring, ring.dropFirst()).reduce(0) { sum, side in
      let (a, b) = side
      return sum + (a[0] - origin[0]) * (b[1] - origin[1])
        - (b[0] - origin[0]) * (a[1] - origin[1])
    } / 2
  }

  @Test func ringsFollowRFC7946() throws {
    for feature in try features(Sample.report) {
      #expect(feature["type"] as? String == "Feature")
      for rings in try polygons(feature) {
        for (place, ring) in rings.enumerated() {
          #expect(ring.count >= 4 && ring.first == ring.last)
          #expect(place == 0 ? area(ring) > 0 : area(ring) < 0, "right-hand rule, section 3.1.6")
          #expect(zip(ring, ring.dropFirst()).allSatisfy { $0 != $1 })
        }
      }
    }
  }

  @Test func theBoxHoldsAllShapes() throws {
    // By hand: west -76, south -12, east -72 (second island), north -10.
    #expect(try parsed(Sample.report)["bbox"] as? [Double] == [-76, -12, -72, -10])
  }

  @Test func noDistrictIsLost() throws {
    let ids = try features(Sample.report).map { $0["id"] as? String }
    #expect(ids == ["010101", "010102", "010201", "020101"])
    #expect(try features(Sample.report)[3]["geometry"] is NSNull)
  }

  @Test func propertiesAreFlatAndNamedForShapefiles() throws {
    for row in try properties(Sample.report) {
      for (name, value) in row {
        #expect(name.utf8.count <= 10 && name.utf8.allSatisfy { $0 < 128 })
        #expect(value is String || value is NSNumber || value is NSNull, "\(name)")
      }
    }
  }

  @Test func noValueIsNullWithItsReason() throws {
    let row = try #require(try properties(Sample.report).last)
    #expect(row["risk"] is NSNull && row["risk_class"] is NSNull && row["factor_1"] is NSNull)
    #expect(row["quality"] as? String == "no_shape")
  }

  @Test(arguments: ["hotspot", "p_break"])
  func aColumnWithoutAnyValueIsLeftOut(name: String) throws {
    #expect(try properties(Sample.report).allSatisfy { $0[name] == nil })
  }

  // Hand sums. Second district: rate 25 % down 1 pp; 2,600 children; money 2 years × 20 céntimos;
  // coverage 1 − 0.5 × 0.8.
  @Test(arguments: [
    ("children", 2600.0), ("risk", 25), ("p_high", 9), ("rate_base", 25), ("rate_end", 24),
    ("rate_p05", 22), ("chg_base", -1), ("chg_ref", -1), ("chg_p05", -2), ("working", 624),
    ("avoided", 10), ("p_goal", 25), ("money", 0.4), ("per_child", 0), ("coverage", 60),
  ])
  func valuesAreInPercentPersonsAndMoney(name: String, expected: Double) throws {
    let value = try properties(Sample.report)[1][name] as? Double
    #expect(value == expected)
  }

  @Test func theStampSaysWhatTheLayerIs() throws {
    let stamp = try #require(try parsed(Sample.report)["quiebre"] as? [String: Any])
    #expect(stamp["geometry"] as? String == "schematic")
    #expect(stamp["scenario"] as? String == "sample")
    #expect(stamp["synthetic"] as? [String] == ["risk"])
    #expect(stamp["hash"] as? String == Sample.report.inputsHash)
    #expect((stamp["units"] as? [String: String])?["chg_ref"] == "pp")
  }

  @Test func nothingInTheTextIsNotANumber() {
    let text = String(decoding: Sample.report.mapGeoJSON(), as: UTF8.self)
    #expect(!text.contains("nan") && !text.contains("inf,") && !text.contains("-0.00"))
  }

  /// One district with this shape, as the map writes it.
  private func coordinates(_ shape: MultiPolygon) throws -> [[Ring]] {
    var report = Sample.report
    let old = Sample.registry
    let first = old.districts[0]
    let changed = District(
      code: first.code, name: first.name, province: first.province,
      department: first.department, shape: shape)
    report.registry = DistrictRegistry(
      districts: [changed] + old.districts.dropFirst(), provinces: old.provinces,
      departments: old.departments, provinceOf: old.provinceOf, departmentOf: old.departmentOf,
      children: old.children, childrenByAge: old.childrenByAge, fields: old.fields,
      quality: old.quality, schematic: old.schematic)
    return try polygons(try features(report)[0])
  }

  @Test func holesAndPartsThatCollapseAreDropped() throws {
    let speck = Sample.square(-75.5, -11.5, side: 1e-7)
    let shape = MultiPolygon([
      Polygon(shell: Sample.square(-76, -12), holes: [speck]), Polygon(shell: speck),
    ])
    let written = try coordinates(shape)
    #expect(written.count == 1 && written[0].count == 1)
  }

  @Test func aDistrictSmallerThanTheGridKeepsMoreDecimals() throws {
    let written = try coordinates(
      MultiPolygon([Polygon(shell: Sample.square(-75.5, -11.5, side: 1e-7))]))
    let ring = try #require(written.first?.first)
    #expect(ring.count == 5 && area(ring) > 0)
  }

  @Test func anOpenRingIsClosed() throws {
    let open = Array(Sample.square(-76, -12).dropLast())
    let ring = try #require(try coordinates(MultiPolygon([Polygon(shell: open)])).first?.first)
    #expect(ring.first == ring.last && ring.count == 5)
  }

  @Test func aSharedBorderStaysShared() throws {
    // Two neighbours walk the same border in opposite directions, with awkward digits.
    let border = (0...50).map { step in
      Point(x: -75 + 0.000_012_345 * Double(step * step % 17), y: -12 + 0.0123456789 * Double(step))
    }
    let west = [Point(x: -76, y: -12)] + border + [Point(x: -76, y: -11.4), Point(x: -76, y: -12)]
    let east =
      [Point(x: -74, y: -11.4)] + border.reversed() + [
        Point(x: -74, y: -12), Point(x: -74, y: -11.4),
      ]
    let left = try #require(try coordinates(MultiPolygon([Polygon(shell: west)])).first?.first)
    let right = try #require(try coordinates(MultiPolygon([Polygon(shell: east)])).first?.first)
    let shared = Set(left).intersection(Set(right))
    #expect(shared.count == 51)
  }

  /// QGIS wants dates: one feature per district and year, base year to end.
  @Test func aLongMapHasAFeaturePerDistrictAndYear() throws {
    let report = Sample.report
    let object = try JSONSerialization.jsonObject(with: Data(report.mapGeoJSON(isLong: true)))
    let map = try #require(object as? [String: Any])
    let features = try #require(map["features"] as? [[String: Any]])
    let years = report.projection.years.filter { $0 >= report.projection.base }
    #expect(features.count == report.registry.districts.count * years.count)
    let ids = features.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == features.count)
    for (feature, id) in zip(features, ids) {
      let properties = try #require(feature["properties"] as? [String: Any])
      let (code, year) = (properties["ubigeo"] as? String, properties["year"] as? Int)
      #expect(id == "\(code ?? "")-\(year ?? 0)")
      #expect(properties["date"] as? String == "\(year ?? 0)-01-01")
      #expect(properties["date_end"] as? String == "\(year ?? 0)-12-31")
      #expect(properties.keys.allSatisfy { $0.utf8.count <= 10 })
    }
    // The last year says what the wide map says of the end.
    let wide = try self.features(report)
    let last = try #require(
      features.first { $0["id"] as? String == "\(ids[0].prefix(6))-\(years.last ?? 0)" })
    let end = (last["properties"] as? [String: Any])?["rate_p50"] as? Double
    #expect(end == (wide[0]["properties"] as? [String: Any])?["rate_end"] as? Double)
  }

  @Test func aLongMapBringsTheTimeSlider() {
    let files = Sample.report.mapFiles(isLong: true)
    let style = String(decoding: files[1].bytes, as: UTF8.self)
    #expect(style.contains(#"startField="date" endField="date_end""#))
    #expect(style.contains("&quot;rate_p50&quot; &gt;= 10") && !style.contains("rate_end"))
  }

  @Test func equalReportsGiveEqualBytes() {
    #expect(Sample.report.mapGeoJSON() == Sample.report.mapGeoJSON())
  }
}
