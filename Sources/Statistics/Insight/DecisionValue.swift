// Quiebre · Statistics
// What it would be worth to know more before choosing: EVPI, and EVPPI for one input.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A choice between options whose net benefits are known as paired draws.
public struct DecisionValue: Sendable {
  private let benefits: [[Double]]
  private let jackknife: GroupJackknife
  private let pieces: Int

  /// Mean net benefit of each option, and the best one (of equals the first).
  public let means: [Double]
  public let best: Int

  /// - Parameters:
  ///   - netBenefits: `[option][draw]`, at least one option; more is better.
  ///   - weights: One per draw; `nil` = all equal.
  public init(netBenefits: [[Double]], weights: [Double]? = nil) {
    precondition(!netBenefits.isEmpty, "something to choose from")
    let weights = weights ?? [Double](repeating: 1, count: netBenefits[0].count)
    precondition(netBenefits.allSatisfy { $0.count == weights.count }, "one weight for each draw")
    benefits = netBenefits
    jackknife = GroupJackknife(weights: weights)
    pieces = min(10, max(3, Int(effectiveSampleSize(weights) / 100)))
    let shares = jackknife.weights
    let means = netBenefits.map { fixedOrderSum($0, weights: shares) }
    self.means = means
    best = means.indices.max { (means[$0], $1) < (means[$1], $0) } ?? 0
  }

  /// P(an option is the best), ties going to the first.
  public func chancesOfBest() -> [DrawnShare] {
    let winners = benefits[0].indices.map { draw in
      benefits.indices.max { (benefits[$0][draw], $1) < (benefits[$1][draw], $0) } ?? 0
    }
    return benefits.indices.map { option in
      DrawnShare(of: winners.map { $0 == option }, weights: jackknife.weights)
    }
  }

  /// E(max) − max(E): what knowing everything would be worth, on average over the draws.
  public func perfectInformation() -> DrawnFigure {
    let gains = gains
    return jackknife.figure { gained(gains, $0) }
  }

  /// E(max E(·|X)) − max(E): what knowing one input would be worth (Felli & Hazen 1998).
  ///
  /// From the draws at hand, E(·|X) by a broken line (the regression of Strong, Oakley & Brennan 2014).
  /// A fitted maximum is too high on average; the jackknife takes that off to order 1/n. Never below 0
  /// nor above ``perfectInformation()``.
  ///
  /// - Parameter input: One finite number per draw.
  /// - Returns: In the unit of the net benefits, with its error.
  public func information(about input: [Double]) -> DrawnFigure {
    let line = BrokenLine(input: input, weights: jackknife.weights, pieces: pieces)
    guard !line.isConstant, benefits.count > 1 else {
      return DrawnFigure(value: 0, standardError: 0)
    }
    // Differences to the best option carry less noise than the benefits themselves.
    let gains = gains
    let found = jackknife.figure(removesBias: true) { weights in
      gained(gains.map { line.fit($0, weights: weights).values }, weights)
    }
    return DrawnFigure(
      value: min(perfectInformation().value, max(0, found.value)),
      standardError: found.standardError)
  }

  /// Each option's net benefit beyond the best option's.
  private var gains: [[Double]] {
    benefits.map { option in zip(option, benefits[best]).map { $0 - $1 } }
  }

  /// Σ w·max over options − max over options of Σ w.
  private func gained(_ values: [[Double]], _ weights: [Double]) -> Double {
    let highest = weights.indices.map { draw in
      values.reduce(-Double.infinity) { max($0, $1[draw]) }
    }
    let fixed = values.reduce(-Double.infinity) {
      max($0, fixedOrderSum($1, weights: weights))
    }
    return fixedOrderSum(highest, weights: weights) - fixed
  }
}
