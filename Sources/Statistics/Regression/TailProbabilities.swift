// Quiebre · Statistics
// Upper tails of the chi-squared and F distributions.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// P(χ² > `x`) with `degreesOfFreedom` ν: the regularized incomplete gamma function Q(ν/2, x/2).
public func chiSquaredTail(_ x: Double, degreesOfFreedom: Double) -> Double {
  precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
  guard x > 0 else { return x <= 0 ? 1 : .nan }
  guard x < .infinity else { return 0 }
  let (shape, point) = (degreesOfFreedom / 2, x / 2)
  let front = Compute.exp(shape * Compute.log(point) - point - logGamma(shape))
  guard point >= shape + 1 else {
    // Series of P: xᵃe⁻ˣ/Γ(a) Σ xᵏ/(a(a + 1)…(a + k)).
    var (term, sum, index) = (1 / shape, 1 / shape, shape)
    while term > 1e-17 * sum {
      index += 1
      term *= point / index
      sum += term
    }
    return max(0, 1 - front * sum)
  }
  return front * gammaFraction(shape, point)
}

/// P(F > `f`) with `first` and `second` degrees of freedom.
public func fisherTail(_ f: Double, first: Double, second: Double) -> Double {
  precondition(first > 0 && second > 0, "degrees of freedom are positive")
  guard f > 0 else { return f <= 0 ? 1 : .nan }
  let total = second + first * f
  return incompleteBeta(second / 2, first / 2, at: second / total, complement: first * f / total)
}

/// The continued fraction of Γ(a, x)/(xᵃe⁻ˣ) (Press et al., equation 6.2.7), by Lentz's method.
private func gammaFraction(_ a: Double, _ x: Double) -> Double {
  var b = x + 1 - a
  var c = 1 / 1e-300
  var d = 1 / b
  var fraction = d
  for step in 1...10_000 {
    let factor = -Double(step) * (Double(step) - a)
    b += 2
    d = 1 / (factor * d + b)
    c = b + factor / c
    fraction *= d * c
    if (d * c - 1).magnitude < 1e-16 { break }
  }
  return fraction
}
