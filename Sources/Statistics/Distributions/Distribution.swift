// Quiebre · Statistics
// What a planner may say of an uncertain number, and its quantile function.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The distribution of an uncertain input.
public struct Distribution: Hashable, Sendable {
  public enum Shape: Hashable, Sendable {
    case fixed(Double)
    case triangular(low: Double, central: Double, high: Double)
    case uniform(low: Double, high: Double)
    case normal(mean: Double, standardDeviation: Double)
    /// By its 5 and 95 % quantiles.
    case lognormal(p05: Double, p95: Double)
    /// Between two ends, with the shapes a and b of the beta distribution on 0...1.
    case beta(low: Double, high: Double, a: Double, b: Double)

    /// A beta distribution by its least, most likely and greatest value, which differ.
    ///
    /// Its mean is (low + 4·central + high)/6, as in PERT (Malcolm et al. 1959); less of it lies near
    /// the ends than of a triangle.
    public static func pert(low: Double, central: Double, high: Double) -> Distribution.Shape {
      let width = high - low
      return .beta(
        low: low, high: high, a: 1 + 4 * (central - low) / width,
        b: 1 + 4 * (high - central) / width)
    }
  }

  public let shape: Shape
  /// Probability that a multiplier is exactly 1 (`no_effect`).
  public let noEffect: Double

  public init(_ shape: Shape, noEffect: Double = 0) {
    self.shape = shape
    self.noEffect = noEffect
  }

  /// The value at or below which the share `u` of all cases lies.
  ///
  /// The point mass of `noEffect` takes the lowest part of the unit interval: `u` ≤ `noEffect` gives
  /// 1, the rest is stretched to 0...1 and read off the shape. So the same `u` under a smaller point
  /// mass gives a comparable value, and one random number is used either way. The result rises with
  /// `u` within each of the two parts.
  public func quantile(_ u: Double) -> Double {
    guard noEffect > 0 else { return shape.quantile(u) }
    guard u > noEffect else { return 1 }
    return shape.quantile(min((u - noEffect) / (1 - noEffect), 1 - 0x1p-53))
  }

  /// The expected value, the point mass included.
  public var mean: Double { noEffect + (1 - noEffect) * shape.mean }

  /// The lowest and the highest value that can occur; infinite where there is none.
  public var support: ClosedRange<Double> {
    let range = shape.support
    guard noEffect > 0 else { return range }
    guard noEffect < 1 else { return 1...1 }
    return min(range.lowerBound, 1)...max(range.upperBound, 1)
  }

  /// Whether every draw gives the same value.
  public var isFixed: Bool { support.lowerBound == support.upperBound }
}

extension Distribution.Shape {
  func quantile(_ u: Double) -> Double {
    switch self {
    case .fixed(let value): value
    case .uniform(let low, let high): low + u * (high - low)
    case .triangular(let low, let central, let high):
      triangularQuantile(u, low: low, central: central, high: high)
    case .normal(let mean, let standardDeviation):
      standardDeviation == 0 ? mean : mean + standardDeviation * normalQuantile(u)
    case .lognormal(let p05, let p95):
      logNormal(p05: p05, p95: p95) { Compute.exp($0 + $1 * normalQuantile(u)) }
    case .beta(let low, let high, let a, let b):
      mixed(low, high, share: betaQuantile(u, a, b))
    }
  }

  var mean: Double {
    switch self {
    case .fixed(let value): value
    case .uniform(let low, let high): (low + high) / 2
    case .triangular(let low, let central, let high): (low + central + high) / 3
    case .normal(let mean, _): mean
    case .lognormal(let p05, let p95):
      logNormal(p05: p05, p95: p95) { Compute.exp($0 + $1 * $1 / 2) }
    case .beta(let low, let high, let a, let b): low + (high - low) * a / (a + b)
    }
  }

  var support: ClosedRange<Double> {
    switch self {
    case .fixed(let value): value...value
    case .uniform(let low, let high), .triangular(let low, _, let high),
      .beta(let low, let high, _, _):
      low...high
    case .normal(let mean, let standardDeviation):
      standardDeviation == 0 ? mean...mean : -.infinity ... .infinity
    case .lognormal(let p05, let p95): p05 == p95 ? p05...p95 : 0 ... .infinity
    }
  }

  /// Calls `body` with mean and standard deviation of the logarithm.
  private func logNormal(p05: Double, p95: Double, _ body: (Double, Double) -> Double) -> Double {
    guard p05 < p95 else { return p05 }
    let (low, high) = (Compute.log(p05), Compute.log(p95))
    return body((low + high) / 2, (high - low) / (2 * NormalPoint.upper05))
  }
}

/// From `low` to `high`, both met exactly.
private func mixed(_ low: Double, _ high: Double, share: Double) -> Double {
  low * (1 - share) + high * share
}

/// The inverse of the triangular distribution function, each half from its own end.
private func triangularQuantile(
  _ u: Double, low: Double, central: Double, high: Double
) -> Double {
  let width = high - low
  guard width > 0 else { return central }
  guard u * width > central - low else {
    return low + (u * width * (central - low)).squareRoot()
  }
  return high - ((1 - u) * width * (high - central)).squareRoot()
}
