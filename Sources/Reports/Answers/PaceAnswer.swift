// Quiebre · Reports
// The pace that a rate target needs, the pace there was, and what trackers say of it.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
public import Statistics

/// Required and current pace of an observed series towards one goal.
///
/// Only figures that may be compared with the last one count: converted by a ratio, or of its method.
public struct PaceAnswer: Sendable {
  /// The last figure: year, rate in percent, error in pp.
  public let last: Observation
  /// T, percent, and D.
  public let limit: Double
  public let deadline: Int
  public let required: RequiredPace
  /// Years of the first and last figure compared, and the AARR between them, percent a year.
  public let window: (from: Double, to: Double)
  public let currentReduction: Double?
  /// Required over current AARR.
  public let acceleration: Double?
  /// Years to the target at the current AARR; `nil` = never at this pace.
  public let yearsAtPace: Double?
  /// Year of the trackers' base figure; `nil` without trackers.
  public let trackerBase: Double?
  public let trackers: [TrackerRating]

  /// The year from which the UN Progress Chart counts.
  private static let baseYear = 2015.0

  /// `nil` without figures.
  init?(_ observed: StagnationResult, limit: Double, deadline: Int) {
    let figures = observed.comparable
    guard let first = figures.first, let last = figures.last else { return nil }
    self.last = last
    self.limit = limit
    self.deadline = deadline
    required = RequiredPace(
      year: last.year, rate: last.rate, standardError: last.standardError, target: limit,
      deadline: Double(deadline))
    window = (first.year, last.year)
    let current = averageAnnualReduction(figures.map { ($0.year, $0.rate) })
    currentReduction = current
    if case .needed(_, .some(let needed)) = required, let current, current > 0 {
      acceleration = needed / current
    } else {
      acceleration = nil
    }
    yearsAtPace = current.flatMap { yearsToTarget(limit, from: last.rate, reductionRate: $0) }
    let base =
      figures.first { $0.year.rounded(.down) == Self.baseYear && $0.year < last.year } ?? first
    let canRate = last.year > base.year && Double(deadline) > base.year
    trackerBase = canRate ? base.year : nil
    trackers =
      canRate
      ? trackerTable(
        base: (base.year, base.rate), now: (last.year, last.rate), target: limit,
        deadline: Double(deadline)) : []
  }
}
