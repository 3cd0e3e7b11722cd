// Quiebre · Formats
// A CSV table in memory: cells as text with their lines, nothing retyped, nothing guessed.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What separates the cells of a row.
public enum CSVDelimiter: UInt8, CaseIterable, Hashable, Sendable {
  case comma = 0x2C
  case semicolon = 0x3B
  case tab = 0x09
}

/// A table read from CSV (RFC 4180): a header, then rows of as many cells.
///
/// UTF-8 with or without a byte-order mark; lines end in CRLF, LF or CR; quoted cells may hold
/// delimiters, line ends and doubled quotes. Header names are trimmed, cells are kept as written.
/// Rows with nothing in any cell are left out and counted. Rows and columns count from 0 in the
/// API; messages name lines, which count from 1.
public struct CSVTable: Sendable {
  /// The file as messages name it.
  public let name: String
  /// Trimmed, not empty, all different.
  public let columns: [String]
  public let delimiter: CSVDelimiter
  public let rowCount: Int
  /// How many lines held no text in any cell.
  public let blankRows: Int

  let bytes: [UInt8]
  /// Row-major; the content of each cell without its outer quotes.
  let starts: [UInt32]
  /// Row-major; the highest bit marks a cell with doubled quotes.
  let ends: [UInt32]
  let lines: [UInt32]
  private let columnNumbers: [String: Int]

  static let escapedBit: UInt32 = 1 << 31

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: How messages name it.
  ///   - delimiter: What separates cells; `nil` finds it out from the header and the first rows.
  /// - Throws: All faults of the file: wrong bytes, header names, quotes, rows of another length.
  /// - Complexity: O(bytes), one pass after the check of the encoding.
  public init(bytes: [UInt8], name: String, delimiter: CSVDelimiter? = nil) throws(DiagnosticList) {
    try checkCSVEncoding(bytes, name: name)
    var scanner = try CSVScanner(bytes: bytes, name: name, delimiter: delimiter)
    try scanner.scan()
    self.name = name
    self.bytes = bytes
    self.columns = scanner.header
    self.delimiter = scanner.delimiter
    self.rowCount = scanner.lines.count
    self.blankRows = scanner.blankRows
    self.starts = scanner.starts
    self.ends = scanner.ends
    self.lines = scanner.lines
    self.columnNumbers = Dictionary(
      scanner.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of a column, or `nil`.
  public func column(_ columnName: String) -> Int? { columnNumbers[columnName] }

  /// The number of a column that must be there.
  ///
  /// - Throws: Q335 with the nearest name and the columns that the table has.
  public func requiredColumn(_ columnName: String) throws(Diagnostic) -> Int {
    if let number = columnNumbers[columnName] { return number }
    throw missingColumn(columnName)
  }

  /// The line on which a row starts, from 1.
  public func line(ofRow row: Int) -> Int { Int(lines[row]) }

  /// A cell as written, without its outer quotes; spaces are kept.
  public func text(_ column: Int, _ row: Int) -> String {
    let content = self.content(column, row)
    guard content.escaped else { return String(decoding: bytes[content.range], as: UTF8.self) }
    return String(decoding: unescaped(content.range), as: UTF8.self)
  }

  /// A cell without spaces around it.
  public func trimmedText(_ column: Int, _ row: Int) -> String {
    let content = self.content(column, row)
    guard content.escaped else {
      return String(decoding: bytes[trimmed(content.range)], as: UTF8.self)
    }
    let plain = unescaped(content.range)
    return String(decoding: plain[trimmedRange(of: plain)], as: UTF8.self)
  }

  /// Whether a cell holds nothing but spaces.
  public func isBlank(_ column: Int, _ row: Int) -> Bool {
    trimmed(content(column, row).range).isEmpty
  }

  /// All cells of a column without spaces around them.
  public func trimmedTexts(_ column: Int) -> [String] {
    (0..<rowCount).map { trimmedText(column, $0) }
  }

  /// The bytes of a cell inside the file, without outer quotes.
  func content(_ column: Int, _ row: Int) -> (range: Range<Int>, escaped: Bool) {
    let cell = row * columns.count + column
    let end = Int(ends[cell] & ~Self.escapedBit)
    return (Int(starts[cell])..<end, ends[cell] & Self.escapedBit != 0)
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, isSpace(bytes[first]) { range = (first + 1)..<range.upperBound }
    while let last = range.last, isSpace(bytes[last]) { range = range.lowerBound..<last }
    return range
  }

  private func unescaped(_ range: Range<Int>) -> [UInt8] {
    var plain: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      plain.append(bytes[index])
      index += bytes[index] == ASCII.quote ? 2 : 1
    }
    return plain
  }

  private func trimmedRange(of plain: [UInt8]) -> Range<Int> {
    var range = plain.startIndex..<plain.endIndex
    while let first = range.first, isSpace(plain[first]) { range = (first + 1)..<range.upperBound }
    while let last = range.last, isSpace(plain[last]) { range = range.lowerBound..<last }
    return range
  }
}

/// Bytes that the reader looks for.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let percent: UInt8 = 0x25
  static let comma: UInt8 = 0x2C
  static let dot: UInt8 = 0x2E
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39
}

func isSpace(_ byte: UInt8) -> Bool {
  byte == ASCII.space || byte == ASCII.tab || byte == ASCII.lineFeed
    || byte == ASCII.carriageReturn
}
