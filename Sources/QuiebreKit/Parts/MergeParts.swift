// Quiebre · QuiebreKit
// `quiebre merge`: the parts of a run to the result folder of the whole.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel

/// `quiebre merge`.
public struct MergeRequest: Hashable, Sendable {
  /// Files that `quiebre run --shard` wrote, in any order.
  public var parts: [String]
  /// Where result folders go.
  public var output = "results"
  public var force = false
  /// `target.NAME`: targets that must reach their wanted probability.
  public var required: [String] = []
  public var json = false

  public init(parts: [String]) { self.parts = parts }
}

/// Puts the parts of a run together and writes the result folders that the whole run would write.
public func merge(_ request: MergeRequest, session: Session) -> Reply {
  answer {
    let start = secondsSinceStart()
    let made = try ResultFolder.probe(parent: request.output)
    defer { ResultFolder.removeEmpty(made) }
    let files = try checkedParts(request.parts)
    // What was asked of the parts is asked again; it must come to the same run.
    let asked = files[0].header
    var own = session
    own.overrides = asked.overrides
    let log = RunLog(start: start)
    own = log.following(own)
    let preparation = Preparation(session: own, draws: asked.draws)
    let prepared = try asked.scenarios.map { try preparation.prepared($0) }
    try checkShared(prepared)
    try checkRequirements(request.required, prepared)
    guard PartFile.fingerprint(prepared) == asked.fingerprint else {
      throw DiagnosticList(changedSince(files[0]))
    }
    let simulation = Simulation(session: own, scenarios: prepared)
    let ready = try simulation.ready(simulation.options(), weights: files[0].part.weights)
    guard let reports = try simulation.reports(ready, from: files.map(\.part)) else {
      throw DiagnosticList(changedSince(files[0]))
    }
    var whole = RunRequest(scenarios: asked.scenarios)
    whole.output = request.output
    whole.force = request.force
    whole.required = request.required
    whole.json = request.json
    return try written(reports, of: prepared, whole, session: own, log: log, start: start)
  }
}

/// The parts of one run, all there, none twice.
///
/// - Throws: Q567 to Q569, all faults at once.
private func checkedParts(_ paths: [String]) throws(DiagnosticList) -> [PartFile] {
  var faults: [Diagnostic] = []
  var files: [PartFile] = []
  for path in paths {
    do throws(DiagnosticList) {
      let file = try PartFile(reading: path)
      if let first = files.first, !isSameRun(first, file) {
        faults.append(PartFile.foreign(path, first.path))
      } else if let twin = files.first(where: { $0.header.shard == file.header.shard }) {
        faults.append(doubled(file, twin))
      } else {
        files.append(file)
      }
    } catch {
      faults += error.items
    }
  }
  if let first = files.first, faults.isEmpty {
    let there = Set(files.map(\.header.shard.number))
    let missing = (1...first.header.shard.count).filter { !there.contains($0) }
    if !missing.isEmpty { faults.append(lacking(missing, of: first)) }
  }
  guard faults.isEmpty else { throw DiagnosticList(faults) }
  return files
}

private func isSameRun(_ one: PartFile, _ other: PartFile) -> Bool {
  one.header.fingerprint == other.header.fingerprint
    && one.header.shard.count == other.header.shard.count && one.part.fits(other.part)
}

private func doubled(_ file: PartFile, _ twin: PartFile) -> Diagnostic {
  Diagnostic(
    .partsIncomplete, at: SourcePlace(file: file.path),
    what: LocalizedText(
      en: "'\(file.path)' and '\(twin.path)' are both shard \(file.header.shard.number)",
      es: "'\(file.path)' y '\(twin.path)' son ambos el fragmento \(file.header.shard.number)"),
    fix: LocalizedText(en: "name each shard once", es: "nombre cada fragmento una vez"))
}

private func lacking(_ missing: [Int], of file: PartFile) -> Diagnostic {
  let count = file.header.shard.count
  let numbers =
    missing.prefix(20).map(String.init).joined(separator: ", ")
    + (missing.count > 20 ? ", …" : "")
  return Diagnostic(
    .partsIncomplete, at: SourcePlace(file: file.path),
    what: LocalizedText(
      en: "\(missing.count) of \(count) shards are missing: \(numbers)",
      es: "faltan \(missing.count) de \(count) fragmentos: \(numbers)"),
    fix: LocalizedText(
      en: "quiebre run … --shard \(missing[0])/\(count), and name its part too",
      es: "quiebre run … --shard \(missing[0])/\(count), y nombre también su parte"))
}

private func changedSince(_ file: PartFile) -> Diagnostic {
  Diagnostic(
    .foreignPart, at: SourcePlace(file: file.path),
    what: LocalizedText(
      en: "scenario, inputs or Quiebre's version aren't what '\(file.path)' was made with",
      es: "el escenario, los datos o la versión de Quiebre no son los de '\(file.path)'"),
    fix: LocalizedText(
      en: "merge in the folder and with the files of the shards, or run the shards again",
      es: "una en la carpeta y con los archivos de los fragmentos, o córralos de nuevo"))
}
