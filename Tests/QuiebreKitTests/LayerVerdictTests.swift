// Quiebre · QuiebreKitTests
// The two tables of Scenarios/LAYERS.md: what odd files and odd shapes come to, by the real reader.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

private let square = "[[[-76,-12],[-75,-12],[-75,-11],[-76,-11],[-76,-12]]]"
private let plain = #"{"id":"010101"}"#

private func file(
  _ coordinates: String = square, type: String = "Polygon", properties: String = plain,
  top: String = ""
) -> String {
  file(
    geometry: #"{"type":"\#(type)","coordinates":\#(coordinates)}"#, properties: properties,
    top: top)
}

private func file(geometry: String, properties: String = plain, top: String = "") -> String {
  #"{"type":"FeatureCollection",\#(top)"features":["#
    + "\n{\"type\":\"Feature\",\"properties\":\(properties),\n\"geometry\":\(geometry)}\n]}\n"
}

private func crs(_ name: String) -> String {
  #""crs":{"type":"name","properties":{"name":"\#(name)"}},"#
}

/// The rows below a header of a table in the manual, cell by cell.
private func manualRows(_ header: String) throws -> [[String]] {
  let manual = try String(contentsOfFile: Checkout.root + "/Scenarios/LAYERS.md", encoding: .utf8)
  let lines = manual.components(separatedBy: "\n")
  let start = try #require(lines.firstIndex(of: header))
  return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
    line.dropFirst().dropLast().components(separatedBy: "|").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }
}

private func examined(_ bytes: Data, json: Bool = true) throws -> Reply {
  let folder = try TemporaryFolder()
  let path = folder.path + "/layer.geojson"
  try bytes.write(to: URL(fileURLWithPath: path))
  var request = LayerRequest(layer: path)
  request.json = json
  return examineLayer(request, session: embeddedSession(workers: 2))
}

@Suite struct LayerVerdictTests {
  private static let metersOfLima =
    "[[[278000,8664000],[279000,8664000],[279000,8665000],[278000,8664000]]]"

  /// By the words of the manual; several fixtures where a line names several cases.
  private static let files: [(row: String, texts: [String])] = [
    (
      "member `crs` with CRS84 or EPSG:4326",
      [
        file(top: crs("urn:ogc:def:crs:OGC:1.3:CRS84")), file(top: crs("EPSG:4326")),
      ]
    ),
    (
      "member `crs` with another EPSG code: honored, taken to degrees",
      [file(metersOfLima, top: crs("urn:ogc:def:crs:EPSG::32718"))]
    ),
    (
      "member `crs` that isn't understood, or null",
      [file(top: crs("PSAD56")), file(top: #""crs":null,"#)]
    ),
    (
      "member `crs` with an EPSG code that PROJ doesn't know", [file(top: crs("EPSG:999999"))]
    ),
    ("meters without `crs`", [file(metersOfLima)]),
    (
      "latitude first, where a latitude passes 90",
      [file("[[[-12,-176],[-12,-175],[-11,-175],[-12,-176]]]")]
    ),
    (
      "longitudes from 0 to 360",
      [file("[[[284,-12],[285,-12],[285,-11],[284,-11],[284,-12]]]")]
    ),
    (
      "an edge over more than half the globe (a shape across the antimeridian, not cut)",
      [file("[[[170,0],[-170,0],[-170,10],[170,10],[170,0]]]")]
    ),
    (
      "a shape cut at the antimeridian as RFC 7946 asks",
      [file(acrossAntimeridian, type: "MultiPolygon")]
    ),
    (
      "unclosed ring: closed", [file("[[[-76,-12],[-75,-12],[-75,-11],[-76,-11]]]")]
    ),
    (
      "ring of fewer than four positions",
      [file("[[[-76,-12],[-75,-12]]]"), file("[[[-76,-12],[-75,-12],[-76,-12]]]")]
    ),
    (
      "null or NaN as a coordinate, or text",
      ["null", "NaN", #""-12""#].map { file("[[[-76,\($0)],[-75,-12],[-75,-11],[-76,-12]]]") }
    ),
    (
      "a coordinate too large for a number",
      [file("[[[-76,-12],[-75,-12],[-75,1e999],[-76,-12]]]")]
    ),
    (
      "`-076`, a number with a zero in front",
      [file("[[[-076,-12],[-75,-12],[-75,-11],[-076,-12]]]")]
    ),
    (
      "geometry null or without coordinates: a feature without a shape",
      [file(geometry: "null"), file("[]")]
    ),
    ("heights: left out", [file("[[[-76,-12,5],[-75,-12,5],[-75,-11,5],[-76,-12,5]]]")]),
    (
      "lines, or a collection of geometries",
      [
        file("[[-76,-12],[-75,-12]]", type: "LineString"),
        file(geometry: #"{"type":"GeometryCollection","geometries":[]}"#),
      ]
    ),
    ("a property NaN, as Python writes it: null", [file(properties: #"{"id":"1","v":NaN}"#)]),
    ("a property twice in one feature", [file(properties: #"{"id":"1","id":"2"}"#)]),
    ("control character inside a text", [file(properties: "{\"id\":\"a\u{1}b\"}")]),
    ("byte order mark", ["\u{FEFF}" + file()]),
    ("TopoJSON", [#"{"type":"Topology","objects":{},"arcs":[]}"#]),
    (
      "Esri JSON",
      [
        #"{"geometryType":"esriGeometryPolygon","features":[{"attributes":{"id":"1"},"geometry":{"rings":[]}}]}"#
      ]
    ),
    (
      "two documents, or one feature a line",
      [
        file() + file(),
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}\n"
          + "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}\n",
      ]
    ),
    ("cut off", [String(file().dropLast(10))]),
    ("empty file", [""]),
    ("no features", [#"{"type":"FeatureCollection","features":[]}"#]),
  ]

  private static let acrossAntimeridian =
    "[[[[170,0],[180,0],[180,10],[170,10],[170,0]]],"
    + "[[[-180,0],[-170,0],[-170,10],[-180,10],[-180,0]]]]"

  private static var fixtures: [(row: String, files: [Data])] {
    let foreign = file(properties: #"{"id":"Ñ"}"#)
    return files.map { ($0.row, $0.texts.map { Data($0.utf8) }) } + [
      (
        "not UTF-8 (Windows-1252, UTF-16)",
        [.windowsCP1252, .utf16].compactMap { foreign.data(using: $0) }
      )
    ]
  }

  @Test func everyFileHasTheVerdictOfTheManual() throws {
    let rows = try manualRows("| file | verdict | code |")
    #expect(Set(rows.map { $0[0] }) == Set(Self.fixtures.map(\.row)))
    for (row, files) in Self.fixtures {
      let stated = try #require(rows.first { $0[0] == row })
      for bytes in files {
        let reply = try examined(bytes)
        let found =
          if reply.exitCode != .done {
            "refuse"
          } else if reply.diagnostics.contains(where: { $0.severity == .warning }) {
            "warn"
          } else {
            "accept"
          }
        #expect(found == stated[1], "\(row): \(reply.diagnostics.map(\.what.en))")
        #expect(reply.diagnostics.first?.code.rawValue ?? "" == stated[2], "\(row)")
      }
    }
  }

  @Test func zeroToThreeSixtyIsNamedAsSuch() throws {
    let reply = try examined(Data(file("[[[284,-12],[285,-12],[285,-11],[284,-12]]]").utf8))
    #expect(reply.diagnostics.first?.fix?.en.contains("0 to 360") == true)
  }

  /// In kilometers at the middle of a UTM zone.
  ///
  /// Ground is the plane's there but for the scale on the central meridian, 0.9996².
  private static let shapes: [(row: String, rings: [[(Double, Double)]])] = [
    (
      "bow tie of two triangles of 1", [[(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]]
    ),
    (
      "figure of eight, two squares of 4 that meet in a point",
      [[(0, 0), (2, 0), (2, 2), (4, 2), (4, 4), (2, 4), (2, 2), (0, 2), (0, 0)]]
    ),
    (
      "square of 81, hole of 25, a hole of 1 nested in it: both are cut",
      [
        [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)], [(2, 2), (2, 7), (7, 7), (7, 2), (2, 2)],
        [(4, 4), (4, 5), (5, 5), (5, 4), (4, 4)],
      ]
    ),
    (
      "square of 16, hole of 2 that touches the shell in a point",
      [big, [(0, 2), (2, 1), (2, 3), (0, 2)]]
    ),
    (
      "square of 16, hole of 4 along the shell",
      [big, [(0, 1), (0, 3), (2, 3), (2, 1), (0, 1)]]
    ),
    (
      "square of 16, hole of 6 half outside: the inner part is cut, the outer is no ground",
      [big, [(3, 1), (6, 1), (6, 3), (3, 3), (3, 1)]]
    ),
    (
      "square of 16 with a vertex twice",
      [[(0, 0), (4, 0), (4, 0), (4, 4), (0, 4), (0, 0)]]
    ),
    (
      "square of 16 with a spike of 3",
      [[(0, 0), (4, 0), (4, 4), (2, 4), (2, 7), (2, 4), (0, 4), (0, 0)]]
    ),
    ("square of 16 that runs clockwise", [big.reversed()]),
    (
      "square of 16 with a hole without ground", [big, [(1, 1), (3, 1), (1, 1), (1, 1)]]
    ),
    ("ring out and back, without ground", [[(0, 0), (4, 0), (0, 0), (0, 0)]]),
  ]

  private static let big: [(Double, Double)] = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]
  private static let small: [(Double, Double)] = [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]

  /// Parts of a multipolygon, one ring each.
  private static let severalParts: [(row: String, parts: [[(Double, Double)]])] = [
    (
      "two overlapping parts of 4, 1 in common",
      [small, [(1, 1), (3, 1), (3, 3), (1, 3), (1, 1)]]
    ),
    ("one part of 4 twice", [small, small]),
  ]

  private static func ringText(_ ring: [(Double, Double)]) -> String {
    let points = ring.map { "[\(500_000 + 1000 * $0.0),\(8_600_000 + 1000 * $0.1)]" }
    return "[\(points.joined(separator: ","))]"
  }

  @Test func everyOddShapeHasTheAreaOfTheManual() throws {
    let rows = try manualRows("| shape | health | area |")
    let single = Self.shapes.map { row, rings in
      (row, "[\(rings.map(Self.ringText).joined(separator: ","))]", "Polygon")
    }
    let several = Self.severalParts.map { row, parts in
      (row, "[\(parts.map { "[\(Self.ringText($0))]" }.joined(separator: ","))]", "MultiPolygon")
    }
    for (row, coordinates, type) in single + several {
      try hold(
        row, to: rows, file(coordinates, type: type, top: crs("EPSG:32718")),
        unit: 1 / (0.9996 * 0.9996), tolerance: 1e-4)
    }
    // Square degrees: 10° by 20° and 10° by 360° are 1 degree wide so many times.
    let strip = try ground(file("[[[0,0],[1,0],[1,10],[0,10],[0,0]]]"))
    try hold(
      "10 × 10 on either side of the antimeridian", to: rows,
      file(Self.acrossAntimeridian, type: "MultiPolygon"), unit: strip / 10, tolerance: 1e-8)
    let cap = try ground(file("[[[0,80],[1,80],[1,90],[0,90],[0,80]]]"))
    try hold(
      "cap of 10° around a pole, all longitudes", to: rows,
      file("[[[-180,80],[180,80],[180,90],[-180,90],[-180,80]]]"), unit: cap / 10, tolerance: 1e-6)
    #expect(rows.count == Self.shapes.count + Self.severalParts.count + 2)
  }

  private func hold(
    _ row: String, to rows: [[String]], _ text: String, unit: Double, tolerance: Double
  ) throws {
    let stated = try #require(rows.first { $0[0] == row }, "\(row)")
    let health = try health(text)
    #expect(health["verdict"] as? String == stated[1], "\(row)")
    let area = (health["area_km2"] as? Double ?? .nan) / unit
    let expected = try #require(Double(stated[2]))
    #expect(abs(area - expected) <= tolerance * max(1, expected), "\(row): \(area)")
  }

  private func ground(_ text: String) throws -> Double {
    try #require(health(text)["area_km2"] as? Double)
  }

  private func health(_ text: String) throws -> [String: Any] {
    let reply = try examined(Data(text.utf8))
    let object =
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any]
    return try #require(object?["health"] as? [String: Any])
  }
}
