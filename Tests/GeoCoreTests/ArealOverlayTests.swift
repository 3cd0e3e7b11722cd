// Quiebre · GeoCoreTests
// Areal interpolation conserves ground: what is shared, left over and counted twice adds up.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct ArealOverlayTests {
  /// Three targets, each 2 km wide, from 0, 1 and 2 km on: ground in one, two and three of them.
  @Test func groundInSeveralTargetsIsCountedApart() throws {
    let targets: [MultiPolygon?] = [
      box(0, 0, 2000, 1000), box(1000, 0, 3000, 1000), nil, box(1500, 0, 3500, 1000),
    ]
    let source = box(-1000, 0, 4000, 1000)
    let overlay = try arealOverlay(
      targets: targets, sources: [source], in: .meters, workers: 2)
    // Covered from 0 to 3.5; twice from 1 to 1.5 and 2 to 3, three times from 1.5 to 2.
    #expect(near(overlay.sources.areas[0], 5, 1e-12))
    #expect(near(overlay.sources.covered[0], 3.5, 1e-12))
    #expect(near(overlay.sources.doubled[0], 2.5, 1e-12))
    #expect(near(overlay.sources.uncovered(0), 1.5, 1e-12))
    #expect(overlay.targets.pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 3], [1, 3]])
    for (pair, expected) in zip(overlay.targets.pairs, [1.0, 0.5, 1.5]) {
      #expect(near(pair.area, expected, 1e-12))
    }
    #expect(overlay.targets.covered == overlay.targets.areas)
    #expect(overlay.targets.areas[2] == 0)
  }

  @Test func overlappingSourcesAreCountedApart() throws {
    let overlay = try arealOverlay(
      targets: [box(0, 0, 4000, 1000)],
      sources: [box(0, 0, 2000, 1000), box(1000, 0, 3000, 1000)], in: .meters, workers: 1)
    #expect(near(overlay.targets.covered[0], 3, 1e-12))
    #expect(near(overlay.targets.doubled[0], 1, 1e-12))
    #expect(near(overlay.targets.uncovered(0), 1, 1e-12))
    #expect(overlay.sources.uncovered(0) == 0 && overlay.sources.uncovered(1) == 0)
    #expect(overlay.sources.pairs.map(\.area) == [1])
  }

  /// Slanted strips over Voronoi cells, holes left open and cells moved: for each source the books
  /// balance with what GEOS's difference leaves.
  @Test(arguments: [UInt64(1), 2, 3])
  func booksBalanceWithWhatGEOSLeaves(_ seed: UInt64) throws {
    var numbers = TestNumbers(seed: seed)
    let sites = (0..<60).map { _ in
      Point(x: numbers.next(in: -78 ... -74), y: numbers.next(in: -14 ... -10))
    }
    var cells: [MultiPolygon?] = try voronoiCells(sites: sites, within: box(-78, -14, -74, -10))
    for index in stride(from: 0, to: cells.count, by: 7) {
      cells[index] = index % 2 == 0 ? nil : cells[index]?.moved(x: 0.1, y: 0.03)
    }
    let sources: [MultiPolygon?] = (0..<20).map { index in
      let west = -78.5 + 0.25 * Double(index)
      return MultiPolygon([
        Polygon(
          shell: ring([(west, -14), (west + 0.25, -14), (west + 0.55, -10), (west + 0.3, -10)]))
      ])
    }
    let overlay = try arealOverlay(targets: cells, sources: sources, workers: 2)
    let session = GEOSSession()
    let all = try session.union(of: cells.compactMap { $0 }.map { try session.shape($0) })
    var someDoubled = false
    for (index, source) in sources.enumerated() {
      let shape = try #require(source)
      let left = try session.shape(shape).difference(all).multiPolygon().ellipsoidalArea
      let whole = overlay.sources.areas[index]
      #expect(near(whole, shape.ellipsoidalArea, 1e-13 * whole))
      #expect(near(overlay.sources.uncovered(index), left, 1e-9 * whole))
      let shared = overlay.overlaps.joined().filter { $0.source == index }.reduce(0) {
        $0 + $1.area
      }
      let balance = shared - overlay.sources.doubled[index] + overlay.sources.uncovered(index)
      #expect(near(balance, whole, 1e-9 * whole))
      someDoubled = someDoubled || overlay.sources.doubled[index] > 0
    }
    #expect(someDoubled)
    for workers in [1, 3, 8] {
      let again = try arealOverlay(targets: cells, sources: sources, workers: workers)
      #expect(again.overlaps == overlay.overlaps)
      #expect(again.sources == overlay.sources && again.targets == overlay.targets)
    }
  }
}
