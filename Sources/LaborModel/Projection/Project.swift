// Quiebre · LaborModel
// The run: calibrate the draws, then baseline and scenarios in one pass over the districts.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Diagnostics
internal import Statistics

/// Projects a baseline and any number of scenarios over the same draws.
///
/// - Parameters:
///   - baseline: `nil` = no new money: trend and shocks alone.
///   - plans: At least one, all with the baseline's years, seed, replicas and dynamics.
///   - population: Children by district and age.
///   - levels: Each district's rate in the year `since`, and its error.
///   - profile: Shape of the age profile.
///   - observed: Published rates. That of the year `since` gives the national level's error, later
///     ones weigh the draws if the plan calibrates.
///   - options: Threads, block size, progress; they don't change a number.
/// - Returns: Rates are shares; draws and weights in the order of the draws.
/// - Throws: `DiagnosticList` with every fault of the inputs (Q500 to Q509), `Cancelled`.
public func project(
  baseline: Plan? = nil, plans: [Plan], population: Population, levels: DistrictLevels,
  profile: AgeProfile, observed: [ObservedRate] = [],
  options: ProjectionOptions = ProjectionOptions()
) throws -> Projection {
  let run = ProjectionRun(
    baseline: baseline, plans: plans, population: population, levels: levels, profile: profile,
    observed: observed, options: options)
  try run.check()
  return try run.projection()
}

/// The inputs of one call, and its passes.
struct ProjectionRun {
  let baseline: Plan?
  let plans: [Plan]
  let population: Population
  let levels: DistrictLevels
  let profile: AgeProfile
  let observed: [ObservedRate]
  let options: ProjectionOptions

  func projection() throws -> Projection {
    let draws = DrawGrid(count: plans[0].replicas)
    let stationary = StationaryProfiles(
      population: population, levels: levels, profile: profile)
    let reference = baseline ?? noNewMoney(plans[0])
    let all = [reference] + plans
    let steps = reference.end - reference.since
    let compiled = all.map {
      CompiledPlan(plan: $0, population: population, stationary: stationary, draws: draws)
    }
    let proposal = try proposal(reference, stationary: stationary)
    let scores = proposal?.draws(
      RandomField(seed: reference.seed), since: reference.since, count: draws.padded, mixed: true)
    let common = try commonDraws(
      reference, stationary: stationary, draws: draws, steps: steps, scores: scores)
    func simulation(_ plans: [CompiledPlan], steps: Int, weights: DrawWeights, sumsOnly: Bool)
      -> Simulation
    {
      self.simulation(
        plans, reference: reference, stationary: stationary, draws: draws, common: common,
        weights: weights, steps: steps, sumsOnly: sumsOnly)
    }
    let weights = try calibrated(reference, draws: draws, proposal: proposal, scores: scores) {
      simulation([compiled[0]], steps: $0, weights: DrawWeights(equal: draws), sumsOnly: true)
    }
    let main = simulation(
      compiled, steps: steps, weights: weights, sumsOnly: options.nationalOnly)
    return assemble(main, try SimulationPass(main, options: options).run())
  }

  /// The plan that the other dynamics are compared with: the same, without any line.
  private func noNewMoney(_ plan: Plan) -> Plan {
    var empty = plan
    empty.id = "baseline"
    empty.lines = []
    empty.interactions = []
    return empty
  }

  func simulation(
    _ plans: [CompiledPlan], reference: Plan, stationary: StationaryProfiles, draws: DrawGrid,
    common: CommonDraws, weights: DrawWeights, steps: Int, sumsOnly: Bool
  ) -> Simulation {
    Simulation(
      population: population, levels: levels, stationary: stationary,
      ageOdds: (5...17).map { Float(Compute.exp(profile.logit(age: $0))) }, draws: draws,
      common: common, plans: plans, rules: plans.map { rules($0.plan, reference: reference) },
      weights: weights, steps: steps, sumsOnly: sumsOnly, bandsOf: options.districtBands)
  }

  /// The first rate target and the first break target, as the districts' draws are asked.
  private func rules(_ plan: Plan, reference: Plan) -> DistrictRules {
    var goal: DistrictRules.Goal?
    var breaks: DistrictRules.Break?
    for target in plan.targets {
      guard let group = AgeGroup.allCases.first(where: { $0.ages == target.ages }) else { continue }
      switch target.indicator {
      case .rate(let value) where goal == nil:
        goal = DistrictRules.Goal(
          group: group, year: target.deadline - reference.since, value: Float(value))
      case .breaks(let rule) where breaks == nil:
        breaks = DistrictRules.Break(
          group: group, base: reference.base - reference.since,
          deadline: target.deadline - reference.since,
          tolerance: Float(tolerance(rule, target, plan) / 100), persistence: rule.persistence)
      default: break
      }
    }
    return DistrictRules(goal: goal, breaks: breaks)
  }

  /// Δ in pp a year: the rule's own, the caller's, or a tenth of the pace needed (break test, 2.5).
  private func tolerance(_ rule: Plan.Target.BreakRule, _ target: Plan.Target, _ plan: Plan)
    -> Double
  {
    if let given = rule.tolerance ?? options.breakTolerance { return given }
    let last = observed.filter { $0.year <= plan.base }.max { $0.year < $1.year }
    let now = last?.rate ?? 0
    if let goal = rule.goal, plan.targets.indices.contains(goal),
      case .rate(let value) = plan.targets[goal].indicator, let last
    {
      let years = Double(max(1, plan.targets[goal].deadline - last.year))
      return 0.1 * abs(value - now) * 100 / years
    }
    return 0.005 * now * 100
  }

  private func assemble(_ simulation: Simulation, _ pass: SimulationPass.Result) -> Projection {
    let nation = AreaAnswers(simulation, districts: population.codes.indices)
    let areas = pass.departments.indices.map { index in
      AreaAnswers(
        simulation,
        districts: population.departmentOf.indices.filter {
          population.departmentOf[$0] == index
        })
    }
    let selection = WeightedSelection(simulation.weights)
    let row = LaneBuffer(count: simulation.draws.vectors)
    var outcomes: [ScenarioOutcome] = []
    for plan in simulation.plans.indices {
      let national = nation.draws(plan: plan, sums: pass.national)
      outcomes.append(
        ScenarioOutcome(
          id: simulation.plans[plan].plan.id, national: national,
          nationalPath: nation.path(national),
          departments: zip(areas, pass.departments).map { $0.draws(plan: plan, sums: $1) },
          departmentPaths: zip(areas, pass.departments).map {
            $0.path(plan: plan, sums: $1, selection: selection, row: row)
          },
          provincePaths: pass.provinces.map { $0[plan] },
          districts: pass.districts.map { $0[plan] },
          avoided: avoided(simulation, pass.national, plan: plan)))
    }
    return Projection(
      years: Array(simulation.since...simulation.since + simulation.steps),
      base: simulation.base, weights: Array(simulation.weights.shares[0..<simulation.draws.count]),
      effectiveSampleSize: effectiveSampleSize(
        Array(simulation.weights.shares[0..<simulation.draws.count])),
      baseline: outcomes[0], scenarios: Array(outcomes.dropFirst()), counts: pass.counts,
      parameters: parameters(simulation))
  }

  /// Child-years of work avoided per draw over base+1...end.
  private func avoided(_ simulation: Simulation, _ sums: AreaSums, plan: Int) -> [Double] {
    var total = [Double](repeating: 0, count: simulation.draws.count)
    for year in 0..<simulation.years where simulation.since + year > simulation.base {
      let growth = simulation.growth(year: year)
      for group in 0..<2 {
        let before = sums.working(plan: 0, year: year, group: group)
        let now = sums.working(plan: plan, year: year, group: group)
        for draw in total.indices { total[draw] += (before[draw] - now[draw]) * growth }
      }
    }
    return total
  }

  private func parameters(_ simulation: Simulation) -> [ParameterSummary] {
    let prior = DrawWeights(equal: simulation.draws)
    func spread(_ values: [Double], _ weights: DrawWeights) -> ParameterSummary.Spread {
      let band = weights.band(values)
      return .init(mean: weights.mean(values), p05: band.p05, p95: band.p95)
    }
    func shared(_ name: String, _ before: [Double], _ now: [Double]) -> ParameterSummary {
      ParameterSummary(
        name: name, plan: nil, line: nil, prior: spread(before, prior),
        posterior: spread(now, simulation.weights))
    }
    let common = simulation.common
    var all = [
      shared("exit", common.prior.exit, common.exit),
      shared("trend", common.prior.trend, common.trend),
      shared("trend_exit", common.prior.trendExit, common.trendExit),
      shared("level", common.prior.level, common.level),
    ]
    for compiled in simulation.plans {
      for line in compiled.plan.lines {
        for (name, distribution, quantity) in line.uncertain {
          let values = RandomField(seed: simulation.seed).draws(
            of: distribution, quantity, entity: EntityCode(line.id),
            count: simulation.draws.count)
          all.append(
            ParameterSummary(
              name: name, plan: compiled.plan.id, line: line.id, prior: spread(values, prior),
              posterior: spread(values, simulation.weights)))
        }
      }
    }
    return all
  }
}

extension PlanLine {
  /// The uncertain inputs that matter to the line's kind.
  var uncertain: [(String, Distribution, RandomQuantity)] {
    switch kind {
    case .service, .transfer:
      [
        ("entry", effect.entry, .lineEntry), ("exit", effect.exit, .lineExit),
        ("unit_cost", delivery.unitCost, .unitCost), ("ceiling", delivery.ceiling, .ceiling),
        ("ramp", effect.ramp, .ramp), ("execution", delivery.execution, .execution),
        ("leakage", delivery.leakage, .leakage),
      ]
    case .coordination, .targeting:
      [("ramp", effect.ramp, .ramp), ("amount", effect.amount, .helpAmount)]
    }
  }
}
