// Quiebre · Formats
// One pass over the bytes of a CSV file: where each cell starts and ends, and every fault on the way.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// Finds the cells of a table.
struct CSVScanner {
  private let bytes: [UInt8]
  private let name: String
  private(set) var delimiter: CSVDelimiter
  private(set) var header: [String] = []
  private(set) var starts: [UInt32] = []
  private(set) var ends: [UInt32] = []
  private(set) var lines: [UInt32] = []
  private(set) var blankRows = 0

  private var position: Int
  private var line = 1
  private var faults: TableFaults

  init(bytes: [UInt8], name: String, delimiter: CSVDelimiter?) throws(DiagnosticList) {
    self.bytes = bytes
    self.name = name
    self.faults = TableFaults(file: name)
    let sniffed = try sniffCSVDelimiter(bytes, name: name)
    self.position = sniffed.start
    self.line = sniffed.line
    self.delimiter = delimiter ?? sniffed.delimiter
  }

  /// Reads header and rows.
  mutating func scan() throws(DiagnosticList) {
    readHeader()
    starts.reserveCapacity(bytes.count / 8)
    ends.reserveCapacity(bytes.count / 8)
    lines.reserveCapacity(bytes.count / 64)
    while position < bytes.count { readRow() }
    try faults.throwErrors()
  }

  private mutating func readHeader() {
    let firstLine = line
    while position < bytes.count, isLineEnd(bytes[position]) { stepOverLineEnd() }
    readCells()
    for index in starts.indices {
      let range = Int(starts[index])..<Int(ends[index] & ~CSVTable.escapedBit)
      let raw = String(decoding: bytes[range], as: UTF8.self)
      let plain = raw.split(separator: "\"\"", omittingEmptySubsequences: false).joined(
        separator: "\"")
      header.append(plain.trimmingSpaces())
    }
    starts.removeAll()
    ends.removeAll()
    checkHeader(line: firstLine)
  }

  private mutating func checkHeader(line: Int) {
    let place = SourcePlace(file: name, line: line)
    guard header.contains(where: { !$0.isEmpty }) else {
      faults.add(.emptyTable(at: place))
      return
    }
    var seen: [String: Int] = [:]
    for (index, column) in header.enumerated() {
      if column.isEmpty {
        faults.add(.unnamedColumn(number: index + 1, at: place))
      } else if let first = seen.updateValue(index, forKey: column) {
        faults.add(.repeatedColumn(column, first: first + 1, second: index + 1, at: place))
      }
    }
  }

  private mutating func readRow() {
    let firstCell = starts.count
    let firstLine = line
    readCells()
    let count = starts.count - firstCell
    let blank = (firstCell..<starts.count).allSatisfy {
      starts[$0] == ends[$0]
        || bytes[Int(starts[$0])..<Int(ends[$0] & ~CSVTable.escapedBit)].allSatisfy(isSpace)
    }
    guard !blank, count == header.count else {
      starts.removeSubrange(firstCell...)
      ends.removeSubrange(firstCell...)
      if blank {
        blankRows += 1
      } else {
        faults.add(raggedRow(cells: count, line: firstLine))
      }
      return
    }
    lines.append(UInt32(firstLine))
  }

  private func raggedRow(cells: Int, line: Int) -> Diagnostic {
    .raggedRow(
      cells: cells, columns: header.count, delimiter: delimiter,
      at: SourcePlace(file: name, line: line))
  }

  /// Reads the cells of one row and the line end after it.
  private mutating func readCells() {
    let separator = delimiter.rawValue
    while true {
      if position < bytes.count, bytes[position] == ASCII.quote {
        readQuotedCell()
      } else {
        readPlainCell()
      }
      guard position < bytes.count else { return }
      guard bytes[position] == separator else {
        stepOverLineEnd()
        return
      }
      position += 1
      if position == bytes.count {
        append(position, position, escaped: false)
        return
      }
    }
  }

  private mutating func readPlainCell() {
    let (end, strayQuote) = plainCell(from: position)
    if let strayQuote { faults.add(.strayQuote(at: place(strayQuote))) }
    append(position, end, escaped: false)
    position = end
  }

  /// Where a cell without quotes around it ends, and the first quote inside it.
  private func plainCell(from start: Int) -> (end: Int, strayQuote: Int?) {
    let separator = delimiter.rawValue
    let span = bytes.span
    var index = start
    var strayQuote: Int?
    while index < span.count {
      let byte = span[index]
      if byte == separator || byte == ASCII.lineFeed || byte == ASCII.carriageReturn { break }
      if byte == ASCII.quote, strayQuote == nil { strayQuote = index }
      index += 1
    }
    return (index, strayQuote)
  }

  private mutating func readQuotedCell() {
    let opening = position
    let openingLine = line
    var escaped = false
    var index = opening + 1
    while index < bytes.count {
      switch bytes[index] {
      case ASCII.quote where index + 1 < bytes.count && bytes[index + 1] == ASCII.quote:
        escaped = true
        index += 2
      case ASCII.quote:
        append(opening + 1, index, escaped: escaped)
        position = index + 1
        expectCellEnd()
        return
      case ASCII.lineFeed:
        line += 1
        index += 1
      case ASCII.carriageReturn:
        if index + 1 == bytes.count || bytes[index + 1] != ASCII.lineFeed { line += 1 }
        index += 1
      default:
        index += 1
      }
    }
    faults.add(.unclosedQuote(at: place(opening, line: openingLine)))
    append(opening + 1, bytes.count, escaped: escaped)
    position = bytes.count
  }

  /// After a closing quote only a separator or a line end may come.
  private mutating func expectCellEnd() {
    let separator = delimiter.rawValue
    guard position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) else {
      return
    }
    faults.add(.strayQuote(at: place(position)))
    while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) {
      position += 1
    }
  }

  private mutating func append(_ start: Int, _ end: Int, escaped: Bool) {
    starts.append(UInt32(truncatingIfNeeded: start))
    ends.append(UInt32(truncatingIfNeeded: end) | (escaped ? CSVTable.escapedBit : 0))
  }

  private mutating func stepOverLineEnd() {
    let pair =
      bytes[position] == ASCII.carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == ASCII.lineFeed
    position += pair ? 2 : 1
    line += 1
  }

  private func place(_ offset: Int, line: Int? = nil) -> SourcePlace {
    sourcePlace(in: bytes, file: name, line: line ?? self.line, of: offset..<(offset + 1))
  }
}

func isLineEnd(_ byte: UInt8) -> Bool {
  byte == ASCII.lineFeed || byte == ASCII.carriageReturn
}

extension StringProtocol {
  /// The text without ASCII spaces, tabs and line ends around it.
  public func trimmingSpaces() -> String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}

/// Line, column and text of a stretch of bytes, for a caret line.
func sourcePlace(
  in bytes: [UInt8], file: String, line: Int, of range: Range<Int>
) -> SourcePlace {
  let clamped = range.clamped(to: 0..<bytes.count)
  var start = clamped.lowerBound
  while start > 0, !isLineEnd(bytes[start - 1]) { start -= 1 }
  var end = clamped.lowerBound
  while end < bytes.count, !isLineEnd(bytes[end]) { end += 1 }
  if bytes[start..<end].starts(with: byteOrderMark) { start += byteOrderMark.count }
  let inLine = max(start, clamped.lowerBound)..<max(start, min(end, clamped.upperBound))
  let before = String(decoding: bytes[start..<inLine.lowerBound], as: UTF8.self).count
  let length = String(decoding: bytes[inLine], as: UTF8.self).count
  // A caret under the 5,000th character helps nobody.
  let text = end - start <= 400 ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
  return SourcePlace(
    file: file, line: line, column: before + 1, length: max(1, length), sourceLine: text)
}

let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
