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
      // Manifest and log tell how many threads ran, and when.
      files["manifest.json"] = nil
      files["log.ndjson"] = nil
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
    let names = { (folder: TemporaryFolder) in
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/results")
    }
    // The folder's name carries the hash of all its data files.
    #expect(try names(folder) == names(other))
  }

  @Test func theLogHoldsStagesMessagesAndTheResult() throws {
    let folder = try TemporaryFolder()
    let reply = run(
      request(shippedScenario("pathfinder-2019"), to: folder), session: embeddedSession())
    #expect(reply.exitCode == .done)
    let files = try result(folder)
    let bytes = try #require(files["log.ndjson"])
    let log = String(decoding: bytes, as: UTF8.self)
    var events: [String] = []
    var last = 0.0
    for line in log.split(separator: "\n") {
      let entry = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let seconds = try #require(entry["seconds"] as? Double)
      #expect(seconds >= last)
      last = seconds
      events.append(try #require(entry["event"] as? String))
      if let stage = entry["stage"] as? String { events.append(stage) }
      if let hash = entry["result_hash"] as? String {
        #expect(reply.text.contains(hash.prefix(8)))
      }
    }
    #expect(events.first == "start" && events.last == "result")
    for word in ["reading", "joining", "simulating", "writing", "message"] {
      #expect(events.contains(word), "\(word)")
    }
    let manifestBytes = try #require(files["manifest.json"])
    let manifest = try #require(
      try JSONSerialization.jsonObject(with: manifestBytes) as? [String: Any])
    let outputs = try #require(manifest["outputs"] as? [[String: Any]])
    let entry = try #require(outputs.first { $0["path"] as? String == "log.ndjson" })
    #expect(entry["in_result_hash"] as? Bool == false)
  }

  /// The lock says all that was in force: it gives the same result as the layers it came from.
  @Test(arguments: ["pathfinder-2019", "restart-2030", "commitments-2020"])
  func aLockGivesTheSameResultAsItsLayers(name: String) throws {
    let folder = try TemporaryFolder()
    var session = embeddedSession()
    session.overrides = [.init(key: "line.municipal.after", value: "zero")]
    #expect(
      run(request(shippedScenario(name), to: folder), session: session).exitCode == .done)
    let finished = try result(folder)
    let bytes = try #require(finished["scenario.lock.json"])
    let lock = try folder.write(
      String(decoding: bytes, as: UTF8.self), as: "kept/scenario.lock.json")
    let again = try TemporaryFolder()
    var wanted = RunRequest(scenarios: [lock])
    wanted.output = again.path + "/results"
    let reply = run(wanted, session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/results")
        == FileManager.default.contentsOfDirectory(atPath: again.path + "/results"))
    #expect(try result(again)["scenario.lock.json"] == finished["scenario.lock.json"])
    #expect(check(CheckRequest(scenarios: [lock]), session: embeddedSession()).exitCode == .done)
  }

  @Test func aLockFindsItsFilesAndSeesThatOneChanged() throws {
    let folder = try TemporaryFolder()
    let original = try String(contentsOfFile: shippedScenario("first-try"), encoding: .utf8)
    _ = try folder.write("ubigeo,amount\n010101,5\n150101,7\n", as: "data/money.csv")
    let scenario = try folder.write(
      original.replacing(
        "rule = \"risk\"", with: "rule = \"list\", file = \"data/money.csv\", column = \"amount\""),
      as: "s.toml")
    var baseline = original.replacing("first-try", with: "other")
    baseline.replace("9_000_000", with: "1_000_000")
    _ = try folder.write(baseline, as: "other.toml")
    _ = try folder.write(
      "[scenario]\nextends = [\"s.toml\"]\nid = \"top\"\nbaseline = \"other.toml\"\n",
      as: "top.toml")
    #expect(scenario.hasSuffix("s.toml"))
    let reply = run(request(folder.path + "/top.toml", to: folder), session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/results").first)
    let lock = folder.path + "/results/" + name + "/scenario.lock.json"
    // Scenario files aren't needed any more; data files are.
    for file in ["top.toml", "s.toml", "other.toml"] {
      try FileManager.default.removeItem(atPath: folder.path + "/" + file)
    }
    let kept = run(request(lock, to: folder), session: embeddedSession())
    #expect(
      kept.exitCode == .done && kept.text.contains(name), "\(kept.diagnostics.map(\.what.en))")
    #expect(!kept.diagnostics.contains { $0.code.rawValue == "Q561" })
    _ = try folder.write("ubigeo,amount\n010101,6\n150101,7\n", as: "data/money.csv")
    let changed = run(request(lock, to: folder), session: embeddedSession())
    #expect(changed.exitCode == .done)
    #expect(changed.diagnostics.contains { $0.code.rawValue == "Q561" })
    #expect(!changed.text.contains(name))
    try FileManager.default.removeItem(atPath: folder.path + "/data/money.csv")
    #expect(run(request(lock, to: folder), session: embeddedSession()).exitCode == .readOrWrite)
  }

  @Test(arguments: [
    "{}", "{\"schema\": \"quiebre.lock/1\", \"layers\": [\"a\"], \"values\": {}}", "[1]",
  ])
  func anotherJSONIsNoLock(text: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, as: "x.json")
    let reply = run(request(file, to: folder), session: embeddedSession())
    #expect(reply.exitCode == .scenarioInvalid)
    #expect(reply.diagnostics.map(\.code.rawValue) == ["Q560"])
  }

  @Test func anInterruptedRunLeavesNothing() throws {
    let folder = try TemporaryFolder()
    let session = embeddedSession()
    session.cancellation.cancel()
    let reply = run(request(shippedScenario("pathfinder-2019"), to: folder), session: session)
    #expect(reply.exitCode == .interrupted)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  /// Folders that the run made go with a fault; those that were there stay.
  @Test func aFailedRunLeavesNoEmptyFolder() throws {
    let folder = try TemporaryFolder()
    let broken = try folder.write("[scenario]\nid = 1\n", as: "broken/s.toml")
    var wanted = RunRequest(scenarios: [broken])
    wanted.output = folder.path + "/a/b/results"
    #expect(run(wanted, session: embeddedSession()).exitCode == .scenarioInvalid)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["broken"])
    wanted.output = folder.path + "/broken"
    #expect(run(wanted, session: embeddedSession()).exitCode == .scenarioInvalid)
    #expect(try folder.files().keys.sorted() == ["broken/s.toml"])
  }

  /// Points under a kernel are a surface like any other, and a long map has a feature a year.
  @Test func kernelPointsAndALongMapRun() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("lon,lat,cases\n-77.03,-12.05,5\n-71.97,-13.52,3\n", as: "points.csv")
    let original = try String(contentsOfFile: shippedScenario("first-try"), encoding: .utf8)
    let scenario = try folder.write(
      original + """

        [surface.cases]
        file = "points.csv"
        kind = "points"
        quantity = "sum"
        method = "kernel"
        bandwidth = 40
        value = "cases"
        xy = ["lon", "lat"]
        [output]
        time = "long"
        formats = ["geojson"]
        """, as: "s.toml")
    let reply = run(request(scenario, to: folder, replicas: 16), session: embeddedSession())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let bytes = try #require(try result(folder)["districts.geojson"])
    let map = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    // 2019 to 2025.
    #expect((map["features"] as? [Any])?.count == 1_891 * 7)
  }

  @Test func aDryRunSaysWhatWouldBeComputedAndWhy() throws {
    let folder = try TemporaryFolder()
    var wanted = request(shippedScenario("first-try"), to: folder)
    wanted.isDryRun = true
    wanted.json = true
    func planned() throws -> [String: Any] {
      let reply = run(wanted, session: embeddedSession())
      #expect(reply.exitCode == .done)
      return try #require(
        try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
    }
    let first = try planned()
    #expect(first["scenario"] as? String == "first-try" && first["replicas"] as? Int == 64)
    #expect(first["finished"] is NSNull && first["up_to_date"] as? Bool == false)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/results"))
    wanted.isDryRun = false
    #expect(run(wanted, session: embeddedSession()).exitCode == .done)
    wanted.isDryRun = true
    let again = try planned()
    #expect(again["up_to_date"] as? Bool == true)
    wanted.draws.replicas = 65
    let changed = try planned()
    #expect(changed["up_to_date"] as? Bool == false)
    #expect((changed["changes"] as? [String])?.count == 1)
    wanted.json = false
    #expect(run(wanted, session: embeddedSession()).text.contains("65"))
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
