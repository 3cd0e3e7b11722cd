// Quiebre · LaborModel
// Does calibration find what it should? Truths from the prior, figures from the model, ranks.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// What simulation-based calibration found (break test, 8).
public struct SelfCheck: Hashable, Sendable {
  /// One number that calibration learns about.
  public struct Quantity: Hashable, Sendable {
    /// `level`, `exit`, `trend`, `trend_exit`, or `rate YEAR`.
    public let name: String
    /// Rank of the truth among ``SelfCheck/highest`` posterior draws, by repetition.
    public let ranks: [Int]
    /// The same among draws of half the spread: a posterior that is too sure of itself.
    public let narrowedRanks: [Int]
  }

  public let quantities: [Quantity]
  public let highest: Int
  /// Effective draws of each repetition.
  public let effectiveSizes: [Double]
}

/// Draws truths from the prior, lets the model and a survey make figures of them, calibrates on these
/// as a run would, and ranks each truth among posterior draws (Talts and others 2018).
///
/// Truths differ from the runs that look for them in every random number.
///
/// - Parameters:
///   - baseline: Its dynamics are the prior; its seed and replicas those of each calibration.
///   - population: Children by district and age.
///   - levels: Each district's rate in the year `since`, and its error.
///   - profile: Shape of the age profile.
///   - observed: Years and errors of the figures; the one of the year `since` is the level's prior.
///   - repetitions: How many truths.
///   - highest: L, posterior draws that a truth is ranked among.
///   - options: Threads and block size; they don't change a rank.
///   - progress: Called after each repetition.
/// - Returns: Ranks by quantity, in the order of the repetitions.
/// - Throws: Q500 to Q509 for inputs that can't run, `Cancelled`.
public func selfCheck(
  baseline: Plan, population: Population, levels: DistrictLevels, profile: AgeProfile,
  observed: [ObservedRate], repetitions: Int, highest: Int = 99,
  options: ProjectionOptions = ProjectionOptions(),
  progress: ((_ done: Int) -> Void)? = nil
) throws -> SelfCheck {
  precondition(repetitions > 0 && highest > 0)
  var plan = baseline
  plan.calibrate = true
  let run = ProjectionRun(
    baseline: plan, plans: [plan], population: population, levels: levels, profile: profile,
    observed: observed, given: nil, options: options)
  try run.check()
  return try run.selfCheck(plan, repetitions: repetitions, highest: highest, progress: progress)
}

extension ProjectionRun {
  fileprivate func selfCheck(
    _ plan: Plan, repetitions: Int, highest: Int, progress: ((Int) -> Void)?
  ) throws -> SelfCheck {
    let stationary = try StationaryProfiles(
      population: population, levels: levels, profile: profile)
    let truths = try truths(plan, stationary: stationary, count: repetitions)
    let names = truths.known.map(\.name)
    var ranks = names.map { _ in [Int]() }
    var narrowed = ranks
    var sizes: [Double] = []
    for repetition in 0..<repetitions {
      let posterior = try posterior(
        plan, stationary: stationary, figures: truths.figures.map { $0[repetition] },
        repetition: repetition)
      let chosen = posterior.chosen(highest, repetition: repetition)
      sizes.append(effectiveSampleSize(posterior.weights))
      for (index, values) in posterior.values.enumerated() {
        let truth = truths.known[index].values[repetition]
        let center = mean(of: values, weights: posterior.weights)
        ranks[index].append(chosen.count { values[$0] < truth })
        narrowed[index].append(
          chosen.count { center + 0.5 * (values[$0] - center) < truth })
      }
      progress?(repetition + 1)
    }
    return SelfCheck(
      quantities: names.indices.map {
        SelfCheck.Quantity(name: names[$0], ranks: ranks[$0], narrowedRanks: narrowed[$0])
      },
      highest: highest, effectiveSizes: sizes)
  }

  /// What is true in each repetition, and the figures that a survey makes of it: [figure][repetition].
  private struct Truths {
    let known: [(name: String, values: [Double])]
    let figures: [[ObservedRate]]
  }

  private func truths(
    _ plan: Plan, stationary: StationaryProfiles, count: Int
  ) throws -> Truths {
    var own = plan
    own.seed = plan.seed ^ selfCheckSeed
    let draws = DrawGrid(count: count)
    let result = try pass(own, stationary: stationary, draws: draws, scores: nil)
    let field = RandomField(seed: own.seed)
    let later = figures(plan)
    let figures = later.map { figure in
      let noise = field.stream(.surveyError, year: figure.year).normals(count: count)
      let rates = result.rates[figure.year - plan.since]
      return (0..<count).map { index in
        ObservedRate(
          year: figure.year,
          rate: min(0.999, max(0.001, rates[index] + figure.standardError * noise[index])),
          standardError: figure.standardError)
      }
    }
    return Truths(known: quantities(result, plan, count: count), figures: figures)
  }

  private struct Posterior {
    let values: [[Double]]
    let weights: [Double]
    let field: RandomField

    /// Draws by their weights, with replacement.
    func chosen(_ count: Int, repetition: Int) -> [Int] {
      var sums: [Double] = []
      var total = 0.0
      for weight in weights {
        total += weight
        sums.append(total)
      }
      return field.stream(.posteriorChoice).uniforms(count: count).map { share in
        var (low, high) = (0, sums.count - 1)
        while low < high {
          let middle = (low + high) / 2
          if sums[middle] > share * total { high = middle } else { low = middle + 1 }
        }
        return low
      }
    }
  }

  /// Calibrates on made figures as ``projection()`` does on published ones.
  private func posterior(
    _ plan: Plan, stationary: StationaryProfiles, figures made: [ObservedRate], repetition: Int
  ) throws -> Posterior {
    var own = plan
    own.seed = plan.seed &+ UInt64(repetition + 1) &* 0xd1b5_4a32_d192_ed03
    let run = ProjectionRun(
      baseline: own, plans: [own], population: population, levels: levels, profile: profile,
      observed: observed.filter { $0.year <= plan.since } + made, given: nil, options: options)
    let draws = DrawGrid(count: plan.replicas)
    let field = RandomField(seed: own.seed)
    let proposal = try run.proposal(own, stationary: stationary)
    let scores = proposal?.draws(field, since: own.since, count: draws.padded, mixed: true)
    let result = try run.pass(own, stationary: stationary, draws: draws, scores: scores)
    var ratios: [Double]?
    if let proposal, let scores {
      ratios = (0..<draws.count).map { proposal.logMixtureRatio(scores.point($0)) }
    }
    let weights = Calibration.weights(
      observed: made.map { ($0.rate, $0.standardError) },
      simulated: made.map { result.rates[$0.year - own.since] }, draws: draws.count,
      logRatios: ratios)
    return Posterior(
      values: run.quantities(result, own, count: draws.count).map(\.values), weights: weights,
      field: field)
  }

  /// The baseline's national rates by year, and what moved them.
  private func pass(
    _ plan: Plan, stationary: StationaryProfiles, draws: DrawGrid, scores: CommonScores?
  ) throws -> (rates: [[Double]], common: CommonDraws) {
    let steps = plan.end - plan.since
    let common = try commonDraws(
      plan, stationary: stationary, draws: draws, steps: steps, scores: scores)
    let compiled = CompiledPlan(
      plan: plan, population: population, stationary: stationary, draws: draws)
    let simulation = simulation(
      [compiled], reference: plan, stationary: stationary, draws: draws, common: common,
      weights: DrawWeights(equal: draws), steps: steps, sumsOnly: true)
    var quiet = options
    quiet.progress = nil
    let sums = try SimulationPass(simulation, options: quiet).run().national
    let rates = AreaAnswers(simulation, districts: population.codes.indices)
      .draws(plan: 0, sums: sums).rates[AgeGroup.all.rawValue]
    return (rates, common)
  }

  /// What varies over the prior: parameters, and the rates of the last figure and of the end.
  private func quantities(
    _ result: (rates: [[Double]], common: CommonDraws), _ plan: Plan, count: Int
  ) -> [(name: String, values: [Double])] {
    var all: [(String, [Double])] = []
    func add(_ name: String, _ values: [Double], if varies: Bool) {
      if varies { all.append((name, Array(values.prefix(count)))) }
    }
    let dynamics = plan.dynamics
    let coordinates = CommonCoordinate.active(
      dynamics: dynamics, levelError: levelError(plan), steps: 0)
    add("level", result.common.level, if: coordinates.contains(.level))
    add("exit", result.common.exit, if: coordinates.contains(.exit))
    add("trend", result.common.trend, if: coordinates.contains(.trend))
    add("trend_exit", result.common.trendExit, if: coordinates.contains(.trendExit))
    let last = figures(plan).map(\.year).max()
    for year in Set([last, plan.end].compactMap(\.self)).sorted() {
      add("rate \(year)", result.rates[year - plan.since], if: true)
    }
    return all
  }
}

/// Sets truths apart from every run that looks for them.
private let selfCheckSeed: UInt64 = 0x5bd1_e995_7b93_c1a7
