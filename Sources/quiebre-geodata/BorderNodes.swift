// Quiebre · quiebre-geodata
// Gives borders that run together the same vertices on both sides.
// SPDX-License-Identifier: Apache-2.0

/// Adds to every edge the vertices of the layer that lie on it.
///
/// Cells of two departments meet along a border at different vertices, and rounding moves each a
/// little off the other's edge. A vertex within one lattice unit of an edge is taken into it;
/// repeated until nothing changes, since an edge that bends may come near another vertex.
///
/// - Parameter rings: Not closed: the last point joins the first.
/// - Returns: The rings in their order, with more vertices.
/// - Complexity: About O(points) for edges that are short against the layer.
func withSharedVertices(_ rings: [[LatticePoint]]) -> [[LatticePoint]] {
  var rings = rings
  let index = VertexIndex(rings)
  for _ in 0..<8 {
    var changed = false
    var between: [LatticeEdge: [LatticePoint]] = [:]
    for ring in rings.indices {
      var result: [LatticePoint] = []
      for (from, to) in edges(of: rings[ring]) {
        result.append(from)
        // Both directions of an edge get the same vertices, in one order.
        let forward = from < to
        let edge = LatticeEdge(from: forward ? from : to, to: forward ? to : from)
        let found = between[edge] ?? index.vertices(on: edge)
        between[edge] = found
        result += forward ? found : found.reversed()
      }
      changed = changed || result.count > rings[ring].count
      rings[ring] = result
    }
    guard changed else { break }
  }
  return rings
}

/// The edges of a ring that isn't closed.
func edges(of ring: [LatticePoint]) -> some Sequence<(LatticePoint, LatticePoint)> {
  zip(ring, ring.dropFirst() + ring.prefix(1))
}

/// The vertices of a layer in square bins.
private struct VertexIndex {
  private static let binSize: Int64 = 4096
  private var bins: [LatticePoint: [LatticePoint]] = [:]

  init(_ rings: [[LatticePoint]]) {
    var seen: Set<LatticePoint> = []
    for point in rings.joined() where seen.insert(point).inserted {
      bins[Self.bin(of: point), default: []].append(point)
    }
  }

  /// The vertices within one unit of an edge and beside neither of its ends, in its direction.
  func vertices(on edge: LatticeEdge) -> [LatticePoint] {
    let low = Self.bin(
      of: LatticePoint(
        x: min(edge.from.x, edge.to.x) - 1, y: min(edge.from.y, edge.to.y) - 1))
    let high = Self.bin(
      of: LatticePoint(
        x: max(edge.from.x, edge.to.x) + 1, y: max(edge.from.y, edge.to.y) + 1))
    let along = edge.to - edge.from
    let squared = along.dot(along)
    var found: [(distance: Int64, point: LatticePoint)] = []
    for column in low.x...high.x {
      for row in low.y...high.y {
        for point in bins[LatticePoint(x: column, y: row)] ?? [] {
          let offset = point - edge.from
          let distance = along.dot(offset)
          guard distance > 0, distance < squared else { continue }
          let across = Int128(along.cross(offset))
          if across * across <= Int128(squared) { found.append((distance, point)) }
        }
      }
    }
    found.sort { $0.distance == $1.distance ? $0.point < $1.point : $0.distance < $1.distance }
    return found.map(\.point)
  }

  private static func bin(of point: LatticePoint) -> LatticePoint {
    LatticePoint(x: floorDivided(point.x), y: floorDivided(point.y))
  }

  private static func floorDivided(_ value: Int64) -> Int64 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: binSize)
    return rest < 0 ? quotient - 1 : quotient
  }
}
