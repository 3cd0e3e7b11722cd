// Quiebre · GeoCoreTests
// Shared ground: closed forms, common borders, and GEOS's intersections as the slow twin.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

/// By building the intersection: right where GEOS is.
private func slowArea(_ a: MultiPolygon, _ b: MultiPolygon, _ unit: CoordinateUnit) throws -> Double
{
  let session = GEOSSession()
  let shared = try session.shape(a).intersection(session.shape(b)).multiPolygon()
  return unit == .degrees ? shared.ellipsoidalArea : shared.planarArea / 1e6
}

private func area(_ a: MultiPolygon, _ b: MultiPolygon, _ unit: CoordinateUnit) throws -> Double {
  try overlapAreas(targets: [a], sources: [b], in: unit, workers: 1)[0].first?.area ?? 0
}

/// A valid shape around a middle, of rough steps; `nil` if rounding to the lattice spoiled it.
private func star(_ numbers: inout TestNumbers, lattice: Bool) throws -> MultiPolygon? {
  let count = Int(numbers.next(in: 3...24))
  let middle = Point(x: numbers.next(in: 3...9), y: numbers.next(in: 3...9))
  var points: [(Double, Double)] = []
  for index in 0..<count {
    // Directions around a diamond: no sine is needed.
    let share = 4 * Double(index) / Double(count)
    let side = Int(share)
    let part = share - Double(side)
    let direction = [(1 - part, part), (-part, 1 - part), (part - 1, -part), (part, part - 1)][side]
    let reach = numbers.next(in: 0.5...4)
    var point = (middle.x + direction.0 * reach, middle.y + direction.1 * reach)
    if lattice { point = (point.0.rounded(), point.1.rounded()) }
    points.append(point)
  }
  let shape = MultiPolygon([Polygon(shell: ring(points))])
  return try GEOSSession().shape(shape).fault() == nil && shape.planarArea > 0 ? shape : nil
}

@Suite struct OverlapKernelTests {
  /// Squares of 4 km at the origin against others, in meters: hand areas in km².
  @Test(arguments: [
    (box(2000, 2000, 6000, 6000), 4.0),
    (box(1000, 1000, 2000, 2000), 1.0),
    (box(0, 0, 4000, 4000), 16.0),
    (box(-1000, -1000, 5000, 5000), 16.0),
    (box(4000, 0, 8000, 4000), 0.0),
    (box(4000, 4000, 8000, 8000), 0.0),
    (box(0, 0, 4000, 1000), 4.0),
    (box(1000, 4000, 2000, 5000), 0.0),
    (box(-1000, 1000, 9000, 2000), 4.0),
    (box(9000, 9000, 9500, 9500), 0.0),
  ])
  func rectanglesShareWhatTheHandSumSays(_ other: MultiPolygon, _ expected: Double) throws {
    let square = box(0, 0, 4000, 4000)
    #expect(near(try area(square, other, .meters), expected, 1e-12))
    #expect(near(try area(other, square, .meters), expected, 1e-12))
  }

  @Test func holesAndPartsCountAsTheyAre() throws {
    let ringed = MultiPolygon([
      Polygon(
        shell: ring([(0, 0), (6000, 0), (6000, 6000), (0, 6000)]),
        holes: [ring([(2000, 2000), (4000, 2000), (4000, 4000), (2000, 4000)])])
    ])
    #expect(near(try area(ringed, box(1000, 1000, 5000, 5000), .meters), 12, 1e-12))
    // Wholly in the hole, and exactly the hole.
    #expect(try area(ringed, box(2500, 2500, 3500, 3500), .meters) == 0)
    #expect(try area(ringed, box(2000, 2000, 4000, 4000), .meters) == 0)
    let two = MultiPolygon(
      box(500, 500, 1500, 1500).polygons + box(20_000, 0, 30_000, 10_000).polygons)
    #expect(near(try area(ringed, two, .meters), 1, 1e-12))
    #expect(near(try area(two, ringed, .meters), 1, 1e-12))
  }

  /// The corner of a diamond over a square: 2 × 2 less its corners.
  @Test func slantedEdgesAreCutWhereTheyCross() throws {
    let diamond = MultiPolygon([
      Polygon(shell: ring([(0, -3000), (3000, 0), (0, 3000), (-3000, 0)]))
    ])
    // A square of side 4 km about the middle loses four triangles with legs of 1 km.
    #expect(near(try area(diamond, box(-2000, -2000, 2000, 2000), .meters), 14, 1e-12))
  }

  @Test(arguments: [(CoordinateUnit.meters, 1e-14), (.degrees, 1e-8)])
  func randomShapesShareWhatGEOSSays(_ unit: CoordinateUnit, _ tolerance: Double) throws {
    var numbers = TestNumbers(seed: 11)
    var tried = 0
    while tried < 1500 {
      guard let a = try star(&numbers, lattice: false), let b = try star(&numbers, lattice: false)
      else { continue }
      tried += 1
      // Squares of a meter and of a degree, some 100 km: the tolerance is 1e-8 and 1e-12 of them.
      #expect(near(try area(a, b, unit), try slowArea(a, b, unit), tolerance))
    }
  }

  /// Corners on a lattice of ten by ten: edges on one line, vertices on edges and common corners are
  /// the rule.
  @Test func latticeShapesShareWhatGEOSSays() throws {
    var numbers = TestNumbers(seed: 5)
    var tried = 0
    while tried < 3000 {
      guard let a = try star(&numbers, lattice: true), let b = try star(&numbers, lattice: true)
      else { continue }
      tried += 1
      let found = try area(a, b, .meters)
      #expect(near(found, try slowArea(a, b, .meters), 1e-18), "\(a) \(b)")
      #expect(near(try area(b, a, .meters), found, 1e-18))
    }
  }

  /// Shapes share all ground with themselves and none with a neighbor along a border that no double
  /// meets exactly.
  @Test func commonBordersHaveNoGround() throws {
    var numbers = TestNumbers(seed: 2)
    var border: [(Double, Double)] = []
    for step in 0...200 {
      border.append((-75 + numbers.next(in: -0.1...0.1), -12 + Double(step) * 0.01))
    }
    let west = MultiPolygon([Polygon(shell: ring([(-76, -10), (-76, -12)] + border))])
    let east = MultiPolygon([Polygon(shell: ring([(-74, -10), (-74, -12)] + border))])
    #expect(try area(west, east, .degrees) == 0)
    for shape in [west, east] {
      let whole = shape.ellipsoidalArea
      #expect(near(try area(shape, shape, .degrees), whole, 1e-13 * whole))
    }
  }

  /// A sliver of 10⁻⁹ degrees is ground like any other.
  @Test func sliversAreMeasured() throws {
    let found = try area(box(-75, -12, -74, -11), box(-76, -12, -75 + 1e-9, -11), .degrees)
    let expected = box(-75, -12, -74, -11).ellipsoidalArea * (-75 + 1e-9 + 75)
    #expect(near(found, expected, 1e-6 * expected))
  }

  @Test(arguments: [
    ring([(0, 0), (1, 0), (1, .nan)]), ring([(0, 0), (1, 0), (1, .infinity)]),
    [Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1)],
  ])
  func brokenRingsAreErrors(_ ring: [Point]) {
    let shape = MultiPolygon([Polygon(shell: ring)])
    #expect(throws: ShapeError.self) {
      try overlapAreas(targets: [box(0, 0, 1, 1)], sources: [nil, shape], workers: 1)
    }
  }
}

@Suite struct BoxTreeTests {
  @Test(arguments: [0, 1, 7, 8, 9, 64, 65, 1000])
  func findsWhatLookingAtAllFinds(_ count: Int) {
    var numbers = TestNumbers(seed: UInt64(count) + 1)
    let boxes = (0..<count).map { index -> BoundingBox? in
      guard index % 10 != 3 else { return nil }
      let (x, y) = (numbers.next(in: 0...20).rounded(), numbers.next(in: 0...20))
      return BoundingBox(
        minX: x, minY: y, maxX: x + numbers.next().rounded(), maxY: y + numbers.next())
    }
    let tree = BoxTree(boxes)
    for _ in 0..<50 {
      let (x, y) = (numbers.next(in: -1...20).rounded(), numbers.next(in: -1...20))
      let wanted = BoundingBox(minX: x, minY: y, maxX: x + 1, maxY: y + numbers.next(in: 0...3))
      #expect(
        tree.items(meeting: wanted)
          == boxes.indices.filter { boxes[$0]?.intersects(wanted) == true })
    }
  }
}
