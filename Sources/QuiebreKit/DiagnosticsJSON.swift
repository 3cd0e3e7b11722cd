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
        json.object { json in
          json.member("code", record.code)
          json.member("severity", record.severity)
          json.member("entry", record.entry)
          json.member("file", record.file)
          json.member("line", record.line)
          json.member("column", record.column)
          json.member("length", record.length)
          json.member("message", record.message)
          json.member("hint", record.hint)
        }
      }
    }
  }
}

/// What `--json` prints when there is no result: one document with all faults.
public func diagnosticsJSON(_ items: [Diagnostic], in language: Language) -> String {
  var writer = JSONWriter(reservingBytes: 2_000)
  writer.object(.lines) { $0.diagnostics(items, in: language) }
  writer.endLine()
  return String(decoding: writer.finished(), as: UTF8.self)
}
