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

  /// `nil` where sampling errors are unknown.
  init?(_ series: KeptSeries, slopeError: Double) {
    guard let error = series.errors?.last else { return nil }
    smallestFall = Statistics.smallestFall(from: error, to: error)
    smallestSlope = (NormalPoint.upper025 + NormalPoint.upper20) * slopeError
    smallestTolerance = (NormalPoint.upper05 + NormalPoint.upper10) * slopeError
  }
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
  return (NormalPoint.upper025 + NormalPoint.upper20) * variance.squareRoot()
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
