// Quiebre · Statistics
// Which of many areas with their own surveys fall, rise or stand still (break-test 6).
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The pace of one area's own survey estimates, tested among many areas.
public struct AreaPace: Hashable, Sendable {
  public enum Finding: String, CaseIterable, Hashable, Sendable {
    case falls
    case rises
    /// Within the tolerance, shown by the two one-sided tests.
    case stagnant
    case undetermined
  }

  /// First and last year used, and how many figures.
  public let from: Double
  public let to: Double
  public let count: Int
  /// Percentage points a year, with its error.
  public let slope: Double
  public let standardError: Double
  /// Of "no change", two-sided, and the same adjusted for all areas.
  public let pChange: Double
  public let adjustedChange: Double
  /// Of "not within the tolerance", and the same adjusted for all areas.
  public let pStagnant: Double
  public let adjustedStagnant: Double
  public let finding: Finding
}

/// Tests many areas at once.
///
/// A straight line by known sampling errors; with two figures that is their difference. The
/// two-sided z of each pace goes through Benjamini-Hochberg (or Yekutieli), its sign gives the
/// direction; the p-values of standing still go through the same procedure by themselves. An area
/// that passes both is within the tolerance and named stagnant: a change too small to matter.
///
/// - Parameters:
///   - areas: The figures of each area; shock years are left out.
///   - tolerance: Δ, pp a year.
///   - limit: q, the share of findings that may be expected wrong.
///   - dependence: Whether tests of different areas may depend negatively.
/// - Returns: One per area; `nil` where fewer than two figures with known errors are left. Such
///   areas are in no family of tests and are never called significant.
public func testAreaPaces(
  _ areas: [[Observation]], tolerance: Double, limit: Double = 0.10,
  dependence: Dependence = .positive
) -> [AreaPace?] {
  let fits = areas.map { AreaSlope($0, tolerance: tolerance) }
  let tested = fits.compactMap(\.self)
  let changes = adjustedForDiscovery(tested.map(\.pChange), dependence: dependence)
  let stills = adjustedForDiscovery(tested.map(\.pStagnant), dependence: dependence)
  var next = 0
  return fits.map { fit in
    guard let fit else { return nil }
    defer { next += 1 }
    let (change, still) = (changes[next], stills[next])
    let finding: AreaPace.Finding =
      still <= limit
      ? .stagnant : change > limit ? .undetermined : fit.slope < 0 ? .falls : .rises
    return AreaPace(
      from: fit.from, to: fit.to, count: fit.count, slope: fit.slope,
      standardError: fit.standardError, pChange: fit.pChange, adjustedChange: change,
      pStagnant: fit.pStagnant, adjustedStagnant: still, finding: finding)
  }
}

/// One area's line and its two p-values.
private struct AreaSlope {
  let from, to: Double
  let count: Int
  let slope, standardError: Double
  let pChange, pStagnant: Double

  init?(_ observations: [Observation], tolerance: Double) {
    let kept = observations.filter { !$0.isShock }
    let errors = kept.compactMap(\.standardError)
    guard let first = kept.first, let last = kept.last, kept.count >= 2,
      errors.count == kept.count, Set(kept.map(\.method)).count == 1,
      !kept.contains(where: \.isModelled)
    else { return nil }
    let center = kept.map(\.year).reduce(0, +) / Double(kept.count)
    guard
      let fit = LeastSquares(
        columns: [kept.map { _ in 1 }, kept.map { $0.year - center }],
        response: kept.map(\.rate), weights: errors.map { 1 / ($0 * $0) })
    else { return nil }
    (from, to, count) = (first.year, last.year, kept.count)
    slope = fit.coefficients[1]
    standardError = fit.variance(of: [0, 1]).squareRoot()
    pChange = min(1, 2 * normalProbability(atMost: -slope.magnitude / standardError))
    pStagnant = max(
      normalProbability(atMost: -(slope + tolerance) / standardError),
      normalProbability(atMost: (slope - tolerance) / standardError))
  }
}
