// Quiebre · Statistics
// What a survey of this precision can show at all (break-test section 7).
// SPDX-License-Identifier: Apache-2.0

/// The smallest changes that would be seen with 80 % power; printed before any verdict.
public struct Detectability: Hashable, Sendable {
  /// Fall between the last figure and a next one of the same error, pp.
  public let smallestFall: Double
  /// Last pace, pp a year (two-sided test at 5 %).
  public let smallestSlope: Double
  /// Tolerance at which a truly flat series would be shown stagnant, pp a year.
  public let smallestTolerance: Double
  /// The same for yearly surveys still to come; `nil` without a deadline ahead.
  public let planned: PlannedSurveys?

  /// `nil` where sampling errors are unknown.
  init?(
    _ series: KeptSeries, slopeError: Double, deadline: Double?, surveyCorrelation: Double
  ) {
    guard let error = series.errors?.last, let last = series.times.last else { return nil }
    smallestFall = Statistics.smallestFall(
      from: error, to: error, correlation: surveyCorrelation)
    smallestSlope = (NormalPoint.upper025 + NormalPoint.upper20) * slopeError
    smallestTolerance = (NormalPoint.upper05 + NormalPoint.upper10) * slopeError
    planned = deadline.flatMap { PlannedSurveys(after: last, to: $0, error: error) }
  }
}

/// What yearly surveys from the last figure up to the deadline could show.
public struct PlannedSurveys: Hashable, Sendable {
  /// The last figure and those to come.
  public let years: [Double]
  /// Of each, pp.
  public let error: Double
  /// Of the slope of a straight line through them, pp a year.
  public let slopeError: Double
  /// The smallest slope seen with 80 % power, pp a year.
  public let smallestSlope: Double
  /// Tolerance at which a truly flat rate would be shown stagnant with 80 % power, pp a year.
  public let smallestTolerance: Double

  /// `nil` if no whole year lies between.
  init?(after last: Double, to deadline: Double, error: Double) {
    guard deadline - last >= 1, deadline - last < 200 else { return nil }
    let years = Array(stride(from: last, through: deadline, by: 1))
    guard let slope = Statistics.slopeError(years: years, errors: years.map { _ in error }) else {
      return nil
    }
    self.years = years
    self.error = error
    slopeError = slope
    smallestSlope = (NormalPoint.upper025 + NormalPoint.upper20) * slope
    smallestTolerance = (NormalPoint.upper05 + NormalPoint.upper10) * slope
  }
}

/// Standard error of a straight line's slope through figures of known errors: from (X'WX)⁻¹.
///
/// - Parameters:
///   - years: Of the surveys; at least two different ones.
///   - errors: One per year, positive.
/// - Returns: Errors' unit a year; `nil` with fewer than two different years.
public func slopeError(years: [Double], errors: [Double]) -> Double? {
  let center = years.reduce(0, +) / Double(max(years.count, 1))
  return LeastSquares(
    columns: [years.map { _ in 1 }, years.map { $0 - center }], response: years.map { _ in 0 },
    weights: errors.map { 1 / ($0 * $0) }
  ).map { $0.variance(of: [0, 1]).squareRoot() }
}

/// The smallest fall between two surveys seen with 80 % power, in the errors' unit.
///
/// - Parameters:
///   - first: Standard error of the first figure.
///   - second: Standard error of the second figure.
///   - correlation: Of the two errors, as with a panel; 0 for independent samples.
/// - Returns: (z₀.₉₇₅ + z₀.₈₀) × the standard error of the difference.
public func smallestFall(
  from first: Double, to second: Double, correlation: Double = 0
) -> Double {
  let variance = first * first + second * second - 2 * correlation * first * second
  return (NormalPoint.upper025 + NormalPoint.upper20) * max(0, variance).squareRoot()
}

/// The figure below which a survey is seen as a fall from the plateau: L − z₀.₉₅·√(s_D² + s_L²).
public func fallThreshold(
  level: Double, levelError: Double, surveyError: Double
) -> Double {
  level - NormalPoint.upper05
    * (surveyError * surveyError + levelError * levelError).squareRoot()
}

/// c*: the effect of a change of method that would cancel a fall seen in year D (break-test 1).
///
/// Negative where no fall is seen.
public func tippingPoint(
  rate: Double, surveyError: Double, level: Double, levelError: Double
) -> Double {
  fallThreshold(level: level, levelError: levelError, surveyError: surveyError) - rate
}
