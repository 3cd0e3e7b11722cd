// Quiebre · GeoCoreTests
// Neighbors found against neighbors known from construction, and against all pairs of edges.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct ContiguityTests {
  private func contiguity(
    _ shapes: [MultiPolygon?], tolerance: Double = ArcTable.defaultDegrees, workers: Int = 2
  ) throws -> Contiguity {
    let table = try ArcTable(shapes, tolerance: tolerance, workers: workers)
    #expect(table.isSettled)
    return table.contiguity(in: .meters)
  }

  @Test(arguments: [(1, 1), (2, 1), (2, 2), (7, 5), (30, 20)])
  func aChessboardHasItsEdgesAndCorners(columns: Int, rows: Int) throws {
    let known = KnownLayer.chessboard(columns: columns, rows: rows)
    let found = try contiguity(known.shapes)
    #expect(
      found.pairs
        == known.pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) })
    // (c − 1)·r + c·(r − 1) edges, 2·(c − 1)·(r − 1) corners.
    #expect(found.pairs(.rook).count == (columns - 1) * rows + columns * (rows - 1))
    #expect(
      found.pairs.count - found.pairs(.rook).count == 2 * (columns - 1) * (rows - 1))
    #expect(found.islands(.queen) == (columns * rows == 1 ? [0] : []))
  }

  @Test(arguments: [0, 1e-6, ArcTable.defaultDegrees])
  func aBrickWallTouchesAcrossItsJoints(tolerance: Double) throws {
    let known = KnownLayer.brickWall(columns: 9, rows: 6)
    let found = try contiguity(known.shapes, tolerance: tolerance)
    #expect(
      found.pairs == known.pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) })
  }

  /// What simplifying each shape by itself or rounding leaves: gaps and overlaps of some 0.4 m.
  @Test(arguments: 1...5)
  func verticesThatAreALittleOffKeepTheNeighbors(seed: UInt64) throws {
    for known in [
      KnownLayer.brickWall(columns: 12, rows: 9, unit: 0.01),
      KnownLayer.chessboard(columns: 12, rows: 9, side: 0.01),
    ] {
      let found = try contiguity(known.shaken(by: 4e-6, seed: seed).shapes)
      #expect(found.links == known.links)
      for (pair, expected) in zip(
        found.pairs, known.pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) })
      where expected.sharedLength > 0 {
        // Each end moves by the tolerance at most.
        #expect(abs(pair.sharedLength - expected.sharedLength) <= 2 * ArcTable.defaultDegrees)
      }
    }
  }

  @Test func cornersOfAShakenChessboardAreNoEdges() throws {
    let known = KnownLayer.chessboard(columns: 8, rows: 8, side: 0.01)
    let found = try contiguity(known.shaken(by: 4e-6, seed: 11).shapes)
    let corners = Set(known.pairs.filter { $0.sharedLength == 0 }.map { [$0.first, $0.second] })
    #expect(found.pairs.count { corners.contains([$0.first, $0.second]) } == corners.count)
    #expect(
      found.pairs.allSatisfy {
        !corners.contains([$0.first, $0.second]) || $0.sharedLength <= 4 * ArcTable.defaultDegrees
      })
  }

  /// Squares of side 1.2 at whole numbers.
  ///
  /// Those beside each other share a strip of 0.2 × 1.2, those
  /// across a corner 0.2 × 0.2. Half the outline of the common ground counts.
  @Test func overlappingShapesAreNeighbors() throws {
    let shapes: [MultiPolygon?] = (0..<9).map { number in
      box(0, 0, 1.2, 1.2).moved(x: Double(number % 3), y: Double(number / 3))
    }
    let found = try contiguity(shapes)
    let known = KnownLayer.chessboard(columns: 3, rows: 3)
    #expect(found.links == known.links)
    let corner = try #require(found.pairs.first { $0.first == 0 && $0.second == 4 })
    #expect(near(corner.sharedLength, 0.4, 1e-12))
    let side = try #require(found.pairs.first { $0.first == 0 && $0.second == 1 })
    #expect(near(side.sharedLength, 1.4, 1e-12))
  }

  @Test func aShapeInsideAnotherIsItsNeighbor() throws {
    let inside = try contiguity([box(0, 0, 9, 9), box(3, 3, 4, 4), box(20, 20, 21, 21), nil])
    #expect(inside.pairs == [NeighborPair(first: 0, second: 1, sharedLength: 2)])
    #expect(inside.islands(.rook) == [2, 3])
    let enclave = MultiPolygon([
      Polygon(
        shell: ring([(0, 0), (9, 0), (9, 9), (0, 9)]),
        holes: [ring([(3, 3), (4, 3), (4, 4), (3, 4)])])
    ])
    let filled = try contiguity([enclave, box(3, 3, 4, 4)])
    #expect(filled.pairs == [NeighborPair(first: 0, second: 1, sharedLength: 4)])
  }

  @Test(arguments: 1...20)
  func allPairsOfEdgesGiveTheSameNeighbors(seed: UInt64) throws {
    var layer = KnownLayer(shapes: randomSplit(depth: 6, seed: seed), pairs: [])
    if seed % 2 == 0 { layer = layer.shaken(by: 4e-6, seed: seed) }
    let found = try contiguity(layer.shapes)
    #expect(found.links == neighborsByAllPairs(layer.shapes, within: 1.5e-5))
  }

  @Test(arguments: 1...6)
  func theOrderOfShapesOnlyRenumbers(seed: UInt64) throws {
    let layer = KnownLayer(shapes: randomSplit(depth: 7, seed: seed), pairs: [])
      .shaken(by: seed % 2 == 0 ? 4e-6 : 0.05, seed: seed)
    let table = try ArcTable(layer.shapes, tolerance: 3e-5, workers: 1)
    var order = Array(layer.shapes.indices)
    var numbers = TestNumbers(seed: seed)
    for index in order.indices {
      order.swapAt(index, Int(numbers.next() * Double(order.count)))
    }
    let shuffled = try ArcTable(order.map { layer.shapes[$0] }, tolerance: 3e-5, workers: 1)
    #expect(shuffled.points == table.points)
    #expect(shuffled.starts == table.starts)
    #expect(
      shuffled.faces.map { face in face.owners.map { order[$0] }.sorted() }
        == table.faces.map(\.owners))
    let pairs = shuffled.contiguity(in: .degrees).pairs.map { pair in
      let ends = [order[pair.first], order[pair.second]].sorted()
      return NeighborPair(first: ends[0], second: ends[1], sharedLength: pair.sharedLength)
    }
    #expect(
      pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        == table.contiguity(in: .degrees).pairs)
  }

  @Test(arguments: [2, 3, 8])
  func workersDontMatter(workers: Int) throws {
    let layer = KnownLayer.brickWall(columns: 80, rows: 60, unit: 0.01).shaken(by: 1e-3, seed: 5)
    let one = try ArcTable(layer.shapes, tolerance: 3e-5, workers: 1)
    let many = try ArcTable(layer.shapes, tolerance: 3e-5, workers: workers)
    #expect(many.points == one.points)
    #expect(many.faces == one.faces)
    #expect(many.contiguity(in: .degrees) == one.contiguity(in: .degrees))
  }

  @Test func coordinatesThatAreNotFiniteAreRefused() {
    let bad = MultiPolygon([Polygon(shell: ring([(0, 0), (1, .nan), (1, 1)]))])
    #expect(throws: ShapeError.self) {
      try ArcTable([box(0, 0, 1, 1), bad], tolerance: 0, workers: 1)
    }
  }
}

@Suite struct BorderLengthTests {
  /// Sums of geodesics over 2,000 pieces, by pyproj 3.7.2 (`Geod(ellps="WGS84").inv`); tolerance a
  /// part in 10⁸ as the function states, and 10 µm for the sums of pyproj.
  @Test(arguments: [
    (Point(x: 0, y: 0), Point(x: 0, y: 1), 110574.38855779878),
    (Point(x: -75, y: -12), Point(x: -75, y: -12.01), 1106.2232957817505),
    (Point(x: -75, y: -60), Point(x: -75, y: -70), 1114907.9082796816),
    (Point(x: -75, y: -12), Point(x: -74.7, y: -12.2), 39447.28757546483),
    (Point(x: -75, y: -12), Point(x: -74.99, y: -12.02), 2465.9307933723535),
  ])
  func edgesHaveTheLengthOfThePathOnTheEllipsoid(a: Point, b: Point, expected: Double) {
    #expect(abs(length(from: a, to: b, in: .degrees) - expected) < 1e-8 * expected + 1e-5)
    // Backwards the steps are summed in another order.
    #expect(
      abs(length(from: b, to: a, in: .degrees) / length(from: a, to: b, in: .degrees) - 1) < 1e-15)
  }

  @Test func edgesInThePlaneAreStraight() {
    #expect(length(from: Point(x: 1, y: 1), to: Point(x: 4, y: 5), in: .meters) == 5)
  }
}

/// The slow twin: shapes are neighbors if any two of their edges come close.
private func neighborsByAllPairs(_ shapes: [MultiPolygon?], within reach: Double) -> [[Int]] {
  let edges = shapes.map { shape in
    (shape?.polygons ?? []).flatMap(\.rings).flatMap { Array(zip($0, $0.dropFirst())) }
  }
  var links: [[Int]] = []
  for first in edges.indices {
    for second in first + 1..<max(edges.count, first + 1) {
      let isClose = edges[first].contains { one in
        edges[second].contains { squaredGap(one, $0) <= reach * reach }
      }
      if isClose { links.append([first, second]) }
    }
  }
  return links
}

/// The square of the distance between two segments.
private func squaredGap(_ one: (Point, Point), _ other: (Point, Point)) -> Double {
  let crosses =
    orientation(one.0, one.1, other.0) * orientation(one.0, one.1, other.1) < 0
    && orientation(other.0, other.1, one.0) * orientation(other.0, other.1, one.1) < 0
  if crosses { return 0 }
  func toSegment(_ p: Point, _ a: Point, _ b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let share = min(1, max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)))
    return squaredDistance(p, Point(x: a.x + share * dx, y: a.y + share * dy))
  }
  return min(
    min(toSegment(one.0, other.0, other.1), toSegment(one.1, other.0, other.1)),
    min(toSegment(other.0, one.0, one.1), toSegment(other.1, one.0, one.1)))
}
