// Quiebre · GeoCore
// The running sums of one shape, row by row: the inner loop of the join.
// SPDX-License-Identifier: Apache-2.0

/// Sums over the cells of one shape, in a fixed order: west to east, then rows north to south.
///
/// Squares are taken about the first value found, so they don't cancel.
struct ZonalTally {
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

  /// Adds a row of cells: values from the window's first column on, NaN without data.
  @unsafe mutating func add(
    _ row: CoverageRow, values: UnsafePointer<Double>, weights: UnsafePointer<Double>?, area: Double
  ) {
    if shift.isNaN { unsafe shift = row.firstValue(values) }
    var sums = RowSums(shift: shift, smallest: smallest, largest: largest)
    if let weights = unsafe weights {
      unsafe sums.add(row, values, weights)
      weight += sums.weight * area
      weightedSum += sums.weightedSum * area
    } else {
      unsafe sums.add(row, values)
      weight += sums.count * area
      weightedSum += sums.sum * area
    }
    weightedSquares += sums.squares * area
    count += sums.count
    sum += sums.sum
    touched += sums.touched
    faultyCells += sums.faulty
    smallest = sums.smallest
    largest = sums.largest
  }

  /// The statistics, if any cell has data and weight.
  func outcome(
    areaInCells: Double, rule: CellRule, distribution: ValueDistribution?
  ) -> ZonalOutcome {
    if faultyCells > 0 { return .invalidShape(cells: faultyCells) }
    guard count > 0 else { return .onlyNoData }
    guard weight > 0 else { return .noWeight }
    let mean = min(largest, max(smallest, weightedSum / weight))
    // By centers all cells are whole, so `touched` is the number of centers in the shape.
    let whole = rule == .coveredFraction ? areaInCells : touched
    return .summary(
      ZonalSummary(
        mean: mean, sum: sum, count: count, weight: weight, coverage: min(1, count / whole),
        min: smallest, max: largest,
        variance: max(0, weightedSquares / weight - (mean - shift) * (mean - shift)),
        distribution: distribution))
  }
}

/// The sums of one row.
private struct RowSums {
  let shift: Double
  var smallest: Double
  var largest: Double
  var count = 0.0
  var sum = 0.0
  var squares = 0.0
  /// Whole cells, with or without data.
  var touched = 0.0
  var weight = 0.0
  var weightedSum = 0.0
  var faulty = 0

  init(shift: Double, smallest: Double, largest: Double) {
    self.shift = shift
    self.smallest = smallest
    self.largest = largest
  }

  /// Adds cells that weigh what is covered of them: runs of whole cells as spans.
  @unsafe mutating func add(_ row: CoverageRow, _ values: UnsafePointer<Double>) {
    var running = 0.0
    var column = 0
    var border = BorderSums(shift: shift)
    while column < row.columns {
      unsafe running += row.steps[column]
      if running > row.noise, running < 1 - row.noise {
        let value = unsafe values[column]
        if value == value { border.add(value, running) }
        column += 1
        continue
      }
      let end = row.runEnd(after: column)
      if running > 0.5 {
        if running > 1 + 1e-9 { faulty += 1 }
        unsafe addSpan(values + column, end - column)
      } else if !(running >= -1e-9) {
        faulty += 1
      }
      column = end
    }
    count += border.count
    sum += border.sum
    squares += border.squares
    smallest = border.smallest < smallest ? border.smallest : smallest
    largest = border.largest > largest ? border.largest : largest
  }

  /// Adds whole cells, four sums side by side.
  ///
  /// NaN fails every comparison, so it enters nowhere.
  @unsafe private mutating func addSpan(_ values: UnsafePointer<Double>, _ length: Int) {
    touched += Double(length)
    var index = 0
    if length >= 4 {
      var (counts, sums, squared) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
      var low = SIMD4(repeating: smallest)
      var high = SIMD4(repeating: largest)
      while index + 4 <= length {
        let four = unsafe UnsafeRawPointer(values + index).loadUnaligned(as: SIMD4<Double>.self)
        let hasData = four .== four
        let distance = (four - shift).replacing(with: 0, where: .!hasData)
        counts += SIMD4<Double>().replacing(with: 1, where: hasData)
        sums += four.replacing(with: 0, where: .!hasData)
        squared += distance * distance
        low.replace(with: four, where: four .< low)
        high.replace(with: four, where: four .> high)
        index += 4
      }
      count += (counts[0] + counts[1]) + (counts[2] + counts[3])
      sum += (sums[0] + sums[1]) + (sums[2] + sums[3])
      squares += (squared[0] + squared[1]) + (squared[2] + squared[3])
      smallest = low.min()
      largest = high.max()
    }
    while index < length {
      let value = unsafe values[index]
      index += 1
      guard value == value else { continue }
      count += 1
      sum += value
      squares += (value - shift) * (value - shift)
      smallest = value < smallest ? value : smallest
      largest = value > largest ? value : largest
    }
  }

  /// Adds cells that weigh what is covered of them times their weight.
  @unsafe mutating func add(
    _ row: CoverageRow, _ values: UnsafePointer<Double>, _ weights: UnsafePointer<Double>
  ) {
    var running = 0.0
    for column in 0..<row.columns {
      unsafe running += row.steps[column]
      guard running > row.noise else {
        if !(running >= -1e-9) { faulty += 1 }
        continue
      }
      if running > 1 + 1e-9 { faulty += 1 }
      let fraction = running >= 1 - row.noise ? 1 : running
      let value = unsafe values[column]
      let share = unsafe fraction * weights[column]
      touched += running > 0.5 ? 1 : 0
      guard value == value, share == share else { continue }
      let distance = value - shift
      count += fraction
      sum += fraction * value
      weight += share
      weightedSum += share * value
      squares += share * (distance * distance)
      smallest = value < smallest ? value : smallest
      largest = value > largest ? value : largest
    }
  }
}

/// The sums of a row's partly covered cells, apart so that they stay in registers.
private struct BorderSums {
  let shift: Double
  var count = 0.0
  var sum = 0.0
  var squares = 0.0
  var smallest = Double.infinity
  var largest = -Double.infinity

  init(shift: Double) { self.shift = shift }

  @inline(__always)
  mutating func add(_ value: Double, _ fraction: Double) {
    let distance = value - shift
    count += fraction
    sum += fraction * value
    squares += fraction * (distance * distance)
    smallest = value < smallest ? value : smallest
    largest = value > largest ? value : largest
  }
}
