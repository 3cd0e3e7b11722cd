// Quiebre · ScenarioFiles
// What planning needs besides the scenario, and what it hands on.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Districts
public import Formats
public import LaborModel

/// What is known of the national series, as far as planning needs it.
public struct SeriesFacts: Hashable, Sendable {
  /// The last year with a rate as of the scenario's date, shocks skipped.
  public var lastSeenYear: Int
  /// Where the plateau was found to begin, if it was searched for.
  public var plateauStart: Int?

  public init(lastSeenYear: Int, plateauStart: Int? = nil) {
    self.lastSeenYear = lastSeenYear
    self.plateauStart = plateauStart
  }
}

/// What planning needs from disk, loaded.
public struct PlanInputs: Sendable {
  public var registry: DistrictRegistry
  public var risk: DistrictRisk
  /// The registry's codes, for tables of allocations.
  public var codes: CodeBook
  /// Tables of allocations and the deflator, by ``DataRequest/path``.
  public var tables: [String: CSVTable]
  public var series: SeriesFacts
  /// How many draws a file gives; `nil` = as many as the scenario says.
  public var givenDraws: Int?

  public init(
    registry: DistrictRegistry, risk: DistrictRisk, codes: CodeBook, tables: [String: CSVTable],
    series: SeriesFacts, givenDraws: Int? = nil
  ) {
    self.registry = registry
    self.risk = risk
    self.codes = codes
    self.tables = tables
    self.series = series
    self.givenDraws = givenDraws
  }
}

/// A scenario with its money in the districts.
public struct PlannedScenario: Sendable {
  public let plan: Plan
  /// Money left over, districts left out, constraints broken; in the order of the lines.
  public let warnings: [Diagnostic]
  /// One per line of the plan.
  public let money: [LineReport]
  public let priceYear: Int
  /// By district: ``OutputSettings/poverty`` and ``OutputSettings/rural``; NaN where unknown.
  public let poverty: [Double]?
  public let rural: [Double]?

  /// What became of a line's money.
  public struct LineReport: Hashable, Sendable {
    public let id: String
    /// `base...end`.
    public let years: [Int]
    /// As written, in current money, if the scenario has a deflator; else `nil`.
    public let current: [Centimos]?
    /// Whether `where` lets each district in.
    public let members: [Bool]
    /// Districts that take part.
    public let participating: Int
    /// Districts at their maximum, per year.
    public let atMaximum: [Int]
    /// Districts that the minimum didn't reach, per year.
    public let unserved: [Int]
  }

  /// The plan that differences are taken from: every line keeps the money of the base year.
  public func keepingBaseYear() -> Plan {
    var kept = plan
    for index in kept.lines.indices { kept.lines[index].money.keepBaseYear() }
    kept.id = plan.id + "-baseline"
    kept.name = LocalizedText(en: "Baseline", es: "Línea de base")
    return kept
  }

  /// The plan with the new money of some lines only; the others keep the base year's.
  ///
  /// - Parameters:
  ///   - lines: Indices of the lines that keep their plan.
  ///   - id: Of the plan that comes out.
  /// - Returns: A plan with the same lines, so that both can share their draws.
  public func withNewMoney(of lines: Set<Int>, id: String) -> Plan {
    var part = plan
    for index in part.lines.indices where !lines.contains(index) {
      part.lines[index].money.keepBaseYear()
    }
    part.id = id
    return part
  }
}

extension PlanLine.LineMoney {
  fileprivate mutating func keepBaseYear() {
    let years = approved.count
    approved = [Centimos](repeating: approved[0], count: years)
    national = [Centimos](repeating: national[0], count: years)
    unplaced = [Centimos](repeating: unplaced[0], count: years)
    placed = placed.map { [Centimos](repeating: $0[0], count: years) }
  }
}
