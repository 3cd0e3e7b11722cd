// Quiebre · Compute
// The inverse of the standard normal distribution function.
// SPDX-License-Identifier: Apache-2.0

/// The z with P(Z ≤ z) = `p`, to about 1e-15 of its size.
///
/// Wichura (1988), algorithm AS 241, PPND16. 0 and 1 give the infinities.
public func normalQuantile(_ p: Double) -> Double {
  let q = p - 0.5
  guard q.magnitude > 0.425 else {
    let r = 0.180625 - q * q
    return q * (ratio(r, centralTop, centralBottom))
  }
  let tail = q < 0 ? p : 1 - p
  guard tail > 0 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  let r = (-log(tail)).squareRoot()
  let z = r <= 5 ? ratio(r - 1.6, middleTop, middleBottom) : ratio(r - 5, farTop, farBottom)
  return q < 0 ? -z : z
}

/// The ratio of two polynomials of degree 7, by Horner's rule.
@inline(__always)
private func ratio(_ r: Double, _ top: Degree7, _ bottom: Degree7) -> Double {
  top.value(at: r) / bottom.value(at: r)
}

/// Coefficients from r⁰ to r⁷.
private struct Degree7 {
  let c0, c1, c2, c3, c4, c5, c6, c7: Double

  @inline(__always)
  func value(at r: Double) -> Double {
    let high = ((c7 * r + c6) * r + c5) * r + c4
    return (((high * r + c3) * r + c2) * r + c1) * r + c0
  }
}

private let centralTop = Degree7(
  c0: 3.3871328727963666080e0, c1: 1.3314166789178437745e+2, c2: 1.9715909503065514427e+3,
  c3: 1.3731693765509461125e+4, c4: 4.5921953931549871457e+4, c5: 6.7265770927008700853e+4,
  c6: 3.3430575583588128105e+4, c7: 2.5090809287301226727e+3)

private let centralBottom = Degree7(
  c0: 1, c1: 4.2313330701600911252e+1, c2: 6.8718700749205790830e+2,
  c3: 5.3941960214247511077e+3, c4: 2.1213794301586595867e+4, c5: 3.9307895800092710610e+4,
  c6: 2.8729085735721942674e+4, c7: 5.2264952788528545610e+3)

private let middleTop = Degree7(
  c0: 1.42343711074968357734e0, c1: 4.63033784615654529590e0, c2: 5.76949722146069140550e0,
  c3: 3.64784832476320460504e0, c4: 1.27045825245236838258e0, c5: 2.41780725177450611770e-1,
  c6: 2.27238449892691845833e-2, c7: 7.74545014278341407640e-4)

private let middleBottom = Degree7(
  c0: 1, c1: 2.05319162663775882187e0, c2: 1.67638483018380384940e0,
  c3: 6.89767334985100004550e-1, c4: 1.48103976427480074590e-1, c5: 1.51986665636164571966e-2,
  c6: 5.47593808499534494600e-4, c7: 1.05075007164441684324e-9)

private let farTop = Degree7(
  c0: 6.65790464350110377720e0, c1: 5.46378491116411436990e0, c2: 1.78482653991729133580e0,
  c3: 2.96560571828504891230e-1, c4: 2.65321895265761230930e-2, c5: 1.24266094738807843860e-3,
  c6: 2.71155556874348757815e-5, c7: 2.01033439929228813265e-7)

private let farBottom = Degree7(
  c0: 1, c1: 5.99832206555887937690e-1, c2: 1.36929880922735805310e-1,
  c3: 1.48753612908506148525e-2, c4: 7.86869131145613259100e-4, c5: 1.84631831751005468180e-5,
  c6: 1.42151175831644588870e-7, c7: 2.04426310338993978564e-15)
