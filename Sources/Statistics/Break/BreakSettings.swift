// Quiebre · Statistics
// The settings of the break test on an observed series.
// SPDX-License-Identifier: Apache-2.0

/// Settings of the break test; the defaults are those of break-test.md.
public struct BreakSettings: Hashable, Sendable {
  /// How figures of two survey methods may meet in one fit.
  public enum MethodRule: Hashable, Sendable {
    case refuse
    /// A level offset for each method but the newest.
    case offset
    /// Rates of all but the newest method are multiplied by `value`, which has its own error.
    case ratio(value: Double, standardError: Double)
  }

  /// The scale on which a straight line means a steady pace.
  ///
  /// Paces are printed in pp a year at the last figure's rate on every scale.
  public enum Scale: String, CaseIterable, Hashable, Sendable {
    /// The same number of points each year.
    case identity
    /// The same percent change each year (weights (y/s)²).
    case log
    /// The same change of the log odds each year.
    case logit
  }

  /// Rate to reach, percent, and the year by which.
  public var target: Double?
  public var deadline: Double?
  /// Δ in pp a year, if the planner gave it.
  public var tolerance: Double?
  /// Year in which the plateau begins, if fixed before looking at the data.
  public var since: Double?
  public var methods: MethodRule = .refuse
  public var scale = Scale.identity
  /// Kept observations strictly on each side of a joinpoint.
  public var side = 2
  /// `nil` = by the length of the series.
  public var maximumJoinpoints: Int?
  /// Of each one-sided test, and of the joinpoint test.
  public var alpha = 0.05
  /// Correlation of the errors of two surveys in a row, as with a panel (break-test 7).
  public var surveyCorrelation = 0.0
  /// Simulated series, and permutations where not all orders are tried.
  public var nullDraws = 9_999
  public var seed: UInt64 = 1
  /// Whether a Bayesian second opinion is given; it decides nothing.
  public var wantsOpinion = true
  /// What it believes before it sees figures.
  public var prior = PriorBelief()
  /// Share of the needed pace below which a pace counts as stagnation.
  public var shareOfNeededPace = 0.10
  /// Share of the current rate a year that counts as stagnation where there is no target.
  public var shareOfRate = 0.005

  public init(
    target: Double? = nil, deadline: Double? = nil, tolerance: Double? = nil,
    since: Double? = nil, methods: MethodRule = .refuse
  ) {
    self.target = target
    self.deadline = deadline
    self.tolerance = tolerance
    self.since = since
    self.methods = methods
  }
}

/// Δ, the pace too small to matter, and the rule that gave it.
public struct Tolerance: Hashable, Sendable {
  public enum Rule: Hashable, Sendable {
    case given
    /// One tenth (by default) of the pace that the target needs.
    case shareOfNeededPace
    /// 0.5 % (by default) of the current rate a year: no target, or none still ahead.
    case shareOfRate
  }

  /// Percentage points a year.
  public let value: Double
  public let rule: Rule

  /// Break-test section 2.5: the first rule that applies.
  ///
  /// - Parameters:
  ///   - settings: Tolerance, target and deadline.
  ///   - year: Year of the last kept figure.
  ///   - rate: That figure.
  public init(_ settings: BreakSettings, year: Double, rate: Double) {
    self = Self.all(settings, year: year, rate: rate)[0]
  }

  /// Every rule that applies, in their order; the first one counts.
  static func all(_ settings: BreakSettings, year: Double, rate: Double) -> [Tolerance] {
    var found: [Tolerance] = []
    if let given = settings.tolerance { found.append(Tolerance(value: given, rule: .given)) }
    if let target = settings.target, let deadline = settings.deadline, target < rate,
      deadline > year
    {
      let needed = (rate - target) / (deadline - year)
      found.append(
        Tolerance(value: settings.shareOfNeededPace * needed, rule: .shareOfNeededPace))
    }
    return found + [Tolerance(value: settings.shareOfRate * rate, rule: .shareOfRate)]
  }

  public init(value: Double, rule: Rule) {
    self.value = value
    self.rule = rule
  }
}
