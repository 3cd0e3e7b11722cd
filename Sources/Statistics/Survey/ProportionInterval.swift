// Quiebre · Statistics
// Confidence intervals of a proportion: logit, Korn-Graubard, Wilson, Clopper-Pearson, linear.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// How the interval of a proportion is made.
public enum ProportionMethod: String, CaseIterable, Hashable, Sendable {
  /// Symmetric on the logit scale, by t: stays inside 0…1.
  case logit
  /// Korn and Graubard (1998): Clopper-Pearson with the effective sample size; for rare outcomes.
  case beta
  /// Wilson (1927) with the effective sample size.
  case wilson
  /// Estimate ± t·standard error; also what means, ratios and totals have.
  case linear
}

/// The interval of a proportion from a complex sample.
///
/// The effective sample size of `beta` and `wilson` is p(1 − p)/se², times (t₍ₙ₋₁₎/t₍df₎)², at most the
/// number of cases (Parker and others 2017, National Center for Health Statistics). With 0 or all hits
/// it is the number of cases, and `logit` and `linear`, which then have no width, give way to `beta`.
public func proportionInterval(
  share: Double, standardError: Double, cases: Double, degreesOfFreedom: Double, level: Double,
  method: ProportionMethod
) -> SurveyEstimate.Interval {
  let isInside = share > 0 && share < 1
  let tail = 0.5 + level / 2
  let t = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(tail)
  switch method {
  case .linear where isInside:
    return .init(
      low: share - t * standardError, high: share + t * standardError, method: method)
  case .logit where isInside:
    let half = t * standardError / (share * (1 - share))
    return .init(
      low: logistic(logit(share) - half), high: logistic(logit(share) + half), method: method)
  case .wilson:
    let count = effectiveCases(share, standardError, cases, t, tail)
    let ends = wilsonInterval(share: share, count: count, level: level)
    return .init(low: ends.low, high: ends.high, method: method)
  case .linear, .logit, .beta:
    let count = effectiveCases(share, standardError, cases, t, tail)
    let ends = clopperPearsonInterval(hits: count * share, count: count, level: level)
    return .init(low: ends.low, high: ends.high, method: .beta)
  }
}

private func effectiveCases(
  _ share: Double, _ standardError: Double, _ cases: Double, _ t: Double, _ tail: Double
) -> Double {
  guard share > 0, share < 1, standardError > 0, cases > 1 else { return max(cases, 1) }
  let simple = StudentT(degreesOfFreedom: cases - 1).quantile(tail)
  let count = share * (1 - share) / (standardError * standardError) * (simple / t) * (simple / t)
  return min(count, cases)
}

/// The interval of Wilson (1927) for a share of `count` trials, which need not be whole.
public func wilsonInterval(
  share: Double, count: Double, level: Double
) -> (low: Double, high: Double) {
  let z = normalQuantile(0.5 + level / 2)
  let square = z * z / count
  let center = (share + square / 2) / (1 + square)
  let half =
    z / (1 + square) * (share * (1 - share) / count + square / (4 * count)).squareRoot()
  return (share <= 0 ? 0 : max(0, center - half), share >= 1 ? 1 : min(1, center + half))
}

/// The exact interval of Clopper and Pearson (1934) by quantiles of the beta distribution.
///
/// - Parameters:
///   - hits: In 0…`count`; neither need be whole.
///   - count: Positive.
///   - level: In 0…1.
/// - Returns: The ends, in 0…1.
public func clopperPearsonInterval(
  hits: Double, count: Double, level: Double
) -> (low: Double, high: Double) {
  let tail = (1 - level) / 2
  return (
    hits <= 0 ? 0 : betaQuantile(tail, hits, count - hits + 1),
    hits >= count ? 1 : betaQuantile(1 - tail, hits + 1, count - hits)
  )
}
