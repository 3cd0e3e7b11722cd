// Quiebre · QuiebreKit
// `--draws-out`: every parameter draw of a run, as CSV or as a compact binary file.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel

/// Writes the draws that a run used.
enum DrawsOutput {
  static func write(_ draws: ParameterDraws, to path: String) throws(DiagnosticList) {
    let columns =
      [(DrawsFile.weight, draws.weights ?? [])] + draws.columns.map { ($0.name, $0.values) }
    if path.lowercased().hasSuffix(".csv") {
      try writeTable(columns, count: draws.count, to: path)
    } else {
      try writeBinary(columns, count: draws.count, to: path)
    }
  }

  /// Rows as text at a time.
  private static let block = 2_000

  /// Plain UTF-8 without a mark at its head, so that R reads the first name as it is; every number
  /// with as many digits as give back its bits.
  private static func writeTable(
    _ columns: [(String, [Double])], count: Int, to path: String
  ) throws(DiagnosticList) {
    let file = try StreamedFile(path: path)
    var header = CSVWriter()
    for (name, _) in columns { header.text(name) }
    header.endRow()
    try file.append(Array(header.finished().dropFirst(3)))
    for start in stride(from: 0, to: count, by: block) {
      var text: [UInt8] = []
      for draw in start..<min(count, start + block) {
        for (index, column) in columns.enumerated() {
          if index > 0 { text.append(UInt8(ascii: ",")) }
          text.append(contentsOf: column.1[draw].description.utf8)
        }
        text.append(UInt8(ascii: "\n"))
      }
      try file.append(text)
    }
    try file.finish()
  }

  private static func writeBinary(
    _ columns: [(String, [Double])], count: Int, to path: String
  ) throws(DiagnosticList) {
    var header = JSONWriter(reservingBytes: 1 << 12)
    header.object { json in
      json.member("schema", "quiebre.draws/1")
      json.member("version", Version.number)
      json.member("numbers", "float64, little-endian, column by column")
      json.member("draws", count)
      json.array("columns") { list in
        for (name, _) in columns { list.string(name) }
      }
    }
    var file = try SealedFile.Writer(path: path, mark: DrawsFile.mark, header: header.finished())
    for (_, values) in columns { try file.append(littleEndian(values)) }
    try file.finish()
  }
}
