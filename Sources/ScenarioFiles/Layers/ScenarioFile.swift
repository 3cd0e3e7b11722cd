// Quiebre · ScenarioFiles
// The bytes of a scenario file, the layers that a scenario is made of, and paths between files.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// The bytes of a scenario or country layer, under the name that faults show.
public struct ScenarioFile: Hashable, Sendable {
  /// The path as typed or resolved, with `/`; relative paths inside start at its folder.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A value given on the command line, `--set key=value`.
public struct Override: Hashable, Sendable {
  public let key: String
  /// TOML, or a bare word that stands for a text.
  public let text: String

  public init(key: String, text: String) {
    self.key = key
    self.text = text
  }

  var fileName: String { "--set \(key)=\(text)" }
}

/// Where a value in force came from.
public enum Origin: Hashable, Sendable {
  /// A scenario file or a layer that it extends.
  case file(SourcePlace)
  case country(SourcePlace)
  case flag(SourcePlace)
  case builtIn

  public var place: SourcePlace? {
    switch self {
    case .file(let place), .country(let place), .flag(let place): place
    case .builtIn: nil
    }
  }
}

/// One key, what it holds and who said so.
public struct ValueInForce: Hashable, Sendable {
  public let key: String
  /// As TOML, on one line.
  public let value: String
  public let origin: Origin
  /// No source backs it.
  public let assumed: Bool
  /// The key that it is taken from, such as `country.leakage`; `nil` for a value of its own.
  public var like: String?
}

/// Joins a path to the folder of the file that names it.
///
/// `geo:` paths and absolute ones are kept; `.` and `..` are resolved by text alone.
func resolvedPath(_ path: String, namedIn file: String) -> String {
  if path.hasPrefix("geo:") || path.hasPrefix("/") { return path }
  // Paths inside a country folder stay inside it.
  let prefix = file.hasPrefix("geo:") ? "geo:" : ""
  let folder = file.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
    .dropLast()
  var parts: [Substring] = []
  for part in folder + path.split(separator: "/", omittingEmptySubsequences: false) {
    switch part {
    case "": if parts.isEmpty, file.hasPrefix("/") { parts.append("") }
    case ".": continue
    case ".." where parts.last != nil && parts.last != ".." && parts.last != "": parts.removeLast()
    default: parts.append(part)
    }
  }
  return prefix + parts.joined(separator: "/")
}
