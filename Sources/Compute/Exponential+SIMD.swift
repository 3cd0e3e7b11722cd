// Quiebre · Compute
// exp and logistic for eight numbers at once, with the bits of the plain forms.
// SPDX-License-Identifier: Apache-2.0

/// e to the power of each lane: the steps of ``exp(_:)-(Double)``, hence the same bits.
@inlinable
public func exp(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let low = x.replacing(with: 710, where: x .> 710)
  let clamped = low.replacing(with: -746, where: low .< -746)
  let shifter = SIMD8<Double>(repeating: 0x1.8p52)
  let scaled: SIMD8<Double> = clamped * 1.442695040888963407359924681
  let whole = (scaled + shifter) - shifter
  let r = (clamped - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33
  let powerMinusOne = r + r * r * exponentialTail(r)
  let half = whole * 0.5 + shifter
  let rest = (whole - (half - shifter)) + shifter
  let value = (1 + powerMinusOne) * powerOfTwo(half) * powerOfTwo(rest)
  return value.replacing(with: x, where: x .!= x)
}

/// 1/(1 + e⁻ˣ) of each lane, with the bits of ``logistic(_:)-(Double)``.
@inlinable
public func logistic(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let negative = x .< 0
  let decay = exp((-x).replacing(with: x, where: negative))
  let top = SIMD8<Double>(repeating: 1).replacing(with: decay, where: negative)
  return top / (1 + decay)
}

@inlinable
func exponentialTail(_ r: SIMD8<Double>) -> SIMD8<Double> {
  typealias Lanes = SIMD8<Double>
  let square = r * r
  let fourth = square * square
  let a0: Lanes = Lanes(repeating: 1.0 / 2) + r * Lanes(repeating: 1.0 / 6)
  let a1: Lanes = Lanes(repeating: 1.0 / 24) + r * Lanes(repeating: 1.0 / 120)
  let b0: Lanes = Lanes(repeating: 1.0 / 720) + r * Lanes(repeating: 1.0 / 5040)
  let b1: Lanes = Lanes(repeating: 1.0 / 40320) + r * Lanes(repeating: 1.0 / 362_880)
  let c: Lanes = Lanes(repeating: 1.0 / 3_628_800) + r * Lanes(repeating: 1.0 / 39_916_800)
  let d: Lanes = Lanes(repeating: 1.0 / 479_001_600) + r * Lanes(repeating: 1.0 / 6_227_020_800)
  let high: Lanes = c + square * d
  let middle: Lanes = (b0 + square * b1) + fourth * high
  return (a0 + square * a1) + fourth * middle
}

@inlinable
func powerOfTwo(_ shifted: SIMD8<Double>) -> SIMD8<Double> {
  // Same size, no padding, every bit pattern valid on both sides.
  let bits = unsafe unsafeBitCast(shifted, to: SIMD8<UInt64>.self)
  return unsafe unsafeBitCast((bits &+ 1023) &<< 52, to: SIMD8<Double>.self)
}
