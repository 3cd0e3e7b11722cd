// Quiebre · LaborModel
// Where the risk of districts comes from, and how it is worked up.
// SPDX-License-Identifier: Apache-2.0

/// What stands for MIRTI.
public enum RiskSource: Hashable, Sendable {
  /// A model scored here, on cells or on district means.
  case model(RiskModel, RiskCells)
  /// A risk that a surface or a ministry's table gives.
  case given(GivenRisk)
}

/// A risk read from elsewhere, in registry order; shares.
public struct GivenRisk: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case surface
    case table
  }

  /// `nil` where the source gives none.
  public var rates: [Double?]
  /// 5 and 95 % limits; `nil` = error unknown.
  public var p05: [Double?]?
  public var p95: [Double?]?
  /// Assumed standard deviation on the logit scale where no limits are given; `nil` = unknown.
  public var logitError: Double?
  public var kind: Kind
  public var isSynthetic: Bool

  public init(
    rates: [Double?], p05: [Double?]? = nil, p95: [Double?]? = nil, logitError: Double? = nil,
    kind: Kind,
    isSynthetic: Bool
  ) {
    self.rates = rates
    self.p05 = p05
    self.p95 = p95
    self.logitError = logitError
    self.kind = kind
    self.isSynthetic = isSynthetic
  }
}

/// The settings of an assessment; spreads are standard deviations on the logit scale.
public struct RiskOptions: Hashable, Sendable {
  /// How the mean over the district's unknown error u is taken.
  public enum Quadrature: Hashable, Sendable {
    /// 15 points of Gauss and Hermite.
    case gaussHermite
    /// logistic(η/√(1 + 0.346σ²)).
    case fast
  }

  public var classes: RiskClassRule
  /// Whether a department's shift is damped by γ = σ_r²/(σ_r² + se_r²).
  public var isDamped = true
  /// σ_r: how far departments stray from the model (assumed).
  public var departmentSpread = 0.3
  /// What scoring an average child adds to a district's error (assumed).
  public var meansError = 0.25
  public var draws = 1000
  public var quadrature = Quadrature.gaussHermite
  /// The scenario's definition group, to refuse a model of another; `nil` = not checked.
  public var definition: String?

  public init(classes: RiskClassRule) { self.classes = classes }
}

/// The national rate that the districts must average to, and the rates that move department
/// estimates between years.
public struct NationalBenchmark: Hashable, Sendable {
  /// In the year `since`, where runs start.
  public var level: NationalLevel
  /// Other published years.
  public var otherYears: [NationalLevel]

  public init(level: NationalLevel, otherYears: [NationalLevel] = []) {
    self.level = level
    self.otherYears = otherYears
  }
}
