// Quiebre · Statistics
// How well-known trackers of the SDGs would rate the same two figures, each by its own rule.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// One tracker's answer; they often disagree, so all are printed.
public struct TrackerRating: Hashable, Sendable {
  public enum Tracker: String, CaseIterable, Hashable, Sendable {
    /// UN SDG Progress Chart 2023: share of the straight path from the base year; 0.95, 0.10.
    case progressChart
    /// Open SDG: ratio of compound growth rates, actual to required; 0.95, 0.60, 0.
    case openSDG
    /// Four arrows: linear pace against the needed one; 1, 0.5, 0.
    case fourArrows
    /// UNICEF: current AARR against the one required from now on; 1, 0.
    case reductionRate
  }

  public enum Rating: String, CaseIterable, Hashable, Sendable {
    case onTrack
    case moderate
    case insufficient
    /// Stagnation or regression, by the Progress Chart.
    case stagnation
    case deterioration
    case alreadyMet
  }

  public let tracker: Tracker
  /// The number that the rule cuts; `nil` where it is undefined.
  public let measure: Double?
  public let rating: Rating?
}

/// What the trackers say of a fall from `base` to `now` against a target.
///
/// - Parameters:
///   - base: Year and rate of the base figure (2015 in the Progress Chart), percent.
///   - now: Year and rate of the last figure, later than `base`.
///   - target: T, percent.
///   - deadline: D, later than `base`.
/// - Returns: One row per tracker, in their order.
public func trackerTable(
  base: (year: Double, rate: Double), now: (year: Double, rate: Double), target: Double,
  deadline: Double
) -> [TrackerRating] {
  let met = now.rate <= target
  func row(
    _ tracker: TrackerRating.Tracker, _ measure: Double?,
    _ cuts: [(Double, TrackerRating.Rating)], below: TrackerRating.Rating
  ) -> TrackerRating {
    guard !met else {
      return TrackerRating(tracker: tracker, measure: measure, rating: .alreadyMet)
    }
    let rating = measure.map { value in cuts.first { value >= $0.0 }?.1 ?? below }
    return TrackerRating(tracker: tracker, measure: measure, rating: rating)
  }
  let elapsed = now.year - base.year
  let needed = (base.rate - target) / (deadline - base.year)
  let share = needed > 0 && elapsed > 0 ? (base.rate - now.rate) / elapsed / needed : nil
  return [
    row(
      .progressChart, share, [(0.95, .onTrack), (0.10, .moderate)], below: .stagnation),
    row(
      .openSDG, growthRatio(base, now, target, deadline),
      [(0.95, .onTrack), (0.60, .moderate), (0, .insufficient)], below: .deterioration),
    row(
      .fourArrows, share, [(1, .onTrack), (0.5, .moderate), (0, .insufficient)],
      below: .deterioration),
    row(
      .reductionRate, reductionRatio(base, now, target, deadline),
      [(1, .onTrack), (0, .insufficient)], below: .deterioration),
  ]
}

/// ((y/y₀)^(1/t) − 1)/((T/y₀)^(1/(D − t₀)) − 1).
private func growthRatio(
  _ base: (year: Double, rate: Double), _ now: (year: Double, rate: Double), _ target: Double,
  _ deadline: Double
) -> Double? {
  guard target > 0, target < base.rate, now.rate > 0, now.year > base.year else { return nil }
  let actual = expm1(log(now.rate / base.rate) / (now.year - base.year))
  return actual / expm1(log(target / base.rate) / (deadline - base.year))
}

/// AARR from base to now over the AARR required from now to the deadline.
private func reductionRatio(
  _ base: (year: Double, rate: Double), _ now: (year: Double, rate: Double), _ target: Double,
  _ deadline: Double
) -> Double? {
  guard target > 0, target < now.rate, now.year > base.year, deadline > now.year else { return nil }
  let actual = expm1(log(now.rate / base.rate) / (now.year - base.year))
  return actual / expm1(log(target / now.rate) / (deadline - now.year))
}
