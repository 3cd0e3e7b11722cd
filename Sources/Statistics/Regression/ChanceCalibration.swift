// Quiebre · Statistics
// Whether predicted chances are met: Brier score, slope and intercept, groups by risk.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// How predicted chances compare with outcomes.
public struct ChanceCalibration: Hashable, Sendable {
  /// Weighted mean of (p − y)².
  public let brier: Double
  /// 1 − Brier over that of the mean rate: 0 = no better than the mean.
  public let brierGain: Double
  /// Weighted shares.
  public let observed: Double
  public let predicted: Double
  /// a of logit P(y) = a + logit p: 0 is right, `nil` = can't be fitted.
  public let intercept: Double?
  /// b of logit P(y) = a' + b·logit p; 1 is right, below 1 = predictions too far apart.
  public let slope: Double?

  /// `nil` without any weight.
  ///
  /// - Parameters:
  ///   - chances: Predictions, one per row.
  ///   - outcomes: One per row.
  ///   - weights: One per row, not negative.
  ///   - workers: Threads; the result doesn't depend on it.
  public init?(chances: [Double], outcomes: [Bool], weights: [Double], workers: Int = 1) {
    let total = fixedOrderSum(weights)
    guard total > 0 else { return nil }
    let truths = outcomes.map { $0 ? 1.0 : 0 }
    let squares = zip(chances, truths).map { ($0 - $1) * ($0 - $1) }
    brier = fixedOrderSum(squares, weights: weights) / total
    observed = fixedOrderSum(truths, weights: weights) / total
    predicted = fixedOrderSum(chances, weights: weights) / total
    brierGain = 1 - brier / (observed * (1 - observed))
    let logits = chances.map { logit($0) }
    guard logits.allSatisfy(\.isFinite) else {
      (intercept, slope) = (nil, nil)
      return
    }
    intercept = try? LogisticFit(
      PackedColumns(rowCount: outcomes.count), outcomes: outcomes, weights: weights,
      offsets: logits, workers: workers
    ).coefficients[0]
    slope = try? LogisticFit(
      PackedColumns([logits], rowCount: outcomes.count), outcomes: outcomes, weights: weights,
      workers: workers
    ).coefficients[1]
  }
}

/// Rows in groups of rising chance, observed against predicted, and what the differences say.
public struct FitByRisk: Hashable, Sendable {
  public struct Group: Hashable, Sendable {
    public let rows: Int
    /// Sum of weights.
    public let weight: Double
    /// Weighted shares.
    public let observed: Double
    public let predicted: Double
    /// Highest chance of the group.
    public let upTo: Double
  }

  /// How the test statistic is made.
  public enum Test: Hashable, Sendable {
    /// Σ(O − E)²/(E(1 − E/n)), χ² with groups − 2 degrees of freedom (Hosmer and Lemeshow 1980).
    case hosmerLemeshow(chiSquared: Double, degreesOfFreedom: Int)
    /// Wald F of equal mean residuals over the groups (Archer, Lemeshow and Hosmer 2007).
    case surveyResiduals(f: Double, first: Int, second: Int)
  }

  public let groups: [Group]
  /// `nil` with fewer than three groups, or too few clusters.
  public let test: Test?
  public let p: Double?

  /// Cuts rows at the quantiles of their chances; equal chances stay together.
  ///
  /// Groups hold about as many rows each, whatever the weights: a group of few clusters has no error
  /// to speak of.
  ///
  /// - Parameters:
  ///   - chances: Predictions, one per row.
  ///   - outcomes: One per row.
  ///   - weights: One per row; `nil` = none, and the test is Hosmer and Lemeshow's.
  ///   - units: Clusters and strata; given = the test for surveys.
  ///   - lonely: What strata of one cluster add.
  ///   - count: Groups at most.
  public init(
    chances: [Double], outcomes: [Bool], weights: [Double]?, units: SamplingUnits?,
    lonely: LonelyRule = .fail, count: Int = 10
  ) {
    let given = weights ?? outcomes.map { _ in 1 }
    let counted = chances.indices.filter { given[$0] > 0 }.map { chances[$0] }
    let limits = quantiles(of: counted, at: (1...count).map { Double($0) / Double(count) })
    var cuts: [Double] = []
    for limit in limits where limit > cuts.last ?? -1 { cuts.append(limit) }
    let groupOf = chances.map { chance in
      cuts.firstIndex { chance <= $0 } ?? cuts.count - 1
    }
    groups = Self.groups(groupOf, chances, outcomes, given, count: cuts.count)
    if let units {
      let found = surveyTest(groupOf, groups, chances, outcomes, given, units, lonely)
      test = found.map { .surveyResiduals(f: $0.f, first: $0.first, second: $0.second) }
      p = found.map { fisherTail($0.f, first: Double($0.first), second: Double($0.second)) }
    } else if groups.count > 2 {
      let sum = groups.reduce(0.0) { sum, group in
        let gap = group.weight * (group.observed - group.predicted)
        return sum + gap * gap / (group.weight * group.predicted * (1 - group.predicted))
      }
      test = .hosmerLemeshow(chiSquared: sum, degreesOfFreedom: groups.count - 2)
      p = chiSquaredTail(sum, degreesOfFreedom: Double(groups.count - 2))
    } else {
      (test, p) = (nil, nil)
    }
  }

  private static func groups(
    _ groupOf: [Int], _ chances: [Double], _ outcomes: [Bool], _ weights: [Double], count: Int
  ) -> [Group] {
    var members = [[Int]](repeating: [], count: count)
    for (row, group) in groupOf.enumerated() where weights[row] > 0 { members[group].append(row) }
    return members.filter { !$0.isEmpty }.map { rows in
      let own = rows.map { weights[$0] }
      let total = fixedOrderSum(own)
      return Group(
        rows: rows.count, weight: total,
        observed: fixedOrderSum(rows.map { outcomes[$0] ? 1 : 0 }, weights: own) / total,
        predicted: fixedOrderSum(rows.map { chances[$0] }, weights: own) / total,
        upTo: rows.map { chances[$0] }.max() ?? 0)
    }
  }
}

/// Wald's F that the groups' mean residuals are all equal; `nil` with too few clusters.
private func surveyTest(
  _ groupOf: [Int], _ groups: [FitByRisk.Group], _ chances: [Double], _ outcomes: [Bool],
  _ weights: [Double], _ units: SamplingUnits, _ lonely: LonelyRule
) -> (f: Double, first: Int, second: Int)? {
  let first = groups.count - 1
  let second = units.degreesOfFreedom - first
  guard first > 0, second > 0 else { return nil }
  // Influence of each row on the mean residual of its group; groups may have gaps in their numbers.
  let numbers = Array(Set(groupOf.indices.filter { weights[$0] > 0 }.map { groupOf[$0] })).sorted()
  let scores = zip(numbers, groups).map { number, group in
    let center = group.observed - group.predicted
    return groupOf.indices.map { row in
      groupOf[row] == number && weights[row] > 0
        ? weights[row] * ((outcomes[row] ? 1 : 0) - chances[row] - center) / group.weight : 0
    }
  }
  let means = groups.map { $0.observed - $0.predicted }
  let contrasts = (1...first).map { row in
    groups.indices.map { $0 == row ? 1.0 : $0 == 0 ? -1 : 0 }
  }
  let variance = congruence(units.variance(ofTotals: scores, lonely: lonely), by: contrasts)
  guard let factor = SymmetricFactor(variance) else { return nil }
  let gaps = product(contrasts, means)
  let wald = zip(gaps, factor.solve(gaps)).reduce(0) { $0 + $1.0 * $1.1 }
  return (wald / Double(first), first, second)
}
