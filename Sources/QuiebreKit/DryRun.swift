// Quiebre · QuiebreKit
// `quiebre run -n`: what would be computed, and what has changed since the last finished result.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoFiles
import LaborModel
import ScenarioFiles

/// What a run of one scenario would do.
struct DryRun {
  let scenario: PreparedScenario
  let output: String
  /// The newest finished folder of this scenario that has the same inputs, else the newest.
  private let previous: Previous?

  private struct Previous {
    let folder: String
    let manifest: JSONValue
  }

  init(_ scenario: PreparedScenario, output: String) {
    self.scenario = scenario
    self.output = output
    let found = DryRun.finished(of: scenario.plan.id, in: output)
    let hash = scenario.inputsHash
    previous = found.first { $0.manifest["inputs_hash"]?.string == hash } ?? found.first
  }

  /// Nothing would be computed that isn't there already.
  var isUpToDate: Bool { previous != nil && changes.isEmpty }

  /// What differs from the previous result, in words.
  var changes: [LocalizedText] {
    guard let manifest = previous?.manifest else { return [] }
    var changes: [LocalizedText] = []
    if let version = manifest["version"]?.string, version != Version.number {
      changes.append(
        LocalizedText(
          en: "version \(version) → \(Version.number)", es: "versión \(version) → \(Version.number)"
        ))
    }
    let before = Dictionary(
      (manifest["inputs"]?.array ?? []).compactMap { entry in
        entry["path"]?.string.flatMap { path in entry["sha256"]?.string.map { (path, $0) } }
      }, uniquingKeysWith: { first, _ in first })
    for input in scenario.inputs {
      guard let old = before[input.path] else {
        changes.append(
          LocalizedText(en: "\(input.path) is new", es: "\(input.path) es nuevo"))
        continue
      }
      guard old != input.sha256 else { continue }
      let step = "\(old.prefix(4))… → \(input.sha256.prefix(4))…"
      changes.append(
        LocalizedText(en: "\(input.path) changed: \(step)", es: "\(input.path) cambió: \(step)"))
    }
    let scenarioHash = SHA256.hash(scenario.opened.loaded.canonicalJSON())
    if let old = manifest["scenario_sha256"]?.string, old != scenarioHash {
      changes.append(
        LocalizedText(
          en: "the scenario's values changed: \(old.prefix(4))… → \(scenarioHash.prefix(4))…",
          es: "cambiaron los valores del escenario: \(old.prefix(4))… → \(scenarioHash.prefix(4))…")
      )
    }
    if changes.isEmpty, manifest["inputs_hash"]?.string != scenario.inputsHash {
      changes.append(LocalizedText(en: "inputs changed", es: "cambiaron las entradas"))
    }
    return changes
  }

  func text(in language: Language) -> String {
    let plan = scenario.plan
    if let previous, isUpToDate {
      return LocalizedText(
        en: "\(plan.id): \(previous.folder) is up to date",
        es: "\(plan.id): \(previous.folder) está al día"
      ).text(in: language) + "\n"
    }
    let head = LocalizedText(
      en: "would simulate \(plan.id): districts \(scenario.registry.districts.count), years "
        + "\(plan.since)-\(plan.end), draws \(plan.replicas); would write \(output)/\(plan.id)-…",
      es: "simularía \(plan.id): distritos \(scenario.registry.districts.count), años "
        + "\(plan.since)-\(plan.end), sorteos \(plan.replicas); escribiría \(output)/\(plan.id)-…"
    ).text(in: language)
    return ([head] + changes.map { "  " + $0.text(in: language) }).joined(separator: "\n") + "\n"
  }

  func json(in language: Language) -> [UInt8] {
    let plan = scenario.plan
    var writer = JSONWriter(reservingBytes: 4_000)
    writer.object(.lines) { json in
      json.member("scenario", plan.id)
      json.member("districts", scenario.registry.districts.count)
      json.member("since", plan.since)
      json.member("base", plan.base)
      json.member("end", plan.end)
      json.member("replicas", plan.replicas)
      json.member("seed", "\(plan.seed)")
      json.member("inputs_hash", scenario.inputsHash)
      json.array("inputs", .lines) { list in
        for input in scenario.inputs {
          list.object { entry in
            entry.member("path", input.path)
            entry.member("sha256", input.sha256)
            entry.member("bytes", input.bytes)
            entry.member("rows", input.rows)
          }
        }
      }
      json.member("finished", previous?.folder)
      json.member("up_to_date", isUpToDate)
      json.array("changes", .lines) { list in
        for change in changes { list.string(change.text(in: language)) }
      }
      json.diagnostics(withoutRepeats(scenario.notes), in: language)
    }
    writer.endLine()
    return writer.finished()
  }

  /// Manifests of a scenario's folders in `output`, the newest first.
  private static func finished(of id: String, in output: String) -> [Previous] {
    let found = ResultFolder.names(in: output).filter { $0.hasPrefix(id + "-") }.compactMap {
      name in
      let folder = output + "/" + name
      let file = try? InputFile(reading: folder + "/manifest.json")
      return file.flatMap { try? JSONDocument(bytes: $0.bytes, name: $0.path) }
        .map { Previous(folder: folder, manifest: $0.root) }
    }.filter { $0.manifest["scenario"]?.string == id }
    func start(_ previous: Previous) -> String {
      previous.manifest["run"]?["started"]?.string ?? ""
    }
    return found.sorted { (start($0), $0.folder) > (start($1), $1.folder) }
  }
}

/// The answer of `run -n` for all scenarios.
func dryRunReply(
  _ prepared: [PreparedScenario], _ request: RunRequest, _ session: Session
) -> Reply {
  let runs = prepared.map { DryRun($0, output: request.output) }
  return Reply(
    text: request.json
      ? jsonText(runs.map { $0.json(in: session.language) })
      : runs.map { $0.text(in: session.language) }.joined(),
    diagnostics: withoutRepeats(prepared.flatMap(\.notes)))
}
