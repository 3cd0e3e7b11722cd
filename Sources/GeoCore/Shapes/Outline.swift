// Quiebre · GeoCore
// What a shape's rings say by themselves: turning sense, box, an inner point.
// SPDX-License-Identifier: Apache-2.0

/// The turning sense of a closed ring: 1 counter-clockwise, −1 clockwise, 0 without area.
///
/// Coordinates are taken relative to the first point, so a small ring far from the origin keeps
/// its sign.
public func ringAreaSign(_ ring: [Point]) -> Int {
  let area = signedArea(of: ring)
  return area > 0 ? 1 : area < 0 ? -1 : 0
}

/// The signed area of a closed ring in the plane, positive when counter-clockwise.
func signedArea(of ring: [Point]) -> Double {
  guard let origin = ring.first else { return 0 }
  var doubled = 0.0
  var previous = Point(x: 0, y: 0)
  for point in ring {
    let current = Point(x: point.x - origin.x, y: point.y - origin.y)
    doubled += previous.x * current.y - current.x * previous.y
    previous = current
  }
  return doubled / 2
}

extension BoundingBox {
  /// The smallest box around some points; `nil` without points or with a coordinate that is NaN.
  init?(around points: some Sequence<Point>) {
    var box: BoundingBox?
    for point in points {
      guard !point.x.isNaN, !point.y.isNaN else { return nil }
      guard let old = box else {
        box = BoundingBox(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
        continue
      }
      box = BoundingBox(
        minX: min(old.minX, point.x), minY: min(old.minY, point.y), maxX: max(old.maxX, point.x),
        maxY: max(old.maxY, point.y))
    }
    guard let box else { return nil }
    self = box
  }

  /// Whether the boxes share a point; touching counts.
  public func intersects(_ other: BoundingBox) -> Bool {
    minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
  }

  /// Whether the point lies in the box or on its edge.
  public func contains(_ point: Point) -> Bool {
    minX <= point.x && point.x <= maxX && minY <= point.y && point.y <= maxY
  }

  /// The smallest box that holds both.
  public func union(_ other: BoundingBox) -> BoundingBox {
    BoundingBox(
      minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX),
      maxY: max(maxY, other.maxY))
  }
}

extension Polygon {
  /// Shell and holes, the shell first.
  var rings: [[Point]] { [shell] + holes }
}

extension MultiPolygon {
  /// The smallest box around all shells; `nil` for an empty shape.
  public var boundingBox: BoundingBox? {
    var box: BoundingBox?
    for polygon in polygons {
      guard let part = BoundingBox(around: polygon.shell) else { continue }
      box = box?.union(part) ?? part
    }
    return box
  }

  /// How many points the rings hold, closing points counted.
  public var pointCount: Int {
    polygons.reduce(0) { $0 + $1.shell.count + $1.holes.reduce(0) { $0 + $1.count } }
  }

  /// The shape with shells counter-clockwise and holes clockwise, as RFC 7946 asks.
  ///
  /// A ring without area stays as it is.
  public func oriented() -> MultiPolygon {
    MultiPolygon(
      polygons.map { polygon in
        Polygon(
          shell: turned(polygon.shell, to: 1), holes: polygon.holes.map { turned($0, to: -1) })
      })
  }

  /// Area in the plane, in the square of the coordinates' unit: shells minus holes.
  public var planarArea: Double {
    polygons.reduce(0) { sum, polygon in
      sum + abs(signedArea(of: polygon.shell))
        - polygon.holes.reduce(0) { $0 + abs(signedArea(of: $1)) }
    }
  }

  /// A point inside the shape: the middle of the widest inner stretch of a level line.
  ///
  /// The line runs near the middle of each part, at a height without vertices, and the widest
  /// stretch of all parts wins (the first one among equals). `nil` for a shape without area.
  public var interiorPoint: Point? {
    var best: (width: Double, point: Point)?
    for polygon in polygons {
      guard let y = levelWithoutVertex(of: polygon) else { continue }
      let crossings = levelCrossings(of: polygon, at: y)
      for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
        let width = crossings[pair + 1] - crossings[pair]
        if width > (best?.width ?? 0) {
          best = (width, Point(x: crossings[pair] + width / 2, y: y))
        }
      }
    }
    return best?.point
  }
}

private func turned(_ ring: [Point], to sign: Int) -> [Point] {
  ringAreaSign(ring) == -sign ? ring.reversed() : ring
}

/// A height near the middle of the polygon that no vertex shares.
private func levelWithoutVertex(of polygon: Polygon) -> Double? {
  guard let box = BoundingBox(around: polygon.shell), box.maxY > box.minY else { return nil }
  let middle = box.minY + (box.maxY - box.minY) / 2
  var below = box.minY
  var above = box.maxY
  for ring in polygon.rings {
    for point in ring {
      if point.y <= middle { below = max(below, point.y) } else { above = min(above, point.y) }
    }
  }
  return below + (above - below) / 2
}

/// Where the rings cross the level `y`, from west to east.
private func levelCrossings(of polygon: Polygon, at y: Double) -> [Double] {
  var crossings: [Double] = []
  for ring in polygon.rings {
    for (a, b) in zip(ring, ring.dropFirst()) where (a.y > y) != (b.y > y) {
      crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
    }
  }
  return crossings.sorted()
}
