// Quiebre · GeoFilesTests
// GeoJSON: what is read, and each fault with its feature and line.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoCore
import GeoFiles
import Support
import Testing

@Suite("GeoJSON")
struct GeoJSONTests {
  static let square = "[[[-76,-12],[-75,-12],[-75,-11],[-76,-11],[-76,-12]]]"

  static func file(
    geometry: String = #"{"type":"Polygon","coordinates":\#(square)}"#,
    properties: String = #"{"ubigeo":"010101"}"#, top: String = ""
  ) -> String {
    """
    {"type":"FeatureCollection",\(top)"features":[
    {"type":"Feature","properties":{"ubigeo":"000001"},"geometry":null},
    {"type":"Feature","properties":\(properties),
     "geometry":\(geometry)}
    ]}
    """
  }

  @Test func readsAPolygon() throws {
    let layer = try read(Self.file())
    #expect(layer.crs == .lonLat)
    #expect(layer.features.map(\.number) == [1, 2])
    #expect(layer.features.map(\.line) == [2, 3])
    #expect(layer.features[0].shape == nil)
    let polygon = try #require(layer.features[1].shape?.polygons.first)
    #expect(
      polygon.shell == [
        Point(x: -76, y: -12), Point(x: -75, y: -12), Point(x: -75, y: -11),
        Point(x: -76, y: -11), Point(x: -76, y: -12),
      ])
    #expect(polygon.holes.isEmpty)
  }

  @Test func readsHolesAndSeveralParts() throws {
    let hole = "[[-75.6,-11.6],[-75.4,-11.6],[-75.5,-11.4],[-75.6,-11.6]]"
    let part = "[[[-70,-5],[-69,-5],[-69,-4],[-70,-5]]]"
    let coordinates = "[\(Self.square.dropLast()),\(hole)],\(part)]"
    let layer = try read(
      Self.file(geometry: #"{"coordinates":\#(coordinates),"type":"MultiPolygon"}"#))
    let polygons = try #require(layer.features[1].shape?.polygons)
    #expect(polygons.map(\.holes.count) == [1, 0])
    #expect(polygons[0].holes[0][2] == Point(x: -75.5, y: -11.4))
    #expect(polygons[1].shell.count == 4)
  }

  @Test func readsPoints() throws {
    let layer = try read(Self.file(geometry: #"{"type":"Point","coordinates":[-77,-12]}"#))
    #expect(layer.features[1].point == Point(x: -77, y: -12))
    #expect(layer.features[1].shape == nil)
  }

  @Test(arguments: ["Polygon", "MultiPolygon", "Point"])
  func emptyCoordinatesGiveNoShape(_ type: String) throws {
    let layer = try read(Self.file(geometry: #"{"type":"\#(type)","coordinates":[]}"#))
    #expect(layer.features[1].shape == nil && layer.features[1].point == nil)
  }

  @Test func textStaysTextAndNumbersStayNumbers() throws {
    let layer = try read(
      Self.file(
        properties: """
          {"a":"010101","b":10101,"c":0.5,"d":true,"e":null,"f":"","g":{"x":[1,"ñ\\""]}, \
          "h":18446744073709551615}
          """))
    #expect(
      layer.features[1].fields == [
        "a": .text("010101"), "b": .integer(10_101), "c": .number(0.5), "d": .flag(true),
        "e": .null, "f": .text(""), "g": .text(#"{"x":[1,"ñ\""]}"#),
        "h": .number(18_446_744_073_709_551_616),
      ])
  }

  @Test(arguments: [
    (#""id":7,"#, FieldValue.integer(7)), (#""id":"007","#, .text("007")), ("", .null),
    (#""id":null,"#, .null),
  ])
  func anIdentifierIsNumberOrText(_ member: String, _ expected: FieldValue) throws {
    let text = #"{"type":"FeatureCollection","features":[{\#(member)"type":"Feature"}]}"#
    #expect(try read(text).features[0].id == expected)
  }

  @Test func aSingleFeatureIsALayerOfOne() throws {
    let layer = try read(#"{"type":"Feature","properties":null,"geometry":null}"#)
    #expect(layer.features.count == 1)
    #expect(layer.features[0].line == 1)
  }

  @Test func aByteOrderMarkChangesNothing() throws {
    let layer = try read("\u{FEFF}" + Self.file())
    #expect(layer.features == (try read(Self.file())).features)
  }

  @Test func stampsAreTextMembersOfOurs() throws {
    let top = #""quiebre":{"geometry":"schematic","year":2025},"#
    #expect(try read(Self.file(top: top)).stamps == ["geometry": "schematic"])
  }

  @Test func heightsAreLeftOutAndCounted() throws {
    let geometry = Self.file(
      geometry:
        #"{"type":"Polygon","coordinates":[[[-76,-12,9],[-75,-12,9,1],[-75,-11],[-76,-12,9]]]}"#)
    let (layer, notes) = try readWithNotes(geometry)
    #expect(layer.features[1].shape?.polygons[0].shell[1] == Point(x: -75, y: -12))
    #expect(notes.map(\.code) == [.heightsDropped])
    #expect(notes[0].what.en.hasPrefix("3 position"))
  }

  @Test func anUnclosedRingIsClosedWithAWarning() throws {
    let (layer, notes) = try readWithNotes(
      Self.file(geometry: #"{"type":"Polygon","coordinates":[[[-76,-12],[-75,-12],[-75,-11]]]}"#))
    let shell = try #require(layer.features[1].shape?.polygons[0].shell)
    #expect(shell.count == 4 && shell.first == shell.last)
    #expect(notes.map(\.code) == [.ringUnclosed])
    #expect(notes.map(\.severity) == [.warning])
    #expect(notes[0].place?.line == 4)
  }

  @Test func aRoundingBeyondTheAntimeridianIsBroughtBack() throws {
    let layer = try read(
      Self.file(geometry: #"{"type":"Point","coordinates":[180.0000001,-90.0000001]}"#))
    #expect(layer.features[1].point == Point(x: 180, y: -90))
  }

  @Test func propertiesThatPythonWroteAsNaNAreNullWithAWarning() throws {
    let (layer, notes) = try readWithNotes(
      Self.file(properties: #"{"a":NaN,"b":-Infinity,"c":"NaN \" NaN","d":Infinity,"e":-1}"#))
    #expect(
      layer.features[1].fields == [
        "a": .null, "b": .null, "c": .text("NaN \" NaN"), "d": .null, "e": .integer(-1),
      ])
    #expect(notes.map(\.code) == [.jsonNotANumber])
    #expect(notes[0].what.en.hasPrefix("3 value") && notes[0].place?.line == 3)
  }

  static let systems: [(String, CRS)] = [
    ("urn:ogc:def:crs:OGC:1.3:CRS84", .lonLat), ("EPSG:4326", .lonLat),
    ("urn:ogc:def:crs:EPSG::32718", CRS("EPSG:32718")), ("EPSG:32718", CRS("EPSG:32718")),
    ("urn:ogc:def:crs:EPSG:9.9:32718", CRS("EPSG:32718")),
    ("http://www.opengis.net/def/crs/EPSG/0/32718", CRS("EPSG:32718")),
    ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", .lonLat),
  ]

  @Test(arguments: systems)
  func aNamedSystemIsHonored(_ name: String, _ expected: CRS) throws {
    let top = #""crs":{"type":"name","properties":{"name":"\#(name)"}},"#
    #expect(try read(Self.file(top: top)).crs == expected)
  }

  @Test func metersOfANamedSystemAreRead() throws {
    let top = #""crs":{"type":"name","properties":{"name":"EPSG:32718"}},"#
    let layer = try read(
      Self.file(geometry: #"{"type":"Point","coordinates":[278000,8664000]}"#, top: top))
    #expect(layer.features[1].point == Point(x: 278_000, y: 8_664_000))
  }

  private func read(_ text: String) throws -> FeatureLayer {
    try readGeoJSON(bytes: Array(text.utf8), name: "d.geojson")
  }

  private func readWithNotes(_ text: String) throws -> (FeatureLayer, [Diagnostic]) {
    var notes: [Diagnostic] = []
    let layer = try readGeoJSON(bytes: Array(text.utf8), name: "d.geojson") { notes.append($0) }
    return (layer, notes)
  }
}
