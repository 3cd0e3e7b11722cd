// Quiebre · QuiebreKitTests
// The whole way from a scenario file to a result folder, on the embedded data.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Run")
struct RunTests {
  private func request(_ scenario: String, to folder: TemporaryFolder, replicas: Int = 64)
    -> RunRequest
  {
    var request = RunRequest(scenarios: [scenario])
    request.output = folder.path + "/results"
    request.draws.replicas = replicas
    return request
  }

  /// The files of the only result folder, by path inside it.
  private func result(_ folder: TemporaryFolder) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/results")
    let name = try #require(names.count == 1 ? names.first : nil, "\(names)")
    return try folder.files(in: "results/" + name)
  }

  /// Cells of a table of the result; quoted commas split cells, so count from the right.
  private func rows(of file: String, in folder: TemporaryFolder) throws -> [[String]] {
    let bytes = try #require(try result(folder)[file])
    let text = try #require(String(data: bytes, encoding: .utf8))
    return text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test(arguments: [
    "pathfinder-2019", "restart-2030", "no-new-money", "unreachable", "first-try",
    "commitments-2020",
  ])
  func everyShippedScenarioRuns(name: String) throws {
    let folder = try TemporaryFolder()
    let reply = run(request(shippedScenario(name), to: folder), session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let files = try result(folder)
    for file in ["manifest.json", "summary.json", "districts.geojson", "csv/district_years.csv"] {
      #expect(files[file] != nil, "\(file)")
    }
    let bytes = try #require(files["districts.geojson"])
    let map = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect((map["features"] as? [Any])?.count == 1_891)
  }

  @Test func threadsDoNotMoveAByte() throws {
    var hashes: Set<[String: Data]> = []
    for workers in [1, 2, 7] {
      let folder = try TemporaryFolder()
      let reply = run(
        request(shippedScenario("pathfinder-2019"), to: folder),
        session: embeddedSession(workers: workers))
      #expect(reply.exitCode == .done)
      var files = try result(folder)
      // The manifest tells how many threads ran.
      files["manifest.json"] = nil
      hashes.insert(files)
    }
    #expect(hashes.count == 1)
  }

  @Test func noNewMoneyChangesNothingAtAll() throws {
    let folder = try TemporaryFolder()
    let reply = run(
      request(shippedScenario("no-new-money"), to: folder), session: embeddedSession())
    #expect(reply.exitCode == .done)
    let rows = try self.rows(of: "csv/districts.csv", in: folder)
    for name in ["chg_ref", "chg_p05", "chg_p95", "avoided"] {
      let column = try #require(
        rows[0].firstIndex { $0.trimmingCharacters(in: .whitespaces) == name })
      // From the right, because names may hold quoted commas.
      let fromEnd = rows[0].count - column
      #expect(rows.dropFirst().allSatisfy { Double($0[$0.count - fromEnd]) == 0 }, "\(name)")
    }
  }

  @Test func aFinishedFolderIsKept() throws {
    let folder = try TemporaryFolder()
    let wanted = request(shippedScenario("first-try"), to: folder)
    #expect(run(wanted, session: embeddedSession()).exitCode == .done)
    let before = try folder.files()
    #expect(run(wanted, session: embeddedSession(workers: 1)).exitCode == .done)
    #expect(try folder.files() == before)
  }

  @Test func aChangedFolderIsNotOverwritten() throws {
    let folder = try TemporaryFolder()
    let wanted = request(shippedScenario("first-try"), to: folder)
    #expect(run(wanted, session: embeddedSession()).exitCode == .done)
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/results").first)
    _ = try folder.write("edited", as: "results/\(name)/summary.json")
    let reply = run(wanted, session: embeddedSession())
    #expect(reply.exitCode == .readOrWrite)
    #expect(reply.diagnostics.contains { $0.code.rawValue == "Q652" })
    #expect(try folder.files()["results/\(name)/summary.json"] == Data("edited".utf8))
  }

  @Test func commentsAndKeyOrderDoNotChangeTheResult() throws {
    let original = try String(contentsOfFile: shippedScenario("first-try"), encoding: .utf8)
    let folder = try TemporaryFolder()
    let scenario = try folder.write("# another comment\n" + original, as: "first-try.toml")
    #expect(run(request(scenario, to: folder), session: embeddedSession()).exitCode == .done)
    let other = try TemporaryFolder()
    #expect(
      run(request(shippedScenario("first-try"), to: other), session: embeddedSession()).exitCode
        == .done)
    #expect(
      try result(folder)["districts.geojson"] == result(other)["districts.geojson"])
  }

  @Test func anInterruptedRunLeavesNothing() throws {
    let folder = try TemporaryFolder()
    let session = embeddedSession()
    session.cancellation.cancel()
    let reply = run(request(shippedScenario("pathfinder-2019"), to: folder), session: session)
    #expect(reply.exitCode == .interrupted)
    #expect(try folder.files().isEmpty)
  }

  @Test func anUnwritableFolderIsSaidBeforeAnyWork() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a file, not a folder", as: "taken")
    var wanted = request(shippedScenario("first-try"), to: folder)
    wanted.output = file + "/results"
    let reply = run(wanted, session: embeddedSession())
    #expect(reply.exitCode == .readOrWrite)
    #expect(reply.diagnostics.map(\.code.rawValue) == ["Q650"])
  }

  @Test func aRequiredTargetGatesTheExitCode() throws {
    let folder = try TemporaryFolder()
    var wanted = request(shippedScenario("unreachable"), to: folder)
    wanted.required = ["target.almost_zero"]
    #expect(run(wanted, session: embeddedSession()).exitCode == .gateFailed)
  }

  @Test func severalScenariosShareTheirDraws() throws {
    let folder = try TemporaryFolder()
    var wanted = request(shippedScenario("pathfinder-2019"), to: folder)
    wanted.scenarios.append(shippedScenario("no-new-money"))
    let reply = run(wanted, session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let alone = try TemporaryFolder()
    _ = run(request(shippedScenario("pathfinder-2019"), to: alone), session: embeddedSession())
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: alone.path + "/results").first)
    // The folder's name carries the hash of all its data files.
    #expect(FileManager.default.fileExists(atPath: folder.path + "/results/" + name))
  }

  /// Whole céntimos: placed + national + unplaced = approved, line by line and year by year.
  @Test func moneyIsConservedInTheTables() throws {
    let folder = try TemporaryFolder()
    _ = run(request(shippedScenario("commitments-2020"), to: folder), session: embeddedSession())
    let rows = try self.rows(of: "csv/money.csv", in: folder)
    let head = rows[0].map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\u{FEFF}\r")) }
    func cents(_ row: [String], _ name: String) throws -> Int {
      let column = try #require(head.firstIndex(of: name), "\(head)")
      return try #require(Int(row[column].filter { $0 != "." && $0 != "\r" }))
    }
    #expect(rows.count > 10)
    for row in rows.dropFirst() {
      let parts = try cents(row, "placed") + cents(row, "national") + cents(row, "unplaced")
      #expect(try cents(row, "approved") == parts, "\(row)")
    }
  }
}
