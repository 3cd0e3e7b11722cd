// Quiebre · GeoCore
// Where edges of a layer cross between their ends.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Two edges that cross inside both.
struct EdgeCrossing: Sendable {
  let first: Int
  let second: Int
  let at: Point
}

/// All pairs of edges that cross between their ends, each once, from west to east.
///
/// Pairs of which neither edge is concerned are left out; `nil` concerns all.
///
/// - Complexity: About O(edges) for edges no longer than a few cells.
func edgeCrossings(
  of edges: LayerEdges, concerning some: [Int32]?, positions: [Point], lattice: CellLattice,
  workers: Int
) throws -> [EdgeCrossing] {
  if let some, some.isEmpty { return [] }
  var concerned = [Bool](repeating: some == nil, count: edges.count)
  for edge in some ?? [] { concerned[Int(edge)] = true }
  let isConcerned = concerned
  let cells = EdgeCells(edges, positions: positions, lattice: lattice)
  let size = 4096
  let blocks = (lattice.listCount + size - 1) / size
  var found = try concurrentMap(count: blocks, workers: workers) { block in
    var found: [EdgeCrossing] = []
    for list in block * size..<min(lattice.listCount, (block + 1) * size) {
      cells.appendCrossings(inList: list, edges, positions, isConcerned, to: &found)
    }
    return found
  }.flatMap { $0 }
  // A pair may meet in several cells.
  found.sort {
    if $0.at != $1.at { return precedes($0.at, $1.at) }
    return ($0.first, $0.second) < ($1.first, $1.second)
  }
  return found.enumerated().filter { index, crossing in
    index == 0 || found[index - 1].first != crossing.first
      || found[index - 1].second != crossing.second
  }.map(\.element)
}

/// Edges by cell.
private struct EdgeCells: Sendable {
  private var starts: [Int32]
  private var members: [Int32]

  init(_ edges: LayerEdges, positions: [Point], lattice: CellLattice) {
    var counts = [Int32](repeating: 0, count: lattice.listCount + 1)
    let reach = lattice.roundingReach
    var visits: [(list: Int32, edge: Int32)] = []
    visits.reserveCapacity(3 * edges.count)
    for edge in 0..<edges.count where edges.bounds(edge) {
      let (a, b) = (positions[Int(edges.from[edge])], positions[Int(edges.to[edge])])
      lattice.forEachList(along: a, b, reach: reach) { list in
        counts[list + 1] += 1
        visits.append((Int32(list), Int32(edge)))
      }
    }
    for list in 1..<counts.count { counts[list] += counts[list - 1] }
    starts = counts
    var entries = [Int32](repeating: 0, count: visits.count)
    for (list, edge) in visits {
      entries[Int(counts[Int(list)])] = edge
      counts[Int(list)] += 1
    }
    members = entries
  }

  func appendCrossings(
    inList list: Int, _ edges: LayerEdges, _ positions: [Point], _ concerned: [Bool],
    to found: inout [EdgeCrossing]
  ) {
    let range = Int(starts[list])..<Int(starts[list + 1])
    for index in range {
      let first = Int(members[index])
      let (from, to) = (edges.from[first], edges.to[first])
      let (a, b) = (positions[Int(from)], positions[Int(to)])
      let (low, high) = (min(a.y, b.y), max(a.y, b.y))
      for other in index + 1..<range.upperBound {
        let second = Int(members[other])
        guard concerned[first] || concerned[second] else { continue }
        let (start, end) = (edges.from[second], edges.to[second])
        if start == from || start == to || end == from || end == to { continue }
        let (c, d) = (positions[Int(start)], positions[Int(end)])
        // First ends lie west of last ends.
        if c.x > b.x || d.x < a.x || max(c.y, d.y) < low || min(c.y, d.y) > high { continue }
        guard crosses(a, b, c, d) else { continue }
        // The western edge first, so that rounding doesn't depend on the order of features.
        let isFirst = a == c ? precedes(b, d) : precedes(a, c)
        let at = isFirst ? crossing(a, b, c, d) : crossing(c, d, a, b)
        found.append(
          EdgeCrossing(first: min(first, second), second: max(first, second), at: at))
      }
    }
  }
}

/// Whether two segments cross between their ends.
private func crosses(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
  let (first, second) = (orientation(a, b, c), orientation(a, b, d))
  guard first * second < 0 else { return false }
  return orientation(c, d, a) * orientation(c, d, b) < 0
}

/// The point where the lines through two crossing segments meet.
private func crossing(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point {
  let (x, y) = (b.x - a.x, b.y - a.y)
  let (u, v) = (d.x - c.x, d.y - c.y)
  let share = ((c.x - a.x) * v - (c.y - a.y) * u) / (x * v - y * u)
  let part = min(1, max(0, share))
  return Point(x: a.x + part * x + 0, y: a.y + part * y + 0)
}
