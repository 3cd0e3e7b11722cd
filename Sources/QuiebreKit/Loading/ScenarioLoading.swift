// Quiebre · QuiebreKit
// A scenario's path to its checked layers: the country folder found, every layer read from disk.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import ScenarioFiles

/// A scenario and the folder that its `geo:` paths start at.
struct OpenedScenario: Sendable {
  let loaded: LoadedScenario
  let folder: CountryFolder
  /// As typed on the command line.
  let path: String
  /// Set where the scenario was read from a lock: what its inputs held then.
  var lock: LockFile?
}

/// Reads a scenario file with its layers, or the lock of a finished run.
///
/// - Throws: Every fault of the layers at once; Q6 faults for files that can't be read.
func openScenario(
  _ path: String, session: Session, draws: DrawSettings = DrawSettings()
) throws(DiagnosticList) -> OpenedScenario {
  let main = ScenarioFile(name: path, bytes: try InputFile(reading: path).bytes)
  if path.lowercased().hasSuffix(".json") {
    let lock = try LockFile(JSONDocument(bytes: main.bytes, name: path))
    return try openLock(lock.foundAgain(at: path), path: path, session: session, draws: draws)
  }
  let folder = try CountryFolder(country: countryName(in: main, session), session: session)
  let layer = try InputFile(reading: folder.resolved("geo:country.toml"))
  let loaded = try loadScenario(
    main: main, country: ScenarioFile(name: "geo:country.toml", bytes: layer.bytes),
    overrides: overrides(session, draws)
  ) { (path, place) throws(Diagnostic) in
    do throws(DiagnosticList) {
      return ScenarioFile(
        name: path, bytes: try InputFile(reading: folder.resolved(path)).bytes)
    } catch {
      throw named(at: place, error)
    }
  }
  return OpenedScenario(loaded: loaded, folder: folder, path: path)
}

/// The scenario behind a lock whose paths start at the working folder.
func openLock(
  _ lock: LockFile, path: String, session: Session, draws: DrawSettings
) throws(DiagnosticList) -> OpenedScenario {
  let country = countryFlag(session) ?? lock.text(of: "data.country")?.trimmingQuotes() ?? "peru"
  return OpenedScenario(
    loaded: try loadScenario(lock: lock, overrides: overrides(session, draws)),
    folder: try CountryFolder(country: country, session: session), path: path, lock: lock)
}

extension LockFile {
  /// The lock with paths that start at the working folder: those of its own root, unless its files
  /// stand in the working folder only.
  fileprivate func foundAgain(at path: String) -> LockFile {
    guard let root else { return self }
    func rooted(_ name: String) -> String {
      if name.hasPrefix("geo:") || name.hasPrefix("/") { return name }
      return normalized(path.parentFolder + "/" + root + "/" + name)
    }
    let named = inputs.map(\.path).filter { !$0.hasPrefix("geo:") }
    let standsHere = named.allSatisfy(isReadable) && !named.allSatisfy { isReadable(rooted($0)) }
    return standsHere ? self : renamed(rooted)
  }
}

/// A warning for each input that no longer holds what the lock says.
func changedInputs(_ records: [InputStore.Record], since lock: LockFile) -> [Diagnostic] {
  let now = Dictionary(
    records.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
  return lock.inputs.compactMap { input in
    guard let sha256 = now[input.path], sha256 != input.sha256 else { return nil }
    return Diagnostic(
      .inputChanged, .warning, entry: input.path, at: SourcePlace(file: input.path),
      what: LocalizedText(
        en: "'\(input.path)' has changed since that run: \(input.sha256.prefix(8))… → "
          + "\(sha256.prefix(8))…",
        es: "'\(input.path)' cambió desde esa corrida: \(input.sha256.prefix(8))… → "
          + "\(sha256.prefix(8))…"),
      why: LocalizedText(
        en: "the result may differ from the one that the lock belongs to",
        es: "el resultado puede diferir del que corresponde al lock"))
  }
}

/// The fault of a file, pointing at the line that names it.
func named(at place: SourcePlace, _ list: DiagnosticList) -> Diagnostic {
  guard let fault = list.items.first else {
    return Diagnostic(
      .internalFault, at: place, what: LocalizedText(en: "no reason", es: "sin motivo"))
  }
  guard fault.code.rawValue.hasPrefix("Q60") else { return fault }
  return Diagnostic(
    fault.code, fault.severity, entry: fault.entry, at: place, what: fault.what,
    caret: fault.caret, why: fault.why, fix: fault.fix)
}

/// The country must be known before its layer can be read, so it is looked up ahead of the rest.
private func countryName(in main: ScenarioFile, _ session: Session) -> String {
  if let flag = countryFlag(session) { return flag }
  guard let table = try? readTOML(main.bytes, file: main.name),
    case .string(let name)? = table["data"]?.value.table?["country"]?.value.content
  else { return "peru" }
  return name
}

private func countryFlag(_ session: Session) -> String? {
  session.overrides.last { $0.key == "data.country" }?.value.trimmingQuotes()
}

private func overrides(_ session: Session, _ draws: DrawSettings) -> [Override] {
  var all = session.overrides.map { Override(key: $0.key, text: $0.value) }
  if let replicas = draws.replicas {
    all.append(Override(key: "simulation.replicas", text: "\(replicas)"))
  }
  if let seed = draws.seed { all.append(Override(key: "simulation.seed", text: "\(seed)")) }
  return all
}

extension String {
  fileprivate func trimmingQuotes() -> String {
    guard count >= 2, first == last, first == "\"" || first == "'" else { return self }
    return String(dropFirst().dropLast())
  }
}
