// Quiebre · QuiebreKit
// A report to the files of its result folder, hashed, named and written.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import Glibc
import LaborModel
import Reports
import ScenarioFiles

/// What became of one scenario's results.
struct WrittenResult {
  let path: String
  let hash: String
  /// The folder was there already with the same content.
  let wasKept: Bool

  /// Where the map lies, for the end of the terminal text.
  func closing(in language: Language) -> String {
    let kept = LocalizedText(
      en: "Same result as before: the folder was kept.",
      es: "El mismo resultado que antes: se conservó la carpeta.")
    let map = LocalizedText(
      en: "Map: \(path)/districts.geojson (QGIS styles it by itself) · tables: \(path)/csv/",
      es: "Mapa: \(path)/districts.geojson (QGIS lo pinta solo) · tablas: \(path)/csv/")
    return (wasKept ? kept.text(in: language) + "\n" : "") + map.text(in: language) + "\n"
  }
}

struct ResultWriter {
  let prepared: PreparedScenario
  let report: RunReport
  let session: Session
  let log: RunLog

  func write(to request: RunRequest, start: Double) throws(DiagnosticList) -> WrittenResult {
    var files = dataFiles(in: request.output)
    var outputs = files.map {
      // The lock says where each value stood: another place, the same result.
      Manifest.Output(
        path: $0.path, sha256: SHA256.hash($0.bytes), isData: $0.path != "scenario.lock.json")
    }
    let hash = Manifest.resultHash(of: outputs)
    let path = "\(request.output)/\(report.plan.id)-\(hash.prefix(8))"
    if !request.force, existingHash(path) == hash {
      return WrittenResult(path: path, hash: hash, wasKept: true)
    }
    files.append(
      OutputFile(
        path: "log.ndjson",
        bytes: log.bytes(
          scenario: report.plan.id, messages: withoutRepeats(report.warnings), resultHash: hash,
          session: session)))
    outputs.append(
      Manifest.Output(
        path: "log.ndjson", sha256: SHA256.hash(files[files.count - 1].bytes), isData: false))
    let manifest = manifest(outputs, request: request, start: start)
    do throws(DiagnosticList) {
      try ResultFolder(path: path).write(
        files + [OutputFile(path: "manifest.json", bytes: manifest.bytes(for: report))],
        replacing: request.force)
    } catch {
      // Another run may have finished the same result in the meantime.
      guard existingHash(path) == hash else { throw error }
      return WrittenResult(path: path, hash: hash, wasKept: true)
    }
    return WrittenResult(path: path, hash: hash, wasKept: false)
  }

  private func dataFiles(in output: String) -> [OutputFile] {
    let formats = prepared.scenario.output.formats
    var files = [report.summaryFile(), report.breakFile()]
    if formats.contains("geojson") {
      files += report.mapFiles(isLong: prepared.scenario.output.time == .long)
    }
    if formats.contains("csv") {
      files += report.tableFiles(prepared.scenario.output.csv == .comma ? .comma : .point)
    }
    return [OutputFile(path: "scenario.lock.json", bytes: prepared.lock(root: root(above: output)))]
      + files.map { OutputFile(path: $0.path, bytes: $0.bytes) }
  }

  /// From a folder in `output` up to the working folder, if the path tells it.
  private func root(above output: String) -> String? {
    let parts = output.split(separator: "/").filter { $0 != "." }
    guard !output.hasPrefix("/"), !parts.contains("..") else { return nil }
    return (parts.map { _ in ".." } + [".."]).joined(separator: "/")
  }

  private func manifest(
    _ outputs: [Manifest.Output], request: RunRequest, start: Double
  ) -> Manifest {
    Manifest(
      version: Version.number, commit: nil,
      libraries: libraryVersions().map { Manifest.Library(name: $0.name, version: $0.version) },
      inputs: prepared.inputs.map {
        Manifest.Input(path: $0.path, sha256: $0.sha256, bytes: $0.bytes, rows: $0.rows)
      },
      scenarioHash: SHA256.hash(prepared.opened.loaded.canonicalJSON()),
      coding: prepared.scenario.data.coding.rawValue,
      vintage: prepared.scenario.data.vintage, outputs: outputs, command: session.command,
      run: Manifest.RunFacts(
        host: hostName(), threads: session.workers, started: utcTime(),
        seconds: secondsSinceStart() - start))
  }

  /// The result hash that a finished folder of this name claims and still has.
  private func existingHash(_ path: String) -> String? {
    guard let bytes = try? InputFile(reading: path + "/manifest.json").bytes,
      let document = try? JSONDocument(bytes: bytes, name: path)
    else { return nil }
    var outputs: [Manifest.Output] = []
    for entry in document.root["outputs"]?.array ?? [] {
      // Lock and log are no part of the result.
      guard entry["in_result_hash"]?.boolean != false else { continue }
      guard let name = entry["path"]?.string, let claimed = entry["sha256"]?.string,
        let file = try? InputFile(reading: path + "/" + name), file.sha256 == claimed
      else { return nil }
      outputs.append(Manifest.Output(path: name, sha256: claimed, isData: true))
    }
    return Manifest.resultHash(of: outputs)
  }
}
