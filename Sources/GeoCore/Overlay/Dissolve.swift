// Quiebre · GeoCore
// Shapes joined to one.
// SPDX-License-Identifier: Apache-2.0

/// The union of valid shapes, without the borders that they share.
///
/// Shapes that meet in shared edges only are joined by their edges, points unchanged. If that
/// loses or doubles ground (overlaps, borders with other vertices on either side), the general
/// overlay does it. Shells come counter-clockwise, holes clockwise.
///
/// - Throws: ``GEOSError`` for invalid shapes.
public func dissolved(_ shapes: [MultiPolygon]) throws -> MultiPolygon {
  let session = GEOSSession()
  var parts: [GEOSShape] = []
  for shape in shapes where !shape.isEmpty { parts.append(try session.shape(shape)) }
  guard !parts.isEmpty else { return MultiPolygon([]) }
  return try joinedByEdges(shapes, session: session)
    ?? session.union(of: parts).multiPolygon().oriented()
}

/// The coverage union, if it is valid and keeps the area; else `nil`.
private func joinedByEdges(_ shapes: [MultiPolygon], session: GEOSSession) throws -> MultiPolygon? {
  let all = try session.shape(MultiPolygon(shapes.flatMap(\.polygons)))
  guard let joined = try? all.coverageUnion(), try joined.fault() == nil else { return nil }
  let result = try joined.multiPolygon().oriented()
  let area = shapes.reduce(0) { $0 + $1.planarArea }
  // Neighbors whose borders carry different vertices stay apart: valid by parts, but not joined.
  let general = try session.union(of: [joined]).multiPolygon()
  guard abs(result.planarArea - area) <= 1e-12 * area,
    general.polygons.count == result.polygons.count
  else { return nil }
  return result
}

extension MultiPolygon {
  /// The shape with each point replaced.
  func mapPoints<Failure: Error>(
    _ transform: (Point) throws(Failure) -> Point
  ) throws(Failure) -> MultiPolygon {
    var result = self
    for part in result.polygons.indices {
      for index in result.polygons[part].shell.indices {
        result.polygons[part].shell[index] = try transform(polygons[part].shell[index])
      }
      for hole in result.polygons[part].holes.indices {
        for index in result.polygons[part].holes[hole].indices {
          result.polygons[part].holes[hole][index] = try transform(
            polygons[part].holes[hole][index])
        }
      }
    }
    return result
  }
}
