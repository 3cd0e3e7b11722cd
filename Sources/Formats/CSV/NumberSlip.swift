// Quiebre · Formats
// Why a cell is no number: the slip by its name, and the number that was probably meant.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// What went wrong in a cell that should hold a number.
enum NumberSlip: Hashable {
  case noBreakSpace(plain: String)
  case percentSign(number: String)
  case thousands(plain: String)
  case decimalComma(plain: String)
  /// `1,234`: a decimal comma or a thousands comma.
  case oneComma(decimal: String, thousands: String)
  case currency(number: String)
  case notFinite
  case word

  init(_ text: String, unit: CSVUnit) {
    let plain = String(text.unicodeScalars.filter { !noBreakSpaces.contains($0) })
    if plain.unicodeScalars.count != text.unicodeScalars.count {
      self = .noBreakSpace(plain: plain.trimmingSpaces())
      return
    }
    if unit == .plain, text.hasSuffix("%") {
      self = .percentSign(number: String(text.dropLast()).trimmingSpaces())
      return
    }
    let body = text.hasSuffix("%") ? String(text.dropLast()).trimmingSpaces() : text
    if let slip = Self.separators(body) {
      self = slip
      return
    }
    if let number = currencyAmount(body) {
      self = .currency(number: number)
      return
    }
    let word = body.lowercased()
    let infinite = ["inf", "+inf", "-inf", "infinity", "-infinity", "nan", "-nan"].contains(word)
    self = infinite || Double(body)?.isInfinite == true ? .notFinite : .word
  }

  /// Commas, points and spaces between digits.
  private static func separators(_ text: String) -> NumberSlip? {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
    let sign = text.hasPrefix("-") ? "-" : ""
    guard let first = unsigned.utf8.first, isDigit(first),
      unsigned.utf8.allSatisfy({
        isDigit($0) || $0 == ASCII.comma || $0 == ASCII.dot || $0 == ASCII.space || $0 == 0x27
      })
    else { return nil }
    let digits = { (part: Substring) in String(part.filter(\.isNumber)) }
    let commas = unsigned.count { $0 == "," }
    let dots = unsigned.count { $0 == "." }
    if commas == 1, dots == 0, !unsigned.contains(" ") {
      let parts = unsigned.split(separator: ",", omittingEmptySubsequences: false)
      let decimal = sign + digits(parts[0]) + "." + digits(parts[1])
      guard parts[1].count == 3, parts[0].count <= 3, parts[0] != "0" else {
        return .decimalComma(plain: decimal)
      }
      return .oneComma(decimal: decimal, thousands: sign + digits(parts[0]) + digits(parts[1]))
    }
    if commas == 1, dots >= 1, let comma = unsigned.firstIndex(of: ","),
      let dot = unsigned.lastIndex(of: "."), dot < comma
    {
      return .thousands(
        plain: sign + digits(unsigned[..<comma]) + "." + digits(unsigned[comma...].dropFirst()))
    }
    guard commas > 0, dots == 1, let dot = unsigned.firstIndex(of: ".") else {
      return .thousands(plain: sign + digits(unsigned[...]))
    }
    return .thousands(plain: sign + digits(unsigned[..<dot]) + "." + digits(unsigned[dot...]))
  }
}

/// Spaces that look like spaces and aren't.
private let noBreakSpaces: Set<Unicode.Scalar> = ["\u{A0}", "\u{202F}", "\u{2007}", "\u{FEFF}"]

private func isDigit(_ byte: UInt8) -> Bool { byte >= ASCII.zero && byte <= ASCII.nine }

private func isPlainNumber(_ text: String) -> Bool { Double(text) != nil }

/// `S/ 900`, `S/. 1,200.50`, `US$ 3`, `900 soles`: the digits, if they make a number by themselves.
private func currencyAmount(_ text: String) -> String? {
  guard text.utf8.contains(where: isDigit) else { return nil }
  let marks = ["S/.", "S/", "US$", "$", "€", "PEN", "USD", "soles", "Soles"]
  for mark in marks where text.hasPrefix(mark) || text.hasSuffix(mark) {
    let rest = text.hasPrefix(mark) ? text.dropFirst(mark.count) : text.dropLast(mark.count)
    let number = rest.trimmingSpaces().filter { $0 != "," && $0 != " " }
    return isPlainNumber(number) ? number : rest.trimmingSpaces()
  }
  return nil
}
