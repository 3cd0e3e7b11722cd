// Quiebre · Compute
// Sine and cosine of degrees and an inverse hyperbolic tangent that are the same on every machine.
// SPDX-License-Identifier: Apache-2.0

/// The sine of an angle in degrees, for latitudes: −90...90.
///
/// Taylor series on −45°...45°, and the cosine's beyond, where 90 − x is exact. Error below
/// 2e-16, so it may stand where libm's sine, which differs between systems, may not.
public func sineOfDegrees(_ degrees: Double) -> Double {
  precondition(degrees >= -90 && degrees <= 90, "a latitude")
  if degrees > 45 { return cosineSeries((90 - degrees) * radiansPerDegree) }
  if degrees < -45 { return -cosineSeries((90 + degrees) * radiansPerDegree) }
  return sineSeries(degrees * radiansPerDegree)
}

/// The cosine of an angle in degrees, for latitudes: −90...90. Error below 2e-16.
public func cosineOfDegrees(_ degrees: Double) -> Double {
  precondition(degrees >= -90 && degrees <= 90, "a latitude")
  let size = abs(degrees)
  if size > 45 { return sineSeries((90 - size) * radiansPerDegree) }
  return cosineSeries(size * radiansPerDegree)
}

/// `atanh(x) / x` for small `x`, from `x²` in 0...0.01: the form that ellipsoid areas need.
///
/// The series 1 + x²/3 + x⁴/5 + … by Horner's rule; nine terms leave less than 1e-17.
public func atanhQuotient(ofSquare square: Double) -> Double {
  precondition(square >= 0 && square <= 0.01, "the series is short")
  var sum = 1.0 / 17
  for odd in stride(from: 15.0, through: 1, by: -2) { sum = sum * square + 1 / odd }
  return sum
}

/// π/180.
public let radiansPerDegree = 0.017453292519943295

/// sin x for |x| ≤ π/4: x − x³/3! + … − x¹⁹/19!.
private func sineSeries(_ x: Double) -> Double {
  let square = x * x
  var sum = 0.0
  for n in stride(from: 18.0, through: 2, by: -2) {
    sum = (1 - sum) * (square / (n * (n + 1)))
  }
  return x - x * sum
}

/// cos x for |x| ≤ π/4: 1 − x²/2! + … + x²⁰/20!.
private func cosineSeries(_ x: Double) -> Double {
  let square = x * x
  var sum = 0.0
  for n in stride(from: 19.0, through: 1, by: -2) {
    sum = (1 - sum) * (square / (n * (n + 1)))
  }
  return 1 - sum
}
