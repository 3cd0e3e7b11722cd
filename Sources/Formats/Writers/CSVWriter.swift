// Quiebre · Formats
// CSV out: UTF-8 with a BOM, quotes as in RFC 4180, decimal point or decimal comma.
// SPDX-License-Identifier: Apache-2.0

/// A writer of one CSV table, cell by cell.
///
/// Lines end with LF. A number that isn't finite becomes an empty cell.
public struct CSVWriter: Sendable {
  /// Separator and decimal mark.
  public enum Style: String, Sendable, CaseIterable {
    /// `,` between cells, `.` before decimals: what es-PE and programs read.
    case point
    /// `;` between cells, `,` before decimals: what a spreadsheet of other Spanish locales reads.
    case comma
  }

  private let style: Style
  private let separator: UInt8
  private var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
  private var cellsInRow = 0
  private var columns: Int?

  public init(style: Style = .point, reservingBytes capacity: Int = 0) {
    self.style = style
    separator = style == .point ? UInt8(ascii: ",") : UInt8(ascii: ";")
    bytes.reserveCapacity(capacity)
  }

  /// The table so far; the last row must be ended.
  public consuming func finished() -> [UInt8] {
    precondition(cellsInRow == 0, "the last row has no end")
    return bytes
  }

  public mutating func text(_ text: String?) {
    beginCell()
    guard let text, !text.isEmpty else { return }
    guard needsQuotes(text) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    let quote = UInt8(ascii: "\"")
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  public mutating func integer(_ value: Int?) {
    beginCell()
    guard let value else { return }
    NumberText.append(value, to: &bytes)
  }

  public mutating func number(_ value: Double?, decimals: Int) {
    beginCell()
    guard let value else { return }
    let mark = style == .point ? NumberText.point : NumberText.comma
    NumberText.append(value, decimals: decimals, mark: mark, to: &bytes)
  }

  /// Appends `scaled` / 10^`decimals`, exactly: money in céntimos.
  public mutating func number(scaled: Int64, decimals: Int) {
    beginCell()
    let mark = style == .point ? NumberText.point : NumberText.comma
    NumberText.append(scaled: scaled, decimals: decimals, mark: mark, to: &bytes)
  }

  /// Ends the row; every row must have as many cells as the first.
  public mutating func endRow() {
    precondition(columns == nil || columns == cellsInRow, "rows of unequal length")
    columns = cellsInRow
    cellsInRow = 0
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func beginCell() {
    if cellsInRow > 0 { bytes.append(separator) }
    cellsInRow += 1
  }

  private func needsQuotes(_ text: String) -> Bool {
    let space = UInt8(ascii: " ")
    if text.utf8.first == space || text.utf8.last == space { return true }
    return text.utf8.contains { byte in
      byte == separator || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
  }
}
