// Quiebre · QuiebreKit
// Every file that a run reads, read once and remembered for the manifest.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles

/// The inputs of one run.
///
/// Used by one thread.
final class InputStore {
  /// What the manifest says of an input.
  struct Record: Hashable, Sendable {
    /// As the scenario names it.
    let path: String
    let sha256: String
    let bytes: Int
    /// Data rows, features or cells; `nil` where there are none.
    var rows: Int?
  }

  private let folder: CountryFolder
  private var files: [String: InputFile] = [:]
  private var tables: [String: CSVTable] = [:]
  private var records: [Record] = []

  init(folder: CountryFolder) { self.folder = folder }

  /// In the order of first use.
  var inputs: [Record] { records }

  /// The path of this machine for a scenario's path.
  func location(of path: String) -> String { folder.resolved(path) }

  /// The bytes of a file, named as the scenario names it.
  func file(_ path: String) throws(DiagnosticList) -> InputFile {
    if let known = files[path] { return known }
    let file = try InputFile(reading: folder.resolved(path))
    files[path] = file
    records.append(Record(path: path, sha256: file.sha256, bytes: file.bytes.count))
    return file
  }

  /// A table, read once.
  func table(_ path: String) throws(DiagnosticList) -> CSVTable {
    if let known = tables[path] { return known }
    let table = try CSVTable(bytes: file(path).bytes, name: path)
    tables[path] = table
    note(rows: table.rowCount, of: path)
    return table
  }

  /// Records how many rows, features or cells a file turned out to hold.
  func note(rows: Int, of path: String) {
    guard let index = records.firstIndex(where: { $0.path == path }) else { return }
    records[index].rows = rows
  }
}
