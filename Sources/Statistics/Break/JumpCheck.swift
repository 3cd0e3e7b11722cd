// Quiebre · Statistics
// A jump in place of a bend, as a check that never decides (break-test 2.1).
// SPDX-License-Identifier: Apache-2.0

/// The best discontinuous fit: two lines that need not meet (Chow 1960, Bai and Perron 2003).
///
/// Printed beside the joinpoint: where a jump explains far more than a bend, a change of method or a
/// shock may be hidden in the series. It has no part in any verdict.
public struct JumpCheck: Hashable, Sendable {
  /// The last kept year of the first line.
  public let lastBefore: Double
  /// Weighted sum of squares of both lines.
  public let sumOfSquares: Double
  /// First value of the second line less the first line's there, pp.
  public let jump: Double
}

extension JumpCheck {
  /// Tries every split with at least `side` + 1 kept years on each side; the earliest of equals.
  init?(_ series: KeptSeries, side: Int) {
    let last = series.count - side - 1
    guard side < last else { return nil }
    var best: JumpCheck?
    for split in side..<last {
      let (before, after) = (series.times[split], series.times[split + 1])
      let columns =
        series.columns(joinpoints: []) + [
          series.times.map { $0 > before ? 1 : 0 }, series.times.map { max($0 - after, 0) },
        ]
      guard
        let fit = LeastSquares(
          columns: columns, response: series.response, weights: series.weights)
      else { continue }
      if fit.sumOfSquares < best.map(\.sumOfSquares) ?? .infinity {
        best = JumpCheck(
          lastBefore: before, sumOfSquares: fit.sumOfSquares,
          jump: series.pointsPerUnit * fit.coefficients[columns.count - 2])
      }
    }
    guard let best else { return nil }
    self = best
  }
}
