// Quiebre · quiebre-geodata
// Schematic districts: Voronoi cells of populated places, cut by department, joined by district.
// SPDX-License-Identifier: Apache-2.0

import Compute
import GeoCore

/// The schematic shape of every district.
///
/// Each department is divided among the places of its districts. A district that none of its
/// places gives a cell gets the cell nearest to its capital from a district that keeps another; where no
/// district can spare one, the cell nearest to its capital is halved.
///
/// - Returns: One shape per district, in their order; together they cover the departments wholly.
/// - Throws: ``CoverageError`` if a district or department stays without ground; GEOS errors.
func schematicDistricts(
  _ districts: [GeoDistrict], places: [GeoPlace], departments: [GeoDepartment], workers: Int
) throws -> [MultiPolygon] {
  let parts = try concurrentMap(count: departments.count, workers: workers) { index in
    try cells(of: departments[index], districts: districts, places: places)
  }
  return try dissolvedCoverage(
    cells: parts.flatMap { $0.map(\.shape) }, owners: parts.flatMap { $0.map(\.owner) },
    count: districts.count)
}

private struct OwnedCell: Sendable {
  let site: Point
  var owner: Int
  var shape: MultiPolygon
}

private func cells(
  of department: GeoDepartment, districts: [GeoDistrict], places: [GeoPlace]
) throws -> [OwnedCell] {
  let members = districts.indices.filter { districts[$0].code.hasPrefix(department.code) }
  let memberSet = Set(members)
  let sites = places.filter { memberSet.contains($0.district) }
  let shapes = try voronoiCells(sites: sites.map(\.position), within: department.shape)
  var cells = zip(sites, shapes).filter { !$1.isEmpty }.map {
    OwnedCell(site: $0.position, owner: $0.district, shape: $1)
  }
  try giveGround(to: members, districts, &cells)
  return cells
}

/// Gives every member a cell, by its nearest spare one or by halving the nearest of all.
private func giveGround(
  to members: [Int], _ districts: [GeoDistrict], _ cells: inout [OwnedCell]
) throws {
  var count = [Int](repeating: 0, count: districts.count)
  for cell in cells { count[cell.owner] += 1 }
  for member in members where count[member] == 0 {
    let capital = districts[member].capital
    let byDistance = cells.indices.sorted {
      let (a, b) = (
        squaredDistance(cells[$0].site, capital), squaredDistance(cells[$1].site, capital)
      )
      return a == b ? $0 < $1 : a < b
    }
    guard let nearest = byDistance.first else {
      throw CoverageError(description: "no ground for \(districts[member].code)")
    }
    if let spare = byDistance.first(where: { count[cells[$0].owner] > 1 }) {
      count[cells[spare].owner] -= 1
      cells[spare].owner = member
    } else {
      let halves = try halved(cells[nearest], towards: capital)
      cells[nearest].shape = halves.kept
      cells.append(OwnedCell(site: halves.site, owner: member, shape: halves.given))
    }
    count[member] = 1
  }
}

/// Divides a cell between its site and a second one, halfway to the corner nearest to `target`.
private func halved(
  _ cell: OwnedCell, towards target: Point
) throws -> (kept: MultiPolygon, given: MultiPolygon, site: Point) {
  let corners = cell.shape.polygons.flatMap(\.shell)
  guard
    let corner = corners.min(by: { squaredDistance($0, target) < squaredDistance($1, target) })
  else { throw CoverageError(description: "an empty cell can't be halved") }
  let site = Point(x: (cell.site.x + corner.x) / 2, y: (cell.site.y + corner.y) / 2)
  let halves = try voronoiCells(sites: [cell.site, site], within: cell.shape)
  guard !halves[0].isEmpty, !halves[1].isEmpty else {
    throw CoverageError(description: "a cell can't be halved at \(corner)")
  }
  return (halves[0], halves[1], site)
}

func squaredDistance(_ a: Point, _ b: Point) -> Double {
  (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
}
