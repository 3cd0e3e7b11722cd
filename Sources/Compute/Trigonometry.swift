// Quiebre · Compute
// Sine and cosine of degrees and an inverse hyperbolic tangent that are the same on every machine.
// SPDX-License-Identifier: Apache-2.0

/// The number π/180.
public let radiansPerDegree = 0.017453292519943295

/// The sine of an angle in degrees, for latitudes: −90...90.
///
/// Taylor series on −45°...45°, and the cosine's beyond, where 90 − x is exact. The error is below
/// 3e-16, so it may stand where libm's sine, which differs between systems, may not.
public func sineOfDegrees(_ degrees: Double) -> Double {
  precondition(degrees >= -90 && degrees <= 90, "a latitude")
  if degrees > 45 { return cosineSeries((90 - degrees) * radiansPerDegree) }
  if degrees < -45 { return -cosineSeries((90 + degrees) * radiansPerDegree) }
  return sineSeries(degrees * radiansPerDegree)
}

/// The cosine of an angle in degrees, for latitudes: −90...90, with an error below 3e-16.
public func cosineOfDegrees(_ degrees: Double) -> Double {
  precondition(degrees >= -90 && degrees <= 90, "a latitude")
  let size = abs(degrees)
  if size > 45 { return sineSeries((90 - size) * radiansPerDegree) }
  return cosineSeries(size * radiansPerDegree)
}

/// The quotient `atanh(x) / x` from `x²` in 0...0.01: the form that ellipsoid areas need.
///
/// The series 1 + x²/3 + x⁴/5 + … by Horner's rule; nine terms leave less than 1e-19.
public func atanhQuotient(ofSquare square: Double) -> Double {
  precondition(square >= 0 && square <= 0.01, "the series is short")
  var sum = 1.0 / 17
  sum = sum * square + 1.0 / 15
  sum = sum * square + 1.0 / 13
  sum = sum * square + 1.0 / 11
  sum = sum * square + 1.0 / 9
  sum = sum * square + 1.0 / 7
  sum = sum * square + 1.0 / 5
  sum = sum * square + 1.0 / 3
  return sum * square + 1
}

/// x − x³/3! + … − x¹⁵/15! + x¹⁷/17! for |x| ≤ π/4.
private func sineSeries(_ x: Double) -> Double {
  let square = x * x
  var sum = 1.0 / 355_687_428_096_000
  sum = sum * square - 1.0 / 1_307_674_368_000
  sum = sum * square + 1.0 / 6_227_020_800
  sum = sum * square - 1.0 / 39_916_800
  sum = sum * square + 1.0 / 362_880
  sum = sum * square - 1.0 / 5_040
  sum = sum * square + 1.0 / 120
  sum = sum * square - 1.0 / 6
  return x + x * (square * sum)
}

/// 1 − x²/2! + … + x¹⁶/16! − x¹⁸/18! for |x| ≤ π/4.
private func cosineSeries(_ x: Double) -> Double {
  let square = x * x
  var sum = -1.0 / 6_402_373_705_728_000
  sum = sum * square + 1.0 / 20_922_789_888_000
  sum = sum * square - 1.0 / 87_178_291_200
  sum = sum * square + 1.0 / 479_001_600
  sum = sum * square - 1.0 / 3_628_800
  sum = sum * square + 1.0 / 40_320
  sum = sum * square - 1.0 / 720
  sum = sum * square + 1.0 / 24
  return 1 + (square * (square * sum) - square / 2)
}
