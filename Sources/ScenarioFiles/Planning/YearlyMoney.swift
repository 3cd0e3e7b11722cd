// Quiebre · ScenarioFiles
// A line's money in every year of the run: written, kept, grown or ended.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel

extension BudgetLine {
  /// Money of a year in the prices that the file uses: 0 before the first written year, by `after`
  /// behind the last; `nil` when growth leaves the range of money.
  func written(in year: Int) -> Centimos? {
    if let given = amounts.first(where: { $0.year == year }) { return given.money }
    guard let last = amounts.last, year > last.year else { return 0 }
    switch after {
    case .zero: return 0
    case .keep: return last.money
    case .grow(let rate):
      var money = last.money
      for _ in last.year..<year {
        let grown = (Double(money) * (1 + rate)).rounded()
        guard grown <= Double(mostCentimos) else { return nil }
        money = Centimos(grown)
      }
      return money
    }
  }

  /// Written years that no simulated year uses.
  func unusedAmounts(base: Int, end: Int) -> [Amount] {
    amounts.filter { amount in
      if amount.year > end { return true }
      guard amount.year < base else { return false }
      return amount.year != amounts.last?.year || after == .zero
    }
  }
}

/// 10^12 currency units.
let mostCentimos: Centimos = 100_000_000_000_000

/// `1 district`, `3 districts`.
func counted(_ number: Int, _ one: String, _ many: String) -> String {
  "\(number) \(number == 1 ? one : many)"
}

/// `S/ 1,300,000`, with céntimos only where there are any.
func moneyText(_ money: Centimos, sign: String) -> String {
  let (units, cents) = (abs(money) / 100, abs(money) % 100)
  var digits = String(units)
  var index = digits.count - 3
  while index > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
    index -= 3
  }
  let fraction = cents == 0 ? "" : "." + (cents < 10 ? "0" : "") + String(cents)
  return "\(sign) \(money < 0 ? "-" : "")\(digits)\(fraction)"
}
