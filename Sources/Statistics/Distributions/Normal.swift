// Quiebre · Statistics
// The standard normal distribution function, and the points of it that tests use.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// P(Z ≤ `z`) of a standard normal Z, with full relative precision in the lower tail.
public func normalProbability(atMost z: Double) -> Double {
  0.5 * complementaryError(-z * 0.70710678118654752440)
}

/// Points of the standard normal distribution, by the area above them.
public enum NormalPoint {
  /// z₀.₉₅, z₀.₉₇₅, z₀.₉₀ and z₀.₈₀.
  public static let upper05 = 1.6448536269514722
  public static let upper025 = 1.959963984540054
  public static let upper10 = 1.2815515655446004
  public static let upper20 = 0.8416212335729143
}

/// The complementary error function erfc(x).
///
/// Rational approximations of Cody (1969), "Rational Chebyshev approximations for the error
/// function": about 1e-16 of the result near 0 and 1e-15 in the tails.
func complementaryError(_ x: Double) -> Double {
  let y = x.magnitude
  guard y > 0.46875 else { return x == x ? 1 - x * centralErrorRatio(y * y) : x }
  guard y < 27 else { return x < 0 ? 2 : 0 }
  // exp(−y²) with y split, since y² itself would lose digits of the exponent.
  let coarse = Double(Int(y * 16)) / 16
  let decay = exp(-coarse * coarse) * exp(-(y - coarse) * (y + coarse))
  let upper = decay * (y <= 4 ? middleErrorRatio(y) : farErrorRatio(y))
  return x < 0 ? 2 - upper : upper
}

/// erf(y)/y from y².
private func centralErrorRatio(_ square: Double) -> Double {
  let top = [3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2]
  let bottom = [2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3]
  var (numerator, denominator) = (1.85777706184603153e-1 * square, square)
  for index in 0..<3 {
    numerator = (numerator + top[index]) * square
    denominator = (denominator + bottom[index]) * square
  }
  return (numerator + 3.20937758913846947e3) / (denominator + 2.84423683343917062e3)
}

/// erfc(y)·exp(y²) for 0.46875 < y ≤ 4.
private func middleErrorRatio(_ y: Double) -> Double {
  let top = [
    5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1, 2.98635138197400131e2,
    8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
  ]
  let bottom = [
    1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3,
  ]
  var (numerator, denominator) = (2.15311535474403846e-8 * y, y)
  for index in 0..<7 {
    numerator = (numerator + top[index]) * y
    denominator = (denominator + bottom[index]) * y
  }
  return (numerator + 1.23033935479799725e3) / (denominator + 1.23033935480374942e3)
}

/// erfc(y)·exp(y²) for y > 4.
private func farErrorRatio(_ y: Double) -> Double {
  let top = [
    3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2,
  ]
  let bottom = [
    2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2,
  ]
  let square = 1 / (y * y)
  var (numerator, denominator) = (1.63153871373020978e-2 * square, square)
  for index in 0..<4 {
    numerator = (numerator + top[index]) * square
    denominator = (denominator + bottom[index]) * square
  }
  let ratio =
    square * (numerator + 6.58749161529837803e-4) / (denominator + 2.33520497626869185e-3)
  return (5.6418958354775628695e-1 - ratio) / y
}
