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
}

/// Reads a scenario file with its layers.
///
/// - Throws: Every fault of the layers at once; Q6 faults for files that can't be read.
func openScenario(
  _ path: String, session: Session, draws: DrawSettings = DrawSettings()
) throws(DiagnosticList) -> OpenedScenario {
  let main = ScenarioFile(name: path, bytes: try InputFile(reading: path).bytes)
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
  let flag = session.overrides.last { $0.key == "data.country" }?.value
  if let flag { return flag.trimmingQuotes() }
  guard let table = try? readTOML(main.bytes, file: main.name),
    case .string(let name)? = table["data"]?.value.table?["country"]?.value.content
  else { return "peru" }
  return name
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
