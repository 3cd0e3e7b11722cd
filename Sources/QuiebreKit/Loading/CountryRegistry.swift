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

  init(session: Session) throws {
    let (loaded, folder) = try CountryRegistry.layer(session: session)
    var notes: [Diagnostic] = []
    scenario = loaded
    registry = try loadRegistry(
      loaded, store: InputStore(folder: folder), session: session, notes: &notes)
    self.notes = notes + registry.built.warnings
  }

  /// What the country layer says, without reading its data.
  static func settings(session: Session) throws -> Scenario {
    try layer(session: session).scenario
  }

  /// Reads the country layer as if the least of scenarios stood above it.
  private static func layer(
    session: Session
  ) throws -> (scenario: Scenario, folder: CountryFolder) {
    let country = session.overrides.last { $0.key == "data.country" }?.value ?? "peru"
    let folder = try CountryFolder(country: country, session: session)
    let file = try InputFile(reading: folder.resolved("geo:country.toml"))
    let loaded = try loadScenario(
      main: ScenarioFile(name: "country", bytes: Array(leastScenario.utf8)),
      country: ScenarioFile(name: "geo:country.toml", bytes: file.bytes)
    ) { (path, place) throws(Diagnostic) in
      throw Diagnostic(
        .internalFault, at: place, what: LocalizedText(verbatim: "no layer \(path)"))
    }
    return (loaded.scenario, folder)
  }

  /// The least that counts as a scenario: nothing of it is planned or run.
  private static let leastScenario = """
    [scenario]
    id = "country"
    definition = "none"
    [simulation]
    base = 2000
    end = 2001
    [money]
    prices = "constant"
    [line.none]
    kind = "service"
    amount = { 2000 = 1 }
    unit_cost = { amount = 1, per = "child" }
    effect = { exit = 1 }
    allocation = { rule = "national" }
    """
}
