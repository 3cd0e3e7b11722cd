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
///   - given: Parameter draws in place of the run's own, at least as many as replicas.
///   - options: Threads, block size, progress; they don't change a number.
/// - Returns: Rates are shares; draws and weights in the order of the draws.
/// - Throws: `DiagnosticList` with every fault of the inputs (Q500 to Q509), `Cancelled`.
public func project(
  baseline: Plan? = nil, plans: [Plan], population: Population, levels: DistrictLevels,
  profile: AgeProfile, observed: [ObservedRate] = [], given: ParameterDraws? = nil,
  options: ProjectionOptions = ProjectionOptions()
) throws -> Projection {
  let run = ProjectionRun(
    baseline: baseline, plans: plans, population: population, levels: levels, profile: profile,
    observed: observed, given: given, options: options)
  try run.check()
  return try run.projection(run.prepared())
}

/// The inputs of one call, and its passes.
struct ProjectionRun {
  let baseline: Plan?
  var plans: [Plan]
  let population: Population
  let levels: DistrictLevels
  let profile: AgeProfile
  let observed: [ObservedRate]
  /// The draws' weights where an earlier part of the run found them.
  var knownWeights: [Double]?
  /// Exactly as many draws as the run has, without what `options` overrides.
  let given: ParameterDraws?
  let options: ProjectionOptions

  init(
    baseline: Plan?, plans: [Plan], population: Population, levels: DistrictLevels,
    profile: AgeProfile, observed: [ObservedRate], given: ParameterDraws?,
    options: ProjectionOptions
  ) {
    self.baseline = baseline
    self.plans = plans
    self.population = population
    self.levels = levels
    self.profile = profile
    self.observed = observed
    self.options = options
    let first = given?.prefix(plans.first?.replicas ?? 0)
    self.given = options.trend == nil ? first : first?.without(.trend)
  }

  /// What the plans' lines can't change.
  struct Prepared: Sendable {
    let reference: CompiledPlan
    let stationary: StationaryProfiles
    let draws: DrawGrid
    let common: CommonDraws
    let weights: DrawWeights
    /// What the common draws were made of; `nil` = the prior's.
    let scores: CommonScores?
    let steps: Int
  }

  func prepared() throws -> Prepared {
    let draws = DrawGrid(count: plans[0].replicas)
    let stationary = try StationaryProfiles(
      population: population, levels: levels, profile: profile, workers: options.workers)
    let reference = reference
    let steps = reference.end - reference.since
    let compiled = CompiledPlan(
      plan: reference, population: population, stationary: stationary, draws: draws, given: given,
      isBaseline: true)
    let proposal = try proposal(reference, stationary: stationary)
    let scores = proposal?.draws(
      RandomField(seed: reference.seed), since: reference.since, count: draws.padded, mixed: true)
    let common = try commonDraws(
      reference, stationary: stationary, draws: draws, steps: steps, scores: scores, given: given)
    let weights = try calibrated(reference, draws: draws, proposal: proposal, scores: scores) {
      simulation(
        [compiled], reference: reference, stationary: stationary, draws: draws, common: common,
        weights: DrawWeights(equal: draws), steps: $0, sumsOnly: true)
    }
    return Prepared(
      reference: compiled, stationary: stationary, draws: draws, common: common, weights: weights,
      scores: scores, steps: steps)
  }

  /// - Parameters:
  ///   - prepared: Of a run with the same inputs but for the plans' lines and targets.
  ///   - knownBaseline: Answers of the same baseline from an earlier pass.
  /// - Returns: The answers.
  /// - Throws: `Cancelled`.
  func projection(
    _ prepared: Prepared, knownBaseline: ScenarioOutcome? = nil
  ) throws -> Projection {
    let simulation = main(prepared, knownBaseline: knownBaseline)
    return try assemble(simulation, try SimulationPass(simulation, options: options).run())
  }

  /// The main pass: the baseline and all plans over the draws that are prepared.
  func main(_ prepared: Prepared, knownBaseline: ScenarioOutcome?) -> Simulation {
    func compiled(_ plan: Plan, isBaseline: Bool = false) -> CompiledPlan {
      CompiledPlan(
        plan: plan, population: population, stationary: prepared.stationary, draws: prepared.draws,
        given: given, isBaseline: isBaseline)
    }
    let reference = reference
    let isKept = prepared.reference.plan == reference
    let all =
      [isKept ? prepared.reference : compiled(reference, isBaseline: true)]
      + plans.map { compiled($0) }
    return simulation(
      all, reference: reference, stationary: prepared.stationary, draws: prepared.draws,
      common: prepared.common, weights: prepared.weights, steps: prepared.steps,
      sumsOnly: options.nationalOnly, knownBaseline: knownBaseline,
      tallies: TallyRequest(factors: options.districtFactors, worst: options.worst))
  }

  /// The baseline, or the first plan without its lines.
  var reference: Plan { baseline ?? noNewMoney(plans[0]) }

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
    common: CommonDraws, weights: DrawWeights, steps: Int, sumsOnly: Bool,
    knownBaseline: ScenarioOutcome? = nil, tallies: TallyRequest = TallyRequest()
  ) -> Simulation {
    Simulation(
      population: population, levels: levels, stationary: stationary,
      ageOdds: (5...17).map { Float(Compute.exp(profile.logit(age: $0))) }, draws: draws,
      common: common, plans: plans, rules: plans.map { rules($0.plan, reference: reference) },
      weights: weights, steps: steps, sumsOnly: sumsOnly, bandsOf: options.districtBands,
      knownBaseline: knownBaseline, tallies: tallies)
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

  func assemble(
    _ simulation: Simulation, _ pass: SimulationPass.Result
  ) throws -> Projection {
    let areas = try departments(simulation, pass.ledger)
    let nation = AreaAnswers(simulation, districts: population.codes.indices)
    var outcomes: [ScenarioOutcome] = []
    for plan in simulation.plans.indices {
      if plan == 0, let known = simulation.knownBaseline {
        outcomes.append(known)
        continue
      }
      let national = nation.draws(plan: plan, sums: pass.national)
      outcomes.append(
        ScenarioOutcome(
          id: simulation.plans[plan].plan.id, national: national,
          nationalPath: try nation.path(national, workers: options.workers),
          departments: areas.map { $0[plan].draws }, departmentPaths: areas.map { $0[plan].path },
          provincePaths: pass.provinces.map { $0[plan] },
          districts: pass.districts.map { $0[plan] },
          avoided: avoided(simulation, pass.national, plan: plan),
          factorSums: pass.tallies.factorSums(plan: plan)))
    }
    return Projection(
      years: Array(simulation.since...simulation.since + simulation.steps),
      base: simulation.base, weights: Array(simulation.weights.shares[0..<simulation.draws.count]),
      effectiveSampleSize: effectiveSampleSize(
        Array(simulation.weights.shares[0..<simulation.draws.count])),
      baseline: outcomes[0], scenarios: Array(outcomes.dropFirst()), counts: pass.counts,
      parameters: parameters(simulation))
  }

  /// Draws and bands of each department under each plan; empty ones of a known baseline.
  ///
  /// The sums of a department go as soon as its draws are there: both together would be most of
  /// the memory of a run of many draws.
  private func departments(
    _ simulation: Simulation, _ ledger: SumLedger
  ) throws -> [[(draws: AreaDraws, path: AreaPath)]] {
    var members = [[Int]](repeating: [], count: population.departmentCodes.count)
    for (district, department) in population.departmentOf.enumerated() {
      members[department].append(district)
    }
    let (districts, draws) = (members, simulation.draws)
    return try concurrentMap(
      count: districts.count, workers: max(1, options.workers),
      scratch: { (WeightedSelection(simulation.weights), LaneBuffer(count: draws.vectors)) },
      cancellation: options.cancellation
    ) { scratch, index in
      let sums = ledger.take(department: index)
      let area = AreaAnswers(simulation, districts: districts[index])
      return simulation.plans.indices.map { plan in
        guard plan > 0 || simulation.knownBaseline == nil else {
          return (AreaDraws(rates: []), AreaPath(bands: [], means: []))
        }
        return (
          area.draws(plan: plan, sums: sums),
          area.path(plan: plan, sums: sums, selection: scratch.0, row: scratch.1)
        )
      }
    }
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
    func kept(_ values: [Double]) -> [Double] {
      let draws = Array(values.prefix(simulation.draws.count))
      return draws.contains { $0 != draws[0] } ? draws : []
    }
    func shared(_ name: String, _ before: [Double], _ now: [Double]) -> ParameterSummary {
      ParameterSummary(
        name: name, plan: nil, line: nil, prior: spread(before, prior),
        posterior: spread(now, simulation.weights), draws: kept(now))
    }
    let common = simulation.common
    var all = [
      shared("exit", common.prior.exit, common.exit),
      shared("trend", common.prior.trend, common.trend),
      shared("trend_exit", common.prior.trendExit, common.trendExit),
      shared("level", common.prior.level, common.level),
    ]
    let field = RandomField(seed: simulation.seed)
    for (index, compiled) in simulation.plans.enumerated() {
      let source = DrawSource(
        field: field, given: given, isBaseline: index == 0, count: simulation.draws.count)
      for line in compiled.plan.lines {
        for (name, distribution, quantity) in line.uncertain {
          let before = field.draws(
            of: distribution, quantity.random, entity: EntityCode(line.id),
            count: simulation.draws.count)
          let now = given == nil ? before : source.draws(of: distribution, quantity, of: line)
          all.append(
            ParameterSummary(
              name: name, plan: compiled.plan.id, line: line.id, prior: spread(before, prior),
              posterior: spread(now, simulation.weights), draws: kept(now)))
        }
      }
    }
    return all
  }
}

extension PlanLine {
  /// The uncertain inputs that matter to the line's kind.
  var uncertain: [(name: String, distribution: Distribution, quantity: LineQuantity)] {
    switch kind {
    case .service, .transfer:
      [
        ("entry", effect.entry, .entry), ("exit", effect.exit, .exit),
        ("unit_cost", delivery.unitCost, .unitCost), ("ceiling", delivery.ceiling, .ceiling),
        ("ramp", effect.ramp, .ramp), ("execution", delivery.execution, .execution),
        ("leakage", delivery.leakage, .leakage),
      ]
    case .coordination, .targeting:
      [("ramp", effect.ramp, .ramp), ("amount", effect.amount, .amount)]
    }
  }
}
