// Quiebre · GeodataTests
// The surfaces keep children and their mean risk; grids are written digit by digit.
// SPDX-License-Identifier: Apache-2.0

import GeoCore
import GeoFiles
import Testing

@testable import quiebre_geodata

@Suite("Risk surface")
struct RiskSurfaceTests {
  private static let square = GeoDepartment(
    code: "01",
    shape: MultiPolygon([
      Polygon(shell: [
        Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1), Point(x: 0, y: 1),
        Point(x: 0, y: 0),
      ])
    ]))

  private static func surface(_ places: [ScoredPlace]) throws -> RiskSurface {
    let grid = try #require(gridAround([square], cellsPerDegree: 4))
    return riskSurface(places: places, departments: [square], grid: grid)
  }

  @Test func aPlaceInTheMiddleOfFourCellsIsSharedEqually() throws {
    let surface = try Self.surface([
      ScoredPlace(position: Point(x: 0.5, y: 0.5), children: 100, risk: 0.3)
    ])
    #expect(surface.children.filter { $0 > 0 } == [25, 25, 25, 25])
    #expect(surface.risk.allSatisfy { abs($0 - 0.3) < 1e-15 })
  }

  @Test func aPlaceOutsideGoesToTheNearestCell() throws {
    let surface = try Self.surface([
      ScoredPlace(position: Point(x: 1.4, y: 0.9), children: 10, risk: 0.5)
    ])
    #expect(surface.children[3] == 10)
  }

  @Test func childrenAndTheirMeanRiskAreKept() throws {
    let places = [
      ScoredPlace(position: Point(x: 0.13, y: 0.41), children: 70, risk: 0.1),
      ScoredPlace(position: Point(x: 0.52, y: 0.47), children: 20, risk: 0.7),
      ScoredPlace(position: Point(x: 0.91, y: 0.97), children: 10, risk: 0.4),
    ]
    let surface = try Self.surface(places)
    let children = surface.children.reduce(0, +)
    let working = zip(surface.children, surface.risk).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(children - 100) < 1e-12)
    #expect(abs(working - 25) < 1e-12)
  }

  /// Two places at distances 1 : 2 weigh 4 : 1.
  @Test func cellsWithoutChildrenTakeInverseSquareMeans() throws {
    let surface = try Self.surface([
      ScoredPlace(position: Point(x: 0.125, y: 0.375), children: 0, risk: 0.2),
      ScoredPlace(position: Point(x: 0.125, y: 1.125), children: 0, risk: 0.7),
    ])
    // The cell centered at (0.125, 0.625): 0.25 and 0.5 away.
    #expect(abs(surface.risk[4] - (4 * 0.2 + 0.7) / 5) < 1e-12)
  }

  @Test func roundedCellsKeepTheSum() {
    let thirds = [1.0 / 3, .nan, 1.0 / 3, 1.0 / 3]
    #expect(conservedHundredths(thirds) == [33, nil, 34, 33])
  }

  @Test func gridsAreWrittenWithoutZerosAtTheEnd() {
    let grid = Grid(columns: 2, rows: 1, west: -81.35, north: 0, cellWidth: 0.05, cellHeight: 0.05)
    #expect(
      String(decoding: asciiGrid(grid, [2640, nil]), as: UTF8.self) == """
        ncols 2
        nrows 1
        xllcorner -81.35
        yllcorner -0.05
        cellsize 0.05
        NODATA_value -9
        26.4 -9

        """)
  }

  /// Read by the program's own grid reader: same cells in both, all children, the national mean.
  @Test func theEmbeddedGridsHoldTheNation() throws {
    let risk = try embeddedGrid("risk/risk.asc")
    let children = try embeddedGrid("risk/children.asc")
    #expect(risk.grid == children.grid)
    #expect(zip(risk.values, children.values).allSatisfy { $0.isNaN == $1.isNaN })
    let persons = children.values.filter { !$0.isNaN }.reduce(0, +)
    #expect(abs(persons - 7_080_000) < 1e-4)
    let working = zip(risk.values, children.values).filter { !$0.0.isNaN }
      .reduce(0) { $0 + $1.0 * $1.1 }
    // Two decimals a cell: the mean can't be off by more than half the last one.
    #expect(abs(working / persons - 26.4) < 0.005)
  }

  @Test func everyDistrictHasCellsWithChildren() throws {
    let derived = try PeruFolder.derived.get()
    let children = try embeddedGrid("risk/children.asc")
    for (district, shape) in zip(derived.inputs.districts, derived.shapes) {
      let cover = coverage(of: shape, on: children.grid)
      var sum = 0.0
      for row in cover.firstRow..<(cover.firstRow + cover.rows) {
        for column in cover.firstColumn..<(cover.firstColumn + cover.columns) {
          let value = children.values[row * children.grid.columns + column]
          let fraction = cover.fraction(row: row, column: column)
          // Ground of a district is never without data.
          if fraction > 0 { sum += value * fraction }
        }
      }
      #expect(sum > 0, "\(district.code)")
    }
  }

  private func embeddedGrid(_ path: String) throws -> Raster {
    try readRasterFile(path: "\(PeruFolder.path)/\(path)")
  }
}
