// Quiebre · ToolTests
// `quiebre layer`: words that become a request, and words that don't.
// SPDX-License-Identifier: Apache-2.0

import QuiebreKit
import Testing

@testable import quiebre

@Suite struct LayerFlagTests {
  private func request(_ words: String) throws -> LayerRequest {
    try Invocation(parsing: ["layer"] + words.split(separator: " ").map(String.init)).layerRequest()
  }

  @Test func theFormatFollowsTheNameOfTheFile() throws {
    #expect(try request("a.geojson --simplify 200 --out b.gpkg").format == .gpkg)
    #expect(try request("a.geojson --hotspots rate --out b.csv").format == .csv)
    #expect(try request("a.geojson --out b.txt --to geojson").format == .geojson)
    #expect(throws: UsageError.self) { try request("a.geojson --out b.txt") }
  }

  @Test func everyFlagReachesTheRequest() throws {
    let found = try request(
      "a.gpkg#d --by id --findings f.csv --neighbors n.csv --rule rook --tolerance 5"
        + " --hotspots rate --permutations 999 --seed 7 --list-error 0.1 --points 500"
        + " --decimals 4 --out b.geojson --json")
    var expected = LayerRequest(layer: "a.gpkg#d")
    expected.codeColumn = "id"
    expected.findings = "f.csv"
    expected.neighbors = "n.csv"
    expected.needsBorder = true
    expected.tolerance = 5
    expected.hotspots = "rate"
    expected.permutations = 999
    expected.seed = 7
    expected.falseDiscovery = 0.1
    expected.points = 500
    expected.decimals = 4
    expected.output = "b.geojson"
    expected.json = true
    #expect(found == expected)
  }

  @Test(arguments: [
    "a.geojson --simplify 200", "a.geojson --hotspots rate", "a.geojson --decimals 3",
    "a.geojson --rule bishop", "a.geojson --tolerance -1", "a.geojson --permutations 5",
    "a.geojson --list-error 2", "a.geojson --repair glue", "",
  ])
  func whatCantBeDoneIsRefused(words: String) {
    #expect(throws: UsageError.self) { try request(words) }
  }
}
