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
  /// Pieces of edges that were cut since edges were last held against vertices; `nil` = all edges.
  private var fresh: [Int32]?
  /// Likewise, since edges were last held against each other.
  private var uncrossed: [Int32]?

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
    for cut in try cuts(of: nil, at: cells) {
      found.formUnion([cut.vertex, edges.from[cut.edge], edges.to[cut.edge]])
    }
    let crossings = try edgeCrossings(
      of: edges, concerning: nil, positions: positions, lattice: lattice, workers: workers)
    for edge in crossings.flatMap({ [$0.first, $0.second] }) {
      found.formUnion([edges.from[edge], edges.to[edge]])
    }
    return found
  }

  /// Cuts edges at the vertices on them; `true` if there were none.
  private mutating func takeInVertices() throws -> Bool {
    var found = try cuts(of: fresh, at: cells)
    if !added.isEmpty {
      let few = VertexCells(added, positions: positions, lattice: lattice)
      found += try cuts(of: nil, at: few)
      added = []
    }
    fresh = []
    guard !found.isEmpty else { return true }
    found.sort { precedes($0, $1) }
    cut(found)
    return false
  }

  /// Cuts edges that cross; `false` if none did.
  private mutating func cutCrossings() throws -> Bool {
    let crossings = try edgeCrossings(
      of: edges, concerning: uncrossed, positions: positions, lattice: lattice, workers: workers)
    uncrossed = []
    let cuts = cuts(at: crossings)
    guard !cuts.isEmpty else { return false }
    if !added.isEmpty {
      cells = VertexCells(
        edges.vertices(among: positions.count) + added, positions: positions, lattice: lattice)
    }
    cut(cuts)
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

  /// The cuts of some edges, or of all, at the vertices of some cells.
  private func cuts(of some: [Int32]?, at cells: VertexCells) throws -> [EdgeCut] {
    let size = 8192
    let count = some?.count ?? edges.count
    let reach = tolerance / 2
    return try concurrentMap(count: (count + size - 1) / size, workers: workers) { block in
      var found: [EdgeCut] = []
      for index in block * size..<min(count, (block + 1) * size) {
        let edge = some.map { Int($0[index]) } ?? index
        guard edges.bounds(edge) else { continue }
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

  /// Replaces edges by their pieces.
  ///
  /// Takes cuts by edge, then along it; an edge may be cut at one vertex twice.
  private mutating func cut(_ cuts: [EdgeCut]) {
    var touched: [Int32] = []
    var next = 0
    while next < cuts.count {
      let edge = cuts[next].edge
      var path = [edges.from[edge]]
      while next < cuts.count, cuts[next].edge == edge {
        path.append(cuts[next].vertex)
        next += 1
      }
      path.append(edges.to[edge])
      edges.replace(edge, by: path, positions: positions, touched: &touched)
    }
    touched = Set(touched).sorted()
    fresh = touched
    uncrossed = uncrossed.map { Set($0 + touched).sorted() }
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
