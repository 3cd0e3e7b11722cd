// Quiebre · GeoCoreTests
// Simplified and rounded layers: same neighbors, no gap, no overlap, nothing lost, borders as near as said.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

@Suite struct SimplificationTests {
  /// A map of squares whose shared borders are wiggly: vertices known to both sides.
  private func wigglyMap(columns: Int, rows: Int, seed: UInt64) -> [MultiPolygon?] {
    func wiggle(_ a: Point, _ b: Point) -> [Point] {
      // From positions alone, so that both sides get the same.
      let isForward = precedes(a, b)
      let (from, to) = isForward ? (a, b) : (b, a)
      var numbers = TestNumbers(
        seed: seed &+ scrambled(from.x.bitPattern, from.y.bitPattern)
          &+ 3 &* scrambled(to.x.bitPattern, to.y.bitPattern))
      let inner = (1..<20).map { step -> Point in
        let share = Double(step) / 20
        let off = numbers.next(in: -0.06...0.06) * min(share, 1 - share) * 4
        let (x, y) = (to.x - from.x, to.y - from.y)
        return Point(x: from.x + share * x - off * y, y: from.y + share * y + off * x)
      }
      return isForward ? inner : inner.reversed()
    }
    return (0..<columns * rows).map { number in
      let (x, y) = (Double(number % columns), Double(number / columns))
      let corners = [
        Point(x: x, y: y), Point(x: x + 1, y: y), Point(x: x + 1, y: y + 1), Point(x: x, y: y + 1),
      ]
      let sides = corners.indices.flatMap { index in
        [corners[index]] + wiggle(corners[index], corners[(index + 1) % 4])
      }
      return MultiPolygon([Polygon(shell: sides + sides.prefix(1))])
    }
  }

  private func expectSame(
    _ table: ArcTable, as original: ArcTable, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let shapes = table.shapes()
    let again = try ArcTable(shapes, tolerance: 0, workers: 2)
    #expect(again.faces.count == original.faces.count, sourceLocation: sourceLocation)
    #expect(
      again.faces.allSatisfy { $0.owners.count <= 1 }
        || original.faces.contains { $0.owners.count > 1 }, sourceLocation: sourceLocation)
    #expect(
      again.contiguity(in: .meters).links == original.contiguity(in: .meters).links,
      sourceLocation: sourceLocation)
    #expect(
      again.contiguity(in: .meters).rookLinks == original.contiguity(in: .meters).rookLinks,
      sourceLocation: sourceLocation)
    let faults = try examinedShapes(shapes, repair: .none, workers: 2).map { $0?.fault }
    #expect(faults.allSatisfy { $0 == nil }, sourceLocation: sourceLocation)
  }

  @Test func shapesComeBackAsTheyWere() throws {
    let land = MultiPolygon([
      Polygon(
        shell: ring([(0, 0), (10, 0), (10, 10), (0, 10)]),
        holes: [ring([(0, 5), (3, 6), (3, 4)]), ring([(5, 5), (5, 7), (7, 7), (7, 5)])]),
      Polygon(shell: ring([(10, 10), (12, 10), (12, 12), (10, 12)])),
    ])
    let table = try ArcTable([land, nil, box(5, 5, 7, 7)], tolerance: 0, workers: 1)
    let shapes = table.shapes()
    #expect(shapes[1].isEmpty)
    #expect(shapes[0].planarArea == land.planarArea && shapes[2].planarArea == 4)
    // The hole that touches the shell in a point stays a hole, the corner part a polygon.
    #expect(shapes[0].polygons.map(\.holes.count).sorted() == [0, 2])
    #expect(try examinedShapes(shapes, repair: .none, workers: 1).allSatisfy { $0?.fault == nil })
  }

  @Test func groupsAreJoinedWithoutInnerBorders() throws {
    let shapes = KnownLayer.chessboard(columns: 4, rows: 3).shapes
    let table = try ArcTable(shapes, tolerance: 0, workers: 1)
    // Everything but the square in the middle row's second place, and that one left out.
    let groups = shapes.indices.map { $0 == 5 ? -1 : $0 == 11 ? 1 : 0 }
    let joined = table.dissolved(groups, count: 2)
    #expect(joined[0].planarArea == 10 && joined[1].planarArea == 1)
    #expect(joined[0].polygons.count == 1 && joined[0].polygons[0].holes.count == 1)
    let known = try dissolved(shapes.indices.compactMap { groups[$0] == 0 ? shapes[$0] : nil })
    #expect(known.planarArea == joined[0].planarArea)
  }

  @Test(arguments: [0.005, 0.02, 0.05, 0.2, 1.0, 5.0])
  func noNeighborIsLostOrWon(within meters: Double) throws {
    let table = try ArcTable(
      wigglyMap(columns: 6, rows: 5, seed: 4), tolerance: 0, workers: 1)
    let result = table.simplified(.within(meters: meters), in: .meters)
    #expect(result.farthest <= meters)
    #expect(result.after < result.before)
    try expectSame(result.table, as: table)
    // The slow twin: every old vertex against every edge of its new arc.
    for arc in 0..<table.arcCount {
      let edges = Array(zip(result.table.arc(arc), result.table.arc(arc).dropFirst()))
      for point in table.arc(arc) {
        let gap = edges.map { distance(point, $0.0, $0.1) }.min() ?? .infinity
        #expect(gap <= meters * (1 + 1e-12))
      }
    }
  }

  @Test(arguments: [700, 400, 200, 0])
  func aTargetIsMetAsFarAsTopologyAllows(points: Int) throws {
    let table = try ArcTable(
      wigglyMap(columns: 6, rows: 5, seed: 9), tolerance: 0, workers: 1)
    let result = table.simplified(.points(points), in: .meters)
    if points > 150 { #expect(result.after == points) }
    // 71 arcs of the map can't go below their two ends.
    #expect(result.after >= 2 * table.arcCount)
    try expectSame(result.table, as: table)
  }

  @Test func aPeninsulaIsNotCutOffByItsNeighborsSimplification() throws {
    // An island close to a bay: the bay's border may not be straightened over it.
    let coast = MultiPolygon([
      Polygon(shell: ring([(0, 0), (10, 0), (10, 5), (6, 5), (5, 1), (4, 5), (0, 5)]))
    ])
    let island = box(4.9, 4, 5.1, 4.2)
    let table = try ArcTable([coast, island], tolerance: 0, workers: 1)
    let result = table.simplified(.points(0), in: .meters)
    #expect(result.table.shapes().allSatisfy { $0.planarArea > 0 })
    let again = try ArcTable(result.table.shapes(), tolerance: 0, workers: 1)
    #expect(again.contiguity(in: .meters).pairs.isEmpty)
  }

  @Test func degreesAreMeasuredInMeters() throws {
    // A spike of 0.001° to the north on a border in Peru: 110.6 m.
    let shape = MultiPolygon([
      Polygon(shell: ring([(-75, -12), (-74, -12), (-74, -11), (-74.5, -10.999), (-75, -11)]))
    ])
    let table = try ArcTable([shape], tolerance: 0, workers: 1)
    #expect(table.simplified(.within(meters: 110), in: .degrees).after == 6)
    #expect(table.simplified(.within(meters: 111), in: .degrees).after == 5)
  }

  @Test(arguments: [3, 2, 1, 0])
  func roundingKeepsBordersSharedAndShapesThere(decimals: Int) throws {
    let table = try ArcTable(
      wigglyMap(columns: 6, rows: 5, seed: 2), tolerance: 0, workers: 1)
    let rounded = try table.rounded(toDecimals: decimals, fineDecimals: 6, workers: 2)
    try expectSame(rounded, as: table)
    let scale = [1.0, 10, 100, 1000][decimals]
    let coarse = rounded.points.count { point in
      (point.x * scale).rounded() / scale == point.x
        && (point.y * scale).rounded() / scale == point.y
    }
    // Most points are on the grid where it is fine enough.
    if decimals >= 2 { #expect(Double(coarse) > 0.9 * Double(rounded.points.count)) }
    for workers in [1, 3, 8] {
      #expect(
        try table.rounded(toDecimals: decimals, fineDecimals: 6, workers: workers).points
          == rounded.points)
    }
  }

  @Test func shapesSmallerThanTheGridKeepMoreDecimals() throws {
    let tiny = box(0.2, 0.2, 0.3, 0.3)
    let table = try ArcTable([tiny, box(1.2, 0, 5, 4.1)], tolerance: 0, workers: 1)
    let rounded = try table.rounded(toDecimals: 0, fineDecimals: 3, workers: 1).shapes()
    #expect(rounded[0].planarArea == tiny.planarArea)
    #expect(rounded[1] == table.shapes()[1] || rounded[1].planarArea == 16)
  }

  @Test(.enabled(if: RealData.exists(RealData.districtsPath)))
  func theRealDistrictsStayACoverage() throws {
    let shapes = try RealData.districts.get()
    let table = try ArcTable(shapes, tolerance: ArcTable.defaultDegrees, workers: 2)
    for goal in [SimplificationGoal.within(meters: 500), .points(15_000)] {
      let simple = table.simplified(goal, in: .degrees)
      let rounded = try simple.table.rounded(toDecimals: 4, workers: 2)
      try expectSame(rounded, as: table)
      #expect(rounded.shapes().allSatisfy { !$0.isEmpty })
    }
  }
}

private func distance(_ p: Point, _ a: Point, _ b: Point) -> Double {
  let (dx, dy) = (b.x - a.x, b.y - a.y)
  let length = dx * dx + dy * dy
  let share = length > 0 ? min(1, max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length)) : 0
  return squaredDistance(p, Point(x: a.x + share * dx, y: a.y + share * dy)).squareRoot()
}
