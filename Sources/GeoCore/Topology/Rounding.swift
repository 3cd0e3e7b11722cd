// Quiebre · GeoCore
// Coordinates cut to fewer decimals over a whole layer, with borders still shared.
// SPDX-License-Identifier: Apache-2.0

import Compute

extension ArcTable {
  /// The table with its points on a decimal grid.
  ///
  /// A point moves once, for all shapes that it bounds, so borders stay shared. Where the grid is too
  /// coarse (two borders would touch or cross, or a shape would collapse) the points concerned keep
  /// `fineDecimals` instead, so that nothing overlaps and no shape is lost.
  ///
  /// - Parameters:
  ///   - decimals: Of the grid, in the unit of the coordinates.
  ///   - fineDecimals: Of the points that need more; at least `decimals`.
  ///   - workers: Threads at most; the result doesn't depend on it.
  /// - Returns: The new table, with the same arcs, nodes and faces.
  /// - Throws: Nothing of its own.
  public func rounded(
    toDecimals decimals: Int, fineDecimals: Int = 9, workers: Int
  ) throws -> ArcTable {
    precondition(decimals >= 0 && fineDecimals <= 15 && decimals <= fineDecimals, "decimals")
    var rounding = LayerRounding(self, scale: powerOfTen(decimals), fine: powerOfTen(fineDecimals))
    while try rounding.refineConflicts(workers: workers) {}
    let coarse = table(of: rounding)
    if isSame(coarse) { return coarse }
    // A part that moved across a border as a whole crosses nothing.
    rounding.refineAll()
    return table(of: rounding)
  }

  private func table(of rounding: LayerRounding) -> ArcTable {
    var table = self
    table.nodes = rounding.nodePositions
    table.points = rounding.pointPositions
    table.keepPoints { !rounding.repeats($0) }
    return table
  }

  /// Whether the arcs of a table, put together anew, part the same faces.
  private func isSame(_ other: ArcTable) -> Bool {
    var again = other
    again.connect()
    again.findFaces()
    return again.following == following && again.faceOfHalf == faceOfHalf
      && again.faces.map(\.owners) == faces.map(\.owners)
  }
}

private func powerOfTen(_ exponent: Int) -> Double {
  (0..<exponent).reduce(1.0) { scale, _ in scale * 10 }
}

/// The double nearest to the decimal number, so that it prints short.
private func onGrid(_ point: Point, _ scale: Double) -> Point {
  Point(x: (point.x * scale).rounded() / scale + 0, y: (point.y * scale).rounded() / scale + 0)
}

/// Points of a layer on two grids, and the search for those that need the finer one.
private struct LayerRounding {
  private let table: ArcTable
  private let scale: Double
  private let fine: Double
  /// The vertex of each point: nodes first, then the points inside arcs.
  private var vertexOfPoint: [Int32] = []
  private var originals: [Point]
  private var positions: [Point]
  private var isFine: [Bool]

  init(_ table: ArcTable, scale: Double, fine: Double) {
    self.table = table
    self.scale = scale
    self.fine = fine
    originals = table.nodes
    for arc in 0..<table.arcCount {
      let part = table.arc(arc)
      vertexOfPoint.append(table.ends[arc].from)
      for point in part.dropFirst().dropLast() {
        vertexOfPoint.append(Int32(originals.count))
        originals.append(point)
      }
      vertexOfPoint.append(table.ends[arc].to)
    }
    positions = originals.map { onGrid($0, scale) }
    isFine = [Bool](repeating: false, count: originals.count)
  }

  var nodePositions: [Point] { Array(positions[..<table.nodes.count]) }
  var pointPositions: [Point] { vertexOfPoint.map { positions[Int($0)] } }

  mutating func refineAll() {
    for vertex in positions.indices { positions[vertex] = onGrid(originals[vertex], fine) }
  }

  /// Whether a point inside an arc lies where the one before it or the arc's end lies.
  func repeats(_ index: Int) -> Bool {
    let vertex = Int(vertexOfPoint[index])
    guard vertex >= table.nodes.count else { return false }
    let position = positions[vertex]
    var next = index + 1
    // A run that reaches the arc's end goes altogether: the node stands for it.
    while Int(vertexOfPoint[next]) >= table.nodes.count,
      positions[Int(vertexOfPoint[next])] == position
    {
      next += 1
    }
    return positions[Int(vertexOfPoint[index - 1])] == position
      || (Int(vertexOfPoint[next]) < table.nodes.count
        && positions[Int(vertexOfPoint[next])] == position)
  }

  /// Gives more decimals to the points of borders that touch, cross or collapse; `false` if there
  /// are none, or all of them have them already.
  mutating func refineConflicts(workers: Int) throws -> Bool {
    var concerned: Set<Int32> = []
    var passes: [LayerEdges.Pass] = []
    passes.reserveCapacity(vertexOfPoint.count)
    var standIn = FirstAtPosition(positions)
    for arc in 0..<table.arcCount {
      appendPasses(ofArc: arc, &passes, &standIn, &concerned)
    }
    let edges = LayerEdges(passes, positions: positions)
    for edge in 0..<edges.count where edges.entries(of: edge).count > 1 {
      // Two arcs along one edge.
      concerned.formUnion(standIn.all(at: edges.from[edge], positions))
      concerned.formUnion(standIn.all(at: edges.to[edge], positions))
    }
    // A tenth of the fine grid counts as touching, beyond the rounding of this test.
    let noded = NodedLayer(
      edges, positions: positions, tolerance: 0.2 / fine, workers: workers)
    for vertex in try noded.verticesInConflict() {
      concerned.formUnion(standIn.all(at: vertex, positions))
    }
    var changed = false
    for vertex in concerned where !isFine[Int(vertex)] {
      isFine[Int(vertex)] = true
      positions[Int(vertex)] = onGrid(originals[Int(vertex)], fine)
      changed = true
    }
    return changed
  }

  /// The edges of an arc, and the vertices where it collapses or meets others outside its nodes.
  private func appendPasses(
    ofArc arc: Int, _ passes: inout [LayerEdges.Pass], _ standIn: inout FirstAtPosition,
    _ concerned: inout Set<Int32>
  ) {
    let range = table.starts[arc]..<table.starts[arc + 1]
    var previous = Int32(-1)
    var count = 0
    for index in range {
      let vertex = vertexOfPoint[index]
      let first = standIn.vertex(for: vertex, positions)
      if first == previous { continue }
      if first != vertex, !isRun(index, of: first, in: range) {
        concerned.insert(first)
        concerned.insert(vertex)
      }
      if previous >= 0 {
        passes.append(LayerEdges.Pass(from: previous, to: first, owner: Int32(arc), side: 1))
        count += 1
      }
      previous = first
    }
    let isLoop = table.ends[arc].from == table.ends[arc].to
    if count < (isLoop ? 3 : 1) { concerned.formUnion(range.map { vertexOfPoint[$0] }) }
  }

  /// Whether a point lies where its own arc's next node lies, with nothing in between.
  private func isRun(_ index: Int, of node: Int32, in range: Range<Int>) -> Bool {
    let position = positions[Int(node)]
    var next = index
    while next < range.upperBound, positions[Int(vertexOfPoint[next])] == position {
      if vertexOfPoint[next] == node { return true }
      next += 1
    }
    next = index
    while next >= range.lowerBound, positions[Int(vertexOfPoint[next])] == position {
      if vertexOfPoint[next] == node { return true }
      next -= 1
    }
    return false
  }
}

/// The first vertex met at each position, and the others there.
private struct FirstAtPosition {
  private var first: [Point: Int32] = [:]
  private var others: [Int32: [Int32]] = [:]

  init(_ positions: [Point]) { first.reserveCapacity(positions.count) }

  mutating func vertex(for vertex: Int32, _ positions: [Point]) -> Int32 {
    let position = positions[Int(vertex)]
    if let old = first[position] {
      if old != vertex, others[old]?.contains(vertex) != true {
        others[old, default: []].append(vertex)
      }
      return old
    }
    first[position] = vertex
    return vertex
  }

  /// All vertices at the position of a first one.
  func all(at vertex: Int32, _ positions: [Point]) -> [Int32] {
    [vertex] + (others[vertex] ?? [])
  }
}
