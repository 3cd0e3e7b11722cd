// Quiebre · QuiebreKit
// Finds the folder of country data that `geo:` paths start at.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoFiles

/// Where the data of one country lie.
struct CountryFolder: Sendable {
  /// Ends without a slash.
  let path: String

  /// Looks for `<geo>/<country>/country.toml`: `--geo` or `QUIEBRE_GEO`, then beside the tool (or
  /// above its build folder), then `./Geo`.
  ///
  /// - Throws: Q601 with the places that were tried.
  init(country: String, session: Session) throws(DiagnosticList) {
    let places = CountryFolder.places(session)
    for place in places where isReadable("\(place)/\(country)/country.toml") {
      path = "\(place)/\(country)"
      return
    }
    throw DiagnosticList(CountryFolder.missing(country, places))
  }

  /// A path of a scenario as a path of this machine.
  func resolved(_ path: String) -> String {
    path.hasPrefix("geo:") ? self.path + "/" + path.dropFirst(4) : path
  }

  /// The candidates, in the order in which they are tried.
  private static func places(_ session: Session) -> [String] {
    if let given = session.geoFolder { return [given] }
    var places: [String] = []
    // An installed tool has Geo beside it; a built one lies some folders below the checkout's top.
    var folder = session.toolFolder
    for _ in 0..<5 {
      guard let current = folder, current != "/" else { break }
      places.append(current + "/Geo")
      folder = current.parentFolder
    }
    return places + ["Geo"]
  }

  private static func missing(_ country: String, _ places: [String]) -> Diagnostic {
    let tried = places.map { "'\($0)/\(country)/country.toml'" }.joined(separator: ", ")
    return Diagnostic(
      .fileMissing, at: SourcePlace(file: "\(country)/country.toml"),
      what: LocalizedText(
        en: "no data of country '\(country)' found; tried \(tried)",
        es: "no hay datos del país '\(country)'; se buscó en \(tried)"),
      fix: LocalizedText(
        en: "name the folder with --geo or QUIEBRE_GEO",
        es: "indique la carpeta con --geo o QUIEBRE_GEO"))
  }
}
