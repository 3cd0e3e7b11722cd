// Quiebre · Formats
// Numbers as text, without locale and without Foundation.
// SPDX-License-Identifier: Apache-2.0

/// Numbers as ASCII bytes and as strings.
public enum NumberText {
  /// Appends a whole number.
  public static func append(_ value: Int, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(minus) }
    append(digits: UInt64(value.magnitude), atLeast: 1, to: &bytes)
  }

  /// Appends `value` with a fixed number of decimals, correctly rounded (ties to even).
  ///
  /// A value that rounds to zero has no sign. Values beyond 62 bits of the last decimal are written
  /// as their shortest round-trip text.
  ///
  /// - Returns: `false`, with nothing appended, if `value` isn't finite.
  @discardableResult
  public static func append(
    _ value: Double, decimals: Int, mark: UInt8 = point, to bytes: inout [UInt8]
  ) -> Bool {
    guard value.isFinite else { return false }
    guard let scaled = DecimalScaling.scaled(value, decimals: decimals) else {
      bytes.append(contentsOf: value.description.utf8.map { $0 == point ? mark : $0 })
      return true
    }
    append(scaled: scaled, decimals: decimals, mark: mark, to: &bytes)
    return true
  }

  /// Appends `scaled` / 10^`decimals` with exactly that many decimals.
  public static func append(
    scaled: Int64, decimals: Int, mark: UInt8 = point, to bytes: inout [UInt8]
  ) {
    if scaled < 0 { bytes.append(minus) }
    let power = DecimalScaling.powers[decimals]
    let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: power)
    append(digits: whole, atLeast: 1, to: &bytes)
    guard decimals > 0 else { return }
    bytes.append(mark)
    append(digits: part, atLeast: decimals, to: &bytes)
  }

  /// Appends `scaled` / 10^`decimals` without zeros at the end: `-75` for -75.00000.
  public static func appendTrimmed(scaled: Int64, decimals: Int, to bytes: inout [UInt8]) {
    var scaled = scaled
    var decimals = decimals
    while decimals > 0, scaled % 10 == 0 {
      scaled /= 10
      decimals -= 1
    }
    append(scaled: scaled, decimals: decimals, to: &bytes)
  }

  /// A number with fixed decimals and thousands in groups, in the style of es-PE and en alike.
  ///
  /// - Returns: `1,234.5`; `nil` if `value` isn't finite.
  public static func grouped(_ value: Double, decimals: Int) -> String? {
    var plain: [UInt8] = []
    guard append(value, decimals: decimals, to: &plain) else { return nil }
    return String(decoding: grouped(plain), as: UTF8.self)
  }

  /// A whole number with thousands in groups: `-12,345`.
  public static func grouped(_ value: Int) -> String {
    var plain: [UInt8] = []
    append(value, to: &plain)
    return String(decoding: grouped(plain), as: UTF8.self)
  }

  /// `value` with a fixed number of decimals; `nil` if it isn't finite.
  public static func fixed(_ value: Double, decimals: Int) -> String? {
    var bytes: [UInt8] = []
    guard append(value, decimals: decimals, to: &bytes) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  public static let point = UInt8(ascii: ".")
  public static let comma = UInt8(ascii: ",")
  private static let minus = UInt8(ascii: "-")
  private static let zero = UInt8(ascii: "0")

  private static func append(digits value: UInt64, atLeast width: Int, to bytes: inout [UInt8]) {
    var length = 1
    var rest = value / 10
    while rest > 0 {
      length += 1
      rest /= 10
    }
    length = max(length, width)
    let start = bytes.count
    for _ in 0..<length { bytes.append(zero) }
    rest = value
    var place = start + length - 1
    while rest > 0 {
      bytes[place] = zero + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      place -= 1
    }
  }

  private static func grouped(_ plain: [UInt8]) -> [UInt8] {
    let isDigit = { (byte: UInt8) in byte >= zero && byte <= zero + 9 }
    let start = plain.first == minus ? 1 : 0
    let end = plain[start...].firstIndex { !isDigit($0) } ?? plain.count
    var out = Array(plain[..<start])
    for place in start..<end {
      if place > start, (end - place) % 3 == 0 { out.append(comma) }
      out.append(plain[place])
    }
    return out + plain[end...]
  }
}
