// Quiebre · GeoCore
// Chains edges to arcs and orders the arcs around each node.
// SPDX-License-Identifier: Apache-2.0

extension ArcTable {
  /// Chains the edges of a layer to arcs, in an order that depends on positions alone.
  mutating func appendArcs(of layer: NodedLayer) {
    let chains = EdgeChains(layer)
    let order = chains.order(in: layer.positions)
    points.reserveCapacity(chains.vertices.count)
    var nodeNumbers = [Int32](repeating: -1, count: layer.positions.count)
    for chain in order {
      let vertices = chains.vertices[chain.range]
      points.append(
        contentsOf: (chain.isTurned ? Array(vertices.reversed()) : Array(vertices)).map {
          layer.positions[Int($0)]
        })
      starts.append(points.count)
      let (first, last) = (vertices[vertices.startIndex], vertices[vertices.endIndex - 1])
      let from = node(chain.isTurned ? last : first, &nodeNumbers, layer.positions)
      let to = node(chain.isTurned ? first : last, &nodeNumbers, layer.positions)
      ends.append((from, to))
      let isWestward = layer.edges.from[chain.edge] != first
      for entry in layer.edges.entries(of: chain.edge) {
        owners.append(layer.edges.owners[entry])
        let side = layer.edges.sides[entry]
        sides.append(isWestward != chain.isTurned ? -side : side)
      }
      ownerStarts.append(owners.count)
    }
  }

  private mutating func node(
    _ vertex: Int32, _ numbers: inout [Int32], _ positions: [Point]
  ) -> Int32 {
    if numbers[Int(vertex)] < 0 {
      numbers[Int(vertex)] = Int32(nodes.count)
      nodes.append(positions[Int(vertex)])
    }
    return numbers[Int(vertex)]
  }

  /// Orders the half-arcs around each node and links each to the next around its left face.
  mutating func connect() {
    spokes = [[Int32]](repeating: [], count: nodes.count)
    for half in 0..<Int32(2 * arcCount) { spokes[Int(origin(ofHalf: half))].append(half) }
    following = [Int32](repeating: 0, count: 2 * arcCount)
    for node in nodes.indices {
      let center = nodes[node]
      let around = spokes[node].sorted {
        liesBefore(heading(ofHalf: $0), heading(ofHalf: $1), around: center)
      }
      spokes[node] = around
      for (index, half) in around.enumerated() {
        // Who comes in along a spoke and keeps its left face leaves by the next one clockwise.
        following[Int(half ^ 1)] = around[index == 0 ? around.count - 1 : index - 1]
      }
    }
  }
}

/// Whether the direction to `a` comes before that to `b`, counter-clockwise from due east.
private func liesBefore(_ a: Point, _ b: Point, around center: Point) -> Bool {
  let (aIsBelow, bIsBelow) = (isBelow(a, center), isBelow(b, center))
  if aIsBelow != bIsBelow { return bIsBelow }
  return orientation(center, a, b) > 0
}

/// Whether a direction points south or due west.
private func isBelow(_ a: Point, _ center: Point) -> Bool {
  a.y < center.y || (a.y == center.y && a.x < center.x)
}

/// Edges chained through the vertices where just two of them meet.
private struct EdgeChains {
  /// The vertices of all chains, back to back.
  private(set) var vertices: [Int32] = []
  private var chains: [(range: Range<Int>, edge: Int)] = []
  /// How many edges meet at each vertex, and their numbers combined by exclusive or: with two
  /// edges, that and the one give the other.
  private var degrees: [Int32]
  private var combined: [Int32]
  private var isDone: [Bool]

  /// One chain in its final order.
  struct Ordered {
    let range: Range<Int>
    /// Whether it is to be read from its end.
    let isTurned: Bool
    /// Its first edge, before turning.
    let edge: Int
  }

  init(_ layer: NodedLayer) {
    let edges = layer.edges
    degrees = [Int32](repeating: 0, count: layer.positions.count)
    combined = degrees
    isDone = [Bool](repeating: false, count: edges.count)
    for edge in 0..<edges.count where edges.bounds(edge) {
      let (from, to) = (Int(edges.from[edge]), Int(edges.to[edge]))
      degrees[from] += 1
      combined[from] ^= Int32(edge)
      degrees[to] += 1
      combined[to] ^= Int32(edge)
    }
    vertices.reserveCapacity(edges.count + edges.count / 4)
    for edge in 0..<edges.count where !edges.bounds(edge) { isDone[edge] = true }
    for edge in 0..<edges.count where !isDone[edge] {
      if degrees[Int(edges.from[edge])] != 2 {
        walk(from: edges.from[edge], edge, edges)
      } else if degrees[Int(edges.to[edge])] != 2 {
        walk(from: edges.to[edge], edge, edges)
      }
    }
    for edge in 0..<edges.count where !isDone[edge] { walkLoop(edge, layer) }
  }

  /// Appends the chain that leaves a node along an edge, up to the next node.
  private mutating func walk(from node: Int32, _ first: Int, _ edges: LayerEdges) {
    let start = vertices.count
    vertices.append(node)
    var vertex = node
    var edge = first
    repeat {
      isDone[edge] = true
      vertex = edges.from[edge] == vertex ? edges.to[edge] : edges.from[edge]
      vertices.append(vertex)
      edge = Int(combined[Int(vertex)]) ^ edge
    } while degrees[Int(vertex)] == 2 && vertex != node
    chains.append((start..<vertices.count, first))
  }

  /// Appends a chain without nodes, from its western end on.
  private mutating func walkLoop(_ first: Int, _ layer: NodedLayer) {
    let edges = layer.edges
    var west = edges.from[first]
    var vertex = west
    var edge = first
    repeat {
      vertex = edges.from[edge] == vertex ? edges.to[edge] : edges.from[edge]
      if precedes(layer.positions[Int(vertex)], layer.positions[Int(west)]) { west = vertex }
      edge = Int(combined[Int(vertex)]) ^ edge
    } while edge != first
    // Either edge at the western end will do: the loop is turned afterwards.
    var start = first
    while edges.from[start] != west {
      vertex = edges.from[start] == vertex ? edges.to[start] : edges.from[start]
      start = Int(combined[Int(vertex)]) ^ start
    }
    walk(from: west, start, edges)
  }

  /// The chains from west to east, each from its western end.
  func order(in positions: [Point]) -> [Ordered] {
    func position(_ index: Int) -> Point { positions[Int(vertices[index])] }
    func isTurned(_ range: Range<Int>) -> Bool {
      let (first, last) = (position(range.lowerBound), position(range.upperBound - 1))
      if first != last { return precedes(last, first) }
      return precedes(position(range.upperBound - 2), position(range.lowerBound + 1))
    }
    let turned = chains.map {
      Ordered(range: $0.range, isTurned: isTurned($0.range), edge: $0.edge)
    }
    func key(_ chain: Ordered) -> (Point, Point, Point) {
      let range = chain.range
      return chain.isTurned
        ? (
          position(range.upperBound - 1), position(range.upperBound - 2),
          position(range.lowerBound)
        )
        : (
          position(range.lowerBound), position(range.lowerBound + 1),
          position(range.upperBound - 1)
        )
    }
    return turned.sorted {
      let (a, b) = (key($0), key($1))
      // The first two points name an edge, hence the chain.
      return a.0 == b.0 ? precedes(a.1, b.1) : precedes(a.0, b.0)
    }
  }
}
