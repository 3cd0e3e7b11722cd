// Quiebre · Statistics
// What a planner may say of an uncertain number, and its quantile function.
// SPDX-License-Identifier: Apache-2.0

/// The distribution of an uncertain input.
public struct Distribution: Hashable, Sendable {
  public enum Shape: Hashable, Sendable {
    case fixed(Double)
    case triangular(low: Double, central: Double, high: Double)
    case uniform(low: Double, high: Double)
    case normal(mean: Double, standardDeviation: Double)
    /// By its 5 and 95 % quantiles.
    case lognormal(p05: Double, p95: Double)
  }

  public let shape: Shape
  /// Probability that a multiplier is exactly 1 (`no_effect`).
  public let noEffect: Double

  public init(_ shape: Shape, noEffect: Double = 0) {
    self.shape = shape
    self.noEffect = noEffect
  }
}
