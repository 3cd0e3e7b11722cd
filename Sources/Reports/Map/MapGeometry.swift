// Quiebre · Reports
// Shapes as RFC 7946 wants them: rounded, closed, shells counter-clockwise, holes clockwise.
// SPDX-License-Identifier: Apache-2.0

import Formats
import GeoCore

/// A district's rings on a decimal grid.
///
/// A coordinate rounds the same wherever it occurs, so borders that share their vertices stay
/// shared. Rings that collapse on the grid are dropped; if every shell of a shape would collapse,
/// the shape keeps more decimals instead, so that no district is lost to rounding.
struct MapGeometry: Hashable {
  struct Position: Hashable {
    var x: Int64
    var y: Int64
  }

  /// Decimals of the grid: 5, about a meter; 9 for shapes smaller than that.
  let decimals: Int
  /// Rings of each polygon, shell first; closed.
  let polygons: [[[Position]]]

  static let usualDecimals = 5
  static let fineDecimals = 9

  /// Makes the geometry, or returns `nil` if there is no shape or it has no area at all.
  ///
  /// A shape that was rounded before, with points on the finer grid where the usual one is too
  /// coarse, keeps its points.
  init?(_ shape: MultiPolygon?, isRounded: Bool = false) {
    guard let shape else { return nil }
    let needsMore = isRounded && !Self.isOnUsualGrid(shape)
    for decimals in needsMore ? [Self.fineDecimals] : [Self.usualDecimals, Self.fineDecimals] {
      let polygons = shape.polygons.compactMap { Self.rings(of: $0, decimals: decimals) }
      guard polygons.isEmpty else {
        self.decimals = decimals
        self.polygons = polygons
        return
      }
    }
    return nil
  }

  /// Whether all points lie on the usual grid.
  private static func isOnUsualGrid(_ shape: MultiPolygon) -> Bool {
    shape.polygons.flatMap { [$0.shell] + $0.holes }.joined().allSatisfy { point in
      [point.x, point.y].allSatisfy { value in
        DecimalScaling.scaled(value, decimals: usualDecimals).map { Double($0) / 100_000 } == value
      }
    }
  }

  /// West, south, east, north on the usual grid.
  var box: (west: Int64, south: Int64, east: Int64, north: Int64) {
    var box = (west: Int64.max, south: Int64.max, east: Int64.min, north: Int64.min)
    let step: Int64 = decimals == Self.usualDecimals ? 1 : 10_000
    for position in polygons.joined().joined() {
      let (x, y) = (position.x / step, position.y / step)
      box.west = min(box.west, x)
      box.south = min(box.south, y)
      box.east = max(box.east, x)
      box.north = max(box.north, y)
    }
    return box
  }

  func write(to json: inout JSONWriter) {
    json.object(.compact) { json in
      json.member("type", polygons.count == 1 ? "Polygon" : "MultiPolygon")
      json.array("coordinates", .compact) { json in
        guard polygons.count > 1 else { return write(polygons[0], to: &json) }
        for polygon in polygons {
          json.array(.compact) { write(polygon, to: &$0) }
        }
      }
    }
  }

  private func write(_ rings: [[Position]], to json: inout JSONWriter) {
    for ring in rings {
      json.array(.compact) { json in
        for position in ring {
          json.position(scaledX: position.x, scaledY: position.y, decimals: decimals)
        }
      }
    }
  }

  private static func rings(of polygon: Polygon, decimals: Int) -> [[Position]]? {
    guard let shell = ring(polygon.shell, decimals: decimals, counterclockwise: true) else {
      return nil
    }
    return [shell]
      + polygon.holes.compactMap { ring($0, decimals: decimals, counterclockwise: false) }
  }

  /// One ring on the grid, without repeated positions; `nil` if fewer than three are left or it
  /// encloses nothing.
  private static func ring(
    _ points: [Point], decimals: Int, counterclockwise: Bool
  ) -> [Position]? {
    var ring: [Position] = []
    ring.reserveCapacity(points.count)
    for point in points {
      guard let x = DecimalScaling.scaled(point.x, decimals: decimals),
        let y = DecimalScaling.scaled(point.y, decimals: decimals)
      else { return nil }
      let position = Position(x: x, y: y)
      if ring.last != position { ring.append(position) }
    }
    guard let first = ring.first else { return nil }
    if ring.last != first { ring.append(first) }
    guard ring.count >= 4 else { return nil }
    let area = doubledArea(ring)
    guard area != 0 else { return nil }
    if (area > 0) != counterclockwise { ring.reverse() }
    return ring
  }

  /// Twice the signed area, exactly; positive = counter-clockwise.
  private static func doubledArea(_ ring: [Position]) -> Int128 {
    guard let origin = ring.first else { return 0 }
    var sum: Int128 = 0
    for (a, b) in zip(ring, ring.dropFirst()) {
      let (ax, ay) = (Int128(a.x - origin.x), Int128(a.y - origin.y))
      let (bx, by) = (Int128(b.x - origin.x), Int128(b.y - origin.y))
      sum += ax * by - bx * ay
    }
    return sum
  }
}
