// Quiebre · Statistics
// The area under the ROC curve of weighted rows, and its error by DeLong's placement values.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// How well scores tell cases from others.
public struct Discrimination: Hashable, Sendable {
  /// P(score of a case > score of another) + half of the ties, both drawn by weight.
  public let area: Double
  public let standardError: Double

  /// The 95 % interval, cut at 0 and 1 as pROC does.
  public var interval: (low: Double, high: Double) {
    let half = NormalPoint.upper025 * standardError
    return (max(0, area - half), min(1, area + half))
  }

  /// The area and its standard error; `nil` unless both outcomes have weight.
  ///
  /// Without `units` the error is that of DeLong, DeLong and Clarke-Pearson (1988), weights put into
  /// the means; with them the placement values are summed by cluster and stratum (Obuchowski 1997).
  ///
  /// - Parameters:
  ///   - scores: One per row; only their order counts.
  ///   - outcomes: One per row.
  ///   - weights: One per row, not negative.
  ///   - units: Clusters and strata of the rows; `nil` = rows drawn one by one.
  ///   - lonely: What strata of one cluster add.
  /// - Complexity: O(n log n).
  public init?(
    scores: [Double], outcomes: [Bool], weights: [Double], units: SamplingUnits? = nil,
    lonely: LonelyRule = .fail
  ) {
    let order = scores.indices.filter { weights[$0] > 0 }
      .sorted { (scores[$0], $0) < (scores[$1], $1) }
    let cases = fixedOrderSum(order.map { outcomes[$0] ? weights[$0] : 0 })
    let others = fixedOrderSum(order.map { outcomes[$0] ? 0 : weights[$0] })
    guard cases > 0, others > 0 else { return nil }
    let placements = placementValues(order, scores, outcomes, weights, cases, others)
    area =
      fixedOrderSum(order.map { outcomes[$0] ? weights[$0] * placements[$0] : 0 }) / cases
    let middle = area
    let influences = scores.indices.map { row in
      weights[row] > 0
        ? weights[row] * (placements[row] - middle) / (outcomes[row] ? cases : others) : 0
    }
    if let units {
      standardError =
        units.variance(ofTotals: [influences], lonely: lonely)[0][0].squareRoot()
    } else {
      var variance = 0.0
      for outcome in [true, false] {
        let members = order.filter { outcomes[$0] == outcome }
        let squares = fixedOrderSum(members.map { influences[$0] * influences[$0] })
        let count = Double(members.count)
        variance += squares * (count > 1 ? count / (count - 1) : 1)
      }
      standardError = variance.squareRoot()
    }
  }
}

/// For a case the share of others below it, for another the share of cases above it; ties count half.
private func placementValues(
  _ order: [Int], _ scores: [Double], _ outcomes: [Bool], _ weights: [Double], _ cases: Double,
  _ others: Double
) -> [Double] {
  var values = [Double](repeating: 0, count: scores.count)
  var (casesBelow, othersBelow) = (0.0, 0.0)
  var start = 0
  while start < order.count {
    var end = start
    var (tiedCases, tiedOthers) = (0.0, 0.0)
    while end < order.count, scores[order[end]] == scores[order[start]] {
      let row = order[end]
      if outcomes[row] { tiedCases += weights[row] } else { tiedOthers += weights[row] }
      end += 1
    }
    for row in order[start..<end] {
      values[row] =
        outcomes[row]
        ? (othersBelow + tiedOthers / 2) / others
        : (cases - casesBelow - tiedCases / 2) / cases
    }
    casesBelow += tiedCases
    othersBelow += tiedOthers
    start = end
  }
  return values
}
