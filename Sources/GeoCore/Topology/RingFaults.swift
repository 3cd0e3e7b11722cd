// Quiebre · GeoCore
// What is odd about a ring without making it invalid: its sense, repeated vertices, spikes.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// An oddity of a shape's rings.
public struct RingFault: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A shell that runs clockwise or a hole that runs counter-clockwise (RFC 7946, 3.1.6).
    case sense = "ring_sense"
    /// The same vertex twice in a row.
    case repeatedVertex = "repeated_vertex"
    /// The border goes out and comes back at an angle below one degree.
    case spike
  }

  public let kind: Kind
  public let at: Point
}

/// The oddities of a shape, ring by ring.
///
/// - Parameters:
///   - shape: Its rings closed.
///   - unit: What the coordinates measure; in degrees, angles are taken on the ground.
/// - Returns: One entry per ring of the wrong sense, vertex repeated and spike.
/// - Complexity: O(points).
public func ringFaults(of shape: MultiPolygon, in unit: CoordinateUnit) -> [RingFault] {
  shape.polygons.flatMap { polygon in
    faults(of: polygon.shell, sense: 1, unit)
      + polygon.holes.flatMap { faults(of: $0, sense: -1, unit) }
  }
}

private func faults(of ring: [Point], sense: Int, _ unit: CoordinateUnit) -> [RingFault] {
  guard let first = ring.first else { return [] }
  var found: [RingFault] = []
  if ringAreaSign(ring) == -sense { found.append(RingFault(kind: .sense, at: first)) }
  var corners: [Point] = []
  for point in ring {
    if corners.last == point {
      found.append(RingFault(kind: .repeatedVertex, at: point))
    } else {
      corners.append(point)
    }
  }
  if corners.count > 1, corners.first == corners.last { corners.removeLast() }
  guard corners.count > 2 else { return found }
  let narrowing =
    unit == .degrees ? cosineOfDegrees(min(90, max(-90, first.y))) : 1
  for index in corners.indices {
    let before = corners[(index + corners.count - 1) % corners.count]
    let after = corners[(index + 1) % corners.count]
    if isSpike(before, corners[index], after, narrowing) {
      found.append(RingFault(kind: .spike, at: corners[index]))
    }
  }
  return found
}

/// Whether the angle at the middle point is below one degree.
private func isSpike(_ before: Point, _ tip: Point, _ after: Point, _ narrowing: Double) -> Bool {
  let (ax, ay) = ((before.x - tip.x) * narrowing, before.y - tip.y)
  let (bx, by) = ((after.x - tip.x) * narrowing, after.y - tip.y)
  let along = ax * bx + ay * by
  let across = ax * by - ay * bx
  // tan 1°
  return along > 0 && abs(across) < 0.017455064928217585 * along
}
