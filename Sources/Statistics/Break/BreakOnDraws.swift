// Quiebre · Statistics
// Does the stagnation break? Counted on projected draws (break-test section 3).
// SPDX-License-Identifier: Apache-2.0

import Compute

/// When a projected rate, in percent, counts as having left its plateau.
public struct BreakRule: Hashable, Sendable {
  /// Δ, pp a year.
  public var tolerance: Double
  /// m: years of sustained fall.
  public var persistence: Int
  /// D: the fall must be confirmed by this year.
  public var deadline: Int

  public init(tolerance: Double, persistence: Int = 2, deadline: Int) {
    precondition(persistence >= 1, "a fall lasts at least one year")
    self.tolerance = tolerance
    self.persistence = persistence
    self.deadline = deadline
  }
}

/// The plateau L that a rate must get below.
public enum Plateau: Hashable, Sendable {
  /// The level of the observed series, percent.
  case observed(Double)
  /// Each draw's own rate in the first year: for areas without a series of their own.
  case firstYear
}

/// Comparisons carry this slack, pp, so that equal rates compare equal after rounding.
private let slack = 1e-9

/// The break year of each draw, and whether the draw came back later.
public struct BreakYears: Hashable, Sendable {
  /// First year of the sustained fall, one per draw; `nil` = no break by the deadline.
  public let years: [Int?]
  /// Whether the rate rose above L − mΔ again after confirmation, by the deadline.
  public let relapsed: [Bool]

  /// Finds the first year t > t₀ with t + m − 1 ≤ D, a fall of Δ in each of t...t + m − 1, and a
  /// rate at or below L − mΔ in the last of them.
  ///
  /// - Parameters:
  ///   - rates: `[year − firstYear][draw]`, percent; `firstYear` is t₀, the base.
  ///   - firstYear: The first year of `rates`.
  ///   - rule: Tolerance, persistence, deadline.
  ///   - plateau: L.
  /// - Complexity: O(years × draws).
  public init(rates: [[Double]], firstYear: Int, rule: BreakRule, plateau: Plateau) {
    let last = min(rates.count - 1, rule.deadline - firstYear)
    let draws = rates.first?.count ?? 0
    var years = [Int?](repeating: nil, count: draws)
    var relapsed = [Bool](repeating: false, count: draws)
    let depth = Double(rule.persistence) * rule.tolerance
    for draw in 0..<draws {
      let limit =
        switch plateau {
        case .observed(let level): level - depth + slack
        case .firstYear: rates[0][draw] - depth + slack
        }
      var fallsInARow = 0
      for year in stride(from: 1, through: last, by: 1) {
        let rate = rates[year][draw]
        if years[draw] != nil {
          if rate > limit { relapsed[draw] = true }
          continue
        }
        let falls = rate - rates[year - 1][draw] <= -rule.tolerance + slack
        fallsInARow = falls ? fallsInARow + 1 : 0
        if fallsInARow >= rule.persistence, rate <= limit {
          years[draw] = firstYear + year - rule.persistence + 1
        }
      }
    }
    self.years = years
    self.relapsed = relapsed
  }

  /// Which draws break.
  public var breaks: [Bool] { years.map { $0 != nil } }

  /// P(break by D).
  public func probability(weights: [Double]? = nil) -> DrawnShare {
    DrawnShare(of: breaks, weights: weights)
  }

  /// Share of draws that break and come back.
  public func relapses(weights: [Double]? = nil) -> DrawnShare {
    DrawnShare(of: relapsed, weights: weights)
  }

  /// When the first break comes; one class is "not by the deadline".
  public func distribution(weights: [Double]? = nil) -> YearDistribution {
    YearDistribution(years, weights: weights)
  }
}

/// How draws spread over the years in which something first happens.
public struct YearDistribution: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let year: Int
    public let share: Double

    public init(year: Int, share: Double) {
      self.year = year
      self.share = share
    }
  }

  /// Ascending, only years that occur.
  public let entries: [Entry]
  /// Share of draws in which it doesn't happen.
  public let never: Double
  /// The smallest year by which at least half the draws are there.
  public let median: Int?

  public init(_ years: [Int?], weights: [Double]? = nil) {
    var totals: [Int: Double] = [:]
    var (missing, whole) = (0.0, 0.0)
    for (draw, year) in years.enumerated() {
      let weight = weights?[draw] ?? 1
      whole += weight
      if let year { totals[year, default: 0] += weight } else { missing += weight }
    }
    self.init(
      entries: totals.sorted { $0.key < $1.key }
        .map { Entry(year: $0.key, share: $0.value / whole) }, never: missing / whole)
  }

  /// Years in ascending order with their shares, and the share of draws in none of them.
  public init(entries: [Entry], never: Double) {
    self.entries = entries
    self.never = never
    var reached = 0.0
    var median: Int?
    for entry in entries {
      reached += entry.share
      // Half up to rounding: sums of weights may miss it by a few units.
      if reached >= 0.5 - 1e-12 {
        median = entry.year
        break
      }
    }
    self.median = median
  }
}

/// A scenario against the baseline, draw by draw.
public struct PairedShares: Hashable, Sendable {
  /// Shares of draws: yes in both, only in the scenario, only in the baseline, in neither.
  public let both: Double
  public let onlyScenario: Double
  public let onlyBaseline: Double
  public let neither: Double
  public let effectiveDraws: Double

  /// - Parameters:
  ///   - scenario: One per draw.
  ///   - baseline: The same draws without the new money.
  ///   - weights: One per draw; `nil` = all equal.
  public init(scenario: [Bool], baseline: [Bool], weights: [Double]? = nil) {
    precondition(scenario.count == baseline.count, "the same draws in both")
    func share(_ test: (Bool, Bool) -> Bool) -> Double {
      DrawnShare(of: zip(scenario, baseline).map { test($0, $1) }, weights: weights).estimate
    }
    both = share { $0 && $1 }
    onlyScenario = share { $0 && !$1 }
    onlyBaseline = share { !$0 && $1 }
    neither = share { !$0 && !$1 }
    effectiveDraws = weights.map(effectiveSampleSize) ?? Double(scenario.count)
  }

  /// Shares counted elsewhere; they sum to 1.
  public init(
    both: Double, onlyScenario: Double, onlyBaseline: Double, neither: Double,
    effectiveDraws: Double
  ) {
    self.both = both
    self.onlyScenario = onlyScenario
    self.onlyBaseline = onlyBaseline
    self.neither = neither
    self.effectiveDraws = effectiveDraws
  }

  /// ΔP: what the scenario adds.
  public var difference: Double { onlyScenario - onlyBaseline }

  /// Monte-Carlo standard error of ΔP.
  public var standardError: Double {
    let spread = onlyScenario + onlyBaseline - difference * difference
    return (max(0, spread) / effectiveDraws).squareRoot()
  }
}

/// The mean of a paired difference of draws and its Monte-Carlo standard error.
///
/// - Parameters:
///   - scenario: One number per draw.
///   - baseline: The same draws without the new money.
///   - weights: One per draw; `nil` = all equal.
/// - Returns: Mean, and √(variance/N) with N − 1 in the variance (effective N under weights).
public func pairedDifference(
  scenario: [Double], baseline: [Double], weights: [Double]? = nil
) -> (mean: Double, standardError: Double) {
  let differences = zip(scenario, baseline).map { $0 - $1 }
  let center = mean(of: differences, weights: weights)
  let squares = differences.map { ($0 - center) * ($0 - center) }
  let count = weights.map(effectiveSampleSize) ?? Double(differences.count)
  guard count > 1 else { return (center, 0) }
  return (center, (mean(of: squares, weights: weights) / (count - 1)).squareRoot())
}

/// P(detect), the chance that the survey of the deadline year is seen as a fall from the plateau.
///
/// - Parameters:
///   - rates: The true rate of the deadline year, percent; one per draw.
///   - weights: One per draw; `nil` = all equal.
///   - level: L, percent, and its standard error.
///   - levelError: Standard error of L, pp.
///   - surveyError: s_D, pp; positive.
/// - Returns: The mean over draws of Φ((L − z₀.₉₅·√(s_D² + s_L²) − r)/s_D).
public func probabilityOfDetection(
  rates: [Double], weights: [Double]? = nil, level: Double, levelError: Double, surveyError: Double
) -> Double {
  let threshold = fallThreshold(level: level, levelError: levelError, surveyError: surveyError)
  return probabilityOfFigure(
    atMost: threshold, rates: rates, weights: weights, surveyError: surveyError)
}

/// The probability that the published figure, true rate and sampling error, lies at or below a rate.
public func probabilityOfFigure(
  atMost limit: Double, rates: [Double], weights: [Double]? = nil, surveyError: Double
) -> Double {
  mean(
    of: rates.map { normalProbability(atMost: (limit - $0) / surveyError) }, weights: weights)
}
