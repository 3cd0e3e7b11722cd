// Quiebre · GeoCore
// How much ground the shapes of two layers share: the basis of areal interpolation.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The ground that a target shares with one source.
public struct Overlap: Hashable, Sendable {
  /// Index of the source in its list.
  public let source: Int
  /// Shared ground in km²; positive.
  public let area: Double
}

/// The sources that each target shares ground with, in ascending order, and how much.
///
/// In degrees edges are straight in longitude and latitude, as RFC 7946 has them, and ground is
/// measured on the ellipsoid in closed form. That is the area that an equal-area projection with
/// fully densified edges would give, without its error, so a source that the targets cover is
/// shared out to the last digits. In meters ground is that of the plane.
///
/// - Parameters:
///   - targets: Valid shapes; `nil` for none.
///   - sources: Likewise.
///   - unit: What the coordinates measure.
///   - workers: Threads at most; the result doesn't depend on it.
/// - Returns: One list per target, empty where nothing overlaps.
/// - Throws: ``ShapeError`` with the index of the first target (else source) that has an open ring, a
///   coordinate that isn't finite, or covers ground more than once or less than nothing.
/// - Complexity: O((n + pairs whose boxes meet) log n); a pair costs its edges in both boxes.
public func overlapAreas(
  targets: [MultiPolygon?], sources: [MultiPolygon?], in unit: CoordinateUnit = .degrees,
  workers: Int
) throws -> [[Overlap]] {
  try overlapAreas(
    targets: overlayShapes(targets, in: unit, workers: workers),
    sources: overlayShapes(sources, in: unit, workers: workers), in: unit, workers: workers)
}

/// The shapes of a layer as lists of edges.
func overlayShapes(
  _ shapes: [MultiPolygon?], in unit: CoordinateUnit, workers: Int
) throws -> [OverlayShape?] {
  try concurrentMap(count: shapes.count, workers: workers) { index in
    do throws(ShapeError) {
      return try shapes[index].flatMap { shape throws(ShapeError) in
        try OverlayShape(shape, in: unit)
      }
    } catch {
      throw ShapeError(index: index, message: error.message)
    }
  }
}

func overlapAreas(
  targets: [OverlayShape?], sources: [OverlayShape?], in unit: CoordinateUnit, workers: Int
) throws -> [[Overlap]] {
  let tree = BoxTree(sources.map { $0?.box })
  return try concurrentMap(
    count: targets.count, workers: workers, scratch: { OverlapKernel(unit: unit) }
  ) { kernel, index in
    guard let target = targets[index] else { return [] }
    var found: [Overlap] = []
    for candidate in tree.items(meeting: target.box) {
      guard let source = sources[candidate] else { continue }
      let area = kernel.area(target, source)
      // A tenth of a square meter is more than rounding leaves.
      guard area >= -1e-7, area <= 1e-7 + min(target.area, source.area) * (1 + 1e-9) else {
        throw ShapeError(
          index: index, message: "covers ground more than once or less than nothing")
      }
      if area > 0 { found.append(Overlap(source: candidate, area: area)) }
    }
    return found
  }
}
