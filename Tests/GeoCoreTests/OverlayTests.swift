// Quiebre · GeoCoreTests
// Points in shapes, exact turns, and shared ground.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct PointPlacementTests {
  private let squares: [MultiPolygon?] = [
    box(0, 0, 1, 1), nil, box(1, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2),
  ]

  @Test(arguments: [
    (0.5, 0.5, 0), (1.5, 0.5, 2), (0.5, 1.5, 3), (1.5, 1.5, 4),
    // On borders: the eastern neighbor, the northern one, and both at the common corner.
    (1.0, 0.5, 2), (0.5, 1.0, 3), (1.0, 1.0, 4), (0.0, 0.0, 0),
  ])
  func eachPointHasOneShape(_ x: Double, _ y: Double, _ expected: Int) {
    let placement = pointPlacement(of: [Point(x: x, y: y)], in: squares)
    #expect(placement.indices == [expected])
    #expect(placement.inSeveral == 0)
  }

  @Test(arguments: [
    (2.0, 0.5), (0.5, 2.0), (-0.1, 0.5), (7, 7), (Double.nan, 0.5), (.infinity, 0.5),
  ])
  func pointsOutsideHaveNone(_ x: Double, _ y: Double) {
    #expect(polygonIndex(of: [Point(x: x, y: y)], in: squares) == [nil])
  }

  @Test func holesHoldNoPoint() {
    let ringed = MultiPolygon([
      Polygon(
        shell: ring([(0, 0), (3, 0), (3, 3), (0, 3)]),
        holes: [ring([(1, 1), (2, 1), (2, 2), (1, 2)])])
    ])
    let points = [Point(x: 1.5, y: 1.5), Point(x: 0.5, y: 1.5)]
    #expect(polygonIndex(of: points, in: [ringed]) == [nil, 0])
  }

  @Test func overlapsGoToTheFirstShapeAndAreCounted() {
    let placement = pointPlacement(
      of: [Point(x: 1.5, y: 1.5), Point(x: 0.5, y: 0.5)], in: [box(1, 1, 3, 3), box(0, 0, 2, 2)])
    #expect(placement.indices == [0, 1])
    #expect(placement.inSeveral == 1)
  }

  /// A border that no double meets exactly: 3,000 points on and beside it all have one side.
  @Test func pointsAlongASlantedBorderAreNeitherLostNorDoubled() {
    let (low, high) = (Point(x: 0.1, y: 0.1), Point(x: 0.7, y: 0.9))
    let west = MultiPolygon([
      Polygon(shell: [low, high, Point(x: 0, y: 0.9), Point(x: 0, y: 0.1), low])
    ])
    let east = MultiPolygon([
      Polygon(shell: [low, Point(x: 1, y: 0.1), Point(x: 1, y: 0.9), high, low])
    ])
    let points = (1..<3000).map { index in
      let share = Double(index) / 3000
      return Point(x: 0.1 + share * 0.6, y: 0.1 + share * 0.8)
    }
    let placement = pointPlacement(of: points, in: [west, east])
    #expect(placement.inSeveral == 0)
    #expect(!placement.indices.contains(nil))
  }

  /// a, b, c on one line whose products need more than 53 bits, then c or a off it by one step.
  @Test func turnsAreExactToTheLastBit() {
    let a = Point(x: 0.5, y: 0.5)
    let b = Point(x: 12, y: 12)
    let c = Point(x: 24, y: 24)
    #expect(orientation(a, b, c) == 0)
    #expect(orientation(a, b, Point(x: 24, y: 24.0.nextUp)) == 1)
    #expect(orientation(a, b, Point(x: 24, y: 24.0.nextDown)) == -1)
    #expect(orientation(Point(x: 0.5.nextUp, y: 0.5), b, c) == -1)
    #expect(orientation(Point(x: 0.5, y: 0.5.nextUp), b, c) == 1)
  }
}

@Suite struct OverlapAreasTests {
  /// Sources are 3 × 3 squares of a degree; a target covers parts of four of them.
  @Test func sharedGroundIsMeasuredOnTheEllipsoid() throws {
    let sources: [MultiPolygon?] = (0..<9).map { index in
      let (x, y) = (-75 + Double(index % 3), -12 + Double(index / 3))
      return box(x, y, x + 1, y + 1)
    }
    let overlaps = try overlapAreas(
      targets: [box(-74.5, -11.5, -73.5, -10.5), nil, box(10, 10, 11, 11)], sources: sources,
      workers: 1)
    #expect(overlaps[0].map(\.source) == [0, 1, 3, 4])
    let quarters = [
      box(-74.5, -11.5, -74, -11), box(-74, -11.5, -73.5, -11), box(-74.5, -11, -74, -10.5),
      box(-74, -11, -73.5, -10.5),
    ].map(\.ellipsoidalArea)
    for (overlap, quarter) in zip(overlaps[0], quarters) {
      #expect(near(overlap.area, quarter, 1e-10 * quarter))
    }
    #expect(overlaps[1] == [])
    #expect(overlaps[2] == [])
  }

  /// Voronoi cells cover the country; every source square is shared out wholly.
  @Test func aCoverageSharesOutAllGround() throws {
    var numbers = TestNumbers(seed: 3)
    let sites = (0..<50).map { _ in
      Point(x: numbers.next(in: -80 ... -70), y: numbers.next(in: -18...0))
    }
    let cells = try voronoiCells(sites: sites, within: box(-80, -18, -70, 0))
    let sources: [MultiPolygon?] = (0..<180).map { index in
      let (x, y) = (-80 + Double(index % 10), -18 + Double(index / 10))
      return box(x, y, x + 1, y + 1)
    }
    let overlaps = try overlapAreas(targets: cells, sources: sources, workers: 2)
    var shared = Array(repeating: 0.0, count: sources.count)
    for overlap in overlaps.joined() { shared[overlap.source] += overlap.area }
    for (source, area) in zip(sources, shared) {
      let whole = try #require(source).ellipsoidalArea
      #expect(near(area, whole, 1e-9 * whole))
    }
    for workers in [1, 3, 8] {
      #expect(try overlapAreas(targets: cells, sources: sources, workers: workers) == overlaps)
    }
  }

  @Test func shapesThatOnlyTouchShareNothing() throws {
    let overlaps = try overlapAreas(
      targets: [box(0, 0, 1, 1)], sources: [box(1, 0, 2, 1), box(1, 1, 2, 2)], workers: 1)
    #expect(overlaps == [[]])
  }

  @Test func anInvalidTargetIsAnErrorWithItsIndex() throws {
    let tie = MultiPolygon([Polygon(shell: ring([(0, 0), (2, 2), (2, 0), (0, 2)]))])
    let error = try #require(throws: ShapeError.self) {
      try overlapAreas(
        targets: [box(0, 0, 1, 1), tie], sources: [box(0, 0, 1.5, 1.5)], workers: 1)
    }
    #expect(error.index == 1)
    #expect(error.message == "covers ground more than once or less than nothing")
  }
}
