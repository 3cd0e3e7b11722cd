// Quiebre · GeoCore
// The shape of a district, as plain values that may cross threads and modules.
// SPDX-License-Identifier: Apache-2.0

/// A position: longitude and latitude in degrees, or easting and northing in a projection's unit.
public struct Point: Hashable, Sendable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// One outline with its holes.
///
/// Rings are closed: the last point repeats the first.
public struct Polygon: Hashable, Sendable {
  public var shell: [Point]
  public var holes: [[Point]]

  public init(shell: [Point], holes: [[Point]] = []) {
    self.shell = shell
    self.holes = holes
  }
}

/// The areal shape of one feature; a single polygon is a list of one.
public struct MultiPolygon: Hashable, Sendable {
  public var polygons: [Polygon]

  public init(_ polygons: [Polygon]) { self.polygons = polygons }

  public var isEmpty: Bool { polygons.isEmpty }
}

/// An axis-parallel box; `minX > maxX` never occurs.
public struct BoundingBox: Hashable, Sendable {
  public var minX: Double
  public var minY: Double
  public var maxX: Double
  public var maxY: Double

  public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }
}
