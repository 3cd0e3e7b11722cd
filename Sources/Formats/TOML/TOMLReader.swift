// Quiebre · Formats
// Reads TOML through the bridge and rebuilds the order of the file from the positions.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
private import TOMLBridge

/// Reads a TOML 1.0 file in Quiebre's profile: UTF-8, tables at most two deep (inline tables apart),
/// no arrays of tables, no `nan` or `inf`.
///
/// - Parameters:
///   - bytes: The file; a byte order mark and CRLF are fine.
///   - file: How to name the file in faults.
/// - Returns: The tables and keys in the order in which they were written.
/// - Throws: One fault for a syntax error (reading stops at the first), all faults of the profile
///   together otherwise. Places are exact to the word.
public func readTOML(_ bytes: [UInt8], file: String) throws(DiagnosticList) -> TOMLTable {
  if let fault = faultOfBytes(bytes, file: file) { throw DiagnosticList(fault) }
  let text = SourceText(file: file, bytes: bytes)
  if let fault = faultOfDepth(text) { throw DiagnosticList(fault) }
  var builder = TOMLTreeBuilder(text: text)
  let table = try builder.tree(of: bytes)
  guard builder.faults.isEmpty else { throw DiagnosticList(builder.faults) }
  return table
}

/// Turns the bridge's flat nodes into tables, and collects what the profile refuses.
private struct TOMLTreeBuilder {
  let text: SourceText
  var faults: [Diagnostic] = []

  init(text: SourceText) { self.text = text }

  mutating func tree(of bytes: [UInt8]) throws(DiagnosticList) -> TOMLTable {
    let document = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe quiebre_toml_parse(characters.baseAddress, characters.count)
      }
    }
    guard let document = unsafe document else {
      throw DiagnosticList(outOfMemory(text.file))
    }
    defer { unsafe quiebre_toml_free(document) }
    if let message = unsafe quiebre_toml_error(document) {
      let line = unsafe Int(quiebre_toml_error_line(document))
      let column = unsafe Int(quiebre_toml_error_column(document))
      let words = unsafe String(cString: message)
      throw DiagnosticList(slip(in: text, line: line, column: column, parser: words))
    }
    let nodes = unsafe UnsafeBufferPointer(
      start: quiebre_toml_nodes(document), count: quiebre_toml_count(document))
    var next = 1
    return unsafe table(nodes, children: nodes.first?.children ?? 0, next: &next, depth: 0)
  }

  /// Reads the children of a table that stand at `next` and behind it.
  private mutating func table(
    _ nodes: UnsafeBufferPointer<quiebre_toml_node>, children: Int, next: inout Int, depth: Int
  ) -> TOMLTable {
    var entries: [TOMLTable.Entry] = []
    for _ in 0..<children {
      let node = unsafe nodes[next]
      let key = unsafe string(node.key, node.key_length)
      let keyPlace = unsafe place(
        line: node.key_line, column: node.key_column, endLine: node.key_line,
        endColumn: node.key_end_column)
      if unsafe node.kind == QUIEBRE_TOML_TABLE && node.is_inline == 0 && depth >= 2 {
        faults.append(tooDeep(key, at: keyPlace))
      }
      let value = unsafe value(nodes, next: &next, key: key, depth: depth + 1)
      entries.append(TOMLTable.Entry(key: key, keyPlace: keyPlace, value: value))
    }
    entries.sort { ($0.keyPlace.line, $0.keyPlace.column) < ($1.keyPlace.line, $1.keyPlace.column) }
    return TOMLTable(entries)
  }

  private mutating func value(
    _ nodes: UnsafeBufferPointer<quiebre_toml_node>, next: inout Int, key: String, depth: Int
  ) -> TOMLValue {
    let node = unsafe nodes[next]
    next += 1
    let place = unsafe place(
      line: node.line, column: node.column, endLine: node.end_line, endColumn: node.end_column)
    switch unsafe Int(node.kind) {
    case QUIEBRE_TOML_TABLE:
      let table = unsafe table(
        nodes, children: node.children, next: &next, depth: node.is_inline == 1 ? .min : depth)
      return TOMLValue(.table(table), at: place)
    case QUIEBRE_TOML_ARRAY:
      return unsafe array(nodes, children: node.children, next: &next, key: key, at: place)
    case QUIEBRE_TOML_STRING:
      return unsafe TOMLValue(.string(string(node.text, node.text_length)), at: place)
    case QUIEBRE_TOML_INTEGER: return unsafe TOMLValue(.integer(node.integer), at: place)
    case QUIEBRE_TOML_BOOLEAN: return unsafe TOMLValue(.boolean(node.boolean == 1), at: place)
    case QUIEBRE_TOML_TIME:
      return unsafe TOMLValue(.time(string(node.text, node.text_length)), at: place)
    default:
      let real = unsafe node.real
      guard real.isFinite else {
        faults.append(notANumber(key, at: place))
        return TOMLValue(.real(0), at: place)
      }
      return TOMLValue(.real(real), at: place)
    }
  }

  private mutating func array(
    _ nodes: UnsafeBufferPointer<quiebre_toml_node>, children: Int, next: inout Int, key: String,
    at place: SourcePlace
  ) -> TOMLValue {
    var elements: [TOMLValue] = []
    var reported = false
    for _ in 0..<children {
      let node = unsafe nodes[next]
      if unsafe node.kind == QUIEBRE_TOML_TABLE && node.is_inline == 0 && !reported {
        faults.append(arrayOfTables(key, at: place))
        reported = true
      }
      elements.append(unsafe value(nodes, next: &next, key: key, depth: .min))
    }
    return TOMLValue(.array(elements), at: place)
  }

  private func place(line: UInt32, column: UInt32, endLine: UInt32, endColumn: UInt32)
    -> SourcePlace
  {
    let length = endLine == line ? Int(endColumn) - Int(column) : Int(Int32.max)
    return text.place(line: Int(line), column: Int(column), length: length)
  }

  private func string(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    guard let start = unsafe start else { return "" }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }
}
