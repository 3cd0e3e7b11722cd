// Quiebre · Statistics
// Everything that the break test says of one observed series.
// SPDX-License-Identifier: Apache-2.0

/// Everything that the break test says of one observed series.
public struct StagnationResult: Hashable, Sendable {
  public enum Errors: Hashable, Sendable {
    case published
    /// Some were computed from a sample size and a design factor.
    case approximate
    /// At least one is missing: noise is estimated from the residuals alone.
    case unknown
  }

  /// "Stagnation since τ".
  public enum Verdict: String, Hashable, Sendable {
    case shown
    case possible
    case no
  }

  /// The label under a tolerance that another rule gives.
  public struct OtherTolerance: Hashable, Sendable {
    public let tolerance: Tolerance
    public let label: PaceLabel
    /// The largest p-value of the tests that count.
    public let pStagnant: Double
  }

  /// What a change of method adds to the level, by the fit.
  public struct Offset: Hashable, Sendable {
    public let method: String
    /// Against the newest method, pp; error under sampling noise alone.
    public let value: Double
    public let standardError: Double
  }

  public let used: [Observation]
  /// What the fit gives for each of them, percent; empty if no line is fitted.
  public let fitted: [Double]
  public let leftOut: [LeftOut]
  public let errors: Errors
  public let methods: BreakSettings.MethodRule
  /// Older methods against the newest, under the offset rule.
  public let offsets: [Offset]
  /// The method effect that would cancel a fall seen after a change of method.
  public let tipping: TippingPoint?
  /// Figures that may be compared with the last one: converted by the ratio, or of its method.
  public let comparable: [Observation]
  /// Slopes are in pp a year at the last figure's rate, whatever the scale.
  public let scale: BreakSettings.Scale
  public let detectable: Detectability?
  /// `nil` if the year was fixed in advance or the series is too short for a search.
  public let search: JoinpointSearch?
  /// Two lines that need not meet, as a check; `nil` without a search.
  public let jump: JumpCheck?
  public let fixedInAdvance: Double?
  /// Joinpoints of the fitted model; the last one begins the last segment.
  public let joinpoints: [Double]
  /// The last pace in each noise mode.
  public let pace: [SlopeTest]
  /// The pace before the last joinpoint; empty without one, or if the joinpoint was fixed in advance
  /// and fewer than 3 years lie before.
  public let paceBefore: [SlopeTest]
  /// Whether the additive mode has the degrees of freedom (3) to count.
  public let additiveCounts: Bool
  public let tolerance: Tolerance?
  /// What every other rule for the tolerance would have said, in their order.
  public let otherTolerances: [OtherTolerance]
  public let label: PaceLabel
  public let labelBefore: PaceLabel?
  /// Whether the label is undetermined for want of years, and how many more are needed at least.
  public let yearsMissing: Int
  public let stagnation: Verdict
  public let level: PlateauLevel?
  /// Decides nothing; `nil` where errors are unknown or no line is fitted.
  public let opinion: SecondOpinion?

  /// The tests that the label rests on: the additive mode only where it counts.
  public var counted: [SlopeTest] { pace.filter { $0.mode != .additive || additiveCounts } }

  /// Δ*: the tolerance from which "stagnant" would be shown, pp a year.
  public var smallestTolerance: Double? { counted.map(\.smallestTolerance).max() }
}
