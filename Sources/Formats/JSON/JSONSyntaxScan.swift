// Quiebre · Formats
// Finds the first syntax fault of a JSON text. Runs only after simdjson has refused it.
// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a JSON text at a byte.
struct JSONSlip: Error, Hashable {
  enum Kind: Hashable {
    case unexpected(wanted: Wanted)
    case endsEarly(openLevels: Int)
    case empty
    case trailingComma
    case afterEnd
    case notUTF8
    case controlCharacter
    case badEscape
    case notANumber(word: String)
    case bareWord(word: String)
    case leadingZero
    case brokenNumber
    case hugeNumber
    case tooDeep
  }

  enum Wanted: Hashable { case value, key, colon, commaOrEnd }

  let kind: Kind
  let offset: Int
  var length = 1
}

/// A strict reader of RFC 8259 that keeps nothing but its place.
///
/// simdjson says what kind of fault there is, not where; this second look may be slow and says
/// both. The fuzz tests hold the two to the same verdict.
struct JSONSyntaxScan {
  private let bytes: [UInt8]
  private var index: Int
  private var open: [UInt8] = []

  /// The first fault, or `nil` for a well-formed text.
  static func firstSlip(in bytes: [UInt8]) -> JSONSlip? {
    var scan = JSONSyntaxScan(bytes)
    do throws(JSONSlip) {
      try scan.run()
      return nil
    } catch {
      return error
    }
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private mutating func run() throws(JSONSlip) {
    skipSpace()
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw slip(.notUTF8, at: 0)
    }
    guard index < bytes.count else { throw slip(.empty, at: bytes.count) }
    repeat {
      try value()
      try endOfValue()
    } while !open.isEmpty
    guard index == bytes.count else { throw slip(.afterEnd) }
  }

  /// Reads a scalar, or opens containers down to the first scalar or empty container.
  private mutating func value() throws(JSONSlip) {
    while true {
      skipSpace()
      switch try byte() {
      case UInt8(ascii: "{"):
        try push(UInt8(ascii: "}"))
        if try byte() == UInt8(ascii: "}") { return }
        try key()
      case UInt8(ascii: "["):
        try push(UInt8(ascii: "]"))
        if try byte() == UInt8(ascii: "]") { return }
      case UInt8(ascii: "\""): return try string()
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
      default: return try word()
      }
    }
  }

  private mutating func push(_ closing: UInt8) throws(JSONSlip) {
    guard open.count < JSONTape.deepest else { throw slip(.tooDeep) }
    open.append(closing)
    index += 1
    skipSpace()
  }

  /// Closes containers and takes the comma (and key) before the next value.
  private mutating func endOfValue() throws(JSONSlip) {
    while let closing = open.last {
      skipSpace()
      let next = try byte()
      if next == closing {
        open.removeLast()
        index += 1
        continue
      }
      guard next == UInt8(ascii: ",") else { throw slip(.unexpected(wanted: .commaOrEnd)) }
      let comma = index
      index += 1
      skipSpace()
      guard try byte() != closing else { throw slip(.trailingComma, at: comma) }
      if closing == UInt8(ascii: "}") { try key() }
      return
    }
    skipSpace()
  }

  private mutating func key() throws(JSONSlip) {
    guard try byte() == UInt8(ascii: "\"") else { throw slip(.unexpected(wanted: .key)) }
    try string()
    skipSpace()
    guard try byte() == UInt8(ascii: ":") else { throw slip(.unexpected(wanted: .colon)) }
    index += 1
  }

  private mutating func string() throws(JSONSlip) {
    let start = index
    index += 1
    while true {
      guard index < bytes.count else {
        throw slip(.endsEarly(openLevels: open.count + 1), at: start)
      }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw slip(.controlCharacter)
      case 0x80...:
        guard let count = utf8Length(in: bytes, at: index) else { throw slip(.notUTF8) }
        index += count
      default: index += 1
      }
    }
  }

  private mutating func escape() throws(JSONSlip) {
    let start = index
    guard index + 1 < bytes.count else { throw slip(.endsEarly(openLevels: open.count + 1)) }
    index += 2
    if Array("\"\\/bfnrt".utf8).contains(bytes[index - 1]) { return }
    guard bytes[index - 1] == UInt8(ascii: "u"), let unit = hexadecimalUnit() else {
      throw slip(.badEscape, at: start)
    }
    guard (0xD800...0xDFFF).contains(unit) else { return }
    // A surrogate needs its other half: \ud83d\ude00.
    guard unit < 0xDC00, bytes[index...].starts(with: Array("\\u".utf8)) else {
      throw slip(.badEscape, at: start)
    }
    index += 2
    guard let low = hexadecimalUnit(), (0xDC00...0xDFFF).contains(low) else {
      throw slip(.badEscape, at: start)
    }
  }

  private mutating func hexadecimalUnit() -> Int? {
    guard index + 4 <= bytes.count else { return nil }
    let digits = bytes[index..<index + 4]
    guard digits.allSatisfy(isHexadecimal) else { return nil }
    index += 4
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
  }

  private mutating func number() throws(JSONSlip) {
    let start = index
    do throws(JSONSlip) {
      try wholeNumber()
    } catch {
      // `-74.` at the end of the text: not broken, cut off.
      guard error.kind == .brokenNumber, index == bytes.count, !open.isEmpty else { throw error }
      throw slip(.endsEarly(openLevels: open.count), at: start)
    }
  }

  private mutating func wholeNumber() throws(JSONSlip) {
    let start = index
    var isWhole = true
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    guard digits() > 0 else {
      let end = wordEnd(from: start)
      let word = String(decoding: bytes[start..<end], as: UTF8.self)
      guard index < bytes.count else { throw slip(.endsEarly(openLevels: open.count)) }
      throw JSONSlip(
        kind: word.count > 1 && bytes[index] > 0x40 ? .notANumber(word: word) : .brokenNumber,
        offset: start, length: max(word.count, 1))
    }
    if bytes[first] == UInt8(ascii: "0"), index > first + 1 {
      throw JSONSlip(kind: .leadingZero, offset: start, length: index - start)
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      guard digits() > 0 else { throw slip(.brokenNumber, at: start) }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      index += 1
      if index < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[index]) {
        index += 1
      }
      guard digits() > 0 else { throw slip(.brokenNumber, at: start) }
    }
    guard endsWord else { throw slip(.brokenNumber, at: start) }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    let fits = isWhole ? Int64(text) != nil || UInt64(text) != nil : Double(text)?.isFinite == true
    guard fits else { throw JSONSlip(kind: .hugeNumber, offset: start, length: text.count) }
  }

  private mutating func digits() -> Int {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func word() throws(JSONSlip) {
    let end = wordEnd(from: index)
    let word = String(decoding: bytes[index..<end], as: UTF8.self)
    switch word {
    case "true", "false", "null": index = end
    case "": throw slip(.unexpected(wanted: .value))
    default:
      // `tru` at the end of the text.
      if end == bytes.count, !open.isEmpty,
        ["true", "false", "null"].contains(where: { $0.hasPrefix(word) })
      {
        throw slip(.endsEarly(openLevels: open.count))
      }
      let isNotANumber = ["nan", "none", "infinity", "inf", "na", "undefined"]
        .contains(word.lowercased())
      throw JSONSlip(
        kind: isNotANumber ? .notANumber(word: word) : .bareWord(word: word), offset: index,
        length: word.count)
    }
  }

  private func wordEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    return end
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
      || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")]
        .contains(byte)
  }

  /// Whether a scalar may end here.
  private var endsWord: Bool {
    index == bytes.count || " \t\r\n,:]}{[\"".utf8.contains(bytes[index])
  }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private func byte() throws(JSONSlip) -> UInt8 {
    guard index < bytes.count else { throw slip(.endsEarly(openLevels: open.count)) }
    return bytes[index]
  }

  private func slip(_ kind: JSONSlip.Kind, at offset: Int? = nil) -> JSONSlip {
    JSONSlip(kind: kind, offset: offset ?? index)
  }
}

/// The length of the UTF-8 sequence at `index`, or `nil` if it is none (RFC 3629, section 4).
func utf8Length(in bytes: [UInt8], at index: Int) -> Int? {
  let lead = bytes[index]
  let (count, second): (Int, ClosedRange<UInt8>)
  switch lead {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
  case 0xE0: (count, second) = (3, 0xA0...0xBF)
  case 0xED: (count, second) = (3, 0x80...0x9F)
  case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
  case 0xF0: (count, second) = (4, 0x90...0xBF)
  case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
  case 0xF4: (count, second) = (4, 0x80...0x8F)
  default: return nil
  }
  guard index + count <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
  return bytes[index + 2..<index + count].allSatisfy { $0 & 0xC0 == 0x80 } ? count : nil
}
