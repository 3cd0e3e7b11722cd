// Quiebre · Statistics
// The mean of an outcome at each value of one input, fitted to weighted draws as a broken line.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A continuous, piecewise linear curve with its corners at weighted quantiles of one input.
///
/// Least squares on hat functions: constants are fitted exactly, an input with few values (a point mass)
/// gets a corner at each of them, and everything needed is three diagonals wide.
struct BrokenLine {
  /// Corners, ascending, each at a draw's own value.
  private let corners: [Double]
  /// By draw: the corner to the left, and how far the draw lies on the way to the next.
  private let left: [Int32]
  private let part: [Double]

  /// - Parameters:
  ///   - input: One finite number per draw.
  ///   - weights: One per draw, none negative, some positive.
  ///   - pieces: Most pieces of the curve; ties leave fewer.
  init(input: [Double], weights: [Double], pieces: Int) {
    let corners = BrokenLine.corners(input, weights, pieces: max(1, pieces))
    self.corners = corners
    var left = [Int32](repeating: 0, count: input.count)
    var part = [Double](repeating: 0, count: input.count)
    for (draw, value) in input.enumerated() {
      var (low, high) = (0, corners.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if corners[middle] <= value { low = middle } else { high = middle }
      }
      left[draw] = Int32(low)
      // Draws without weight may lie outside.
      guard low + 1 < corners.count else { continue }
      part[draw] = min(1, max(0, (value - corners[low]) / (corners[low + 1] - corners[low])))
    }
    self.left = left
    self.part = part
  }

  /// Whether the input takes one value only.
  var isConstant: Bool { corners.count < 2 }

  private static func corners(_ input: [Double], _ weights: [Double], pieces: Int) -> [Double] {
    let order = input.indices.filter { weights[$0] > 0 }
      .sorted { (input[$0], $0) < (input[$1], $1) }
    guard let first = order.first, let last = order.last else { return [0] }
    let total = fixedOrderSum(order.map { weights[$0] })
    var corners = [input[first]]
    var (before, next) = (0.0, 1)
    for index in order {
      before += weights[index]
      guard next < pieces, before >= total * Double(next) / Double(pieces) else { continue }
      while next < pieces, before >= total * Double(next) / Double(pieces) { next += 1 }
      if let end = corners.last, input[index] > end { corners.append(input[index]) }
    }
    if let end = corners.last, input[last] > end { corners.append(input[last]) }
    return corners
  }

  /// A fitted curve.
  struct Fit {
    /// Value at each draw.
    let values: [Double]
    /// Variance that noise alone adds to the curve's, by the draws' own residuals.
    let noise: Double
  }

  /// Fits outcomes under weights, which need not be those that set the corners.
  ///
  /// - Parameters:
  ///   - outcome: One per draw.
  ///   - weights: One per draw, summing to 1.
  /// - Returns: The curve at each draw, and what noise adds to its variance.
  func fit(_ outcome: [Double], weights: [Double]) -> Fit {
    var gram = Tridiagonal(count: corners.count)
    var right = [Double](repeating: 0, count: corners.count)
    for draw in outcome.indices where weights[draw] > 0 {
      let (corner, step, weight) = (Int(left[draw]), part[draw], weights[draw])
      gram.add(corner, 1 - step, step, times: weight)
      right[corner] += weight * (1 - step) * outcome[draw]
      if corner + 1 < right.count { right[corner + 1] += weight * step * outcome[draw] }
    }
    let heights = gram.solved(right)
    let values = outcome.indices.map { height(heights, $0) }
    return Fit(values: values, noise: noise(outcome, weights, values, gram: gram))
  }

  private func height(_ heights: [Double], _ draw: Int) -> Double {
    let corner = Int(left[draw])
    guard corner + 1 < heights.count else { return heights[corner] }
    return heights[corner] * (1 - part[draw]) + heights[corner + 1] * part[draw]
  }

  /// tr(G⁻¹M) − var(mean), M = Σ w²e²/(1 − h)·bb': White's (1980) estimate with leverages (HC2).
  private func noise(
    _ outcome: [Double], _ weights: [Double], _ values: [Double], gram: Tridiagonal
  ) -> Double {
    let inverse = gram.inverseBand()
    var middle = Tridiagonal(count: corners.count)
    var ofMean = 0.0
    for draw in outcome.indices where weights[draw] > 0 {
      let (corner, step, weight) = (Int(left[draw]), part[draw], weights[draw])
      let leverage = weight * inverse.form(corner, 1 - step, step)
      let error = outcome[draw] - values[draw]
      let square = weight * weight * error * error / max(1e-9, 1 - leverage)
      middle.add(corner, 1 - step, step, times: square)
      ofMean += square
    }
    return middle.trace(with: inverse) - ofMean
  }
}

/// A symmetric matrix that is zero beside three diagonals.
private struct Tridiagonal {
  var diagonal: [Double]
  /// Entry i couples i and i + 1.
  var beside: [Double]

  init(count: Int) {
    diagonal = [Double](repeating: 0, count: count)
    beside = [Double](repeating: 0, count: max(0, count - 1))
  }

  /// Adds weight · bb' of a hat row with entries `first` and `second` at `corner` and the next.
  mutating func add(_ corner: Int, _ first: Double, _ second: Double, times weight: Double) {
    diagonal[corner] += weight * first * first
    guard corner + 1 < diagonal.count else { return }
    diagonal[corner + 1] += weight * second * second
    beside[corner] += weight * first * second
  }

  /// b'·self·b of such a row.
  func form(_ corner: Int, _ first: Double, _ second: Double) -> Double {
    let own = diagonal[corner] * first * first
    guard corner + 1 < diagonal.count else { return own }
    return own + diagonal[corner + 1] * second * second + 2 * beside[corner] * first * second
  }

  /// Trace of the product with another such matrix, of which only the band counts.
  func trace(with other: Tridiagonal) -> Double {
    var sum = 0.0
    for index in diagonal.indices { sum += diagonal[index] * other.diagonal[index] }
    for index in beside.indices { sum += 2 * beside[index] * other.beside[index] }
    return sum
  }

  /// Solves by elimination; a corner that no draw touches gets 0.
  func solved(_ right: [Double]) -> [Double] {
    var (pivots, sums) = (diagonal, right)
    let least = (diagonal.max() ?? 0) * 1e-12
    for index in diagonal.indices.dropFirst() where pivots[index - 1] > least {
      let factor = beside[index - 1] / pivots[index - 1]
      pivots[index] -= factor * beside[index - 1]
      sums[index] -= factor * sums[index - 1]
    }
    var solution = [Double](repeating: 0, count: right.count)
    for index in right.indices.reversed() where pivots[index] > least {
      let next = index + 1 < right.count ? beside[index] * solution[index + 1] : 0
      solution[index] = (sums[index] - next) / pivots[index]
    }
    return solution
  }

  /// The three diagonals of the inverse.
  func inverseBand() -> Tridiagonal {
    var band = Tridiagonal(count: diagonal.count)
    var unit = [Double](repeating: 0, count: diagonal.count)
    for index in diagonal.indices {
      unit[index] = 1
      let column = solved(unit)
      unit[index] = 0
      band.diagonal[index] = column[index]
      if index + 1 < diagonal.count { band.beside[index] = column[index + 1] }
    }
    return band
  }
}
