// Quiebre · Statistics
// How forecasts fared: score, interval, rank of each figure, and all of them together.
// SPDX-License-Identifier: Apache-2.0

/// One forecast beside the figure that came.
public struct ForecastScore: Hashable, Sendable {
  public let figure: Double
  public let mean: Double
  public let median: Double
  /// Ends of the central 80 and 95 % intervals for the survey's figure.
  public let interval80: ClosedRange<Double>
  public let interval95: ClosedRange<Double>
  /// Continuous ranked probability score, in the figure's unit.
  public let rankedScore: Double
  /// F(figure): uniform over 0…1 if forecasts are right.
  public let transform: Double

  public init(_ forecast: SurveyedDraws, figure: Double) {
    self.figure = figure
    mean = forecast.mean
    median = forecast.quantile(0.5)
    interval80 = forecast.quantile(0.1)...forecast.quantile(0.9)
    interval95 = forecast.quantile(0.025)...forecast.quantile(0.975)
    rankedScore = forecast.rankedScore(of: figure)
    transform = forecast.probability(atMost: figure)
  }
}

/// The scores of several forecasts of one kind (break test, 8).
public struct ForecastSummary: Hashable, Sendable {
  public let count: Int
  /// Mean ranked score, in the figures' unit.
  public let rankedScore: Double
  /// Mean of forecast mean − figure: above 0 = the forecasts were too high.
  public let bias: Double
  public let covered80: Coverage
  public let covered95: Coverage
  /// Figures whose transform falls into each fifth of 0…1.
  public let transforms: [Int]

  /// How many intervals held their figure, with exact 95 % bounds of the true share (Clopper and
  /// Pearson 1934).
  ///
  /// The bounds take the figures for independent; figures of one country aren't, so they are too
  /// narrow rather than too wide.
  public struct Coverage: Hashable, Sendable {
    public let hits: Int
    public let low: Double
    public let high: Double

    init(hits: Int, count: Int) {
      self.hits = hits
      let bounds = clopperPearsonInterval(
        hits: Double(hits), count: Double(count), level: 0.95)
      (low, high) = (bounds.low, bounds.high)
    }
  }

  /// `nil` for no scores.
  public init?(_ scores: [ForecastScore]) {
    guard !scores.isEmpty else { return nil }
    count = scores.count
    let total = Double(scores.count)
    rankedScore = scores.reduce(0) { $0 + $1.rankedScore } / total
    bias = scores.reduce(0) { $0 + ($1.mean - $1.figure) } / total
    covered80 = Coverage(
      hits: scores.count { $0.interval80.contains($0.figure) }, count: scores.count)
    covered95 = Coverage(
      hits: scores.count { $0.interval95.contains($0.figure) }, count: scores.count)
    var fifths = [Int](repeating: 0, count: 5)
    for score in scores { fifths[min(4, Int(score.transform * 5))] += 1 }
    transforms = fifths
  }

  /// 1 − score / the other's score: 1 is perfect, 0 no better, below 0 worse.
  public func skill(against other: ForecastSummary) -> Double {
    1 - rankedScore / other.rankedScore
  }
}
