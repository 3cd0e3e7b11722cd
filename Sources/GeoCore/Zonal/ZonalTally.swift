// Quiebre · GeoCore
// The running sums of one shape on one band, row by row.
// SPDX-License-Identifier: Apache-2.0

/// Sums over the cells of one shape, in a fixed order: west to east, then rows north to south.
///
/// Squares are taken about the first value found, so they don't cancel.
struct ZonalTally: Sendable {
  private var count = 0.0
  private var sum = 0.0
  private var touched = 0.0
  private var weight = 0.0
  private var weightedSum = 0.0
  private var weightedSquares = 0.0
  private var faultyCells = 0
  private var shift = Double.nan
  private var smallest = Double.infinity
  private var largest = -Double.infinity
  private var smallestCell = CellPlace(row: 0, column: 0)
  private var largestCell = CellPlace(row: 0, column: 0)
  private var byWeight = WeightTally()

  /// Adds a row of cells.
  ///
  /// - Parameters:
  ///   - row: What is covered of them.
  ///   - values: From the window's first column on, NaN without data.
  ///   - weights: Of the weight raster, if there is one.
  ///   - area: Of one cell.
  ///   - firstColumn: The window's, in the grid.
  @unsafe mutating func add(
    _ row: CoverageRow, values: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    area: Double, firstColumn: Int
  ) {
    if shift.isNaN { unsafe shift = row.firstValue(values) }
    var sums = RowSums(shift: shift, smallest: smallest, largest: largest)
    unsafe sums.add(row, values)
    weight += sums.count * area
    weightedSum += sums.sum * area
    weightedSquares += sums.squares * area
    count += sums.count
    sum += sums.sum
    touched += sums.touched
    faultyCells += sums.faulty
    if sums.smallest < smallest {
      smallest = sums.smallest
      let column = unsafe row.firstColumn(of: smallest, in: values)
      smallestCell = CellPlace(row: row.row, column: firstColumn + column)
    }
    if sums.largest > largest {
      largest = sums.largest
      let column = unsafe row.firstColumn(of: largest, in: values)
      largestCell = CellPlace(row: row.row, column: firstColumn + column)
    }
    guard let weights = unsafe weights else { return }
    unsafe byWeight.add(row, values: values, weights: weights, area: area, shift: shift)
  }

  /// The statistics, if any cell has data.
  ///
  /// - Parameters:
  ///   - areaInCells: Of the whole shape.
  ///   - rule: Which cells counted.
  ///   - distributions: By area and by the weight raster, where they were gathered.
  /// - Returns: A summary, or why there is none.
  func outcome(
    areaInCells: Double, rule: CellRule,
    distributions: (plain: ValueDistribution?, weighted: ValueDistribution?)
  ) -> ZonalOutcome {
    if faultyCells > 0 { return .invalidShape(cells: faultyCells) }
    guard count > 0, weight > 0 else { return .onlyNoData }
    let mean = min(largest, max(smallest, weightedSum / weight))
    // By centers all cells are whole, so `touched` is the number of centers in the shape.
    let whole = rule == .coveredFraction ? areaInCells : touched
    return .summary(
      ZonalSummary(
        mean: mean, sum: sum, count: count, area: weight, coverage: min(1, count / whole),
        min: smallest, max: largest, minCell: smallestCell, maxCell: largestCell,
        variance: max(0, weightedSquares / weight - (mean - shift) * (mean - shift)),
        distribution: distributions.plain,
        weighted: byWeight.summary(
          shift: shift, within: smallest...largest, distribution: distributions.weighted)))
  }
}

/// The same by a weight raster.
private struct WeightTally: Sendable {
  private var total = 0.0
  private var sum = 0.0
  private var weight = 0.0
  private var weightedSum = 0.0
  private var weightedSquares = 0.0

  @unsafe mutating func add(
    _ row: CoverageRow, values: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    area: Double, shift: Double
  ) {
    var running = 0.0
    var (rowTotal, rowSum, squares) = (0.0, 0.0, 0.0)
    for column in 0..<row.columns {
      unsafe running += row.steps[column]
      guard running > row.noise else { continue }
      let fraction = running >= 1 - row.noise ? 1 : running
      let value = unsafe values[column]
      let share = unsafe fraction * weights[column]
      guard value == value, share == share else { continue }
      let distance = value - shift
      rowTotal += share
      rowSum += share * value
      squares += share * (distance * distance)
    }
    total += rowTotal
    sum += rowSum
    weight += rowTotal * area
    weightedSum += rowSum * area
    weightedSquares += squares * area
  }

  func summary(
    shift: Double, within range: ClosedRange<Double>, distribution: ValueDistribution?
  ) -> WeightedSummary? {
    guard weight > 0 else { return nil }
    let mean = min(range.upperBound, max(range.lowerBound, weightedSum / weight))
    return WeightedSummary(
      mean: mean, sum: sum, total: total,
      variance: max(0, weightedSquares / weight - (mean - shift) * (mean - shift)),
      distribution: distribution)
  }
}
