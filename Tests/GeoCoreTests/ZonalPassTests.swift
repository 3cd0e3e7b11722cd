// Quiebre · GeoCoreTests
// Strips, groups and threads: nothing but time may depend on how a raster is read.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Synchronization
import Testing

@testable import GeoCore

/// A raster that is only handed out in pieces, and counts how often each row was asked for.
private final class PiecewiseRaster: RasterRows {
  let raster: Raster
  let blockRows: Int
  let valueLimit: Int? = nil
  let resident: [Double]? = nil
  let asked: Mutex<[Int]>
  /// Cells of the largest request.
  let largest = Mutex(0)

  init(_ raster: Raster, blockRows: Int) {
    self.raster = raster
    self.blockRows = blockRows
    asked = Mutex(Array(repeating: 0, count: raster.grid.rows))
  }

  var name: String { raster.name }
  var grid: Grid { raster.grid }
  var crs: CRS { raster.crs }

  func cells(rows: Range<Int>, columns: Range<Int>) -> [Double] {
    asked.withLock { counts in for row in rows { counts[row] += 1 } }
    largest.withLock { $0 = max($0, rows.count * columns.count) }
    return raster.cells(rows: rows, columns: columns)
  }
}

/// A raster of `rows × columns` cells over 10 × 8 units with some gaps.
private func madeUp(_ columns: Int, _ rows: Int, distinct: Double) -> Raster {
  var numbers = TestNumbers(seed: 11)
  let grid = Grid(
    columns: columns, rows: rows, west: -5, north: 4, cellWidth: 10 / Double(columns),
    cellHeight: 8 / Double(rows))
  let values = (0..<columns * rows).map { _ in
    let value = (numbers.next() * distinct).rounded()
    return value.truncatingRemainder(dividingBy: 13) == 5 ? Double.nan : value
  }
  return Raster(name: "made up", grid: grid, crs: CRS("EPSG:32718"), values: values)
}

/// Stars of many points all over the raster and beyond.
private let stars: [MultiPolygon?] = {
  var numbers = TestNumbers(seed: 3)
  // Eight directions, turned a little by the radius: no libm needed.
  let directions = [
    (1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0),
    (0.7, -0.7),
  ]
  return (0..<40).map { index in
    guard index % 13 != 7 else { return nil }
    let (x, y) = (numbers.next(in: -5...5), numbers.next(in: -4...4))
    let points = directions.map { direction in
      let reach = numbers.next(in: 0.2...(index % 5 == 0 ? 5 : 1.5))
      return (x + direction.0 * reach, y + direction.1 * reach)
    }
    return MultiPolygon([Polygon(shell: ring(points))])
  }
}()

@Suite struct ZonalPassTests {
  private func run(
    _ bands: [any RasterRows], weight: (any RasterRows)? = nil, detail: ZonalDetail,
    rule: CellRule = .coveredFraction, memory: Int, workers: Int
  ) throws -> [[ZonalOutcome]] {
    var options = ZonalOptions()
    (options.detail, options.rule) = (detail, rule)
    (options.memory, options.workers) = (memory, workers)
    return try ZonalPass(bands: bands, weight: weight, options: options).outcomes(under: stars)
  }

  /// Strips of 1 to 97 rows, blocks of 1 to 64 rows, 1 to 8 threads: the same bits as in one piece.
  @Test(arguments: [1_000, 9_000, 60_000, 3_000_000], [1, 16, 64])
  func stripsGiveTheSameBits(_ memory: Int, _ blockRows: Int) throws {
    let raster = madeUp(120, 97, distinct: 1e6)
    let weight = madeUp(60, 41, distinct: 40)
    for rule in CellRule.allCases {
      let whole = try run(
        [raster], weight: weight, detail: .moments, rule: rule, memory: 1 << 28,
        workers: 1)
      for workers in [1, 2, 3, 8] {
        let pieces = try run(
          [PiecewiseRaster(raster, blockRows: blockRows)], weight: weight, detail: .moments,
          rule: rule, memory: memory, workers: workers)
        #expect(pieces == whole)
      }
    }
  }

  /// With little memory, distributions are done in groups of shapes.
  @Test(arguments: [1_600_000, 3_000_000, 100_000_000])
  func groupsGiveTheSameDistributions(_ memory: Int) throws {
    let raster = madeUp(120, 97, distinct: 1e6)
    let whole = try run([raster], detail: .distribution, memory: 1 << 28, workers: 1)
    for workers in [1, 2, 8] {
      let pieces = try run(
        [PiecewiseRaster(raster, blockRows: 16)], detail: .distribution, memory: memory,
        workers: workers)
      #expect(pieces == whole)
    }
  }

  @Test func aDistributionThatFitsNowhereIsRefused() throws {
    let raster = PiecewiseRaster(madeUp(120, 97, distinct: 1e6), blockRows: 16)
    #expect(throws: ZonalError.self) {
      _ = try run([raster], detail: .distribution, memory: 100_000, workers: 1)
    }
  }

  @Test func eachRowIsReadOnce() throws {
    let raster = PiecewiseRaster(madeUp(120, 97, distinct: 1e6), blockRows: 16)
    _ = try run([raster], detail: .moments, memory: 40_000, workers: 3)
    let counts = raster.asked.withLock { $0 }
    #expect(counts.allSatisfy { $0 <= 1 })
    #expect(counts.reduce(0, +) > 90)
  }

  /// Two strips and what is made of them must fit: one takes a sixteenth of the memory.
  @Test(arguments: [16_000, 40_000, 200_000], [1, 16, 64])
  func noRequestIsLargerThanItsShare(_ memory: Int, _ blockRows: Int) throws {
    let raster = PiecewiseRaster(madeUp(120, 97, distinct: 1e6), blockRows: blockRows)
    _ = try run([raster], detail: .moments, memory: memory, workers: 2)
    let cells = raster.largest.withLock { $0 }
    #expect(cells * 8 <= max(memory / 16, 120 * 8))
    #expect(cells >= 120)
  }

  @Test func bandsTogetherAreBandsAlone() throws {
    let first = PiecewiseRaster(madeUp(120, 97, distinct: 9), blockRows: 8)
    let second = PiecewiseRaster(madeUp(120, 97, distinct: 1e5), blockRows: 8)
    let both = try run([first, second], detail: .distribution, memory: 4_000_000, workers: 2)
    #expect(both[0] == (try run([first], detail: .distribution, memory: 1 << 28, workers: 1)[0]))
    #expect(both[1] == (try run([second], detail: .distribution, memory: 1 << 28, workers: 1)[0]))
  }

  /// The cells handed out are those of ``coverage(of:on:rule:)``, in the order stated.
  @Test func coveredCellsComeInOrderWithTheirFractions() throws {
    let raster = PiecewiseRaster(madeUp(30, 24, distinct: 50), blockRows: 4)
    var options = ZonalOptions()
    options.memory = 8_000
    options.workers = 3
    var cells: [CoveredCell] = []
    _ = try ZonalPass(bands: [raster], options: options)
      .outcomes(under: stars) { cells += $0 }
    var expected: [[Double]] = []
    for (index, star) in stars.enumerated() {
      guard let star else { continue }
      let covered = coverage(of: star, on: raster.grid)
      for row in 0..<24 {
        for column in 0..<30 where covered.fraction(row: row, column: column) > 0 {
          expected.append([
            Double(row), Double(index), Double(column), covered.fraction(row: row, column: column),
          ])
        }
      }
    }
    expected.sort { ($0[0], $0[1], $0[2]) < ($1[0], $1[1], $1[2]) }
    #expect(
      cells.map {
        [Double($0.place.row), Double($0.shape), Double($0.place.column), $0.fraction]
      } == expected)
    for cell in cells.prefix(200) {
      let value = raster.raster.values[cell.place.row * 30 + cell.place.column]
      #expect(cell.values[0] == value || (value.isNaN && cell.values[0].isNaN))
    }
  }
}

@Suite struct DistributionTests {
  /// The builder merges now and then; a dictionary never does.
  @Test(arguments: [3.0, 500, 1e9])
  func mergingIsAddingUp(_ distinct: Double) {
    var numbers = TestNumbers(seed: 8)
    var builder = DistributionBuilder()
    var sums: [Double: Double] = [:]
    for _ in 0..<20_000 {
      let value = (numbers.next() * distinct).rounded()
      // Eighths add up without rounding, in any order.
      let weight = (numbers.next() * 800).rounded() / 8 + 0.125
      builder.add(value, weight)
      sums[value, default: 0] += weight
    }
    let distribution = builder.finished()
    #expect(distribution.values == sums.keys.sorted())
    #expect(distribution.weights == sums.keys.sorted().map { sums[$0] })
    #expect(distribution.variety == sums.count)
    let total = sums.values.reduce(0, +)
    let some = sums.filter { $0.key < distinct / 2 }.values.reduce(0, +)
    #expect(near(distribution.share { $0 < distinct / 2 }, some / total, 1e-12))
  }

  @Test func tiesGoUpForTheMajorityAndDownForTheMinority() {
    var builder = DistributionBuilder()
    for value in [3.0, 1, 2, 2, 1, 3, 5, 5] { builder.add(value, 1) }
    let distribution = builder.finished()
    #expect(distribution.majority == 5)
    #expect(distribution.minority == 1)
  }

  @Test func nothingHasNoQuantile() {
    var builder = DistributionBuilder()
    let empty = builder.finished()
    #expect(empty.median == nil)
    #expect(empty.majority == nil)
    #expect(empty.share { _ in true } == 0)
  }
}
