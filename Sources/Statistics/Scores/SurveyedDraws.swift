// Quiebre · Statistics
// A forecast of what a survey will say: weighted draws of a rate, each with the survey's own error.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The mixture Σ wᵢ·N(rᵢ, s²): draws rᵢ of a rate, seen through a survey with standard error s.
///
/// A published figure is compared with this, never with the draws alone: it carries an error of its
/// own. Units are the caller's (shares or points), the same everywhere.
public struct SurveyedDraws: Hashable, Sendable {
  /// rᵢ ascending, and their weights, which sum to 1.
  private let centers: [Double]
  private let weights: [Double]
  private let standardError: Double
  /// Whether the centers are a random sample of the forecast, not the forecast itself.
  private let isSample: Bool

  /// Draws of a simulator.
  ///
  /// - Parameters:
  ///   - draws: At least one, finite.
  ///   - weights: One per draw, not negative; `nil` = all equal.
  ///   - standardError: s > 0.
  public init(draws: [Double], weights: [Double]? = nil, standardError: Double) {
    self.init(draws, weights, standardError, isSample: true)
  }

  /// A forecast that is known as a law: points that stand for equal shares of it, or one point.
  public init(points: [Double], standardError: Double) {
    self.init(points, nil, standardError, isSample: false)
  }

  private init(
    _ values: [Double], _ weights: [Double]?, _ standardError: Double, isSample: Bool
  ) {
    precondition(!values.isEmpty && standardError > 0, "draws, and an error above 0")
    precondition(weights.map { $0.count == values.count } ?? true, "one weight per draw")
    let raw = weights ?? values.map { _ in 1 }
    let total = fixedOrderSum(raw)
    let order = values.indices.filter { raw[$0] > 0 }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    centers = order.map { values[$0] }
    self.weights = order.map { raw[$0] / total }
    self.standardError = standardError
    self.isSample = isSample
  }

  public var mean: Double { fixedOrderSum(centers, weights: weights) }

  /// F(y), the chance that the survey's figure is at most `value`: the probability integral transform.
  public func probability(atMost value: Double) -> Double {
    fixedOrderSum(
      centers.map { normalProbability(atMost: (value - $0) / standardError) }, weights: weights)
  }

  /// The value that F takes to `share`, by bisection to the last bit.
  public func quantile(_ share: Double) -> Double {
    precondition(share > 0 && share < 1, "a quantile inside 0…1")
    var low = centers[0] - 9 * standardError
    var high = centers[centers.count - 1] + 9 * standardError
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      if probability(atMost: middle) < share { low = middle } else { high = middle }
    }
  }

  /// Continuous ranked probability score of a figure y, in the unit of the draws; less is better.
  ///
  /// E|X − y| − ½E|X − X′| with X = rᵢ + error; closed for normals (Grimit, Gneiting, Berrocal and
  /// Johnson 2006). For random draws the second mean is taken over pairs of different draws, the fair
  /// score of Ferro (2014), generalized to weights: a few draws score on average as many would.
  public func rankedScore(of figure: Double) -> Double {
    let toFigure = fixedOrderSum(
      centers.map { meanDistance(figure - $0, standardError) }, weights: weights)
    let spread = standardError * 2.0.squareRoot()
    let own = meanDistance(0, spread)
    let squares = fixedOrderSum(weights, weights: weights)
    let between = pairDistance(spread)
    guard isSample, squares < 1 else { return toFigure - 0.5 * (between + squares * own) }
    return toFigure - 0.5 * between / (1 - squares)
  }

  /// Σ over pairs i ≠ j of wᵢwⱼE|Xᵢ − Xⱼ|, each pair both ways.
  private func pairDistance(_ spread: Double) -> Double {
    var rows: [Double] = []
    rows.reserveCapacity(centers.count)
    for index in centers.indices {
      var row = 0.0
      for other in 0..<index {
        row += weights[other] * meanDistance(centers[index] - centers[other], spread)
      }
      rows.append(2 * weights[index] * row)
    }
    return fixedOrderSum(rows)
  }
}

/// E|Z| for Z of N(`mean`, `deviation`²).
private func meanDistance(_ mean: Double, _ deviation: Double) -> Double {
  let z = mean / deviation
  // Beyond 9 deviations the normal part is below 1e-18 of |mean|.
  guard z.magnitude < 9 else { return mean.magnitude }
  let density = 0.398_942_280_401_432_678 * exp(-0.5 * z * z)
  return 2 * deviation * density + mean * (2 * normalProbability(atMost: z) - 1)
}
