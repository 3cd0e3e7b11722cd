// Quiebre · QuiebreKit
// `quiebre.toml`: defaults of flags for all who work in a folder.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import GeoFiles
import Glibc

/// What a project file says, before anyone knows whether such flags exist.
public struct ProjectFile: Sendable {
  public static let name = "quiebre.toml"

  public enum Value: Hashable, Sendable {
    case flag(Bool)
    /// As they would be typed; several for a list.
    case texts([String])
  }

  public struct Entry: Hashable, Sendable {
    /// The verb whose table it stands in; `nil` = for every verb.
    public let verb: String?
    /// Without dashes: `replicas`.
    public let name: String
    public let value: Value
    public let keyPlace: SourcePlace
  }

  public let path: String
  public let entries: [Entry]

  /// Looks for the file upwards from each of `files`, then upwards from the working folder.
  ///
  /// - Returns: `nil` if there is none.
  /// - Throws: Q6 and Q1 faults of reading it, Q563 for values that no flag can take.
  public static func nearest(to files: [String]) throws(DiagnosticList) -> ProjectFile? {
    for folder in files.map({ absolute($0).parentFolder }) + [absolute(".")] {
      var current = folder
      while true {
        let candidate = (current == "/" ? "" : current) + "/" + name
        if isReadable(candidate) { return try ProjectFile(reading: shortened(candidate)) }
        guard current != "/" else { break }
        current = current.parentFolder
      }
    }
    return nil
  }

  /// A path that the file names, as a path of the working folder.
  public func resolved(_ text: String) -> String {
    if text.hasPrefix("/") { return text }
    let folder = path.parentFolder
    return folder == "." ? text : folder + "/" + text
  }

  private init(reading path: String) throws(DiagnosticList) {
    self.path = path
    let table = try readTOML(InputFile(reading: path).bytes, file: path)
    var entries: [Entry] = []
    var faults: [Diagnostic] = []
    func add(_ entry: TOMLTable.Entry, verb: String?) {
      if let value = ProjectFile.value(entry.value) {
        entries.append(
          Entry(verb: verb, name: entry.key, value: value, keyPlace: entry.keyPlace))
      } else {
        faults.append(ProjectFile.unusable(entry))
      }
    }
    for entry in table.entries {
      guard let inner = entry.value.table else {
        add(entry, verb: nil)
        continue
      }
      for member in inner.entries { add(member, verb: entry.key) }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    self.entries = entries
  }

  private static func value(_ value: TOMLValue) -> Value? {
    switch value.content {
    case .boolean(let flag): return .flag(flag)
    case .string(let text): return .texts([text])
    case .integer(let number): return .texts(["\(number)"])
    case .real(let number): return .texts(["\(number)"])
    case .array(let elements):
      let texts = elements.compactMap { element -> String? in
        guard case .texts(let inner) = ProjectFile.value(element), inner.count == 1 else {
          return nil
        }
        return inner[0]
      }
      return texts.count == elements.count ? .texts(texts) : nil
    case .time, .table: return nil
    }
  }

  private static func unusable(_ entry: TOMLTable.Entry) -> Diagnostic {
    Diagnostic(
      .projectFileFault, entry: entry.key, at: entry.keyPlace,
      what: LocalizedText(
        en: "'\(entry.key)' must be a text, a number, true, false, or a list of texts",
        es: "'\(entry.key)' debe ser un texto, un número, true, false o una lista de textos"))
  }

  /// A path from the root, `.` and `..` taken out by text alone.
  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return normalized(path) }
    guard let folder = unsafe getcwd(nil, 0) else { return "/" }
    defer { unsafe free(folder) }
    return normalized(unsafe String(cString: folder) + "/" + path)
  }

  /// Below the working folder, paths are shown from there.
  private static func shortened(_ path: String) -> String {
    let here = absolute(".")
    return path.hasPrefix(here + "/") ? String(path.dropFirst(here.count + 1)) : path
  }
}
