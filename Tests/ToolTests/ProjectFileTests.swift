// Quiebre · ToolTests
// `quiebre.toml`: found upwards, below flags and environment, flags only.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Testing

@testable import quiebre

@Suite("Project file")
final class ProjectFileTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/quiebre-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/a/b", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func file(_ text: String) throws -> ProjectFile? {
    try text.write(toFile: folder + "/a/quiebre.toml", atomically: true, encoding: .utf8)
    return try ProjectFile.nearest(to: [folder + "/a/b/s.toml"])
  }

  private func invocation(
    _ words: [String], _ text: String, environment: [String: String] = [:]
  ) throws -> Invocation {
    var invocation = try Invocation(parsing: words)
    let file = try #require(try file(text))
    try invocation.apply(file) { environment[$0] }
    return invocation
  }

  private func faults(_ text: String) throws -> [Diagnostic] {
    do {
      _ = try invocation(["run", "s.toml"], text)
      return []
    } catch let list as DiagnosticList {
      return list.items
    }
  }

  @Test func itIsFoundUpwardsFromTheScenario() throws {
    #expect(try ProjectFile.nearest(to: [folder + "/a/b/s.toml"])?.path.hasPrefix(folder) != true)
    #expect(try file("lang = \"es\"")?.path == folder + "/a/quiebre.toml")
  }

  @Test func flagsWinOverEnvironmentOverFile() throws {
    let text = "lang = \"es\"\ngeo = \"Geo\"\nverbose = true\n[run]\nout = \"out\"\njobs = 3\n"
    let plain = try invocation(["run", "s.toml"], text)
    #expect(plain.last("--lang") == "es" && plain.has("--verbose"))
    // Paths start at the file's folder.
    #expect(plain.last("--geo") == folder + "/a/Geo")
    #expect(try plain.runRequest().output == folder + "/a/out")
    #expect(try plain.integer("--jobs", in: 1...9) == 3)
    let asked = try invocation(["run", "s.toml", "--lang", "en", "-j2", "--out=x"], text)
    #expect(asked.last("--lang") == "en" && asked.last("--jobs") == "2")
    #expect(try asked.runRequest().output == "x")
    let set = try invocation(
      ["run", "s.toml"], text, environment: ["QUIEBRE_LANG": "en", "QUIEBRE_GEO": "/g"])
    #expect(set.last("--lang") == nil && set.last("--geo") == nil)
    // The table of another verb is none of this one's business.
    let other = try invocation(["check", "s.toml"], text)
    #expect(other.last("--jobs") == nil && other.last("--lang") == "es")
  }

  @Test(arguments: [
    ("lagn = \"es\"", "did you mean 'lang'?"), ("[rnu]\nout = \"x\"", "did you mean 'run'?"),
    ("[check]\nout = \"x\"", ""), ("set = [\"a=b\"]", ""), ("seed = 4", ""),
    ("[run]\nreplicas = 10", ""), ("quiet = \"yes\"", ""), ("lang = true", ""),
    ("[line]\namount = 1", ""), ("jobs = 2020-01-01", ""),
  ])
  func whatIsNoDefaultOfAFlagIsRefused(text: String, hint: String) throws {
    let faults = try faults(text)
    #expect(faults.map(\.code.rawValue) == ["Q563"])
    #expect(faults.first?.place?.file == folder + "/a/quiebre.toml")
    if !hint.isEmpty { #expect(faults.first?.caret?.en == hint) }
  }

  @Test func aSyntaxErrorIsShown() throws {
    #expect(try faults("lang = es").map(\.code.rawValue) == ["Q108"])
  }

  @Test func aWrongValueNamesTheFile() throws {
    let invocation = try invocation(["run", "s.toml"], "jobs = 0\n")
    #expect {
      try invocation.integer("--jobs", in: 1...9)
    } throws: { error in
      (error as? UsageError)?.what.en.contains("quiebre.toml:1") == true
    }
  }
}
