// Quiebre · GeoCoreTests
// Covered fractions of cells: hand sums, a slow twin, invariants.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

/// Unit cells, south-west corner at the origin.
private let unit = Grid(columns: 8, rows: 6, west: 0, north: 6, cellWidth: 1, cellHeight: 1)
/// Decimal cells that no double holds exactly.
private let decimal = Grid(
  columns: 90, rows: 70, west: -75.2, north: -11.8, cellWidth: 0.01, cellHeight: 0.01)

/// A star with random reach, counter-clockwise: a simple polygon of any shape.
private func star(
  _ numbers: inout TestNumbers, at center: Point, reach: Double, corners: Int
) -> [Point] {
  let directions: [(Double, Double)] = (0..<corners).map { corner in
    // Directions on a square run, so the test needs no trigonometry.
    let t = Double(corner) / Double(corners) * 8
    let side = t.truncatingRemainder(dividingBy: 2) - 1
    return switch Int(t / 2) {
    case 0: (1, side)
    case 1: (-side, 1)
    case 2: (-1, -side)
    default: (side, -1)
    }
  }
  return ring(
    directions.map { direction in
      let length = numbers.next(in: 0.15...1) * reach
      return (center.x + direction.0 * length, center.y + direction.1 * length)
    })
}

/// The slow twin: clips every ring to every cell and takes the area of what is left.
private func clippedFractions(_ shape: MultiPolygon, _ grid: Grid) -> [Double] {
  (0..<grid.rows * grid.columns).map { index in
    let west = grid.west + Double(index % grid.columns) * grid.cellWidth
    let north = grid.north - Double(index / grid.columns) * grid.cellHeight
    let cell = BoundingBox(
      minX: west, minY: north - grid.cellHeight, maxX: west + grid.cellWidth, maxY: north)
    var area = 0.0
    for polygon in shape.polygons {
      area += abs(signedArea(of: clipped(polygon.shell, to: cell)))
      for hole in polygon.holes { area -= abs(signedArea(of: clipped(hole, to: cell))) }
    }
    return area / (grid.cellWidth * grid.cellHeight)
  }
}

/// Sutherland and Hodgman 1974, one side of the cell after another.
private func clipped(_ ring: [Point], to cell: BoundingBox) -> [Point] {
  var points = cut(ring, by: { $0.x - cell.minX })
  points = cut(points, by: { cell.maxX - $0.x })
  points = cut(points, by: { $0.y - cell.minY })
  return cut(points, by: { cell.maxY - $0.y })
}

private func cut(_ ring: [Point], by height: (Point) -> Double) -> [Point] {
  var kept: [Point] = []
  for (a, b) in zip(ring, ring.dropFirst()) {
    let (from, to) = (height(a), height(b))
    if from >= 0 { kept.append(a) }
    if (from > 0 && to < 0) || (from < 0 && to > 0) {
      let share = from / (from - to)
      kept.append(Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y)))
    }
  }
  return kept + kept.prefix(1)
}

private func allFractions(
  _ shape: MultiPolygon, _ grid: Grid, rule: CellRule = .coveredFraction
) -> [Double] {
  let coverage = coverage(of: shape, on: grid, rule: rule)
  return (0..<grid.rows * grid.columns).map {
    coverage.fraction(row: $0 / grid.columns, column: $0 % grid.columns)
  }
}

@Suite struct CoverageTests {
  /// The triangle (0,0) (4,0) (0,2): its edge drops half a cell per column, so the cells under it
  /// hold 1, 1, ¾, ¼ … in quarters of the slope: all fractions are multiples of ¼.
  @Test func aTriangleGivesTheFractionsByHand() {
    let triangle = MultiPolygon([Polygon(shell: ring([(0, 0), (4, 0), (0, 2)]))])
    let coverage = coverage(of: triangle, on: unit)
    #expect(coverage.rows == 2)
    #expect(coverage.columns == 4)
    #expect(coverage.fractions == [0.75, 0.25, 0, 0, 1, 1, 0.75, 0.25])
    #expect(coverage.firstRow == 4)
  }

  /// Corners on cell corners, sides on cell sides, on a grid whose edges no double holds exactly.
  ///
  /// Any polygon with 7-decimal borders meets this sooner or later.
  @Test func cornersOnDecimalCellEdgesLoseNoCell() {
    let shape = box(-75.13, -12.07, -75.05, -11.93)
    let coverage = coverage(of: shape, on: decimal)
    #expect(coverage.fractions.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(coverage.sum == 8 * 14)
  }

  /// A diamond whose corners are the middles of cell edges and whose sides cut through corners.
  @Test func sidesThroughCellCornersLoseNoCell() {
    let shape = MultiPolygon([
      Polygon(shell: ring([(4, 0), (7, 3), (4, 6), (1, 3)]))
    ])
    let coverage = coverage(of: shape, on: unit)
    #expect(coverage.sum == 18)
    #expect(Set(coverage.fractions) == [0, 0.5, 1])
  }

  @Test(arguments: 1...12)
  func agreesWithClippingEveryCell(_ seed: Int) {
    var numbers = TestNumbers(seed: UInt64(seed))
    let center = Point(x: numbers.next(in: 1...7), y: numbers.next(in: 1...5))
    let shell = star(&numbers, at: center, reach: numbers.next(in: 0.2...5), corners: 16 + seed)
    let shape = MultiPolygon([Polygon(shell: shell)])
    for (fast, slow) in zip(allFractions(shape, unit), clippedFractions(shape, unit)) {
      // Doubles near 8 have steps of 1e-15; some 30 edges meet in a cell.
      #expect(abs(fast - slow) < 1e-12)
    }
  }

  @Test(arguments: 1...3)
  func agreesWithClippingOnDecimalCells(_ seed: Int) {
    var numbers = TestNumbers(seed: UInt64(100 + seed))
    let raw = star(&numbers, at: Point(x: -74.75, y: -12.15), reach: 0.33, corners: 40)
    // Seven decimals, as border files have.
    let shell = raw.map {
      Point(x: ($0.x * 1e7).rounded() / 1e7, y: ($0.y * 1e7).rounded() / 1e7)
    }
    let shape = MultiPolygon([Polygon(shell: shell)])
    for (fast, slow) in zip(allFractions(shape, decimal), clippedFractions(shape, decimal)) {
      // A step of a double near 75 is 1.4e-14, or 1.4e-12 of a cell.
      #expect(abs(fast - slow) < 1e-9)
    }
    let area = shape.planarArea * 1e4
    #expect(abs(coverage(of: shape, on: decimal).sum - area) < 1e-9 * area)
  }

  @Test func aHoleTakesAwayWhatItCovers() {
    let hole = ring([(2.2, 1.3), (2.9, 4.1), (5.3, 3.7), (3.1, 1.1)])
    let shell = ring([(0.5, 0.5), (7.5, 0.7), (7.1, 5.4), (1.1, 5.1)])
    let whole = allFractions(MultiPolygon([Polygon(shell: shell)]), unit)
    let inner = allFractions(MultiPolygon([Polygon(shell: hole)]), unit)
    let ringed = allFractions(MultiPolygon([Polygon(shell: shell, holes: [hole])]), unit)
    for index in whole.indices { #expect(abs(ringed[index] - whole[index] + inner[index]) < 1e-14) }
  }

  @Test func turningSenseOfRingsDoesNotMatter() {
    let shell = ring([(0.5, 0.5), (7.5, 0.7), (7.1, 5.4), (1.1, 5.1)])
    let hole = ring([(3, 2), (4, 2), (4, 3)])
    let one = MultiPolygon([Polygon(shell: shell, holes: [hole])])
    let other = MultiPolygon([Polygon(shell: shell.reversed(), holes: [hole.reversed()])])
    for (a, b) in zip(allFractions(one, unit), allFractions(other, unit)) {
      #expect(abs(a - b) < 1e-15)
    }
  }

  @Test func movingByWholeCellsMovesTheFractions() {
    let shape = MultiPolygon([
      Polygon(shell: ring([(0.25, 0.5), (2.75, 0.125), (3.5, 2.25), (1, 2.75)]))
    ])
    let here = coverage(of: shape, on: unit)
    let there = coverage(of: shape.moved(x: 4, y: 3), on: unit)
    // The coordinates are multiples of ⅛, so both are exact.
    #expect(here.fractions == there.fractions)
    #expect(there.firstColumn == here.firstColumn + 4)
    #expect(there.firstRow == here.firstRow - 3)
  }

  @Test func thePartsOfAShapeAddUpToIt() {
    let left = ring([(0.5, 0.5), (3.3, 0.9), (4.1, 5.2), (1.1, 5.1)])
    let right = ring([(3.3, 0.9), (7.5, 0.7), (7.1, 5.4), (4.1, 5.2)])
    let whole = ring([(0.5, 0.5), (3.3, 0.9), (7.5, 0.7), (7.1, 5.4), (4.1, 5.2), (1.1, 5.1)])
    let a = allFractions(MultiPolygon([Polygon(shell: left)]), unit)
    let b = allFractions(MultiPolygon([Polygon(shell: right)]), unit)
    let both = allFractions(MultiPolygon([Polygon(shell: whole)]), unit)
    for index in both.indices { #expect(abs(a[index] + b[index] - both[index]) < 1e-14) }
  }

  /// Three sides of the box lie outside; one corner of the grid is covered.
  @Test func whatLiesOutsideTheGridIsLeftOut() {
    let fractions = allFractions(box(-100, -50, 1.5, 0.25), unit)
    #expect(fractions.reduce(0, +) == 1.5 * 0.25)
    #expect(fractions[5 * 8] == 0.25)
    #expect(fractions[5 * 8 + 1] == 0.125)
  }

  @Test func aShapeAroundTheGridCoversItAll() {
    let shape = MultiPolygon([Polygon(shell: ring([(4, -90), (90, 4), (4, 90), (-90, 3)]))])
    #expect(allFractions(shape, unit).allSatisfy { $0 == 1 })
  }

  @Test func aShapeSmallerThanACellKeepsItsArea() {
    let coverage = coverage(of: box(3.25, 2.5, 3.375, 2.75), on: unit)
    #expect(coverage.fractions == [0.125 * 0.25])
  }

  @Test func aShapeOfABillionthOfACellIsNotLost() {
    let side = 3e-5
    let coverage = coverage(of: box(3.25, 2.5, 3.25 + side, 2.5 + side), on: unit)
    #expect(abs(coverage.sum - side * side) < 1e-6 * side * side)
  }

  @Test func doubledPartsShowAsFaults() {
    let part = box(1, 1, 3, 3).polygons
    #expect(coverage(of: MultiPolygon(part + part), on: unit).faultyCells == 4)
    #expect(coverage(of: MultiPolygon(part), on: unit).faultyCells == 0)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
  func extremeCoordinatesDoNotCrash(_ value: Double) {
    for shell in [
      ring([(1, 1), (value, 2), (3, 3)]), ring([(1, 1), (2, value), (3, 3)]),
      ring([(value, 1), (2, 2), (1, 3)]), ring([(value, value), (2, 2), (1, 3)]),
    ] {
      let shape = MultiPolygon([Polygon(shell: shell)])
      let coverage = coverage(of: shape, on: unit)
      #expect(coverage.fractions.count == coverage.rows * coverage.columns)
    }
  }

  /// A band of this grid holds one row, so the bands' seams are everywhere.
  @Test func bandsOfRowsGiveTheSameAsOneBlock() {
    let wide = Grid(
      columns: 400_000, rows: 6, west: 0, north: 6, cellWidth: 2e-5, cellHeight: 1)
    let shape = MultiPolygon([
      Polygon(shell: ring([(0.5, 0.3), (7.5, 0.7), (7.1, 5.4), (1.1, 5.9)]))
    ])
    let fine = coverage(of: shape, on: wide)
    #expect(fine.rows * fine.columns > CoverageKernel.bandCells)
    #expect(abs(fine.sum * 2e-5 - shape.planarArea) < 1e-9)
    #expect(fine.faultyCells == 0)
  }

  /// Centers on the shared border go to one neighbor, so the two halves count every center once.
  @Test func centersOnASharedBorderCountOnce() {
    let left = MultiPolygon([Polygon(shell: ring([(0, 0), (4.5, 0), (2.5, 6), (0, 6)]))])
    let right = MultiPolygon([Polygon(shell: ring([(4.5, 0), (8, 0), (8, 6), (2.5, 6)]))])
    let a = allFractions(left, unit, rule: .cellCenter)
    let b = allFractions(right, unit, rule: .cellCenter)
    #expect(zip(a, b).allSatisfy { $0 + $1 == 1 })
    #expect(a.reduce(0, +) > 10)
  }

  @Test(arguments: 1...6)
  func centersAgreeWithThePointTest(_ seed: Int) {
    var numbers = TestNumbers(seed: UInt64(200 + seed))
    let shell = star(&numbers, at: Point(x: 4, y: 3), reach: 4, corners: 24)
    let shape = MultiPolygon([Polygon(shell: shell)])
    let centers = (0..<unit.rows * unit.columns).map {
      unit.center(row: $0 / unit.columns, column: $0 % unit.columns)
    }
    let inside = polygonIndex(of: centers, in: [shape]).map { $0 == nil ? 0.0 : 1.0 }
    #expect(allFractions(shape, unit, rule: .cellCenter) == inside)
  }
}
