// Quiebre · GeoCore
// The running sums of one shape, row by row: the inner loop of the join.
// SPDX-License-Identifier: Apache-2.0

/// Sums over the cells of one shape, in a fixed order: west to east, then rows north to south.
///
/// Second moments are taken about the first value found, so they don't cancel.
struct ZonalTally {
  private(set) var count = 0.0
  private(set) var sum = 0.0
  private(set) var weight = 0.0
  private(set) var touched = 0.0
  private(set) var faultyCells = 0
  private var shift = Double.nan
  private var shiftedSum = 0.0
  private var shiftedSquares = 0.0
  private var smallest = Double.infinity
  private var largest = -Double.infinity

  /// Adds a row of cells.
  ///
  /// - Parameters:
  ///   - steps: What each cell adds to the running sum of fractions.
  ///   - values: The row's values from the same column on; NaN without data.
  ///   - weights: The row's weights, NaN without; `nil` for 1 everywhere.
  ///   - area: The area of a cell of this row.
  ///   - noise: Fractions up to this are rounding errors.
  @unsafe mutating func addRow(
    steps: UnsafePointer<Double>, values: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    columns: Int, area: Double, noise: Double
  ) {
    var row = RowSums(smallest: smallest, largest: largest)
    if shift.isNaN {
      unsafe shift = firstValue(steps: steps, values: values, columns: columns, noise: noise)
    }
    if let weights = unsafe weights {
      unsafe row.add(steps, values, weights, columns: columns, shift: shift, noise: noise)
    } else {
      unsafe row.add(steps, values, columns: columns, shift: shift, noise: noise)
    }
    count += row.count
    sum += row.sum
    touched += row.touched
    faultyCells += row.faulty
    weight += row.weight * area
    shiftedSum += row.shiftedSum * area
    shiftedSquares += row.shiftedSquares * area
    smallest = row.smallest
    largest = row.largest
  }

  /// The value of the row's first covered cell with data; NaN without one.
  @unsafe private func firstValue(
    steps: UnsafePointer<Double>, values: UnsafePointer<Double>, columns: Int, noise: Double
  ) -> Double {
    var running = 0.0
    for column in 0..<columns {
      unsafe running += steps[column]
      let value = unsafe values[column]
      if running > noise, !value.isNaN { return value }
    }
    return .nan
  }

  /// The statistics, if any cell has data and weight.
  func outcome(
    areaInCells: Double, rule: CellRule, distribution: ValueDistribution?
  ) -> ZonalOutcome {
    if faultyCells > 0 { return .invalidShape(cells: faultyCells) }
    guard count > 0 else { return .onlyNoData }
    guard weight > 0 else { return .noWeight }
    let offset = shiftedSum / weight
    let whole = rule == .coveredFraction ? areaInCells : touched
    return .summary(
      ZonalSummary(
        mean: min(largest, max(smallest, shift + offset)), sum: sum, count: count, weight: weight,
        coverage: min(1, count / whole), min: smallest, max: largest,
        variance: max(0, shiftedSquares / weight - offset * offset), distribution: distribution))
  }
}

/// The sums of one row, kept in registers.
private struct RowSums {
  var count = 0.0
  var sum = 0.0
  var weight = 0.0
  var touched = 0.0
  var shiftedSum = 0.0
  var shiftedSquares = 0.0
  var faulty = 0
  var smallest: Double
  var largest: Double

  init(smallest: Double, largest: Double) {
    self.smallest = smallest
    self.largest = largest
  }

  /// Adds cells that weigh what is covered of them.
  @unsafe mutating func add(
    _ steps: UnsafePointer<Double>, _ values: UnsafePointer<Double>, columns: Int, shift: Double,
    noise: Double
  ) {
    var running = 0.0
    for column in 0..<columns {
      unsafe running += steps[column]
      guard running > noise else {
        if running < -1e-9 { faulty += 1 }
        continue
      }
      if running > 1 + 1e-9 { faulty += 1 }
      let fraction = running >= 1 - noise ? 1 : running
      let value = unsafe values[column]
      touched += fraction
      guard value == value else { continue }
      let distance = value - shift
      count += fraction
      sum += fraction * value
      shiftedSum += fraction * distance
      shiftedSquares += fraction * distance * distance
      smallest = value < smallest ? value : smallest
      largest = value > largest ? value : largest
    }
    weight = count
  }

  /// Adds cells that weigh what is covered of them times their weight.
  @unsafe mutating func add(
    _ steps: UnsafePointer<Double>, _ values: UnsafePointer<Double>,
    _ weights: UnsafePointer<Double>, columns: Int, shift: Double, noise: Double
  ) {
    var running = 0.0
    for column in 0..<columns {
      unsafe running += steps[column]
      guard running > noise else {
        if running < -1e-9 { faulty += 1 }
        continue
      }
      if running > 1 + 1e-9 { faulty += 1 }
      let fraction = running >= 1 - noise ? 1 : running
      let value = unsafe values[column]
      let share = unsafe fraction * weights[column]
      touched += fraction
      guard value == value, share == share else { continue }
      let distance = value - shift
      count += fraction
      sum += fraction * value
      weight += share
      shiftedSum += share * distance
      shiftedSquares += share * distance * distance
      smallest = value < smallest ? value : smallest
      largest = value > largest ? value : largest
    }
  }
}
