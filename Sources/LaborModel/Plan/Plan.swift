// Quiebre · LaborModel
// A checked scenario: what the simulator needs to know, with money already in each district.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Statistics

/// Money in céntimos (hundredths of the currency's unit), so that sums are exact.
public typealias Centimos = Int64

/// One scenario, resolved against one registry.
///
/// District arrays follow the registry's order.
public struct Plan: Hashable, Sendable {
  public var id: String
  public var name: LocalizedText
  /// The survey definition group that counts as "working", such as `A_ENAHO_WORK_5_17`.
  public var definition: String
  /// First simulated year (where the plateau begins), the year whose money is already in the
  /// level, and the last simulated year: `since <= base < end`.
  public var since: Int
  public var base: Int
  public var end: Int
  public var replicas: Int
  public var seed: UInt64
  public var dynamics: Dynamics
  public var overlap: Overlap
  public var lines: [PlanLine]
  public var interactions: [Interaction]
  public var targets: [Target]
  public var calibrate: Bool
  public var minimumEffectiveSize: Double

  public init(
    id: String, name: LocalizedText, definition: String, since: Int, base: Int, end: Int,
    replicas: Int, seed: UInt64, dynamics: Dynamics, overlap: Overlap, lines: [PlanLine],
    interactions: [Interaction], targets: [Target], calibrate: Bool,
    minimumEffectiveSize: Double
  ) {
    self.id = id
    self.name = name
    self.definition = definition
    self.since = since
    self.base = base
    self.end = end
    self.replicas = replicas
    self.seed = seed
    self.dynamics = dynamics
    self.overlap = overlap
    self.lines = lines
    self.interactions = interactions
    self.targets = targets
    self.calibrate = calibrate
    self.minimumEffectiveSize = minimumEffectiveSize
  }

  /// How programmes on the same child combine (design of the model, "Multipliers").
  public enum Overlap: String, CaseIterable, Hashable, Sendable {
    case product
    case nested
    case additive
  }

  /// What moves rates without any money.
  public struct Dynamics: Hashable, Sendable {
    /// X: share of working children who stop each year.
    public var exit: Distribution
    /// g: log points a year on entry, and on exit.
    public var trend: Distribution
    public var trendExit: Distribution
    /// National and department shocks on entry, log points.
    public var shock: Shock
    public var departmentShock: Shock

    public init(
      exit: Distribution, trend: Distribution, trendExit: Distribution, shock: Shock,
      departmentShock: Shock
    ) {
      self.exit = exit
      self.trend = trend
      self.trendExit = trendExit
      self.shock = shock
      self.departmentShock = departmentShock
    }
  }

  /// An AR(1) process: stationary standard deviation (log points) and autocorrelation.
  public struct Shock: Hashable, Sendable {
    public var standardDeviation: Double
    public var autocorrelation: Double

    public init(standardDeviation: Double, autocorrelation: Double) {
      self.standardDeviation = standardDeviation
      self.autocorrelation = autocorrelation
    }
  }

  /// A declared pair: the risk ratios of **both together** for a child that both lines reach.
  public struct Interaction: Hashable, Sendable {
    public var id: String
    /// Indices into ``Plan/lines``.
    public var first: Int
    public var second: Int
    public var entry: Distribution
    public var exit: Distribution

    public init(id: String, first: Int, second: Int, entry: Distribution, exit: Distribution) {
      self.id = id
      self.first = first
      self.second = second
      self.entry = entry
      self.exit = exit
    }
  }

  /// What the planner wants to reach.
  public struct Target: Hashable, Sendable {
    public enum Indicator: Hashable, Sendable {
      /// Rate at or below `value` (a share) in the deadline year.
      case rate(value: Double)
      /// Working children at or below this many persons.
      case working(persons: Double)
      /// Stagnation breaks (break test, section 3).
      case breaks(BreakRule)
    }

    /// Settings of the break test; rates in percentage points.
    public struct BreakRule: Hashable, Sendable {
      /// Start of the plateau; `nil` = searched.
      public var since: Int?
      /// The rate target (index into ``Plan/targets``) that gives the needed pace.
      public var goal: Int?
      /// Δ, pp a year, if the file gives it.
      public var tolerance: Double?
      public var persistence: Int
      /// Wrong entries allowed in lists of districts.
      public var listError: Double

      public init(
        since: Int?, goal: Int?, tolerance: Double?, persistence: Int, listError: Double
      ) {
        self.since = since
        self.goal = goal
        self.tolerance = tolerance
        self.persistence = persistence
        self.listError = listError
      }
    }

    public var id: String
    public var indicator: Indicator
    public var deadline: Int
    /// Wanted probability.
    public var probability: Double
    public var ages: ClosedRange<Int>
    /// Code of an area, or `nil` for the nation.
    public var area: String?

    public init(
      id: String, indicator: Indicator, deadline: Int, probability: Double,
      ages: ClosedRange<Int>, area: String?
    ) {
      self.id = id
      self.indicator = indicator
      self.deadline = deadline
      self.probability = probability
      self.ages = ages
      self.area = area
    }
  }
}

/// One budget line, with its money in each district and year.
public struct PlanLine: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case service
    case transfer
    /// Raises the execution of other lines.
    case coordination
    /// Lowers the leakage of other lines.
    case targeting
  }

  public enum Reach: String, CaseIterable, Hashable, Sendable {
    /// Nobody is enrolled twice: c = min(κ, n/T).
    case exact
    /// c = κ(1 − exp(−n/(κT))).
    case random
  }

  public var id: String
  public var name: LocalizedText
  public var kind: Kind
  /// Rows of evidence or unit costs that back the effect; empty = assumed.
  public var source: String
  public var money: LineMoney
  public var delivery: Delivery
  public var effect: Effect

  public init(
    id: String, name: LocalizedText, kind: Kind, source: String, money: LineMoney,
    delivery: Delivery, effect: Effect
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.source = source
    self.money = money
    self.delivery = delivery
    self.effect = effect
  }

  /// Money of the years `base...end` in céntimos of the price year.
  ///
  /// `approved[y] == national[y] + unplaced[y] + sum over districts of placed[d][y]`, exactly.
  public struct LineMoney: Hashable, Sendable {
    public var approved: [Centimos]
    /// Money without a district (`allocation.rule = "national"`).
    public var national: [Centimos]
    public var unplaced: [Centimos]
    /// One row per district, one column per year of `base...end`.
    public var placed: [[Centimos]]

    public init(
      approved: [Centimos], national: [Centimos], unplaced: [Centimos], placed: [[Centimos]]
    ) {
      self.approved = approved
      self.national = national
      self.unplaced = unplaced
      self.placed = placed
    }
  }

  /// How money becomes children reached.
  public struct Delivery: Hashable, Sendable {
    /// Share of the money that is spent; share of it that misses the eligible.
    public var execution: Distribution
    public var leakage: Distribution
    /// Cost of one unit a year in the currency's unit (soles), and children in a unit.
    public var unitCost: Distribution
    public var childrenPerUnit: Double
    /// κ, the highest coverage.
    public var ceiling: Distribution
    public var reach: Reach
    /// One per district; 1 = the plain unit cost.
    public var costFactor: [Double]
    /// T per district, persons; `nil` = children of the effect's ages (working ones, base year, for
    /// a line that only acts on exit).
    public var eligible: [Double]?

    public init(
      execution: Distribution, leakage: Distribution, unitCost: Distribution,
      childrenPerUnit: Double, ceiling: Distribution, reach: Reach, costFactor: [Double],
      eligible: [Double]?
    ) {
      self.execution = execution
      self.leakage = leakage
      self.unitCost = unitCost
      self.childrenPerUnit = childrenPerUnit
      self.ceiling = ceiling
      self.reach = reach
      self.costFactor = costFactor
      self.eligible = eligible
    }
  }

  /// What a reached child's yearly chances are multiplied with, or what another line gains.
  public struct Effect: Hashable, Sendable {
    public var entry: Distribution
    public var exit: Distribution
    /// Ages **after** the step.
    public var ages: ClosedRange<Int>
    public var lag: Int
    public var ramp: Distribution
    /// Whom a helping line helps, as indices into ``Plan/lines``.
    ///
    /// Coordination: lines whose execution rises by `amount` (share, i.e. points / 100);
    /// targeting: lines whose leakage falls to `amount`.
    public var helps: [Int]
    public var amount: Distribution
    /// Money a year (céntimos) at which a helping line has its full effect.
    public var fullAt: Centimos
    /// A helping line's effect stays when its money ends.
    public var lasting: Bool

    public init(
      entry: Distribution, exit: Distribution, ages: ClosedRange<Int>, lag: Int,
      ramp: Distribution, helps: [Int], amount: Distribution, fullAt: Centimos, lasting: Bool
    ) {
      self.entry = entry
      self.exit = exit
      self.ages = ages
      self.lag = lag
      self.ramp = ramp
      self.helps = helps
      self.amount = amount
      self.fullAt = fullAt
      self.lasting = lasting
    }
  }
}
