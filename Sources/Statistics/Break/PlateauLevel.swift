// Quiebre · Statistics
// The plateau's level: an inverse-variance mean (break-test 3).
// SPDX-License-Identifier: Apache-2.0

/// L, the level that a break must get below.
public struct PlateauLevel: Hashable, Sendable {
  /// Percent, and its standard error in pp (`nil` if errors are unknown).
  public let value: Double
  public let standardError: Double?
  /// Year of the first figure in it.
  public let from: Double

  /// The mean of some rows, weighted by 1/s² (equally where errors are unknown); `nil` without any.
  init?(rows: [Int], _ series: KeptSeries) {
    guard let first = rows.first else { return nil }
    let weights = rows.map { row in series.errors.map { 1 / ($0[row] * $0[row]) } ?? 1 }
    let total = weights.reduce(0, +)
    let sum = zip(rows, weights).reduce(0) { $0 + series.rates[$1.0] * $1.1 }
    value = sum / total
    standardError = series.errors.map { _ in (1 / total).squareRoot() }
    from = series.times[first]
  }
}
