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
