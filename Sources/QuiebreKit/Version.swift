// Quiebre · QuiebreKit
// The version of Quiebre and of the libraries that results depend on.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
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
  guard let topic else { return Reply(text: ExplainText.overview(in: session.language)) }
  if let page = ExplainText.page(of: topic, in: session.language) { return Reply(text: page) }
  let near = nearestName(to: topic, in: ExplainText.words)
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
