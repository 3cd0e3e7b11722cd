// Quiebre · Formats
// Numbers of a CSV table: what is certain is read, what could be meant two ways is refused.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What the numbers of a column are.
public enum CSVUnit: Hashable, Sendable {
  /// As written; a percent sign is refused.
  case plain
  /// Per cent: `22.6` and `22.6 %` both give the share 0.226.
  case percent
}

extension CSVTable {
  /// The number in a cell: digits, a decimal point, an exponent, spaces around.
  ///
  /// Refused, never guessed: `0,13`, `1,234`, `1.500.000`, `S/ 900`, words, no-break spaces,
  /// infinities, and a percent sign in a plain column.
  ///
  /// - Returns: The number (a share for ``CSVUnit/percent``), or `nil` for an empty cell and `NA`.
  /// - Throws: Q330 to Q334, Q336 with line, column and remedy.
  public func number(
    _ column: Int, _ row: Int, as unit: CSVUnit = .plain
  ) throws(Diagnostic) -> Double? {
    let content = self.content(column, row)
    var range = trimmed(content.range)
    if range.isEmpty || isNotAvailable(range) { return nil }
    if unit == .percent, bytes[range.upperBound - 1] == ASCII.percent {
      range = trimmed(range.lowerBound..<(range.upperBound - 1))
    }
    guard let value = parseDecimal(bytes, range) else {
      throw notANumber(column, row, as: unit)
    }
    return unit == .percent ? value / 100 : value
  }

  /// A whole column of numbers.
  ///
  /// - Throws: The faults of all its cells at once (the first few, then how many more).
  public func numbers(_ column: Int, as unit: CSVUnit = .plain) throws(DiagnosticList) -> [Double?]
  {
    var faults = TableFaults(file: name)
    var values: [Double?] = []
    values.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      do throws(Diagnostic) {
        values.append(try number(column, row, as: unit))
      } catch {
        faults.add(error)
        values.append(nil)
      }
    }
    try faults.throwErrors()
    return values
  }

  /// Whether every cell of a column is a number or empty, and at least one is a number.
  public func isNumeric(_ column: Int) -> Bool {
    var found = false
    for row in 0..<rowCount {
      let range = trimmed(content(column, row).range)
      if range.isEmpty || isNotAvailable(range) { continue }
      guard parseDecimal(bytes, range) != nil else { return false }
      found = true
    }
    return found
  }

  /// Whether at least half of a column's filled cells are numbers: then those that are not are
  /// slips, not texts.
  public func isMostlyNumeric(_ column: Int) -> Bool {
    var filled = 0
    var numbers = 0
    for row in 0..<rowCount {
      let range = trimmed(content(column, row).range)
      if range.isEmpty || isNotAvailable(range) { continue }
      filled += 1
      if parseDecimal(bytes, range) != nil { numbers += 1 }
    }
    return numbers * 2 >= filled
  }

  /// Where a cell stands, for a message.
  public func place(_ column: Int, _ row: Int) -> SourcePlace {
    let content = self.content(column, row)
    let range = trimmed(content.range)
    let shown = range.isEmpty ? content.range : range
    // Line ends inside quoted cells before this one move it down.
    let rowStart = Int(starts[row * columns.count])
    let above = lineEnds(in: rowStart..<shown.lowerBound)
    return sourcePlace(in: bytes, file: name, line: line(ofRow: row) + above, of: shown)
  }

  private func lineEnds(in range: Range<Int>) -> Int {
    var count = 0
    for index in range {
      if bytes[index] == ASCII.lineFeed {
        count += 1
      } else if bytes[index] == ASCII.carriageReturn, bytes[index + 1] != ASCII.lineFeed {
        count += 1
      }
    }
    return count
  }

  /// R writes `NA` for a number that isn't there.
  private func isNotAvailable(_ range: Range<Int>) -> Bool {
    range.count == 2 && bytes[range.lowerBound] == 0x4E && bytes[range.lowerBound + 1] == 0x41
  }

  private func notANumber(_ column: Int, _ row: Int, as unit: CSVUnit) -> Diagnostic {
    NumberSlip(trimmedText(column, row), unit: unit).diagnostic(
      column: columns[column], at: place(column, row))
  }
}

/// A decimal number in ASCII, or `nil`: `[+-] digits [. digits] [e [+-] digits]`, finite.
func parseDecimal(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
  let span = bytes.span
  var index = range.lowerBound
  let end = range.upperBound
  guard index < end else { return nil }
  let negative = span[index] == 0x2D
  if negative || span[index] == 0x2B { index += 1 }
  var mantissa: UInt64 = 0
  var digits = 0
  var fraction = 0
  var sawPoint = false
  while index < end {
    let byte = span[index]
    if byte >= ASCII.zero, byte <= ASCII.nine {
      digits += 1
      if sawPoint { fraction += 1 }
      if digits <= 18 { mantissa = mantissa * 10 + UInt64(byte - ASCII.zero) }
    } else if byte == ASCII.dot, !sawPoint {
      sawPoint = true
    } else {
      break
    }
    index += 1
  }
  guard digits > 0 else { return nil }
  // Below 2^53 and up to 10^22 both are exact, so one division rounds once (Clinger 1990).
  if index == end, digits <= 15, fraction <= 22 {
    let value = Double(mantissa) / powersOfTen[fraction]
    return negative ? -value : value
  }
  guard index == end || isExponent(bytes, index..<end) else { return nil }
  guard let value = Double(String(decoding: bytes[range], as: UTF8.self)), value.isFinite else {
    return nil
  }
  return value
}

private func isExponent(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
  guard bytes[range.lowerBound] | 0x20 == 0x65 else { return false }
  var rest = bytes[range].dropFirst()
  if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
  return !rest.isEmpty && rest.allSatisfy { $0 >= ASCII.zero && $0 <= ASCII.nine }
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
