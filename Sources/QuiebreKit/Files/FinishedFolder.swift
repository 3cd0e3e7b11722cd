// Quiebre · QuiebreKit
// A finished result folder, checked against its manifest before its figures are used.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import Reports

/// The figures that a finished run published.
struct FinishedFolder {
  let path: String
  let summaryBytes: [UInt8]
  /// The nation's figures; areas are read for the year that is asked for.
  let published: ComparedRun
  private let digests: [String: String]

  /// - Throws: Q565 if manifest or summary is missing or the summary was changed.
  init(reading path: String) throws(DiagnosticList) {
    self.path = path
    let manifestFile = try FinishedFolder.file("manifest.json", in: path)
    let manifest = try JSONDocument(bytes: manifestFile.bytes, name: manifestFile.path)
    digests = Dictionary(
      (manifest.root["outputs"]?.array ?? []).compactMap { entry in
        guard let name = entry["path"]?.string, let sha256 = entry["sha256"]?.string else {
          return nil
        }
        return (name, sha256)
      }, uniquingKeysWith: { first, _ in first })
    let file = try FinishedFolder.unchanged("summary.json", in: path, digests)
    summaryBytes = file.bytes
    let summary = try JSONDocument(bytes: file.bytes, name: file.path)
    published = try ComparedRun(summary: summary, folder: path)
  }

  /// First and last simulated year.
  var years: ClosedRange<Int> {
    published.ground.since...max(published.ground.since, published.ground.end)
  }

  /// The figures, with those of all areas in one year if the folder has tables.
  func run(year: Int, byProvince: Bool) throws(DiagnosticList) -> ComparedRun {
    var run = published
    guard digests["csv/area_years.csv"] != nil else { return run }
    let file = try FinishedFolder.unchanged("csv/area_years.csv", in: path, digests)
    try run.readAreas(
      CSVTable(bytes: file.bytes, name: file.path), year: year, byProvince: byProvince)
    return run
  }

  private static func unchanged(
    _ name: String, in folder: String, _ digests: [String: String]
  ) throws(DiagnosticList) -> InputFile {
    let file = try self.file(name, in: folder)
    guard digests[name] == file.sha256 else {
      throw unusable(
        folder,
        LocalizedText(
          en: "'\(file.path)' isn't the file that the manifest names",
          es: "'\(file.path)' no es el archivo que nombra el manifiesto"))
    }
    return file
  }

  private static func file(_ name: String, in folder: String) throws(DiagnosticList) -> InputFile {
    guard let file = try? InputFile(reading: folder + "/" + name) else {
      throw unusable(
        folder,
        LocalizedText(
          en: "'\(folder)' is no finished result: it has no \(name)",
          es: "'\(folder)' no es un resultado terminado: no tiene \(name)"))
    }
    return file
  }

  private static func unusable(_ folder: String, _ what: LocalizedText) -> DiagnosticList {
    DiagnosticList(
      Diagnostic(
        .resultUnusable, at: SourcePlace(file: folder), what: what,
        fix: LocalizedText(
          en: "run the scenario again, or name its .toml",
          es: "corra de nuevo el escenario, o nombre su .toml")))
  }
}
