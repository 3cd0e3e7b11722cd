// Quiebre · Statistics
// Strata and clusters of a sample, and the variance of a total of scores over them.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The clusters that rows were sampled in, and the strata of the clusters.
public struct SamplingUnits: Hashable, Sendable {
  /// The cluster of each row.
  public let unitOf: [Int]
  /// The stratum of each cluster.
  public let stratumOf: [Int]
  /// Clusters by stratum.
  let members: [[Int]]

  /// - Parameters:
  ///   - unitOf: 0..<units for each row.
  ///   - stratumOf: 0..<strata for each cluster; `nil` = one stratum.
  public init(unitOf: [Int], stratumOf: [Int]? = nil) {
    self.unitOf = unitOf
    let count = (unitOf.max() ?? -1) + 1
    self.stratumOf = stratumOf ?? [Int](repeating: 0, count: count)
    precondition(self.stratumOf.count >= count, "a stratum for each cluster")
    var members = [[Int]](repeating: [], count: (self.stratumOf.max() ?? -1) + 1)
    for (unit, stratum) in self.stratumOf.enumerated() { members[stratum].append(unit) }
    self.members = members
  }

  /// Each of `rows` rows sampled by itself.
  public init(rows: Int) { self.init(unitOf: Array(0..<rows)) }

  public var unitCount: Int { stratumOf.count }
  public var stratumCount: Int { members.count }
  /// Clusters less strata.
  public var degreesOfFreedom: Int { unitCount - stratumCount }
  /// Strata of a single cluster.
  public var lonelyStrata: [Int] { members.indices.filter { members[$0].count == 1 } }

  /// Σ_h n_h/(n_h − 1) Σ_c (z_hc − z̄_h)(z_hc − z̄_h)', z being the clusters' totals.
  ///
  /// Clusters count as drawn with replacement, as survey::svyrecvar does without `fpc`.
  ///
  /// - Parameters:
  ///   - scores: `[quantity][row]`.
  ///   - lonely: What strata of one cluster add; `fail` counts as `certainty` here.
  /// - Returns: One row and column per quantity.
  public func variance(ofTotals scores: [[Double]], lonely: LonelyRule = .fail) -> [[Double]] {
    let size = scores.count
    var totals = [[Double]](
      repeating: [Double](repeating: 0, count: size), count: stratumOf.count)
    for quantity in scores.indices {
      for (row, unit) in unitOf.enumerated() { totals[unit][quantity] += scores[quantity][row] }
    }
    return variance(ofUnits: totals, lonely: lonely)
  }

  /// The same from totals of clusters: `[unit][quantity]`.
  func variance(ofUnits totals: [[Double]], lonely: LonelyRule) -> [[Double]] {
    let size = totals.first?.count ?? 0
    var result = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    let center = mean(of: Array(totals.indices), totals, size)
    for stratum in members where !stratum.isEmpty {
      let isLonely = stratum.count == 1
      guard !isLonely || lonely == .adjust else { continue }
      let origin = isLonely ? center : mean(of: stratum, totals, size)
      let factor = isLonely ? 1 : Double(stratum.count) / Double(stratum.count - 1)
      for unit in stratum {
        let distance = (0..<size).map { totals[unit][$0] - origin[$0] }
        for row in 0..<size {
          let scaled = factor * distance[row]
          for column in row..<size { result[row][column] += scaled * distance[column] }
        }
      }
    }
    let others = members.count { $0.count > 1 }
    let scale =
      lonely == .average && others > 0
      ? Double(others + lonelyStrata.count) / Double(others) : 1
    for row in 0..<size {
      for column in row..<size {
        result[row][column] *= scale
        result[column][row] = result[row][column]
      }
    }
    return result
  }

  private func mean(of units: [Int], _ totals: [[Double]], _ size: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: size)
    for unit in units {
      for quantity in 0..<size { sums[quantity] += totals[unit][quantity] }
    }
    return sums.map { $0 / Double(units.count) }
  }
}

extension LogisticFit {
  /// The robust covariance of the coefficients (Binder 1983): A⁻¹BA⁻¹.
  ///
  /// A is the information and B the variance of the clusters' totals of scores a(y − p)x.
  public func covariance(over units: SamplingUnits, lonely: LonelyRule = .fail) -> [[Double]] {
    let count = basis.columns.rowCount
    let size = point.count
    var totals = [[Double]](
      repeating: [Double](repeating: 0, count: size), count: units.unitCount)
    for row in 0..<count {
      let (pack, lane) = (row / 8, row % 8)
      let weight = rows.weights[pack][lane]
      guard weight > 0 else { continue }
      let residual = weight * (rows.outcomes[pack][lane] - logistic(logits[row]))
      let unit = units.unitOf[row]
      for column in 0..<size {
        totals[unit][column] +=
          residual * basis.columns.packs[column * basis.columns.packCount + pack][lane]
      }
    }
    let middle = units.variance(ofUnits: totals, lonely: lonely)
    return congruence(congruence(middle, by: inverseInformation), by: basis.transform)
  }
}
