// Quiebre · Formats
// Slips in one word: numbers with commas or dots, lost quotes, currencies, units.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension SlipScene {
  private func isDelimiter(_ index: Int) -> Bool {
    masked[index] || " \t,[]{}=#".unicodeScalars.contains(line[index])
  }

  /// The word at the parser's point, or the one that ends just before it.
  func wordRange() -> Range<Int> {
    guard !line.isEmpty else { return 0..<0 }
    var index = min(column - 1, line.count - 1)
    if column > line.count || isDelimiter(index) {
      while index > 0, isDelimiter(index) { index -= 1 }
      if isDelimiter(index) { return min(column - 1, line.count)..<min(column, line.count) }
    }
    var start = index
    while start > 0, !isDelimiter(start - 1) { start -= 1 }
    var end = index + 1
    while end < line.count, !isDelimiter(end) { end += 1 }
    return start..<end
  }

  /// The run of digits, dots, commas and underscores at the point, without a comma at its ends.
  private func numberRange() -> Range<Int>? {
    let inNumber = { (index: Int) in
      !masked[index] && "0123456789._,+-".unicodeScalars.contains(line[index])
    }
    var index = min(column - 1, line.count - 1)
    if index > 0, !inNumber(index) || column > line.count { index = min(index, line.count - 1) }
    while index > 0, !inNumber(index), column - 1 - index < 2 { index -= 1 }
    guard index >= 0, inNumber(index) else { return nil }
    var start = index
    while start > 0, inNumber(start - 1) { start -= 1 }
    var end = index + 1
    while end < line.count, inNumber(end) { end += 1 }
    while start < end, line[start] == "," { start += 1 }
    while end > start, line[end - 1] == "," { end -= 1 }
    return start < end ? start..<end : nil
  }

  // MARK: Numbers

  func number() -> Diagnostic? {
    guard let range = numberRange(), slice(range).contains(where: \.isNumber) else { return nil }
    let written = slice(range)
    let place = place(range.lowerBound + 1, range.count)
    if let fault = comma(written, at: place, from: range) { return fault }
    let groups = written.split(separator: ".", omittingEmptySubsequences: false)
    if groups.count > 2 {
      return Diagnostic(
        .thousandsDots, at: place,
        what: LocalizedText(
          en: "number with dots between thousands", es: "número con puntos entre los miles"),
        caret: LocalizedText(
          en: "thousands take an underscore", es: "los miles llevan guion bajo"),
        fix: LocalizedText(verbatim: groups.joined(separator: "_")))
    }
    if parser.contains("leading zero") {
      return Diagnostic(
        .leadingZero, at: place,
        what: LocalizedText(
          en: "\(written) begins with zero", es: "\(written) empieza con cero"),
        caret: LocalizedText(
          en: "codes are texts", es: "los códigos son textos"),
        fix: LocalizedText(verbatim: "\"\(written)\""))
    }
    guard parser.contains("not representable") else { return nil }
    return Diagnostic(
      .hugeNumber, at: place,
      what: LocalizedText(
        en: "\(written) is too large", es: "\(written) es demasiado grande"))
  }

  /// A decimal comma, or commas between thousands.
  ///
  /// In a list only a group that can't stand alone (`00`) betrays the comma.
  private func comma(_ written: String, at place: SourcePlace, from range: Range<Int>)
    -> Diagnostic?
  {
    var groups = written.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard groups.count > 1, !groups.contains("") else { return nil }
    var place = place
    if parser.contains("leading zero"), groups.count > 2 {
      (groups, place) = pair(of: groups, from: range) ?? (groups, place)
    }
    let thousands = groups.dropFirst().allSatisfy { $0.count == 3 }
    let decimal = groups.count == 2 ? groups.joined(separator: ".") : nil
    let grouped = thousands ? groups.joined(separator: "_") : nil
    let fix = [decimal, grouped].compactMap(\.self)
    let spanish = fix.joined(separator: " o ")
    let english = fix.joined(separator: " or ")
    return Diagnostic(
      .commaInNumber, at: place,
      what: LocalizedText(en: "number with a comma", es: "número con coma"),
      caret: thousands
        ? LocalizedText(en: "looks like thousands", es: "parecen miles")
        : LocalizedText(en: "looks like a decimal comma", es: "parece una coma decimal"),
      fix: LocalizedText(
        en: "\(english) (thousands take an underscore: 1_500_000)",
        es: "\(spanish) (los miles llevan guion bajo: 1_500_000)"))
  }

  /// The two groups around the comma before the parser's point: `1,00` in `[1,00,2]`.
  private func pair(of groups: [String], from range: Range<Int>) -> ([String], SourcePlace)? {
    var start = range.lowerBound
    for (left, right) in zip(groups, groups.dropFirst()) {
      let end = start + left.unicodeScalars.count + 1 + right.unicodeScalars.count
      if end >= column - 1, right.hasPrefix("0") {
        return ([left, right], place(start + 1, end - start))
      }
      start += left.unicodeScalars.count + 1
    }
    return nil
  }

  // MARK: Words

  func word() -> Diagnostic? {
    let range = wordRange()
    let found = slice(range)
    guard !found.isEmpty else { return nil }
    let lower = found.lowercased()
    if isCurrency(lower) { return currency(range) }
    if found == "%" || lower == "pp" || found.hasSuffix("%") { return unit(range) }
    if lower == "nan" || lower == "inf" { return nil }
    if parser.contains("expected a comment"), line[range.lowerBound...].contains("=") {
      return Diagnostic(
        .severalOnLine, at: place(range.lowerBound + 1, range.count),
        what: LocalizedText(en: "two entries on one line", es: "dos entradas en una línea"),
        fix: LocalizedText(
          en: "begin '\(found)' on a new line", es: "ponga '\(found)' en una línea nueva"))
    }
    guard let first = found.unicodeScalars.first, first.properties.isAlphabetic,
      line[..<range.lowerBound].contains("=") || !line.contains("=")
    else { return nil }
    return unquoted(range)
  }

  private func isCurrency(_ word: String) -> Bool {
    let symbols = ["s/", "s/.", "$", "us$", "€", "soles", "pen", "usd", "eur", "dólares", "euros"]
    return symbols.contains(word)
      || ["s/", "$", "€", "us$"].contains { word.hasPrefix($0) && word.contains(where: \.isNumber) }
  }

  private func currency(_ range: Range<Int>) -> Diagnostic {
    let whole = widenedToValue(range)
    let digits = slice(whole).filter { $0.isNumber || ".,_".contains($0) }
    let number = digits.drop { $0 == "." }.replacing(",", with: "_")
    return Diagnostic(
      .currencyInNumber, at: place(whole.lowerBound + 1, whole.count),
      what: LocalizedText(
        en: "amount with a currency", es: "monto con moneda"),
      caret: LocalizedText(
        en: "the currency stands in money.currency", es: "la moneda va en money.currency"),
      fix: LocalizedText(verbatim: number.isEmpty ? "900" : String(number)))
  }

  private func unit(_ range: Range<Int>) -> Diagnostic {
    let whole = widenedToValue(range)
    let written = slice(whole)
    return Diagnostic(
      .bareUnit, at: place(whole.lowerBound + 1, whole.count),
      what: LocalizedText(
        en: "a value with a unit needs quotes", es: "un valor con unidad necesita comillas"),
      fix: LocalizedText(verbatim: "\"\(written)\""))
  }

  private func unquoted(_ range: Range<Int>) -> Diagnostic {
    let whole = parser.contains("determine value type") ? widenedToValue(range) : range
    let written = slice(whole)
    let words = [
      "yes": "true", "no": "false", "sí": "true", "si": "true", "on": "true", "off": "false",
    ]
    let lower = written.lowercased()
    let truth = words[lower] ?? (["true", "false"].contains(lower) ? lower : nil)
    return Diagnostic(
      .unquotedText, at: place(whole.lowerBound + 1, whole.count),
      what: LocalizedText(
        en: "'\(written)' is text without quotes", es: "'\(written)' es texto sin comillas"),
      fix: LocalizedText(verbatim: truth ?? "\"\(written)\""))
  }

  /// The whole value that a word belongs to: from the delimiter before it to the one behind it,
  /// with the spaces between its words.
  private func widenedToValue(_ range: Range<Int>) -> Range<Int> {
    let ends = ",[]{}=#".unicodeScalars
    var start = range.lowerBound
    while start > 0, !masked[start - 1], !ends.contains(line[start - 1]) { start -= 1 }
    var end = range.upperBound
    while end < line.count, !masked[end], !ends.contains(line[end]) { end += 1 }
    while start < end, line[start] == " " || line[start] == "\t" { start += 1 }
    while end > start, line[end - 1] == " " || line[end - 1] == "\t" { end -= 1 }
    return start..<end
  }
}
