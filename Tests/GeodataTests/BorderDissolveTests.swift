// Quiebre · GeodataTests
// Cells joined by owner, on layers small enough to draw.
// SPDX-License-Identifier: Apache-2.0

import GeoCore
import Testing

@testable import quiebre_geodata

@Suite("Border dissolve")
struct BorderDissolveTests {
  private static func box(
    _ west: Double, _ south: Double, _ east: Double, _ north: Double
  ) -> MultiPolygon {
    MultiPolygon([
      Polygon(shell: [
        Point(x: west, y: south), Point(x: east, y: south), Point(x: east, y: north),
        Point(x: west, y: north), Point(x: west, y: south),
      ])
    ])
  }

  @Test func twoCellsOfOneOwnerLoseTheBorderBetweenThem() throws {
    let shapes = try dissolvedCoverage(
      cells: [Self.box(0, 0, 1, 1), Self.box(1, 0, 2, 1)], owners: [0, 0], count: 1)
    #expect(shapes[0].planarArea == 2)
    #expect(shapes[0].polygons.count == 1)
    #expect(!shapes[0].polygons[0].shell.contains { $0.x == 1 && $0.y == 0.5 })
  }

  /// One long edge against two short ones: the middle vertex comes into the long edge.
  @Test func neighborsShareVerticesAtAJunction() throws {
    let shapes = try dissolvedCoverage(
      cells: [Self.box(0, 0, 1, 2), Self.box(1, 0, 2, 1), Self.box(1, 1, 2, 2)],
      owners: [0, 1, 2], count: 3)
    #expect(shapes[0].polygons[0].shell.contains(Point(x: 1, y: 1)))
    #expect(shapes.map(\.planarArea) == [2, 1, 1])
  }

  /// A vertex that rounding moved off a slanted edge is taken into it: no sliver stays.
  @Test func aRoundedVertexIsTakenIntoTheEdge() throws {
    let a = Point(x: 0, y: 0)
    let b = Point(x: 3, y: 1)
    let third = Point(x: 1, y: 1.0 / 3)
    let above = MultiPolygon([
      Polygon(shell: [a, third, b, Point(x: 0, y: 1), a])
    ])
    let below = MultiPolygon([Polygon(shell: [a, Point(x: 3, y: 0), b, a])])
    let shapes = try dissolvedCoverage(cells: [above, below], owners: [0, 1], count: 2)
    #expect(shapes[1].polygons[0].shell.contains(Point(x: 1, y: 0.33333)))
    #expect(abs(shapes[0].planarArea + shapes[1].planarArea - 3) < 1e-12)
  }

  @Test func aRingOfCellsHasAHole() throws {
    var cells: [MultiPolygon] = []
    for x in 0..<3 {
      for y in 0..<3 {
        cells.append(Self.box(Double(x), Double(y), Double(x) + 1, Double(y) + 1))
      }
    }
    let owners = (0..<9).map { $0 == 4 ? 1 : 0 }
    let shapes = try dissolvedCoverage(cells: cells, owners: owners, count: 2)
    #expect(shapes[0].polygons.count == 1)
    #expect(shapes[0].polygons[0].holes.count == 1)
    #expect(shapes[0].planarArea == 8)
    #expect(shapes[1].planarArea == 1)
  }

  @Test func cellsThatMeetInAPointStayTwoPolygons() throws {
    let shapes = try dissolvedCoverage(
      cells: [
        Self.box(0, 0, 1, 1), Self.box(1, 1, 2, 2), Self.box(1, 0, 2, 1), Self.box(0, 1, 1, 2),
      ], owners: [0, 0, 1, 1], count: 2)
    #expect(shapes.map(\.polygons.count) == [2, 2])
    #expect(shapes.map(\.planarArea) == [2, 2])
  }

  @Test func aHoleThatTouchesTheShellIsAHole() throws {
    // A 2 × 2 block without the triangle (0,0) (1,1) (0.5,1.5), which meets the outline at (0,0).
    let hole = [
      Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 0.5, y: 1.5), Point(x: 0, y: 0),
    ]
    var block = Self.box(0, 0, 2, 2)
    block.polygons[0].holes = [hole.reversed()]
    let shapes = try dissolvedCoverage(
      cells: [block, MultiPolygon([Polygon(shell: hole)])], owners: [0, 1], count: 2)
    #expect(shapes[0].polygons.count == 1)
    #expect(shapes[0].polygons.first?.holes.count == 1)
    #expect(abs(shapes[0].planarArea - 3.5) < 1e-12)
  }

  @Test func overlappingCellsAreRefused() {
    #expect(throws: CoverageError.self) {
      try dissolvedCoverage(
        cells: [Self.box(0, 0, 1, 1), Self.box(0, 0, 1, 2)], owners: [0, 1], count: 2)
    }
  }
}
