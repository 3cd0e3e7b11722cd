// Quiebre · Reports
// How past projections would have fared, and whether calibration finds what it should.
// SPDX-License-Identifier: Apache-2.0

public import LaborModel
public import Statistics

/// What `quiebre hindcast` found.
public struct HindcastReport: Hashable, Sendable {
  /// Who forecasts.
  public enum Forecaster: String, CaseIterable, Hashable, Sendable {
    /// The simulator with the base year's money kept.
    case baseline
    /// The simulator with the scenario's money: only where it is asked as of its own date.
    case scenario
    case lastValue = "last_value"
    case straightLine = "straight_line"
    case constantRate = "constant_rate"
  }

  /// One published figure that came later; percent and points.
  public struct Row: Hashable, Sendable {
    public let observation: Observation
    public let scores: [Forecaster: ForecastScore]

    public init(observation: Observation, scores: [Forecaster: ForecastScore]) {
      self.observation = observation
      self.scores = scores
    }
  }

  /// What was projected as of one year.
  public struct View: Hashable, Sendable {
    public let asOf: Int
    public let since: Int
    /// Published figures that weighed the draws, and how many equal draws they left.
    public let figuresKnown: Int
    public let effectiveDraws: Double
    public let rows: [Row]

    public init(
      asOf: Int, since: Int, figuresKnown: Int, effectiveDraws: Double, rows: [Row]
    ) {
      self.asOf = asOf
      self.since = since
      self.figuresKnown = figuresKnown
      self.effectiveDraws = effectiveDraws
      self.rows = rows
    }
  }

  public let scenario: String
  public let series: String
  public let replicas: Int
  public let seed: UInt64
  public let views: [View]
  public let selfCheck: SelfCheck?

  public init(
    scenario: String, series: String, replicas: Int, seed: UInt64, views: [View],
    selfCheck: SelfCheck?
  ) {
    self.scenario = scenario
    self.series = series
    self.replicas = replicas
    self.seed = seed
    self.views = views
    self.selfCheck = selfCheck
  }
}

extension HindcastReport {
  /// Which figures a summary counts.
  enum Selection: String, CaseIterable {
    case all
    case withoutShocks = "without_shocks"
    case withoutDerived = "without_derived"

    func takes(_ row: Row) -> Bool {
      switch self {
      case .all: true
      case .withoutShocks: !row.observation.isShock
      case .withoutDerived: !row.observation.isDerived
      }
    }
  }

  /// One forecaster over the figures that it has a forecast for.
  struct Summary {
    let forecaster: Forecaster
    let scores: ForecastSummary
    /// Against the last value over the same figures.
    let skill: Double?
  }

  /// The selections that differ from all figures, with all first.
  var selections: [Selection] {
    let rows = views.flatMap(\.rows)
    return Selection.allCases.filter { selection in
      selection == .all
        || (rows.contains { !selection.takes($0) } && rows.contains(where: selection.takes))
    }
  }

  func summaries(_ selection: Selection) -> [Summary] {
    let rows = views.flatMap(\.rows).filter(selection.takes)
    return Forecaster.allCases.compactMap { forecaster in
      let own = rows.filter { $0.scores[forecaster] != nil }
      guard let scores = ForecastSummary(own.compactMap { $0.scores[forecaster] }) else {
        return nil
      }
      let reference = ForecastSummary(own.compactMap { $0.scores[.lastValue] })
      return Summary(
        forecaster: forecaster, scores: scores, skill: reference.map(scores.skill(against:)))
    }
  }

  /// The verdict on ranks: one test for each quantity, of the posterior and of a narrowed one.
  var rankTests: [(name: String, right: RankTest, narrowed: RankTest)] {
    guard let selfCheck else { return [] }
    let bins = 20
    return selfCheck.quantities.map { quantity in
      (
        quantity.name,
        RankTest(ranks: quantity.ranks, highest: selfCheck.highest, bins: bins),
        RankTest(ranks: quantity.narrowedRanks, highest: selfCheck.highest, bins: bins)
      )
    }
  }

  /// Below this p-value ranks aren't uniform: 1 % shared among the quantities (Bonferroni).
  var rankLimit: Double { 0.01 / Double(max(1, rankTests.count)) }

  /// Whether the right posterior passes and the narrowed one is found out; `nil` = not asked.
  public var passesSelfCheck: Bool? {
    guard selfCheck != nil else { return nil }
    return rankTests.allSatisfy { $0.right.pValue >= rankLimit }
      && rankTests.contains { $0.narrowed.pValue < rankLimit }
  }
}
