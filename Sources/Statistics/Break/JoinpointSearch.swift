// Quiebre · Statistics
// Where the pace of a series changes, if it does: search and test (break-test 2.2 and 2.3).
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The search for joinpoints in one series, and what its tests say.
public struct JoinpointSearch: Hashable, Sendable {
  public struct Candidate: Hashable, Sendable {
    public let year: Double
    /// Q₁: weighted sum of squares with the joinpoint there.
    public let sumOfSquares: Double
  }

  /// Q₀: the line without a joinpoint.
  public let lineSumOfSquares: Double
  /// Every single joinpoint tried, by year.
  public let candidates: [Candidate]
  /// Years that can't be told from a method offset, and were dropped.
  public let inseparable: [Double]
  /// The single joinpoint with the smallest Q₁; the earliest of equals.
  public let best: Candidate
  /// Years whose Q₁ is within 3.84 of the smallest.
  public let plausible: [Double]
  /// Q₀ − Q₁.
  public let likelihoodRatio: Double
  /// 95 % point of the same under a straight line; `nil` if errors are unknown.
  public let criticalValue: Double?
  public let samplingP: Double?
  public let permutationP: Double
  /// How many orders were tried, and whether these were all there are.
  public let permutations: Int
  public let isExact: Bool
  /// Whether no p-value is above alpha.
  public let isSupported: Bool
  /// The joinpoint model meets every figure: no criterion with a logarithm applies.
  public let isPerfectFit: Bool
  /// BIC3 of 0, 1, 2, … joinpoints; empty where one is the most allowed or fits perfectly.
  public let bic3: [Double]
  /// The milder BIC of the same models, with 2k + 2 in place of 3k + 2: shown, never decides.
  public let bic: [Double]
  /// The joinpoints of the model that the verdict rests on: none unless supported.
  public let chosen: [Double]
}

extension JoinpointSearch {
  /// Kim and others (2000): how many joinpoints a series of this length may show.
  static func mostAllowed(count: Int) -> Int {
    switch count {
    case ..<7: 0
    case 7...11: 1
    case 12...16: 2
    default: 3
    }
  }

  /// Searches and tests, or gives `nil` where the series is too short or singular.
  init?(_ series: KeptSeries, settings: BreakSettings) {
    let allowed = Self.mostAllowed(count: series.count)
    let most = min(settings.maximumJoinpoints ?? allowed, allowed)
    guard most > 0, series.count >= 7, let line = series.fit(joinpoints: []) else { return nil }
    let tried = series.candidates(side: settings.side)
      .map { (year: $0, fit: series.fit(joinpoints: [$0])) }
    candidates = tried.compactMap { row in
      row.fit.map { Candidate(year: row.year, sumOfSquares: $0.sumOfSquares) }
    }
    inseparable = tried.filter { $0.fit == nil }.map(\.year)
    guard let best = Self.smallest(candidates) else { return nil }
    self.best = best
    let limit = best.sumOfSquares + 3.84 * Self.unit(series, best)
    plausible = candidates.filter { $0.sumOfSquares <= limit }.map(\.year)
    lineSumOfSquares = line.sumOfSquares

    let test = JoinpointTest(series, line: line, candidates: candidates.map(\.year), settings)
    likelihoodRatio = test.likelihoodRatio
    (samplingP, criticalValue) = (test.samplingP, test.criticalValue)
    (permutationP, permutations, isExact) = test.permutation
    isPerfectFit = test.isPerfectFit
    let isSupported = max(samplingP ?? 0, permutationP) <= settings.alpha
    self.isSupported = isSupported
    (bic3, bic, chosen) = Self.choose(
      series, most: isPerfectFit ? 1 : most, line: line, best: best, isSupported: isSupported,
      settings)
  }

  /// What one unit of a sum of squares is worth: 1 where errors are known, else the variance that
  /// the best fit leaves.
  private static func unit(_ series: KeptSeries, _ best: Candidate) -> Double {
    guard series.errors == nil else { return 1 }
    return best.sumOfSquares / Double(max(1, series.count - 4 - series.offsets.count))
  }

  /// Ties, up to rounding, go to the earliest year.
  private static func smallest(_ candidates: [Candidate]) -> Candidate? {
    guard var best = candidates.first else { return nil }
    for next in candidates.dropFirst()
    where next.sumOfSquares < best.sumOfSquares - 1e-10 * best.sumOfSquares {
      best = next
    }
    return best
  }

  /// More than one joinpoint: the number with the smallest BIC3 (Kim and others 2022).
  private static func choose(
    _ series: KeptSeries, most: Int, line: LeastSquares, best: Candidate, isSupported: Bool,
    _ settings: BreakSettings
  ) -> (bic3: [Double], bic: [Double], chosen: [Double]) {
    let single = isSupported ? [best.year] : []
    guard most > 1 else { return ([], [], single) }
    let n = Double(series.count)
    func criterion(_ sum: Double, _ parameters: Int) -> Double {
      sum > 0 ? log(sum / n) + Double(parameters) * log(n) / n : -.infinity
    }
    var sums = [line.sumOfSquares, best.sumOfSquares]
    var (chosen, lowest) = (single, criterion(best.sumOfSquares, 5))
    let combinations = JoinpointCombinations(series, line: line, side: settings.side)
    for k in 2...most {
      guard let joinpoints = combinations.best(count: k),
        let sum = series.fit(joinpoints: joinpoints)?.sumOfSquares
      else { break }
      sums.append(sum)
      let value = criterion(sum, 3 * k + 2)
      if isSupported, value < lowest { (chosen, lowest) = (joinpoints, value) }
    }
    return (
      sums.enumerated().map { criterion($1, 3 * $0 + 2) },
      sums.enumerated().map { criterion($1, 2 * $0 + 2) }, chosen
    )
  }
}
