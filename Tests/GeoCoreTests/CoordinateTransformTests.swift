// Quiebre · GeoCoreTests
// Coordinate reference systems: known points, axis order, bending edges, clear failures.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct CoordinateTransformTests {
  private let utm = CRS("EPSG:32718")

  /// pyproj 3.7.2 with PROJ 9.5.1: `Transformer.from_crs("EPSG:4326", "EPSG:32718",
  /// always_xy=True).transform(x, y)`.
  @Test(arguments: [
    (-77.0428, -12.0464, 277617.45317410206, 8667487.896952886),
    (-71.9675, -13.5319, 828271.4478699185, 8502008.153377261),
    (-75.0, 0.0, 500000.0, 10000000.0),
  ])
  func knownPointsGoThereAndBack(_ x: Double, _ y: Double, _ easting: Double, _ northing: Double)
    throws
  {
    // EPSG:4326 itself says latitude first; on our side longitude always is.
    for source in [CRS.lonLat, CRS("EPSG:4326")] {
      let there = try CoordinateTransform(from: source, to: utm)
      let point = try there.transformed(Point(x: x, y: y))
      #expect(near(point.x, easting, 1e-5))
      #expect(near(point.y, northing, 1e-5))
      let back = try CoordinateTransform(from: utm, to: source).transformed(point)
      #expect(near(back.x, x, 1e-9))
      #expect(near(back.y, y, 1e-9))
    }
  }

  @Test func anUnknownSystemIsNamedWithTheReason() throws {
    let error = try #require(throws: CRSError.self) {
      try CoordinateTransform(from: CRS("EPSG:999999"), to: .lonLat)
    }
    guard case .unknown(let definition, let message) = error else {
      Issue.record("another error: \(error)")
      return
    }
    #expect(definition == "EPSG:999999")
    #expect(message.contains("not found"))
  }

  @Test func whatIsNoSystemIsRefused() {
    #expect(throws: CRSError.self) { try isLonLat(CRS("+proj=merc")) }
    #expect(throws: CRSError.self) { try isLonLat(CRS("")) }
    #expect(throws: CRSError.self) { try isLonLat(CRS("no such system")) }
  }

  @Test func aPointWithoutAPlaceIsNamed() throws {
    let transform = try CoordinateTransform(from: .lonLat, to: CRS("EPSG:3857"))
    let error = try #require(throws: CRSError.self) {
      try transform.transformed([Point(x: -75, y: -10), Point(x: .nan, y: -10)])
    }
    guard case .outside(let point, "OGC:CRS84", "EPSG:3857", _) = error else {
      Issue.record("another error: \(error)")
      return
    }
    #expect(point.x.isNaN)
  }

  @Test(arguments: [
    ("OGC:CRS84", true), ("EPSG:4326", true), ("EPSG:4674", true), ("EPSG:32718", false),
    ("EPSG:6933", false), ("+proj=longlat +datum=WGS84 +type=crs", true),
  ])
  func degreesAreToldFromMeters(_ definition: String, _ expected: Bool) throws {
    #expect(try isLonLat(CRS(definition)) == expected)
  }

  /// A parallel is curved in UTM: with its two ends only, the middle is off by kilometers.
  @Test func longEdgesBend() throws {
    let transform = try CoordinateTransform(from: .lonLat, to: utm)
    let bent = try transform.transformed(box(-78, -12, -72, -6), maxSegment: 0.1)
    let middle = try transform.transformed(Point(x: -75, y: -12))
    #expect(bent.pointCount == 4 * 60 + 1)
    #expect(bent.polygons[0].shell.contains { near($0.x, middle.x, 1) && near($0.y, middle.y, 1) })
    #expect(try transform.transformed(box(-78, -12, -72, -6)).pointCount == 5)
  }

  @Test func neighborsCutASharedEdgeAlike() {
    let (a, b) = (Point(x: -75.123, y: -11.7), Point(x: -74.9, y: -12.01))
    let there = densified([a, b], maxSegment: 0.007)
    let back = densified([b, a], maxSegment: 0.007)
    #expect(there == back.reversed())
    #expect(there.count > 50)
    #expect(there.first == a)
    #expect(there.last == b)
  }
}

@Suite struct AxisSuspicionTests {
  private static let peru = BoundingBox(minX: -81.4, minY: -18.4, maxX: -68.6, maxY: 0)
  private static let swapped = BoundingBox(minX: -18.4, minY: -81.4, maxX: 0, maxY: -68.6)
  private static let meters = BoundingBox(minX: 2e5, minY: 8e6, maxX: 9e5, maxY: 1e7)
  private static let fiji = BoundingBox(minX: -18, minY: 177, maxX: -16, maxY: 180)

  static let cases: [(box: BoundingBox, crs: String, reference: BoundingBox?, AxisSuspicion?)] = [
    (peru, "OGC:CRS84", peru, nil), (peru, "OGC:CRS84", nil, nil),
    (swapped, "OGC:CRS84", peru, .swappedAxes), (swapped, "OGC:CRS84", nil, nil),
    (fiji, "OGC:CRS84", nil, .swappedAxes), (meters, "EPSG:4326", nil, .metersDeclaredAsDegrees),
    (peru, "EPSG:32718", nil, .degreesDeclaredAsMeters), (meters, "EPSG:32718", meters, nil),
  ]

  @Test(arguments: cases)
  func coordinatesThatCannotBeAreSuspected(
    _ box: BoundingBox, _ crs: String, _ reference: BoundingBox?, _ expected: AxisSuspicion?
  ) throws {
    #expect(try axisSuspicion(of: box, crs: CRS(crs), reference: reference) == expected)
  }
}
