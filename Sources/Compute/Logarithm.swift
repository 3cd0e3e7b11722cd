// Quiebre · Compute
// log and its kin in plain arithmetic: the same bits on every CPU, unlike the C library's.
// SPDX-License-Identifier: Apache-2.0

/// The natural logarithm, within 1 unit in the last place.
///
/// x = 2ᵏ·(1 + f) with √½ ≤ 1 + f < √2, and log(1 + f) by the minimax polynomial in
/// s = f/(2 + f) of Sun's fdlibm (`e_log.c`, 1993). 0 gives −infinity, less gives NaN.
public func log(_ x: Double) -> Double {
  guard x > 0 else { return x == 0 ? -.infinity : .nan }
  guard x < .infinity else { return x }
  var (bits, exponent) = (x.bitPattern, 0)
  if x < .leastNormalMagnitude {
    bits = (x * 0x1p54).bitPattern
    exponent = -54
  }
  // Moves the mantissa from [1, 2) to [√½, √2).
  bits = bits &+ (0x3ff0_0000_0000_0000 &- 0x3fe6_a09e_0000_0000)
  exponent += Int(bits &>> 52) - 1023
  bits = (bits & 0x000f_ffff_ffff_ffff) &+ 0x3fe6_a09e_0000_0000
  return logarithm(oneAnd: Double(bitPattern: bits) - 1, exponent: Double(exponent))
}

/// log(1 + x) without the loss of digits near 0, within 2 units in the last place.
public func log1p(_ x: Double) -> Double {
  guard x > -1, x < .infinity else { return x == -1 ? -.infinity : x == .infinity ? x : .nan }
  guard x.magnitude > 0x1p-54 else { return x }
  let sum = 1 + x
  // What rounding took from 1 + x, put back to first order.
  return log(sum) + (x - (sum - 1)) / sum
}

/// log(p/(1 − p)), precise near ½ too.
///
/// 0 and 1 give the infinities, numbers outside NaN.
public func logit(_ p: Double) -> Double {
  guard (0.25...0.75).contains(p) else { return log(p / (1 - p)) }
  // 2p − 1 is exact here.
  return log1p((2 * p - 1) / (1 - p))
}

/// k·ln 2 + log(1 + f).
private func logarithm(oneAnd f: Double, exponent k: Double) -> Double {
  let halfSquare = 0.5 * f * f
  let s = f / (2 + f)
  let z = s * s
  let w = z * z
  let even =
    w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
  let odd =
    z
    * (6.666666666666735130e-01 + w
      * (2.857142874366239149e-01
        + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)))
  let tail = s * (halfSquare + (even + odd)) + k * 1.90821492927058770002e-10
  return k * 6.93147180369123816490e-01 - ((halfSquare - tail) - f)
}
