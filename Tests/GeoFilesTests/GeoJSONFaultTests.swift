// Quiebre · GeoFilesTests
// Broken GeoJSON: code, feature and line of each fault.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoFiles
import Testing

@Suite("GeoJSON faults")
struct GeoJSONFaultTests {
  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let code: DiagnosticCode
    var entry: String? = "feature 2"
    var line = 4

    init(
      _ name: String, _ text: String, _ code: DiagnosticCode, entry: String? = "feature 2",
      line: Int = 4
    ) {
      (testDescription, self.text, self.code) = (name, text, code)
      (self.entry, self.line) = (entry, line)
    }

    init(_ name: String, coordinates: String, _ code: DiagnosticCode, type: String = "Polygon") {
      self.init(
        name, GeoJSONTests.file(geometry: #"{"type":"\#(type)","coordinates":\#(coordinates)}"#),
        code)
    }
  }

  static let coordinates = [
    Broken(
      "null position", coordinates: "[[[-76,-12],null,[-75,-11],[-76,-12]]]", .geometryPosition),
    Broken("null number", coordinates: "[[[-76,null],[-75,-12],[-75,-11]]]", .geometryPosition),
    Broken(
      "NaN", coordinates: "[[[-76,NaN],[-75,-12],[-75,-11],[-76,-12]]]", .geometryPosition),
    Broken(
      "text number", coordinates: #"[[["-76","-12"],[-75,-12],[-75,-11]]]"#, .geometryPosition),
    Broken("one number", coordinates: "[[[-76],[-75,-12],[-75,-11]]]", .geometryPosition),
    Broken("null height", coordinates: "[[[-76,-12,null],[-75,-12],[-75,-11]]]", .geometryPosition),
    Broken("an object", coordinates: #"{"lon":-76,"lat":-12}"#, .geometryPosition),
    Broken("nested as a line", coordinates: "[[-76,-12],[-75,-12],[-75,-11]]", .geometryPosition),
    Broken(
      "nested too deep", coordinates: "[[[[-76,-12],[-75,-12],[-75,-11]]]]", .geometryPosition),
    Broken(
      "nested as a polygon", coordinates: GeoJSONTests.square, .geometryPosition,
      type: "MultiPolygon"),
    Broken("a point of text", coordinates: #"["-76","-12"]"#, .geometryPosition, type: "Point"),
    Broken("two points", coordinates: "[[-76,-12],[-75,-12]]", .geometryPosition, type: "Point"),
    Broken("ring of two", coordinates: "[[[-76,-12],[-75,-12]]]", .ringTooShort),
    Broken("closed ring of two", coordinates: "[[[-76,-12],[-75,-12],[-76,-12]]]", .ringTooShort),
    Broken("empty ring", coordinates: "[[]]", .ringTooShort),
    Broken("polygon without ring", coordinates: "[[]]", .ringTooShort, type: "MultiPolygon"),
    Broken(
      "meters", coordinates: "[[[278000,8664000],[279000,8664000],[279000,8665000]]]",
      .coordinatesNotDegrees),
    Broken(
      "latitude first", coordinates: "[[[-12,-170],[-11,-170],[-11,-171]]]", .coordinatesNotDegrees),
    Broken("lines", coordinates: "[[-76,-12],[-75,-12]]", .geometryUnusable, type: "LineString"),
    Broken("collection", coordinates: "[]", .geometryUnusable, type: "GeometryCollection"),
    Broken("misspelt", coordinates: "[]", .geometryUnusable, type: "Poligon"),
  ]

  static let structure = [
    Broken("a list", "[]", .geoJSONStructure, entry: nil, line: 1),
    Broken(
      "a geometry", #"{"type":"Polygon","coordinates":[]}"#, .geoJSONStructure, entry: nil, line: 1),
    Broken(
      "TopoJSON", #"{"type":"Topology","objects":{}}"#, .geoJSONStructure, entry: nil, line: 1),
    Broken(
      "Esri JSON", #"{"features":[{"attributes":{}}]}"#, .geoJSONStructure, entry: nil, line: 1),
    Broken("no type", "{\n}", .geoJSONStructure, entry: nil, line: 1),
    Broken("no features", #"{"type":"FeatureCollection"}"#, .geoJSONStructure, entry: nil, line: 1),
    Broken(
      "features of text", "{\"type\":\"FeatureCollection\",\n\"features\":\"a\"}",
      .geoJSONStructure, entry: nil, line: 2),
    Broken(
      "an empty layer", "{\"type\":\"FeatureCollection\",\n\"features\":[]}", .layerEmpty,
      entry: nil, line: 2),
    Broken(
      "a feature of null", "{\"type\":\"FeatureCollection\",\"features\":[\nnull]}",
      .geoJSONStructure, entry: "feature 1", line: 2),
    Broken(
      "a feature without type", "{\"type\":\"FeatureCollection\",\"features\":[\n{}]}",
      .geoJSONStructure, entry: "feature 1", line: 2),
    Broken(
      "properties in a list", GeoJSONTests.file(properties: "[1]"), .geoJSONStructure, line: 3),
    Broken(
      "a property twice", GeoJSONTests.file(properties: #"{"a":1,"a":2}"#), .jsonRepeatedKey,
      line: 3),
    Broken("geometry as text", GeoJSONTests.file(geometry: #""POINT(1 2)""#), .geoJSONStructure),
    Broken(
      "no coordinates", GeoJSONTests.file(geometry: #"{"type":"Polygon"}"#), .geometryPosition),
    Broken("crs null", GeoJSONTests.file(top: #""crs":null,"#), .crsUnknown, entry: nil, line: 1),
    Broken(
      "crs unknown",
      GeoJSONTests.file(top: #""crs":{"type":"name","properties":{"name":"PSAD56"}},"#),
      .crsUnknown, entry: nil, line: 1),
    Broken(
      "crs link", GeoJSONTests.file(top: #""crs":{"type":"link","properties":{"href":"x"}},"#),
      .crsUnknown, entry: nil, line: 1),
    Broken("cut off", String(GeoJSONTests.file().dropLast(20)), .jsonEndsEarly, entry: nil),
  ]

  @Test(arguments: coordinates + structure)
  func namesTheFaultFeatureAndLine(_ row: Broken) throws {
    let fault = try #require(try faults(of: row.text).first)
    #expect(fault.code == row.code)
    #expect(fault.entry == row.entry)
    #expect(fault.place?.line == row.line)
    #expect(fault.place?.file == "d.geojson")
  }

  @Test func aFaultPointsAtTheVeryPosition() throws {
    let text = GeoJSONTests.file(
      geometry: #"{"type":"Polygon","coordinates":[[[-76,-12],[-75,"x"],[-75,-11]]]}"#)
    let fault = try #require(try faults(of: text).first)
    let line = try #require(fault.place?.sourceLine)
    let column = try #require(fault.place?.column)
    #expect(line.dropFirst(column - 1).hasPrefix(#"[-75,"x"]"#))
  }

  @Test func aCommonMistakeIsOneFaultWithItsCount() throws {
    let feature = #"{"type":"Feature","geometry":{"type":"Point","coordinates":[278000,8664000]}}"#
    let list = Array(repeating: feature, count: 120).joined(separator: ",\n")
    let faults = try faults(of: #"{"type":"FeatureCollection","features":[\#(list)]}"#)
    #expect(faults.map(\.code) == [.coordinatesNotDegrees])
    #expect(faults[0].what.en.contains("119 more"))
  }

  @Test func swappedAxesAreNamed() throws {
    let text = GeoJSONTests.file(geometry: #"{"type":"Point","coordinates":[-12,-170]}"#)
    #expect(try faults(of: text)[0].fix?.en.contains("swapped") == true)
  }

  @Test func allFaultsComeAtOnceButNoMoreThanFifty() throws {
    let feature = #"{"type":"Feature","geometry":{"type":"Circle"}}"#
    for count in [3, 200] {
      let list = Array(repeating: feature, count: count).joined(separator: ",\n")
      let faults = try faults(of: #"{"type":"FeatureCollection","features":[\#(list)]}"#)
      #expect(faults.count == min(count, 50))
      #expect(faults.map(\.place?.line) == (1...faults.count).map(Optional.some))
    }
  }

  private func faults(of text: String) throws -> [Diagnostic] {
    let error = #expect(throws: DiagnosticList.self) {
      try readGeoJSON(bytes: Array(text.utf8), name: "d.geojson")
    }
    return try #require(error).items
  }
}
