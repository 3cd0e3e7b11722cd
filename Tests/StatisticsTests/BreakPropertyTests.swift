// Quiebre · StatisticsTests
// What must not change the break test, and how its answers must follow what does.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics
import Testing

@Suite("Properties of the break test")
struct BreakPropertyTests {
  /// Made-up series of every length that the table of joinpoints knows.
  static let lengths = [7, 8, 9, 11, 13, 17, 22]

  static func made(_ count: Int, seed: UInt64 = 3) -> [Observation] {
    let field = RandomField(seed: seed)
    return (0..<count).map { row in
      let noise = field.stream(RandomQuantity(rawValue: 900), year: row).normal(0)
      let bend = Double(count / 2)
      let rate = 30 - 1.4 * min(Double(row), bend) + 0.4 * noise
      let error = 0.3 + 0.02 * Double(row % 5)
      return Observation(year: Double(2000 + row), rate: rate, standardError: error)
    }
  }

  private let settings: BreakSettings = {
    var settings = BreakSettings(target: 10, deadline: 2030, tolerance: 0.3)
    settings.nullDraws = 999
    return settings
  }()

  @Test(arguments: lengths)
  func yearsMayBeShifted(count: Int) throws {
    let series = Self.made(count)
    let moved = series.map { row in
      var row = row
      row.year -= 1700
      return row
    }
    var late = settings
    late.deadline = 330
    let (a, b) = try (
      testStagnation(series, settings: settings), testStagnation(moved, settings: late)
    )
    #expect(a.label == b.label && a.stagnation == b.stagnation)
    #expect(a.joinpoints.map { $0 - 1700 } == b.joinpoints)
    #expect(a.search?.samplingP == b.search?.samplingP)
    #expect(a.search?.permutationP == b.search?.permutationP)
    for (x, y) in zip(a.pace, b.pace) {
      #expect(close(x.slope, y.slope, 1e-9) && close(x.standardError, y.standardError, 1e-9))
    }
    #expect(close(a.opinion?.stagnant ?? 1, b.opinion?.stagnant ?? 2, 1e-9))
  }

  /// Rates in per mille with errors, tolerance and beliefs alike: every pace ten times, every
  /// probability the same.
  @Test(arguments: lengths)
  func unitsMayBeScaled(count: Int) throws {
    // Down by a factor of 8, which is exact.
    let series = Self.made(count)
    let small = series.map { row in
      var row = row
      row.rate /= 8
      row.standardError = row.standardError.map { $0 / 8 }
      return row
    }
    var scaled = settings
    scaled.tolerance = 0.3 / 8
    scaled.target = 10.0 / 8
    scaled.prior.levelSpread /= 8
    scaled.prior.paceSpread /= 8
    let (a, b) = try (
      testStagnation(series, settings: settings), testStagnation(small, settings: scaled)
    )
    #expect(a.label == b.label && a.stagnation == b.stagnation && a.joinpoints == b.joinpoints)
    #expect(a.search?.samplingP == b.search?.samplingP)
    #expect(a.search?.permutationP == b.search?.permutationP)
    for (x, y) in zip(a.pace, b.pace) {
      #expect(close(x.slope, 8 * y.slope, 1e-9) && close(x.pStagnant, y.pStagnant, 1e-9))
    }
    #expect(close(a.opinion?.stagnant ?? 1, b.opinion?.stagnant ?? 2, 1e-9))
  }

  /// Read backwards, a bend stays where it was, the paces change places and signs.
  ///
  /// The simulated errors stand at other rows then, so p_sampling moves by its simulation error:
  /// √(2·0.25/999) = 0.022 at most, four of them allowed.
  @Test(arguments: [7, 8, 9, 11])
  func timeMayRunBackwards(count: Int) throws {
    let series = Self.made(count)
    let turned = series.reversed().map { row in
      var row = row
      row.year = 4000 - row.year
      return row
    }
    let (a, b) = try (
      testStagnation(series, settings: settings), testStagnation(turned, settings: settings)
    )
    let (first, second) = (try #require(a.search), try #require(b.search))
    #expect(close(first.lineSumOfSquares, second.lineSumOfSquares, 1e-9))
    #expect(close(first.best.sumOfSquares, second.best.sumOfSquares, 1e-9))
    #expect(first.best.year == 4000 - second.best.year)
    #expect(close(first.samplingP ?? 0, second.samplingP ?? 1, 0.09))
    if first.isExact { #expect(first.permutationP == second.permutationP) }
    // Errors don't turn: the figure at the bend counts for the line before it (break-test 2.4).
    if !a.paceBefore.isEmpty { #expect(close(a.pace[0].slope, -b.paceBefore[0].slope, 1e-9)) }
  }

  @Test(arguments: lengths)
  func laterAndShockFiguresMayHoldAnything(count: Int) throws {
    let series = Self.made(count)
    let clean = try testStagnation(series, settings: settings)
    for rate in [0.5, 55, 99] {
      var shock = series
      shock.append(
        Observation(
          year: Double(2000 + count), rate: rate, standardError: 0.1, method: "x", isShock: true))
      let found = try testStagnation(
        shock,
        leftOut: [
          LeftOut(Observation(year: 2099, rate: rate, standardError: 9), .publishedLater)
        ],
        settings: settings)
      #expect(found.pace == clean.pace && found.search == clean.search)
      #expect(found.level == clean.level && found.opinion == clean.opinion)
      #expect(found.label == clean.label && found.tolerance == clean.tolerance)
    }
  }

  /// A bend needs kept years after it: a shock year there doesn't count (break-test 11).
  @Test func shockAsTheOnlyYearAfterABendIsNoCandidate() throws {
    var series = Self.made(9)
    for index in [7, 8] { series[index].isShock = true }
    let search = try #require(try testStagnation(series, settings: settings).search)
    #expect(search.candidates.map(\.year) == [2002, 2003, 2004])
  }

  @Test func drawsMayBePermuted() {
    let rates = DrawTests.scenario
    let order = [2, 0, 3, 1]
    let mixed = rates.map { year in order.map { year[$0] } }
    let rule = BreakRule(tolerance: 0.3, deadline: 2024)
    let (a, b) = (
      BreakYears(rates: rates, firstYear: 2017, rule: rule, plateau: .observed(18.0956)),
      BreakYears(rates: mixed, firstYear: 2017, rule: rule, plateau: .observed(18.0956))
    )
    #expect(b.years == order.map { a.years[$0] })
    #expect(a.probability() == b.probability() && a.distribution() == b.distribution())
    let goals = [rates, mixed].map {
      GoalOnDraws(rates: $0, firstYear: 2017, target: 15, deadline: 2024, surveyError: 0.4)
    }
    #expect(goals[0].probability == goals[1].probability)
    #expect(goals[0].gap == goals[1].gap && goals[0].yearReached == goals[1].yearReached)
  }

  /// A wider tolerance never turns "stagnant" away, and Δ* is where it begins.
  @Test func widerTolerancesOnlyAddStagnation() throws {
    let series = Self.made(11)
    let edge = try #require(try testStagnation(series, settings: settings).smallestTolerance)
    for (factor, isStagnant) in [(0.5, false), (0.999, false), (1.001, true), (2, true)] {
      var wide = settings
      wide.tolerance = edge * factor
      let found = try testStagnation(series, settings: wide)
      #expect((found.label == .stagnant) == isStagnant)
    }
  }

  @Test func sameSeedSameAnswerAndAnotherSeedOnlyTheSimulatedParts() throws {
    let series = Self.made(13)
    var other = settings
    other.seed = 99
    let (a, b, c) = try (
      testStagnation(series, settings: settings), testStagnation(series, settings: settings),
      testStagnation(series, settings: other)
    )
    #expect(a == b && a.pace == c.pace && a.opinion == c.opinion)
    #expect(a.search?.plausible == c.search?.plausible)
  }

  private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    (a - b).magnitude <= tolerance * max(1, a.magnitude)
  }
}
