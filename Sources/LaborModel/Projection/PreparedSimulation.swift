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
  private let run: ProjectionRun
  private let prepared: ProjectionRun.Prepared
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
  ///   - options: Threads, block size, progress.
  /// - Throws: `DiagnosticList` with every fault of the inputs (Q500 to Q509), `Cancelled`.
  public init(
    baseline: Plan? = nil, plan: Plan, population: Population, levels: DistrictLevels,
    profile: AgeProfile, observed: [ObservedRate] = [],
    options: ProjectionOptions = ProjectionOptions()
  ) throws {
    run = ProjectionRun(
      baseline: baseline, plans: [plan], population: population, levels: levels, profile: profile,
      observed: observed, options: options)
    try run.check()
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
}
