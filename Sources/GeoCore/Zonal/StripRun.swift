// Quiebre · GeoCore
// The loop of a pass: threads work on one strip of rows while the next is read.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The cells of one strip, layer by layer.
private struct StripCells: Sendable {
  var bands: [[Double]]
  var weight: [Double]?
  /// Where the first cell stands in the grid, and cells from row to row.
  let firstRow: Int
  let firstColumn: Int
  let stride: Int
}

/// One group of shapes on its way through the strips of a raster.
struct StripRun {
  let plan: StripPlan
  let bands: [any RasterRows]
  let weight: (any RasterRows)?
  let options: ZonalOptions
  let shapes: [ZonalShape?]
  /// Of one cell in each row of the plan.
  let areas: [Double]
  let gathersCells: Bool

  /// Takes the shapes' states through all strips.
  func run(_ states: inout [ZonalState], onCells: (([CoveredCell]) throws -> Void)?) throws {
    guard let first = plan.strips.first else { return }
    var cells = try read(first.rows)
    for (index, strip) in plan.strips.enumerated() {
      let next = index + 1 < plan.strips.count ? plan.strips[index + 1].rows : nil
      let ahead = try work(on: strip, cells, &states, next: next)
      if let onCells { try hand(strip.members, of: &states, to: onCells) }
      if let ahead { cells = ahead }
    }
  }

  /// Adds a strip to the states of its shapes, and reads the next one meanwhile.
  private func work(
    on strip: StripPlan.Strip, _ cells: StripCells, _ states: inout [ZonalState],
    next: Range<Int>?
  ) throws -> StripCells? {
    let (grid, rule) = (bands[0].grid, options.rule)
    return try unsafe withPointers(cells.bands, cells.weight) { values, weights in
      // Safe: read only, and the arrays outlive the call.
      nonisolated(unsafe) let values = unsafe values
      nonisolated(unsafe) let weights = unsafe weights
      return try concurrentUpdate(
        &states, at: strip.members, workers: options.workers,
        scratch: { CoverageKernel(grid: grid, rule: rule) }, cancellation: options.cancellation,
        beside: { try next.map(read) }
      ) { kernel, state, index in
        guard let shape = shapes[index], let window = shape.window else { return }
        unsafe add(
          shape, index, window, strip.rows, cells, values, weights, to: &state, with: kernel)
        if window.firstRow + window.rows <= strip.rows.upperBound {
          state.finish(areaInCells: shape.areaInCells, options: options)
        }
      }
    }
  }

  @unsafe private func add(
    _ shape: ZonalShape, _ index: Int, _ window: CellWindow, _ rows: Range<Int>,
    _ cells: StripCells, _ values: [UnsafePointer<Double>], _ weights: UnsafePointer<Double>?,
    to state: inout ZonalState, with kernel: CoverageKernel
  ) {
    let firstColumn = window.firstColumn
    kernel.visit(shape, rows: rows) { row in
      let start = (row.row - cells.firstRow) * cells.stride + firstColumn - cells.firstColumn
      let area = areas[row.row - plan.rows.lowerBound]
      let weights = unsafe weights.map { unsafe $0 + start }
      for unsafe(band, values) in unsafe values.enumerated() {
        unsafe state.add(
          row, band: band, values: values + start, weights: weights, area: area,
          firstColumn: firstColumn, detail: options.detail)
      }
      if gathersCells {
        unsafe gather(
          row, shape: index, values, weights, start: start, area: area, firstColumn: firstColumn,
          into: &state.cells)
      }
    }
  }

  /// The strip's cells, or the whole rasters where they are in memory.
  private func read(_ rows: Range<Int>) throws -> StripCells {
    let resident = bands.compactMap(\.resident)
    if weight == nil, resident.count == bands.count {
      return StripCells(
        bands: resident, weight: nil, firstRow: 0, firstColumn: 0, stride: bands[0].grid.columns)
    }
    return StripCells(
      bands: try bands.map { try $0.cells(rows: rows, columns: plan.columns) },
      weight: try weight?.cells(rows: rows, columns: plan.columns), firstRow: rows.lowerBound,
      firstColumn: plan.columns.lowerBound, stride: plan.columns.count)
  }

  private func hand(
    _ members: [Int], of states: inout [ZonalState],
    to onCells: ([CoveredCell]) throws -> Void
  ) throws {
    var cells: [CoveredCell] = []
    for index in members {
      cells += states[index].cells
      states[index].cells = []
    }
    // Under a shape they lie in order already.
    try onCells(
      cells.sorted {
        ($0.place.row, $0.shape, $0.place.column) < ($1.place.row, $1.shape, $1.place.column)
      })
  }
}

@unsafe private func gather(
  _ row: CoverageRow, shape: Int, _ values: [UnsafePointer<Double>],
  _ weights: UnsafePointer<Double>?, start: Int, area: Double, firstColumn: Int,
  into cells: inout [CoveredCell]
) {
  var running = 0.0
  for column in 0..<row.columns {
    unsafe running += row.steps[column]
    let fraction = tidied(running, noise: row.noise)
    guard fraction > 0 else { continue }
    unsafe cells.append(
      CoveredCell(
        shape: shape, place: CellPlace(row: row.row, column: firstColumn + column),
        fraction: fraction, area: area, values: values.map { unsafe $0[start + column] },
        weight: weights?[column] ?? .nan))
  }
}

/// Calls `body` with where the arrays' elements lie.
@unsafe private func withPointers<Result>(
  _ bands: [[Double]], _ weight: [Double]?,
  _ body: ([UnsafePointer<Double>], UnsafePointer<Double>?) throws -> Result
) rethrows -> Result {
  unsafe try withPointers(bands[...], found: []) { values in
    guard let weight else { return unsafe try body(values, nil) }
    return try unsafe weight.withUnsafeBufferPointer { buffer in
      unsafe try body(values, buffer.baseAddress)
    }
  }
}

@unsafe private func withPointers<Result>(
  _ arrays: ArraySlice<[Double]>, found: [UnsafePointer<Double>],
  _ body: ([UnsafePointer<Double>]) throws -> Result
) rethrows -> Result {
  guard let first = arrays.first else { return unsafe try body(found) }
  return try unsafe first.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("a strip has cells") }
    return unsafe try withPointers(arrays.dropFirst(), found: found + [base], body)
  }
}
