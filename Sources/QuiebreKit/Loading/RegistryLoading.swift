// Quiebre · QuiebreKit
// The districts of a scenario: polygons, facts and population from disk to a registry.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles
import ScenarioFiles

/// What all tables and surfaces of a scenario are matched against.
struct LoadedRegistry {
  var built: BuiltRegistry
  let rules: CodeRules
  let changes: ChangeTable?
  let codings: CodingTable?
  let data: DataSettings

  var book: CodeBook {
    built.registry.codeBook(
      rules: rules, coding: data.coding.rawValue, vintage: data.vintage, changes: changes,
      codings: codings)
  }
}

/// Reads polygons and tables and builds the registry.
func loadRegistry(
  _ scenario: Scenario, store: InputStore, session: Session, notes: inout [Diagnostic]
) throws(DiagnosticList) -> LoadedRegistry {
  let data = scenario.data
  let layer = try loadLayer(data.districts, store: store, notes: &notes)
  let rules = CodeRules(
    length: data.levels["district"] ?? 6, department: data.levels["department"] ?? 2,
    province: data.levels["province"] ?? 4)
  var changes: ChangeTable?
  if let file = data.changes {
    changes = try ChangeTable(
      store.table(file.path),
      columns: ChangeColumns(old: "old_code", new: "new_code", parent: "parent", year: "year"),
      rules: rules)
  }
  var codings: CodingTable?
  if let file = data.codings {
    codings = try CodingTable(
      store.table(file.path), columns: [("inei", "inei"), ("reniec", "reniec")], rules: rules)
  }
  let sources = try registrySources(
    scenario, layer: layer, changes: changes, codings: codings, store: store)
  var settings = registrySettings(scenario, rules: rules, layer: layer, facts: sources.facts)
  settings.workers = session.workers
  let built = try buildRegistry(from: sources, settings: settings)
  return LoadedRegistry(
    built: built, rules: rules, changes: changes, codings: codings, data: data)
}

/// The polygons in longitude and latitude, named as the scenario names them.
private func loadLayer(
  _ file: FileReference, store: InputStore, notes: inout [Diagnostic]
) throws(DiagnosticList) -> FeatureLayer {
  _ = try store.file(file.path)
  var heard: [Diagnostic] = []
  let read = try readVectorFile(
    path: store.location(of: file.path), layer: file.layer, onNote: { heard.append($0) })
  notes += heard
  store.note(rows: read.features.count, of: file.path)
  return try lonLat(
    FeatureLayer(name: file.path, crs: read.crs, features: read.features, stamps: read.stamps))
}

private func registrySources(
  _ scenario: Scenario, layer: FeatureLayer, changes: ChangeTable?, codings: CodingTable?,
  store: InputStore
) throws(DiagnosticList) -> RegistrySources {
  var tables: [DistrictTable] = []
  var facts: DistrictTable?
  for source in scenario.tables {
    let table = try districtTable(source, data: scenario.data, store: store)
    // The table that bears the names of the districts keeps their accents.
    if facts == nil, table.table.column(scenario.data.names["district"] ?? "") != nil {
      facts = table
    } else {
      tables.append(table)
    }
  }
  let population = try scenario.population.file.map { (file) throws(DiagnosticList) in
    let table = try store.table(file.path)
    return DistrictTable(table, codeColumn: codeColumn(of: table, scenario), fields: [])
  }
  let byAge = try scenario.population.byAge.map { (file) throws(DiagnosticList) in
    let table = try store.table(file.path)
    return DistrictTable(table, codeColumn: codeColumn(of: table, scenario))
  }
  return RegistrySources(
    layer: layer, facts: facts, population: population, byAge: byAge, tables: tables,
    changes: changes, codings: codings)
}

/// The column of codes in a table that doesn't say its own.
///
/// `data.code` names the attribute of the polygons; tables of the country keep their own name for it.
func codeColumn(of table: CSVTable, _ scenario: Scenario) -> String {
  let candidates = [scenario.data.code] + scenario.tables.compactMap(\.codes.column)
  return candidates.first { table.column($0) != nil } ?? scenario.data.code
}

private func districtTable(
  _ source: TableSource, data: DataSettings, store: InputStore
) throws(DiagnosticList) -> DistrictTable {
  DistrictTable(
    try store.table(source.file.path), codeColumn: source.codes.column ?? data.code,
    coding: source.codes.coding?.rawValue, vintage: source.codes.vintage,
    fields: source.fields.map {
      FieldRequest(
        name: $0.field, column: $0.column,
        unit: source.percentFields.contains($0.field) ? .percent : .plain)
    })
}

private func registrySettings(
  _ scenario: Scenario, rules: CodeRules, layer: FeatureLayer, facts: DistrictTable?
) -> RegistrySettings {
  let data = scenario.data
  let names = NameColumns(
    district: data.names["district"] ?? "district", province: data.names["province"],
    department: data.names["department"])
  let isNamed = layer.features.first?.fields[names.district] != nil
  return RegistrySettings(
    rules: rules, codeColumn: data.code, coding: data.coding.rawValue, vintage: data.vintage,
    layerNames: isNamed ? names : nil, factNames: facts == nil ? nil : names,
    childrenColumn: scenario.population.children,
    imputeChildren: true, repair: RepairMode(rawValue: data.repair.rawValue) ?? .structure,
    schematic: data.geometry.map { $0 == .schematic })
}
