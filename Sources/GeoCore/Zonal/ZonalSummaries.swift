// Quiebre · GeoCore
// A raster summed up under many shapes, in parallel.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// How much is worked out for each shape.
public enum ZonalDetail: Hashable, Sendable {
  /// All but median, quantiles and majority.
  case moments
  /// Everything; keeps each shape's distinct values.
  case distribution
}

/// The statistics of a raster under each shape; `nil` where a shape counts no cell with data.
///
/// ``zonalOutcomes(of:under:weight:rule:detail:workers:)`` is the same and says why there is none.
public func zonalSummaries(
  of raster: Raster, under shapes: [MultiPolygon?], weight: Raster? = nil,
  rule: CellRule = .coveredFraction, detail: ZonalDetail = .moments, workers: Int
) throws -> [ZonalSummary?] {
  try zonalOutcomes(
    of: raster, under: shapes, weight: weight, rule: rule, detail: detail, workers: workers
  ).map(\.summary)
}

/// The statistics of a raster under each shape, or why there are none.
///
/// - Parameters:
///   - raster: Values with their grid. On a longitude/latitude grid cells weigh by their true area
///     on the ellipsoid, on a projected one they all weigh the same.
///   - shapes: In the raster's CRS, valid; `nil` for no shape.
///   - weight: A second raster whose values weigh the cells (children per cell), not negative, with
///     the same CRS and cells that coincide; cells that it lacks count as without data.
///   - rule: Exact fractions, or cell centers.
///   - detail: Whether distributions are kept.
///   - workers: Threads at most; the result doesn't depend on it, to the last bit.
/// - Returns: One outcome per shape, in their order.
/// - Throws: ``ZonalError`` for a weight raster that doesn't fit; ``CRSError`` for a CRS that PROJ
///   doesn't know.
/// - Complexity: O(points + cells of each shape's box), without allocation per shape.
public func zonalOutcomes(
  of raster: Raster, under shapes: [MultiPolygon?], weight: Raster? = nil,
  rule: CellRule = .coveredFraction, detail: ZonalDetail = .moments, workers: Int
) throws -> [ZonalOutcome] {
  let weights = try weight.map { try fitted($0, to: raster) }
  let areas = try cellAreas(of: raster)
  let block = 16
  let blocks = (shapes.count + block - 1) / block
  return try concurrentMap(count: blocks, workers: workers) { index in
    let kernel = CoverageKernel(grid: raster.grid, rule: rule)
    return shapes[index * block..<min(shapes.count, (index + 1) * block)].map { shape in
      zonalOutcome(
        of: raster.values, areas: areas, weights: weights, under: shape, kernel: kernel,
        detail: detail)
    }
  }.flatMap { $0 }
}

/// The area of one cell of each row in km²; on a projected grid, of its plane taken in meters.
private func cellAreas(of raster: Raster) throws -> [Double] {
  let grid = raster.grid
  if try isLonLat(raster.crs) { return grid.rowAreas }
  return Array(repeating: grid.cellWidth * grid.cellHeight / 1e6, count: grid.rows)
}

private func zonalOutcome(
  of values: [Double], areas: [Double], weights: [Double]?, under shape: MultiPolygon?,
  kernel: CoverageKernel, detail: ZonalDetail
) -> ZonalOutcome {
  guard let shape, !shape.isEmpty else { return .noShape }
  guard shape.isFinite else { return .invalidShape(cells: 0) }
  var tally = ZonalTally()
  var cells: [(value: Double, weight: Double)] = []
  let columns = kernel.grid.columns
  let touches = unsafe values.withUnsafeBufferPointer { values in
    unsafe withOptionalPointer(weights) { weights in
      kernel.visit(shape) { row in
        guard let values = values.baseAddress else { return }
        let start = row.row * columns + kernel.window.firstColumn
        let weights = unsafe weights.map { unsafe $0 + start }
        let area = areas[row.row]
        unsafe tally.add(row, values: values + start, weights: weights, area: area)
        guard detail == .distribution else { return }
        unsafe gather(row, values: values + start, weights: weights, area: area, into: &cells)
      }
    }
  }
  guard touches else { return .outsideGrid }
  return tally.outcome(
    areaInCells: kernel.areaInCells, rule: kernel.rule,
    distribution: detail == .distribution ? ValueDistribution(merging: cells) : nil)
}

@unsafe private func withOptionalPointer<Result>(
  _ array: [Double]?, _ body: (UnsafePointer<Double>?) -> Result
) -> Result {
  guard let array else { return body(nil) }
  return unsafe array.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}

/// Appends the covered cells of a row with their weights.
@unsafe private func gather(
  _ row: CoverageRow, values: UnsafePointer<Double>, weights: UnsafePointer<Double>?, area: Double,
  into cells: inout [(value: Double, weight: Double)]
) {
  var running = 0.0
  for column in 0..<row.columns {
    unsafe running += row.steps[column]
    let fraction = tidied(running, noise: row.noise)
    let value = unsafe values[column]
    let share = unsafe fraction * (weights?[column] ?? 1)
    if share > 0, !value.isNaN { cells.append((value, share * area)) }
  }
}

extension MultiPolygon {
  /// Whether all coordinates are finite.
  var isFinite: Bool {
    polygons.allSatisfy { polygon in
      polygon.rings.allSatisfy { ring in ring.allSatisfy { $0.x.isFinite && $0.y.isFinite } }
    }
  }
}
