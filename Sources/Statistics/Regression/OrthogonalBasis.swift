// Quiebre · Statistics
// Columns made orthogonal once, so that every later step is well conditioned; dependent ones named.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// An orthogonal basis of an intercept and the columns of a design.
///
/// Column 0 is 1; Σ aᵢ qᵢⱼ qᵢₖ = Σ aᵢ for j = k and 0 otherwise, a being the weights. Columns are
/// centered, then each is freed from the earlier ones twice (classical Gram-Schmidt done twice is
/// orthogonal to rounding: Giraud, Langou, Rozložník and van den Eshof 2005).
struct OrthogonalBasis: Sendable {
  let columns: PackedColumns
  /// β = T·γ for coefficients γ of the basis; intercept first.
  let transform: [[Double]]

  /// What is left of a column, relative to it, when it counts as dependent.
  static let tolerance = 1e-9

  /// - Throws: `constantColumn` or `dependentColumn` for the first column of its kind.
  init(
    _ design: PackedColumns, weights: [Pack], workers: Int
  ) throws(RegressionFault) {
    let total = fixedSum(weights)
    var basis = PackedColumns(rowCount: design.rowCount)
    basis.packs.reserveCapacity((design.columnCount + 1) * design.packCount)
    basis.append(packed: [Pack](repeating: Pack(repeating: 1), count: design.packCount))
    var means: [Double] = []
    // Row j holds column j of R, without the zeros below its diagonal.
    var triangle: [[Double]] = [[1]]
    for column in 0..<design.columnCount {
      var rest = Array(design.column(column))
      let mean = center(&rest, weights: weights, total: total)
      let size = fixedSum(rest, rest, weights: weights)
      let raw = size + total * mean * mean
      guard size > Self.tolerance * Self.tolerance * raw else { throw .constantColumn(column) }
      var factors = [Double](repeating: 0, count: column + 1)
      for _ in 0..<2 {
        let parts = basis.projections(of: rest, weights: weights, workers: workers)
          .map { $0 / total }
        rest = basis.combination(parts.map { -$0 }, from: rest)
        for index in factors.indices { factors[index] += parts[index] }
      }
      let left = fixedSum(rest, rest, weights: weights)
      guard left > Self.tolerance * Self.tolerance * size else {
        throw .dependentColumn(
          column, on: dependence(factors, triangle, mean: mean, means: means))
      }
      let norm = (left / total).squareRoot()
      for pack in rest.indices { rest[pack] /= norm }
      basis.append(packed: rest)
      triangle.append(factors + [norm])
      means.append(mean)
    }
    columns = basis
    transform = backTransform(triangle, means: means)
  }
}

/// Subtracts the weighted mean, twice for its rounding, and gives it.
private func center(_ values: inout [Pack], weights: [Pack], total: Double) -> Double {
  var mean = 0.0
  for _ in 0..<2 {
    let step = fixedSum(values, weights) / total
    for pack in values.indices { values[pack] -= step }
    mean += step
  }
  return mean
}

/// T with β = T·γ: R⁻¹ for the centered columns, and the intercept that centering took away.
private func backTransform(_ triangle: [[Double]], means: [Double]) -> [[Double]] {
  let size = triangle.count
  var result = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
  for unit in 0..<size {
    let solved = solveUpper(triangle, (0..<size).map { $0 == unit ? 1 : 0 })
    for row in 0..<size { result[row][unit] = solved[row] }
    for (column, mean) in means.enumerated() { result[0][unit] -= mean * solved[column + 1] }
  }
  return result
}

/// x with Rx = b; `columns[j]` holds column j of R down to its diagonal.
private func solveUpper(_ columns: [[Double]], _ right: [Double]) -> [Double] {
  var x = right
  for column in columns.indices.reversed() where column < x.count {
    x[column] /= columns[column][column]
    for row in 0..<column { x[row] -= columns[column][row] * x[column] }
  }
  return x
}

/// The combination of earlier columns that a dependent one is.
private func dependence(
  _ factors: [Double], _ triangle: [[Double]], mean: Double, means: [Double]
) -> [RegressionFault.Part] {
  let solved = solveUpper(triangle, factors)
  var parts: [RegressionFault.Part] = []
  var intercept = mean + solved[0]
  // Sizes are those of the columns' spread, so that units don't matter.
  let sizes = triangle.indices.map { column in
    (solved[column] * triangle[column].reduce(0) { $0 + $1 * $1 }.squareRoot()).magnitude
  }
  let limit = 1e-6 * (sizes.dropFirst().max() ?? 0)
  for column in means.indices where sizes[column + 1] > limit {
    parts.append(.init(column: column, factor: solved[column + 1]))
    intercept -= means[column] * solved[column + 1]
  }
  let scale =
    mean.magnitude + parts.reduce(0) { $0 + ($1.factor * means[$1.column ?? 0]).magnitude }
  if intercept.magnitude > 1e-9 * scale {
    parts.append(.init(column: nil, factor: intercept))
  }
  return parts
}

extension PackedColumns {
  /// Σ a·v·column j for all columns.
  fileprivate func projections(of vector: [Pack], weights: [Pack], workers: Int) -> [Double] {
    let parts = inOrder(count: blockCount, workers: workers) { index in
      let range = block(index)
      let weighted = range.map { weights[$0] * vector[$0] }
      return (0..<columnCount).map { column in
        var sum = Pack.zero
        let first = column * packCount + range.lowerBound
        for pack in weighted.indices { sum += weighted[pack] * packs[first + pack] }
        return laneSum(sum)
      }
    }
    return totals(parts, count: columnCount)
  }
}

/// Σ of all lanes.
func fixedSum(_ values: [Pack]) -> Double {
  fixedOrderSum(values.map { laneSum($0) })
}

/// Σ a·b.
func fixedSum(_ a: [Pack], _ b: [Pack]) -> Double {
  fixedOrderSum(a.indices.map { laneSum(a[$0] * b[$0]) })
}

/// Σ w·a·b.
func fixedSum(_ a: [Pack], _ b: [Pack], weights: [Pack]) -> Double {
  fixedOrderSum(a.indices.map { laneSum(weights[$0] * (a[$0] * b[$0])) })
}
