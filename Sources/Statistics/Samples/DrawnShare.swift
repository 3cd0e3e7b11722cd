// Quiebre · Statistics
// A probability found by counting draws: its error, its bounds, how it may be printed, its word.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A probability estimated by the (weighted) share of draws.
///
/// Only the error of drawing a finite number is described here, not the model's.
public struct DrawnShare: Hashable, Sendable {
  /// The share itself, in 0...1.
  public let estimate: Double
  /// How many equal draws it rests on; the number of draws when they weigh the same.
  public let effectiveDraws: Double
  /// Ends of the 95 % Wilson interval.
  public let low: Double
  public let high: Double

  public init(estimate: Double, effectiveDraws: Double) {
    self.estimate = estimate
    self.effectiveDraws = effectiveDraws
    (low, high) = wilsonInterval(share: estimate, count: effectiveDraws)
  }

  /// The weighted share of draws that are true.
  ///
  /// - Parameters:
  ///   - hits: One per draw.
  ///   - weights: One per draw; `nil` = all equal.
  public init(of hits: [Bool], weights: [Double]? = nil) {
    let ones = hits.map { $0 ? 1.0 : 0 }
    // Equal weights are counted: a sum of 1/N would miss 1 by a rounding.
    guard let weights else {
      self.init(
        estimate: Double(hits.count { $0 }) / Double(hits.count),
        effectiveDraws: Double(hits.count))
      return
    }
    let missed = fixedOrderSum(ones.map { 1 - $0 }, weights: weights)
    let hit = fixedOrderSum(ones, weights: weights)
    self.init(
      estimate: hit / (hit + missed), effectiveDraws: effectiveSampleSize(weights))
  }

  /// √(p(1 − p)/N).
  public var standardError: Double { (estimate * (1 - estimate) / effectiveDraws).squareRoot() }

  /// How the share may be printed: never as 0 % or 100 %.
  public enum Wording: Hashable, Sendable {
    case value(Double)
    /// Every draw missed, or so many that one decimal of a percent shows none: below this bound.
    case below(Double)
    /// Every draw hit, or so many that one decimal of a percent shows all: above this bound.
    case above(Double)
  }

  public var wording: Wording {
    let unseen = 0.0005
    return estimate <= unseen
      ? .below(high) : estimate >= 1 - unseen ? .above(low) : .value(estimate)
  }

  /// The word, taken at the end of the Wilson interval that lies nearer to ½.
  public var word: ProbabilityWord {
    ProbabilityWord(low > 0.5 ? low : high < 0.5 ? high : 0.5)
  }
}

/// The words for probabilities of break-test section 5.
///
/// After Mastrandrea and others (2010).
public enum ProbabilityWord: String, CaseIterable, Hashable, Sendable {
  case exceptionallyUnlikely
  case veryUnlikely
  case unlikely
  case aboutAsLikelyAsNot
  case likely
  case veryLikely
  case virtuallyCertain

  public init(_ probability: Double) {
    self =
      switch probability {
      case 0.99...: .virtuallyCertain
      case 0.90...: .veryLikely
      case 0.66...: .likely
      case ...0.01: .exceptionallyUnlikely
      case ...0.10: .veryUnlikely
      case ...0.33: .unlikely
      default: .aboutAsLikelyAsNot
      }
  }
}

/// The 95 % interval of Wilson (1927) for a share of `count` trials, which need not be whole.
///
/// - Parameters:
///   - share: In 0...1.
///   - count: Positive.
/// - Returns: The ends, in 0...1; the lower is 0 for a share of 0, the upper 1 for a share of 1.
public func wilsonInterval(share: Double, count: Double) -> (low: Double, high: Double) {
  let z = NormalPoint.upper025
  let square = z * z / count
  let center = (share + square / 2) / (1 + square)
  let half =
    z / (1 + square) * (share * (1 - share) / count + square / (4 * count)).squareRoot()
  return (share <= 0 ? 0 : max(0, center - half), share >= 1 ? 1 : min(1, center + half))
}
