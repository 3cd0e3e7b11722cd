// Quiebre · LaborModel
// A fitted risk model and what is known of how good it is.
// SPDX-License-Identifier: Apache-2.0

import Compute
public import Diagnostics
public import Statistics

/// A risk model fitted to a survey, with its checks.
public struct RiskFit: Sendable {
  public struct Coefficient: Hashable, Sendable {
    public let term: RiskModel.Term
    public let standardError: Double
    /// Two-sided, by Student's t; `nil` without degrees of freedom.
    public let p: Double?
    /// 95 % interval of the coefficient.
    public let low: Double?
    public let high: Double?

    /// e to the coefficient and its interval: by how much one unit multiplies the odds.
    public var oddsRatio: (value: Double, low: Double?, high: Double?) {
      (exp(term.beta), low.map { exp($0) }, high.map { exp($0) })
    }
  }

  /// The rows that the fit rests on.
  public struct SampleFacts: Hashable, Sendable {
    public let file: String
    public let rows: Int
    public let dropped: Int
    public let cases: Int
    /// Weighted share of cases.
    public let rate: Double
    public let clusters: Int
    public let strata: Int
    public let hasWeights: Bool
    public let hasClusters: Bool
    /// Kish's effective sample size of the weights.
    public let effectiveRows: Double
    /// Degrees of freedom of the tests: clusters − strata + 1 − coefficients, as survey::svyglm.
    public let degreesOfFreedom: Int
  }

  /// The random intercept by district.
  public struct DistrictFacts: Hashable, Sendable {
    public let districts: Int
    public let points: Int
    public let spread: Double
    public let spreadError: Double
    /// σ²/(σ² + π²/3): the share of the latent variance that lies between districts.
    public let sharedVariance: Double
  }

  /// How well chances meet outcomes.
  public struct Quality: Hashable, Sendable {
    public let discrimination: Discrimination?
    public let calibration: ChanceCalibration?
  }

  /// One region against a model that never saw it.
  public struct Region: Hashable, Sendable {
    public let name: String
    public let rows: Int
    /// The survey's own rate and its standard error; weighted shares.
    public let direct: Double
    public let directError: Double
    /// Mean chance by the fit to all regions, and to all but this one.
    public let fitted: Double
    public let leftOut: Double?
    public let quality: Quality?
    /// Why the model can't be fitted without this region.
    public let fault: Diagnostic?

    /// (left out − direct)/standard error.
    public var z: Double? {
      leftOut.flatMap { directError > 0 ? ($0 - direct) / directError : nil }
    }
  }

  /// Areas of the sample by class of their mean chance.
  public struct ClassFacts: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
      public let riskClass: RiskClass
      public let areas: Int
      /// Shares of all children and of all working children, by weight.
      public let children: Double
      public let working: Double
      /// The survey's own rate.
      public let rate: Double?
    }

    public let cuts: RiskCuts
    /// Column of the areas.
    public let column: String
    /// Low, medium, high.
    public let rows: [Row]
  }

  public let model: RiskModel
  public let coefficients: [Coefficient]
  public let sample: SampleFacts
  public let districts: DistrictFacts?
  public let errors: RiskFitSettings.Errors
  public let logLikelihood: Double
  /// 1 − log L/log L₀ (McFadden 1974), of the fit without districts.
  public let pseudoRSquared: Double
  public let iterations: Int
  /// On the rows that the model was fitted to.
  public let quality: Quality
  public let groups: FitByRisk
  public let regions: [Region]
  /// On all rows, each by the model that its region was left out of.
  public let leftOut: Quality?
  public let classes: ClassFacts?
  public let notes: [Diagnostic]
}
