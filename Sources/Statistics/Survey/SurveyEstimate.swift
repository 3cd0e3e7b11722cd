// Quiebre · Statistics
// What is estimated from a sample, in which domains, and what comes out.
// SPDX-License-Identifier: Apache-2.0

/// A quantity of the population.
public struct SurveyTarget: Sendable {
  public enum Statistic: String, CaseIterable, Hashable, Sendable {
    /// Share of the population: the numerator is 0 or 1.
    case proportion
    case mean
    case total
    case ratio
  }

  public let statistic: Statistic
  /// One a row; NaN = not known, which leaves the row out.
  public let numerator: [Double]
  /// One a row, of a ratio; `nil` = 1 for every row.
  public let denominator: [Double]?

  public init(_ statistic: Statistic, of numerator: [Double], over denominator: [Double]? = nil) {
    precondition((statistic == .ratio) == (denominator != nil), "a ratio has a denominator")
    self.statistic = statistic
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// Parts of the population that don't overlap.
public struct SurveyDomains: Sendable {
  public let count: Int
  /// The domain of each row, below `count`; −1 = outside of all.
  public let ofRow: [Int32]

  public init(count: Int, ofRow: [Int32]) {
    self.count = count
    self.ofRow = ofRow
  }

  /// The whole sample as one domain.
  public static func whole(rows: Int) -> SurveyDomains {
    SurveyDomains(count: 1, ofRow: [Int32](repeating: 0, count: rows))
  }
}

/// How confidence intervals are made.
public struct SurveyIntervals: Hashable, Sendable {
  public var level = 0.95
  public var proportions = ProportionMethod.logit

  public init(level: Double = 0.95, proportions: ProportionMethod = .logit) {
    self.level = level
    self.proportions = proportions
  }
}

/// The estimate of one domain.
public struct SurveyEstimate: Hashable, Sendable {
  /// `nil` without cases, or where the denominator is zero.
  public var value: Double?
  /// `nil` where the design can't tell: no degrees of freedom, or no estimate.
  public var standardError: Double?
  public var interval: Interval?
  /// Rows with a known value and a positive weight.
  public var cases = 0
  /// Rows of a proportion in which it is 1.
  public var hits = 0
  /// Sum of the weights of the cases.
  public var population = 0.0
  /// PSUs and strata with cases.
  public var psus = 0
  public var strata = 0
  /// PSUs less strata, counting those with cases.
  public var degreesOfFreedom = 0
  /// Below this many degrees of freedom the standard error is itself too uncertain to lean on.
  ///
  /// Parker and others (2017), "National Center for Health Statistics data presentation standards
  /// for proportions": fewer than 8 ask for a statistician's review.
  public static let fewDegreesOfFreedom = 8
  /// Variance over that of a simple random sample of as many cases.
  ///
  /// That sample is drawn without replacement if the design has population sizes. For totals it is as
  /// large as the whole sample.
  public var designEffect: Double?
  /// n·Σw²/(Σw)², by which unequal weights alone widen the variance (Kish 1965): 1 + cv².
  public var weightEffect: Double?
  /// Cases that a case shares its PSU with, itself included, on average: Σm²/n.
  public var clusterSize: Double?
  /// Strata with cases and a single PSU, to which the lonely rule was applied.
  public var lonelyStrata = 0

  public struct Interval: Hashable, Sendable {
    public let low: Double
    public let high: Double
    public let method: ProportionMethod

    public init(low: Double, high: Double, method: ProportionMethod) {
      self.low = low
      self.high = high
      self.method = method
    }
  }

  public init() {}

  /// Standard error over the estimate's size; `nil` where either is missing or the estimate is zero.
  public var coefficientOfVariation: Double? {
    guard let value, let standardError, value != 0 else { return nil }
    return standardError / value.magnitude
  }

  /// The correlation within PSUs that would explain the design effect, for planning the next survey.
  ///
  /// (deff/weight effect − 1)/(m − 1), Kish's model turned round. Strata that tell much make it small,
  /// even negative. `nil` for single cases a PSU, and for totals.
  public var intraclassCorrelation: Double? {
    guard let designEffect, let weightEffect, let clusterSize, clusterSize > 1 else { return nil }
    return (designEffect / weightEffect - 1) / (clusterSize - 1)
  }

  /// √deff, the factor by which the design widens the standard error.
  public var designFactor: Double? { designEffect.map { $0.squareRoot() } }
}
