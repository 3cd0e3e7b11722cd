// Quiebre · QuiebreKit
// Hot spots of a column of a layer: Moran's I, Local Moran and G* with their classes.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Formats
import GeoCore
import GeoFiles
import Statistics

/// The hot spots of one column.
struct LayerSpots {
  /// One per feature: value, statistics, p-values and classes.
  let columns: [LayerTable.Column]
  private let column: String
  private let index: MoranIndex
  private let counts: [(spot: SpotClass, moran: Int, star: Int)]
  private let tested: Int
  private let falseDiscovery: Double

  /// - Throws: Q392 if there is no such column, Q397 if its values can't be tested.
  init(_ work: LayerWork, column: String, _ request: LayerRequest, workers: Int) throws {
    let values = try columnNumbers(of: work.layer, column)
    let placed = values.indices.filter {
      values[$0] != nil && work.layer.features[$0].shape?.isEmpty == false
    }
    let weights = SpatialWeights(neighbors: work.contiguity.neighbors(request.rule))
      .restricted(to: placed)
    let plan = PermutationPlan(
      count: request.permutations, seed: request.seed,
      codes: placed.map { EntityCode(work.codes[$0]) })
    let known = placed.compactMap { values[$0] }
    let rows = weights.rowStandardized()
    let local: [LocalMoran]
    let star: [GetisOrdStar]
    do {
      index = try MoranIndex(
        known, rows, permutations: request.permutations, codes: plan.codes, seed: plan.seed,
        workers: workers)
      local = try localMoran(known, rows, plan: plan, workers: workers)
      star = try getisOrdStar(known, weights, plan: plan, workers: workers)
    } catch let fault as SpatialFault {
      throw DiagnosticList(untestable(column, fault, work.layer.name))
    }
    self.column = column
    tested = known.count
    falseDiscovery = request.falseDiscovery
    let spots = local.map { $0.spot(falseDiscovery: request.falseDiscovery) }
    let hot = star.map { $0.spot(falseDiscovery: request.falseDiscovery) }
    counts = SpotClass.allCases.map { spot in
      (spot, spots.count { $0 == spot }, hot.count { $0 == spot })
    }
    func spread(_ name: String, _ cells: [FieldValue]) -> LayerTable.Column {
      var all = [FieldValue](repeating: .null, count: values.count)
      for (feature, cell) in zip(placed, cells) { all[feature] = cell }
      return LayerTable.Column(name: name, values: all)
    }
    columns = [
      spread("moran_i", local.map { .number($0.value) }),
      spread("moran_z", local.map { .number($0.z) }),
      spread("moran_p", local.map { .number($0.p) }),
      spread("moran_p_adjusted", local.map { .number($0.adjustedP) }),
      spread("quadrant", local.map { .text($0.quadrant.rawValue) }),
      spread("hotspot", spots.map { .text($0.rawValue) }),
      spread("gstar_z", star.map { .number($0.z) }),
      spread("gstar_p", star.map { .number($0.p) }),
      spread("gstar_p_adjusted", star.map { .number($0.adjustedP) }),
      spread("gstar_hotspot", hot.map { .text($0.rawValue) }),
    ]
  }

  /// What a person wants to know.
  var lines: [LocalizedText] {
    let value = NumberText.fixed(index.value, decimals: 3) ?? "?"
    let z = NumberText.fixed(index.z, decimals: 1) ?? "?"
    let p = NumberText.fixed(index.permutationP ?? 1, decimals: 4) ?? "?"
    let share = NumberText.fixed(falseDiscovery * 100, decimals: 0) ?? "?"
    func counted(_ spot: SpotClass) -> (moran: Int, star: Int) {
      counts.first { $0.spot == spot }.map { ($0.moran, $0.star) } ?? (0, 0)
    }
    let (high, low, mixed) = (counted(.high), counted(.low), counted(.mixed))
    return [
      LocalizedText(
        en: "\(column): \(tested) shapes tested · Moran's I \(value) (z \(z), p \(p))",
        es: "\(column): \(tested) formas probadas · I de Moran \(value) (z \(z), p \(p))"),
      LocalizedText(
        en:
          "  hot spots: \(high.moran) high, \(low.moran) low, \(mixed.moran) mixed by Local Moran; "
          + "\(high.star) hot, \(low.star) cold by G*; \(share) % of them may be wrong",
        es:
          "  zonas: \(high.moran) altas, \(low.moran) bajas, \(mixed.moran) mixtas por Moran local; "
          + "\(high.star) calientes, \(low.star) frías por G*; el \(share) % de ellas puede ser errado"
      ),
    ]
  }

  func write(to writer: inout JSONWriter) {
    writer.object(.lines) { writer in
      writer.member("column", column)
      writer.member("tested", tested)
      writer.member("moran_i", index.value, decimals: nil)
      writer.member("moran_expected", index.expectation, decimals: nil)
      writer.member("moran_z", index.z, decimals: nil)
      writer.member("moran_p", index.permutationP, decimals: nil)
      writer.member("false_discovery", falseDiscovery, decimals: nil)
      writer.object("hotspot") { writer in
        for count in counts { writer.member(count.spot.rawValue, count.moran) }
      }
      writer.object("gstar_hotspot") { writer in
        for count in counts where count.spot != .mixed {
          writer.member(count.spot.rawValue, count.star)
        }
      }
    }
  }
}

/// A column's values as numbers; `nil` for null.
private func columnNumbers(
  of layer: FeatureLayer, _ column: String
) throws(DiagnosticList) -> [Double?] {
  let known = Set(layer.features.flatMap(\.fields.keys)).sorted()
  guard known.contains(column) else {
    throw DiagnosticList(
      Diagnostic(
        .unknownAttribute, entry: "--hotspots", at: SourcePlace(file: layer.name),
        what: LocalizedText(
          en: "'\(layer.name)' has no column '\(column)'",
          es: "'\(layer.name)' no tiene una columna '\(column)'"),
        fix: LocalizedText(
          en: "columns: \(known.joined(separator: ", "))",
          es: "columnas: \(known.joined(separator: ", "))")))
  }
  var faults: [Diagnostic] = []
  let values = layer.features.map { feature -> Double? in
    switch feature.fields[column] ?? .null {
    case .null: return nil
    case .integer(let number): return Double(number)
    case .number(let number): return number
    case .flag(let flag): return flag ? 1 : 0
    case .text(let text):
      if let number = Double(text) { return number }
      faults.append(notANumber(text, column, feature, layer.name))
      return nil
    }
  }
  guard faults.isEmpty else { throw DiagnosticList(faults) }
  return values
}

private func notANumber(
  _ text: String, _ column: String, _ feature: Feature, _ layer: String
) -> Diagnostic {
  Diagnostic(
    .spotsUntestable, entry: "--hotspots",
    at: SourcePlace(file: layer, line: feature.line ?? 0),
    what: LocalizedText(
      en: "feature \(feature.number): \(column) is '\(text)', not a number",
      es: "entidad \(feature.number): \(column) es '\(text)', no un número"))
}

private func untestable(_ column: String, _ fault: SpatialFault, _ layer: String) -> Diagnostic {
  let what =
    switch fault {
    case .tooFewAreas(let needed):
      LocalizedText(
        en: "fewer than \(needed) shapes have a value of \(column)",
        es: "menos de \(needed) formas tienen un valor de \(column)")
    case .constant:
      LocalizedText(
        en: "\(column) is the same everywhere", es: "\(column) es igual en todas partes")
    case .notFinite:
      LocalizedText(
        en: "\(column) has a value that is not finite", es: "\(column) tiene un valor no finito")
    case .noNeighbors:
      LocalizedText(en: "no two shapes are neighbors", es: "no hay dos formas vecinas")
    }
  return Diagnostic(
    .spotsUntestable, entry: "--hotspots", at: SourcePlace(file: layer), what: what)
}
