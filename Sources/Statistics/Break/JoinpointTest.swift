// Quiebre · Statistics
// The two p-values for a joinpoint: simulated sampling error, and permuted residuals.
// SPDX-License-Identifier: Apache-2.0

import Compute

extension RandomQuantity {
  /// Sampling error of simulated straight series; its "year" is the row.
  static let straightSeries = RandomQuantity(rawValue: 200)
  /// Orders of residuals; its "year" is the row.
  static let residualOrder = RandomQuantity(rawValue: 201)
}

/// Tests a line against one joinpoint whose year is searched (break-test 2.3).
///
/// In whitened rows the gain of a joinpoint is the squared length of the residuals along one
/// direction: the hinge, less what line and offsets already explain. So a simulated series costs
/// one dot product per year tried, and no fit.
struct JoinpointTest {
  let likelihoodRatio: Double
  let samplingP: Double?
  let criticalValue: Double?
  let permutation: (p: Double, count: Int, isExact: Bool)
  let isPerfectFit: Bool

  init(
    _ series: KeptSeries, line: LeastSquares, candidates: [Double], _ settings: BreakSettings
  ) {
    let directions = Self.directions(series, line: line, candidates)
    let total = line.sumOfSquares
    // What rounding leaves of a perfect fit, relative to the figures themselves.
    let negligible = 1e-20 * fixedOrderSum(series.response.map { $0 * $0 }, weights: series.weights)
    let gain = total > negligible ? largestGain(line.residuals, directions) : 0
    likelihoodRatio = gain
    isPerfectFit = total - gain <= negligible
    guard gain > 0 else {
      (samplingP, criticalValue) = (series.errors == nil ? nil : 1, nil)
      permutation = (1, 1, true)
      return
    }
    if series.errors == nil {
      (samplingP, criticalValue) = (nil, nil)
    } else {
      (samplingP, criticalValue) = Self.sampling(gain, directions, series.count, settings)
    }
    let order = PermutedResiduals(
      line: line, directions: directions, observed: (total, gain), negligible: negligible)
    permutation = order.test(draws: settings.nullDraws, seed: settings.seed)
  }

  private static func directions(
    _ series: KeptSeries, line: LeastSquares, _ candidates: [Double]
  ) -> [[Double]] {
    candidates.compactMap { year in
      // The hinge comes last here, so its unit vector is orthogonal to all other columns.
      LeastSquares(
        columns: series.columns(joinpoints: []) + [series.hinge(at: year)],
        response: series.response, weights: series.weights
      )?.basis.last
    }
  }

  /// (1 + #{LR* ≥ LR})/(N + 1), and the 95 % point of LR*.
  private static func sampling(
    _ gain: Double, _ directions: [[Double]], _ count: Int, _ settings: BreakSettings
  ) -> (p: Double, criticalValue: Double) {
    let field = RandomField(seed: settings.seed)
    let noise = (0..<count).map {
      field.stream(.straightSeries, year: $0).normals(count: settings.nullDraws)
    }
    var gains: [Double] = []
    gains.reserveCapacity(settings.nullDraws)
    for draw in 0..<settings.nullDraws {
      gains.append(largestGain(noise.map { $0[draw] }, directions))
    }
    let asLarge = gains.count { $0 >= gain * (1 - 1e-12) }
    let p = Double(1 + asLarge) / Double(settings.nullDraws + 1)
    return (p, quantile(ofSorted: gains.sorted(), at: 0.95))
  }
}

/// The largest fall of the sum of squares that one joinpoint brings.
private func largestGain(_ rows: [Double], _ directions: [[Double]]) -> Double {
  var largest = 0.0
  for direction in directions {
    var along = 0.0
    for index in rows.indices { along += rows[index] * direction[index] }
    largest = max(largest, along * along)
  }
  return largest
}

/// Q₀/Q₁ of the line fit with its weighted residuals in other orders.
private struct PermutedResiduals {
  let line: LeastSquares
  let directions: [[Double]]
  let observed: (total: Double, gain: Double)
  let negligible: Double

  /// All orders up to 8 rows, else `draws` random ones.
  func test(draws: Int, seed: UInt64) -> (p: Double, count: Int, isExact: Bool) {
    let limit = statistic(observed.total, observed.gain) * (1 - 1e-9)
    var rows = line.residuals
    guard rows.count > 8 else {
      var (asLarge, count) = (0, 0)
      forEachOrder(of: &rows, upTo: rows.count) { order in
        count += 1
        if statistic(of: order) >= limit { asLarge += 1 }
      }
      return (Double(asLarge) / Double(count), count, true)
    }
    let field = RandomField(seed: seed)
    let choices = rows.indices.map {
      field.stream(.residualOrder, year: $0).uniforms(count: draws)
    }
    var asLarge = 0
    for draw in 0..<draws {
      for index in rows.indices.reversed() {
        rows.swapAt(index, Int(choices[index][draw] * Double(index + 1)))
      }
      if statistic(of: rows) >= limit { asLarge += 1 }
    }
    return (Double(1 + asLarge) / Double(draws + 1), draws, false)
  }

  /// The permuted rows aren't orthogonal to the line any more: its part is taken off.
  private func statistic(of rows: [Double]) -> Double {
    var total = 0.0
    for row in rows { total += row * row }
    for unit in line.basis {
      var along = 0.0
      for index in rows.indices { along += rows[index] * unit[index] }
      total -= along * along
    }
    return statistic(total, largestGain(rows, directions))
  }

  /// Q₀/Q₁; infinite for a perfect fit.
  private func statistic(_ total: Double, _ gain: Double) -> Double {
    let rest = total - gain
    return rest > negligible ? total / rest : total > negligible ? .infinity : 1
  }

  /// Heap's algorithm: every order once.
  private func forEachOrder(
    of rows: inout [Double], upTo size: Int, _ body: ([Double]) -> Void
  ) {
    guard size > 1 else { return body(rows) }
    for index in 0..<size {
      forEachOrder(of: &rows, upTo: size - 1, body)
      if index < size - 1 { rows.swapAt(size % 2 == 0 ? index : 0, size - 1) }
    }
  }
}
