// Quiebre · ScenarioFiles
// A `scenario.lock.json` read back: the values that were in force, under the names they came from.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats

/// A scenario as a finished run found it: all layers merged, each value with its origin.
public struct LockFile: Sendable {
  /// A file that the run read, and what was in it.
  public struct Input: Hashable, Sendable {
    public let path: String
    public let sha256: String

    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// A value that a file or flag gave; defaults are found anew.
  struct Value {
    let key: String
    /// TOML on one line.
    let text: String
    let origin: String
    let place: SourcePlace
  }

  /// Path of the lock itself, for faults.
  public let name: String
  /// From the folder of the lock to the folder that paths of files start at; `nil` = the working
  /// folder.
  public let root: String?
  public let inputs: [Input]
  /// What differences are taken from, where `scenario.baseline` names it.
  public var baseline: LockFile? { nested.first }

  let layers: [String]
  let values: [Value]
  /// Defaults in force then, to tell what a newer version changed.
  let defaults: [String: String]
  private let nested: [LockFile]

  static let schema = "quiebre.lock/1"

  /// Reads a lock.
  ///
  /// - Throws: Q560 if the document is no lock.
  public init(_ document: JSONDocument) throws(DiagnosticList) {
    guard document.root["schema"]?.string == LockFile.schema else {
      throw DiagnosticList(unusable(document.root.place))
    }
    try self.init(document.root, name: document.name)
  }

  private init(_ json: JSONValue, name: String) throws(DiagnosticList) {
    self.name = name
    root = json["root"]?.string
    layers = json["layers"]?.array?.compactMap(\.string) ?? []
    inputs =
      json["inputs"]?.array?.compactMap { entry in
        guard let path = entry["path"]?.string, let sha256 = entry["sha256"]?.string else {
          return nil
        }
        return Input(path: path, sha256: sha256)
      } ?? []
    nested =
      try json["baseline"]?.object.map { (_) throws(DiagnosticList) in
        [try LockFile(json["baseline"] ?? json, name: name)]
      } ?? []
    guard !layers.isEmpty, let members = json["values"]?.object, !members.isEmpty else {
      throw DiagnosticList(unusable(json.place))
    }
    var values: [Value] = []
    var defaults: [String: String] = [:]
    for member in members {
      guard let text = member.value["value"]?.string, let origin = member.value["from"]?.string
      else { throw DiagnosticList(unusable(member.keyPlace)) }
      if origin == "default" { defaults[member.key] = text }
      // What one key takes from another is found anew, too.
      guard origin != "default", member.value["like"]?.string == nil else { continue }
      values.append(
        Value(
          key: member.key, text: text, origin: origin,
          place: SourcePlace(
            file: member.value["file"]?.string ?? name, line: member.value["line"]?.integer ?? 0,
            column: member.value["column"]?.integer ?? 0)))
    }
    self.values = values
    self.defaults = defaults
  }

  private init(
    name: String, root: String?, inputs: [Input], layers: [String], values: [Value],
    defaults: [String: String], nested: [LockFile]
  ) {
    self.name = name
    self.root = root
    self.inputs = inputs
    self.layers = layers
    self.values = values
    self.defaults = defaults
    self.nested = nested
  }

  /// The text of a value that a file gave, such as that of `data.country`.
  public func text(of key: String) -> String? { values.first { $0.key == key }?.text }

  /// The same lock with its files found from another folder.
  public func renamed(_ name: (String) -> String) -> LockFile {
    LockFile(
      name: self.name, root: nil,
      inputs: inputs.map { Input(path: name($0.path), sha256: $0.sha256) },
      layers: layers.map(name),
      values: values.map { value in
        Value(
          key: value.key, text: value.text, origin: value.origin,
          place: value.origin == "flag"
            ? value.place
            : SourcePlace(
              file: name(value.place.file), line: value.place.line, column: value.place.column))
      },
      defaults: defaults, nested: nested.map { $0.renamed(name) })
  }
}

extension LockFile {
  /// The merged table, each value at the place that gave it.
  ///
  /// - Throws: Q560 for a value that isn't TOML.
  func table() throws(DiagnosticList) -> TOMLTable {
    var result = TOMLTable()
    for value in values {
      guard let read = try? readTOML(Array("value = \(value.text)".utf8), file: name),
        let content = read["value"]?.value.content
      else { throw DiagnosticList(LockFile.unreadable(value.key, name)) }
      let path = value.key.split(separator: ".").map(String.init)
      let entry = TOMLTable.Entry(
        key: path[path.count - 1], keyPlace: value.place,
        value: TOMLValue(moved(content, to: value.place), at: value.place))
      result = setting(entry, at: path[...], in: result)
    }
    return result
  }

  private static func unreadable(_ key: String, _ name: String) -> Diagnostic {
    Diagnostic(
      .lockUnusable, entry: key, at: SourcePlace(file: name),
      what: LocalizedText(
        en: "the value of \(key) can't be read", es: "el valor de \(key) no se puede leer"))
  }
}

/// Whether a key names a part of another one's value, as `line.a.allocation.rule` does.
func isMember(_ key: String, of keys: Set<String>) -> Bool {
  var rest = key[...]
  while let dot = rest.lastIndex(of: ".") {
    rest = rest[..<dot]
    if keys.contains(String(rest)) { return true }
  }
  return false
}

/// The same value with every part at one place.
func moved(_ content: TOMLValue.Content, to place: SourcePlace) -> TOMLValue.Content {
  switch content {
  case .array(let elements):
    .array(elements.map { TOMLValue(moved($0.content, to: place), at: place) })
  case .table(let table):
    .table(
      TOMLTable(
        table.entries.map {
          TOMLTable.Entry(
            key: $0.key, keyPlace: place,
            value: TOMLValue(moved($0.value.content, to: place), at: place))
        }))
  default: content
  }
}

private func unusable(_ place: SourcePlace) -> Diagnostic {
  Diagnostic(
    .lockUnusable, at: place,
    what: LocalizedText(
      en: "'\(place.file)' is no scenario.lock.json",
      es: "'\(place.file)' no es un scenario.lock.json"),
    why: LocalizedText(
      en: "scenarios are TOML; of JSON only the lock of a result folder is read",
      es: "los escenarios son TOML; de JSON solo se lee el lock de una carpeta de resultados"),
    fix: LocalizedText(
      en: "name the scenario's .toml, or results/…/scenario.lock.json",
      es: "nombre el .toml del escenario, o results/…/scenario.lock.json"))
}
