// Quiebre · QuiebreKitTests
// Broken microdata: always a verdict, never a crash.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@Suite("Survey fuzz")
struct SurveyFuzzTests {
  @Test(arguments: [1, 2, 3])
  func brokenFilesGetAVerdict(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let original = Array(
      try Data(contentsOf: URL(fileURLWithPath: Checkout.fixture("survey/children.csv"))))
    var mutator = Mutator(seed: seed)
    for _ in 0..<200 {
      let file = folder.path + "/m.csv"
      try Data(mutator.mutated(original)).write(to: URL(fileURLWithPath: file))
      var request = SurveyRequest(file: file)
      request.design.weight = "weight"
      request.design.stratum = "stratum"
      request.design.cluster = "cluster"
      request.design.secondUnit = "dwelling"
      request.design.population = "clusters_total"
      request.design.secondPopulation = "dwellings_total"
      request.lonely = "average"
      request.share = "hours >= 1 and area != 'x'"
      request.by = ["sex*area", "age:5-9,10-17"]
      request.year = "year"
      let reply = survey(request, session: embeddedSession())
      // 0 done, 2 a column is gone, 3 a formula lost its field, 4 data, 6 nothing left to read.
      #expect([0, 2, 3, 4, 6].contains(reply.exitCode.rawValue), "\(reply.diagnostics)")
      #expect(reply.exitCode == .done || !reply.diagnostics.isEmpty)
    }
  }
}
