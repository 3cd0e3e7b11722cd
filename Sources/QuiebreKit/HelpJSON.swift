// Quiebre · QuiebreKit
// Help for programs: `quiebre help --json`.
// SPDX-License-Identifier: Apache-2.0

import Formats

/// What a verb of the tool takes and does.
public struct VerbPage: Hashable, Sendable {
  public struct Flag: Hashable, Sendable {
    public let name: String
    public let short: String?
    /// What its value is called; `nil` = it takes none.
    public let value: String?
    public let help: String

    public init(name: String, short: String?, value: String?, help: String) {
      self.name = name
      self.short = short
      self.value = value
      self.help = help
    }
  }

  public let name: String
  public let summary: String
  public let operands: String
  public let example: String
  public let flags: [Flag]

  public init(name: String, summary: String, operands: String, example: String, flags: [Flag]) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.example = example
    self.flags = flags
  }
}

/// The pages as one JSON document.
public func verbsJSON(_ verbs: [VerbPage]) -> String {
  var writer = JSONWriter(reservingBytes: 8_000)
  writer.object(.lines) { json in
    json.array("verbs", .lines) { list in
      for verb in verbs { list.object(.lines) { $0.members(of: verb) } }
    }
  }
  writer.endLine()
  return String(decoding: writer.finished(), as: UTF8.self)
}

extension JSONWriter {
  fileprivate mutating func members(of verb: VerbPage) {
    member("name", verb.name)
    member("summary", verb.summary)
    member("operands", verb.operands)
    member("example", verb.example)
    array("flags", .lines) { list in
      for flag in verb.flags {
        list.object { json in
          json.member("name", flag.name)
          json.member("short", flag.short)
          json.member("value", flag.value)
          json.member("help", flag.help)
        }
      }
    }
  }
}
