// Quiebre · Statistics
// Student's t distribution: probabilities by the incomplete beta function, and their inverse.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Student's t distribution.
public struct StudentT: Hashable, Sendable {
  /// Positive; need not be whole.
  public let degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T ≤ `t`).
  public func probability(atMost t: Double) -> Double {
    t < 0 ? upperTail(-t) : 1 - upperTail(t)
  }

  /// The t with P(T ≤ t) = `p`; infinite at 0 and 1.
  public func quantile(_ p: Double) -> Double {
    guard p != 0.5 else { return 0 }
    let tail = min(p, 1 - p)
    guard tail > 0 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    var (low, high) = (0.0, 1.0)
    while upperTail(high) > tail { (low, high) = (high, high * 2) }
    // Bisection to the last bit: some 55 steps, each safe.
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if upperTail(middle) > tail { low = middle } else { high = middle }
    }
    return p < 0.5 ? -high : high
  }

  /// P(T > t) for t ≥ 0: ½·I(ν/(ν + t²); ν/2, ½).
  private func upperTail(_ t: Double) -> Double {
    let square = t * t
    let total = degreesOfFreedom + square
    return 0.5
      * incompleteBeta(
        degreesOfFreedom / 2, 0.5, at: degreesOfFreedom / total, complement: square / total)
  }
}

/// The regularized incomplete beta function I(x; a, b).
///
/// Continued fraction of Press et al., "Numerical Recipes", equation 6.4.5, by Lentz's method, on the
/// side where it converges fast. `complement` is 1 − x, given apart to keep its digits.
func incompleteBeta(_ a: Double, _ b: Double, at x: Double, complement: Double) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  let logFront =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Compute.log(x) + b * Compute.log(complement)
  let front = Compute.exp(logFront)
  guard x < (a + 1) / (a + b + 2) else {
    return 1 - front * betaFraction(b, a, complement) / b
  }
  return front * betaFraction(a, b, x) / a
}

private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  func kept(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / kept(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...10_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    fraction *= d * c
    if (d * c - 1).magnitude < 1e-16 { break }
  }
  return fraction
}

/// log Γ(x) for x > 0: Stirling's series, after moving x above 12 by Γ(x + 1) = x·Γ(x).
func logGamma(_ x: Double) -> Double {
  var (y, product) = (x, 1.0)
  while y < 12 { (y, product) = (y + 1, product * y) }
  let square = 1 / (y * y)
  let series =
    (1.0 / 12 - square
      * (1.0 / 360 - square
        * (1.0 / 1260 - square
          * (1.0 / 1680 - square * (1.0 / 1188 - square * (691.0 / 360_360 - square / 156))))))
    / y
  return (y - 0.5) * Compute.log(y) - y + 0.91893853320467274178 + series - Compute.log(product)
}
