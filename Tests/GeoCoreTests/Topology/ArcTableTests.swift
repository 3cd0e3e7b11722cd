// Quiebre · GeoCoreTests
// Faces of the arc-node table: which ground lies in which shapes, gaps, overlaps, nesting.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct ArcTableTests {
  /// Ground by owners, in the plane.
  private func ground(_ table: ArcTable) -> [[Int]: Double] {
    var sums: [[Int]: Double] = [:]
    for face in table.faces.dropFirst() {
      let rings = face.rings.map { signedArea(of: table.ring(table.halves(ofRing: $0))) }
      sums[face.owners, default: 0] += rings.reduce(0, +)
    }
    return sums
  }

  @Test func twoBoxesPartThePlaneInFour() throws {
    let table = try ArcTable([box(0, 0, 3, 2), box(2, 1, 5, 4)], tolerance: 0, workers: 1)
    #expect(table.faces.count == 4)
    #expect(table.arcCount == 4)
    #expect(ground(table) == [[0]: 5, [1]: 8, [0, 1]: 1])
  }

  @Test func aSharedBorderIsOneArc() throws {
    let table = try ArcTable([box(0, 0, 1, 1), box(1, 0, 2, 1)], tolerance: 0, workers: 1)
    #expect(table.arcCount == 3)
    #expect(table.nodes == [Point(x: 1, y: 0), Point(x: 1, y: 1)])
    let shared = table.arc(1)
    #expect(Array(shared) == [Point(x: 1, y: 0), Point(x: 1, y: 1)])
    let sides = table.sidesOfArc(1)
    #expect(table.faces[sides.left].owners == [0])
    #expect(table.faces[sides.right].owners == [1])
  }

  @Test func lakesIslandsAndEnclavesAreNested() throws {
    // A ring of land around a lake with an island, whose own lake holds an islet; a box overlaps
    // nothing but is drawn over the islet's lake's ground once more.
    let land = MultiPolygon([
      Polygon(
        shell: ring([(0, 0), (10, 0), (10, 10), (0, 10)]),
        holes: [ring([(1, 1), (1, 9), (9, 9), (9, 1)])])
    ])
    let island = MultiPolygon([
      Polygon(
        shell: ring([(2, 2), (8, 2), (8, 8), (2, 8)]),
        holes: [ring([(3, 3), (3, 7), (7, 7), (7, 3)])])
    ])
    let table = try ArcTable(
      [land, island, box(4, 4, 6, 6), box(4.5, 4.5, 5, 5), box(11, 4, 12, 6)], tolerance: 0,
      workers: 1)
    #expect(
      ground(table) == [
        [0]: 36, [1]: 20, [2]: 3.75, [2, 3]: 0.25, [4]: 2, []: 28 + 12,
      ])
    #expect(table.faces[ArcTable.unbounded].rings.count == 2)
    #expect(table.contiguity(in: .meters).links == [[2, 3]])
  }

  @Test func partsAtOneHeightFindTheirOwnContainer() throws {
    // All western ends lie on vertices of what is west of them.
    let diamond = MultiPolygon([
      Polygon(
        shell: ring([(0, 0), (4, -4), (8, 0), (4, 4)]),
        holes: [ring([(1, 0), (2, 1), (3, 0), (2, -1)])])
    ])
    let table = try ArcTable(
      [diamond, box(4, 0, 5, 1), box(9, 0, 10, 1), box(1.5, 0, 2, 0.25)], tolerance: 0, workers: 1)
    #expect(
      ground(table) == [[0]: 29, [0, 1]: 1, [2]: 1, [3]: 0.125, []: 1.875])
  }

  @Test func shapesThatTouchThemselvesAtAPointAreOneFaceEach() throws {
    let bow = MultiPolygon([
      Polygon(shell: ring([(0, 0), (1, 1), (0, 2)])),
      Polygon(shell: ring([(2, 0), (2, 2), (1, 1)])),
    ])
    let table = try ArcTable([bow], tolerance: 0, workers: 1)
    #expect(table.faces.map(\.owners) == [[], [0], [0]])
  }

  @Test func everyPieceOfGroundIsCountedOnce() throws {
    for seed in UInt64(1)...10 {
      let layer = KnownLayer(shapes: randomSplit(depth: 6, seed: seed), pairs: [])
        .shaken(by: 0.02, seed: seed)
      let table = try ArcTable(layer.shapes, tolerance: 0, workers: 2)
      #expect(table.isSettled)
      var sums = [Double](repeating: 0, count: layer.shapes.count)
      for (owners, area) in ground(table) { for owner in owners { sums[owner] += area } }
      for (sum, shape) in zip(sums, layer.shapes) {
        // Crossings are rounded to doubles: edges move by 1e-15 or so.
        #expect(near(shape?.planarArea, sum, 1e-12))
      }
    }
  }

  @Test func collapsedShapesLeaveTheTable() throws {
    let spike = MultiPolygon([Polygon(shell: ring([(0, 0), (1, 0), (1, 1e-7)]))])
    let table = try ArcTable([spike, box(3, 0, 4, 1)], tolerance: 1e-5, workers: 1)
    #expect(table.faces.map(\.owners) == [[], [1]])
  }

  @Test(.enabled(if: RealData.exists(RealData.districtsPath)))
  func theRealDistrictsHaveTheNeighborsOfOtherPrograms() throws {
    let shapes = try RealData.districts.get()
    // libpysal 4.14.1, `Queen.from_dataframe` and `Rook.from_dataframe` on the same file, whose
    // neighbors share their vertices: 5,489 and 5,278 pairs, 2 islands.
    for tolerance in [1e-6, ArcTable.defaultDegrees] {
      let table = try ArcTable(shapes, tolerance: tolerance, workers: 2)
      let found = table.contiguity(in: .degrees)
      #expect(found.pairs.count == 5489)
      #expect(found.pairs(.rook).count == 5278)
      #expect(found.islands(.queen).count == 2)
      let clean = KnownLayer(shapes: shapes, pairs: found.pairs)
      let shaken = try ArcTable(
        clean.shaken(by: 4e-6, seed: 3).shapes, tolerance: ArcTable.defaultDegrees, workers: 2)
      #expect(shaken.contiguity(in: .degrees).links == found.links)
    }
  }
}
