// Quiebre · Formats
// Correct rounding of a Double to decimals: the one place where digits are decided.
// SPDX-License-Identifier: Apache-2.0

/// Rounding of binary numbers to whole multiples of a power of ten.
///
/// The exact binary value is rounded, ties to even, as C's `printf` and Python's `format` do; so
/// 0.125 gives 0.12 and 2.675 (which is 2.67499999…) gives 2.67. No floating-point product is
/// formed, hence no second rounding.
public enum DecimalScaling {
  /// The most decimals that ``scaled(_:decimals:)`` takes: 10^19 is the last power in 64 bits.
  public static let mostDecimals = 19

  static let powers: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 0..<mostDecimals { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// The whole number nearest to `value` × 10^`decimals`.
  ///
  /// - Returns: `nil` if `value` isn't finite or the result passes 62 bits.
  public static func scaled(_ value: Double, decimals: Int) -> Int64? {
    precondition((0...mostDecimals).contains(decimals), "decimals out of range")
    guard value.isFinite else { return nil }
    let exponent = Int(value.exponentBitPattern)
    // value = mantissa × 2^-shift; subnormals lack the hidden bit.
    let hidden: UInt64 = exponent == 0 ? 0 : 1 << 52
    let mantissa = value.significandBitPattern | hidden
    let shift = 1075 - max(exponent, 1)
    let product = UInt128(mantissa) * UInt128(powers[decimals])
    guard let magnitude = rounded(product, shiftedRightBy: shift) else { return nil }
    return value.sign == .minus ? -Int64(magnitude) : Int64(magnitude)
  }

  /// `product` / 2^`shift` to the nearest whole number, ties to even; `nil` beyond 62 bits.
  private static func rounded(_ product: UInt128, shiftedRightBy shift: Int) -> UInt64? {
    let limit = UInt128(1) << 62
    guard shift > 0 else {
      guard product == 0 || -shift <= product.leadingZeroBitCount else { return nil }
      let whole = product << UInt128(-shift)
      return whole < limit ? UInt64(whole) : nil
    }
    // The product has at most 117 bits.
    guard shift < 120 else { return 0 }
    let whole = product &>> UInt128(shift)
    guard whole < limit else { return nil }
    let rest = product &- (whole &<< UInt128(shift))
    let half = UInt128(1) &<< UInt128(shift - 1)
    let up = rest > half || (rest == half && whole & 1 == 1)
    return UInt64(up ? whole + 1 : whole)
  }
}
