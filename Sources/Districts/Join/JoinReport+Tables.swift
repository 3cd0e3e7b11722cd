// Quiebre · Districts
// The join report for programs: CSV with one row per finding, JSON with every part.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Formats

extension JoinReport {
  /// The columns of ``csvRows``.
  public static let csvColumns = ["source", "kind", "finding", "code", "row", "detail"]

  /// One row per finding, in English.
  ///
  /// What is missing, without district, doubled, moved, empty, taken from the nearest, imputed or
  /// repaired.
  public var csvRows: [[String]] {
    parts.flatMap { part in
      // By name: where the file lies depends on where a run was started.
      let isBuiltIn = part.name.hasPrefix("geo:")
      let name = isBuiltIn ? part.name : part.name.split(separator: "/").last.map(String.init) ?? ""
      return part.findings.map { [name, part.kind.rawValue, $0.kind, $0.code, $0.row, $0.detail] }
    }
  }

  /// The findings as a CSV file.
  public func csv(style: CSVWriter.Style = .point) -> [UInt8] {
    var writer = CSVWriter(style: style)
    for row in [Self.csvColumns] + csvRows {
      for cell in row { writer.text(cell) }
      writer.endRow()
    }
    return writer.finished()
  }

  /// Writes the report as one JSON array, one object per part.
  public func write(to writer: inout JSONWriter) {
    writer.array(.lines) { writer in
      for part in parts { part.write(to: &writer) }
    }
  }
}

struct Finding {
  var kind: String
  var code: String
  var row = ""
  var detail = ""
}

extension JoinPart {
  fileprivate var findings: [Finding] {
    var found = missing.map {
      Finding(kind: "missing", code: $0.code, detail: $0.explanation?.en ?? "")
    }
    found += unmatched.map {
      Finding(
        kind: "unmatched", code: $0.code, row: "\($0.row)", detail: $0.explanation?.en ?? "")
    }
    found += doubled.map {
      Finding(
        kind: "doubled", code: $0.code, row: $0.rows.map(String.init).joined(separator: " "))
    }
    found += moved.map { Finding(kind: "moved", code: $0.to, row: "\($0.row)", detail: $0.from) }
    found += empty.map { Finding(kind: "empty", code: $0) }
    found += nearest.map { Finding(kind: "nearest", code: $0) }
    found += imputed.map { Finding(kind: "imputed", code: $0) }
    found += repaired.map {
      Finding(
        kind: "repaired", code: $0.code,
        detail: "\($0.reason): +\(kilometers($0.gainedKm2)) -\(kilometers($0.lostKm2)) km2")
    }
    return found + (ground?.findings ?? [])
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", name)
      writer.member("kind", kind.rawValue)
      writer.member("districts", districts)
      writer.member("matched", matched)
      writeFindings(to: &writer)
      if let coding { coding.write(to: &writer) }
      if let ground { ground.write(to: &writer) }
    }
  }

  private func writeFindings(to writer: inout JSONWriter) {
    let groups = ["missing", "unmatched", "doubled", "moved", "empty", "nearest", "imputed"]
    let all = findings
    for group in groups {
      let members = all.filter { $0.kind == group }
      guard !members.isEmpty else { continue }
      writer.key(group)
      writer.array { writer in
        for finding in members {
          writer.object { writer in
            writer.member("code", finding.code)
            if !finding.row.isEmpty { writer.member("row", finding.row) }
            if !finding.detail.isEmpty { writer.member("detail", finding.detail) }
          }
        }
      }
    }
    guard !repaired.isEmpty else { return }
    writer.key("repaired")
    writer.array { writer in
      for shape in repaired {
        writer.object { writer in
          writer.member("code", shape.code)
          writer.member("reason", shape.reason)
          writer.member("gained_km2", shape.gainedKm2, decimals: 6)
          writer.member("lost_km2", shape.lostKm2, decimals: 6)
        }
      }
    }
  }
}

extension CodingEvidence {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.key("coding")
    writer.object { writer in
      writer.member("coding", coding)
      writer.member("rows", rows)
      writer.member("known_codes", knownCodes)
      writer.member("named_rows", namedRows)
      writer.member("matching_names", matchingNames)
      guard let rival else { return }
      writer.member("rival", rival.coding)
      writer.member("rival_known_codes", rival.knownCodes)
      writer.member("rival_matching_names", rival.matchingNames)
    }
  }
}
