// Quiebre · LaborModel
// The risk of each district as the simulator and the tables use it.
// SPDX-License-Identifier: Apache-2.0

/// Class of risk; English codes in files, translated for people.
public enum RiskClass: String, CaseIterable, Hashable, Sendable {
  case low
  case medium
  case high
}

/// MIRTI's answer for every district, in registry order.
///
/// Rates are shares of children 5-17.
public struct DistrictRisk: Hashable, Sendable {
  /// R_d, benchmarked to the year `since`.
  public var rate: [Double]
  /// Standard deviation of the district's error on the logit scale; 0 = unknown, said so.
  public var logitError: [Double]
  /// 5 and 95 % of the rate.
  public var p05: [Double]
  public var p95: [Double]
  public var classes: [RiskClass]
  /// Probability of each class per district, in the order low, medium, high.
  public var classProbabilities: [[Double]]
  /// Up to three term codes per district, strongest first; empty when the risk isn't scored by us.
  public var factors: [[String]]
  /// Cut points between low/medium and medium/high, shares.
  public var cuts: (mediumFrom: Double, highFrom: Double) {
    (mediumFrom, highFrom)
  }
  private var mediumFrom: Double
  private var highFrom: Double
  /// `cells`, `means`, `surface` or `table`.
  public var scoring: String
  public var synthetic: Bool

  public init(
    rate: [Double], logitError: [Double], p05: [Double], p95: [Double], classes: [RiskClass],
    classProbabilities: [[Double]], factors: [[String]], mediumFrom: Double, highFrom: Double,
    scoring: String, synthetic: Bool
  ) {
    self.rate = rate
    self.logitError = logitError
    self.p05 = p05
    self.p95 = p95
    self.classes = classes
    self.classProbabilities = classProbabilities
    self.factors = factors
    self.mediumFrom = mediumFrom
    self.highFrom = highFrom
    self.scoring = scoring
    self.synthetic = synthetic
  }
}
