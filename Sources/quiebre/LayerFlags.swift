// Quiebre · quiebre
// `quiebre layer`: its flags, and how they become a request.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

extension Verb {
  static let layerFlags = examinationFlags + spotFlags + shapeFlags

  private static let examinationFlags = [
    Flag("--by", value: "COLUMN", en: "column of codes", es: "columna de códigos"),
    Flag(
      "--repair", value: "structure|linework|none", en: "how invalid shapes are mended",
      es: "cómo se corrigen las formas inválidas"),
    Flag(
      "--findings", value: "FILE", en: "write every finding there (CSV)",
      es: "escribe ahí cada hallazgo (CSV)"),
    Flag(
      "--neighbors", value: "FILE", en: "write pairs with shared length there (CSV)",
      es: "escribe ahí los pares con longitud común (CSV)"),
    Flag(
      "--rule", value: "queen|rook", en: "neighbors share a point, or a border",
      es: "vecinos comparten un punto, o un borde"),
    Flag(
      "--tolerance", value: "METERS", en: "vertices closer are one (default: 3)",
      es: "vértices más cercanos son uno (por defecto: 3)"),
  ]

  private static let spotFlags = [
    Flag(
      "--hotspots", value: "COLUMN", en: "Moran, Local Moran and G* of a column",
      es: "Moran, Moran local y G* de una columna"),
    Flag(
      "--permutations", value: "N", en: "for their p-values (default: 9999)",
      es: "para sus valores p (por defecto: 9999)"),
    Flag(
      "--list-error", value: "SHARE", en: "wrong findings allowed (default: 0.05)",
      es: "hallazgos errados admitidos (por defecto: 0.05)"),
  ]

  private static let shapeFlags = [
    Flag(
      "--simplify", value: "METERS", en: "how far borders may move",
      es: "cuánto pueden moverse los bordes"),
    Flag(
      "--points", value: "N", en: "how many points all borders may have",
      es: "cuántos puntos pueden tener todos los bordes"),
    Flag(
      "--decimals", value: "N", en: "of coordinates; more where shapes would touch",
      es: "de las coordenadas; más donde se tocarían"),
    Flag(
      "--to", value: "geojson|gpkg|csv", en: "format of --out (default: by its name)",
      es: "formato de --out (por defecto: por su nombre)"),
    Flag(
      "--out", value: "FILE", en: "write shapes and hot spots there",
      es: "escribe ahí formas y zonas calientes"),
  ]
}

extension Invocation {
  func layerRequest() throws(UsageError) -> LayerRequest {
    var request = LayerRequest(layer: operands[0])
    request.codeColumn = last("--by")
    if let word = try choice("--repair", among: LayerRequest.repairs) { request.repair(word) }
    request.findings = last("--findings")
    request.neighbors = last("--neighbors")
    request.needsBorder = try choice("--rule", among: ["queen", "rook"]) == "rook"
    request.tolerance = try number("--tolerance", in: 0...10_000)
    request.hotspots = last("--hotspots")
    request.permutations = try integer("--permutations", in: 99...65_536) ?? request.permutations
    request.seed = try drawSettings().seed ?? request.seed
    request.falseDiscovery = try number("--list-error", in: 0...1) ?? request.falseDiscovery
    request.simplify = try number("--simplify", in: 0...1_000_000)
    request.points = try integer("--points", in: 0...1_000_000_000)
    request.decimals = try integer("--decimals", in: 0...12)
    request.output = last("--out")
    request.format = try shapeFormat(for: request.output)
    request.json = has("--json")
    guard request.output != nil || !request.needsOutput else {
      throw UsageError(
        what: LocalizedText(
          en: "--hotspots, --simplify, --points and --decimals need --out FILE",
          es: "--hotspots, --simplify, --points y --decimals piden --out ARCHIVO"),
        verb: .layer)
    }
    return request
  }

  /// The format named, else the one that the output's name says.
  private func shapeFormat(for output: String?) throws(UsageError) -> LayerRequest.Format {
    let words = LayerRequest.Format.allCases.map(\.rawValue)
    if let named = try choice("--to", among: words).flatMap(LayerRequest.Format.init) {
      return named
    }
    guard let output else { return .geojson }
    let name = output.lowercased()
    for (ending, format) in [
      (".csv", LayerRequest.Format.csv), (".geojson", .geojson), (".json", .geojson),
      (".gpkg", .gpkg),
    ] where name.hasSuffix(ending) {
      return format
    }
    throw UsageError(
      what: LocalizedText(
        en: "--out \(output): name a .geojson, .gpkg or .csv file, or add --to",
        es: "--out \(output): nombre un .geojson, .gpkg o .csv, o agregue --to"),
      verb: .layer)
  }
}
