// Quiebre · GeoFiles
// Numbers in text grids: exact, and fast for the lengths that grids have.
// SPDX-License-Identifier: Apache-2.0

/// The number that a word spells, or `nil` if it is none.
///
/// The nearest `Double` in every case. Up to 2⁵³ as digits and 10²² as scale, one exact
/// multiplication or division gives it (Clinger, "How to read floating point numbers accurately",
/// 1990, section 3); longer words take the standard library's way. `nan` and `inf` in any case
/// count as numbers, hexadecimal floats do not.
func decimalNumber(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Double? {
  var index = start
  var isNegative = false
  if index < end, bytes[index] == minus || bytes[index] == plus {
    isNegative = bytes[index] == minus
    index += 1
  }
  var digits: UInt64 = 0
  var digitCount = 0
  var scale = 0
  takeDigits(bytes, &index, end, &digits, &digitCount)
  if index < end, bytes[index] == point {
    index += 1
    let before = digitCount
    takeDigits(bytes, &index, end, &digits, &digitCount)
    scale = before - digitCount
  }
  guard digitCount > 0 else { return specialNumber(in: bytes, from: start, to: end) }
  if index < end, bytes[index] | 0x20 == letterE {
    guard let exponent = takeExponent(bytes, &index, end) else { return nil }
    scale += exponent
  }
  guard index == end else { return specialNumber(in: bytes, from: start, to: end) }
  guard digitCount <= 19, digits <= 1 << 53, abs(scale) <= 22 else {
    return Double(text(bytes, start, end))
  }
  let whole = Double(digits)
  let magnitude = scale < 0 ? whole / powersOfTen[-scale] : whole * powersOfTen[scale]
  return isNegative ? -magnitude : magnitude
}

private let minus = UInt8(ascii: "-")
private let plus = UInt8(ascii: "+")
private let point = UInt8(ascii: ".")
private let letterE = UInt8(ascii: "e")
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

private func takeDigits(
  _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int, _ digits: inout UInt64,
  _ digitCount: inout Int
) {
  while index < end {
    let digit = bytes[index] &- UInt8(ascii: "0")
    guard digit <= 9 else { return }
    // Wraps past 19 digits; the caller then takes the slow way.
    digits = digits &* 10 &+ UInt64(digit)
    digitCount += 1
    index += 1
  }
}

/// The exponent after `e`, or `nil` if no digit follows.
///
/// Stops growing where every double is 0 or ∞.
private func takeExponent(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Int? {
  index += 1
  var isNegative = false
  if index < end, bytes[index] == minus || bytes[index] == plus {
    isNegative = bytes[index] == minus
    index += 1
  }
  let first = index
  var exponent = 0
  while index < end, case let digit = bytes[index] &- UInt8(ascii: "0"), digit <= 9 {
    exponent = min(exponent * 10 + Int(digit), 100_000)
    index += 1
  }
  guard index > first else { return nil }
  return isNegative ? -exponent : exponent
}

private func specialNumber(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Double? {
  guard end - start <= 10 else { return nil }
  switch text(bytes, start, end).lowercased() {
  case "nan", "-nan", "+nan", "nan(ind)", "-nan(ind)", "1.#qnan", "-1.#ind": return .nan
  case "inf", "+inf", "infinity", "+infinity": return .infinity
  case "-inf", "-infinity": return -.infinity
  default: return nil
  }
}

private func text(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
  var copy: [UInt8] = []
  copy.reserveCapacity(end - start)
  for index in start..<end { copy.append(bytes[index]) }
  return String(decoding: copy, as: UTF8.self)
}
