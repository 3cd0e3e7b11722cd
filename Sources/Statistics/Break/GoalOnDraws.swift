// Quiebre · Statistics
// Is the goal met, and what pace would it take? (Break-test section 4.)
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A rate target as the projected draws see it; rates are in percent.
public struct GoalOnDraws: Hashable, Sendable {
  /// P(goal): share of draws at or below the target in the deadline year.
  public let probability: DrawnShare
  /// The same for the published figure, if the survey's error is known.
  public let probabilityOfFigure: Double?
  /// r − T in the deadline year, pp: 5, 50 and 95 %.
  public var gap: (p05: Double, p50: Double, p95: Double) { (gap05, gap50, gap95) }
  private let gap05, gap50, gap95: Double
  /// First simulated year at or below the target, and H, the last year looked at.
  public let yearReached: YearDistribution
  public let lastYear: Int

  /// What was counted elsewhere.
  public init(
    probability: DrawnShare, probabilityOfFigure: Double?,
    gap: (p05: Double, p50: Double, p95: Double), yearReached: YearDistribution, lastYear: Int
  ) {
    self.probability = probability
    self.probabilityOfFigure = probabilityOfFigure
    (gap05, gap50, gap95) = gap
    self.yearReached = yearReached
    self.lastYear = lastYear
  }

  /// - Parameters:
  ///   - rates: `[year − firstYear][draw]`, percent.
  ///   - firstYear: The first year of `rates`; the search for the year reached begins after it.
  ///   - target: T, percent.
  ///   - deadline: D, a year of `rates`.
  ///   - weights: One per draw; `nil` = all equal.
  ///   - surveyError: Standard error of the figure of D, pp.
  public init(
    rates: [[Double]], firstYear: Int, target: Double, deadline: Int, weights: [Double]? = nil,
    surveyError: Double? = nil
  ) {
    let final = rates[deadline - firstYear]
    probability = DrawnShare(of: final.map { $0 <= target }, weights: weights)
    probabilityOfFigure = surveyError.map {
      Statistics.probabilityOfFigure(
        atMost: target, rates: final, weights: weights, surveyError: $0)
    }
    let gaps = quantiles(of: final.map { $0 - target }, weights: weights, at: [0.05, 0.5, 0.95])
    (gap05, gap50, gap95) = (gaps[0], gaps[1], gaps[2])
    let years = final.indices.map { draw in
      rates.indices.dropFirst().first { rates[$0][draw] <= target }.map { firstYear + $0 }
    }
    yearReached = YearDistribution(years, weights: weights)
    lastYear = firstYear + rates.count - 1
  }
}

/// The pace that a target needs from the last figure on (break-test section 4).
public enum RequiredPace: Hashable, Sendable {
  case alreadyMet
  /// The deadline isn't after the last figure: P(true rate ≤ T) from the figure and its error.
  case deadlinePassed(probabilityMet: Double?)
  /// pp a year, and AARR in percent a year (`nil` for a target of 0, where it is undefined).
  case needed(linear: Double, reductionRate: Double?)

  /// - Parameters:
  ///   - year: Of the last figure.
  ///   - rate: The last figure, percent.
  ///   - standardError: Its error, pp, if known.
  ///   - target: T, percent.
  ///   - deadline: D.
  public init(
    year: Double, rate: Double, standardError: Double?, target: Double, deadline: Double
  ) {
    let span = deadline - year
    if span <= 0 {
      self = .deadlinePassed(
        probabilityMet: standardError.map {
          normalProbability(atMost: (target - rate) / $0)
        })
    } else if target >= rate {
      self = .alreadyMet
    } else {
      self = .needed(
        linear: (target - rate) / span,
        reductionRate: target > 0 ? -100 * expm1(log(target / rate) / span) : nil)
    }
  }
}

/// AARR, the average annual rate of reduction over a window, percent a year.
///
/// 100·(1 − e^g) with g the slope of ln y on the year by ordinary least squares (UNICEF technical
/// note, 2007). `nil` with fewer than two figures or a rate of 0.
public func averageAnnualReduction(_ figures: [(year: Double, rate: Double)]) -> Double? {
  guard figures.count >= 2, figures.allSatisfy({ $0.rate > 0 }) else { return nil }
  let center = figures.map(\.year).reduce(0, +) / Double(figures.count)
  guard
    let fit = LeastSquares(
      columns: [figures.map { _ in 1 }, figures.map { $0.year - center }],
      response: figures.map { log($0.rate) }, weights: figures.map { _ in 1 })
  else { return nil }
  return -100 * expm1(fit.coefficients[1])
}

/// Years until the target if the current AARR lasted: ln(T/y)/ln(1 − AARR/100).
///
/// `nil`: never at this pace, or a target of 0.
public func yearsToTarget(_ target: Double, from rate: Double, reductionRate: Double) -> Double? {
  guard target < rate else { return 0 }
  guard target > 0, reductionRate > 0, reductionRate < 100 else { return nil }
  return log(target / rate) / log1p(-reductionRate / 100)
}
