// Quiebre · GeoCore
// Which side of an edge a vertex of another shape lies on, never neither; windings; crossing points.
// SPDX-License-Identifier: Apache-2.0

/// The side of the edge p → q, of the first shape, that a vertex of the second lies on.
///
/// 1 is left, −1 right. On the line, the second shape's shift by (ε, ε²) decides.
@inline(__always)
func sideOfSecond(_ p: Point, _ q: Point, _ vertex: Point) -> Int {
  let side = orientation(p, q, vertex)
  if side != 0 { return side }
  if p.y != q.y { return q.y > p.y ? -1 : 1 }
  return q.x > p.x ? 1 : -1
}

/// The side of the edge p → q, of the second shape, that a vertex of the first lies on.
@inline(__always)
func sideOfFirst(_ p: Point, _ q: Point, _ vertex: Point) -> Int {
  let side = orientation(p, q, vertex)
  if side != 0 { return side }
  if p.y != q.y { return q.y > p.y ? 1 : -1 }
  return q.x > p.x ? -1 : 1
}

/// How often a shape holds a vertex of the other one; 0 or 1 for valid shapes.
///
/// With `isSecond` the vertex is the second shape's, which is shifted; else the shape is.
func winding(of vertex: Point, in shape: OverlayShape, isSecond: Bool) -> Int {
  var count = 0
  for ring in shape.rings {
    var start = ring.first
    var chunk = ring.chunk
    while start < ring.last {
      let end = min(ring.last, start + OverlayShape.chunk)
      let box = shape.chunks[chunk]
      if box.minY <= vertex.y, vertex.y <= box.maxY, vertex.x <= box.maxX {
        for edge in start..<end {
          let (p, q) = (shape.points[edge], shape.points[edge + 1])
          // Level with the vertex: the shift lifts the second shape above the first.
          let startsAbove = isSecond ? p.y > vertex.y : p.y >= vertex.y
          let endsAbove = isSecond ? q.y > vertex.y : q.y >= vertex.y
          guard startsAbove != endsAbove else { continue }
          let side = isSecond ? sideOfSecond(p, q, vertex) : sideOfFirst(p, q, vertex)
          if endsAbove, side > 0 { count += 1 } else if startsAbove, side < 0 { count -= 1 }
        }
      }
      (start, chunk) = (end, chunk + 1)
    }
  }
  return count
}

/// Where two edges cross that do, rounded; in the boxes of both.
func crossingPoint(_ p: Point, _ q: Point, _ r: Point, _ s: Point) -> Point {
  let before = (s.x - r.x) * (p.y - r.y) - (s.y - r.y) * (p.x - r.x)
  let after = (s.x - r.x) * (q.y - r.y) - (s.y - r.y) * (q.x - r.x)
  // Edges on one line but for rounding: any point that both have will do.
  let share = before == after ? 0.5 : min(1, max(0, before / (before - after)))
  let x = p.x + share * (q.x - p.x)
  let y = p.y + share * (q.y - p.y)
  return Point(
    x: min(max(x, min(p.x, q.x), min(r.x, s.x)), max(p.x, q.x), max(r.x, s.x)),
    y: min(max(y, min(p.y, q.y), min(r.y, s.y)), max(p.y, q.y), max(r.y, s.y)))
}

extension BoundingBox {
  /// What both boxes hold; `nil` if they are apart.
  func intersection(_ other: BoundingBox) -> BoundingBox? {
    guard intersects(other) else { return nil }
    return BoundingBox(
      minX: max(minX, other.minX), minY: max(minY, other.minY), maxX: min(maxX, other.maxX),
      maxY: min(maxY, other.maxY))
  }

  /// Whether the box of an edge meets this one.
  @inline(__always)
  func meets(_ p: Point, _ q: Point) -> Bool {
    min(p.x, q.x) <= maxX && max(p.x, q.x) >= minX && min(p.y, q.y) <= maxY
      && max(p.y, q.y) >= minY
  }
}
