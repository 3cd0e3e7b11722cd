// Quiebre · GeoCore
// Vertices closer than the tolerance become one, whatever the order of the features.
// SPDX-License-Identifier: Apache-2.0

/// Which vertex stands for each vertex of a layer.
///
/// Vertices that have company within the tolerance are taken from west to east: each joins the
/// nearest one that already stands for itself within the tolerance, or stands for itself. So two
/// that stand are farther apart than the tolerance, none moves by more than it, and the outcome
/// depends on positions alone.
///
/// - Returns: One number per vertex; a vertex that stands for itself has its own.
/// - Complexity: O(vertices) where few lie within a cell; sorting of those with company.
func standIns(
  of positions: [Point], tolerance: Double, lattice: CellLattice
) -> [Int32] {
  var standIn = positions.indices.map { Int32($0) }
  guard tolerance > 0 else { return standIn }
  let square = tolerance * tolerance
  let all = VertexCells(standIn, positions: positions, lattice: lattice)
  var company: [Int32] = []
  for vertex in standIn {
    let position = positions[Int(vertex)]
    var alone = true
    all.forEach(near: position, reach: tolerance) { other, place in
      if squaredDistance(place, position) <= square, other != vertex { alone = false }
    }
    if !alone { company.append(vertex) }
  }
  guard !company.isEmpty else { return standIn }
  company.sort { precedes(positions[Int($0)], positions[Int($1)]) }
  var stands = [Bool](repeating: true, count: positions.count)
  for vertex in company { stands[Int(vertex)] = false }
  let cells = VertexCells(company, positions: positions, lattice: lattice)
  for vertex in company {
    let position = positions[Int(vertex)]
    if let nearest = nearestVertex(
      to: position, within: square, reach: tolerance, in: cells, positions: positions,
      where: { stands[Int($0)] })
    {
      standIn[Int(vertex)] = nearest
    } else {
      stands[Int(vertex)] = true
    }
  }
  return standIn
}

/// The nearest vertex that passes a test, the westernmost among equals.
func nearestVertex(
  to position: Point, within square: Double, reach: Double, in cells: VertexCells,
  positions: [Point], where isEligible: (Int32) -> Bool
) -> Int32? {
  var best: Int32?
  var bestSquare = square
  cells.forEach(near: position, reach: reach) { other, place in
    let distance = squaredDistance(place, position)
    guard distance <= bestSquare, isEligible(other) else { return }
    if distance == bestSquare, let old = best, !precedes(place, positions[Int(old)]) { return }
    best = other
    bestSquare = distance
  }
  return best
}
