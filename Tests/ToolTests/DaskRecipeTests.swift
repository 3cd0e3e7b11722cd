// Quiebre · ToolTests
// The recipe that runs shards on Dask, really run, with one worker killed on the way.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Support
import Testing

/// Runs where QUIEBRE_PYTHON names a Python with dask.distributed.
@Suite("Dask recipe", .enabled(if: DaskRecipe.isThere))
struct DaskRecipeTests {
  @Test func aKilledWorkerLosesNothing() throws {
    let folder = NSTemporaryDirectory() + "/quiebre-dask-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scenario = Checkout.root + "/Scenarios/pathfinder-2019.toml"
    let common = ["--replicas", "1500", "--geo", Checkout.root + "/Geo"]
    let whole = try DaskRecipe.output(
      of: DaskRecipe.tool, ["run", scenario, "--out", folder + "/whole"] + common)
    #expect(whole.status == 0, "\(whole.text)")
    let shards = try DaskRecipe.output(
      of: DaskRecipe.python,
      [
        Checkout.root + "/Scenarios/recipes/dask_shards.py", scenario, "--shards", "6",
        "--workers", "2", "--quiebre", DaskRecipe.tool, "--out", folder + "/shards",
        "--kill-after", "1", "--",
      ] + common)
    #expect(shards.status == 0, "\(shards.text)")
    #expect(shards.text.contains("killed worker"))
    let difference = try DaskRecipe.output(
      of: "/usr/bin/diff",
      [
        "-rq", "--exclude=*.qpart", "--exclude=log.ndjson", "--exclude=manifest.json",
        folder + "/whole", folder + "/shards",
      ])
    #expect(difference.status == 0, "\(difference.text)")
  }
}

private enum DaskRecipe {
  static let python = ProcessInfo.processInfo.environment["QUIEBRE_PYTHON"] ?? ""

  /// The tool that was built beside these tests.
  static let tool =
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .path + "/quiebre"

  static let isThere: Bool = {
    guard !python.isEmpty, FileManager.default.isExecutableFile(atPath: tool) else { return false }
    return (try? output(of: python, ["-c", "import dask.distributed"]).status) == 0
  }()

  static func output(of program: String, _ arguments: [String]) throws -> (
    status: Int32, text: String
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
