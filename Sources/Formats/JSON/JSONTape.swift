// Quiebre · Formats
// Owns what simdjson hands out.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import JSONBridge

/// What a node of a JSON text is.
public enum JSONKind: Sendable {
  case object
  case array
  case string
  case integer
  /// A whole number above `Int.max`, or a number with a fraction or an exponent.
  case real
  case boolean
  case null
}

/// A JSON text as a flat run of nodes, for readers that must be fast.
///
/// A node is an `Int`, valid for this tape only. Objects hold keys and values in turn:
///
///     var key = tape.firstChild(of: object)
///     while key != tape.end(of: object) {
///       let value = tape.next(after: key)
///       …
///       key = tape.next(after: value)
///     }
///
/// Small documents are easier to read as a ``JSONDocument``.
@safe public final class JSONTape {
  public let name: String
  public let bytes: [UInt8]
  /// The outermost value.
  public let root = 1
  /// How many levels of arrays and objects a text may have.
  public static let deepest = 128

  private let document: OpaquePointer
  private let words: UnsafePointer<UInt64>
  private let texts: UnsafePointer<UInt8>
  private let wordCount: Int
  /// 3 where the file starts with a byte order mark, which simdjson doesn't see.
  private let start: Int

  /// Where `NaN` or `Infinity` stood, if `sparing` let them pass.
  public let notANumbers: [Int]

  /// Parses a JSON text (RFC 8259).
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, with or without a byte order mark.
  ///   - name: The file's name for messages.
  ///   - notANumbers: Whether the words `NaN` and `Infinity`, which are no JSON but which Python
  ///     writes for missing values, are read as empty objects and listed in `notANumbers`.
  /// - Throws: The first syntax fault (Q130 to Q139) with line and column.
  public init(
    parsing bytes: [UInt8], name: String, sparing notANumbers: Bool = false
  ) throws(DiagnosticList) {
    var bytes = bytes
    let spared = notANumbers ? blankNotANumbers(in: &bytes) : []
    switch JSONTape.parse(bytes) {
    case .failure(let refusal):
      throw DiagnosticList(jsonFault(in: bytes, name: name, parserMessage: refusal.message))
    case .success(let document):
      unsafe self.document = document.pointer
    }
    self.name = name
    self.bytes = bytes
    self.notANumbers = spared
    start = JSONTape.textStart(of: bytes)
    unsafe words = quiebre_json_tape(document)
    unsafe texts = quiebre_json_texts(document)
    wordCount = unsafe quiebre_json_tape_count(document)
  }

  private struct Refusal: Error { let message: String }

  @safe private struct Parsed { let pointer: OpaquePointer }

  private static func textStart(of bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private static func parse(_ bytes: [UInt8]) -> Result<Parsed, Refusal> {
    let start = textStart(of: bytes)
    let parsed = unsafe bytes.withUnsafeBufferPointer { all in
      let text = unsafe all[start...]
      return unsafe quiebre_json_parse(
        UnsafeBufferPointer(rebasing: text).baseAddress, text.count, deepest)
    }
    guard let document = unsafe parsed else { return .failure(Refusal(message: "out of memory")) }
    guard let words = unsafe quiebre_json_error(document) else {
      return unsafe .success(Parsed(pointer: document))
    }
    let message = unsafe String(cString: words)
    unsafe quiebre_json_free(document)
    return .failure(Refusal(message: message))
  }

  deinit { unsafe quiebre_json_free(document) }

  public func kind(of node: Int) -> JSONKind {
    switch letter(of: node) {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "l"): .integer
    case UInt8(ascii: "u"), UInt8(ascii: "d"): .real
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    default: .null
    }
  }

  /// The first key of an object or value of an array; `end(of:)` if there is none.
  public func firstChild(of container: Int) -> Int { container + 1 }

  /// What `next(after:)` gives for the last child.
  public func end(of container: Int) -> Int { endIndex(of: container) - 1 }

  /// How many values an array or keys an object has; no more than 16,777,215 are told.
  public func count(of container: Int) -> Int { Int(word(container) >> 32 & 0xFF_FFFF) }

  /// The node that follows, past all children.
  public func next(after node: Int) -> Int {
    switch letter(of: node) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): endIndex(of: node)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): node + 2
    default: node + 1
    }
  }

  /// A string or a key.
  public func string(_ node: Int) -> String {
    unsafe String(decoding: textBytes(of: node), as: UTF8.self)
  }

  /// Whether a node is the string or key `text`.
  public func isString(_ node: Int, _ text: StaticString) -> Bool {
    guard letter(of: node) == UInt8(ascii: "\"") else { return false }
    let own = unsafe textBytes(of: node)
    let other = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return unsafe own.count == other.count && own.elementsEqual(other)
  }

  /// A whole number that fits; `nil` for every other node.
  public func integer(_ node: Int) -> Int? {
    guard letter(of: node) == UInt8(ascii: "l") else { return nil }
    return Int(Int64(bitPattern: payload(after: node)))
  }

  /// A number of any kind as the nearest double; `nil` for every other node.
  public func number(_ node: Int) -> Double? {
    switch letter(of: node) {
    case UInt8(ascii: "d"): Double(bitPattern: payload(after: node))
    case UInt8(ascii: "l"): Double(Int64(bitPattern: payload(after: node)))
    case UInt8(ascii: "u"): Double(payload(after: node))
    default: nil
    }
  }

  /// `true` or `false`; `nil` for every other node.
  public func boolean(_ node: Int) -> Bool? {
    switch letter(of: node) {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// Where nodes start in `bytes`.
  ///
  /// - Parameter nodes: Nodes in rising order.
  /// - Returns: One offset a node.
  /// - Complexity: O(bytes): ask once for all nodes of interest.
  public func offsets(of nodes: [Int]) -> [Int] {
    var offsets = [UInt32](repeating: 0, count: nodes.count)
    unsafe bytes.withUnsafeBufferPointer { all in
      unsafe quiebre_json_offsets(
        document, UnsafeBufferPointer(rebasing: all[start...]).baseAddress, nodes.map { $0 },
        nodes.count, &offsets)
    }
    return offsets.map { Int($0) + start }
  }

  /// The lines, from 1, on which bytes stand.
  ///
  /// - Parameter offsets: Offsets into `bytes` in rising order.
  /// - Returns: One line an offset.
  /// - Complexity: O(bytes).
  public func lines(of offsets: [Int]) -> [Int] {
    var line = 1
    var done = 0
    return unsafe bytes.withUnsafeBufferPointer { all in
      offsets.map { offset in
        line += unsafe quiebre_json_count_lines(all.baseAddress?.advanced(by: done), offset - done)
        done = offset
        return line
      }
    }
  }

  // The tape is simdjson's own and well formed; the checks catch a node of another tape.
  @inline(__always)
  private func word(_ node: Int) -> UInt64 {
    precondition(node > 0 && node < wordCount, "a node of this tape")
    return unsafe words[node]
  }

  @inline(__always)
  private func letter(of node: Int) -> UInt8 { UInt8(truncatingIfNeeded: word(node) >> 56) }

  @inline(__always)
  private func payload(after node: Int) -> UInt64 { word(node + 1) }

  /// The index after a container's closing bracket: the low 32 bits of its word.
  private func endIndex(of container: Int) -> Int {
    Int(UInt32(truncatingIfNeeded: word(container)))
  }

  private func textBytes(of node: Int) -> UnsafeBufferPointer<UInt8> {
    let place = Int(word(node) & 0x00FF_FFFF_FFFF_FFFF)
    let head = unsafe UnsafeRawPointer(texts).advanced(by: place)
    let count = unsafe Int(head.loadUnaligned(as: UInt32.self))
    return unsafe UnsafeBufferPointer(start: texts.advanced(by: place + 4), count: count)
  }
}

/// A run of positions as a bulk read finds them.
public struct JSONPositions: Sendable {
  /// First and second number of each position.
  public var xy: [SIMD2<Double>] = []
  /// How many positions hold more than two numbers.
  public var withMore = 0

  public init() {}

  public mutating func removeAll() {
    xy.removeAll(keepingCapacity: true)
    withMore = 0
  }
}

extension JSONTape {
  /// Appends the positions of an array such as `[[-76.1, -12.0], [-76.2, -12.1, 88]]`.
  ///
  /// One call reads a whole ring; numbers after the second are counted and left out.
  ///
  /// - Returns: The first child that isn't an array of at least two numbers, or `nil` if all are.
  public func appendPositions(in array: Int, to positions: inout JSONPositions) -> Int? {
    let end = end(of: array)
    var node = firstChild(of: array)
    while node < end {
      guard let next = appendPosition(node, to: &positions) else { return node }
      node = next
    }
    return nil
  }

  /// Appends one position and returns the node after it, or `nil` if it is none.
  @inline(__always)
  public func appendPosition(_ node: Int, to positions: inout JSONPositions) -> Int? {
    guard letter(of: node) == UInt8(ascii: "[") else { return nil }
    let end = end(of: node)
    guard end >= node + 5, let x = number(node + 1), let y = number(node + 3) else { return nil }
    positions.xy.append(SIMD2(x, y))
    guard end > node + 5 else { return node + 6 }
    var further = node + 5
    while further < end {
      guard number(further) != nil else { return nil }
      further += 2
    }
    positions.withMore += 1
    return end + 1
  }
}
