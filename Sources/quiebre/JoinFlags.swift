// Quiebre · quiebre
// `quiebre join`: its flags, and how they become a request.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

extension Verb {
  static let joinFlags = surfaceFlags + codeFlags

  static let surfaceFlags = [
    Flag("--districts", value: "FILE", en: "district polygons", es: "polígonos de distritos"),
    Flag("--by", value: "COLUMN", en: "their code column", es: "su columna de código"),
    Flag(
      "--surface", value: "FILE", en: "raster or polygons to join",
      es: "ráster o polígonos por unir"),
    Flag(
      "--value", value: "COLUMN,…", en: "columns of the polygons to interpolate",
      es: "columnas de los polígonos por interpolar"),
    Flag(
      "--surface-id", value: "COLUMN", en: "what names the polygons in reports",
      es: "qué nombra a los polígonos en los informes"),
    Flag(
      "--band", value: "N,N|all", en: "bands of the raster (default: all)",
      es: "bandas del ráster (por defecto: todas)"),
    Flag("--nodata", value: "VALUE", en: "a further value for no data", es: "otro valor sin dato"),
    Flag(
      "--weights", value: "FILE", en: "raster of weights for weighted_mean and the like",
      es: "ráster de pesos para weighted_mean y similares"),
    Flag(
      "--stats", value: "LIST", en: "mean,sum,q05,majority,… (Scenarios/JOIN.md lists all)",
      es: "mean,sum,q05,majority,… (todas en Scenarios/JOIN.md)"),
    Flag(
      "--rule", value: "fraction|center", en: "cells by covered part, or whole by their center",
      es: "celdas por parte cubierta, o enteras por su centro"),
    Flag(
      "--area", value: "ground|equal", en: "cells by their true area, or all alike",
      es: "celdas por su área real, o todas iguales"),
    Flag(
      "--cells", value: "FILE", en: "write the covered cells there, with their fractions",
      es: "escribe ahí las celdas cubiertas, con sus fracciones"),
    Flag(
      "--areas", value: "FILE", en: "write the overlaps of districts and polygons there, in km²",
      es: "escribe ahí los traslapes de distritos y polígonos, en km²"),
    Flag(
      "--report", value: "FILE", en: "write the join report there: .csv, .json or .txt",
      es: "escribe ahí el informe de la unión: .csv, .json o .txt"),
    Flag(
      "--memory", value: "MIB", en: "for rasters (default: 256)",
      es: "para rásteres (por defecto: 256)"),
    Flag(
      "--to", value: "csv|geojson|gpkg", en: "format of the rows (default: by --out, else csv)",
      es: "formato de las filas (por defecto: según --out, si no csv)"),
    Flag("--out", value: "FILE", en: "write there, not to stdout", es: "escribe ahí"),
  ]

  private static let codeFlags = [
    Flag("--fix-zeros", value: "FILE", en: "restore lost zeros", es: "repone ceros perdidos"),
    Flag(
      "--split", value: "COLUMN,…", en: "deal these counts out to today's districts by children",
      es: "reparte estos conteos entre los distritos de hoy según sus niños"),
    Flag(
      "--vintage", value: "YEAR", en: "of the table's districts", es: "de los distritos de la tabla"
    ),
    Flag(
      "--unit", value: "CODE=CODE+…", en: "a code that stands for several districts",
      es: "un código que vale por varios distritos"),
    Flag("--recode", value: "FROM,TO", en: "inei,reniec or back", es: "inei,reniec o al revés"),
  ]
}

extension Invocation {
  func joinRequest() throws(UsageError) -> JoinRequest {
    var request = JoinRequest(subject: operands.first)
    request.districts = last("--districts")
    request.codeColumn = last("--by")
    request.surface = last("--surface")
    request.bands = try bands()
    request.noData = try number("--nodata", in: -Double.infinity...Double.infinity)
    request.weights = last("--weights")
    request.statistics = last("--stats")?.split(separator: ",").map(String.init) ?? []
    request.usesCellCenters =
      try choice("--rule", among: ["fraction", "center", "centers"])?.hasPrefix("center") ?? false
    request.countsCellsAlike = try choice("--area", among: ["ground", "equal"]) == "equal"
    request.cells = last("--cells")
    request.values = last("--value")?.split(separator: ",").map(String.init) ?? []
    request.surfaceID = last("--surface-id")
    request.areas = last("--areas")
    request.report = try reportFile()
    request.memory = try integer("--memory", in: 1...1_000_000) ?? request.memory
    request.output = last("--out")
    request.format = try format(for: request)
    request.tableToFix = last("--fix-zeros")
    request.recoding = last("--recode")
    request.split = last("--split")?.split(separator: ",").map(String.init) ?? []
    request.vintage = try integer("--vintage", in: 1900...2200)
    request.units = try units()
    request.json = has("--json")
    guard request.isComplete else {
      throw UsageError(
        what: LocalizedText(
          en: "join needs a scenario, a table, or --districts and --surface",
          es: "join pide un escenario, una tabla, o --districts y --surface"), verb: .join)
    }
    try refuseFlagsOfTheOtherKind(request)
    return request
  }

  /// Flags that the surface at hand has no use for: never ignored silently.
  private func refuseFlagsOfTheOtherKind(_ request: JoinRequest) throws(UsageError) {
    let raster = ["--band", "--nodata", "--weights", "--rule", "--area", "--cells", "--memory"]
    let polygons = ["--value", "--surface-id", "--areas"]
    let refused = request.hasPolygons ? raster : polygons
    guard let flag = refused.first(where: { last($0) != nil }) else { return }
    throw UsageError(
      what: request.hasPolygons
        ? LocalizedText(
          en: "\(flag) is for rasters, '\(request.surface ?? "")' holds polygons",
          es: "\(flag) es para rásteres, '\(request.surface ?? "")' tiene polígonos")
        : LocalizedText(
          en: "\(flag) is for a surface of polygons",
          es: "\(flag) es para una superficie de polígonos"), verb: .join)
  }

  /// `120699=120604+120606`, one unit per flag.
  private func units() throws(UsageError) -> [String: [String]] {
    var units: [String: [String]] = [:]
    for text in all("--unit") {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      let members = parts.last?.split(separator: "+").map(String.init) ?? []
      guard parts.count == 2, !parts[0].isEmpty, members.count > 1, units[parts[0]] == nil else {
        throw refused(
          "--unit", text,
          LocalizedText(
            en: "CODE=CODE+CODE, each code once", es: "CÓDIGO=CÓDIGO+CÓDIGO, cada código una vez"))
      }
      units[parts[0]] = members
    }
    return units
  }

  private func reportFile() throws(UsageError) -> String? {
    guard let path = last("--report") else { return nil }
    let name = path.lowercased()
    guard [".csv", ".json", ".txt"].contains(where: name.hasSuffix) else {
      throw refused(
        "--report", path,
        LocalizedText(en: "a .csv, .json or .txt file", es: "un archivo .csv, .json o .txt"))
    }
    return path
  }

  /// `2`, `1,3` or `all`.
  private func bands() throws(UsageError) -> [Int]? {
    guard let text = last("--band"), text != "all" else { return nil }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let bands = parts.compactMap { $0 }
    guard bands.count == parts.count, bands.allSatisfy({ (1...65_535).contains($0) }),
      Set(bands).count == bands.count
    else {
      throw refused(
        "--band", text,
        LocalizedText(
          en: "all, or numbers of bands such as 1,3", es: "all, o números de bandas como 1,3"))
    }
    return bands
  }

  /// The format named, else the one that the output's name says.
  private func format(for request: JoinRequest) throws(UsageError) -> JoinRequest.Format {
    let words = JoinRequest.Format.allCases.map(\.rawValue)
    let named = try choice("--to", among: words).flatMap(JoinRequest.Format.init)
    guard let output = request.output, request.surface != nil else {
      guard named == .gpkg else { return named ?? .csv }
      throw UsageError(
        what: LocalizedText(
          en: "--to gpkg needs --out FILE.gpkg", es: "--to gpkg pide --out ARCHIVO.gpkg"),
        verb: .join)
    }
    if let named { return named }
    let name = output.lowercased()
    for (ending, format) in [
      (".csv", JoinRequest.Format.csv), (".geojson", .geojson), (".json", .geojson),
      (".gpkg", .gpkg),
    ] where name.hasSuffix(ending) {
      return format
    }
    throw UsageError(
      what: LocalizedText(
        en: "--out \(output): name a .csv, .geojson or .gpkg file, or add --to",
        es: "--out \(output): nombre un .csv, .geojson o .gpkg, o agregue --to"),
      verb: .join)
  }
}
