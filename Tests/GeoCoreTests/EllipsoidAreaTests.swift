// Quiebre · GeoCoreTests
// Areas on the ellipsoid, and the trigonometry under them.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Testing

@testable import GeoCore

/// Areas from 45-digit decimals (Python's `decimal`): b²/2·(s/(1−e²s²) + atanh(es)/e) between the
/// latitudes, times the width in radians, with a = 6378.137 km and f = 1/298.257223563.
struct CellAreaCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let north, height, width, area: Double
}

private let cellAreas = [
  CellAreaCase(
    testDescription: "at the equator", north: 0, height: 1, width: 1, area: 12308.463893975352),
  CellAreaCase(
    testDescription: "central Peru", north: -9.5, height: 0.05, width: 0.05,
    area: 30.359560972994789),
  CellAreaCase(
    testDescription: "far north", north: 61, height: 0.5, width: 0.25, area: 759.5282705049951),
  CellAreaCase(
    testDescription: "at the pole", north: -89.5, height: 0.5, width: 1, area: 27.217230485627985),
]

@Suite struct EllipsoidAreaTests {
  /// The difference of two zone areas loses digits as 1 / height: 1e-13 for 0.05°.
  @Test(arguments: cellAreas)
  func cellsHaveTheirTrueArea(_ row: CellAreaCase) {
    let grid = Grid(
      columns: 1, rows: 1, west: -75, north: row.north, cellWidth: row.width,
      cellHeight: row.height)
    #expect(near(grid.rowAreas[0], row.area, 1e-12 * row.area))
  }

  /// 510,065,621.724 km² is WGS 84's surface, as geographiclib and every handbook have it.
  @Test func allCellsMakeUpTheEarth() {
    let grid = Grid(columns: 36, rows: 18, west: -180, north: 90, cellWidth: 10, cellHeight: 10)
    #expect(near(grid.rowAreas.reduce(0, +) * 36, 510_065_621.724_088_5, 1e-6))
  }

  @Test func whatLiesBeyondAPoleHasNoArea() {
    let grid = Grid(columns: 1, rows: 3, west: 0, north: 92, cellWidth: 1, cellHeight: 1)
    #expect(grid.rowAreas[0] == 0)
    #expect(grid.rowAreas[1] == 0)
    #expect(grid.rowAreas[2] > 0)
  }

  /// Short ranges of latitude go by the middle and the curvature there, long ones by Gauss: the mean
  /// over 0.05° is what Gauss's rule over the same range gives, to rounding (4e7 km² a radian).
  @Test(arguments: [-89.97, -89.9, -60, -12.3, -0.02, 0, 0.01, 33, 71.5, 89.86, 89.95])
  func shortEdgesAgreeWithTheRuleForLongOnes(_ start: Double) {
    let (middle, reach) = (start + 0.025, 0.025 * 0.7745966692414834)
    let gauss =
      (5 * WGS84.zoneArea(toLatitude: middle - reach) + 8 * WGS84.zoneArea(toLatitude: middle)
        + 5 * WGS84.zoneArea(toLatitude: middle + reach)) / 18
    #expect(near(meanZoneArea(from: start, to: start + 0.05), gauss, 5e-8))
    #expect(near(meanZoneArea(from: start + 0.05, to: start), gauss, 5e-8))
  }

  /// The area is 151991.253557710421 km² by Simpson's rule with 400 steps per edge, 45 digits.
  ///
  /// PROJ 9.5.1's geodesic polygon (pyproj 3.7.2, `Geod.polygon_area_perimeter`, each edge in
  /// 20,000 pieces) gives 151991.253556.
  @Test func aTriangleWithStraightEdgesHasItsTrueArea() {
    let corners = [(-75.3, -12.1), (-71.9, -10.4), (-73.2, -3.7)]
    let triangle = MultiPolygon([Polygon(shell: ring(corners))])
    #expect(near(triangle.ellipsoidalArea, 151_991.253557710421, 1e-7))
  }

  @Test func aBoxHasTheAreaOfItsCells() {
    let grid = Grid(columns: 7, rows: 5, west: -75, north: -9, cellWidth: 0.3, cellHeight: 0.4)
    let cells = grid.rowAreas.reduce(0, +) * 7
    #expect(near(box(-75, -11, -72.9, -9).ellipsoidalArea, cells, 1e-11 * cells))
  }

  @Test func holesTakeAreaAwayWhateverTheirSense() {
    let shell = ring([(-75, -12), (-70, -12), (-70, -6), (-75, -6)])
    let hole = ring([(-73, -10), (-72, -10), (-72, -9), (-73, -9)])
    let whole = box(-75, -12, -70, -6).ellipsoidalArea - box(-73, -10, -72, -9).ellipsoidalArea
    for hole in [hole, hole.reversed()] {
      let shape = MultiPolygon([Polygon(shell: shell, holes: [hole])])
      #expect(near(shape.ellipsoidalArea, whole, 1e-10 * whole))
    }
  }

  /// A square of a thousandth of a degree: about 0.0122 km²; digits survive the differences.
  @Test func smallShapesKeepTheirDigits() {
    let small = box(-75.0005, -11.0005, -74.9995, -10.9995).ellipsoidalArea
    let cell = Grid(
      columns: 1, rows: 1, west: -75.0005, north: -10.9995, cellWidth: 0.001, cellHeight: 0.001)
    #expect(near(small, cell.rowAreas[0], 1e-10 * small))
  }
}

@Suite struct TrigonometryTests {
  /// From 45-digit decimals; both series end below 2e-17, rounding adds a step or two of 1.1e-16.
  @Test(arguments: [
    (0, 0, 1), (30, 0.5, 0.8660254037844386), (-12.5, -0.21643961393810288, 0.9762960071199334),
    (60, 0.8660254037844386, 0.5), (89.9, 0.9999984769132877, 0.0017453283658983088),
    (44.999, 0.7070944397373547, 0.7071191224203433),
    (-45, -0.7071067811865475, 0.7071067811865475),
    (0.001, 1.745329251905720e-05, 0.9999999998476913), (90, 1, 0), (-90, -1, 0),
  ])
  func sineAndCosineOfDegrees(_ degrees: Double, _ sine: Double, _ cosine: Double) {
    #expect(near(sineOfDegrees(degrees), sine, 3e-16))
    #expect(near(cosineOfDegrees(degrees), cosine, 3e-16))
  }

  /// atanh(x)/x = ln((1 + x)/(1 − x))/(2x): at x = 0.1, ln(11/9)/0.2 = 1.0033534773107558.
  @Test func atanhQuotientMeetsItsLogarithm() {
    #expect(near(atanhQuotient(ofSquare: 0.01), 1.0033534773107558, 3e-16))
    #expect(atanhQuotient(ofSquare: 0) == 1)
  }
}
