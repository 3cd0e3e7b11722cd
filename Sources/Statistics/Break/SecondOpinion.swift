// Quiebre · Statistics
// A Bayesian second opinion on joinpoint and last pace, in closed form (break-test 2.7).
// SPDX-License-Identifier: Apache-2.0

import Compute

/// What is believed of a series before its figures are seen; all of it is printed.
public struct PriorBelief: Hashable, Sendable {
  /// Standard deviation of the level around the weighted mean of the figures, pp.
  public var levelSpread = 10.0
  /// Standard deviation of the first pace, and of the change of pace, pp a year.
  public var paceSpread = 1.5
  /// Standard deviation of what a change of method does to the level, pp.
  public var offsetSpread = 10.0
  /// P(there is a joinpoint); its year is equally likely to be any that the search may try.
  public var joinpoint = 0.5

  public init() {}
}

/// Probabilities of a joinpoint and of the last pace under stated beliefs.
///
/// Each model, a line or one bend in a stated year, is Gaussian, so that its evidence and its last
/// slope have closed forms; the answer is their mixture and nothing is drawn. It decides nothing.
public struct SecondOpinion: Hashable, Sendable {
  /// One model and what it says of the last slope.
  public struct Model: Hashable, Sendable {
    /// Year of the joinpoint; `nil` = a straight line.
    public let joinpoint: Double?
    /// After the data; over all models they sum to 1.
    public let probability: Double
    /// Last slope, pp a year.
    public let mean: Double
    public let standardDeviation: Double

    /// P(last slope ≤ `pace`).
    func probability(slopeAtMost pace: Double) -> Double {
      normalProbability(atMost: (pace - mean) / standardDeviation)
    }
  }

  public let prior: PriorBelief
  /// The line first, then joinpoints by year; one model if its year was fixed in advance.
  public let models: [Model]
  /// P(there is a joinpoint); `nil` where it was fixed in advance or the series is too short.
  public let joinpoint: Double?
  /// Mean and standard deviation of the last slope over all models, pp a year.
  public let mean: Double
  public let standardDeviation: Double
  /// P(|B| < Δ).
  public let stagnant: Double
  /// P(B ≤ −Δ), and P(B ≥ Δ).
  public let falling: Double
  public let rising: Double
}

extension SecondOpinion {
  /// Weighs a line against bends.
  ///
  /// `nil` where sampling errors are unknown.
  ///
  /// - Parameters:
  ///   - series: The kept figures.
  ///   - candidates: Years that a joinpoint may have.
  ///   - isFixed: Whether the only model is a bend in them (or a line if there is none).
  ///   - tolerance: Δ, pp a year.
  ///   - prior: What is believed before.
  init?(
    _ series: KeptSeries, candidates: [Double], isFixed: Bool, tolerance: Double,
    prior: PriorBelief
  ) {
    guard let errors = series.responseErrors, series.count >= 2 else { return nil }
    let line = isFixed && !candidates.isEmpty ? [] : [Double?.none]
    let fits = (line + candidates.map(Optional.some)).compactMap { joinpoint in
      BeliefFit(series, errors: errors, joinpoint: joinpoint, prior: prior)
    }
    let priors = Self.priors(of: fits.map(\.joinpoint), prior: prior)
    let logs = zip(fits, priors).map { $0.logEvidence + log($1) }
    let largest = logs.max() ?? 0
    let weights = logs.map { exp($0 - largest) }
    let total = fixedOrderSum(weights)
    let points = series.pointsPerUnit
    models = zip(fits, weights).map { fit, weight in
      Model(
        joinpoint: fit.joinpoint, probability: weight / total, mean: points * fit.mean,
        standardDeviation: points * fit.standardDeviation)
    }
    self.prior = prior
    let bends = models.filter { $0.joinpoint != nil }
    joinpoint =
      bends.isEmpty || isFixed ? nil : fixedOrderSum(bends.map(\.probability))
    let shares = models.map(\.probability)
    let mean = fixedOrderSum(models.map(\.mean), weights: shares)
    let squares = models.map {
      $0.standardDeviation * $0.standardDeviation + ($0.mean - mean) * ($0.mean - mean)
    }
    self.mean = mean
    standardDeviation = fixedOrderSum(squares, weights: shares).squareRoot()
    falling = fixedOrderSum(
      models.map { $0.probability(slopeAtMost: -tolerance) }, weights: shares)
    // The upper tail by symmetry, which keeps its digits.
    rising = fixedOrderSum(
      models.map {
        normalProbability(atMost: ($0.mean - tolerance) / $0.standardDeviation)
      }, weights: shares)
    stagnant = max(0, 1 - falling - rising)
  }

  /// Before the data: the line's share, and equal shares of the rest for each joinpoint.
  private static func priors(of joinpoints: [Double?], prior: PriorBelief) -> [Double] {
    let bends = joinpoints.count { $0 != nil }
    guard bends > 0, bends < joinpoints.count else {
      return joinpoints.map { _ in 1 / Double(joinpoints.count) }
    }
    return joinpoints.map { $0 == nil ? 1 - prior.joinpoint : prior.joinpoint / Double(bends) }
  }
}

/// One Gaussian model: evidence and posterior of its last slope, on the scale of the fit.
///
/// Priors enter as rows of their own: the least sum of squares of figures and beliefs together is the
/// quadratic form of the marginal law N(m₀, diag(s²) + X S₀ X'), and the determinant lemma gives the
/// rest.
private struct BeliefFit {
  let joinpoint: Double?
  let logEvidence: Double
  let mean: Double
  let standardDeviation: Double

  init?(_ series: KeptSeries, errors: [Double], joinpoint: Double?, prior: PriorBelief) {
    let weights = series.weights
    let center = fixedOrderSum(series.response, weights: weights) / fixedOrderSum(weights)
    let bends = joinpoint.map { [$0] } ?? []
    let columns = series.columns(joinpoints: bends)
    let paces = [Double](repeating: prior.paceSpread, count: 1 + bends.count)
    let offsets = series.offsets.map { _ in prior.offsetSpread }
    let spreads = ([prior.levelSpread] + paces + offsets).map { $0 / series.pointsPerUnit }
    let extended = columns.enumerated().map { index, column in
      column + spreads.indices.map { $0 == index ? 1.0 : 0 }
    }
    guard
      let fit = LeastSquares(
        columns: extended,
        response: series.response.map { $0 - center } + spreads.map { _ in 0 },
        weights: weights + spreads.map { 1 / ($0 * $0) })
    else { return nil }
    let logs = (errors + spreads).map { 2 * log($0) }
    logEvidence =
      -0.5 * (fixedOrderSum(logs) + fit.logDeterminant + fit.sumOfSquares)
    var contrast = [Double](repeating: 0, count: columns.count)
    for index in 1...(1 + bends.count) { contrast[index] = 1 }
    mean = fit.coefficients[1...(1 + bends.count)].reduce(0, +)
    standardDeviation = fit.variance(of: contrast).squareRoot()
    self.joinpoint = joinpoint
  }
}
