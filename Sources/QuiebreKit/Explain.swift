// Quiebre · QuiebreKit
// `quiebre explain`: the page of a code, key, table, column or method.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import Reports
import ScenarioFiles

/// `quiebre explain`: everything that a word may mean, one page after the other.
public func explain(_ topic: String?, session: Session, json: Bool) -> Reply {
  guard let topic else {
    return pageReply(nil, ExplainText.overview(in: session.language), json: json)
  }
  if topic == "fields" { return answer { try fieldsReply(session: session, json: json) } }
  if let page = page(of: topic, session.language) { return pageReply(topic, page, json: json) }
  return Reply(exitCode: .usage, diagnostics: [nothingToExplain(topic)])
}

private func page(of topic: String, _ language: Language) -> String? {
  switch topic {
  case "columns": return ExplainText.columns(in: language)
  case "keys": return keyList(KeyBook.pages, in: language)
  case "paths": return pathsPage.text(in: language) + "\n"
  default:
    let pages = [ExplainText.page(of: topic, in: language), keyText(topic, in: language)]
    let found = pages.compactMap(\.self)
    return found.isEmpty ? nil : found.joined(separator: "\n")
  }
}

/// The page of a key, the keys of a table, or the keys that end in the word.
private func keyText(_ word: String, in language: Language) -> String? {
  if let page = KeyBook.page(of: word) { return page.text(in: language) }
  let table = KeyBook.table(named: word)
  if !table.isEmpty { return keyList(table, in: language) }
  let keys = KeyBook.keys(endingIn: word)
  if keys.count == 1, let only = keys.first { return only.text(in: language) }
  return keys.isEmpty ? nil : keyList(keys, in: language)
}

private func keyList(_ pages: [KeyPage], in language: Language) -> String {
  let head = LocalizedText(
    en: "Keys of a scenario (x = a name of yours; quiebre explain KEY tells more):",
    es: "Claves de un escenario (x = un nombre suyo; quiebre explain CLAVE dice más):")
  return head.text(in: language) + "\n"
    + ExplainText.table(pages.map { ["  " + $0.key] + $0.row(in: language).dropFirst() })
}

private func nothingToExplain(_ topic: String) -> Diagnostic {
  let known = ExplainText.words + KeyBook.words + ["columns", "fields", "keys", "paths"]
  return Diagnostic(
    .unknownTopic,
    what: LocalizedText(
      en: "nothing to explain under '\(topic)'", es: "no hay página para '\(topic)'"),
    fix: nearestName(to: topic, in: known).map {
      LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
    }
      ?? LocalizedText(
        en: "quiebre explain lists what there is", es: "quiebre explain muestra lo que hay"))
}

/// The fields that every run knows, and those of the country's own tables.
private func fieldsReply(session: Session, json: Bool) throws -> Reply {
  let country = try CountryRegistry(session: session)
  let known = ExplainText.knownFields(formulaFields, in: session.language)
  let own = ExplainText.fields(of: country.registry.built.registry, in: session.language)
  return pageReply("fields", known + own, json: json)
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
