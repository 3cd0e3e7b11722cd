// Quiebre · Statistics
// How much of an outcome's variance is owed to one uncertain input: first-order and total effects.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Shares of variance (Sobol 1993; Homma & Saltelli 1996) from weighted draws.
public struct EffectShares: Sendable {
  private let jackknife: GroupJackknife
  private let outcome: [Double]
  /// Most pieces of the fitted curves.
  private let pieces: Int

  /// - Parameters:
  ///   - outcome: One finite number per draw.
  ///   - weights: One per draw; `nil` = all equal.
  public init(of outcome: [Double], weights: [Double]? = nil) {
    let weights = weights ?? [Double](repeating: 1, count: outcome.count)
    precondition(weights.count == outcome.count, "one weight for each draw")
    self.outcome = outcome
    jackknife = GroupJackknife(weights: weights)
    pieces = min(24, max(4, Int(effectiveSampleSize(weights) / 40)))
  }

  /// Variance of the outcome.
  public var variance: Double { outcome.moments(jackknife.weights).variance }

  /// First-order effect V(E(Y|X))/V(Y): what knowing this input alone would take off the variance.
  ///
  /// From the draws at hand: E(Y|X) is a broken line by least squares, and what noise adds to its
  /// variance is taken off, so an input that does nothing gives 0 on average, now and then less. It
  /// holds for inputs that hang together too, but then shares overlap and need not sum to 1 or less.
  ///
  /// - Parameter input: One finite number per draw.
  /// - Returns: The share with its jackknife error; 0 for an input with one value, NaN for an outcome
  ///   that doesn't vary.
  public func firstOrder(of input: [Double]) -> DrawnFigure {
    precondition(input.count == outcome.count, "one input for each draw")
    let line = BrokenLine(input: input, weights: jackknife.weights, pieces: pieces)
    guard !line.isConstant else { return DrawnFigure(value: 0, standardError: 0) }
    return jackknife.figure { weights in
      let fit = line.fit(outcome, weights: weights)
      let mean = fixedOrderSum(outcome, weights: weights)
      let spread = fixedOrderSum(
        fit.values.map { ($0 - mean) * ($0 - mean) }, weights: weights)
      return (spread - fit.noise) / outcome.moments(weights).variance
    }
  }

  /// Total effect E(V(Y|all others))/V(Y): what would remain if all but this input were known.
  ///
  /// Jansen's (1999) estimator on a pick-freeze design: the model was run again with this input alone
  /// drawn afresh. The input (or group of inputs) must be independent of the others.
  ///
  /// - Parameter redrawn: The outcome of each draw after the input was drawn again.
  /// - Returns: The share with its jackknife error.
  public func total(redrawn: [Double]) -> DrawnFigure {
    precondition(redrawn.count == outcome.count, "one outcome for each draw")
    let squares = zip(outcome, redrawn).map { ($0 - $1) * ($0 - $1) / 2 }
    guard squares.contains(where: { $0 > 0 }) else {
      return DrawnFigure(value: 0, standardError: 0)
    }
    return jackknife.figure { weights in
      // Both runs draw from the same law: their variances are averaged.
      let variances = outcome.moments(weights).variance + redrawn.moments(weights).variance
      return 2 * fixedOrderSum(squares, weights: weights) / variances
    }
  }
}
