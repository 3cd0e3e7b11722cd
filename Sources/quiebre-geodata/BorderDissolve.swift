// Quiebre · quiebre-geodata
// Joins the cells of each district by striking out the edges that two of its cells share.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// Why cells don't form a coverage.
struct CoverageError: Error, CustomStringConvertible {
  let description: String
}

/// The shapes of a coverage's owners, from the cells that each of them has.
///
/// All in whole numbers: coordinates are rounded once, borders get their vertices on both sides,
/// and what two cells of one owner share disappears. So neighbors share their borders exactly, and
/// nothing between them is lost or doubled.
///
/// - Parameters:
///   - cells: A coverage, up to rounding; interiors don't overlap.
///   - owners: The owner of each cell, 0 to `count` − 1.
///   - count: How many owners there are.
/// - Returns: One shape per owner; empty for an owner without a cell.
/// - Throws: ``CoverageError`` if an edge has two owners on one side: the cells overlap.
func dissolvedCoverage(
  cells: [MultiPolygon], owners: [Int], count: Int
) throws -> [MultiPolygon] {
  var rings: [[LatticePoint]] = []
  var ringOwners: [Int] = []
  for (cell, owner) in zip(cells, owners) {
    for polygon in cell.oriented().polygons {
      for ring in [polygon.shell] + polygon.holes {
        rings.append(try latticeRing(ring))
        ringOwners.append(owner)
      }
    }
  }
  var borders = [[LatticeEdge: Int]](repeating: [:], count: count)
  for (ring, owner) in zip(withSharedVertices(rings), ringOwners) {
    for (from, to) in edges(of: ring) where from != to {
      // An edge and its reverse have one key: what is passed both ways cancels out.
      let forward = from < to
      let edge = LatticeEdge(from: forward ? from : to, to: forward ? to : from)
      borders[owner][edge, default: 0] += forward ? 1 : -1
    }
  }
  try checkOneOwnerPerSide(borders)
  return borders.map { border in
    shape(
      boundedBy: Set(
        border.compactMap { $0.value == 0 ? nil : $0.value > 0 ? $0.key : $0.key.reversed }))
  }
}

/// A ring on the lattice without its closing point and without repeated points.
private func latticeRing(_ ring: [Point]) throws -> [LatticePoint] {
  var result: [LatticePoint] = []
  for point in ring {
    guard let rounded = LatticePoint(point) else {
      throw CoverageError(description: "a cell has a coordinate that is not finite")
    }
    if result.last != rounded { result.append(rounded) }
  }
  if result.count > 1, result.first == result.last { result.removeLast() }
  return result
}

private func checkOneOwnerPerSide(_ borders: [[LatticeEdge: Int]]) throws {
  var left: [LatticeEdge: Int] = [:]
  for (owner, border) in borders.enumerated() {
    for (edge, passes) in border where passes != 0 {
      let directed = passes > 0 ? edge : edge.reversed
      guard abs(passes) == 1, left.updateValue(owner, forKey: directed) == nil else {
        throw CoverageError(description: "cells overlap at \(edge.from.point) (owner \(owner))")
      }
    }
  }
}

/// The polygons whose border a set of edges is.
private func shape(boundedBy border: Set<LatticeEdge>) -> MultiPolygon {
  var shells: [[LatticePoint]] = []
  var holes: [[LatticePoint]] = []
  for ring in simpleRings(of: border) {
    let area = doubledArea(ring)
    if area > 0 { shells.append(ring) } else if area < 0 { holes.append(ring) }
  }
  var polygons = shells.map { Polygon(shell: closed($0)) }
  for hole in holes {
    let around = shells.indices.filter { contains(shells[$0], edgeOf: hole) }
    guard let shell = around.min(by: { doubledArea(shells[$0]) < doubledArea(shells[$1]) }) else {
      continue
    }
    polygons[shell].holes.append(closed(hole))
  }
  return MultiPolygon(polygons)
}

private func closed(_ ring: [LatticePoint]) -> [Point] { (ring + ring.prefix(1)).map(\.point) }

/// Rings that follow the ground on their left, cut where they touch themselves.
private func simpleRings(of border: Set<LatticeEdge>) -> [[LatticePoint]] {
  var targets: [LatticePoint: [LatticePoint]] = [:]
  let ordered = border.sorted()
  for edge in ordered { targets[edge.from, default: []].append(edge.to) }
  var unused = border
  var rings: [[LatticePoint]] = []
  for start in ordered where unused.contains(start) {
    var path: [LatticePoint] = []
    var position: [LatticePoint: Int] = [:]
    var edge = start
    while unused.remove(edge) != nil {
      if let first = position[edge.from] {
        // The path has come back to a vertex: what lies between is a ring of its own.
        for point in path[(first + 1)...] { position[point] = nil }
        rings.append(Array(path[first...]))
        path.removeSubrange((first + 1)...)
      } else {
        position[edge.from] = path.count
        path.append(edge.from)
      }
      let choices = (targets[edge.to] ?? []).filter {
        unused.contains(LatticeEdge(from: edge.to, to: $0))
      }
      guard let next = leftmost(of: choices, at: edge.to, comingFrom: edge.from) else { break }
      edge = LatticeEdge(from: edge.to, to: next)
    }
    if path.count > 2 { rings.append(path) }
  }
  return rings
}

/// The way that turns most to the left.
private func leftmost(
  of choices: [LatticePoint], at point: LatticePoint, comingFrom origin: LatticePoint
) -> LatticePoint? {
  guard choices.count > 1 else { return choices.first }
  let back = origin - point
  func isLeft(_ a: LatticePoint, of b: LatticePoint) -> Bool {
    let (a, b) = (a - point, b - point)
    let (sideA, sideB) = (side(of: a, from: back), side(of: b, from: back))
    return sideA == sideB ? a.cross(b) < 0 : sideA < sideB
  }
  return choices.min { isLeft($0, of: $1) }
}

/// 0 for directions clockwise of `back` by less than half a turn, then 1, then 2.
private func side(of direction: LatticePoint, from back: LatticePoint) -> Int {
  let cross = back.cross(direction)
  return cross < 0 ? 0 : cross == 0 ? 1 : 2
}

/// Whether the middle of a ring's first edge lies inside another ring (even-odd, exact).
private func contains(_ ring: [LatticePoint], edgeOf inner: [LatticePoint]) -> Bool {
  let x = inner[0].x + inner[1].x
  let y = inner[0].y + inner[1].y
  var inside = false
  for (from, to) in edges(of: ring) {
    let (fromY, toY) = (2 * from.y, 2 * to.y)
    guard (fromY > y) != (toY > y) else { continue }
    let side =
      Int128(2 * (to.x - from.x)) * Int128(y - fromY)
      - Int128(x - 2 * from.x) * Int128(toY - fromY)
    if (side > 0) == (toY > fromY) { inside.toggle() }
  }
  return inside
}
