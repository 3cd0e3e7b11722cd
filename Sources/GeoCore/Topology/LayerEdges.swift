// Quiebre · GeoCore
// The edges of a layer, each once, with the shapes that it bounds.
// SPDX-License-Identifier: Apache-2.0

/// Edges between vertices, each once, from its western to its eastern end.
struct LayerEdges {
  /// The end that comes first by ``precedes(_:_:)``.
  private(set) var from: [Int32] = []
  private(set) var to: [Int32] = []
  /// Where each edge's entries in `owners` and `sides` begin; one more than there are edges.
  private(set) var starts: [Int32] = [0]
  /// The shapes that the edge bounds, ascending.
  private(set) var owners: [Int32] = []
  /// How often the shape lies to the left of the edge, less how often to its right; never 0.
  private(set) var sides: [Int32] = []

  var count: Int { from.count }

  /// One pass of a ring along an edge.
  struct Pass {
    var from: Int32
    var to: Int32
    let owner: Int32
    /// 1 from `from` to `to`, −1 the other way.
    var side: Int32
  }

  /// The passes of all rings over stand-in vertices; edges that collapsed are left out.
  static func passes(of layer: LayerVertices, standIn: [Int32]) -> [Pass] {
    var passes: [Pass] = []
    passes.reserveCapacity(layer.corners.count)
    for ring in layer.rings {
      var previous = standIn[Int(layer.corners[ring.range.upperBound - 1])]
      for corner in layer.corners[ring.range] {
        let current = standIn[Int(corner)]
        if current != previous {
          passes.append(Pass(from: previous, to: current, owner: ring.owner, side: 1))
        }
        previous = current
      }
    }
    return passes
  }

  /// Edges from passes in any order and either direction.
  ///
  /// Passes of one shape that cancel out
  /// leave nothing, and an edge that bounds nothing is gone.
  init(_ passes: [Pass], positions: [Point]) {
    var table = EdgeNumbers(vertices: positions.count, edges: passes.count)
    var edges = [Int32](repeating: 0, count: passes.count)
    var firsts: [Int32] = []
    var lasts: [Int32] = []
    var counts: [Int32] = []
    for (index, pass) in passes.enumerated() {
      let turned = !precedes(positions[Int(pass.from)], positions[Int(pass.to)])
      let (first, last) = turned ? (pass.to, pass.from) : (pass.from, pass.to)
      let edge = table.number(first, last, &firsts, &lasts)
      edges[index] = turned ? ~edge : edge
      if Int(edge) == counts.count { counts.append(0) }
      counts[Int(edge)] += 1
    }
    var next = [Int32](repeating: 0, count: firsts.count)
    var sum: Int32 = 0
    for edge in counts.indices {
      next[edge] = sum
      sum += counts[edge]
    }
    var entries = [(owner: Int32, side: Int32)](repeating: (0, 0), count: passes.count)
    for (index, pass) in passes.enumerated() {
      let turned = edges[index] < 0
      let edge = Int(turned ? ~edges[index] : edges[index])
      entries[Int(next[edge])] = (pass.owner, turned ? -pass.side : pass.side)
      next[edge] += 1
    }
    reserve(firsts.count, owners: passes.count)
    for edge in firsts.indices {
      let end = Int(next[edge])
      appendEdge(firsts[edge], lasts[edge], &entries, end - Int(counts[edge])..<end)
    }
  }

  private mutating func reserve(_ count: Int, owners: Int) {
    from.reserveCapacity(count)
    to.reserveCapacity(count)
    starts.reserveCapacity(count + 1)
    self.owners.reserveCapacity(owners)
    sides.reserveCapacity(owners)
  }

  private mutating func appendEdge(
    _ first: Int32, _ last: Int32, _ entries: inout [(owner: Int32, side: Int32)],
    _ range: Range<Int>
  ) {
    let start = owners.count
    if range.count > 1 { entries[range].sort { $0.owner < $1.owner } }
    for index in range {
      let entry = entries[index]
      if owners.count > start, owners[owners.count - 1] == entry.owner {
        sides[sides.count - 1] += entry.side
        if sides[sides.count - 1] == 0 {
          owners.removeLast()
          sides.removeLast()
        }
      } else {
        owners.append(entry.owner)
        sides.append(entry.side)
      }
    }
    guard owners.count > start else { return }
    from.append(first)
    to.append(last)
    starts.append(Int32(owners.count))
  }

  /// The vertices that some edge ends in, ascending, of `count` vertices.
  func vertices(among count: Int) -> [Int32] {
    var isUsed = [Bool](repeating: false, count: count)
    for vertex in from { isUsed[Int(vertex)] = true }
    for vertex in to { isUsed[Int(vertex)] = true }
    return isUsed.indices.compactMap { isUsed[$0] ? Int32($0) : nil }
  }

  /// The entries of an edge in `owners` and `sides`.
  func entries(of edge: Int) -> Range<Int> { Int(starts[edge])..<Int(starts[edge + 1]) }
}

/// Finds the number of an edge by its two ends: the edges that begin at each vertex, in a chain.
private struct EdgeNumbers {
  /// The latest edge of each vertex, and the one before each edge at its vertex.
  private var latest: [Int32]
  private var earlier: [Int32] = []

  init(vertices: Int, edges: Int) {
    latest = [Int32](repeating: -1, count: vertices)
    earlier.reserveCapacity(edges)
  }

  mutating func number(
    _ first: Int32, _ last: Int32, _ firsts: inout [Int32], _ lasts: inout [Int32]
  ) -> Int32 {
    var edge = latest[Int(first)]
    while edge >= 0 {
      if lasts[Int(edge)] == last { return edge }
      edge = earlier[Int(edge)]
    }
    let number = Int32(firsts.count)
    earlier.append(latest[Int(first)])
    latest[Int(first)] = number
    firsts.append(first)
    lasts.append(last)
    return number
  }
}
