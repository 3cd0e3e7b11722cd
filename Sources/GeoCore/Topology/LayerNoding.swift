// Quiebre · GeoCore
// Edges cut wherever a vertex lies on them or another edge crosses, until nothing is left to cut.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The edges of a layer that meet in common vertices only.
struct NodedLayer {
  private(set) var positions: [Point]
  private(set) var edges: LayerEdges
  /// Whether cutting came to an end; it does but for layers built to prevent it.
  private(set) var isSettled = false
  private let tolerance: Double
  private let workers: Int
  private let lattice: CellLattice
  private var cells: VertexCells
  /// Vertices that no edge has been held against yet.
  private var added: [Int32] = []
  /// Vertices at pieces of edges that were cut since edges were last held against vertices.
  private var isFresh: [Bool] = []
  /// Likewise, since edges were last held against each other; all at first.
  private var isUncrossed: [Bool] = []

  /// Snaps the vertices of a layer and cuts its edges.
  ///
  /// - Parameters:
  ///   - shapes: Valid shapes, all in degrees or all in one plane.
  ///   - tolerance: Vertices closer than this become one, and half of it is how far from an edge a
  ///     vertex may lie to be taken into it. (With half of it, no vertex that an edge has just been
  ///     bent to brings an end of the same edge within reach, so cutting can't go round in circles.)
  ///   - workers: Threads at most; the result doesn't depend on it.
  /// - Throws: ``ShapeError`` for a coordinate that is not finite.
  init(_ shapes: [MultiPolygon?], tolerance: Double, workers: Int) throws {
    precondition(tolerance >= 0 && tolerance.isFinite, "a distance")
    let layer = try LayerVertices(shapes)
    positions = layer.positions
    self.tolerance = tolerance
    self.workers = workers
    var fitting = LatticeFitting()
    for ring in layer.rings {
      var previous = layer.corners[ring.range.upperBound - 1]
      for corner in layer.corners[ring.range] {
        fitting.add(positions[Int(previous)], positions[Int(corner)])
        previous = corner
      }
    }
    lattice = fitting.lattice(over: positions, tolerance: tolerance)
    let standIn = standIns(of: positions, tolerance: tolerance, lattice: lattice)
    edges = LayerEdges(LayerEdges.passes(of: layer, standIn: standIn), positions: positions)
    cells = VertexCells(
      edges.vertices(among: positions.count), positions: positions, lattice: lattice)
    isFresh = [Bool](repeating: true, count: positions.count)
    isUncrossed = isFresh
    for _ in 0..<64 where !isSettled {
      guard try takeInVertices() else { continue }
      isSettled = try !cutCrossings()
    }
  }

  /// Takes edges as they are, to look for conflicts between them.
  init(_ edges: LayerEdges, positions: [Point], tolerance: Double, workers: Int) {
    self.edges = edges
    self.positions = positions
    self.tolerance = tolerance
    self.workers = workers
    var fitting = LatticeFitting()
    for edge in 0..<edges.count {
      fitting.add(positions[Int(edges.from[edge])], positions[Int(edges.to[edge])])
    }
    lattice = fitting.lattice(over: positions, tolerance: tolerance)
    cells = VertexCells(
      edges.vertices(among: positions.count), positions: positions, lattice: lattice)
  }

  /// The vertices on other edges, and the ends of those edges and of edges that cross.
  func verticesInConflict() throws -> Set<Int32> {
    var found: Set<Int32> = []
    for cut in try cuts(at: cells, where: { _ in true }) {
      found.formUnion([cut.vertex, edges.from[cut.edge], edges.to[cut.edge]])
    }
    let crossings = try edgeCrossings(
      of: edges, positions: positions, lattice: lattice, workers: workers
    ) { _ in true }
    for edge in crossings.flatMap({ [$0.first, $0.second] }) {
      found.formUnion([edges.from[edge], edges.to[edge]])
    }
    return found
  }

  /// Cuts edges at the vertices on them; `true` if there were none.
  private mutating func takeInVertices() throws -> Bool {
    let (edges, isFresh) = (edges, isFresh)
    var found = try cuts(at: cells) { edge in
      isFresh[Int(edges.from[edge])] && isFresh[Int(edges.to[edge])]
    }
    if !added.isEmpty {
      let few = VertexCells(added, positions: positions, lattice: lattice)
      found += try cuts(at: few) { _ in true }
      added = []
    }
    self.isFresh = [Bool](repeating: false, count: positions.count)
    guard !found.isEmpty else { return true }
    found.sort { precedes($0, $1) }
    rebuild(cutting: found)
    return false
  }

  /// Cuts edges that cross; `false` if none did.
  private mutating func cutCrossings() throws -> Bool {
    let (edges, isUncrossed) = (edges, isUncrossed)
    let crossings = try edgeCrossings(
      of: edges, positions: positions, lattice: lattice, workers: workers
    ) { edge in
      isUncrossed[Int(edges.from[edge])] && isUncrossed[Int(edges.to[edge])]
    }
    self.isUncrossed = [Bool](repeating: false, count: positions.count)
    let cuts = cuts(at: crossings)
    guard !cuts.isEmpty else { return false }
    if !added.isEmpty {
      isFresh += [Bool](repeating: false, count: added.count)
      self.isUncrossed += [Bool](repeating: false, count: added.count)
      cells = VertexCells(
        edges.vertices(among: positions.count) + added, positions: positions, lattice: lattice)
    }
    rebuild(cutting: cuts)
    return true
  }

  /// Where edges that cross are to be cut: at a vertex within the tolerance, or at a new one.
  private mutating func cuts(at crossings: [EdgeCrossing]) -> [EdgeCut] {
    let square = tolerance * tolerance
    var cuts: [EdgeCut] = []
    for crossing in crossings {
      let near = nearestVertex(
        to: crossing.at, within: square, reach: tolerance, in: cells, positions: positions
      ) { _ in true }
      let known = near ?? lastVertex(of: added, within: tolerance, of: crossing.at)
      let vertex = known ?? Int32(positions.count)
      if known == nil {
        positions.append(crossing.at)
        added.append(vertex)
      }
      for edge in [crossing.first, crossing.second]
      where edges.from[edge] != vertex && edges.to[edge] != vertex {
        cuts.append(EdgeCut(edge: edge, along: along(edge, vertex), vertex: vertex))
      }
    }
    cuts.sort { precedes($0, $1) }
    return cuts
  }

  /// The last vertex near a position, of vertices from west to east that lie no further east.
  private func lastVertex(
    of vertices: [Int32], within reach: Double, of position: Point
  ) -> Int32? {
    for vertex in vertices.reversed() {
      let place = positions[Int(vertex)]
      if squaredDistance(place, position) <= reach * reach { return vertex }
      if place.x < position.x - reach { return nil }
    }
    return nil
  }

  /// The cuts of all edges that pass a test, at the vertices of some cells.
  private func cuts(
    at cells: VertexCells, where isConcerned: @Sendable (Int) -> Bool
  ) throws -> [EdgeCut] {
    let size = 8192
    let count = edges.count
    let reach = tolerance / 2
    return try concurrentMap(count: (count + size - 1) / size, workers: workers) { block in
      var found: [EdgeCut] = []
      for edge in block * size..<min(count, (block + 1) * size) where isConcerned(edge) {
        appendVertices(onEdge: edge, within: reach, cells, to: &found)
      }
      return found
    }.flatMap { $0 }
  }

  private func appendVertices(
    onEdge edge: Int, within reach: Double, _ cells: VertexCells, to cuts: inout [EdgeCut]
  ) {
    let (from, to) = (edges.from[edge], edges.to[edge])
    let (a, b) = (positions[Int(from)], positions[Int(to)])
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let squaredLength = dx * dx + dy * dy
    let limit = reach * reach * squaredLength
    let first = cuts.count
    lattice.forEachList(along: a, b, reach: max(reach, lattice.roundingReach)) { list in
      cells.forEach(inList: list) { vertex, position in
        let (x, y) = (position.x - a.x, position.y - a.y)
        let across = dx * y - dy * x
        guard across * across <= limit else { return }
        let along = dx * x + dy * y
        guard along > 0, along < squaredLength, vertex != from, vertex != to else { return }
        cuts.append(EdgeCut(edge: edge, along: along, vertex: vertex))
      }
    }
    if cuts.count > first + 1 { cuts[first...].sort { precedes($0, $1) } }
  }

  private func along(_ edge: Int, _ vertex: Int32) -> Double {
    let a = positions[Int(edges.from[edge])]
    let (b, p) = (positions[Int(edges.to[edge])], positions[Int(vertex)])
    return (b.x - a.x) * (p.x - a.x) + (b.y - a.y) * (p.y - a.y)
  }

  private func precedes(_ a: EdgeCut, _ b: EdgeCut) -> Bool {
    if a.edge != b.edge { return a.edge < b.edge }
    if a.along != b.along { return a.along < b.along }
    if a.vertex == b.vertex { return false }
    return GeoCore.precedes(positions[Int(a.vertex)], positions[Int(b.vertex)])
  }

  /// Replaces cut edges by their pieces.
  ///
  /// - Parameter cuts: By edge, then along it; a vertex may come twice.
  private mutating func rebuild(cutting cuts: [EdgeCut]) {
    var passes: [LayerEdges.Pass] = []
    passes.reserveCapacity(edges.owners.count + 2 * cuts.count)
    var next = 0
    for edge in 0..<edges.count {
      guard next < cuts.count, cuts[next].edge == edge else {
        appendPasses(from: edges.from[edge], to: edges.to[edge], of: edge, to: &passes)
        continue
      }
      var from = edges.from[edge]
      mark(from)
      while next < cuts.count, cuts[next].edge == edge {
        let vertex = cuts[next].vertex
        appendPasses(from: from, to: vertex, of: edge, to: &passes)
        mark(vertex)
        from = vertex
        next += 1
      }
      mark(edges.to[edge])
      appendPasses(from: from, to: edges.to[edge], of: edge, to: &passes)
    }
    edges = LayerEdges(passes, positions: positions)
  }

  private mutating func mark(_ vertex: Int32) {
    isFresh[Int(vertex)] = true
    isUncrossed[Int(vertex)] = true
  }

  private func appendPasses(
    from: Int32, to: Int32, of edge: Int, to passes: inout [LayerEdges.Pass]
  ) {
    // The same vertex twice among the cuts of an edge.
    guard from != to else { return }
    for entry in edges.entries(of: edge) {
      passes.append(
        LayerEdges.Pass(from: from, to: to, owner: edges.owners[entry], side: edges.sides[entry]))
    }
  }
}

/// A vertex that an edge is to be cut at.
struct EdgeCut: Sendable {
  let edge: Int
  /// Grows from the edge's first end to its last.
  let along: Double
  let vertex: Int32
}

/// Cells about as wide as the edges are long, so that an edge meets few of them and each holds few
/// vertices: the median length, or a quarter of the mean where few edges are far longer.
struct LatticeFitting {
  private var sample: [Double] = []
  private var sum = 0.0
  private var count = 0

  mutating func add(_ a: Point, _ b: Point) {
    let length = abs(a.x - b.x) + abs(a.y - b.y)
    sum += length
    // Every sixteenth is enough for a median.
    if count & 15 == 0 { sample.append(length) }
    count += 1
  }

  func lattice(over positions: [Point], tolerance: Double) -> CellLattice {
    let lengths = sample.sorted()
    let median = lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    let size = max(median, sum / Double(4 * max(1, count)), 4 * tolerance)
    let box =
      BoundingBox(around: positions) ?? BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1)
    return CellLattice(
      size: size > 0 ? size : 1, origin: Point(x: box.minX, y: box.minY), lists: positions.count)
  }
}
