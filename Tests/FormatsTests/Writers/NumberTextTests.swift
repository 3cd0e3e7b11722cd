// Quiebre · FormatsTests
// Digits against Python's correctly rounded ones, and against a slow twin in whole numbers.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Testing

struct DecimalCase: CustomTestStringConvertible {
  let value: Double
  let decimals: Int
  let expected: String

  init(_ value: Double, _ decimals: Int, _ expected: String) {
    self.value = value
    self.decimals = decimals
    self.expected = expected
  }

  var testDescription: String { "\(value) to \(decimals)" }
}

@Suite struct NumberTextSuite {
  // Python 3.11.7: format(x, 'z.{d}f'), which rounds the exact binary value, ties to even.
  static let pythonCases: [DecimalCase] = [
    DecimalCase(0.125, 2, "0.12"),
    DecimalCase(0.375, 2, "0.38"),
    DecimalCase(2.675, 2, "2.67"),
    DecimalCase(1.005, 2, "1.00"),
    DecimalCase(0.5, 0, "0"),
    DecimalCase(1.5, 0, "2"),
    DecimalCase(2.5, 0, "2"),
    DecimalCase(-0.004, 2, "0.00"),
    DecimalCase(-0.0, 3, "0.000"),
    DecimalCase(1e-300, 5, "0.00000"),
    DecimalCase(.leastNonzeroMagnitude, 19, "0.0000000000000000000"),
    DecimalCase(123456.785, 2, "123456.79"),
    DecimalCase(0.1, 19, "0.1000000000000000056"),
    DecimalCase(1000000000000000.5, 0, "1000000000000000"),
    DecimalCase(1000000000000001.5, 1, "1000000000000001.5"),
    DecimalCase(-75.123455, 5, "-75.12346"),
    DecimalCase(-9.9999949999, 5, "-9.99999"),
    DecimalCase(999.995, 2, "1000.00"),
    DecimalCase(99.9999999, 3, "100.000"),
    DecimalCase(4e+18, 0, "4000000000000000000"),
    DecimalCase(-88.0397940647355, 5, "-88.03979"),
    DecimalCase(-686.2973553954668, 9, "-686.297355395"),
    DecimalCase(-143.28921521739045, 5, "-143.28922"),
    DecimalCase(5.94293982862409e-05, 3, "0.000"),
    DecimalCase(-132.3932924819071, 1, "-132.4"),
    DecimalCase(127.7666015625, 1, "127.8"),
    DecimalCase(0.009371135486758045, 1, "0.0"),
    DecimalCase(-6.680878857405088e-05, 0, "0"),
    DecimalCase(17.228251700674168, 2, "17.23"),
    DecimalCase(-6.931732813185988, 2, "-6.93"),
    DecimalCase(-87.77453906062367, 0, "-88"),
    DecimalCase(-50363.0, 5, "-50363.00000"),
    DecimalCase(9.087889521795761e-06, 1, "0.0"),
    DecimalCase(4.498564360481112, 2, "4.50"),
    DecimalCase(89.42330033447871, 5, "89.42330"),
    DecimalCase(-17940.875, 1, "-17940.9"),
    DecimalCase(-146.8535954320272, 5, "-146.85360"),
    DecimalCase(-126.40750393563053, 9, "-126.407503936"),
    DecimalCase(-116657.0, 0, "-116657"),
    DecimalCase(-694594.0, 5, "-694594.00000"),
    DecimalCase(-354.576171875, 0, "-355"),
    DecimalCase(5.76019099560714e-06, 1, "0.0"),
    DecimalCase(-158.8425774566516, 1, "-158.8"),
    DecimalCase(-2.3682002889528375, 5, "-2.36820"),
    DecimalCase(-34.63581051923509, 3, "-34.636"),
    DecimalCase(0.0007355978688370996, 9, "0.000735598"),
    DecimalCase(734.7736135546041, 5, "734.77361"),
    DecimalCase(-929.01953125, 9, "-929.019531250"),
    DecimalCase(30717.375, 9, "30717.375000000"),
    DecimalCase(-976838685.95505, 1, "-976838686.0"),
  ]

  @Test(arguments: pythonCases)
  func roundsAsPythonDoes(_ row: DecimalCase) {
    #expect(NumberText.fixed(row.value, decimals: row.decimals) == row.expected)
  }

  @Test(arguments: [0, 2, 5, 9])
  func meetsALongDivisionTwin(decimals: Int) throws {
    var state: UInt64 = 42
    for _ in 0..<4000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Exponents -60…20 cover coordinates, rates, persons and money.
      let exponent = Int((state >> 20) % 81) - 60
      let fraction = 1 + Double(state >> 12) / Double(UInt64(1) << 52)
      let value = Double(
        sign: state & 1 == 0 ? .plus : .minus, exponent: exponent, significand: fraction)
      let expected = slowFixed(value, decimals: decimals)
      #expect(NumberText.fixed(value, decimals: decimals) == expected, "\(value)")
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func notFiniteHasNoText(value: Double) {
    #expect(NumberText.fixed(value, decimals: 2) == nil)
    #expect(NumberText.grouped(value, decimals: 2) == nil)
  }

  @Test func hugeValuesKeepTheirShortestText() {
    #expect(NumberText.fixed(1e300, decimals: 2) == "1e+300")
  }

  @Test(arguments: [
    (0.0, 0, "0"), (999, 0, "999"), (1000, 0, "1,000"), (-1_234_567.891, 1, "-1,234,567.9"),
    (472_800_000, 0, "472,800,000"), (-999.5, 0, "-1,000"), (0.5, 1, "0.5"),
  ])
  func groupsThousandsByThree(value: Double, decimals: Int, expected: String) {
    #expect(NumberText.grouped(value, decimals: decimals) == expected)
  }

  @Test(arguments: [(0, "0"), (-1000, "-1,000"), (Int.min, "-9,223,372,036,854,775,808")])
  func groupsWholeNumbers(value: Int, expected: String) {
    #expect(NumberText.grouped(value) == expected)
  }

  @Test(arguments: [
    (-7_500_000, "-75"), (0, "0"), (-1, "-0.00001"), (1_234_560, "12.3456"), (100_000, "1"),
  ])
  func trimsZerosAtTheEnd(scaled: Int, expected: String) {
    var bytes: [UInt8] = []
    NumberText.appendTrimmed(scaled: Int64(scaled), decimals: 5, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  /// The slow twin: every binary digit of the number as decimal digits, rounded by hand.
  private func slowFixed(_ value: Double, decimals: Int) -> String {
    var whole: [Int] = [0]  // decimal digits, lowest first
    var part: [Int] = []  // decimal digits after the point
    let magnitude = value.magnitude
    var rest = magnitude.rounded(.towardZero)
    whole = []
    while rest >= 1 {
      whole.append(Int(rest.truncatingRemainder(dividingBy: 10)))
      rest = (rest / 10).rounded(.towardZero)
    }
    // The part below 1 times 2^130 is whole for these exponents: double its digits up from a sum.
    var digits = [Int](repeating: 0, count: 140)
    var bit = magnitude - magnitude.rounded(.towardZero)
    var power = [Int](repeating: 0, count: 140)  // decimal digits of 2^-k, from the first decimal
    power[0] = 5
    while bit > 0 {
      bit *= 2
      if bit >= 1 {
        bit -= 1
        var carry = 0
        for place in digits.indices.reversed() {
          let sum = digits[place] + power[place] + carry
          digits[place] = sum % 10
          carry = sum / 10
        }
      }
      var left = 0
      for place in power.indices {
        let here = left * 10 + power[place]
        power[place] = here / 2
        left = here % 2
      }
    }
    part = Array(digits[..<decimals])
    var number = part.reversed() + (whole.isEmpty ? [0] : whole)  // lowest first
    let tail = digits[decimals...]
    let next = tail.first ?? 0
    let more = tail.dropFirst().contains { $0 != 0 }
    if next > 5 || (next == 5 && (more || number[0] % 2 == 1)) {
      var place = 0
      while place < number.count, number[place] == 9 {
        number[place] = 0
        place += 1
      }
      if place == number.count { number.append(1) } else { number[place] += 1 }
    }
    let text = number.reversed().map(String.init)
    let zero = number.allSatisfy { $0 == 0 }
    let joined = text.dropLast(decimals).joined()
    let decimalsText = decimals > 0 ? "." + text.suffix(decimals).joined() : ""
    return (value < 0 && !zero ? "-" : "") + joined + decimalsText
  }
}
