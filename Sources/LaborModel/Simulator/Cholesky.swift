// Quiebre · LaborModel
// The lower triangle C with A = CC' of a small symmetric matrix, in fixed order.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// Cholesky's factor of a positive definite matrix, and what is solved with it.
struct Cholesky: Sendable {
  /// C by rows, without the zeros.
  let rows: [[Double]]

  /// The factor of `matrix` (rows), or `nil` if it isn't clearly positive definite.
  init?(_ matrix: [[Double]]) {
    var rows: [[Double]] = []
    for index in matrix.indices {
      var row: [Double] = []
      for column in 0..<index {
        let known = fixedOrderSum(row, weights: Array(rows[column][0..<column]))
        row.append((matrix[index][column] - known) / rows[column][column])
      }
      let rest = matrix[index][index] - fixedOrderSum(row, weights: row)
      guard rest > 1e-12 * matrix[index][index], rest < .infinity else { return nil }
      rows.append(row + [rest.squareRoot()])
    }
    self.rows = rows
  }

  /// The factor of the identity.
  init(identity size: Int) {
    rows = (0..<size).map { [Double](repeating: 0, count: $0) + [1] }
  }

  /// x with Cx = b.
  func solveLower(_ right: [Double]) -> [Double] {
    var x: [Double] = []
    for (index, row) in rows.enumerated() {
      x.append((right[index] - fixedOrderSum(Array(row[0..<index]), weights: x)) / row[index])
    }
    return x
  }

  /// x with C'x = b.
  func solveUpper(_ right: [Double]) -> [Double] {
    var x = right
    for index in rows.indices.reversed() {
      x[index] /= rows[index][index]
      for column in 0..<index { x[column] -= rows[index][column] * x[index] }
    }
    return x
  }

  /// x with Ax = b.
  func solve(_ right: [Double]) -> [Double] { solveUpper(solveLower(right)) }

  /// C'x.
  func multiplyUpper(_ x: [Double]) -> [Double] {
    rows.indices.map { column in
      var sum = 0.0
      for row in column..<rows.count { sum += rows[row][column] * x[row] }
      return sum
    }
  }

  /// Cx.
  func multiplyLower(_ x: [Double]) -> [Double] {
    rows.map { row in
      var sum = 0.0
      for (column, entry) in row.enumerated() { sum += entry * x[column] }
      return sum
    }
  }

  /// log of the product of C's diagonal: half of log |A|.
  var halfLogDeterminant: Double { fixedOrderSum(rows.map { Compute.log($0[$0.count - 1]) }) }
}
