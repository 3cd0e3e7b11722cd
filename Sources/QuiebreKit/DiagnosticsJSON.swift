// Quiebre · QuiebreKit
// Faults as JSON, for `--json`.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats

extension JSONWriter {
  /// The member `diagnostics` of an object.
  mutating func diagnostics(_ items: [Diagnostic], in language: Language) {
    array("diagnostics", .lines) { json in
      for item in items {
        let record = DiagnosticRecord(item, in: language)
        json.object { $0.members(of: record) }
      }
    }
  }

  mutating func members(of record: DiagnosticRecord) {
    member("code", record.code)
    member("severity", record.severity)
    member("entry", record.entry)
    member("file", record.file)
    member("line", record.line)
    member("column", record.column)
    member("length", record.length)
    member("message", record.message)
    member("hint", record.hint)
  }
}

/// What `--json` prints when there is no result: one document with all faults.
public func diagnosticsJSON(_ items: [Diagnostic], in language: Language) -> String {
  var writer = JSONWriter(reservingBytes: 2_000)
  writer.object(.lines) { $0.diagnostics(items, in: language) }
  writer.endLine()
  return String(decoding: writer.finished(), as: UTF8.self)
}
