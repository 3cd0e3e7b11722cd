// Quiebre · GeoCore
// The sums of one row of cells under a shape: the inner loop of the join.
// SPDX-License-Identifier: Apache-2.0

/// The sums of one row.
struct RowSums {
  let shift: Double
  var smallest: Double
  var largest: Double
  var count = 0.0
  var sum = 0.0
  var squares = 0.0
  /// Whole cells, with or without data.
  var touched = 0.0
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
