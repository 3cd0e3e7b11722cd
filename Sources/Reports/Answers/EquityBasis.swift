// Quiebre · Reports
// Who carries child labor: concentration by poverty, and the gap between rural and urban places.
// SPDX-License-Identifier: Apache-2.0

public import LaborModel
import Statistics

/// What equity is measured by, and where its sums stand in a run's results.
///
/// Both measures see districts, not households: what is unequal inside a district is not seen.
public struct EquityBasis: Hashable, Sendable {
  /// Ranks by poverty, and whether each district has one; `nil` = not asked.
  private let ranks: ConditionRanks?
  /// Rural share of each district's children, NaN where unknown; `nil` = not asked.
  private let rural: [Double]?
  private let children: [Double]
  private let poverty: [Double]?

  /// - Parameters:
  ///   - poverty: By district, the higher the poorer; NaN = unknown; `nil` = not asked.
  ///   - rural: By district, a share; NaN = unknown; `nil` = not asked.
  ///   - children: By district, base year.
  public init?(poverty: [Double]?, rural: [Double]?, children: [Double]) {
    guard poverty != nil || rural != nil else { return nil }
    self.poverty = poverty
    self.rural = rural
    self.children = children
    ranks = poverty.map { ConditionRanks(condition: $0, people: children) }
  }

  /// What the simulator must sum: ranks, districts that have one, rural shares, districts that have one.
  public var factors: [[Double]] {
    let none = [Double](repeating: 0, count: children.count)
    func known(_ values: [Double]?) -> [Double] { values?.map { $0.isFinite ? 1 : 0 } ?? none }
    return [
      ranks?.centered ?? none, known(poverty), rural?.map { $0.isFinite ? $0 : 0 } ?? none,
      known(rural),
    ]
  }

  /// A measure of equity.
  public enum Measure: String, CaseIterable, Hashable, Sendable {
    /// C and Erreygers' index, −1 to 1; above 0 the poor carry more.
    case concentration
    case erreygers
    /// Rates weighted by rural and by urban children, their difference and ratio.
    case rural
    case urban
    case gap
    case ratio

    /// Whether it is a share, printed in percent or points.
    public var isShare: Bool { self == .rural || self == .urban || self == .gap }
  }

  /// The measures of one side in one year, by draw; empty for what isn't asked.
  func measures(_ sums: ArraySlice<FactorSum>, isEnd: Bool) -> [Measure: [Double]] {
    let rows = sums.map { isEnd ? $0.end : $0.base }
    guard rows.count == 4 else { return [:] }
    var found: [Measure: [Double]] = [:]
    if let ranks {
      let both = rows[0].indices.map {
        ConcentrationIndices(sumByRank: rows[0][$0], working: rows[1][$0], people: ranks.people)
      }
      found[.concentration] = both.map(\.standard)
      found[.erreygers] = both.map(\.erreygers)
    }
    if let rural {
      let country = zip(rural, children).reduce(0) { $0 + ($1.0.isFinite ? $1.0 * $1.1 : 0) }
      let town = zip(rural, children).reduce(0) { $0 + ($1.0.isFinite ? (1 - $1.0) * $1.1 : 0) }
      let far = rows[2].map { country > 0 ? $0 / country : .nan }
      let near = zip(rows[3], rows[2]).map { town > 0 ? ($0 - $1) / town : .nan }
      found[.rural] = far
      found[.urban] = near
      found[.gap] = zip(far, near).map { $0 - $1 }
      found[.ratio] = zip(far, near).map { $1 > 0 ? $0 / $1 : .nan }
    }
    return found
  }
}

/// One measure in one year: baseline, scenario, and their difference paired by draw.
public struct EquityRow: Hashable, Sendable {
  public struct Figure: Hashable, Sendable {
    public let band: Band
    public let mean: Double
  }

  public let measure: EquityBasis.Measure
  public let year: Int
  public let baseline: Figure
  public let scenario: Figure
  public let difference: Figure
}

extension RunReport {
  /// Equity in the base year and the last, by measure; empty where nothing is asked.
  public func equityRows() -> [EquityRow] {
    guard let equity else { return [] }
    let years = [(false, projection.base), (true, plan.end)]
    let sides = years.map { isEnd, _ in
      bothOutcomes.map {
        equity.basis.measures($0.factorSums[equity.first...].prefix(4), isEnd: isEnd)
      }
    }
    return EquityBasis.Measure.allCases.flatMap { measure -> [EquityRow] in
      zip(years, sides).compactMap { year, side in
        guard let before = side[0][measure], let after = side[1][measure] else { return nil }
        return EquityRow(
          measure: measure, year: year.1, baseline: figure(before), scenario: figure(after),
          difference: figure(zip(after, before).map { $0 - $1 }))
      }
    }
  }

  private func figure(_ values: [Double]) -> EquityRow.Figure {
    guard values.allSatisfy(\.isFinite) else {
      return EquityRow.Figure(band: Band(p05: .nan, p50: .nan, p95: .nan), mean: .nan)
    }
    return EquityRow.Figure(
      band: band(of: values), mean: mean(of: values, weights: projection.weights))
  }
}
