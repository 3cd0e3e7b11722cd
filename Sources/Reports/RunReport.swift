// Quiebre · Reports
// Everything that a result folder and the terminal tell about one scenario of a run.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Districts
public import GeoCore
public import LaborModel
public import Statistics

/// One scenario of a run beside its baseline: what every output is rendered from.
///
/// `QuiebreKit` fills it; nothing here opens a file, and equal values render to equal bytes.
public struct RunReport: Sendable {
  /// The scenario and what it is compared with.
  public var plan: Plan
  public var baselinePlan: Plan
  public var registry: DistrictRegistry
  public var risk: DistrictRisk
  public var projection: Projection
  /// Index of the scenario in ``LaborModel/Projection/scenarios``.
  public var scenario: Int
  public var unit: MoneyUnit
  /// The year or ISO date after which nothing was seen; `nil` = no cut.
  public var asOf: String?
  /// The test of the observed national series; `nil` if there is none.
  public var observed: StagnationResult?
  /// The settings it was tested with.
  public var breakSettings: BreakSettings
  /// Standard error of the survey of the deadline year, pp; `nil` if unknown.
  public var surveyError: Double?
  /// P(break) under other widths of the trend: what the verdict rests on.
  public var trendSensitivity: [TrendSensitivity]
  /// Growth of the number of children, share a year; the same for every district.
  public var childrenGrowth: Double
  /// One of `high`, `low`, `mixed`, `none` per district; `nil` where neighbours aren't known.
  public var hotspots: [String]?
  /// Simplified shapes for the map; `nil` = those of the registry.
  public var mapShapes: [MultiPolygon?]?
  /// What each uncertain input alone explains of the answers; the exit rate first.
  public var inputShares: [InputShare] = []
  /// What equity is measured by, and where its sums begin in each outcome; `nil` = not asked.
  public var equity: (basis: EquityBasis, first: Int)?
  /// k of `p_worst`, and whether the tables carry quartiles by year.
  public var worst: Int
  public var hasQuartiles: Bool
  /// How layers, tables and surfaces met the districts.
  public var join: JoinReport
  /// SHA-256 of scenario lock, inputs, seed and replicas: stamped into files, which can't hold
  /// their own hash.
  public var inputsHash: String
  /// What isn't real data, such as a synthetic risk model or schematic shapes.
  public var synthetic: [Synthetic]
  public var assumptions: [Assumption]
  public var warnings: [Diagnostic]

  public init(
    plan: Plan, baselinePlan: Plan, registry: DistrictRegistry, risk: DistrictRisk,
    projection: Projection, scenario: Int, unit: MoneyUnit, asOf: String?,
    observed: StagnationResult?, breakSettings: BreakSettings, surveyError: Double?,
    trendSensitivity: [TrendSensitivity],
    childrenGrowth: Double,
    hotspots: [String]?, equity: (basis: EquityBasis, first: Int)? = nil, worst: Int = 0,
    hasQuartiles: Bool = false,
    join: JoinReport, inputsHash: String, synthetic: [Synthetic], assumptions: [Assumption],
    warnings: [Diagnostic]
  ) {
    self.plan = plan
    self.baselinePlan = baselinePlan
    self.registry = registry
    self.risk = risk
    self.projection = projection
    self.scenario = scenario
    self.unit = unit
    self.asOf = asOf
    self.observed = observed
    self.breakSettings = breakSettings
    self.surveyError = surveyError
    self.trendSensitivity = trendSensitivity
    self.childrenGrowth = childrenGrowth
    self.hotspots = hotspots
    self.equity = equity
    self.worst = worst
    self.hasQuartiles = hasQuartiles
    self.join = join
    self.inputsHash = inputsHash
    self.synthetic = synthetic
    self.assumptions = assumptions
    self.warnings = warnings
  }

  /// The scenario's own results.
  public var outcome: ScenarioOutcome { projection.scenarios[scenario] }

  /// The unit of all amounts: constant money of one year.
  public struct MoneyUnit: Hashable, Sendable {
    /// ISO 4217, such as `PEN`.
    public var currency: String
    /// What stands before an amount for people, such as `S/`; the currency where there is none.
    public var symbol: String
    public var priceYear: Int

    public init(currency: String, symbol: String, priceYear: Int) {
      self.currency = currency
      self.symbol = symbol
      self.priceYear = priceYear
    }
  }

  /// P(break) of the first break target when the trend's width is this.
  public struct TrendSensitivity: Hashable, Sendable {
    /// Log points a year.
    public var standardDeviation: Double
    public var baseline: DrawnShare
    public var scenario: DrawnShare

    public init(standardDeviation: Double, baseline: DrawnShare, scenario: DrawnShare) {
      self.standardDeviation = standardDeviation
      self.baseline = baseline
      self.scenario = scenario
    }
  }

  /// An input that isn't real data.
  public struct Synthetic: Hashable, Sendable {
    /// `risk`, `shapes`, `children` …: what the manifest lists.
    public var id: String
    public var text: LocalizedText

    public init(id: String, text: LocalizedText) {
      self.id = id
      self.text = text
    }
  }

  /// A number without a source, or a choice that results rest on.
  public struct Assumption: Hashable, Sendable {
    /// The key it can be changed with, such as `simulation.exit`.
    public var key: String
    public var text: LocalizedText
    /// Rows of evidence; empty = assumed.
    public var source: String

    public init(key: String, text: LocalizedText, source: String) {
      self.key = key
      self.text = text
      self.source = source
    }
  }
}
