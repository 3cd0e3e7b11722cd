// Quiebre · LaborModelTests
// The embedded figures of Peru say what the papers say of them.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import FoundationEssentials
import LaborModel
import Statistics
import Support
import Testing

@Suite("Embedded series of Peru")
struct EmbeddedSeriesTests {
  private let group = "A_ENAHO_WORK_5_17"

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: Checkout.root + "/Geo/peru/" + path)))
  }

  private func series() throws -> PublishedSeries {
    try PublishedSeries(
      table: CSVTable(bytes: bytes("series/national.csv"), name: "national.csv"), group: group)
  }

  /// design.md section 11: as of 2019 with design factor 2.0, Δ* = 0.41; undetermined at a
  /// tolerance of 0.3, barely "stagnant" at the 0.416 that a 1 % target by 2025 gives.
  @Test func plateauUntilTwentyNineteenIsBarelyShown() throws {
    let seen = try series().seen(.year(2019))
    #expect(seen.observations.map(\.year) == [2012, 2015, 2018, 2019])
    let usual = try seen.stagnation(
      settings: BreakSettings(target: 1, deadline: 2025, since: 2015))
    #expect(usual.label == .stagnant && usual.stagnation == .shown && !usual.additiveCounts)
    #expect((usual.pace[0].smallestTolerance - 0.41).magnitude < 0.005)
    #expect((try #require(usual.tolerance).value - 0.416).magnitude < 0.0005)
    #expect(usual.errors == .approximate && usual.leftOut.map(\.reason).contains(.beforeSince))
    let strict = try seen.stagnation(settings: BreakSettings(tolerance: 0.3, since: 2015))
    #expect(strict.label == .undetermined && strict.stagnation == .possible)
  }

  /// Without the figure of 2018, which was worked out from another, two years are left.
  @Test func withoutTheDerivedFigureNothingIsShown() throws {
    let seen = try series().seen(.year(2019)).withoutDerived
    let result = try seen.stagnation(
      settings: BreakSettings(target: 1, deadline: 2025, since: 2015))
    #expect(result.label == .undetermined && result.yearsMissing == 1)
  }

  @Test func newInterviewModeIsNotJoinedSilently() throws {
    let seen = try series().seen(.year(2024))
    #expect(
      faults { try seen.stagnation(settings: BreakSettings()) }?.map(\.code) == [.methodsDiffer])
    let joined = try seen.stagnation(
      settings: BreakSettings(target: 1, deadline: 2030, since: 2015, methods: .offset))
    #expect(joined.level?.from == 2023)
  }

  @Test func riskModelIsSyntheticAndSaysSo() throws {
    let model = try RiskModel(
      json: JSONDocument(bytes: bytes("risk/model.json"), name: "model.json"))
    #expect(model.isSynthetic && model.definition == group)
    // Expected signs, mirti-method.md section 2: rural +, illiteracy +, unmet needs +, HDI −.
    let signs = Dictionary(uniqueKeysWithValues: model.terms.map { ($0.name, $0.beta > 0) })
    #expect(signs["rural_pct"] == true && signs["illiteracy_pct"] == true)
    #expect(signs["unmet_needs_pct"] == true && signs["hdi"] == false)
  }
}
