// Quiebre · GeoCoreTests
// Zonal statistics: hand sums, another program's numbers, weights, gaps.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

/// A projected CRS: cells weigh the same, so means can be summed by hand.
private let plane = CRS("EPSG:32718")

/// A 4 × 3 raster of unit cells with its south-west corner at the origin.
///
/// ```
///  1  2  3  4
///  5  6  -  8
///  9 10 11 12
/// ```
private let dozen = Raster(
  name: "dozen", grid: Grid(columns: 4, rows: 3, west: 0, north: 3, cellWidth: 1, cellHeight: 1),
  crs: plane, values: [1, 2, 3, 4, 5, 6, .nan, 8, 9, 10, 11, 12])

/// The raster and shapes of the comparison with exactextract.
private let patterned: Raster = {
  let cells = (0..<120).map { index in
    let (row, column) = (index / 12, index % 12)
    let value = (7 * row * row + 3 * column * row + 5 * column) % 23
    return (row + 2 * column) % 11 == 0 ? Double.nan : Double(value)
  }
  let grid = Grid(columns: 12, rows: 10, west: -3, north: 4, cellWidth: 0.5, cellHeight: 0.5)
  return Raster(name: "patterned", grid: grid, crs: plane, values: cells)
}()

private let patternedShapes = [
  MultiPolygon([
    Polygon(
      shell: ring([(-2.3, -0.4), (2.1, 0.2), (1.4, 3.3), (-1.7, 2.9)]),
      holes: [ring([(-0.6, 0.8), (-0.2, 1.9), (0.9, 1.6)])])
  ]),
  MultiPolygon([
    Polygon(shell: ring([(-2.9, -0.9), (-1.1, -0.8), (-2, 0.7)])),
    Polygon(shell: ring([(0.3, 2.2), (2.6, 1.1), (2.9, 3.9)])),
  ]),
  MultiPolygon([Polygon(shell: ring([(0.61, 0.63), (0.83, 0.66), (0.74, 0.91)]))]),
  MultiPolygon([Polygon(shell: ring([(2.2, -3), (7, 1.3), (1.9, 6)]))]),
]

/// What exactextract 0.3.0 (Python) says: `exact_extract(NumPyRasterSource(a, xmin=-3, ymin=-1,
/// xmax=3, ymax=4), features, ['mean', 'sum', 'count', 'min', 'max', 'variance', 'median',
/// 'quantile(q=0.1)', 'quantile(q=0.9)', 'majority'])`, and `['weighted_mean',
/// 'weighted_variance']` with weights (5·row + 3·column) mod 7.
struct ExactextractRow: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let shape: Int
  let mean, sum, count, min, max, variance, median, low, high, majority: Double
  let weightedMean, weightedVariance: Double
  // By `exact_extract(…, ['minority', 'variety', 'coefficient_of_variation', 'quantile(q=0.05)',
  // 'min_center_x', 'min_center_y', 'max_center_x', 'max_center_y', 'unique', 'frac'])`, the last
  // for the value 22, and `['weighted_sum']`.
  let minority, variety, variation, fifth, frac22, weightedSum: Double
  let minCenter, maxCenter: Point
}

private let exactextractRows = [
  ExactextractRow(
    testDescription: "a hole", shape: 0, mean: 12.37190687692063, sum: 504.29077648743987,
    count: 40.760957991704345, min: 0, max: 22, variance: 56.13836487111561,
    median: 13.114982744387115, low: 1.905956577867753, high: 20.608772564820065, majority: 22,
    weightedMean: 12.112448477610426, weightedVariance: 53.67797906000655, minority: 11,
    variety: 21, variation: 0.6056102778965461,
    fifth: 1.1079128306421695, frac22: 0.21260706056125725, weightedSum: 1340.4459261745214,
    minCenter: Point(x: 0.75, y: 2.25), maxCenter: Point(x: -1.75, y: 2.25)),
  ExactextractRow(
    testDescription: "two parts", shape: 1, mean: 9.391719097045396, sum: 145.78033861517906,
    count: 15.52222091704607, min: 0, max: 22, variance: 44.83380432580784,
    median: 10.034820934783154, low: 0.6877831991917565, high: 18.064687545575623, majority: 0,
    weightedMean: 8.687334514524654, weightedVariance: 45.96485629896637, minority: 13, variety: 18,
    variation: 0.71294774795586,
    fifth: 0.34389159959587823, frac22: 0.005991410810500825, weightedSum: 346.6377289220691,
    minCenter: Point(x: 0.75, y: 2.25), maxCenter: Point(x: -2.25, y: 0.75)),
  ExactextractRow(
    testDescription: "smaller than a cell", shape: 2, mean: 22, sum: 2.5388000309467316,
    count: 0.11540000140666962, min: 22, max: 22, variance: 0, median: 22, low: 22, high: 22,
    majority: 22, weightedMean: 22, weightedVariance: 0, minority: 22, variety: 1, variation: 0,
    fifth: 22, frac22: 1,
    weightedSum: 5.077600061893463, minCenter: Point(x: 0.75, y: 0.75),
    maxCenter: Point(x: 0.75, y: 0.75)),
  ExactextractRow(
    testDescription: "partly outside", shape: 3, mean: 10.289911846141573,
    sum: 175.10000042244792, count: 17.016666715964675, min: 0, max: 22,
    variance: 52.1275085315478, median: 8.040562899541039, low: 2.7314327303037924,
    high: 20.28292368269334, majority: 22, weightedMean: 9.238481408117456,
    weightedVariance: 38.53398570977595, minority: 13, variety: 14, variation: 0.7016521007807206,
    fifth: 1.6049576797662426,
    frac22: 0.17042115668083208, weightedSum: 417.73333463072777,
    minCenter: Point(x: 2.75, y: 1.75), maxCenter: Point(x: 1.75, y: 3.75)),
]

@Suite struct ZonalTests {
  /// The box covers ½·½ of 1, ½ of 2, ½·½ of 3, ½ of 5, all of 6, and half of the empty cell.
  @Test func aBoxOverHalvesGivesTheHandSum() throws {
    let outcomes = try zonalOutcomes(
      of: dozen, under: [box(0.5, 1, 2.5, 2.5)], detail: .distribution, workers: 1)
    let summary = try #require(outcomes[0].summary)
    let count = 2.5
    // Of v: 0.25 + 1 + 0.75 + 2.5 + 6. Of v²: 0.25 + 2 + 2.25 + 12.5 + 36.
    let sum = 10.5
    let squares = 53.0
    #expect(abs(summary.count - count) < 1e-12)
    #expect(abs(summary.sum - sum) < 1e-12)
    #expect(abs(summary.mean - sum / count) < 1e-12)
    #expect(abs(summary.coverage - count / 3) < 1e-12)
    #expect(summary.min == 1)
    #expect(summary.max == 6)
    #expect(summary.distribution?.majority == 6)
    let mean = sum / count
    #expect(near(summary.variance, squares / count - mean * mean, 1e-12))
  }

  /// exactextract keeps fractions in single precision: 6e-8 each.
  @Test(arguments: exactextractRows)
  func agreesWithExactextract(_ row: ExactextractRow) throws {
    let outcome = try zonalOutcomes(
      of: patterned, under: [patternedShapes[row.shape]], detail: .distribution, workers: 1)
    let summary = try #require(outcome[0].summary)
    #expect(abs(summary.mean - row.mean) < 1e-6)
    #expect(abs(summary.sum - row.sum) < 1e-6 * row.sum)
    #expect(abs(summary.count - row.count) < 1e-6 * row.count)
    #expect(summary.min == row.min)
    #expect(summary.max == row.max)
    #expect(abs(summary.variance - row.variance) < 1e-5)
    let distribution = try #require(summary.distribution)
    #expect(near(distribution.median, row.median, 1e-5))
    #expect(near(distribution.quantile(0.1), row.low, 1e-5))
    #expect(near(distribution.quantile(0.9), row.high, 1e-5))
    #expect(distribution.majority == row.majority)
  }

  @Test(arguments: exactextractRows)
  func rarerStatisticsAgreeWithExactextract(_ row: ExactextractRow) throws {
    let outcome = try zonalOutcomes(
      of: patterned, under: [patternedShapes[row.shape]], detail: .distribution, workers: 1)
    let summary = try #require(outcome[0].summary)
    let distribution = try #require(summary.distribution)
    #expect(distribution.minority == row.minority)
    #expect(Double(distribution.variety) == row.variety)
    #expect(near(summary.variation, row.variation, 1e-6))
    #expect(near(distribution.quantile(0.05), row.fifth, 1e-5))
    #expect(near(distribution.share { $0 == 22 }, row.frac22, 1e-6))
    func center(_ cell: CellPlace) -> Point {
      patterned.grid.center(row: cell.row, column: cell.column)
    }
    #expect(center(summary.minCell) == row.minCenter)
    #expect(center(summary.maxCell) == row.maxCenter)
  }

  @Test(arguments: exactextractRows)
  func weightsAgreeWithExactextract(_ row: ExactextractRow) throws {
    let weights: [Double] = (0..<120).map { index -> Double in
      let (row, column) = (index / 12, index % 12)
      return Double((row * 5 + column * 3) % 7)
    }
    let weight = Raster(name: "weight", grid: patterned.grid, crs: plane, values: weights)
    let summaries = try zonalSummaries(
      of: patterned, under: [patternedShapes[row.shape]], weight: weight, workers: 1)
    let summary = try #require(summaries[0])
    let weighted = try #require(summary.weighted)
    #expect(abs(weighted.mean - row.weightedMean) < 1e-6)
    #expect(abs(weighted.variance - row.weightedVariance) < 1e-5)
    #expect(abs(weighted.sum - row.weightedSum) < 1e-6 * row.weightedSum)
    // Plain statistics don't see the weights.
    #expect(abs(summary.mean - row.mean) < 1e-6)
    #expect(abs(summary.sum - row.sum) < 1e-6 * row.sum)
  }

  static let gaps: [(shape: MultiPolygon?, outcome: ZonalOutcome)] = [
    (box(10, 10, 11, 11), .outsideGrid), (box(2.2, 1.2, 2.8, 1.8), .onlyNoData),
    (MultiPolygon([]), .noShape), (nil, .noShape),
    (MultiPolygon([Polygon(shell: ring([(0, 0), (1, .nan), (1, 1)]))]), .invalidShape(cells: 0)),
    (MultiPolygon(box(0, 0, 1, 1).polygons + box(0, 0, 1, 1).polygons), .invalidShape(cells: 1)),
  ]

  @Test(arguments: gaps)
  func aShapeWithoutValueSaysWhy(_ shape: MultiPolygon?, _ expected: ZonalOutcome) throws {
    #expect(try zonalOutcomes(of: dozen, under: [shape], workers: 1) == [expected])
    #expect(try zonalSummaries(of: dozen, under: [shape], workers: 1) == [nil])
  }

  @Test(arguments: CellRule.allCases)
  func aRasterWithoutDataGivesNoSummary(_ rule: CellRule) throws {
    let empty = Raster(
      name: "empty", grid: dozen.grid, crs: plane,
      values: Array(repeating: .nan, count: dozen.values.count))
    #expect(
      try zonalOutcomes(of: empty, under: [box(0, 0, 4, 3)], rule: rule, workers: 1)
        == [.onlyNoData])
  }

  /// Two cells of one degree, at 0–1° and 60–61° north, the lower one of 12308.4638939753521 km²
  /// (45-digit decimals): the mean leans to it by the ratio of their areas.
  @Test func cellsWeighByTheirTrueArea() throws {
    var values = Array(repeating: Double.nan, count: 61)
    values[0] = 1
    values[60] = 0
    let grid = Grid(columns: 1, rows: 61, west: 0, north: 61, cellWidth: 1, cellHeight: 1)
    let raster = Raster(name: "two", grid: grid, crs: .lonLat, values: values)
    let summaries = try zonalSummaries(of: raster, under: [box(0, 0, 1, 61)], workers: 1)
    let summary = try #require(summaries[0])
    let north = grid.rowAreas[0]
    let both = north + 12308.463893975352
    #expect(near(summary.area, both, 1e-8))
    #expect(near(summary.mean, north / both, 1e-13))
    #expect(summary.sum == 1)
    #expect(summary.count == 2)
  }

  /// The shape is large enough for spans, borders and several blocks of four.
  @Test func wholeCellsAndBordersAddUpTogether() throws {
    let grid = Grid(columns: 37, rows: 29, west: 0, north: 29, cellWidth: 1, cellHeight: 1)
    let values: [Double] = (0..<37 * 29).map { index -> Double in
      let square = index * index % 101
      return index % 13 == 5 ? Double.nan : Double(square) - 40
    }
    let raster = Raster(name: "r", grid: grid, crs: plane, values: values)
    let shape = MultiPolygon([
      Polygon(
        shell: ring([(1.3, 2.1), (34.8, 0.4), (36.2, 27.7), (3.9, 28.2)]),
        holes: [ring([(12.1, 11.9), (13.2, 19.3), (22.8, 17.1)])])
    ])
    let summary = try #require(try zonalSummaries(of: raster, under: [shape], workers: 1)[0])
    let fractions = coverage(of: shape, on: grid)
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    for (index, value) in values.enumerated() where !value.isNaN {
      let fraction = fractions.fraction(row: index / 37, column: index % 37)
      count += fraction
      sum += fraction * value
      squares += fraction * value * value
    }
    #expect(abs(summary.count - count) < 1e-10)
    #expect(abs(summary.sum - sum) < 1e-9)
    let mean = sum / count
    #expect(near(summary.variance, squares / count - mean * mean, 1e-9))
    #expect(summary.min == -40)
  }

  @Test(arguments: [CellRule.coveredFraction, .cellCenter], [ZonalDetail.moments, .distribution])
  func workersGiveTheSameBytes(_ rule: CellRule, _ detail: ZonalDetail) throws {
    var numbers = TestNumbers(seed: 5)
    let shapes: [MultiPolygon?] = (0..<150).map { index in
      let (x, y) = (numbers.next(in: -3...3), numbers.next(in: -1...4))
      return index % 17 == 3 ? nil : patternedShapes[0].moved(x: x, y: y)
    }
    func run(_ workers: Int) throws -> [ZonalOutcome] {
      try zonalOutcomes(
        of: patterned, under: shapes, weight: patterned, rule: rule, detail: detail,
        workers: workers)
    }
    let one = try run(1)
    for workers in [2, 3, 8] { #expect(try run(workers) == one) }
  }

  /// The order of shapes decides nothing but the order of results.
  @Test func theCompanyOfOtherShapesChangesNothing() throws {
    let together = try zonalOutcomes(of: patterned, under: patternedShapes, workers: 1)
    for (shape, outcome) in zip(patternedShapes, together) {
      #expect(try zonalOutcomes(of: patterned, under: [shape], workers: 1) == [outcome])
    }
  }

  @Test func centersCountWholeCells() throws {
    let summary = try #require(
      try zonalSummaries(
        of: dozen, under: [box(0.2, 0.2, 3.4, 1.7)], rule: .cellCenter, workers: 1)[0])
    // Centers 0.5, 1.5, 2.5 of the two lower rows: 5, 6, no data; 9, 10, 11.
    #expect(summary.count == 5)
    #expect(summary.mean == 8.2)
    #expect(summary.coverage == 5.0 / 6)
  }
}

@Suite struct WeightGridTests {
  private func weight(_ grid: Grid, crs: CRS = plane, _ values: [Double]) -> Raster {
    Raster(name: "children", grid: grid, crs: crs, values: values)
  }

  /// The weight raster starts one column further east and ends one row earlier.
  @Test func anAlignedWeightRasterOfAnotherExtentFits() throws {
    let grid = Grid(columns: 3, rows: 2, west: 1, north: 3, cellWidth: 1, cellHeight: 1)
    let summary = try #require(
      try zonalSummaries(
        of: dozen, under: [box(0, 0, 4, 3)], weight: weight(grid, [1, 2, 0, 3, 5, 1]), workers: 1
      ).first ?? nil)
    // Values 2, 3, 4 and 6, -, 8 with weights 1, 2, 0 and 3, 5, 1: (2 + 6 + 0 + 18 + 8) / 7.
    #expect(near(summary.weighted?.mean, 34.0 / 7, 1e-12))
    #expect(summary.weighted?.sum == 34)
    #expect(summary.weighted?.total == 7)
    #expect(summary.count == 11)
  }

  @Test func weightsThatAddUpToNothingGiveNoWeightedSummary() throws {
    let zero = weight(dozen.grid, Array(repeating: 0, count: 12))
    let summary = try #require(
      try zonalSummaries(of: dozen, under: [box(0, 0, 4, 3)], weight: zero, workers: 1)[0])
    #expect(summary.weighted == nil)
    #expect(summary.count == 11)
  }

  /// Weights of half the cell's size: a cell gets the sum of the four under it.
  @Test func finerWeightsAreSummed() throws {
    let grid = Grid(columns: 4, rows: 2, west: 0, north: 3, cellWidth: 0.5, cellHeight: 0.5)
    let fine = weight(grid, [1, 3, .nan, .nan, 5, 7, 2, .nan])
    let summary = try #require(
      try zonalSummaries(of: dozen, under: [box(0, 0, 4, 3)], weight: fine, workers: 1)[0])
    // Cell 1 weighs 1 + 3 + 5 + 7, cell 2 weighs 2, the others have no weight.
    #expect(near(summary.weighted?.mean, (16 * 1 + 2 * 2) / 18, 1e-12))
    #expect(summary.weighted?.total == 18)
    #expect(summary.weighted?.sum == 20)
  }

  /// Weights of twice the cell's size are dealt out in quarters: their total stays.
  @Test func coarserWeightsAreDealtOut() throws {
    let grid = Grid(columns: 2, rows: 2, west: 0, north: 3, cellWidth: 2, cellHeight: 2)
    let coarse = weight(grid, [4, 8, 12, 16])
    let summary = try #require(
      try zonalSummaries(of: dozen, under: [box(0, 0, 2, 3)], weight: coarse, workers: 1)[0])
    // Cells 1, 2, 5, 6 weigh 1 each, 9 and 10 weigh 3.
    #expect(summary.weighted?.total == 10)
    #expect(summary.weighted?.sum == 71)
  }

  /// Weights shifted by a quarter of a cell: each cell takes three quarters of one, one of the next.
  @Test func shiftedWeightsMixByTheGroundTheyCover() throws {
    let grid = Grid(columns: 5, rows: 3, west: -0.75, north: 3, cellWidth: 1, cellHeight: 1)
    let row = [0.0, 4, 8, 0, 4]
    let shifted = weight(grid, row + row + row)
    let summary = try #require(
      try zonalSummaries(of: dozen, under: [box(0, 2, 4, 3)], weight: shifted, workers: 1)[0])
    // ¼·0 + ¾·4, ¼·4 + ¾·8, ¼·8 + ¾·0, ¼·0 + ¾·4.
    let weights = [3.0, 7, 2, 3]
    let mean = (weights[0] + 2 * weights[1] + 3 * weights[2] + 4 * weights[3]) / 15
    #expect(near(summary.weighted?.mean, mean, 1e-12))
  }

  @Test func anotherCRSIsRefused() {
    let other = weight(dozen.grid, crs: .lonLat, Array(repeating: 1, count: 12))
    #expect(throws: ZonalError.weightCRSDiffers(raster: "dozen", weight: "children")) {
      try zonalSummaries(of: dozen, under: [box(0, 0, 4, 3)], weight: other, workers: 1)
    }
  }

  @Test func aNegativeWeightIsRefusedWithItsCell() {
    var values = Array(repeating: 1.0, count: 12)
    values[6] = -1
    let bad = weight(dozen.grid, values)
    #expect(throws: ZonalError.negativeWeight(weight: "children", row: 1, column: 2)) {
      try zonalSummaries(of: dozen, under: [box(0, 0, 4, 3)], weight: bad, workers: 1)
    }
  }
}

@Suite struct NearestCellTests {
  @Test func aPointOnACellWithDataHasThatCell() throws {
    let cell = try dozen.nearestValidCell(to: Point(x: 1.4, y: 1.3))
    #expect(cell == RasterCell(row: 1, column: 1, value: 6))
  }

  /// From the east part of the empty cell, 8 is nearest; from its middle, four are, and the
  /// northern one wins.
  @Test func anEmptyCellGoesToItsNearestNeighbor() throws {
    #expect(try dozen.nearestValidCell(to: Point(x: 2.8, y: 1.5))?.value == 8)
    #expect(try dozen.nearestValidCell(to: Point(x: 2.5, y: 1.5))?.value == 3)
  }

  @Test func farPointsGoToTheNearestCorner() throws {
    #expect(try dozen.nearestValidCell(to: Point(x: -50, y: -40))?.value == 9)
    #expect(try dozen.nearestValidCell(to: Point(x: 400, y: 30))?.value == 4)
  }

  @Test func aRasterWithoutDataHasNone() throws {
    let empty = Raster(
      name: "empty", grid: dozen.grid, crs: plane, values: Array(repeating: .nan, count: 12))
    #expect(try empty.nearestValidCell(to: Point(x: 1, y: 1)) == nil)
  }

  @Test(arguments: 1...20)
  func agreesWithTryingEveryCell(_ seed: Int) throws {
    var numbers = TestNumbers(seed: UInt64(seed))
    let grid = Grid(columns: 13, rows: 9, west: -3, north: 66, cellWidth: 0.7, cellHeight: 0.4)
    let values = (0..<117).map { _ in numbers.next() < 0.9 ? Double.nan : numbers.next() }
    let raster = Raster(name: "r", grid: grid, crs: .lonLat, values: values)
    let point = Point(x: numbers.next(in: -8...10), y: numbers.next(in: 55...70))
    // cos 55°…70° by the angle's complement would do as well; the distances only need the ratio.
    let found = try #require(try raster.nearestValidCell(to: point))
    let narrow = cosine(point.y)
    func distance(_ row: Int, _ column: Int) -> Double {
      let center = grid.center(row: row, column: column)
      let (x, y) = ((center.x - point.x) * narrow, center.y - point.y)
      return x * x + y * y
    }
    let least = values.indices.filter { !values[$0].isNaN }.map { distance($0 / 13, $0 % 13) }.min()
    #expect(abs(distance(found.row, found.column) - (least ?? 0)) < 1e-12)
  }

  /// cos by its double-angle series: enough for distances to 1e-12.
  private func cosine(_ degrees: Double) -> Double {
    let half = degrees * 3.141592653589793 / 360
    var (term, sine) = (half, half)
    for n in stride(from: 2.0, to: 30, by: 2) {
      term *= -half * half / (n * (n + 1))
      sine += term
    }
    return 1 - 2 * sine * sine
  }

  @Test func theValueAtAPointIsThatOfItsCell() {
    #expect(dozen.value(at: Point(x: 0.5, y: 0.5)) == 9)
    #expect(dozen.value(at: Point(x: 1, y: 2)) == 6)
    #expect(dozen.value(at: Point(x: 2.5, y: 1.5)) == nil)
    #expect(dozen.value(at: Point(x: 4, y: 1)) == nil)
  }
}
