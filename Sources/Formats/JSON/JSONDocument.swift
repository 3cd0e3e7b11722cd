// Quiebre · Formats
// A small JSON file as a tree in file order, each key and value with its place.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A value of a JSON file, and where it stands.
public struct JSONValue: Hashable, Sendable {
  public indirect enum Content: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// A number with a fraction or an exponent, or a whole one beyond `Int`. Always finite.
    case real(Double)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
  }

  public let content: Content
  public let place: SourcePlace

  public init(_ content: Content, at place: SourcePlace) {
    self.content = content
    self.place = place
  }

  public var string: String? { if case .string(let text) = content { text } else { nil } }
  public var boolean: Bool? { if case .boolean(let flag) = content { flag } else { nil } }
  public var integer: Int? { if case .integer(let number) = content { number } else { nil } }
  public var array: [JSONValue]? { if case .array(let values) = content { values } else { nil } }
  public var object: [JSONMember]? { if case .object(let list) = content { list } else { nil } }

  /// The number behind this value, whole or not.
  public var number: Double? {
    switch content {
    case .integer(let number): Double(number)
    case .real(let number): number
    default: nil
    }
  }

  /// The value of a key; `nil` if there is none or this is no object.
  ///
  /// - Complexity: O(keys).
  public subscript(key: String) -> JSONValue? { object?.first { $0.key == key }?.value }
}

/// A key and its value.
public struct JSONMember: Hashable, Sendable {
  public let key: String
  public let keyPlace: SourcePlace
  public let value: JSONValue

  public init(key: String, keyPlace: SourcePlace, value: JSONValue) {
    self.key = key
    self.keyPlace = keyPlace
    self.value = value
  }
}

/// A JSON file read whole: model files, manifests, summaries.
///
/// Keys keep the order of the file. A key that stands twice in one object is refused, since
/// programs differ in which of the two they take.
public struct JSONDocument: Hashable, Sendable {
  public let name: String
  public let root: JSONValue

  /// Reads a JSON text.
  ///
  /// - Throws: The first syntax fault (Q130, Q132 to Q139), or every repeated key (Q131).
  public init(bytes: [UInt8], name: String) throws(DiagnosticList) {
    let tape = try JSONTape(parsing: bytes, name: name)
    var builder = JSONTreeBuilder(tape)
    let root = builder.value(tape.root)
    guard builder.faults.isEmpty else { throw DiagnosticList(builder.faults) }
    self.name = name
    self.root = root
  }
}

private struct JSONTreeBuilder {
  private let tape: JSONTape
  private var places: PlaceCursor
  private(set) var faults: [Diagnostic] = []

  init(_ tape: JSONTape) {
    self.tape = tape
    places = PlaceCursor(tape)
  }

  mutating func value(_ node: Int) -> JSONValue {
    let place = places.next()
    let content: JSONValue.Content =
      switch tape.kind(of: node) {
      case .null: .null
      case .boolean: .boolean(tape.boolean(node) ?? false)
      case .integer: .integer(tape.integer(node) ?? 0)
      case .real: .real(tape.number(node) ?? 0)
      case .string: .string(tape.string(node))
      case .array: .array(values(of: node))
      case .object: .object(members(of: node))
      }
    return JSONValue(content, at: place)
  }

  private mutating func values(of array: Int) -> [JSONValue] {
    var values: [JSONValue] = []
    var node = tape.firstChild(of: array)
    while node < tape.end(of: array) {
      values.append(value(node))
      node = tape.next(after: node)
    }
    return values
  }

  private mutating func members(of object: Int) -> [JSONMember] {
    var members: [JSONMember] = []
    var keys: Set<String> = []
    var node = tape.firstChild(of: object)
    while node < tape.end(of: object) {
      let key = tape.string(node)
      let keyPlace = places.next()
      let valueNode = tape.next(after: node)
      let value = value(valueNode)
      if keys.insert(key).inserted {
        members.append(JSONMember(key: key, keyPlace: keyPlace, value: value))
      } else if faults.count < 50 {
        faults.append(repeatedKeyFault(key, at: keyPlace))
      }
      node = tape.next(after: valueNode)
    }
    return members
  }
}

/// The fault of a key that stands twice in one object.
public func repeatedKeyFault(_ key: String, at place: SourcePlace) -> Diagnostic {
  Diagnostic(
    .jsonRepeatedKey, entry: key, at: place,
    what: LocalizedText(
      en: "'\(key)' stands twice in one object", es: "'\(key)' está dos veces en un objeto"),
    fix: LocalizedText(en: "remove one of the two", es: "quite una de las dos"))
}

/// Places of all nodes in the order of the text, in one pass over it.
private struct PlaceCursor {
  private let tape: JSONTape
  private let offsets: [Int]
  private var position = 0
  private var line = 1
  private var lineStart: Int
  private var column = 1
  private var reached: Int
  private var sourceLine: String?

  init(_ tape: JSONTape) {
    self.tape = tape
    var nodes: [Int] = []
    PlaceCursor.collect(tape.root, of: tape, into: &nodes)
    offsets = tape.offsets(of: nodes)
    lineStart = tape.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    reached = lineStart
    sourceLine = SourcePlace.shortLine(in: tape.bytes, from: lineStart)
  }

  /// Values and keys in the order in which the builder meets them.
  private static func collect(_ node: Int, of tape: JSONTape, into nodes: inout [Int]) {
    nodes.append(node)
    guard [.array, .object].contains(tape.kind(of: node)) else { return }
    var child = tape.firstChild(of: node)
    while child < tape.end(of: node) {
      collect(child, of: tape, into: &nodes)
      child = tape.next(after: child)
    }
  }

  mutating func next() -> SourcePlace {
    let offset = offsets[position]
    position += 1
    let oldLine = line
    while reached < offset {
      let byte = tape.bytes[reached]
      reached += 1
      if byte == 0x0A {
        line += 1
        lineStart = reached
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    if line != oldLine { sourceLine = SourcePlace.shortLine(in: tape.bytes, from: lineStart) }
    return SourcePlace(file: tape.name, line: line, column: column, sourceLine: sourceLine)
  }
}
