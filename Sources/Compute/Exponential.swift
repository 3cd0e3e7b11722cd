// Quiebre · Compute
// exp and its kin in plain arithmetic: the same bits on every CPU, unlike the C library's.
// SPDX-License-Identifier: Apache-2.0

/// e to the power `x`, within 1 unit in the last place.
///
/// x = k·ln 2 + r with |r| ≤ ½ ln 2 (Cody and Waite's two-part ln 2), Taylor's series to r¹³ (what is
/// left out is below 1e-17), scaled by 2ᵏ in two halves so that subnormal results come out right.
/// There is no branch, so that a loop over an array becomes vector code. Above 709.79 the result is
/// infinite, below −745.2 zero.
@inlinable
public func exp(_ x: Double) -> Double {
  let split = ReducedExponent(x)
  let value = (1 + split.powerMinusOne) * split.firstScale * split.secondScale
  return x == x ? value : x
}

/// 1/(1 + e⁻ˣ), with full relative precision in both tails.
@inlinable
public func logistic(_ x: Double) -> Double {
  let decay = exp(-x.magnitude)
  return (x < 0 ? decay : 1) / (1 + decay)
}

/// eˣ − 1 without the loss of digits near 0, within 2 units in the last place.
public func expm1(_ x: Double) -> Double {
  guard x > -40 else { return x == x ? -1 : x }
  guard x < 700 else { return exp(x) }
  let split = ReducedExponent(x)
  let scale = split.firstScale * split.secondScale
  return scale == 1 ? split.powerMinusOne : scale * split.powerMinusOne + (scale - 1)
}

/// An exponent split into k·ln 2 + r.
@usableFromInline
struct ReducedExponent {
  /// eʳ − 1.
  @usableFromInline let powerMinusOne: Double
  /// Two powers of 2 whose product is 2ᵏ.
  @usableFromInline let firstScale: Double
  @usableFromInline let secondScale: Double

  @inlinable
  init(_ x: Double) {
    let low = x < 710 ? x : 710
    let clamped = low > -746 ? low : -746
    // Adding 1.5·2⁵² rounds to the nearest whole number, which then sits in the low bits.
    let shifter = 0x1.8p52
    let whole = (clamped * 1.442695040888963407359924681 + shifter) - shifter
    // The first part of ln 2 has 32 bits, so its product with k is exact.
    let r = (clamped - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33
    powerMinusOne = r + r * r * exponentialTail(r)
    let half = whole * 0.5 + shifter
    firstScale = powerOfTwo(half)
    secondScale = powerOfTwo((whole - (half - shifter)) + shifter)
  }
}

/// (eʳ − 1 − r)/r² by Taylor's series in Estrin's order.
@inlinable
func exponentialTail(_ r: Double) -> Double {
  let square = r * r
  let fourth = square * square
  let a = (1.0 / 2 + r * (1.0 / 6)) + square * (1.0 / 24 + r * (1.0 / 120))
  let b = (1.0 / 720 + r * (1.0 / 5040)) + square * (1.0 / 40320 + r * (1.0 / 362_880))
  let c = (1.0 / 3_628_800 + r * (1.0 / 39_916_800))
  let d = (1.0 / 479_001_600 + r * (1.0 / 6_227_020_800))
  return a + fourth * (b + fourth * (c + square * d))
}

/// 2ᵏ of 1.5·2⁵² + k, whose low bits hold k.
@inlinable
func powerOfTwo(_ shifted: Double) -> Double {
  Double(bitPattern: (shifted.bitPattern &+ 1023) &<< 52)
}
