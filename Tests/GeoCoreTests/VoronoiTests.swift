// Quiebre · GeoCoreTests
// Voronoi cells, dissolving and rounding.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct VoronoiTests {
  /// Four sites in the quarters of a square: each has its quarter.
  @Test func quartersOfASquareGoToTheirSites() throws {
    let sites = [(1.0, 1.0), (3, 1), (3, 3), (1, 3)].map { Point(x: $0.0, y: $0.1) }
    let cells = try voronoiCells(sites: sites, within: box(0, 0, 4, 4))
    #expect(cells.map(\.planarArea) == [4, 4, 4, 4])
    #expect(cells.map { $0.boundingBox?.minX } == [0, 2, 2, 0])
  }

  @Test func everyPlaceOfTheShapeBelongsToItsNearestSite() throws {
    var numbers = TestNumbers(seed: 7)
    let sites = (0..<60).map { _ in Point(x: numbers.next(in: -1...9), y: numbers.next(in: -1...9))
    }
    let within = MultiPolygon([
      Polygon(
        shell: ring([(0, 0), (8, 1), (7, 8), (1, 6)]),
        holes: [ring([(3, 3), (3, 4), (4, 4), (4, 3)])])
    ])
    let cells = try voronoiCells(sites: sites, within: within)
    let probes = (0..<2000).map { _ in
      Point(x: numbers.next(in: 0...8), y: numbers.next(in: 0...8))
    }
    let inside = polygonIndex(of: probes, in: [within])
    let owners = pointPlacement(of: probes, in: cells)
    #expect(owners.inSeveral == 0)
    for (probe, (inside, owner)) in zip(probes, zip(inside, owners.indices)) {
      #expect((inside == nil) == (owner == nil))
      guard let owner else { continue }
      let nearest = sites.map { distanceSquared($0, probe) }.min() ?? 0
      #expect(distanceSquared(sites[owner], probe) <= nearest + 1e-9)
    }
  }

  @Test func twinsShareOneCellThatTheFirstOneHas() throws {
    let sites = [Point(x: 1, y: 1), Point(x: 1, y: 1), Point(x: 3, y: 1)]
    let cells = try voronoiCells(sites: sites, within: box(0, 0, 4, 2))
    #expect(cells.map(\.planarArea) == [4, 0, 4])
  }

  @Test func aSingleSiteHasTheWholeShape() throws {
    let cells = try voronoiCells(sites: [Point(x: 50, y: 50)], within: box(0, 0, 4, 2))
    #expect(cells == [box(0, 0, 4, 2)])
  }

  @Test func dissolvingTheCellsGivesTheShapeBack() throws {
    var numbers = TestNumbers(seed: 11)
    let sites = (0..<40).map { _ in Point(x: numbers.next(in: 0...8), y: numbers.next(in: 0...8)) }
    let within = box(0, 0, 8, 8)
    let whole = try dissolved(voronoiCells(sites: sites, within: within))
    #expect(whole.polygons.count == 1)
    #expect(whole.polygons.first?.holes == [])
    #expect(abs(whole.planarArea - 64) < 64 * 1e-12)
  }

  /// The right square has an extra vertex on the shared border: the edges don't match.
  @Test func neighborsWithOtherVerticesAreJoinedToo() throws {
    let left = box(0, 0, 1, 1)
    let right = MultiPolygon([
      Polygon(shell: ring([(1, 0), (2, 0), (2, 1), (1, 1), (1, 0.3)]))
    ])
    let joined = try dissolved([left, right])
    #expect(joined.polygons.count == 1)
    #expect(joined.planarArea == 2)
  }

  @Test func overlapsCountOnce() throws {
    let joined = try dissolved([box(0, 0, 2, 2), box(1, 1, 3, 3)])
    #expect(joined.planarArea == 7)
    #expect(joined.polygons.map { ringAreaSign($0.shell) } == [1])
  }

  @Test func roundingGivesTheDoublesOfTheDecimals() throws {
    let shape = MultiPolygon([
      Polygon(shell: ring([(0.123456, -0.000001), (1.000004, 0), (0.999996, 1.23)]))
    ])
    let table = try ArcTable([shape], tolerance: 0, workers: 1)
    let rounded = try table.rounded(toDecimals: 4, workers: 1).shapes()[0]
    let points = Set(rounded.polygons.flatMap(\.shell))
    #expect(points == [Point(x: 0.1235, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1.23)])
  }

  private func distanceSquared(_ a: Point, _ b: Point) -> Double {
    (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
  }
}
