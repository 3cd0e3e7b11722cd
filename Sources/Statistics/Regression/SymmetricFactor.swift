// Quiebre · Statistics
// The lower triangle L with A = LL' of a small symmetric matrix, and what is solved with it.
// SPDX-License-Identifier: Apache-2.0

/// Cholesky's factor of a positive definite matrix.
struct SymmetricFactor: Sendable {
  /// L by rows, without the zeros.
  let rows: [[Double]]

  /// The factor of `matrix`, or `nil` if it isn't positive definite to 14 digits.
  init?(_ matrix: [[Double]]) {
    var rows: [[Double]] = []
    for index in matrix.indices {
      var row: [Double] = []
      for column in 0...index {
        var rest = matrix[index][column]
        for k in 0..<column { rest -= row[k] * (column == index ? row[k] : rows[column][k]) }
        guard column == index else {
          row.append(rest / rows[column][column])
          continue
        }
        guard rest > 1e-14 * matrix[index][index], rest < .infinity else { return nil }
        row.append(rest.squareRoot())
      }
      rows.append(row)
    }
    self.rows = rows
  }

  /// The least share of a diagonal element that earlier rows don't explain.
  var leastPivot: Double {
    rows.map { row in
      let last = row[row.count - 1] * row[row.count - 1]
      return last / row.reduce(0) { $0 + $1 * $1 }
    }.min() ?? 1
  }

  /// x with Ax = b.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for index in rows.indices {
      for column in 0..<index { x[index] -= rows[index][column] * x[column] }
      x[index] /= rows[index][index]
    }
    for index in rows.indices.reversed() {
      x[index] /= rows[index][index]
      for column in 0..<index { x[column] -= rows[index][column] * x[index] }
    }
    return x
  }

  /// A⁻¹, symmetric to the last bit.
  var inverse: [[Double]] {
    var result = rows.indices.map { column in
      solve(rows.indices.map { $0 == column ? 1 : 0 })
    }
    for row in result.indices {
      for column in 0..<row { result[row][column] = result[column][row] }
    }
    return result
  }
}

/// T·A·T', symmetric to the last bit.
func congruence(_ matrix: [[Double]], by transform: [[Double]]) -> [[Double]] {
  let half = transform.map { row in
    matrix.indices.map { column in
      var sum = 0.0
      for k in row.indices { sum += row[k] * matrix[k][column] }
      return sum
    }
  }
  var result = half.map { row in
    transform.map { other in
      var sum = 0.0
      for k in row.indices { sum += row[k] * other[k] }
      return sum
    }
  }
  for row in result.indices {
    for column in 0..<row { result[row][column] = result[column][row] }
  }
  return result
}

/// T·x.
func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  matrix.map { row in
    var sum = 0.0
    for k in row.indices { sum += row[k] * vector[k] }
    return sum
  }
}
