// Quiebre · StatisticsTests
// The Bayesian second opinion against dense normal laws, and against its own limits.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Bayesian second opinion")
struct SecondOpinionTests {
  private func opinion(
    _ series: [Observation] = StagnationTests.invented, since: Double? = nil,
    prior: PriorBelief = PriorBelief()
  ) throws -> SecondOpinion? {
    var settings = BreakSettings(target: 12, deadline: 2024, tolerance: 0.3, since: since)
    settings.prior = prior
    return try testStagnation(series, settings: settings).opinion
  }

  /// NumPy 2.4.6 and scipy 1.17.1: `multivariate_normal(m0, diag(s²) + X S0 X').logpdf(y)` for each
  /// model, posteriors by the full matrices K = S0 X' V⁻¹.
  @Test func workedExampleMeetsDenseNormalLaws() throws {
    let found = try #require(try opinion())
    let expected: [(Double?, Double, Double, Double)] = [
      (nil, 0.000740548584291416, -0.502323782122244, 0.06868377913646483),
      (2012, 0.0786190610304955, -0.23785023176772713, 0.09670162139026771),
      (2013, 0.7428922550221566, -0.05086692288783623, 0.1220477950969903),
      (2014, 0.17033766270420206, 0.10064625236906566, 0.16089523270661107),
      (2015, 0.007410472658854331, 0.24970858496598114, 0.24151429178914702),
    ]
    #expect(found.models.map(\.joinpoint) == expected.map(\.0))
    for (model, row) in zip(found.models, expected) {
      #expect((model.probability - row.1).magnitude < 1e-9)
      #expect((model.mean - row.2).magnitude < 1e-9)
      #expect((model.standardDeviation - row.3).magnitude < 1e-9)
    }
    #expect((try #require(found.joinpoint) - 0.9992594514157085).magnitude < 1e-9)
    #expect((found.falling - 0.03768146688690439).magnitude < 1e-9)
    #expect((found.rising - 0.02293541987229073).magnitude < 1e-9)
    #expect((found.stagnant - 0.9393831132408048).magnitude < 1e-9)
    #expect((found.mean + 0.037865894073298274).magnitude < 1e-9)
    #expect((found.standardDeviation - 0.15477996401062685).magnitude < 1e-9)
  }

  @Test func yearFixedInAdvanceLeavesOneModel() throws {
    let found = try #require(try opinion(since: 2013))
    #expect(found.models.map(\.joinpoint) == [2013] && found.joinpoint == nil)
    #expect(found.models[0].probability == 1)
    let searched = try #require(try opinion())
    #expect(found.models[0].mean == searched.models[2].mean)
  }

  /// With beliefs so wide that they say nothing the one model is the least-squares fit.
  @Test func vagueBeliefsGiveTheLeastSquaresSlope() throws {
    var vague = PriorBelief()
    (vague.levelSpread, vague.paceSpread) = (1e5, 1e5)
    let found = try #require(try opinion(since: 2013, prior: vague))
    #expect((found.mean + 0.0278).magnitude < 5e-5)
    #expect((found.standardDeviation - 0.1238).magnitude < 5e-5)
  }

  @Test func shortAndErrorlessSeriesHaveNoOpinionOnBends() throws {
    let short = try #require(try opinion(Array(StagnationTests.invented.suffix(5))))
    #expect(short.models.map(\.joinpoint) == [nil] && short.joinpoint == nil)
    var unknown = StagnationTests.invented
    unknown[0].standardError = nil
    #expect(try opinion(unknown) == nil)
  }
}
