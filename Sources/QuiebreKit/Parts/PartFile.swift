// Quiebre · QuiebreKit
// A part of a run as a file: what run it is of, which shard, and what its districts gave.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import LaborModel

/// Shards and checkpoints; the same file for both.
struct PartFile {
  static let mark = "QPART01\n"

  /// What a part says of itself.
  struct Header: Hashable, Sendable {
    /// SHA-256 over the version and all inputs of the run: parts of the same run have the same.
    var fingerprint: String
    var shard: Shard
    /// What was asked, so that `merge` can ask it again.
    var scenarios: [String]
    var overrides: [Session.Override]
    var draws: DrawSettings
  }

  let path: String
  let header: Header
  let part: ProjectionPart

  /// What the run of these scenarios hangs on.
  static func fingerprint(_ prepared: [PreparedScenario]) -> String {
    let lines = ["quiebre.part/1", Version.number] + prepared.map(\.inputsHash)
    return SHA256.hash(Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  static func write(
    _ part: ProjectionPart, _ header: Header, to path: String
  ) throws {
    var json = JSONWriter(reservingBytes: 1 << 10)
    json.object { json in
      json.member("schema", "quiebre.part/1")
      json.member("version", Version.number)
      json.member("fingerprint", header.fingerprint)
      json.member("shard", header.shard.number)
      json.member("shards", header.shard.count)
      json.member("pieces_done", part.progress.done)
      json.member("pieces", part.progress.total)
      json.array("scenarios") { list in for path in header.scenarios { list.string(path) } }
      json.array("set") { list in
        for item in header.overrides {
          list.object { pair in
            pair.member("key", item.key)
            pair.member("value", item.value)
          }
        }
      }
      json.member("replicas", header.draws.replicas)
      json.member("seed", header.draws.seed.map(String.init))
    }
    var file = try SealedFile.Writer(path: path, mark: mark, header: json.finished())
    try part.encode { try file.append($0) }
    try file.finish()
  }

  /// - Throws: Q6 for a file that can't be read, Q567 for one that is no whole part.
  init(reading path: String) throws(DiagnosticList) {
    let bytes = try InputFile(reading: path).bytes
    guard let content = SealedFile.content(of: bytes, named: path, mark: PartFile.mark),
      let header = Header(content.header.root),
      let part = ProjectionPart(decoding: content.bytes, in: content.range)
    else { throw DiagnosticList(PartFile.damaged(path)) }
    self.path = path
    self.header = header
    self.part = part
  }
}

extension PartFile.Header {
  fileprivate init?(_ json: JSONValue) {
    guard json["schema"]?.string == "quiebre.part/1",
      let fingerprint = json["fingerprint"]?.string, let number = json["shard"]?.integer,
      let count = json["shards"]?.integer, count > 0, (1...count).contains(number),
      let scenarios = json["scenarios"]?.array?.compactMap(\.string), !scenarios.isEmpty,
      let set = json["set"]?.array
    else { return nil }
    self.fingerprint = fingerprint
    shard = Shard(number: number, count: count)
    self.scenarios = scenarios
    overrides = set.compactMap { item in
      guard let key = item["key"]?.string, let value = item["value"]?.string else { return nil }
      return Session.Override(key: key, value: value)
    }
    draws = DrawSettings(
      replicas: json["replicas"]?.integer, seed: json["seed"]?.string.flatMap { UInt64($0) })
  }
}

extension PartFile {
  private static func damaged(_ path: String) -> Diagnostic {
    Diagnostic(
      .damagedPart, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "'\(path)' is no whole part of a run: its mark, lengths or checksum are wrong",
        es:
          "'\(path)' no es una parte íntegra de una corrida: su marca, tamaños o suma no coinciden"),
      fix: LocalizedText(
        en: "remove it and run its shard again", es: "bórrelo y corra de nuevo su fragmento"))
  }

  static func foreign(_ path: String, _ other: String) -> Diagnostic {
    Diagnostic(
      .foreignPart, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "'\(path)' is a part of another run than '\(other)'",
        es: "'\(path)' es parte de otra corrida que '\(other)'"),
      why: LocalizedText(
        en: "scenario, inputs, replicas, seed, shards and Quiebre's version must be the same",
        es: "escenario, datos, réplicas, semilla, fragmentos y versión de Quiebre deben ser iguales"
      ),
      fix: LocalizedText(
        en: "run its shard again with what the others were run with",
        es: "corra de nuevo su fragmento con lo mismo que los demás"))
  }
}
