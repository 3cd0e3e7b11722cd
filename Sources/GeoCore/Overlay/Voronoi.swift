// Quiebre · GeoCore
// The ground nearest to each site: Voronoi cells cut to a shape.
// SPDX-License-Identifier: Apache-2.0

/// The part of a shape that lies nearest to each site, in the plane of the coordinates.
///
/// Together the cells cover `within` wholly, without overlaps. Where sites coincide, the first one
/// has the cell and the others an empty shape; so has a site whose cell lies outside `within`.
///
/// - Parameters:
///   - sites: Any points, inside or outside the shape; finite.
///   - within: A valid shape with area.
/// - Returns: One shape per site, in their order.
/// - Throws: ``GEOSError``; ``VoronoiError`` when the cells found don't fit the sites or the shape.
public func voronoiCells(sites: [Point], within: MultiPolygon) throws -> [MultiPolygon] {
  guard let box = within.boundingBox, !sites.isEmpty else {
    throw VoronoiError("no sites, or a shape without area")
  }
  guard sites.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
    throw VoronoiError("a site has a coordinate that is not finite")
  }
  let distinct = firstOfEach(sites)
  var cells = [MultiPolygon](repeating: MultiPolygon([]), count: sites.count)
  guard distinct.count > 1 else {
    cells[0] = within
    return cells
  }
  let session = GEOSSession()
  let frame = try frameShape(around: box, and: distinct.map { sites[$0] }, session: session)
  let diagram = try session.multiPoint(distinct.map { sites[$0] }).voronoiCells(frame: frame)
  let raw = try diagram.polygonParts()
  guard raw.count == distinct.count else {
    throw VoronoiError("\(distinct.count) sites gave \(raw.count) cells")
  }
  let owners = polygonIndex(of: distinct.map { sites[$0] }, in: raw)
  guard Set(owners.compactMap { $0 }).count == distinct.count else {
    throw VoronoiError("a cell holds no site, or several")
  }
  try cut(raw, owners: owners, sites: distinct, to: within, into: &cells, session: session)
  let covered = cells.reduce(0) { $0 + $1.planarArea }
  guard abs(covered - within.planarArea) <= 1e-9 * within.planarArea else {
    throw VoronoiError("the cells cover \(covered) of \(within.planarArea)")
  }
  return cells
}

/// Why sites could not be given cells.
public struct VoronoiError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = "Voronoi cells: " + description }
}

/// The index of the first site at each position, ascending.
private func firstOfEach(_ sites: [Point]) -> [Int] {
  var seen: Set<Point> = []
  return sites.indices.filter { seen.insert(sites[$0]).inserted }
}

/// A box that reaches well beyond the shape and the sites.
private func frameShape(
  around box: BoundingBox, and sites: [Point], session: GEOSSession
) throws -> GEOSShape {
  let whole = BoundingBox(around: sites).map(box.union) ?? box
  let margin = max(whole.maxX - whole.minX, whole.maxY - whole.minY)
  let west = whole.minX - margin
  let east = whole.maxX + margin
  let south = whole.minY - margin
  let north = whole.maxY + margin
  return try session.shape(
    Polygon(shell: [
      Point(x: west, y: south), Point(x: east, y: south), Point(x: east, y: north),
      Point(x: west, y: north), Point(x: west, y: south),
    ]))
}

/// Intersects each raw cell with the shape; cells that lie wholly inside stay as they are.
private func cut(
  _ raw: [MultiPolygon], owners: [Int?], sites: [Int], to within: MultiPolygon,
  into cells: inout [MultiPolygon], session: GEOSSession
) throws {
  let ground = try session.shape(within)
  let prepared = try PreparedShape(ground)
  for (site, owner) in zip(sites, owners) {
    guard let owner else { continue }
    let cell = try session.shape(raw[owner])
    if try prepared.contains(cell) {
      cells[site] = raw[owner]
    } else {
      cells[site] = try cell.intersection(ground).multiPolygon()
    }
  }
}
