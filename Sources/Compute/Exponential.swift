// Quiebre · Compute
// exp and its kin in plain arithmetic: the same bits on every CPU, unlike the C library's.
// SPDX-License-Identifier: Apache-2.0

/// e to the power `x`, within 1 unit in the last place.
///
/// x = k·ln 2 + r with |r| ≤ ½ ln 2 (Cody and Waite's two-part ln 2), Taylor's series to r¹³ (what is
/// left out is below 1e-17), scaled by 2ᵏ in two halves so that subnormal results come out right.
/// No branch depends on `x` but the ends: above 709.79 infinity, below −745.2 zero.
public func exp(_ x: Double) -> Double {
  guard x == x else { return x }
  let split = ReducedExponent(max(-746, min(710, x)))
  let value = 1 + split.powerMinusOne
  let half = split.exponent &>> 1
  return value * powerOfTwo(half) * powerOfTwo(split.exponent &- half)
}

/// eˣ − 1 without the loss of digits near 0, within 2 units in the last place.
public func expm1(_ x: Double) -> Double {
  guard x == x else { return x }
  guard x > -40 else { return -1 }
  guard x < 700 else { return exp(x) }
  let split = ReducedExponent(x)
  guard split.exponent != 0 else { return split.powerMinusOne }
  let scale = powerOfTwo(split.exponent)
  return scale * split.powerMinusOne + (scale - 1)
}

/// 1/(1 + e⁻ˣ), with full relative precision in both tails.
public func logistic(_ x: Double) -> Double {
  let decay = exp(x < 0 ? x : -x)
  return (x < 0 ? decay : 1) / (1 + decay)
}

/// An exponent split into k·ln 2 + r.
private struct ReducedExponent {
  let exponent: Int64
  /// eʳ − 1.
  let powerMinusOne: Double

  /// - Parameter x: In −746...710.
  init(_ x: Double) {
    // Adding 1.5·2⁵² rounds to the nearest whole number, which then sits in the low bits.
    let shifted = x * 1.442695040888963407359924681 + 0x1.8p52
    let whole = shifted - 0x1.8p52
    exponent = Int64(bitPattern: shifted.bitPattern &- (0x1.8p52 as Double).bitPattern)
    // The first part of ln 2 has 32 bits, so its product with k is exact.
    let r = (x - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33
    powerMinusOne = r + r * r * exponentialTail(r)
  }
}

/// (eʳ − 1 − r)/r² by Taylor's series in Estrin's order.
private func exponentialTail(_ r: Double) -> Double {
  let square = r * r
  let fourth = square * square
  let a = (1.0 / 2 + r * (1.0 / 6)) + square * (1.0 / 24 + r * (1.0 / 120))
  let b = (1.0 / 720 + r * (1.0 / 5040)) + square * (1.0 / 40320 + r * (1.0 / 362_880))
  let c = (1.0 / 3_628_800 + r * (1.0 / 39_916_800))
  let d = (1.0 / 479_001_600 + r * (1.0 / 6_227_020_800))
  return a + fourth * (b + fourth * (c + square * d))
}

/// 2ᵏ for k in −1022...1023.
private func powerOfTwo(_ k: Int64) -> Double {
  Double(bitPattern: UInt64(bitPattern: (k &+ 1023) &<< 52))
}
