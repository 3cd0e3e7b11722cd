// Quiebre · LaborModel
// A run whose plans may change from call to call: what they can't change is worked out once.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// A simulation kept ready, for a slider that moves an amount.
///
/// Levels, age profiles, the draws that the country shares, the draws' weights, and after the first
/// call the baseline's answers are kept. A call gives the bytes of
/// ``project(baseline:plans:population:levels:profile:observed:options:)`` with the same inputs.
public final class PreparedSimulation: Sendable {
  let run: ProjectionRun
  let prepared: ProjectionRun.Prepared
  /// The answers of a baseline, and the plan that they are of.
  private let known = Guarded<(plan: Plan, outcome: ScenarioOutcome)?>(nil)

  /// Works out all that doesn't hang on the plans' lines.
  ///
  /// - Parameters:
  ///   - baseline: `nil` = no new money: trend and shocks alone.
  ///   - plan: A plan with the years, seed, replicas and dynamics of all that will come.
  ///   - population: Children by district and age.
  ///   - levels: Each district's rate in the year `since`, and its error.
  ///   - profile: Shape of the age profile.
  ///   - observed: Published rates.
  ///   - given: Parameter draws in place of the run's own, at least as many as replicas.
  ///   - weights: The draws' weights as an earlier part of the same run found them: then this one
  ///     needn't calibrate.
  ///   - options: Threads, block size, progress.
  /// - Throws: `DiagnosticList` with every fault of the inputs (Q500 to Q509), `Cancelled`.
  public init(
    baseline: Plan? = nil, plan: Plan, population: Population, levels: DistrictLevels,
    profile: AgeProfile, observed: [ObservedRate] = [], given: ParameterDraws? = nil,
    weights: [Double]? = nil, options: ProjectionOptions = ProjectionOptions()
  ) throws {
    var run = ProjectionRun(
      baseline: baseline, plans: [plan], population: population, levels: levels, profile: profile,
      observed: observed, given: given, options: options)
    if let weights, weights.count == plan.replicas { run.knownWeights = weights }
    try run.check()
    self.run = run
    prepared = try run.prepared()
  }

  /// Projects the baseline and plans over the same draws.
  ///
  /// - Parameter plans: At least one, with the years, seed, replicas and dynamics prepared for.
  /// - Returns: As `project`.
  /// - Throws: `DiagnosticList` with every fault of the plans, `Cancelled`.
  public func project(_ plans: [Plan]) throws -> Projection {
    var own = run
    own.plans = plans
    try own.check(against: prepared.reference.plan)
    let reference = own.reference
    let kept = known.withLock { $0 }.flatMap { $0.plan == reference ? $0.outcome : nil }
    let projection = try own.projection(prepared, knownBaseline: kept)
    if kept == nil { known.withLock { $0 = (reference, projection.baseline) } }
    return projection
  }

  /// The parameter draws that a plan is run on, with their weights.
  ///
  /// Given back to a run of the same plan, they give the same answers, bit by bit.
  ///
  /// - Parameter plan: As for ``project(_:)``.
  /// - Returns: Columns of all parameters that are uncertain or were given.
  /// - Throws: `DiagnosticList` with every fault of the plan, `Cancelled`.
  public func parameterDraws(_ plan: Plan) throws -> ParameterDraws {
    var own = run
    own.plans = [plan]
    try own.check(against: prepared.reference.plan)
    return own.parameterDraws(prepared)
  }
}
