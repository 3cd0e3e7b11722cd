// Quiebre · GeoCoreTests
// Zonal statistics: hand sums, invariants, gaps.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

/// A projected CRS: cells weigh the same, so means can be summed by hand.
let plane = CRS("EPSG:32718")

/// A 4 × 3 raster of unit cells with its south-west corner at the origin.
///
/// ```
///  1  2  3  4
///  5  6  -  8
///  9 10 11 12
/// ```
let dozen = Raster(
  name: "dozen", grid: Grid(columns: 4, rows: 3, west: 0, north: 3, cellWidth: 1, cellHeight: 1),
  crs: plane, values: [1, 2, 3, 4, 5, 6, .nan, 8, 9, 10, 11, 12])

@Suite struct ZonalTests {
  /// The box covers ½·½ of 1, ½ of 2, ½·½ of 3, ½ of 5, all of 6, and half of the empty cell.
  @Test func aBoxOverHalvesGivesTheHandSum() throws {
    let outcomes = try zonalOutcomes(
      of: dozen, under: [box(0.5, 1, 2.5, 2.5)], detail: .distribution, workers: 1)
    let summary = try #require(outcomes[0].summary)
    let count = 0.25 + 0.5 + 0.25 + 0.5 + 1
    let sum = 0.25 * 1 + 0.5 * 2 + 0.25 * 3 + 0.5 * 5 + 6
    #expect(abs(summary.count - count) < 1e-12)
    #expect(abs(summary.sum - sum) < 1e-12)
    #expect(abs(summary.mean - sum / count) < 1e-12)
    #expect(abs(summary.coverage - count / 3) < 1e-12)
    #expect(summary.min == 1)
    #expect(summary.max == 6)
    #expect(summary.majority == 6)
    let squares = 0.25 * 1 + 0.5 * 4 + 0.25 * 9 + 0.5 * 25 + 36
    let mean = sum / count
    #expect(abs(summary.variance - (squares / count - mean * mean)) < 1e-12)
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
}
