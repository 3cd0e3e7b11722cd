// Quiebre · ScenarioFiles
// One budget line as written: what it costs, how it is shared out, whom it reaches and what it does.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import LaborModel
public import Statistics

/// `[line.x]`.
public struct BudgetLine: Hashable, Sendable {
  /// What happens to the money after the last written year.
  public enum After: Hashable, Sendable {
    case keep
    case zero
    /// A ratio a year: 0.03 for `"grow 3 %"`.
    case grow(Double)
  }

  /// A year's money as written.
  public struct Amount: Hashable, Sendable {
    public var year: Int
    public var money: Centimos
    public var place: SourcePlace

    public init(year: Int, money: Centimos, place: SourcePlace) {
      self.year = year
      self.money = money
      self.place = place
    }
  }

  public struct UnitCost: Hashable, Sendable {
    public enum Unit: String, CaseIterable, Hashable, Sendable { case child, household }
    /// Currency units a year.
    public var amount: Distribution
    public var per: Unit
    public var children: Double
    /// `nil` = the price year of the scenario.
    public var priceYear: Int?
    public var place: SourcePlace
  }

  public struct Effect: Hashable, Sendable {
    public var entry: Distribution
    public var exit: Distribution
    public var source: String
    public var ages: ClosedRange<Int>
    public var lag: Int
    public var ramp: Distribution
    /// Ids of the lines that a coordination or targeting line helps.
    public var helps: [String]
    /// Shares: points that execution rises by, or the leakage that is fallen to.
    public var amount: Distribution
    public var fullAt: Centimos?
    public var lasting: Bool
  }

  public var id: String
  public var name: LocalizedText
  public var responsible: LocalizedText?
  public var kind: PlanLine.Kind
  /// Field and code, in file order.
  public var classificationFields: [String]
  public var classificationCodes: [String]
  public var goalUnit: String?
  public var goalByYear: [Int: Double]
  /// Ascending years.
  public var amounts: [Amount]
  public var after: After
  public var execution: Distribution
  public var leakage: Distribution
  public var unitCost: UnitCost?
  public var costFactor: Formula?
  public var eligible: Formula?
  public var condition: Formula?
  public var ceiling: Distribution
  public var reach: PlanLine.Reach
  public var effect: Effect
  public var allocation: Allocation
  /// Where the line's table begins.
  public var place: SourcePlace
}

/// `allocation = { … }`: how a year's money is shared out.
public struct Allocation: Hashable, Sendable {
  public enum Area: String, CaseIterable, Hashable, Sendable { case district, department }

  public enum Rule: Hashable, Sendable {
    case equal(among: Area)
    case children
    /// Children × risk, or children × the weight of the class.
    case risk(weights: [RiskClass: Double]?)
    case list(AllocationTable)
    case history(AllocationTable)
    case formula(Formula)
    case optimal
    case national
  }

  public var rule: Rule
  /// Money per district and year.
  public var minimum: Centimos
  public var maximum: Centimos?
  public var acceptsUnplaced: Bool
  public var place: SourcePlace
}

/// A table of amounts or weights by district code.
public struct AllocationTable: Hashable, Sendable {
  public var file: FileReference
  public var column: String
  public var columnPlace: SourcePlace
  public var codes: TableCodes
}

/// `[constraint.x]`.
public struct BudgetConstraint: Hashable, Sendable {
  public var id: String
  /// `nil` = all lines.
  public var lines: [String]?
  public var years: ClosedRange<Int>?
  public var condition: Formula?
  /// Money a year.
  public var minimum: Centimos?
  public var maximum: Centimos?
  /// Ratio a year.
  public var growth: Double?
  public var locked: Bool
  /// `department`, `province`, or a field of the classification.
  public var by: String?
  public var minimumShare: Double?
  public var maximumShare: Double?
  public var place: SourcePlace
}
