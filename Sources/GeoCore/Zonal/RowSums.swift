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
  @unsafe private mutating func addSpan(_ values: UnsafePointer<Double>, _ length: Int) {
    touched += Double(length)
    var index = 0
    if length >= 4 {
      var first = PairSums(shift: shift, smallest: smallest, largest: largest)
      var second = first
      while index <= length &- 4 {
        let place = unsafe UnsafeRawPointer(values + index)
        unsafe first.add(place.loadUnaligned(as: SIMD2<Double>.self))
        unsafe second.add(place.loadUnaligned(fromByteOffset: 16, as: SIMD2<Double>.self))
        index &+= 4
      }
      count += (first.counts[0] + first.counts[1]) + (second.counts[0] + second.counts[1])
      sum += (first.sums[0] + first.sums[1]) + (second.sums[0] + second.sums[1])
      squares += (first.squares[0] + first.squares[1]) + (second.squares[0] + second.squares[1])
      smallest = min(min(first.low[0], first.low[1]), min(second.low[0], second.low[1]))
      largest = max(max(first.high[0], first.high[1]), max(second.high[0], second.high[1]))
    }
    while index < length {
      let value = unsafe values[index]
      index &+= 1
      guard value == value else { continue }
      count += 1
      sum += value
      squares += (value - shift) * (value - shift)
      smallest = value < smallest ? value : smallest
      largest = value > largest ? value : largest
    }
  }
}

/// The sums of whole cells, two side by side: what every x86-64 adds at once.
///
/// NaN fails every comparison, so it enters nowhere.
private struct PairSums {
  let shift: SIMD2<Double>
  var counts = SIMD2<Double>()
  var sums = SIMD2<Double>()
  var squares = SIMD2<Double>()
  var low: SIMD2<Double>
  var high: SIMD2<Double>

  init(shift: Double, smallest: Double, largest: Double) {
    self.shift = SIMD2(repeating: shift)
    low = SIMD2(repeating: smallest)
    high = SIMD2(repeating: largest)
  }

  @inline(__always)
  mutating func add(_ pair: SIMD2<Double>) {
    let hasData = pair .== pair
    let distance = SIMD2<Double>().replacing(with: pair - shift, where: hasData)
    counts += SIMD2<Double>().replacing(with: 1, where: hasData)
    sums += SIMD2<Double>().replacing(with: pair, where: hasData)
    squares += distance * distance
    low.replace(with: pair, where: pair .< low)
    high.replace(with: pair, where: pair .> high)
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
