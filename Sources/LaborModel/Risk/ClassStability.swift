// Quiebre · LaborModel
// How many districts would be in another class if the risk were drawn again.
// SPDX-License-Identifier: Apache-2.0

import Districts
import Statistics

/// Shares of districts and of children that change class from draw to draw, cut points kept.
public struct ClassStability: Hashable, Sendable {
  /// Mean over draws with its 5 and 95 % quantiles.
  public struct Share: Hashable, Sendable {
    public let mean: Double
    public let p05: Double
    public let p95: Double
  }

  public let districts: Share
  /// Weighted by children.
  public let children: Share
  /// Districts that keep their class in at least nine of ten draws.
  public let firm: Int

  init(_ spreads: [RiskSpread], registry: DistrictRegistry) {
    let draws = spreads.first?.isElsewhere.count ?? 0
    var (districts, children) = (
      [Double](repeating: 0, count: draws), [Double](repeating: 0, count: draws)
    )
    for (district, spread) in spreads.enumerated() {
      for draw in 0..<draws where spread.isElsewhere[draw] {
        districts[draw] += 1
        children[draw] += registry.children[district]
      }
    }
    let everyone = registry.children.reduce(0, +)
    self.districts = Share(districts.map { $0 / Double(spreads.count) })
    self.children = Share(children.map { everyone > 0 ? $0 / everyone : 0 })
    firm = spreads.count { spread in spread.isElsewhere.count { $0 } * 10 <= draws }
  }
}

extension ClassStability.Share {
  fileprivate init(_ values: [Double]) {
    let limits = quantiles(of: values, at: [0.05, 0.95])
    (mean, p05, p95) = (Statistics.mean(of: values), limits[0], limits[1])
  }
}
