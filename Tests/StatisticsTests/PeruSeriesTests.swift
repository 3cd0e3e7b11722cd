// Quiebre · StatisticsTests
// Peru's own series, group A: what it shows and what it doesn't (design.md section 11, issue 5).
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Peru's series under the break test")
struct PeruSeriesTests {
  /// Group A of the embedded series; 2018 and 2023 are derived.
  ///
  /// Errors from n = 26,000 and a design factor of 2.0: 100·2·√(p(1 − p)/26000).
  static let rows: [Observation] = [
    (2012.0, 31.7, "face_to_face"), (2015, 26.4, "face_to_face"), (2018, 26.1, "face_to_face"),
    (2019, 25.97, "face_to_face"), (2023, 24.7, "mixed"), (2024, 22.6, "mixed"),
  ].map { (year: Double, rate: Double, method: String) in
    let share = rate / 100
    return Observation(
      year: year, rate: rate,
      standardError: 100 * 2 * (share * (1 - share) / 26_000).squareRoot(),
      errorIsApproximate: true, method: method, isDerived: year == 2018 || year == 2023)
  }

  private func until(_ year: Double, withDerived: Bool) -> [Observation] {
    Self.rows.filter { $0.year <= year && (withDerived || !$0.isDerived) }
  }

  /// By hand with equal errors s: SE = s/√Σ(t − t̄)², Δ* = |B| + 1.645·SE.
  ///
  /// With 2018: t̄ = 2017.33, Σ = 8.667, B = −0.103, SE = 0.185 → 0.407.
  /// The default tolerance is 0.1·(25.97 − 1)/(2025 − 2019) = 0.41617.
  @Test func untilTwentyNineteenItIsUndeterminedOrOnlyJustStagnant() throws {
    let rows = until(2019, withDerived: true)
    let given = try testStagnation(
      rows, settings: BreakSettings(target: 1, deadline: 2025, tolerance: 0.3, since: 2015))
    #expect(given.label == .undetermined && given.stagnation == .possible)
    #expect((try #require(given.smallestTolerance) - 0.41).magnitude < 0.005)
    let standard = try testStagnation(
      rows, settings: BreakSettings(target: 1, deadline: 2025, since: 2015))
    #expect((try #require(standard.tolerance?.value) - 0.41617).magnitude < 5e-6)
    #expect(standard.label == .stagnant && standard.stagnation == .shown)
    #expect(standard.smallestTolerance == given.smallestTolerance)
    #expect(given.errors == .approximate && !given.additiveCounts)
  }

  /// Two figures from 2015 on are fewer than the three that any label asks for.
  @Test func withoutDerivedRowsNothingIsShown() throws {
    let result = try testStagnation(
      until(2019, withDerived: false),
      settings: BreakSettings(target: 1, deadline: 2025, since: 2015))
    #expect(result.label == .undetermined && result.yearsMissing == 1)
    #expect(result.used.map(\.year) == [2015, 2019] && result.stagnation == .possible)
  }

  /// NumPy 2.4.6 and scipy 1.17.1: inverse-variance means 26.1559 ± 0.3147 and 26.1839 ± 0.3856,
  /// 2024 22.6 ± 0.5188.
  @Test(arguments: [(true, 2.5578328122884644), (false, 2.520686528268374)])
  func fallOfTwentyTwentyFourNeedsAMethodEffectOf2Point6(
    withDerived: Bool, effect: Double
  ) throws {
    let settings = BreakSettings(target: 1, deadline: 2025, since: 2015, methods: .offset)
    let result = try testStagnation(until(2024, withDerived: withDerived), settings: settings)
    let tipping = try #require(result.tipping)
    #expect((tipping.effect - effect).magnitude < 1e-9)
    #expect(tipping.isNeeded && tipping.year == 2024 && tipping.from == 2015)
    #expect(tipping.to == 2019 && tipping.older == "face_to_face" && tipping.newer == "mixed")
    #expect(tipping.yearsBefore == (withDerived ? 3 : 2))
    #expect(tipping.yearsAfter == (withDerived ? 2 : 1))
    #expect(result.comparable.allSatisfy { $0.method == "mixed" })
  }

  @Test func oneMethodHasNoTippingPoint() throws {
    let result = try testStagnation(
      until(2019, withDerived: true), settings: BreakSettings(since: 2015))
    #expect(result.tipping == nil && result.offsets.isEmpty && result.comparable == result.used)
  }

  @Test func twoMethodsAreNeverJoinedUnasked() {
    #expect(throws: SeriesFaults.self) {
      try testStagnation(Self.rows, settings: BreakSettings(since: 2015))
    }
  }

  /// The offset takes the whole step of a method: by hand from 20, 20 and 17, 17 with equal errors
  /// it is +3 and its error √(Σ…): level difference at equal slope, checked by shifting.
  @Test func offsetIsWhatSeparatesTheMethods() throws {
    let rows = [(2015.0, 20.0, "old"), (2016, 20, "old"), (2017, 17, "new"), (2018, 17, "new")]
      .map { Observation(year: $0.0, rate: $0.1, standardError: 0.5, method: $0.2) }
    let result = try testStagnation(
      rows, settings: BreakSettings(tolerance: 0.3, since: 2015, methods: .offset))
    let offset = try #require(result.offsets.first)
    #expect(offset.method == "old" && (offset.value - 3).magnitude < 1e-12)
    // Slope within methods: Σ = 2·0.5 = 1, var(b) = 0.25; offset = ȳ_old − ȳ_new + 2b, so its
    // variance is 0.125 + 0.125 + 4·0.25 = 1.25.
    #expect((offset.standardError - 1.118033988749895).magnitude < 1e-12)
  }
}
