// Quiebre · LaborModel
// The risk of every district: scored or read, benchmarked, with interval, class and factors.
// SPDX-License-Identifier: Apache-2.0

import Compute
public import Diagnostics
public import Districts
import Statistics

/// The risk of every district and how it came about.
public struct RiskAssessment: Sendable {
  public let risk: DistrictRisk
  public let cuts: RiskCuts
  /// Shift of all districts that meets the national rate, on the logit scale.
  public let nationalShift: Double
  public let departmentShifts: [DepartmentShift]
  /// Variables of the model; empty when the risk isn't scored here.
  public let factors: [String]
  /// β·(district's mean − nation's mean) on the logit scale: `[district][factor]`.
  ///
  /// A row adds up to the difference of the linear predictors; it is empty where a district has no
  /// cells.
  public let contributions: [[Double]]
  /// Districts without a risk of their own, which took their department's mean.
  public let imputed: [Int]
  /// `nil` if the error of the risk is unknown.
  public let stability: ClassStability?
  /// Warnings and notes.
  public let notes: [Diagnostic]
}

/// Assesses the risk of every district.
///
/// The point estimates are shifted on the logit scale: each department with direct estimates by
/// γ × the shift that meets them, then all districts by one shift that meets the national rate,
/// weighted by children. Draws of coefficients, district errors and published figures go the same
/// way and give the interval, the error on the logit scale and the probability of each class.
///
/// - Parameters:
///   - source: A model with its cells, or a risk read from elsewhere.
///   - registry: Districts with their children.
///   - national: The rate to meet; `nil` = no national benchmark.
///   - direct: Department estimates known at the as-of date; empty = no department benchmark.
///   - options: Class rule, damping, number of draws, assumptions.
///   - seed: Of the random draws.
///   - workers: Threads; the result doesn't depend on it.
/// - Returns: The assessment, in registry order.
/// - Throws: Q534 to Q541; the warnings are part of the result.
public func assessRisk(
  _ source: RiskSource, registry: DistrictRegistry, national: NationalBenchmark?,
  direct: [DirectEstimate], options: RiskOptions, seed: UInt64, workers: Int
) throws(DiagnosticList) -> RiskAssessment {
  let scores = try RiskScores(source, registry: registry, options: options)
  let benchmark = try RiskBenchmark(
    registry: registry, national: national, direct: direct, options: options)
  let shifts = try benchmark.shifts(
    for: scores.logits, names: registry.departments.map(\.name))
  let rates = zip(scores.logits, shifts.byDistrict).map { logistic($0 + $1) }
  let cuts = try options.classes.cuts(for: rates)
  let classes = rates.map { cuts.riskClass(of: $0) }
  var spreads: [RiskSpread]?
  if scores.errorIsKnown {
    let field = RandomField(seed: seed)
    let draws = RiskDraws(
      logits: scores.draws(field, registry: registry, count: options.draws, workers: workers),
      field: field, workers: workers)
    spreads = draws.spreads(
      benchmark, registry: registry, start: shifts.national, cuts: cuts, own: classes)
  }
  let (factors, contributions) = scores.contributions()
  let risk = DistrictRisk(
    rate: rates, logitError: spreads?.map(\.logitError) ?? rates.map { _ in 0 },
    p05: spreads?.map(\.p05) ?? rates, p95: spreads?.map(\.p95) ?? rates, classes: classes,
    classProbabilities: spreads?.map(\.classes)
      ?? classes.map { own in RiskClass.allCases.map { $0 == own ? 1 : 0 } },
    factors: contributions.map { topFactors(factors, $0) }, mediumFrom: cuts.mediumFrom,
    highFrom: cuts.highFrom, scoring: scores.name, synthetic: scores.isSynthetic)
  return RiskAssessment(
    risk: risk, cuts: cuts, nationalShift: shifts.national,
    departmentShifts: shifts.departments, factors: factors, contributions: contributions,
    imputed: scores.imputed,
    stability: spreads.map { ClassStability($0, registry: registry) },
    notes: scores.notes + benchmark.notes)
}

/// The three factors with the largest contributions, those that raise the risk first.
private func topFactors(_ names: [String], _ contributions: [Double]) -> [String] {
  let order = contributions.indices.filter { contributions[$0] != 0 }
    .sorted { (-contributions[$0].magnitude, $0) < (-contributions[$1].magnitude, $1) }
    .prefix(3)
  return (order.filter { contributions[$0] > 0 } + order.filter { contributions[$0] < 0 })
    .map { names[$0] }
}
