// Quiebre · ScenarioFiles
// Reads numbers with their units: shares, points, factors, money.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel

extension Section {
  func number(_ key: String, _ quantity: Quantity, default number: Double, _ text: String)
    -> Double
  {
    if peek(key) == nil { checker.plainDefault(full(key), text) }
    return self.number(key, quantity) ?? number
  }

  func number(_ key: String, _ quantity: Quantity) -> Double? {
    guard let entry = take(key) else { return nil }
    return number(key, entry.value, quantity)
  }

  /// Checks type, unit and range of one number.
  func number(_ key: String, _ value: TOMLValue, _ quantity: Quantity) -> Double? {
    let read: Double?
    switch value.content {
    case .integer(let whole): read = bare(key, Double(whole), "\(whole)", value, quantity)
    case .real(let real): read = bare(key, real, "\(real)", value, quantity)
    case .string(let text): read = withUnit(key, text, value, quantity)
    default:
      if !reportTextOrDate(key, value) {
        wrongType(key, value, LocalizedText(en: "a number", es: "un número"))
      }
      read = nil
    }
    guard let read else { return nil }
    guard quantity.range.contains(read) else {
      outOfRange(key, at: value.place, found: asWritten(value), allowed: quantity.allowed)
      return nil
    }
    return read
  }

  private func bare(
    _ key: String, _ number: Double, _ digits: String, _ value: TOMLValue, _ quantity: Quantity
  ) -> Double? {
    switch quantity {
    case .points:
      wrongUnit(key, value, fix: "\"\(digits) pp\"")
      return nil
    case .ratio where number > 1 && number <= 100, .growth where number > 1 && number <= 100:
      checker.report(
        Diagnostic(
          .barePercent, entry: full(key), at: value.place,
          what: LocalizedText(
            en: "\(full(key)) is \(digits), a ratio far above 1",
            es: "\(full(key)) es \(digits), una proporción muy superior a 1"),
          caret: LocalizedText(en: "a percentage?", es: "¿un porcentaje?"),
          why: LocalizedText(
            en: "a bare number is a ratio, 1 = 100 %",
            es: "un número solo es una proporción, 1 = 100 %"),
          fix: LocalizedText(verbatim: "\"\(digits) %\"")))
      return nil
    default: return number
    }
  }

  private func withUnit(
    _ key: String, _ text: String, _ value: TOMLValue, _ quantity: Quantity
  ) -> Double? {
    guard let written = WrittenNumber(text) else {
      notANumber(key, text, value)
      return nil
    }
    if written.unit.isEmpty, quantity.unit == nil {
      _ = reportTextOrDate(key, value)
      return nil
    }
    guard let unit = quantity.unit, written.unit == unit else {
      let fix = quantity.unit.map { "\"\(written.digits) \($0)\"" } ?? written.digits
      wrongUnit(key, value, fix: fix)
      return nil
    }
    return written.value(shiftedBy: 2)
  }

  private func wrongUnit(_ key: String, _ value: TOMLValue, fix: String) {
    let found = asWritten(value)
    checker.report(
      Diagnostic(
        .wrongUnit, entry: full(key), at: value.place,
        what: LocalizedText(
          en: "\(full(key)) is \(found): wrong or missing unit",
          es: "\(full(key)) es \(found): unidad equivocada o ausente"),
        fix: LocalizedText(verbatim: fix)))
  }

  private func notANumber(_ key: String, _ text: String, _ value: TOMLValue) {
    let comma = text.contains(",") && text.contains(where: \.isNumber)
    let digits = text.filter { $0.isNumber || $0 == "," }
    guard comma, digits.split(separator: ",").count == 2 else {
      wrongType(key, value, LocalizedText(en: "a number", es: "un número"))
      return
    }
    checker.report(
      Diagnostic(
        .commaInNumber, entry: full(key), at: value.place,
        what: LocalizedText(en: "number with a comma", es: "número con coma"),
        caret: LocalizedText(en: "looks like a decimal comma", es: "parece una coma decimal"),
        fix: LocalizedText(verbatim: "\"\(text.replacing(",", with: "."))\"")))
  }

  // MARK: Money

  /// Money in whole céntimos, never negative.
  func money(_ key: String) -> Centimos? {
    guard let entry = take(key) else { return nil }
    return money(key, entry.value)
  }

  func money(_ key: String, _ value: TOMLValue) -> Centimos? {
    let limit: Int64 = 1_000_000_000_000
    switch value.content {
    case .integer(let units):
      guard checkMoney(key, value, negative: units < 0, huge: units > limit) else { return nil }
      return units * 100
    case .real(let units):
      guard checkMoney(key, value, negative: units < 0, huge: units > Double(limit)) else {
        return nil
      }
      let centimos = (units * 100).rounded()
      // The nearest double to a number of two decimals, and to no other.
      guard centimos / 100 == units else {
        checker.report(
          Diagnostic(
            .belowCentimo, entry: full(key), at: value.place,
            what: LocalizedText(
              en: "\(asWritten(value)) is finer than a céntimo",
              es: "\(asWritten(value)) es más fino que un céntimo"),
            fix: LocalizedText(
              en: "two decimals at most", es: "como máximo dos decimales")))
        return nil
      }
      return Int64(centimos)
    default:
      if !reportTextOrDate(key, value) {
        wrongType(key, value, LocalizedText(en: "an amount of money", es: "un monto de dinero"))
      }
      return nil
    }
  }

  private func checkMoney(_ key: String, _ value: TOMLValue, negative: Bool, huge: Bool) -> Bool {
    guard negative || huge else { return true }
    let found = asWritten(value)
    checker.report(
      Diagnostic(
        negative ? .negativeAmount : .hugeAmount, entry: full(key), at: value.place,
        what: negative
          ? LocalizedText(
            en: "\(full(key)) is \(found): money can't be negative",
            es: "\(full(key)) es \(found): el dinero no puede ser negativo")
          : LocalizedText(
            en: "\(full(key)) is \(found): more than 10^12 a year",
            es: "\(full(key)) es \(found): más de 10^12 al año")))
    return false
  }

  /// Keys of a table that are years, ascending.
  func byYear(_ key: String) -> [(year: Int, entry: TOMLTable.Entry)]? {
    guard let entry = take(key) else { return nil }
    guard let table = entry.value.table else {
      wrongType(
        key, entry.value,
        LocalizedText(en: "a table by year: { 2020 = … }", es: "una tabla por año: { 2020 = … }"))
      return nil
    }
    var years: [(year: Int, entry: TOMLTable.Entry)] = []
    for member in table.entries {
      guard let year = Int(member.key), Self.years.contains(year), member.key.utf8.count == 4 else {
        checker.report(
          Diagnostic(
            .wrongYear, entry: full(key), at: member.keyPlace,
            what: LocalizedText(
              en: "'\(member.key)' is no year", es: "'\(member.key)' no es un año")))
        continue
      }
      years.append((year, member))
    }
    return years.sorted { $0.year < $1.year }
  }
}
