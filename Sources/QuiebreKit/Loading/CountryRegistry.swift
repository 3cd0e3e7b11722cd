// Quiebre · QuiebreKit
// The districts of the country alone, for tables that no scenario names yet.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import GeoFiles
import ScenarioFiles

/// The country layer's own districts.
struct CountryRegistry {
  let registry: LoadedRegistry
  let scenario: Scenario
  let notes: [Diagnostic]

  /// Reads the country layer as if an empty scenario stood above it.
  init(session: Session) throws {
    let country = session.overrides.last { $0.key == "data.country" }?.value ?? "peru"
    let folder = try CountryFolder(country: country, session: session)
    let layer = try InputFile(reading: folder.resolved("geo:country.toml"))
    let empty = """
      [scenario]
      id = "join"
      definition = "none"
      [simulation]
      end = 9999
      [money]
      prices = "constant"
      """
    let loaded = try loadScenario(
      main: ScenarioFile(name: "country", bytes: Array(empty.utf8)),
      country: ScenarioFile(name: "geo:country.toml", bytes: layer.bytes)
    ) { (path, place) throws(Diagnostic) in
      throw Diagnostic(
        .internalFault, at: place, what: LocalizedText(verbatim: "no layer \(path)"))
    }
    var notes: [Diagnostic] = []
    scenario = loaded.scenario
    registry = try loadRegistry(
      loaded.scenario, store: InputStore(folder: folder), session: session, notes: &notes)
    self.notes = notes + registry.built.warnings
  }
}
