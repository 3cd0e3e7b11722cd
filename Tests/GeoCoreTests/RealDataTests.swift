// Quiebre · GeoCoreTests
// The kernels on real borders and rasters. Each test is skipped where the data are not there.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Support
import Testing

@testable import GeoCore

/// Real data beside the checkout, or in the folder that `QUIEBRE_DATA` names.
enum RealData {
  static let root =
    ProcessInfo.processInfo.environment["QUIEBRE_DATA"]
    ?? Checkout.root + "/../shared/data"

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root + "/" + path)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: root + "/" + path)))
  }

  static let districtsPath = "vector/distritos_1874_inei2017.geojson"
  static let departmentsPath = "vector/departamentos_25_pypi_echarts.geojson"
  static let altitudePath = "raster/altitud_5min_pvlib.asc"

  /// The 1,874 districts, read once for all tests.
  static let districts = Result { try shapes(districtsPath) }

  /// The shapes of a GeoJSON file with one MultiPolygon feature per line.
  static func shapes(_ path: String) throws -> [MultiPolygon] {
    try bytes(path).split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let start = firstIndex(of: Array("\"coordinates\":".utf8), in: line) else { return nil }
      var reader = RingReader(bytes: Array(line[start...]))
      return reader.multiPolygon()
    }
  }

  /// An ESRI ASCII grid with lower-left corner, no-data as NaN.
  static func grid(_ path: String) throws -> Raster {
    let words = try bytes(path).split { $0 <= 32 }.map { String(decoding: $0, as: UTF8.self) }
    let head = stride(from: 1, to: 12, by: 2).compactMap { Double(words[$0]) }
    try #require(head.count == 6)
    let (columns, rows, cell) = (Int(head[0]), Int(head[1]), head[4])
    let values = words[12...].compactMap(Double.init).map { $0 == head[5] ? Double.nan : $0 }
    let grid = Grid(
      columns: columns, rows: rows, west: head[2], north: head[3] + Double(rows) * cell,
      cellWidth: cell, cellHeight: cell)
    return Raster(name: path, grid: grid, crs: .lonLat, values: values)
  }

  private static func firstIndex(of word: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    line.indices.dropLast(word.count).first {
      line[$0] == word[0] && line[$0..<$0 + word.count].elementsEqual(word)
    }.map { $0 + word.count }
  }
}

/// Reads nested coordinate arrays by their brackets: depth 2 opens a polygon, 3 a ring.
private struct RingReader {
  let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func multiPolygon() -> MultiPolygon {
    var polygons: [Polygon] = []
    var rings: [[Point]] = []
    var ring: [Point] = []
    var numbers: [Double] = []
    var depth = 0
    repeat {
      switch bytes[at] {
      case UInt8(ascii: "["):
        depth += 1
        numbers = []
        at += 1
      case UInt8(ascii: "]"):
        if depth == 4 { ring.append(Point(x: numbers[0], y: numbers[1])) }
        if depth == 3 {
          rings.append(ring)
          ring = []
        }
        if depth == 2 {
          polygons.append(Polygon(shell: rings[0], holes: Array(rings.dropFirst())))
          rings = []
        }
        depth -= 1
        at += 1
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): numbers.append(number())
      default: at += 1
      }
    } while depth > 0
    return MultiPolygon(polygons)
  }

  private mutating func number() -> Double {
    let start = at
    while at < bytes.count, bytes[at] > 42, bytes[at] != UInt8(ascii: ","), bytes[at] < 91 {
      at += 1
    }
    return Double(String(decoding: bytes[start..<at], as: UTF8.self)) ?? .nan
  }
}

@Suite(.enabled(if: RealData.exists(RealData.districtsPath)))
struct RealDistrictTests {
  /// Borders with seven decimals meet decimal cell edges in thousands of places.
  @Test(arguments: [0.01, 0.005, 0.0025, 0.001])
  func noDistrictLosesACell(_ cell: Double) throws {
    let grid = Grid(
      columns: Int((14 / cell).rounded()), rows: Int((20 / cell).rounded()), west: -82, north: 1,
      cellWidth: cell, cellHeight: cell)
    let shapes = try RealData.districts.get()
    #expect(shapes.count == 1874)
    let kernel = CoverageKernel(grid: grid, rule: .coveredFraction)
    for (index, shape) in shapes.enumerated() {
      let ready = try #require(ZonalShape(shape, on: grid))
      let (sum, faulty) = coveredCells(ready, kernel)
      let area = shape.planarArea / (cell * cell)
      #expect(near(sum, area, 1e-9 * area), "district \(index)")
      #expect(faulty == 0, "district \(index)")
    }
  }

  private func coveredCells(_ shape: ZonalShape, _ kernel: CoverageKernel) -> (Double, Int) {
    var (sum, faulty) = (0.0, 0)
    kernel.visit(shape) { row in
      var running = 0.0
      var column = 0
      while column < row.columns {
        unsafe running += row.steps[column]
        let end = row.runEnd(after: column)
        let fraction = tidied(running, noise: row.noise)
        if running < -1e-9 || running > 1 + 1e-9 { faulty += 1 }
        sum += fraction * Double(end - column)
        column = end
      }
    }
    return (sum, faulty)
  }

  /// The sum of all districts in a Lambert azimuthal equal-area projection is 1,286,469 km².
  @Test func allDistrictsMakeUpTheCountry() throws {
    let area = try RealData.districts.get().reduce(0) { $0 + $1.ellipsoidalArea }
    #expect(near(area, 1_286_469, 1))
  }

  @Test func everyDistrictIsValidAndKeepsItsPlace() throws {
    let shapes = try RealData.districts.get()
    let examined = try examinedShapes(shapes, repair: .structure, workers: 2)
    #expect(examined.allSatisfy { $0?.fault == nil })
    let places = shapes.compactMap(\.interiorPoint)
    let placement = pointPlacement(of: places, in: shapes)
    #expect(placement.indices == shapes.indices.map { $0 })
    #expect(placement.inSeveral == 0)
  }
}

/// What exactextract 0.3.0 (Python) says of the altitude raster under the districts.
///
/// Command: `exact_extract(NumPyRasterSource(a, …extent of the file's header), features, ['mean', 'sum',
/// 'count', 'min', 'max', 'variance', 'median'])`. Its fractions are single precision.
private struct AltitudeRow {
  let index: Int
  let mean, sum, count, min, max, variance, median: Double
}

private let altitudeRows = [
  AltitudeRow(
    index: 0, mean: 2409.2216599047088, sum: 4340.324472328648, count: 1.80154634360224, min: 2182,
    max: 2882, variance: 77970.64125741056, median: 2307.109823554555),
  AltitudeRow(
    index: 500, mean: 2994.0790732753785, sum: 40169.93866516685, count: 13.416458844963927,
    min: 1258, max: 4030, variance: 535190.2889421972, median: 3037.818932998434),
  AltitudeRow(
    index: 1500, mean: 142.80113206417846, sum: 18508.557574324543, count: 129.6107202147832,
    min: 110, max: 194, variance: 400.96473528688307, median: 146.3587127079779),
  AltitudeRow(
    index: 1873, mean: 365.1815141696954, sum: 79979.3744150349, count: 219.01265894272365,
    min: 222, max: 502, variance: 3427.029157427867, median: 366.60590128258355),
]

@Suite(
  .enabled(
    if: RealData.exists(RealData.districtsPath) && RealData.exists(RealData.altitudePath)))
struct RealAltitudeTests {
  @Test func districtsAgreeWithExactextract() throws {
    let file = try RealData.grid(RealData.altitudePath)
    // exactextract weighs all cells alike here, as a projected raster does.
    let raster = Raster(
      name: file.name, grid: file.grid, crs: CRS("EPSG:32718"), values: file.values)
    let shapes = try RealData.districts.get()
    let summaries = try zonalOutcomes(
      of: raster, under: shapes, detail: .distribution, workers: 2
    ).map(\.summary)
    for row in altitudeRows {
      let summary = try #require(summaries[row.index])
      #expect(near(summary.mean, row.mean, 1e-6 * row.mean))
      #expect(near(summary.sum, row.sum, 1e-6 * row.sum))
      #expect(near(summary.count, row.count, 1e-6 * row.count))
      #expect(summary.min == row.min)
      #expect(summary.max == row.max)
      #expect(near(summary.variance, row.variance, 1e-5 * row.variance))
      #expect(near(summary.distribution?.median, row.median, 1e-5 * row.median))
    }
    // All 1,874 districts: exactextract's counts and sums add up to these.
    let count = summaries.reduce(0) { $0 + ($1?.count ?? 0) }
    let sum = summaries.reduce(0) { $0 + ($1?.sum ?? 0) }
    #expect(near(count, 15_282.317131957698, 1e-3))
    #expect(near(sum, 22_507_975.255640067, 2))
  }

  /// On the longitude/latitude grid, cells weigh by their true area.
  @Test func weightsAreTrueAreas() throws {
    let raster = try RealData.grid(RealData.altitudePath)
    let shapes = try RealData.districts.get()
    let summaries = try zonalSummaries(of: raster, under: shapes, workers: 2)
    for (index, (shape, summary)) in zip(shapes, summaries).enumerated() {
      guard let summary, summary.coverage > 1 - 1e-9 else { continue }
      // From the middle of a cell to its edge, 2.5′ of latitude, true area per cell changes by
      // tan 18° · 2.5′ = 2.4e-4; a small district may lie wholly on one side.
      #expect(near(summary.area, shape.ellipsoidalArea, 2.5e-4 * summary.area), "\(index)")
    }
  }
}

@Suite(.enabled(if: RealData.exists(RealData.departmentsPath)))
struct RealDepartmentTests {
  /// 200 random sites in each of the 25 departments: covered wholly, and one again when dissolved.
  @Test func voronoiCellsCoverEveryDepartment() throws {
    var numbers = TestNumbers(seed: 25)
    for shape in try RealData.shapes(RealData.departmentsPath) {
      let frame = try #require(shape.boundingBox)
      let sites = (0..<200).map { _ in
        Point(
          x: numbers.next(in: frame.minX...frame.maxX), y: numbers.next(in: frame.minY...frame.maxY)
        )
      }
      let cells = try voronoiCells(sites: sites, within: shape)
      let whole = try dissolved(cells)
      #expect(whole.polygons.count == shape.polygons.count)
      #expect(near(whole.planarArea, shape.planarArea, 1e-12 * shape.planarArea))
    }
  }
}
