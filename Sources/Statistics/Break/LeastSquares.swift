// Quiebre · Statistics
// Weighted least squares by orthogonal columns, in fixed order.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A weighted least-squares fit with few columns.
///
/// Modified Gram-Schmidt with a second pass (Daniel and others 1976): as stable as Householder's
/// method, and the columns themselves are at hand.
struct LeastSquares {
  let coefficients: [Double]
  /// √weight × residual, one per row.
  let residuals: [Double]
  /// Orthonormal columns of √weight × design.
  let basis: [[Double]]
  /// Upper triangle R of the decomposition, by column.
  private let triangle: [[Double]]

  /// Fits `response` on `columns`, or gives `nil` if the columns depend on each other.
  ///
  /// - Parameters:
  ///   - columns: Each as long as `response`.
  ///   - response: One per row.
  ///   - weights: One per row, positive.
  init?(columns: [[Double]], response: [Double], weights: [Double]) {
    let roots = weights.map { $0.squareRoot() }
    var basis: [[Double]] = []
    var triangle: [[Double]] = []
    for column in columns {
      var vector = scaled(column, by: roots)
      let size = fixedOrderSum(vector, weights: vector).squareRoot()
      var above = [Double](repeating: 0, count: basis.count)
      for _ in 0..<2 {
        for (index, unit) in basis.enumerated() {
          above[index] += removeProjection(of: &vector, on: unit)
        }
      }
      let rest = fixedOrderSum(vector, weights: vector).squareRoot()
      guard rest > 1e-10 * size, rest > 0 else { return nil }
      basis.append(vector.map { $0 / rest })
      triangle.append(above + [rest])
    }
    var residuals = scaled(response, by: roots)
    var projections = [Double](repeating: 0, count: basis.count)
    for _ in 0..<2 {
      for (index, unit) in basis.enumerated() {
        projections[index] += removeProjection(of: &residuals, on: unit)
      }
    }
    self.basis = basis
    self.residuals = residuals
    self.triangle = triangle
    coefficients = solveUpper(triangle, projections)
  }

  /// Q, the weighted sum of squares; 0 where only rounding is left.
  var sumOfSquares: Double { fixedOrderSum(residuals, weights: residuals) }

  /// log |G'WG|.
  var logDeterminant: Double {
    2 * fixedOrderSum(triangle.enumerated().map { log($1[$0]) })
  }

  /// L'(G'WG)⁻¹L: the variance of a combination of coefficients at unit noise.
  func variance(of contrast: [Double]) -> Double {
    let half = solveLower(triangle, contrast)
    return fixedOrderSum(half, weights: half)
  }
}

private func scaled(_ values: [Double], by factors: [Double]) -> [Double] {
  zip(values, factors).map { $0 * $1 }
}

/// Takes the part along `unit` out of `vector` and returns its length.
private func removeProjection(of vector: inout [Double], on unit: [Double]) -> Double {
  let length = fixedOrderSum(vector, weights: unit)
  for index in vector.indices { vector[index] -= length * unit[index] }
  return length
}

/// R x = b for an upper triangle stored by column.
private func solveUpper(_ triangle: [[Double]], _ right: [Double]) -> [Double] {
  var x = right
  for column in triangle.indices.reversed() {
    x[column] /= triangle[column][column]
    for row in 0..<column { x[row] -= triangle[column][row] * x[column] }
  }
  return x
}

/// R'x = b for an upper triangle stored by column.
private func solveLower(_ triangle: [[Double]], _ right: [Double]) -> [Double] {
  var x = right
  for column in triangle.indices {
    for row in 0..<column { x[column] -= triangle[column][row] * x[row] }
    x[column] /= triangle[column][column]
  }
  return x
}
