// Quiebre · Reports
// The pace that a rate target needs, the pace there was, and what trackers say of it.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics

/// Required and current pace of the observed series towards one goal.
struct PaceAnswer {
  let required: RequiredPace
  /// Years of the first and last figure used, and the AARR between them, percent a year.
  let window: (from: Double, to: Double)
  let currentReduction: Double?
  /// Required over current AARR.
  let acceleration: Double?
  /// Years to the target at the current AARR; `nil` = never at this pace.
  let yearsAtPace: Double?
  let trackers: [TrackerRating]

  /// `nil` without figures.
  init?(_ observed: StagnationResult, limit: Double, deadline: Int) {
    guard let first = observed.used.first, let last = observed.used.last else { return nil }
    required = RequiredPace(
      year: last.year, rate: last.rate, standardError: last.standardError, target: limit,
      deadline: Double(deadline))
    window = (first.year, last.year)
    let current = averageAnnualReduction(observed.used.map { ($0.year, $0.rate) })
    currentReduction = current
    if case .needed(_, .some(let needed)) = required, let current, current > 0 {
      acceleration = needed / current
    } else {
      acceleration = nil
    }
    yearsAtPace = current.flatMap { yearsToTarget(limit, from: last.rate, reductionRate: $0) }
    let canRate = last.year > first.year && Double(deadline) > first.year
    trackers =
      canRate
      ? trackerTable(
        base: (first.year, first.rate), now: (last.year, last.rate), target: limit,
        deadline: Double(deadline)) : []
  }
}
