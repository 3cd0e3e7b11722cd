// Quiebre · Reports
// Numbers as people read them in es-PE and en: decimal point, comma between thousands.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Statistics

/// Numbers for the terminal, in one language.
struct PeopleNumbers {
  let language: Language

  /// What stands where there is no number.
  static let none = "–"

  /// Percent of a share with one decimal, without the sign: `26.0`.
  func rate(_ share: Double) -> String { fixed(share * 100, 1) }

  /// `26.0 (22.0-30.7)`.
  func rate(_ middle: Double, _ low: Double, _ high: Double) -> String {
    "\(rate(middle)) (\(rate(low))-\(rate(high)))"
  }

  /// Percentage points with a sign and two decimals, of a difference of shares: `-0.04`.
  func points(_ share: Double) -> String { signed(share * 100, 2) }

  /// A number with a sign: `+0.7`, `-0.04`, `0.00`.
  func signed(_ value: Double, _ decimals: Int) -> String {
    let text = fixed(value, decimals)
    let isZero = text.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    return value > 0 && !isZero ? "+" + text : text
  }

  func fixed(_ value: Double, _ decimals: Int) -> String {
    NumberText.fixed(value, decimals: decimals) ?? Self.none
  }

  /// At most two decimals, without zeros at the end: `1`, `0.5`, `12.25`.
  func trimmed(_ value: Double) -> String {
    var text = fixed(value, 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  func whole(_ value: Double) -> String {
    NumberText.grouped(value, decimals: 0) ?? Self.none
  }

  /// A count in three significant digits at most: `1.87 M`, `34 thousand`, `930`.
  func short(_ value: Double) -> String {
    let size = value.magnitude
    guard size.isFinite else { return Self.none }
    if size >= 999_500 {
      let millions = value / 1_000_000
      let decimals = size >= 99_950_000 ? (size >= 999_500_000 ? 0 : 1) : 2
      return (NumberText.grouped(millions, decimals: decimals) ?? Self.none) + " M"
    }
    guard size >= 999.5 else { return whole(value) }
    let word = language == .spanish ? "mil" : "thousand"
    return whole(value / 1000) + " " + word
  }

  /// A count with a sign: `-3 thousand`.
  func signedShort(_ value: Double) -> String {
    let text = short(value)
    return value > 0 && text != "0" ? "+" + text : text == "-0" ? "0" : text
  }

  /// Money in the currency's unit, millions with one decimal: `S/ 472.8 M`, `S/ 34,000`, `0`.
  func money(_ amount: Double, _ symbol: String) -> String {
    guard amount.isFinite else { return Self.none }
    guard amount != 0 else { return "0" }
    if amount.magnitude >= 999_950 {
      return "\(symbol) \(NumberText.grouped(amount / 1_000_000, decimals: 1) ?? Self.none) M"
    }
    return "\(symbol) \(whole(amount))"
  }

  /// Rounded to two significant digits, for estimates: 34,127 → 34,000.
  func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    var scale = 1.0
    while value.magnitude / scale >= 100 { scale *= 10 }
    return (value / scale).rounded() * scale
  }

  /// `30 %`, or a bound where (nearly) every draw says the same: `< 0.4 %`, `> 99.6 %`.
  func probability(_ share: DrawnShare) -> String {
    switch share.wording {
    case .value(let value): "\(percent(value)) %"
    case .below(let bound): "< \(fixed(max(bound * 100, 0.1), 1)) %"
    case .above(let bound): "> \(fixed(min(bound * 100, 99.9), 1)) %"
    }
  }

  /// `30 % (27-33), unlikely`; the bounds are Wilson's.
  func worded(_ share: DrawnShare) -> String {
    let word = share.word.words.text(in: language)
    guard case .value = share.wording else { return probability(share) + ", " + word }
    return RunPhrase.share.said(
      probability(share), fixed(share.low * 100, 0), fixed(share.high * 100, 0), word,
      in: language)
  }

  /// Two decimals, three below 0.1, one significant digit below 0.001: `0.37`, `0.049`, `0.0004`,
  /// `< 0.000001`.
  func pValue(_ p: Double) -> String {
    if p < 0.000_000_5 { return "< 0.000001" }
    guard p < 0.000_95 else { return fixed(p, p < 0.0995 ? 3 : 2) }
    var decimals = 3
    var scaled = p * 1000
    while scaled < 0.95, decimals < 6 {
      scaled *= 10
      decimals += 1
    }
    return fixed(p, decimals)
  }

  /// `2015`, or `2015.5` for a survey's mid-point.
  func year(_ year: Double) -> String { fixed(year, year == year.rounded() ? 0 : 1) }

  /// Share of paired draws that change sides, in percent with one decimal.
  ///
  /// It says what was counted, not a probability of the future: none is exactly `0`; what would be
  /// rounded to none is `< 0.1`.
  func pairShare(_ share: Double) -> String {
    if share <= 0 { return "0" }
    return share < 0.0005 ? "< 0.1" : fixed(share * 100, 1)
  }

  /// A probability that isn't counted over draws: `31 %`, `< 0.1 %`, `> 99.9 %`.
  func chance(_ probability: Double) -> String {
    if probability < 0.0005 { return "< 0.1 %" }
    return probability > 0.9995 ? "> 99.9 %" : percent(probability) + " %"
  }

  /// Whole percent between 10 and 90, else one decimal, so that 99.7 isn't printed as 100.
  private func percent(_ share: Double) -> String {
    fixed(share * 100, (0.0995..<0.9005).contains(share) ? 0 : 1)
  }
}
