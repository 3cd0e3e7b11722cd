// Quiebre · Formats
// A TOML file as a tree in file order, each key and value with its place.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A value of a TOML file, and where it stands.
public struct TOMLValue: Hashable, Sendable {
  public indirect enum Content: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    /// Never NaN or infinite: the reader refuses both.
    case real(Double)
    case boolean(Bool)
    /// A date, a time or both, in ISO form.
    case time(String)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  public var content: Content
  public var place: SourcePlace

  public init(_ content: Content, at place: SourcePlace) {
    self.content = content
    self.place = place
  }

  /// The table behind this value, or `nil` if it holds something else.
  public var table: TOMLTable? {
    if case .table(let table) = content { table } else { nil }
  }
}

/// Keys and values in the order of the file.
public struct TOMLTable: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public var key: String
    /// Where the key stands; the value knows its own place.
    public var keyPlace: SourcePlace
    public var value: TOMLValue

    public init(key: String, keyPlace: SourcePlace, value: TOMLValue) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public var entries: [Entry]

  public init(_ entries: [Entry] = []) { self.entries = entries }

  public var keys: [String] { entries.map(\.key) }

  /// - Complexity: O(keys); a scenario's tables are short.
  public subscript(key: String) -> Entry? { entries.first { $0.key == key } }

  /// Replaces the entry of that key, or adds it at the end.
  public mutating func set(_ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.key == entry.key }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }
}
