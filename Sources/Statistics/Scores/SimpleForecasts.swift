// Quiebre · Statistics
// What one would say without a model: the last figure, a straight line, a constant rate of change.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Forecasts from published figures alone, which a simulator must beat.
public enum SimpleForecast: String, CaseIterable, Hashable, Sendable {
  /// The last figure, with its survey's error.
  case lastValue = "last_value"
  /// Least squares of the figures on the year, each weighted by its error; the line's own error by
  /// the surveys' errors.
  case straightLine = "straight_line"
  /// The same on the logarithm: a constant annual rate of reduction.
  case constantRate = "constant_rate"

  /// Points that stand for the law of a curved forecast: enough for 1e-3 of its spread.
  private static let points = 401

  /// The forecast for a year.
  ///
  /// - Parameters:
  ///   - known: Figures with errors, shock years left out; any order.
  ///   - year: Later than all of them.
  ///   - standardError: Of the survey of that year.
  /// - Returns: `nil` with too few figures (one for the last value, two for the others), or for a
  ///   constant rate through 0.
  public func forecast(
    from known: [Observation], year: Double, standardError: Double
  ) -> SurveyedDraws? {
    let figures = known.compactMap { row in
      row.standardError.map { (year: row.year, rate: row.rate, error: $0) }
    }
    switch self {
    case .lastValue:
      guard let last = figures.max(by: { $0.year < $1.year }) else { return nil }
      return normal(last.rate, last.error, standardError)
    case .straightLine:
      guard let line = line(figures, to: year) else { return nil }
      return normal(line.value, line.error, standardError)
    case .constantRate:
      guard figures.allSatisfy({ $0.rate > 0 }),
        let line = line(
          figures.map { ($0.year, log($0.rate), $0.error / $0.rate) }, to: year)
      else { return nil }
      return SurveyedDraws(
        points: (0..<Self.points).map { index in
          let share = (Double(index) + 0.5) / Double(Self.points)
          return exp(line.value + line.error * normalQuantile(share))
        },
        standardError: standardError)
    }
  }

  private func normal(_ value: Double, _ error: Double, _ surveyError: Double) -> SurveyedDraws {
    SurveyedDraws(
      points: [value],
      standardError: (error * error + surveyError * surveyError).squareRoot())
  }

  /// Value and standard error of the weighted line in a year.
  private func line(
    _ figures: [(year: Double, rate: Double, error: Double)], to year: Double
  ) -> (value: Double, error: Double)? {
    guard figures.count >= 2,
      let fit = LeastSquares(
        columns: [figures.map { _ in 1 }, figures.map { $0.year - year }],
        response: figures.map(\.rate), weights: figures.map { 1 / ($0.error * $0.error) })
    else { return nil }
    return (fit.coefficients[0], fit.variance(of: [1, 0]).squareRoot())
  }
}
