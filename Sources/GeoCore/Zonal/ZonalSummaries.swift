// Quiebre · GeoCore
// A raster in memory summed up under many shapes, in parallel.
// SPDX-License-Identifier: Apache-2.0

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
///     the same CRS; on other cells it is dealt out to those of `raster` by area.
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
  var options = ZonalOptions()
  options.rule = rule
  options.detail = detail
  options.workers = workers
  return try ZonalPass(bands: [raster], weight: weight, options: options).outcomes(under: shapes)[0]
}
