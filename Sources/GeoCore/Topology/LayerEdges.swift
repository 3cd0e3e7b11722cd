// Quiebre · GeoCore
// The edges of a layer, each once, with the shapes that it bounds.
// SPDX-License-Identifier: Apache-2.0

/// Edges between vertices, each once, from its western to its eastern end.
struct LayerEdges {
  /// The end that comes first by ``precedes(_:_:)``.
  private(set) var from: [Int32] = []
  private(set) var to: [Int32] = []
  /// The shapes that each edge bounds, ascending, edge by edge.
  private(set) var owners: [Int32] = []
  /// How often the shape lies to the left of the edge, less how often to its right; never 0.
  private(set) var sides: [Int32] = []
  /// Where each edge's entries lie in `owners` and `sides`.
  private var starts: [Int32] = []
  private var ends: [Int32] = []
  private var numbers: EdgeNumbers

  /// Edges that bound nothing any more are counted.
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
  /// Passes of one shape that cancel out leave nothing: the edge then bounds nothing.
  init(_ passes: [Pass], positions: [Point]) {
    numbers = EdgeNumbers(vertices: positions.count, edges: passes.count)
    var edges = [Int32](repeating: 0, count: passes.count)
    from.reserveCapacity(passes.count)
    to.reserveCapacity(passes.count)
    for (index, pass) in passes.enumerated() {
      let turned = !precedes(positions[Int(pass.from)], positions[Int(pass.to)])
      let (first, last) = turned ? (pass.to, pass.from) : (pass.from, pass.to)
      let edge = number(first, last)
      edges[index] = turned ? ~edge : edge
      ends[Int(edge)] += 1
    }
    var sum: Int32 = 0
    for edge in ends.indices {
      starts[edge] = sum
      sum += ends[edge]
      ends[edge] = starts[edge]
    }
    owners = [Int32](repeating: 0, count: passes.count)
    sides = owners
    for (index, pass) in passes.enumerated() {
      let turned = edges[index] < 0
      insert(
        pass.owner, turned ? -pass.side : pass.side, at: Int(turned ? ~edges[index] : edges[index]))
    }
  }

  /// The number of an edge, which is new if there was none.
  private mutating func number(_ first: Int32, _ last: Int32) -> Int32 {
    if let known = numbers.number(first, last, to) { return known }
    let number = Int32(from.count)
    numbers.add(number, at: first)
    from.append(first)
    to.append(last)
    starts.append(0)
    ends.append(0)
    return number
  }

  /// Adds a shape to an edge, before those with higher numbers; there is room behind its entries.
  private mutating func insert(_ owner: Int32, _ side: Int32, at edge: Int) {
    var place = Int(ends[edge])
    let start = Int(starts[edge])
    while place > start, owners[place - 1] > owner { place -= 1 }
    if place > start, owners[place - 1] == owner {
      sides[place - 1] += side
      if sides[place - 1] == 0 { removeEntry(place - 1, of: edge) }
      return
    }
    for index in stride(from: Int(ends[edge]), to: place, by: -1) {
      owners[index] = owners[index - 1]
      sides[index] = sides[index - 1]
    }
    owners[place] = owner
    sides[place] = side
    ends[edge] += 1
  }

  private mutating func removeEntry(_ index: Int, of edge: Int) {
    for next in index + 1..<max(index + 1, Int(ends[edge])) {
      owners[next - 1] = owners[next]
      sides[next - 1] = sides[next]
    }
    ends[edge] -= 1
  }

  /// Replaces an edge by a path between its ends.
  ///
  /// - Parameters:
  ///   - edge: The edge; it bounds nothing afterwards.
  ///   - path: From its first end to its last; a vertex may come twice in a row.
  ///   - positions: Of all vertices, new ones among them.
  ///   - touched: Takes the numbers of the pieces.
  mutating func replace(
    _ edge: Int, by path: [Int32], positions: [Point], touched: inout [Int32]
  ) {
    let entries = entries(of: edge).map { (owners[$0], sides[$0]) }
    ends[edge] = starts[edge]
    numbers.makeRoom(for: positions.count)
    for (start, end) in zip(path, path.dropFirst()) where start != end {
      let turned = !precedes(positions[Int(start)], positions[Int(end)])
      let piece = Int(turned ? number(end, start) : number(start, end))
      // Its entries move to the end of the list, where there is room.
      let old = self.entries(of: piece)
      starts[piece] = Int32(owners.count)
      ends[piece] = starts[piece] + Int32(old.count)
      for index in old {
        owners.append(owners[index])
        sides.append(sides[index])
      }
      for (owner, side) in entries {
        owners.append(0)
        sides.append(0)
        insert(owner, turned ? -side : side, at: piece)
      }
      touched.append(Int32(piece))
    }
  }

  /// The vertices that some edge ends in, ascending, of `count` vertices.
  func vertices(among count: Int) -> [Int32] {
    var isUsed = [Bool](repeating: false, count: count)
    for edge in from.indices where bounds(edge) {
      isUsed[Int(from[edge])] = true
      isUsed[Int(to[edge])] = true
    }
    return isUsed.indices.compactMap { isUsed[$0] ? Int32($0) : nil }
  }

  /// The entries of an edge in `owners` and `sides`.
  func entries(of edge: Int) -> Range<Int> { Int(starts[edge])..<Int(ends[edge]) }

  /// Whether the edge bounds any shape.
  func bounds(_ edge: Int) -> Bool { ends[edge] > starts[edge] }
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

  mutating func makeRoom(for vertices: Int) {
    while latest.count < vertices { latest.append(-1) }
  }

  func number(_ first: Int32, _ last: Int32, _ lasts: [Int32]) -> Int32? {
    var edge = latest[Int(first)]
    while edge >= 0 {
      if lasts[Int(edge)] == last { return edge }
      edge = earlier[Int(edge)]
    }
    return nil
  }

  /// Edges are added in the order of their numbers.
  mutating func add(_ edge: Int32, at first: Int32) {
    earlier.append(latest[Int(first)])
    latest[Int(first)] = edge
  }
}
