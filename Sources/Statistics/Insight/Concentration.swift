// Quiebre · Statistics
// Whether child labor weighs more on the poor: concentration indices over ranked areas.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Fractional ranks of areas by a condition such as poverty, weighted by their people.
///
/// R = (people ranked below + half of those ranked equal) / all people, from the best off to the worst
/// off; equals share a rank. Σ p·R = ½ with p the areas' shares of people (Kakwani, Wagstaff & van
/// Doorslaer 1997).
public struct ConditionRanks: Hashable, Sendable {
  /// R − ½ of each area; 0 for one without a known condition.
  public let centered: [Double]
  /// People in areas with a known condition.
  public let people: Double

  /// - Parameters:
  ///   - condition: One per area, the higher the worse off; NaN = unknown, left out.
  ///   - people: One per area, not negative.
  public init(condition: [Double], people: [Double]) {
    precondition(condition.count == people.count, "people for each area")
    let order = condition.indices.filter { condition[$0].isFinite }
      .sorted { (condition[$0], $0) < (condition[$1], $1) }
    let total = fixedOrderSum(order.map { people[$0] })
    var ranks = [Double](repeating: 0, count: condition.count)
    var (below, start) = (0.0, 0)
    while start < order.count, total > 0 {
      var (end, equal) = (start, 0.0)
      while end < order.count, condition[order[end]] == condition[order[start]] {
        equal += people[order[end]]
        end += 1
      }
      for index in start..<end { ranks[order[index]] = (below + equal / 2) / total - 0.5 }
      below += equal
      start = end
    }
    centered = ranks
    self.people = total
  }
}

/// Above 0: the burden lies on the worse off.
public struct ConcentrationIndices: Hashable, Sendable {
  /// C = 2·Σ p·r·(R − ½) / Σ p·r, in −1...1.
  public let standard: Double
  /// Erreygers (2009): 4·μ·C = 8·Σ p·r·(R − ½), for a rate, which has a floor and a ceiling.
  public let erreygers: Double

  /// - Parameters:
  ///   - sumByRank: Σ over areas of people who work × (R − ½).
  ///   - working: Σ of people who work, in areas with a rank.
  ///   - people: Σ of people in areas with a rank.
  public init(sumByRank: Double, working: Double, people: Double) {
    standard = working > 0 ? 2 * sumByRank / working : .nan
    erreygers = people > 0 ? 8 * sumByRank / people : .nan
  }
}
