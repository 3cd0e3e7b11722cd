// Quiebre · ScenarioFiles
// The merged scenario as canonical JSON: for the result folder, and for the hash of the run.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

extension LoadedScenario {
  /// Keys and values in force, sorted, without places: the same for any order of keys, comments,
  /// or split into layers.
  public func canonicalJSON() -> [UInt8] {
    var writer = JSONWriter()
    writer.object(.lines) { json in
      for value in uniqueValues() { json.member(value.key, value.value) }
    }
    writer.endLine()
    return writer.finished()
  }

  /// All layers merged, each value as TOML with the file and line that gave it.
  public func lockJSON() -> [UInt8] {
    var writer = JSONWriter()
    writer.object(.lines) { json in
      json.member("schema", "quiebre.lock/1")
      json.key("layers")
      json.array { list in
        for layer in layers { list.string(layer) }
      }
      json.key("values")
      json.object(.lines) { object in
        for value in uniqueValues() {
          object.key(value.key)
          object.object { member in
            member.member("value", value.value)
            member.member("from", name(of: value.origin))
            member.member("file", value.origin.place?.file)
            member.member("line", value.origin.place.flatMap { $0.line > 0 ? $0.line : nil })
            member.member("assumed", value.assumed)
          }
        }
      }
    }
    writer.endLine()
    return writer.finished()
  }

  private func name(of origin: Origin) -> String {
    switch origin {
    case .file: "file"
    case .country: "country"
    case .flag: "flag"
    case .builtIn: "default"
    }
  }

  private func uniqueValues() -> [ValueInForce] {
    var last: [String: ValueInForce] = [:]
    for value in values { last[value.key] = value }
    return last.values.sorted { $0.key < $1.key }
  }
}
