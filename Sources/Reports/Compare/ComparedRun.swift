// Quiebre · Reports
// What a comparison needs of one run, whether it was just simulated or lies finished in a folder.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Districts
public import LaborModel
public import Statistics

/// One column of a comparison.
///
/// Rates and points are in percent, money in the currency's unit.
public struct ComparedRun: Sendable {
  /// One side of a run: with or without the scenario's money.
  public struct Side: Hashable, Sendable {
    public var rate: Band
    /// Children working at the end, mean.
    public var working: Double

    /// Whether two sides are the same as far as a summary's digits tell: three decimals of a percent,
    /// one of a person.
    public func isPublished(as other: Side) -> Bool {
      func near(_ a: Double, _ b: Double, _ step: Double) -> Bool { abs(a - b) <= 1.01 * step / 2 }
      return near(rate.p05, other.rate.p05, 0.001) && near(rate.p50, other.rate.p50, 0.001)
        && near(rate.p95, other.rate.p95, 0.001) && near(working, other.working, 0.1)
    }
  }

  /// A target's probabilities.
  public struct Target: Sendable {
    public var id: String
    public var title: LocalizedText
    public var baseline: DrawnShare
    public var scenario: DrawnShare
  }

  /// New money per child-year avoided.
  public struct Cost: Hashable, Sendable {
    public var low: Double?
    public var middle: Double?
    public var high: Double?
  }

  /// Means of one department or province in the year that is compared.
  public struct Area: Hashable, Sendable {
    public var code: String
    public var name: String
    public var baseline: Double
    public var scenario: Double
  }

  /// What must be equal for two runs to see the same draws.
  public struct Ground: Hashable, Sendable {
    public var definition: String
    public var since: Int
    public var base: Int
    public var end: Int
    public var seed: String
    public var replicas: Int
    public var currency: String
    public var priceYear: Int
  }

  public var id: String
  /// The folder it was read from; `nil` = just simulated.
  public var folder: String?
  public var ground: Ground
  public var symbol: String
  public var baseline: Side
  public var scenario: Side
  /// Paired by draw with the run's own baseline.
  public var difference: Band?
  public var targets: [Target]
  public var newMoney: Double
  public var avoided: Band?
  /// New money per child-year avoided, at the 95, 50 and 5 % of the child-years; an end at which none
  /// is avoided has none.
  public var cost: Cost?
  public var areas: [Area]
  /// Of the last year; empty where not asked or read from a folder.
  public var equity: [EquityRow] = []
}

extension ComparedRun {
  /// A run that was just simulated.
  ///
  /// - Parameters:
  ///   - report: The run.
  ///   - year: The year of the areas.
  ///   - byProvince: Provinces instead of departments.
  public init(_ report: RunReport, year: Int, byProvince: Bool) {
    let outcomes = report.bothOutcomes
    let sides = outcomes.map { outcome in
      let band = outcome.nationalPath.bands[AgeGroup.all.rawValue][report.endColumn]
      return Side(rate: band.times(100), working: report.working(outcome))
    }
    id = report.plan.id
    ground = Ground(
      definition: report.plan.definition, since: report.plan.since, base: report.plan.base,
      end: report.plan.end, seed: "\(report.plan.seed)",
      replicas: report.projection.weights.count, currency: report.unit.currency,
      priceYear: report.unit.priceYear)
    symbol = report.unit.symbol
    baseline = sides[0]
    scenario = sides[1]
    difference = report.difference(.nation, .all, column: report.endColumn).band.times(100)
    targets = report.targetAnswers().map { answer in
      func title(_ language: Language) -> String {
        RunText(report: report, language: language).title(answer)
      }
      return Target(
        id: answer.target.id, title: LocalizedText(en: title(.english), es: title(.spanish)),
        baseline: answer.baseline, scenario: answer.scenario)
    }
    newMoney = Double(report.newMoney) / 100
    avoided = report.avoidedChildYears.band
    let ends = report.costPerChildYear
    cost = Cost(low: ends.low, middle: ends.middle, high: ends.high)
    areas = ComparedRun.areas(report, year: year, byProvince: byProvince)
    equity = report.equityRows().filter { $0.year == report.plan.end }
  }

  private static func areas(_ report: RunReport, year: Int, byProvince: Bool) -> [Area] {
    guard let column = report.projection.years.firstIndex(of: year) else { return [] }
    let areas = byProvince ? report.registry.provinces : report.registry.departments
    let means = report.bothOutcomes.map { outcome in
      (byProvince ? outcome.provincePaths : outcome.departmentPaths).map {
        $0.means[AgeGroup.all.rawValue][column] * 100
      }
    }
    return areas.indices.map {
      Area(
        code: areas[$0].code, name: areas[$0].name, baseline: means[0][$0],
        scenario: means[1][$0])
    }
  }

  /// The same run with another one's scenario as its baseline.
  ///
  /// Only published figures are at hand then: the difference is one of medians, without an interval,
  /// and what rests on pairs of draws is left out.
  public func against(_ other: ComparedRun) -> ComparedRun {
    var result = self
    result.baseline = other.scenario
    let change = scenario.rate.p50 - other.scenario.rate.p50
    result.difference = Band(p05: .nan, p50: change, p95: .nan)
    result.targets = targets.map { target in
      var target = target
      if let same = other.targets.first(where: { $0.id == target.id }) {
        target.baseline = same.scenario
      }
      return target
    }
    result.newMoney = newMoney - other.newMoney
    result.avoided = nil
    result.equity = []
    result.cost = nil
    result.areas = areas.map { area in
      var area = area
      area.baseline = other.areas.first { $0.code == area.code }?.scenario ?? .nan
      return area
    }
    return result
  }
}

extension Band {
  func times(_ factor: Double) -> Band {
    Band(p05: p05 * factor, p50: p50 * factor, p95: p95 * factor)
  }
}
