// Quiebre · GeoCore
// How much ground the shapes of two layers share: the basis of areal interpolation.
// SPDX-License-Identifier: Apache-2.0

/// The ground that a target shares with one source.
public struct Overlap: Hashable, Sendable {
  /// Index of the source in its list.
  public let source: Int
  /// Shared ground in km²; positive.
  public let area: Double
}

/// The sources that each target shares ground with, in ascending order, and how much.
///
/// Intersections are cut in longitude and latitude, where GeoJSON's edges are straight, and then
/// measured on the ellipsoid in closed form (``MultiPolygon/ellipsoidalArea``). That is the area
/// that an equal-area projection with fully densified edges would give, without its error, so a
/// source that the targets cover is shared out to the last digits.
///
/// - Parameters:
///   - targets: Valid shapes in longitude and latitude; `nil` for none.
///   - sources: Likewise.
///   - workers: Threads at most; the result doesn't depend on it.
/// - Returns: One list per target, empty where nothing overlaps.
/// - Throws: ``ShapeError`` with the index of the first target that GEOS fails on.
/// - Complexity: O(pairs whose boxes meet) intersections.
public func overlapAreas(
  targets: [MultiPolygon?], sources: [MultiPolygon?], workers: Int
) throws -> [[Overlap]] {
  let index = ShapeIndex(sources)
  return try mapInBlocks(count: targets.count, workers: workers, block: 8) { target, session in
    guard let shape = targets[target], let box = shape.boundingBox else { return [Overlap]() }
    do throws(GEOSError) {
      return try overlaps(
        of: shape, with: index.candidates(meeting: box), in: sources, session: session)
    } catch {
      throw ShapeError(index: target, message: error.description)
    }
  }
}

private func overlaps(
  of shape: MultiPolygon, with candidates: [Int], in sources: [MultiPolygon?],
  session: GEOSSession
) throws(GEOSError) -> [Overlap] {
  guard !candidates.isEmpty else { return [] }
  let target = try session.shape(shape)
  let prepared = try PreparedShape(target)
  var found: [Overlap] = []
  for candidate in candidates {
    guard let source = sources[candidate] else { continue }
    let other = try session.shape(source)
    let area: Double
    if try prepared.contains(other) {
      area = source.ellipsoidalArea
    } else {
      area = try target.intersection(other).multiPolygon().ellipsoidalArea
    }
    if area > 0 { found.append(Overlap(source: candidate, area: area)) }
  }
  return found
}
