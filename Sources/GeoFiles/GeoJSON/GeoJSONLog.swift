// Quiebre · GeoFiles
// Faults of a GeoJSON file, gathered by node and given their lines at the end.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// Faults by node: lines are worked out once for all, in the order of the file.
struct GeoJSONLog {
  private struct Entry {
    let code: DiagnosticCode
    let severity: Diagnostic.Severity
    let node: Int
    let feature: Int?
    let what: LocalizedText
    let fix: LocalizedText?
  }

  private var entries: [Entry] = []
  private static let most = 50

  var isEmpty: Bool { entries.isEmpty }
  var isFull: Bool { entries.count >= GeoJSONLog.most }

  mutating func add(
    _ code: DiagnosticCode, _ node: Int, feature: Int? = nil,
    severity: Diagnostic.Severity = .error, what: LocalizedText, fix: LocalizedText? = nil
  ) {
    guard !isFull else { return }
    entries.append(
      Entry(
        code: code, severity: severity, node: node, feature: feature, what: what, fix: fix))
  }

  func diagnostics(on tape: JSONTape) -> [Diagnostic] {
    let sorted = entries.enumerated().sorted {
      ($0.element.node, $0.offset) < ($1.element.node, $1.offset)
    }
    .map(\.element)
    var nodes: [Int] = []
    for entry in sorted where nodes.last != entry.node { nodes.append(entry.node) }
    let offsets = Dictionary(uniqueKeysWithValues: zip(nodes, tape.offsets(of: nodes)))
    return sorted.map { entry in
      Diagnostic(
        entry.code, entry.severity, entry: entry.feature.map { "feature \($0)" },
        at: SourcePlace(file: tape.name, bytes: tape.bytes, offset: offsets[entry.node] ?? 0),
        what: entry.what, fix: entry.fix)
    }
  }
}

extension GeoJSONLog {
  mutating func structure(_ node: Int, feature: Int? = nil, en: String, es: String) {
    add(.geoJSONStructure, node, feature: feature, what: LocalizedText(en: en, es: es))
  }

  mutating func repeatedKey(_ key: String, at node: Int, feature: Int?) {
    add(
      .jsonRepeatedKey, node, feature: feature,
      what: LocalizedText(
        en: "'\(key)' stands twice in one object", es: "'\(key)' está dos veces en un objeto"),
      fix: LocalizedText(en: "remove one of the two", es: "quite una de las dos"))
  }

  /// Refuses an outermost object that is no layer, by the name of what it is.
  mutating func refuseTop(_ node: Int, type: String?, hasFeatures: Bool) {
    switch type {
    case "Topology":
      refuse(node, "TopoJSON", en: "mapshaper in.json -o out.geojson format=geojson")
    case nil where hasFeatures:
      refuse(node, "Esri JSON", en: "ogr2ogr out.geojson in.json")
    case let type? where geometryTypes.contains(type):
      refuse(
        node, type, en: "put it in a Feature of a FeatureCollection, with its code as property")
    case let type:
      let near = type.flatMap { nearestName(to: $0, in: ["FeatureCollection", "Feature"]) }
      structure(
        node,
        en: "the outermost 'type' is '\(type ?? "missing")'; it must be 'FeatureCollection'"
          + (near.map { " (did you mean '\($0)'?)" } ?? ""),
        es: "el 'type' exterior es '\(type ?? "(falta)")'; debe ser 'FeatureCollection'"
          + (near.map { " (¿quiso decir '\($0)'?)" } ?? ""))
    }
  }

  private mutating func refuse(_ node: Int, _ kind: String, en: String) {
    add(
      .geoJSONStructure, node,
      what: LocalizedText(
        en: "the file is '\(kind)', not a GeoJSON FeatureCollection",
        es: "el archivo es '\(kind)', no un FeatureCollection GeoJSON"),
      fix: LocalizedText(verbatim: en))
  }
}
