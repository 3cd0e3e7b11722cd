// Quiebre · ScenarioFiles
// What a number in a scenario means, which units it may carry, and how it is read from text.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// The kind of a number.
enum Quantity: Hashable {
  /// A share in 0...1: `0.226` or `"22.6 %"`.
  case ratio
  /// A yearly change, -1...10: `0.03` or `"3 %"`.
  case growth
  /// Percentage points as a share, -1...1: `"0.3 pp"` only.
  case points
  /// A factor, 0...100.
  case multiplier
  /// Log points, -5...5.
  case logPoints
  /// A standard deviation on the logit scale, 0...3.
  case spread
  /// Years, 0...50.
  case years
  /// Currency units, above 0 and at most 10^9.
  case unitMoney
  /// Any finite number.
  case plain

  var range: ClosedRange<Double> {
    switch self {
    case .ratio: 0...1
    case .growth: -1...10
    case .points: -1...1
    case .multiplier: 0...100
    case .logPoints: -5...5
    case .spread: 0...3
    case .years: 0...50
    case .unitMoney: 0.01...1e9
    case .plain: -1e15...1e15
    }
  }

  var allowed: LocalizedText {
    switch self {
    case .ratio: LocalizedText(en: "0 % to 100 %", es: "0 % a 100 %")
    case .growth: LocalizedText(en: "-100 % to 1000 %", es: "-100 % a 1000 %")
    case .points: LocalizedText(en: "-100 pp to 100 pp", es: "-100 pp a 100 pp")
    case .multiplier: LocalizedText(en: "0 to 100", es: "0 a 100")
    case .logPoints: LocalizedText(en: "-5 to 5 log points", es: "-5 a 5 puntos logarítmicos")
    case .spread: LocalizedText(en: "0 to 3 (logit)", es: "0 a 3 (logit)")
    case .years: LocalizedText(en: "0 to 50 years", es: "0 a 50 años")
    case .unitMoney: LocalizedText(en: "0.01 to 10^9", es: "0.01 a 10^9")
    case .plain: LocalizedText(en: "-10^15 to 10^15", es: "-10^15 a 10^15")
    }
  }

  /// The unit that must or may stand behind the number in a text.
  var unit: String? {
    switch self {
    case .ratio, .growth: "%"
    case .points: "pp"
    case .multiplier, .logPoints, .spread, .years, .unitMoney, .plain: nil
    }
  }

  /// Whether a draw from a normal or log-normal distribution stays inside the range.
  var allowsNormal: Bool { self == .logPoints || self == .plain }
  var allowsLognormal: Bool { self == .multiplier || self == .unitMoney || self == .years }
}

/// A number with its unit as a text holds it: `22.6 %`, `-0.3 pp`, `5`.
struct WrittenNumber: Hashable {
  /// Digits, sign, point and underscores as written.
  let digits: String
  /// What stands behind, without spaces.
  let unit: String

  /// Reads `[sign] digits [. digits] [unit]`, or gives `nil` for anything else.
  init?(_ text: String) {
    let trimmed = text.drop { $0 == " " }
    let body = trimmed.prefix { $0.isASCII && ($0.isNumber || "+-._".contains($0)) }
    let rest = trimmed[body.endIndex...].filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
    let unsigned = body.first == "-" || body.first == "+" ? body.dropFirst() : body
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), unsigned.count <= 30,
      parts.allSatisfy({ part in
        part.first?.isNumber == true && part.allSatisfy { $0.isNumber || $0 == "_" }
      })
    else { return nil }
    digits = String(body)
    unit = rest
  }

  /// The number, divided by ten to the power of `shift`, correctly rounded.
  func value(shiftedBy shift: Int) -> Double? {
    Double(digits.replacing("_", with: "") + "e-\(shift)")
  }
}
