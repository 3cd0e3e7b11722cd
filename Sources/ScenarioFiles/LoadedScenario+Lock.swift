// Quiebre · ScenarioFiles
// The merged scenario as canonical JSON: for the result folder, and for the hash of the run.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// How a scenario is split into files, which is no part of what it says.
private let splitKeys: Set<String> = ["scenario.extends", "scenario.override"]

extension LoadedScenario {
  /// Keys and values in force, sorted, without places: the same for any order of keys, comments,
  /// or split into layers.
  public func canonicalJSON() -> [UInt8] {
    var writer = JSONWriter()
    writer.object(.lines) { json in
      for value in uniqueValues().sorted(by: { $0.key < $1.key })
      where !splitKeys.contains(value.key) {
        json.member(value.key, value.value)
      }
    }
    writer.endLine()
    return writer.finished()
  }

  /// All layers merged, each value as TOML with the place that gave it, in the order of reading:
  /// what ``LockFile`` reads back.
  ///
  /// - Parameters:
  ///   - inputs: Every file that was read, and what was in it.
  ///   - root: From the lock's folder to the folder that paths start at; `nil` = the working folder.
  ///   - baseline: The scenario that differences are taken from, if it is another one.
  /// - Returns: JSON that ends with a line feed.
  public func lockJSON(
    inputs: [LockFile.Input] = [], root: String? = nil, baseline: LoadedScenario? = nil
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object(.lines) { json in
      json.member("schema", LockFile.schema)
      json.member("root", root)
      writeLayers(to: &json)
      json.array("inputs", .lines) { list in
        for input in inputs {
          list.object { entry in
            entry.member("path", input.path)
            entry.member("sha256", input.sha256)
          }
        }
      }
      if let baseline {
        json.object("baseline", .lines) { baseline.writeLayers(to: &$0) }
      }
    }
    writer.endLine()
    return writer.finished()
  }

  private func writeLayers(to json: inout JSONWriter) {
    json.array("layers") { list in
      for layer in layers { list.string(layer) }
    }
    json.object("values", .lines) { object in
      let values = uniqueValues()
      let keys = Set(values.map(\.key))
      // Parts of a value stand in the whole.
      for value in values
      where !isMember(value.key, of: keys) && !splitKeys.contains(value.key) {
        object.object(value.key) { member in
          let place = value.origin.place
          member.member("value", value.value)
          member.member("from", name(of: value.origin))
          member.member("file", place?.file)
          member.member("line", place.flatMap { $0.line > 0 ? $0.line : nil })
          member.member("column", place.flatMap { $0.column > 0 ? $0.column : nil })
          if let like = value.like { member.member("like", like) }
          member.member("assumed", value.assumed)
        }
      }
    }
  }

  private func name(of origin: Origin) -> String {
    switch origin {
    case .file: "file"
    case .country: "country"
    case .flag: "flag"
    case .builtIn: "default"
    }
  }

  /// The last value of each key, where the key was first read.
  private func uniqueValues() -> [ValueInForce] {
    var order: [String] = []
    var last: [String: ValueInForce] = [:]
    for value in values {
      if last.updateValue(value, forKey: value.key) == nil { order.append(value.key) }
    }
    return order.compactMap { last[$0] }
  }
}
