// Quiebre · Statistics
// Numbers by column, eight rows to a pack: what regressions sum over, in an order fixed by position.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Eight rows of a column.
typealias Pack = SIMD8<Double>

/// A matrix by columns; rows beyond the last are zeros.
public struct PackedColumns: Sendable {
  public let rowCount: Int
  public private(set) var columnCount: Int
  /// Packs of one column.
  let packCount: Int
  /// Column-major.
  var packs: [Pack]

  /// Packs that one task works through: small enough for the cache, never dependent on threads.
  static let blockSize = 128

  /// A matrix without columns.
  public init(rowCount: Int) {
    self.rowCount = rowCount
    columnCount = 0
    packCount = (rowCount + 7) / 8
    packs = []
  }

  /// Packs columns of the same length.
  public init(_ columns: [[Double]], rowCount: Int) {
    self.init(rowCount: rowCount)
    packs.reserveCapacity(columns.count * packCount)
    for column in columns { append(column) }
  }

  /// Adds a column of `rowCount` numbers.
  public mutating func append(_ column: [Double]) {
    precondition(column.count == rowCount, "as many numbers as rows")
    append(packed: packed(column))
  }

  mutating func append(packed column: [Pack]) {
    packs += column
    columnCount += 1
  }

  /// One number.
  public subscript(row: Int, column: Int) -> Double {
    packs[column * packCount + row / 8][row % 8]
  }

  /// One column as it is stored.
  func column(_ index: Int) -> ArraySlice<Pack> {
    packs[(index * packCount)..<((index + 1) * packCount)]
  }

  var blockCount: Int { (packCount + Self.blockSize - 1) / Self.blockSize }

  func block(_ index: Int) -> Range<Int> {
    (index * Self.blockSize)..<min(packCount, (index + 1) * Self.blockSize)
  }

  /// Σ over columns of `coefficients[j]`·column j, added to `start`.
  func combination(_ coefficients: [Double], from start: [Pack]) -> [Pack] {
    var sums = start
    for (column, factor) in coefficients.enumerated() where factor != 0 {
      let first = column * packCount
      for pack in 0..<packCount { sums[pack] += factor * packs[first + pack] }
    }
    return sums
  }
}

/// Numbers eight to a pack; the last pack is filled up with zeros.
func packed(_ values: [Double]) -> [Pack] {
  var packs = [Pack](repeating: .zero, count: (values.count + 7) / 8)
  for (row, value) in values.enumerated() { packs[row / 8][row % 8] = value }
  return packs
}

/// The first `count` numbers of packs.
func unpacked(_ packs: [Pack], count: Int) -> [Double] {
  (0..<count).map { packs[$0 / 8][$0 % 8] }
}

/// The sum of eight lanes in a fixed tree.
@inline(__always)
func laneSum(_ pack: Pack) -> Double {
  let four = pack.lowHalf + pack.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

/// Values of indices 0 to `count` − 1 by work that can't fail.
func inOrder<Value: Sendable>(
  count: Int, workers: Int, _ body: @Sendable (_ index: Int) -> Value
) -> [Value] {
  do {
    return try concurrentMap(count: count, workers: workers) { body($0) }
  } catch {
    preconditionFailure("work that can't fail failed: \(error)")
  }
}

/// Adds up arrays of equal length in the order of the list.
func totals(_ parts: [[Double]], count: Int) -> [Double] {
  var sums = [Double](repeating: 0, count: count)
  for part in parts {
    for index in sums.indices { sums[index] += part[index] }
  }
  return sums
}
