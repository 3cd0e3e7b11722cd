// Quiebre · GeoCore
// One shape as flat lists of edges, ready to be laid over others.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A shape's rings in one list, shells counter-clockwise, holes clockwise, with what the ground
/// under each edge needs.
struct OverlayShape: Sendable {
  /// Edges in a chunk.
  static let chunk = 16

  /// All rings, closed, without a vertex twice in a row.
  private(set) var points: [Point] = []
  /// The mean height over the edge that starts at each point, see ``meanHeight(from:to:in:)``; 0 at
  /// the end of a ring.
  private(set) var heights: [Double] = []
  private(set) var rings: [Ring] = []
  /// The boxes of each sixteen edges of a ring, ring after ring.
  private(set) var chunks: [BoundingBox] = []
  let box: BoundingBox
  /// In km².
  private(set) var area = 0.0

  var edgeCount: Int { points.count - rings.count }

  /// One ring: its first and last point, its first chunk.
  struct Ring: Sendable {
    let first: Int
    let last: Int
    let chunk: Int
    /// Signed, in km²: positive for shells.
    let area: Double
  }

  /// Flattens a shape; `nil` for one without ground.
  ///
  /// - Throws: ``ShapeError`` with index 0 for a coordinate that isn't finite or an open ring.
  init?(_ shape: MultiPolygon, in unit: CoordinateUnit) throws(ShapeError) {
    guard let box = shape.boundingBox else {
      guard shape.isEmpty else { throw Self.broken("a coordinate is not finite") }
      return nil
    }
    self.box = box
    for polygon in shape.polygons {
      try add(polygon.shell, sign: 1, unit)
      for hole in polygon.holes { try add(hole, sign: -1, unit) }
    }
    guard !points.isEmpty else { return nil }
    area = rings.reduce(0) { $0 + $1.area }
  }

  private static func broken(_ message: String) -> ShapeError {
    ShapeError(index: 0, message: message)
  }

  private mutating func add(
    _ ring: [Point], sign: Int, _ unit: CoordinateUnit
  ) throws(ShapeError) {
    guard ring.first == ring.last else { throw Self.broken("a ring is not closed") }
    let first = points.count
    for point in ring.first == nil || ringAreaSign(ring) == -sign ? ring.reversed() : ring {
      guard point.x.isFinite, point.y.isFinite else {
        throw Self.broken("a coordinate is not finite")
      }
      if points.count > first, points[points.count - 1] == point { continue }
      points.append(point)
    }
    let last = points.count - 1
    guard last - first >= 3 else {
      points.removeLast(points.count - first)
      return
    }
    measure(first: first, last: last, unit)
  }

  private mutating func measure(first: Int, last: Int, _ unit: CoordinateUnit) {
    let chunk = chunks.count
    var sum = 0.0
    for start in stride(from: first, to: last, by: Self.chunk) {
      let end = min(last, start + Self.chunk)
      if let box = BoundingBox(around: points[start...end]) { chunks.append(box) }
      for edge in start..<end {
        let height = meanHeight(from: points[edge].y, to: points[edge + 1].y, in: unit)
        heights.append(height)
        // Heights count from the first edge's, so small rings keep their digits.
        sum -= (points[edge + 1].x - points[edge].x) * (height - heights[first])
      }
    }
    heights.append(0)
    rings.append(
      Ring(first: first, last: last, chunk: chunk, area: sum * squareKilometers(in: unit)))
  }
}

/// The mean over an edge of what lies below it: in degrees the zone area from the equator, km² per
/// radian of longitude; in meters the ordinate.
func meanHeight(from start: Double, to end: Double, in unit: CoordinateUnit) -> Double {
  unit == .degrees ? meanZoneArea(from: start, to: end) : start + (end - start) / 2
}

/// What a height times a width is in km².
func squareKilometers(in unit: CoordinateUnit) -> Double {
  unit == .degrees ? radiansPerDegree : 1e-6
}
