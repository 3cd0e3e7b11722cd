// Quiebre · Statistics
// The best set of several joinpoints, all sets tried (break-test 2.2).
// SPDX-License-Identifier: Apache-2.0

import Compute

/// All sets of a stated number of joinpoints, compared without a fit for each.
///
/// In whitened rows, with line and offsets taken off, the sum of squares that a set of hinges saves is
/// b'G⁻¹b with G the products of the hinges and b their products with the residuals. One more hinge
/// is one more row of a Cholesky factor: a set costs some ten operations, whatever the length of the
/// series. (192 months and three joinpoints are 950,000 sets.)
struct JoinpointCombinations {
  private let times: [Double]
  private let side: Int
  /// Row of the series at which candidate 0 stands.
  private let first: Int
  private let products: [[Double]]
  private let gains: [Double]
  private let slack: Double

  /// Prepares the products of all hinges; `line` is the fit without joinpoints.
  init(_ series: KeptSeries, line: LeastSquares, side: Int) {
    times = series.times
    self.side = side
    first = side
    let rows = side < series.count - side ? Array(side..<(series.count - side)) : []
    let roots = series.weights.map { $0.squareRoot() }
    let hinges = rows.map { row in
      var hinge = zip(series.hinge(at: series.times[row]), roots).map { $0 * $1 }
      for _ in 0..<2 {
        for unit in line.basis {
          let length = fixedOrderSum(hinge, weights: unit)
          for index in hinge.indices { hinge[index] -= length * unit[index] }
        }
      }
      return hinge
    }
    products = hinges.map { hinge in hinges.map { fixedOrderSum(hinge, weights: $0) } }
    gains = hinges.map { fixedOrderSum($0, weights: line.residuals) }
    slack = 1e-12 * line.sumOfSquares
  }

  /// The set with the smallest sum of squares, the earliest of equals; `nil` if there is none.
  func best(count: Int) -> [Double]? {
    var search = Search(count: count)
    extend(&search, from: 0, gain: 0)
    guard search.best.count == count else { return nil }
    return search.best.map { times[first + $0] }
  }

  private struct Search {
    let count: Int
    var chosen: [Int] = []
    /// Rows of the Cholesky factor of the chosen hinges, and the solved products.
    var factor: [[Double]] = []
    var solved: [Double] = []
    var best: [Int] = []
    var bestGain = -1.0

    init(count: Int) { self.count = count }
  }

  private func extend(_ search: inout Search, from start: Int, gain: Double) {
    let depth = search.chosen.count
    guard depth < search.count else {
      if gain > search.bestGain + slack { (search.best, search.bestGain) = (search.chosen, gain) }
      return
    }
    // Room for the joinpoints that must still follow.
    let end = gains.count - (search.count - depth - 1) * (side + 1)
    for next in stride(from: start, to: end, by: 1) {
      var row = [Double](repeating: 0, count: depth + 1)
      var (rest, product) = (products[next][next], gains[next])
      for index in 0..<depth {
        var value = products[search.chosen[index]][next]
        for inner in 0..<index { value -= search.factor[index][inner] * row[inner] }
        value /= search.factor[index][index]
        row[index] = value
        rest -= value * value
        product -= value * search.solved[index]
      }
      // Hinges that line, offsets and the chosen ones explain are no candidates.
      guard rest > 1e-12 * products[next][next], products[next][next] > 0 else { continue }
      row[depth] = rest.squareRoot()
      let solved = product / row[depth]
      search.chosen.append(next)
      search.factor.append(row)
      search.solved.append(solved)
      extend(&search, from: next + side + 1, gain: gain + solved * solved)
      search.chosen.removeLast()
      search.factor.removeLast()
      search.solved.removeLast()
    }
  }
}
