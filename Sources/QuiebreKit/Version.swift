// Quiebre · QuiebreKit
// The version of Quiebre and of the libraries that results depend on.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles
import Reports

enum Version {
  static let number = "0.1.0"
}

/// Libraries whose version may move a digit of a result.
func libraryVersions() -> [(name: String, version: String)] {
  [("GEOS", geosVersion), ("PROJ", projVersion)] + (gdalVersion.map { [("GDAL", $0)] } ?? [])
}

/// `quiebre version`.
public func versionReply(session: Session, json: Bool) -> Reply {
  let libraries = libraryVersions()
  guard json else {
    let list = libraries.map { "\($0.name) \($0.version)" }.joined(separator: " · ")
    return Reply(text: "quiebre \(Version.number) · \(list)\n")
  }
  var writer = JSONWriter(reservingBytes: 200)
  writer.object(.lines) { json in
    json.member("version", Version.number)
    json.object("libraries") { json in
      for library in libraries { json.member(library.name, library.version) }
    }
  }
  writer.endLine()
  return Reply(text: String(decoding: writer.finished(), as: UTF8.self))
}

/// `quiebre explain`: the page of a code, key, column or method.
public func explain(_ topic: String?, session: Session, json: Bool) -> Reply {
  guard let topic else {
    return pageReply(nil, ExplainText.overview(in: session.language), json: json)
  }
  if topic == "fields" { return answer { try fieldsReply(session: session, json: json) } }
  if let page = page(of: topic, session) { return pageReply(topic, page, json: json) }
  let near = nearestName(to: topic, in: ExplainText.words + ["columns", "fields", "paths"])
  return Reply(
    exitCode: .usage,
    diagnostics: [
      Diagnostic(
        .unknownTopic,
        what: LocalizedText(
          en: "nothing to explain under '\(topic)'", es: "no hay página para '\(topic)'"),
        fix: near.map {
          LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
        }
          ?? LocalizedText(
            en: "quiebre explain lists what there is", es: "quiebre explain muestra lo que hay"))
    ])
}

private func page(of topic: String, _ session: Session) -> String? {
  switch topic {
  case "columns": ExplainText.columns(in: session.language)
  case "paths": pathsPage.text(in: session.language) + "\n"
  default: ExplainText.page(of: topic, in: session.language)
  }
}

/// The fields of the country's own tables.
private func fieldsReply(session: Session, json: Bool) throws -> Reply {
  let country = try CountryRegistry(session: session)
  return pageReply(
    "fields", ExplainText.fields(of: country.registry.built.registry, in: session.language),
    json: json)
}

private func pageReply(_ topic: String?, _ text: String, json: Bool) -> Reply {
  guard json else { return Reply(text: text) }
  var writer = JSONWriter(reservingBytes: text.utf8.count + 100)
  writer.object(.lines) { json in
    json.member("topic", topic)
    json.member("text", text)
  }
  writer.endLine()
  return Reply(text: String(decoding: writer.finished(), as: UTF8.self))
}

private let pathsPage = LocalizedText(
  en: """
    Paths start at the folder of the file that names them. geo:… starts at the country folder,
    which is <geo>/<data.country>. <geo> is the first that exists of: --geo, QUIEBRE_GEO, Geo beside
    the tool or above its build folder, ./Geo. file#layer picks a layer of a GeoPackage.
    """,
  es: """
    Las rutas parten de la carpeta del archivo que las nombra. geo:… parte de la carpeta del país,
    que es <geo>/<data.country>. <geo> es la primera que exista de: --geo, QUIEBRE_GEO, Geo junto al
    programa o sobre su carpeta de compilación, ./Geo. archivo#capa elige una capa de un GeoPackage.
    """)
