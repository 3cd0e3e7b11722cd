// Quiebre · Formats
// JSON out: keys in the order written, numbers with stated digits, never NaN.
// SPDX-License-Identifier: Apache-2.0

/// A streaming writer of one JSON text (RFC 8259), UTF-8 without a BOM.
///
/// The caller decides the order of keys, so equal calls give equal bytes. A number that isn't
/// finite becomes `null`: JSON has no other way to say "no value".
public struct JSONWriter: Sendable {
  /// How the members of an object or array are laid out.
  public enum Layout: Sendable {
    /// All on one line, with a space after each comma and colon.
    case inline
    /// All on one line without spaces, for bulk.
    case compact
    /// One member per line, indented by depth.
    case lines
    /// One member per line without indentation or spaces, for long lists.
    case rows
  }

  private struct Level {
    let layout: Layout
    let depth: Int
    var isEmpty = true
  }

  private var bytes: [UInt8] = []
  private var levels: [Level] = []
  private var afterKey = false

  public init(reservingBytes capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// The text so far; every object and array must be closed.
  public consuming func finished() -> [UInt8] {
    precondition(levels.isEmpty && !afterKey, "JSON ends inside an object or array")
    return bytes
  }

  // MARK: Containers

  public mutating func object(_ layout: Layout = .inline, _ body: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"), layout)
    body(&self)
    close(UInt8(ascii: "}"))
  }

  public mutating func array(_ layout: Layout = .inline, _ body: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "["), layout)
    body(&self)
    close(UInt8(ascii: "]"))
  }

  public mutating func object(
    _ name: String, _ layout: Layout = .inline, _ body: (inout JSONWriter) -> Void
  ) {
    key(name)
    object(layout, body)
  }

  public mutating func array(
    _ name: String, _ layout: Layout = .inline, _ body: (inout JSONWriter) -> Void
  ) {
    key(name)
    array(layout, body)
  }

  // MARK: Members

  public mutating func member(_ name: String, _ text: String?) {
    key(name)
    string(text)
  }

  public mutating func member(_ name: String, _ value: Int?) {
    key(name)
    integer(value)
  }

  public mutating func member(_ name: String, _ value: Bool) {
    key(name)
    flag(value)
  }

  /// With `decimals`, fixed digits; without, the shortest text that reads back the same.
  public mutating func member(_ name: String, _ value: Double?, decimals: Int?) {
    key(name)
    number(value, decimals: decimals)
  }

  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    if levels.last?.layout != .compact { bytes.append(UInt8(ascii: " ")) }
    afterKey = true
  }

  // MARK: Values

  public mutating func string(_ text: String?) {
    guard let text else { return null() }
    separate()
    quote(text)
  }

  public mutating func integer(_ value: Int?) {
    guard let value else { return null() }
    separate()
    NumberText.append(value, to: &bytes)
  }

  public mutating func number(_ value: Double?, decimals: Int?) {
    guard let value, value.isFinite else { return null() }
    separate()
    if let decimals {
      NumberText.append(value, decimals: decimals, to: &bytes)
    } else {
      bytes.append(contentsOf: (value == 0 ? 0 : value).description.utf8)
    }
  }

  /// Appends `scaled` / 10^`decimals` with exactly that many decimals: money in céntimos.
  public mutating func scaled(_ scaled: Int64, decimals: Int) {
    separate()
    NumberText.append(scaled: scaled, decimals: decimals, to: &bytes)
  }

  public mutating func flag(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Appends a position of two scaled numbers, made for long coordinate lists.
  public mutating func position(scaledX x: Int64, scaledY y: Int64, decimals: Int) {
    separate()
    bytes.append(UInt8(ascii: "["))
    NumberText.appendTrimmed(scaled: x, decimals: decimals, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    NumberText.appendTrimmed(scaled: y, decimals: decimals, to: &bytes)
    bytes.append(UInt8(ascii: "]"))
  }

  /// Ends the line, for a text that stands alone in a file.
  public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  // MARK: Bytes

  private mutating func open(_ bracket: UInt8, _ layout: Layout) {
    separate()
    bytes.append(bracket)
    let depth = (levels.last?.depth ?? 0) + (layout == .lines ? 1 : 0)
    levels.append(Level(layout: layout, depth: depth))
  }

  private mutating func close(_ bracket: UInt8) {
    guard let level = levels.popLast() else { return }
    precondition(!afterKey, "a key without a value")
    if !level.isEmpty { breakLine(level.layout, depth: level.depth - 1) }
    bytes.append(bracket)
  }

  /// Puts a comma and the white space before a key or a value.
  private mutating func separate() {
    guard !afterKey else {
      afterKey = false
      return
    }
    guard let level = levels.last else { return }
    if !level.isEmpty {
      bytes.append(UInt8(ascii: ","))
      if level.layout == .inline { bytes.append(UInt8(ascii: " ")) }
    }
    levels[levels.count - 1].isEmpty = false
    breakLine(level.layout, depth: level.depth)
  }

  private mutating func breakLine(_ layout: Layout, depth: Int) {
    switch layout {
    case .inline, .compact: return
    case .rows: bytes.append(UInt8(ascii: "\n"))
    case .lines:
      bytes.append(UInt8(ascii: "\n"))
      for _ in 0..<(2 * depth) { bytes.append(UInt8(ascii: " ")) }
    }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
      case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
      case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
      case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
      case 0..<0x20:
        bytes.append(contentsOf: #"\u00"#.utf8)
        bytes.append(hexDigit(byte >> 4))
        bytes.append(hexDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
