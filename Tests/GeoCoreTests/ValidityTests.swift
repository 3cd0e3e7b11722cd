// Quiebre · GeoCoreTests
// Invalid shapes: found with reason and place, mended without filling holes, counted in km².
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct ValidityTests {
  private func examine(
    _ shape: MultiPolygon, _ repair: RepairMode = .structure
  ) throws -> ShapeExamination {
    let all = try examinedShapes([shape], repair: repair, workers: 1)
    return try #require(all[0])
  }

  @Test func aValidShapeComesBackUntouched() throws {
    let clockwise = MultiPolygon([Polygon(shell: box(0, 0, 1, 1).polygons[0].shell.reversed())])
    let found = try examine(clockwise)
    #expect(found.fault == nil)
    #expect(found.shape == clockwise)
    #expect(found.gained == 0)
    #expect(found.lost == 0)
  }

  /// A bow tie: both wings stay, and nothing is gained or lost.
  @Test(arguments: [RepairMode.structure, .linework])
  func aBowTieKeepsBothWings(_ mode: RepairMode) throws {
    let tie = MultiPolygon([Polygon(shell: ring([(0, 0), (2, 2), (2, 0), (0, 2)]))])
    let found = try examine(tie, mode)
    #expect(found.fault == ShapeFault(reason: "Self-intersection", at: Point(x: 1, y: 1)))
    #expect(found.shape.polygons.count == 2)
    #expect(found.shape.planarArea == 2)
    #expect(found.gained == 0)
    #expect(found.lost == 0)
    #expect(try examine(found.shape).fault == nil)
  }

  @Test func withoutRepairTheFaultIsReportedOnly() throws {
    let tie = MultiPolygon([Polygon(shell: ring([(0, 0), (2, 2), (2, 0), (0, 2)]))])
    let found = try examine(tie, .none)
    #expect(found.fault?.reason == "Self-intersection")
    #expect(found.shape == tie)
  }

  /// A lake that shares a stretch of shore with the shell stays a lake.
  @Test func aHoleAlongTheShellIsNotFilled() throws {
    let shape = MultiPolygon([
      Polygon(
        shell: box(0, 0, 4, 4).polygons[0].shell, holes: [ring([(0, 1), (0, 3), (2, 3), (2, 1)])])
    ])
    let found = try examine(shape)
    #expect(found.fault?.reason == "Self-intersection")
    #expect(found.shape.planarArea == 12)
    #expect(near(found.gained, 0, 1e-9))
    #expect(near(found.lost, 0, 1e-9))
  }

  /// An island drawn as a hole inside a hole: a map shows it; as holes both are cut out.
  @Test func groundThatARepairTakesAwayIsCounted() throws {
    let shape = MultiPolygon([
      Polygon(
        shell: box(0, 0, 9, 9).polygons[0].shell,
        holes: [box(2, 2, 7, 7).polygons[0].shell, box(4, 4, 5, 5).polygons[0].shell])
    ])
    let found = try examine(shape)
    #expect(found.fault?.reason == "Holes are nested")
    #expect(found.shape.planarArea == 81 - 25)
    let island = box(4, 4, 5, 5).ellipsoidalArea
    #expect(near(found.lost, island, 1e-9 * island))
    #expect(found.gained == 0)
  }

  @Test func overlappingPartsBecomeOne() throws {
    let found = try examine(
      MultiPolygon(box(0, 0, 2, 2).polygons + box(1, 1, 3, 3).polygons))
    #expect(found.fault != nil)
    #expect(found.shape.planarArea == 7)
    #expect(near(found.gained, 0, 1e-9))
  }

  @Test func aRingThatIsNotClosedIsAnErrorWithItsShape() throws {
    let open = MultiPolygon([
      Polygon(shell: [Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1), Point(x: 0, y: 1)])
    ])
    let error = try #require(throws: ShapeError.self) {
      try examinedShapes([box(0, 0, 1, 1), nil, open], repair: .structure, workers: 2)
    }
    #expect(error.index == 2)
    #expect(error.message.contains("GEOSGeom_createLinearRing_r"))
    #expect(error.message.contains("closed linestring"))
  }

  @Test func workersGiveTheSame() throws {
    let shapes: [MultiPolygon?] = (0..<100).map { index in
      let (x, y) = (Double(index % 10), Double(index / 10) / 7)
      if index % 9 == 4 { return nil }
      let tie = MultiPolygon([Polygon(shell: ring([(0, 0), (2, 2), (2, 0.1), (0.3, 2)]))])
      return index % 3 == 0 ? tie.moved(x: x, y: y) : box(x, y, x + 1, y + 1)
    }
    let one = try examinedShapes(shapes, repair: .structure, workers: 1)
    #expect(one.compactMap { $0?.fault }.count > 20)
    for workers in [2, 3, 8] {
      #expect(try examinedShapes(shapes, repair: .structure, workers: workers) == one)
    }
  }
}

@Suite struct OutlineTests {
  private let shape = MultiPolygon([
    Polygon(
      shell: ring([(0, 0), (0, 4), (6, 4), (6, 0)]),
      holes: [ring([(1, 1), (5, 1), (5, 3), (1, 3)])])
  ])

  @Test func orientedShapesFollowRFC7946() {
    let polygon = shape.oriented().polygons[0]
    #expect(ringAreaSign(polygon.shell) == 1)
    #expect(ringAreaSign(polygon.holes[0]) == -1)
    #expect(shape.oriented().oriented() == shape.oriented())
  }

  @Test func theBoxHoldsTheShells() {
    #expect(shape.boundingBox == BoundingBox(minX: 0, minY: 0, maxX: 6, maxY: 4))
    #expect(MultiPolygon([]).boundingBox == nil)
    #expect(shape.planarArea == 24 - 8)
  }

  /// The middle of the shape lies in its hole; the point must not.
  @Test func theInnerPointAvoidsHoles() throws {
    let point = try #require(shape.interiorPoint)
    #expect(polygonIndex(of: [point], in: [shape]) == [0])
    #expect(MultiPolygon([]).interiorPoint == nil)
  }

  @Test func theInnerPointOfACrescentLiesInIt() throws {
    let crescent = MultiPolygon([
      Polygon(shell: ring([(0, 0), (10, 0), (10, 10), (0, 10), (9, 9), (9, 1)]))
    ])
    let point = try #require(crescent.interiorPoint)
    #expect(polygonIndex(of: [point], in: [crescent]) == [0])
  }
}
