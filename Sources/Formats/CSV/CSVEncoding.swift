// Quiebre · Formats
// What a file is before it is a table: its encoding, its delimiter, or no CSV at all.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// Refuses files that are not UTF-8 text, each with its reason and remedy.
func checkCSVEncoding(_ bytes: [UInt8], name: String) throws(DiagnosticList) {
  if let fault = notText(bytes, name: name) { throw DiagnosticList(fault) }
  if let offset = firstByteOutsideUTF8(bytes) {
    throw DiagnosticList(.wrongByte(bytes[offset], at: bytePlace(bytes, offset, name: name)))
  }
}

private func notText(_ bytes: [UInt8], name: String) -> Diagnostic? {
  let whole = SourcePlace(file: name)
  let baseName = name.split(separator: "/").last ?? ""
  if baseName.hasPrefix("~$") { return .excelLockFile(at: whole) }
  if bytes.count >= Int(CSVTable.escapedBit) { return .tooLarge(bytes: bytes.count, at: whole) }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    return .utf16(at: whole)
  }
  if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
    return .workbook(at: whole)
  }
  guard let offset = bytes.firstIndex(of: 0) else { return nil }
  // UTF-16 without a mark: every other byte of plain text is zero.
  let head = bytes.prefix(64)
  let zeros = head.count { $0 == 0 }
  if zeros * 3 >= head.count { return .utf16(at: whole) }
  return .nulByte(at: bytePlace(bytes, offset, name: name))
}

private func firstByteOutsideUTF8(_ bytes: [UInt8]) -> Int? {
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: bytes.span)
    return nil
  } catch {
    return error.byteOffsets.lowerBound
  }
}

private func bytePlace(_ bytes: [UInt8], _ offset: Int, name: String) -> SourcePlace {
  var line = 1
  for index in 0..<offset {
    if bytes[index] == ASCII.lineFeed
      || (bytes[index] == ASCII.carriageReturn && bytes[index + 1] != ASCII.lineFeed)
    {
      line += 1
    }
  }
  return sourcePlace(in: bytes, file: name, line: line, of: offset..<(offset + 1))
}

/// Where the header starts, on which line, and what separates its cells.
struct CSVOpening {
  var start: Int
  var line: Int
  var delimiter: CSVDelimiter
}

/// Finds the delimiter: the only candidate in the header or, if the header holds several, the only
/// one that splits the first rows into as many cells.
func sniffCSVDelimiter(_ bytes: [UInt8], name: String) throws(DiagnosticList) -> CSVOpening {
  var start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  var line = 1
  if let stated = statedSeparator(bytes, from: start) {
    start = stated.next
    line = 2
    return CSVOpening(start: start, line: line, delimiter: stated.delimiter)
  }
  while start < bytes.count, isLineEnd(bytes[start]) {
    let pair =
      bytes[start] == ASCII.carriageReturn && start + 1 < bytes.count
      && bytes[start + 1] == ASCII.lineFeed
    start += pair ? 2 : 1
    line += 1
  }
  let rows = firstRows(bytes, from: start, limit: 20)
  let present = CSVDelimiter.allCases.filter { (rows.first?[$0] ?? 0) > 0 }
  if present.count <= 1 {
    return CSVOpening(start: start, line: line, delimiter: present.first ?? .comma)
  }
  let steady = present.filter { candidate in
    rows.allSatisfy { $0[candidate] == rows.first?[candidate] }
  }
  guard let delimiter = steady.first, steady.count == 1 else {
    throw DiagnosticList(.unclearDelimiter(at: SourcePlace(file: name, line: line)))
  }
  return CSVOpening(start: start, line: line, delimiter: delimiter)
}

/// The line `sep=;` that Excel writes and reads.
private func statedSeparator(
  _ bytes: [UInt8], from start: Int
) -> (delimiter: CSVDelimiter, next: Int)? {
  let mark = Array("sep=".utf8)
  guard bytes[start...].starts(with: mark), start + mark.count + 1 < bytes.count,
    let delimiter = CSVDelimiter(rawValue: bytes[start + mark.count])
  else { return nil }
  var next = start + mark.count + 1
  guard isLineEnd(bytes[next]) else { return nil }
  next += bytes[next...].starts(with: [ASCII.carriageReturn, ASCII.lineFeed]) ? 2 : 1
  return (delimiter, next)
}

/// How often each candidate stands outside quotes, for each of the first rows.
private func firstRows(_ bytes: [UInt8], from start: Int, limit: Int) -> [[CSVDelimiter: Int]] {
  var rows: [[CSVDelimiter: Int]] = []
  var counts: [CSVDelimiter: Int] = [:]
  var quoted = false
  var rowIsEmpty = true
  for byte in bytes[start...] {
    if byte == ASCII.quote { quoted.toggle() }
    if !quoted, isLineEnd(byte) {
      if !rowIsEmpty { rows.append(counts) }
      counts = [:]
      rowIsEmpty = true
      if rows.count == limit { return rows }
      continue
    }
    rowIsEmpty = false
    if !quoted, let candidate = CSVDelimiter(rawValue: byte) { counts[candidate, default: 0] += 1 }
  }
  if !rowIsEmpty { rows.append(counts) }
  return rows
}
