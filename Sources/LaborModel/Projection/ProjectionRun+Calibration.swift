// Quiebre · LaborModel
// The passes that calibrate a run: pilots for the proposal, then the draws' weights.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

extension ProjectionRun {
  /// The published rates that weigh the draws; empty if the plan doesn't calibrate, or if the draws
  /// that are given are a posterior already.
  func figures(_ reference: Plan) -> [ObservedRate] {
    guard reference.calibrate, given?.isPosterior != true else { return [] }
    return observed.filter { $0.year > reference.since && $0.year <= reference.end }
  }

  /// The plan's dynamics with the caller's trend.
  func dynamics(_ plan: Plan) -> Plan.Dynamics {
    var dynamics = plan.dynamics
    dynamics.trend = options.trend ?? dynamics.trend
    return dynamics
  }

  /// Standard error of the national estimate of the year `since`, on the logit scale.
  func levelError(_ plan: Plan) -> Double {
    guard let start = observed.first(where: { $0.year == plan.since }) else { return 0 }
    return start.standardError / (start.rate * (1 - start.rate))
  }

  /// Departments' shares of the children who work in the year `since`, scaled to a unit vector.
  func departmentShares(_ stationary: StationaryProfiles) -> [Double] {
    var working = [Double](repeating: 0, count: population.departmentCodes.count)
    for (district, department) in population.departmentOf.enumerated() {
      working[department] +=
        fixedOrderSum(population.childrenByAge[district]) * stationary.rate[district]
    }
    let length = fixedOrderSum(working, weights: working).squareRoot()
    return working.map { length > 0 ? $0 / length : 0 }
  }

  func commonDraws(
    _ plan: Plan, stationary: StationaryProfiles, draws: DrawGrid, steps: Int,
    scores: CommonScores?, given: ParameterDraws? = nil
  ) throws -> CommonDraws {
    try CommonDraws(
      plan: plan, dynamics: dynamics(plan), levelError: levelError(plan),
      departments: (population.departmentCodes, departmentShares(stationary)), draws: draws,
      steps: steps, workers: options.workers, scores: scores, given: given)
  }

  /// Where to draw the common scores from; `nil` = from the prior.
  func proposal(_ reference: Plan, stationary: StationaryProfiles) throws -> Proposal? {
    let figures = figures(reference)
    guard let last = figures.map(\.year).max() else { return nil }
    let steps = last - reference.since
    let search = ProposalSearch(
      coordinates: CommonCoordinate.active(
        dynamics: dynamics(reference), levelError: levelError(reference), steps: steps),
      observed: figures.map { ($0.rate, $0.standardError) }, since: reference.since,
      seed: reference.seed)
    return try search.proposal { scores, seed in
      var plan = reference
      plan.seed = seed
      let draws = DrawGrid(count: ProposalSearch.pilots)
      let compiled = CompiledPlan(
        plan: plan, population: population, stationary: stationary, draws: draws)
      let common = try commonDraws(
        plan, stationary: stationary, draws: draws, steps: steps, scores: scores)
      return try rates(
        simulation(
          [compiled], reference: plan, stationary: stationary, draws: draws, common: common,
          weights: DrawWeights(equal: draws), steps: steps, sumsOnly: true), of: figures)
    }
  }

  /// The draws' weights: a pass of the baseline up to the last observed year.
  func calibrated(
    _ reference: Plan, draws: DrawGrid, proposal: Proposal?, scores: CommonScores?,
    _ simulation: (_ steps: Int) -> Simulation
  ) throws -> DrawWeights {
    let figures = figures(reference)
    guard let last = figures.map(\.year).max() else {
      return given?.unequalWeights.map { DrawWeights($0, draws: draws) }
        ?? DrawWeights(equal: draws)
    }
    if let knownWeights { return DrawWeights(knownWeights, draws: draws) }
    var ratios: [Double]?
    if let proposal, let scores {
      ratios = (0..<draws.count).map { proposal.logMixtureRatio(scores.point($0)) }
    }
    return DrawWeights(
      Calibration.weights(
        observed: figures.map { ($0.rate, $0.standardError) },
        simulated: try rates(simulation(last - reference.since), of: figures),
        draws: draws.count, logRatios: ratios),
      draws: draws)
  }

  /// The baseline's national rates in the observed years: [figure][draw].
  private func rates(_ simulation: Simulation, of figures: [ObservedRate]) throws -> [[Double]] {
    var quiet = options
    quiet.progress = nil
    let sums = try SimulationPass(simulation, options: quiet).run().national
    let rates = AreaAnswers(simulation, districts: population.codes.indices)
      .draws(plan: 0, sums: sums).rates[AgeGroup.all.rawValue]
    return figures.map { rates[$0.year - simulation.since] }
  }
}
