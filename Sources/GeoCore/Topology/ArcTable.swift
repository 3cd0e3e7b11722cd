// Quiebre · GeoCore
// The arc-node table of a layer: each border once, with the ground on either side.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The borders of a layer, found once: arcs between nodes, and the faces that they part.
///
/// Contiguity, the check of a coverage, dissolving, simplification and rounding all read this table.
/// Vertices closer than the tolerance count as one, a vertex on another shape's edge (a T-junction)
/// and a crossing become vertices of both, so neighbors are seen across T-junctions, slivers and
/// overlaps. Arcs run between nodes, where other than two edges meet; an arc that meets no other is a
/// closed loop. The table depends on positions alone: another order of the features renumbers its
/// owners and changes nothing else.
///
/// Edges are straight in the coordinates given. A layer that crosses the antimeridian isn't joined
/// across it.
public struct ArcTable: Sendable {
  /// Shapes in the layer, empty ones counted.
  public let shapeCount: Int
  /// The snapping tolerance, in the unit of the coordinates.
  public let tolerance: Double
  /// Whether cutting came to an end; faces are not to be trusted otherwise.
  public let isSettled: Bool

  /// The points of all arcs, back to back.
  var points: [Point] = []
  /// Where each arc begins in `points`; one more than there are arcs.
  var starts: [Int] = [0]
  /// The node that each arc begins and ends at.
  var ends: [(from: Int32, to: Int32)] = []
  var nodes: [Point] = []
  /// Where each arc's entries in `owners` and `sides` begin; one more than there are arcs.
  var ownerStarts: [Int] = [0]
  /// The shapes that an arc bounds, ascending.
  var owners: [Int32] = []
  /// Left less right passes of the owner's rings, seen along the arc.
  var sides: [Int32] = []
  /// Half-arcs that leave each node, counter-clockwise.
  ///
  /// Half 2a follows arc a, half 2a + 1 runs
  /// against it.
  var spokes: [[Int32]] = []
  /// The half-arc that follows each half-arc around the face on its left.
  var following: [Int32] = []
  /// The face to the left of each half-arc.
  var faceOfHalf: [Int32] = []
  public internal(set) var faces: [Face] = []

  /// A connected piece of ground that lies in the same shapes all over.
  public struct Face: Hashable, Sendable {
    /// The shapes that hold the face, ascending: one as a rule, none in a gap or outside,
    /// several where shapes overlap.
    public internal(set) var owners: [Int]
    /// One half-arc of each ring of the face, the outer ring first; the unbounded face has inner
    /// rings only.
    var rings: [Int32]
  }

  /// The face around everything.
  public static let unbounded = 0
  public var arcCount: Int { starts.count - 1 }

  /// About 3 meters: beyond the noise of borders rounded at five decimals or simplified apart.
  public static let defaultDegrees = 0.00003
  public static let defaultMeters = 3.0

  /// Finds the borders of a layer.
  ///
  /// - Parameters:
  ///   - shapes: Valid shapes, all in one system; `nil` or empty for none. Where a shape isn't
  ///     valid, ground is inside if its rings run around it more often counter-clockwise.
  ///   - tolerance: In the unit of the coordinates. Vertices closer than it become one; half of it
  ///     is how far from an edge a vertex may lie to be taken into it. 0 for exact borders.
  ///   - workers: Threads at most; the result doesn't depend on it.
  /// - Throws: ``ShapeError`` for a coordinate that is not finite.
  /// - Complexity: About O(points) for edges of like length; sorting of arcs and nodes.
  public init(_ shapes: [MultiPolygon?], tolerance: Double, workers: Int) throws {
    let layer = try NodedLayer(shapes, tolerance: tolerance, workers: workers)
    shapeCount = shapes.count
    self.tolerance = tolerance
    isSettled = layer.isSettled
    appendArcs(of: layer)
    connect()
    findFaces()
  }

  /// The points of an arc, from its western end; the first and last are nodes.
  public func arc(_ index: Int) -> ArraySlice<Point> { points[starts[index]..<starts[index + 1]] }

  /// The faces on either side of an arc.
  func sidesOfArc(_ arc: Int) -> (left: Int, right: Int) {
    (Int(faceOfHalf[2 * arc]), Int(faceOfHalf[2 * arc + 1]))
  }

  /// The entries of an arc in `owners` and `sides`.
  func entries(ofArc arc: Int) -> Range<Int> { ownerStarts[arc]..<ownerStarts[arc + 1] }

  /// The half-arcs around a ring of a face, from the one given.
  func halves(ofRing first: Int32) -> [Int32] {
    var halves = [first]
    var half = following[Int(first)]
    while half != first {
      halves.append(half)
      half = following[Int(half)]
    }
    return halves
  }

  /// The node that a half-arc leaves.
  func origin(ofHalf half: Int32) -> Int32 {
    half & 1 == 0 ? ends[Int(half) / 2].from : ends[Int(half) / 2].to
  }

  /// The first point of a half-arc after its node.
  func heading(ofHalf half: Int32) -> Point {
    let arc = Int(half) / 2
    return half & 1 == 0 ? points[starts[arc] + 1] : points[starts[arc + 1] - 2]
  }

  /// The points along a half-arc.
  func appendPoints(ofHalf half: Int32, to ring: inout [Point]) {
    let arc = arc(Int(half) / 2)
    if half & 1 == 0 {
      ring.append(contentsOf: arc)
    } else {
      ring.append(contentsOf: arc.reversed())
    }
  }

  /// The closed ring along some half-arcs, each of which ends where the next begins.
  func ring(_ halves: [Int32]) -> [Point] {
    var ring: [Point] = []
    for half in halves {
      if !ring.isEmpty { ring.removeLast() }
      appendPoints(ofHalf: half, to: &ring)
    }
    return ring
  }
}
