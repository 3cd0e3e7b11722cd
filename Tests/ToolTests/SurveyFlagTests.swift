// Quiebre · ToolTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit
import Testing

@testable import quiebre

@Suite("Survey flags")
struct SurveyFlagTests {
  private func plan(_ words: String...) throws -> SurveyPlanRequest {
    try Invocation(parsing: ["survey", "plan"] + words).surveyPlanRequest()
  }

  @Test(arguments: ["5 %", "5%", "0.05"])
  func aShareMayBePercentOrRatio(text: String) throws {
    #expect(try plan("--expect", text, "--margin", "1 pp").share == 0.05)
  }

  @Test(arguments: ["5", "five", "", "105 %", "-1 %"])
  func aShareThatCouldMeanTwoThingsIsRefused(text: String) {
    #expect(throws: UsageError.self) { try plan("--expect", text) }
  }

  @Test func flagsMayBeRepeated() throws {
    let request = try Invocation(parsing: [
      "survey", "m.csv", "--by", "sex", "--by=area", "--map", "a=b", "--map", "works=x == 1",
      "--lonely", "average", "--cv", "20 %",
    ]).surveyRequest()
    #expect(request.by == ["sex", "area"])
    #expect(request.fields == ["a=b", "works=x == 1"])
    #expect(request.lonely == "average" && request.largestVariation == 0.2)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    #expect(throws: UsageError.self) {
      try Invocation(parsing: ["survey", "m.csv", "n.csv"]).surveyRequest()
    }
    #expect(throws: UsageError.self) {
      try Invocation(parsing: ["survey", "interval", "3"]).surveyIntervalRequest()
    }
    #expect(throws: UsageError.self) {
      try Invocation(parsing: ["survey", "m.csv", "--lonely", "ignore"]).surveyRequest()
    }
    let interval = try Invocation(parsing: ["survey", "interval", "3", "400", "--deff", "1.5"])
      .surveyIntervalRequest()
    #expect(interval.hits == 3 && interval.cases == 400 && interval.designEffect == 1.5)
  }
}
