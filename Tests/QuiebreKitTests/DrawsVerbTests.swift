// Quiebre · QuiebreKitTests
// `--draws-out` and `simulation.draws`, from file to file.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Draws in and out")
struct DrawsVerbTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs `first-try` into `results`, on a file of draws if one is named.
  private func run(
    to results: String, draws file: String? = nil, out: [String] = [], replicas: Int? = nil,
    scenario: String = shippedScenario("pathfinder-2019")
  ) -> Reply {
    var session = embeddedSession()
    if let file { session.overrides.append(.init(key: "simulation.draws", value: "\"\(file)\"")) }
    var request = RunRequest(scenarios: [scenario])
    request.output = folder.path + "/" + results
    request.draws.replicas = replicas
    request.drawFiles = out
    return QuiebreKit.run(request, session: session)
  }

  private func tables(_ results: String) throws -> [String: Data] {
    let path = folder.path + "/" + results
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    let name = try #require(names.first)
    return try folder.files(in: "\(results)/\(name)/csv")
  }

  @Test(arguments: ["csv", "qdraws"])
  func drawsOfARunGiveItsTables(suffix: String) throws {
    let file = folder.path + "/draws.\(suffix)"
    let first = run(to: "first", out: [file], replicas: 61)
    #expect(first.exitCode == .done, "\(first.diagnostics.map(\.what.en))")
    let second = run(to: "second", draws: file, out: [folder.path + "/again.\(suffix)"])
    #expect(second.exitCode == .done, "\(second.diagnostics.map(\.what.en))")
    #expect(try tables("first") == tables("second"))
    let files = try folder.files()
    #expect(files["draws.\(suffix)"] == files["again.\(suffix)"])
    // The file is among the run's inputs, with as many rows as draws.
    let manifest = try #require(
      files.first { $0.key.hasPrefix("second") && $0.key.hasSuffix("manifest.json") }?.value)
    let json = try #require(try JSONSerialization.jsonObject(with: manifest) as? [String: Any])
    let inputs = try #require(json["inputs"] as? [[String: Any]])
    #expect(inputs.contains { ($0["path"] as? String) == file && ($0["rows"] as? Int) == 61 })
  }

  @Test func aLockRunsOnTheSameDraws() throws {
    let file = folder.path + "/draws.csv"
    #expect(run(to: "first", out: [file], replicas: 40).exitCode == .done)
    #expect(run(to: "second", draws: file).exitCode == .done)
    let lock = try #require(
      try folder.files().keys.first { $0.hasPrefix("second") && $0.hasSuffix("lock.json") })
    let reply = run(to: "third", scenario: folder.path + "/" + lock)
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    #expect(try tables("third") == tables("first"))
  }

  @Test func aBinaryFileSaysWhatItHolds() throws {
    let file = folder.path + "/draws.qdraws"
    #expect(run(to: "first", out: [file], replicas: 24).exitCode == .done)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    #expect(bytes.starts(with: Array("QDRAWS1\n".utf8)))
    let length = bytes[8..<16].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes[16..<16 + length])) as? [String: Any])
    let columns = try #require(header["columns"] as? [String])
    #expect(header["draws"] as? Int == 24)
    #expect(columns.first == "weight")
    #expect(columns.contains("simulation.exit"))
    #expect(bytes.count == 16 + length + columns.count * 24 * 8 + 64)
    // The weights sum to 1.
    let weights = (0..<24).map { draw in
      Double(
        bitPattern: bytes[(16 + length + draw * 8)..<(24 + length + draw * 8)].reversed()
          .reduce(0) { $0 << 8 | UInt64($1) })
    }
    #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
  }

  @Test(arguments: [
    ("weight,simulation.exits\n1,0.3\n", "Q513", 1),
    ("simulation.exit\n0.3\n30\n", "Q514", 3), ("simulation.exit\n0.3\nNA\n", "Q514", 3),
    ("simulation.exit,simulation.trend\n0.3,0\n\"0,3\",0\n", "Q332", 3),
    ("weight,simulation.exit\n0.5,0.3\n-1,0.3\n", "Q515", 3),
    ("weight,simulation.exit\n0,0.3\n0,0.3\n", "Q515", 0),
    ("line.municipal.effect.entry\n0.9\n", "Q513", 1),
    ("line.municipal.effect.exit\n1.1\n-0.1\n", "Q514", 3),
  ])
  func faultsNameFileRowAndColumn(text: String, code: String, line: Int) throws {
    let file = try folder.write(text, as: "draws.csv")
    let reply = run(to: "out", draws: file, scenario: shippedScenario("first-try"))
    #expect(reply.exitCode != .done)
    let fault = try #require(reply.diagnostics.first { $0.severity == .error })
    #expect(fault.code.rawValue == code, "\(fault.what.en)")
    #expect(fault.place?.file == file)
    #expect(fault.place?.line == line)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }

  @Test func anotherNumberOfReplicasIsRefused() throws {
    let file = try folder.write("simulation.exit\n0.3\n0.4\n", as: "draws.csv")
    let reply = run(to: "out", draws: file, replicas: 3)
    #expect(reply.diagnostics.map(\.code.rawValue).contains("Q516"))
    #expect(run(to: "out", draws: file, replicas: 2).exitCode == .done)
  }

  @Test func whatKeepsItsOwnDrawsIsSaid() throws {
    let file = try folder.write("draw,simulation.exit\n1,0.3\n2,0.4\n3,0.2\n", as: "draws.csv")
    let reply = run(to: "out", draws: file)
    #expect(reply.exitCode == .done)
    let notes = reply.diagnostics.filter { $0.code.rawValue == "Q517" }
    #expect(notes.contains { $0.what.en.contains("simulation.trend") })
    #expect(notes.contains { $0.what.en.contains("posterior") })
  }

  @Test func damageOfABinaryFileIsFound() throws {
    let file = folder.path + "/draws.qdraws"
    #expect(run(to: "first", out: [file], replicas: 16).exitCode == .done)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    var flipped = whole
    flipped[whole.count / 2] ^= 1
    var longer = whole
    longer.insert(0, at: whole.count / 2)
    for bytes in [flipped, longer, Array(whole.dropLast()), Array(whole.prefix(7)), [0]] {
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      let reply = run(to: "second", draws: file)
      #expect(reply.diagnostics.first?.code.rawValue == "Q518")
    }
  }
}
