// Quiebre · DistrictsTests
// Rasters under districts: weights, ranges, fallbacks, classes, limits, threads.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import Testing

@Suite struct RasterJoinTests {
  @Test func alignedCellsGiveTheirValues() throws {
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "t", source: .raster(strip([1, 2, 3, 4, 5, 6, 7, 8])), quantity: .mean))
    #expect(join.numbers("t") == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(join.quality.allSatisfy { $0 == "ok" })
    #expect(join.part.matched == 8)
    #expect(join.warnings.isEmpty)
  }

  @Test func aCellHalfCoveredCountsHalf() throws {
    // Cells start at −0.5: each square takes half of two neighbors.
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "t", source: .raster(strip([0, 2, 4, 6, 8, 10, 12, 14, 16], west: -0.5)),
        quantity: .mean, statistics: [.mean, .sum, .max]))
    // A covered fraction sums up rounded steps: a few units in the last place.
    for name in ["t", "t_sum"] {
      for (found, expected) in zip(join.numbers(name), stride(from: 1.0, through: 15, by: 2)) {
        #expect(abs((found ?? 0) - expected) < 1e-13)
      }
    }
    #expect(join.numbers("t_max") == [2, 4, 6, 8, 10, 12, 14, 16])
  }

  @Test func weightsCountChildrenInsteadOfLand() throws {
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "t", source: .raster(strip([0, 2, 4, 6, 8, 10, 12, 14, 16], west: -0.5)),
        quantity: .mean, weight: strip([3, 1, 3, 1, 3, 1, 3, 1, 3], west: -0.5, name: "w")))
    // (3·0 + 1·2)/4, (1·2 + 3·4)/4, …
    for (found, expected) in zip(join.numbers("t"), [0.5, 3.5, 4.5]) {
      #expect(abs((found ?? 0) - expected) < 1e-13)
    }
  }

  @Test func percentBecomesShares() throws {
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "risk", source: .raster(strip([25, 50, 100, 0, 5, 10, 20, 40])), quantity: .mean,
        unit: .percent))
    #expect(join.numbers("risk") == [0.25, 0.5, 1, 0, 0.05, 0.1, 0.2, 0.4])
    #expect(join.fields[0].unit == .percent)
  }

  @Test func aValueOutsideTheRangeIsAnErrorWithItsCell() throws {
    let found = try SquareWorld().faults(
      SurfaceRequest(
        field: "risk", source: .raster(strip([25, -9999, 100, 0, 5, 101, 20, 40])),
        quantity: .mean, unit: .percent))
    #expect(found.map(\.code) == [.outsideValidRange])
    #expect(
      found.first?.what.en
        == "2 cells are outside 0 % … 100 %, first -9999 in row 1, column 2")
    #expect(found.first?.fix?.en.contains("nodata = -9999") == true)
  }

  @Test func aDistrictWithoutAValidCellIsReported() throws {
    let request = SurfaceRequest(
      field: "t", source: .raster(strip([1, .nan, 3, 4, 5, 6])), quantity: .mean)
    let join = try SquareWorld().join(request)
    #expect(join.numbers("t") == [1, nil, 3, 4, 5, 6, nil, nil])
    #expect(join.quality == ["ok", "no_cell", "ok", "ok", "ok", "ok", "no_cell", "no_cell"])
    #expect(join.part.missing.map(\.code) == ["010102", "150102", "150103"])
    #expect(
      join.warnings.map(\.what.en) == [
        "districts without a valid value: 3 of 8: 010102, 150102, 150103"
      ])
  }

  @Test func nearestFillsAndCounts() throws {
    let request = SurfaceRequest(
      field: "t", source: .raster(strip([1, .nan, .nan, 4, 5, 6])), quantity: .mean,
      statistics: [.mean, .count], fallback: .nearest)
    let join = try SquareWorld().join(request)
    #expect(join.numbers("t") == [1, 1, 4, 4, 5, 6, 6, 6])
    #expect(join.numbers("t_count") == [1, nil, nil, 1, 1, 1, nil, nil])
    #expect(join.quality[1] == "nearest")
    #expect(join.part.nearest == ["010102", "010103", "150102", "150103"])
    #expect(join.part.matched == 8)
  }

  /// The empty square's middle, (1.5, −0.5), is a degree of longitude, 111.3 km, from the next cell.
  @Test(arguments: [(111.0, nil), (112.0, 1)] as [(Double, Double?)])
  func theNearestCellCountsOnlyWithinADistance(_ distance: Double, _ expected: Double?) throws {
    let request = SurfaceRequest(
      field: "t", source: .raster(strip([1, .nan, 3, 4, 5, 6])), quantity: .mean,
      fallback: .nearest, within: distance)
    #expect(try SquareWorld().join(request).numbers("t")[1] == expected)
  }

  @Test func aMissingShapeIsNoCellFault() throws {
    let world = try SquareWorld(withoutShape: ["010101"])
    let join = try world.join(
      SurfaceRequest(
        field: "t", source: .raster(strip([1, 2, 3, 4, 5, 6, 7, 8])), quantity: .mean,
        fallback: .nearest))
    #expect(join.numbers("t").first == .some(nil))
    #expect(join.quality.first == "no_shape")
  }

  @Test func aRasterOfOnlyNoDataIsAnError() throws {
    let found = try SquareWorld().faults(
      SurfaceRequest(field: "t", source: .raster(strip([.nan, .nan])), quantity: .mean))
    #expect(found.map(\.code) == [.onlyNoData])
  }

  @Test func aRasterOutsideAllDistrictsIsAnError() throws {
    let found = try SquareWorld().faults(
      SurfaceRequest(field: "t", source: .raster(strip([1, 2], west: 60)), quantity: .mean))
    #expect(found.map(\.code) == [.outsideDistricts])
  }

  @Test func aRasterWithSwappedAxesIsNamed() throws {
    // West of the districts and north of the equator; swapped it lies on them.
    let far = Raster(
      name: "r", grid: Grid(columns: 1, rows: 6, west: -1, north: 8, cellWidth: 1, cellHeight: 1),
      crs: .lonLat, values: Array(repeating: 1, count: 6))
    let found = try SquareWorld().faults(
      SurfaceRequest(field: "t", source: .raster(far), quantity: .mean))
    #expect(found.map(\.code) == [.suspiciousCoordinates])
  }

  @Test func sharesOfClassesAddUp() throws {
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "land", source: .raster(strip([1, 2, 2, 3, 3, 1, 1, 2, 2], west: -0.5)),
        quantity: .share,
        classes: [
          .init(name: "forest", values: ["1"]), .init(name: "other", values: ["2", "3"]),
        ]))
    let expected = [0.5, 0, 0, 0, 0.5, 1, 0.5, 0]
    for (district, forest) in expected.enumerated() {
      #expect(abs((join.numbers("land_forest")[district] ?? 9) - forest) < 1e-13)
      #expect(abs((join.numbers("land_other")[district] ?? 9) - (1 - forest)) < 1e-13)
    }
  }

  @Test func aClassThatNoCellHasIsNamed() throws {
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "land", source: .raster(strip([1, 2, 2, 1, 1, 2, 2, 1])), quantity: .share,
        classes: [
          .init(name: "forest", values: ["1"]), .init(name: "ice", values: ["7", "8"]),
        ]))
    #expect(join.warnings.map(\.code) == [.unknownClass])
    #expect(
      join.warnings.first?.what.en == "class 'ice' (7, 8) is found nowhere; the values are 1, 2")
  }

  @Test(arguments: [(0.225, true), (1, true), (1.5, false), (0, false)])
  func ratiosDeclaredAsPercentAreDoubted(_ largest: Double, _ isDoubted: Bool) throws {
    let raster = strip([0, 0, 0, largest, 0, 0, 0, 0])
    let join = try SquareWorld().join(
      SurfaceRequest(field: "m", source: .raster(raster), quantity: .mean, unit: .percent))
    #expect(join.warnings.contains { $0.code == .ratiosAsPercent } == isDoubted)
    let table = try SmallCountry.source("ubigeo,m\n010101,0\n010102,\(largest)\n")
    let joined = try SquareWorld().join(
      SurfaceRequest(field: "m", source: .table(table), quantity: .mean, unit: .percent))
    #expect(joined.warnings.contains { $0.code == .ratiosAsPercent } == isDoubted)
  }

  @Test func theDistributionGivesMedianAndMajority() throws {
    let grid = Grid(
      columns: 32, rows: 1, west: 0, north: 0, cellWidth: 0.25, cellHeight: 1)
    let values = (0..<32).map { [1.0, 1, 2, 8][$0 % 4] }
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "t", source: .raster(Raster(name: "r", grid: grid, crs: .lonLat, values: values)),
        quantity: .mean, statistics: [.majority, .mean]))
    #expect(join.numbers("t") == Array(repeating: 1, count: 8))
    #expect(join.numbers("t_mean").allSatisfy { abs(($0 ?? 0) - 3) < 1e-12 })
  }

  @Test func intervalBandsBecomeLimits() throws {
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "risk", source: .raster(strip([20, 30, 40, 50, 60, 70, 80, 90])), quantity: .mean,
        unit: .percent,
        interval: .rasters(
          strip([10, 20, 30, 40, 50, 60, 70, 80]), strip([30, 40, 50, 60, 70, 80, 90, 100]))))
    #expect(join.fields.map(\.name) == ["risk", "risk_p05", "risk_p95"])
    #expect(join.numbers("risk_p05").first == 0.1)
    #expect(join.numbers("risk_p95").last == 1)
  }

  /// The area of the square (0, −1)-(1, 0) in UTM zone 31 S is 12,322.54 km².
  ///
  /// By pyproj 3.7.2 (PROJ 9.5.1),
  /// `Transformer.from_crs("OGC:CRS84", "EPSG:32731", always_xy=True)` on edges cut into 8,000
  /// pieces, and `shapely.Polygon(…).area` of shapely 2.2.0. Pieces of 0.01° miss by 1e-8 of it.
  @Test func aProjectedRasterTakesTheDistrictsToItsPlane() throws {
    let cell = 1_000.0
    let grid = Grid(
      columns: 900, rows: 300, west: 0, north: 10_100_000, cellWidth: cell, cellHeight: cell)
    let ones = Array(repeating: 1.0, count: grid.columns * grid.rows)
    let raster = Raster(name: "utm", grid: grid, crs: CRS("EPSG:32731"), values: ones)
    let join = try SquareWorld().join(
      SurfaceRequest(
        field: "n", source: .raster(raster), quantity: .sum))
    let area = try #require(join.numbers("n").first ?? nil)
    #expect(abs(area * cell * cell - 12_322_536_273.308) < 1e-7 * 12_322_536_273.308)
  }

  @Test(arguments: [1, 2, 3, 8])
  func workersDontChangeABit(_ workers: Int) throws {
    let values = (0..<800).map { Double(($0 * 7919) % 1013) / 7 }
    let grid = Grid(
      columns: 80, rows: 10, west: 0.03, north: 0.01, cellWidth: 0.1, cellHeight: 0.1)
    let request = SurfaceRequest(
      field: "t", source: .raster(Raster(name: "r", grid: grid, crs: .lonLat, values: values)),
      quantity: .mean, statistics: [.mean, .sum, .median])
    let world = try SquareWorld()
    #expect(
      try world.join(request, workers: workers).fields == world.join(request, workers: 1).fields)
  }

  /// The slow twin: every cell against every square, planar fraction × the cell's true area.
  @Test func meansAreThoseOfEveryCellByItself() throws {
    let grid = Grid(
      columns: 70, rows: 9, west: -0.07, north: 0.03, cellWidth: 0.13, cellHeight: 0.17)
    let values = (0..<grid.columns * grid.rows).map { (index: Int) -> Double in
      if index % 11 == 3 { return .nan }
      return Double((index * 7919) % 1013) / 7
    }
    let raster = Raster(name: "r", grid: grid, crs: .lonLat, values: values)
    let join = try SquareWorld().join(
      SurfaceRequest(field: "t", source: .raster(raster), quantity: .mean))
    for (district, found) in join.numbers("t").enumerated() {
      let expected = twinMean(of: raster, west: Double(district))
      #expect(abs((found ?? 0) - expected) < 1e-10)
    }
  }

  private func twinMean(of raster: Raster, west: Double) -> Double {
    let grid = raster.grid
    var (total, weight) = (0.0, 0.0)
    for (index, value) in raster.values.enumerated() where !value.isNaN {
      let left = grid.west + Double(index % grid.columns) * grid.cellWidth
      let top = grid.north - Double(index / grid.columns) * grid.cellHeight
      let (right, bottom) = (left + grid.cellWidth, top - grid.cellHeight)
      let width = min(right, west + 1) - max(left, west)
      let height = min(top, 0) - max(bottom, -1)
      guard width > 0, height > 0 else { continue }
      let cell = MultiPolygon([
        Polygon(shell: [
          Point(x: left, y: bottom), Point(x: right, y: bottom), Point(x: right, y: top),
          Point(x: left, y: top), Point(x: left, y: bottom),
        ])
      ])
      let part = width * height / (grid.cellWidth * grid.cellHeight) * cell.ellipsoidalArea
      total += part * value
      weight += part
    }
    return total / weight
  }

  @Test func fieldsAndQualityEnterTheRegistry() throws {
    let world = try SquareWorld()
    let join = try world.join(
      SurfaceRequest(
        field: "t", source: .raster(strip([1, .nan, 3, 4, 5, 6, 7, 8])), quantity: .mean))
    let registry = world.registry.adding(join)
    #expect(registry.fields["t"]?.values == .numbers([1, nil, 3, 4, 5, 6, 7, 8]))
    #expect(registry.quality[1] == "no_cell")
    #expect(registry.fields["rural"] != nil)
  }
}
