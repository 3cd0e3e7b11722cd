// Quiebre · QuiebreKitTests
// Shards, merge, checkpoint and resume, file by file against the whole run.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Parts")
struct PartsVerbTests {
  private let folder: TemporaryFolder
  private let scenario = shippedScenario("pathfinder-2019")

  init() throws { folder = try TemporaryFolder() }

  private func request(_ output: String, change: (inout RunRequest) -> Void = { _ in })
    -> RunRequest
  {
    var request = RunRequest(scenarios: [scenario])
    request.output = folder.path + "/" + output
    request.draws.replicas = 50
    change(&request)
    return request
  }

  /// A shard's part, by its path.
  private func part(
    _ number: Int, of count: Int, in output: String = "parts", workers: Int = 2, seed: UInt64? = nil
  ) throws -> String {
    let reply = run(
      request(output) {
        $0.shard = .init(number: number, count: count)
        $0.draws.seed = seed
      }, session: embeddedSession(workers: workers))
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    return try #require(reply.text.split(separator: ":").first.map(String.init))
  }

  private func merged(_ parts: [String], to output: String = "merged") -> Reply {
    var request = MergeRequest(parts: parts)
    request.output = folder.path + "/" + output
    return merge(request, session: embeddedSession())
  }

  /// All files of the only result folder in `output` but those that tell of time and threads.
  private func result(_ output: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + output)
      .filter { !$0.hasSuffix(".qpart") && !$0.hasPrefix(".") }
    let name = try #require(names.count == 1 ? names.first : nil, "\(names)")
    var files = try folder.files(in: output + "/" + name)
    files["log.ndjson"] = nil
    let manifest = try #require(files["manifest.json"])
    var json = try #require(try JSONSerialization.jsonObject(with: manifest) as? [String: Any])
    for key in ["command", "run"] { json[key] = nil }
    json["outputs"] = (json["outputs"] as? [[String: Any]])?.filter {
      $0["path"] as? String != "log.ndjson"
    }
    files["manifest.json"] = try JSONSerialization.data(
      withJSONObject: json, options: [.sortedKeys])
    files["name"] = Data(name.utf8)
    return files
  }

  @Test(arguments: [1, 3])
  func mergedShardsAreTheWholeRunFileByFile(count: Int) throws {
    #expect(run(request("whole"), session: embeddedSession()).exitCode == .done)
    let parts = try (1...count).map { try part($0, of: count, workers: 1 + $0 % 3) }
    let reply = merged(parts.reversed())
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    let (whole, found) = (try result("whole"), try result("merged"))
    #expect(whole.keys.sorted() == found.keys.sorted())
    for (name, bytes) in whole { #expect(found[name] == bytes, "\(name)") }
  }

  @Test func aShardThatIsDoneIsKept() throws {
    let path = try part(1, of: 4)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    var session = embeddedSession()
    let stages = Guarded<[Session.Progress.Stage]>([])
    session.progress = { progress in stages.withLock { $0.append(progress.stage) } }
    let reply = run(
      request("parts") { $0.shard = .init(number: 1, count: 4) }, session: session)
    #expect(reply.exitCode == .done && reply.text.contains("kept"))
    #expect(!stages.withLock { $0 }.contains(.simulating))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func partsThatDoNotBelongTogetherAreRefused() throws {
    let (first, second) = (try part(1, of: 2), try part(2, of: 2))
    func codes(_ parts: [String]) -> [String] {
      let reply = merged(parts)
      #expect(reply.exitCode != .done)
      return reply.diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
    }
    #expect(codes([first]) == ["Q569"])
    #expect(codes([first, second, first]) == ["Q569"])
    #expect(codes([first, try part(2, of: 2, in: "other", seed: 5)]) == ["Q568"])
    #expect(codes([first, try part(2, of: 3)]) == ["Q568"])
    #expect(codes([first, folder.path + "/nowhere.qpart"]) == ["Q601"])
    #expect(codes([first, scenario]) == ["Q567"])
    // Any damage, anywhere, and a file cut short.
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: second)))
    for place in [0, 9, 40, whole.count / 2, whole.count - 1] {
      var damaged = whole
      damaged[place] ^= 1
      try Data(damaged).write(to: URL(fileURLWithPath: folder.path + "/damaged.qpart"))
      #expect(codes([first, folder.path + "/damaged.qpart"]) == ["Q567"])
    }
    try Data(whole.prefix(whole.count / 3))
      .write(to: URL(fileURLWithPath: folder.path + "/damaged.qpart"))
    #expect(codes([first, folder.path + "/damaged.qpart"]) == ["Q567"])
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/merged"))
  }

  /// Runs until some pieces are done, then interrupts as Ctrl-C does.
  private func interrupted(after share: Double, shard: RunRequest.Shard? = nil) -> Reply {
    var session = embeddedSession()
    let flag = session.cancellation
    session.progress = { progress in
      if progress.stage == .simulating, Double(progress.done) >= share * Double(progress.total) {
        flag.cancel()
      }
    }
    return run(request("out") { $0.shard = shard }, session: session)
  }

  @Test(arguments: [0.01, 0.3, 0.6, 0.99, 1])
  func aRunInterruptedAnywhereGoesOnToTheSameBytes(share: Double) throws {
    #expect(run(request("whole"), session: embeddedSession()).exitCode == .done)
    let stopped = interrupted(after: share)
    #expect(stopped.exitCode == .interrupted)
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out")
    #expect(kept.count == 1 && kept[0].hasSuffix(".checkpoint"), "\(kept)")
    var session = embeddedSession(workers: 3)
    let first = Guarded<Int?>(nil)
    session.progress = { progress in
      guard progress.stage == .simulating else { return }
      first.withLock { $0 = $0 ?? progress.done }
    }
    let reply = run(request("out") { $0.resumes = true }, session: session)
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    // It goes on, it doesn't begin anew.
    #expect(share < 0.3 || first.withLock { $0 ?? 100 } > 20)
    #expect(try result("out") == result("whole"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out")
    #expect(!left.contains { $0.hasSuffix(".checkpoint") })
  }

  @Test func anInterruptedShardGoesOn() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: part(2, of: 2)))
    let shard = RunRequest.Shard(number: 2, count: 2)
    #expect(interrupted(after: 0.4, shard: shard).exitCode == .interrupted)
    let reply = run(
      request("out") {
        $0.shard = shard
        $0.resumes = true
      }, session: embeddedSession())
    let path = try #require(reply.text.split(separator: ":").first.map(String.init))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole)
  }

  @Test func resumeWithoutACheckpointBegins() throws {
    let reply = run(request("out") { $0.resumes = true }, session: embeddedSession())
    #expect(reply.exitCode == .done)
    #expect(reply.diagnostics.contains { $0.code.rawValue == "Q559" })
  }

  @Test func aCheckpointOfOtherDrawsIsNotTaken() throws {
    #expect(interrupted(after: 0.5).exitCode == .interrupted)
    let reply = run(
      request("out") {
        $0.resumes = true
        $0.draws.seed = 4
      }, session: embeddedSession())
    #expect(reply.diagnostics.contains { $0.code.rawValue == "Q559" })
  }
}
