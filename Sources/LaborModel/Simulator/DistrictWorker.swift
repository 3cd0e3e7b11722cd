// Quiebre · LaborModel
// Runs one district through all plans, draws and years, and asks its answers of the draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// One thread's working memory and the loops over a district.
final class DistrictWorker {
  private static let width = DrawGrid.chunk

  private let simulation: Simulation
  private let cohort = CohortChunk()
  private let plans: [MultiplierChunk]
  private let states: [LaneBuffer]
  /// Rates of each plan: rows [year][group 5-13, 14-17].
  private let rates: [LaneBuffer]
  /// Year from which a plan has rates of its own; before, the baseline's stand.
  private var ownFrom: [Int]
  private var normals: [Double]
  private let logits: LaneBuffer
  private let lowerLevel = LaneBuffer(count: DrawGrid.chunk)
  private let upperLevel = LaneBuffer(count: DrawGrid.chunk)
  private let shares: WeightLanes
  private let ageOdds: [Float]
  private var coverageSums: [[Double]]
  var sums: AreaSums
  /// As ``Tallies/emptySums(_:)`` lays them out.
  private(set) var factorSums: AreaSums
  private let worst: WorstOfDraws?
  private let answers: DistrictAnswers
  private(set) var counts = Projection.Counts(exitRaised: 0, exitLowered: 0, capped: 0, cells: 0)

  /// `worst` takes the rates of the last year, where they are asked.
  init(_ simulation: Simulation, worst: WorstOfDraws? = nil) {
    self.simulation = simulation
    self.worst = worst
    factorSums = Tallies.emptySums(simulation)
    let draws = simulation.draws
    plans = simulation.plans.map { MultiplierChunk($0, draws: draws) }
    states = plans.map { _ in LaneBuffer(count: DrawGrid.chunk * CohortChunk.ages) }
    rates = plans.map { _ in LaneBuffer(count: simulation.years * 2 * draws.vectors) }
    ownFrom = plans.map { _ in 0 }
    normals = [Double](repeating: 0, count: draws.padded)
    logits = LaneBuffer(count: draws.vectors)
    shares = WeightLanes(simulation.weights)
    ageOdds = simulation.ageOdds.map { $0 }
    coverageSums = simulation.plans.map { [Double](repeating: 0, count: $0.lines.count) }
    sums = AreaSums(plans: plans.count, years: simulation.years, draws: draws)
    answers = DistrictAnswers(simulation)
  }

  /// Begins a new piece of work.
  func begin() {
    sums.reset()
    factorSums.reset()
    counts = Projection.Counts(
      exitRaised: 0, exitLowered: 0, capped: 0, cells: 0,
      cappedByPlan: plans.map { _ in 0 })
  }

  /// What the chunks of one district have in common.
  private struct District {
    /// First step in which each plan goes its own way; the baseline's first step with lines.
    let starts: [Int]
    /// The same in order, each once, and the last step's end.
    let stops: [Int]
    let weights: AgeWeights
    /// Rows [step] of the department's trend and shocks, and of the trend on exit.
    let shocks: LaneView
    let trend: LaneView?
    let exitRate: LaneView
    /// Steps from the first year to the base year.
    let offset: Int
    let vectors: Int
  }

  /// Simulates a district, adds it to the sums and gives its outcome under each plan (none when
  /// only sums are wanted).
  func run(district: Int) -> [DistrictOutcome] {
    let common = simulation.common
    let starts = take(district: district)
    let own = District(
      starts: starts, stops: stops(starts),
      weights: AgeWeights(children: simulation.population.childrenByAge[district]),
      shocks: common.entryRow(
        department: simulation.population.departmentOf[district], step: 0),
      trend: common.exitRow(step: 0), exitRate: common.exitLanes.view,
      offset: simulation.base - simulation.since, vectors: simulation.draws.vectors)
    fillLogits(district)
    for chunk in 0..<simulation.draws.chunks { runChunk(chunk, own) }
    return finish(district)
  }

  /// First step in which each plan goes its own way; the baseline's own start is entry 0.
  private func take(district: Int) -> [Int] {
    let offset = simulation.base - simulation.since
    let never = simulation.steps
    var starts: [Int] = []
    for plan in plans.indices {
      let year = plans[plan].take(district: district)
      let start = min(never, year.map { $0 + offset } ?? never)
      starts.append(plan == 0 ? start : min(start, starts[0]))
      for line in coverageSums[plan].indices { coverageSums[plan][line] = 0 }
      // The rates of year `start` are still common: the step from it is the first own one.
      ownFrom[plan] = plan == 0 ? 0 : starts[plan] + 1
    }
    return starts
  }

  private func stops(_ starts: [Int]) -> [Int] {
    var stops = (starts + [simulation.steps]).sorted()
    var kept = 0
    for stop in stops where kept == 0 || stop != stops[kept - 1] {
      stops[kept] = stop
      kept += 1
    }
    stops.removeSubrange(kept...)
    return stops
  }

  /// α_d + δ_s + u_ds − ½(1 − 2R_d)·var(u_d).
  private func fillLogits(_ district: Int) {
    let deviation = simulation.levels.logitError[district]
    let alpha = simulation.stationary.alpha[district]
    let shift = 0.5 * (1 - 2 * simulation.stationary.rate[district]) * deviation * deviation
    let level = simulation.common.levelLanes.view
    let target = logits.view
    guard deviation > 0 else {
      let center = Float(alpha)
      for vector in 0..<simulation.draws.vectors { target[vector] = level[vector] + center }
      return
    }
    let stream = RandomField(seed: simulation.seed).stream(
      .districtError, entity: EntityCode(simulation.population.codes[district]))
    do {
      var span = normals.mutableSpan
      stream.fastNormals(into: &span)
    }
    unsafe lk_logits(
      normals, alpha - shift, deviation, level.floats, Int64(simulation.draws.vectors),
      target.floats)
  }

  /// What a chunk's loops work on.
  private struct Chunk {
    let first: Int
    let vectors: Int
    /// Draws that count.
    let counted: Int
  }

  private func runChunk(_ index: Int, _ district: District) {
    let first = index * DistrictWorker.width
    let chunk = Chunk(
      first: first, vectors: min(district.vectors - first, DistrictWorker.width),
      counted: min(simulation.draws.count - first * 8, DistrictWorker.width * 8))
    let bent = cohort.prepare(
      logit: logits.view.from(first), ageOdds: ageOdds, exitRate: district.exitRate.from(first),
      vectors: chunk.vectors, counted: chunk.counted)
    cohort.level(
      weights: district.weights, vectors: chunk.vectors,
      into: (lowerLevel.view, upperLevel.view))
    clear(states[0])
    store(levelOf: chunk)
    let held = walk(chunk, district)
    counts.exitRaised += bent.raised
    counts.exitLowered += bent.lowered
    counts.capped += held.reduce(0, +)
    for plan in plans.indices { counts.cappedByPlan[plan] += held[plan] }
    counts.cells += CohortChunk.ages * simulation.steps * chunk.counted * plans.count
    guard !simulation.sumsOnly else { return }
    for plan in plans.indices {
      plans[plan].coverage.addCoverage(
        shares: shares, first: first, vectors: chunk.vectors, to: &coverageSums[plan])
    }
  }

  /// All steps of all plans; the baseline goes on to where the next plan leaves it.
  ///
  /// - Returns: By plan, how many chances had to be held at 1; those in steps that a plan shares
  ///   with the baseline count for it too.
  private func walk(_ chunk: Chunk, _ district: District) -> [Int] {
    var held = [Int](repeating: 0, count: plans.count)
    for plan in plans.indices {
      plans[plan].coverage.prepare(first: chunk.first, vectors: chunk.vectors)
    }
    var from = 0
    for stop in district.stops {
      held[0] += walk(plan: 0, from..<stop, chunk, district)
      from = stop
      for plan in plans.indices.dropFirst() where district.starts[plan] == stop {
        copy(states[0], to: states[plan])
        held[plan] = held[0] + walk(plan: plan, stop..<simulation.steps, chunk, district)
      }
    }
    return held
  }

  private func walk(
    plan: Int, _ steps: Range<Int>, _ chunk: Chunk, _ district: District
  ) -> Int {
    guard !steps.isEmpty else { return 0 }
    let common = MultiplierChunk.Common(
      shock: district.shocks.from(chunk.first), trend: district.trend?.from(chunk.first),
      stride: district.vectors, base: district.offset)
    return unsafe cohort.walk(
      states[plan].view, steps: steps,
      moves: plans[plan].moves(common, acts: steps.lowerBound >= district.starts[plan]),
      weights: district.weights, vectors: chunk.vectors, counted: chunk.counted,
      level: (lowerLevel.view, upperLevel.view), rates: rates[plan].view.from(chunk.first),
      stride: district.vectors)
  }

  /// The first year's rates.
  private func store(levelOf chunk: Chunk) {
    let low = rates[0].view.from(chunk.first)
    let high = rates[0].view.from(simulation.draws.vectors + chunk.first)
    for vector in 0..<chunk.vectors {
      low[vector] = lowerLevel.view[vector]
      high[vector] = upperLevel.view[vector]
    }
  }

  private func clear(_ buffer: LaneBuffer) {
    for index in 0..<buffer.count { buffer.view[index] = Lanes() }
  }

  private func copy(_ source: LaneBuffer, to target: LaneBuffer) {
    for index in 0..<source.count { target.view[index] = source.view[index] }
  }

  /// Sums, means and answers of the district.
  private func finish(_ district: Int) -> [DistrictOutcome] {
    let children = simulation.children(district)
    var means: [[[Double]]] = []
    for plan in simulation.plans.indices {
      var own = [[Double]](repeating: [0, 0], count: simulation.years)
      for year in 0..<simulation.years {
        for group in 0..<2 {
          own[year][group] = add(
            plan: plan, year: year, group: group,
            children: group == 0 ? children.lower : children.upper, known: means.first)
        }
      }
      means.append(own)
    }
    addFactors(district, children)
    guard !simulation.sumsOnly else { return [] }
    let rows = rows
    if let worst { answers.offer(district, to: worst, rows: rows) }
    return answers.outcomes(district: district, means: means, coverage: coverageSums, rows: rows)
  }

  /// Adds the district to the sums of each factor, both age groups in one row.
  private func addFactors(_ district: Int, _ children: (lower: Double, upper: Double)) {
    let rows = rows
    let columns = [simulation.base - simulation.since, simulation.steps]
    for (index, factor) in simulation.tallies.factors.enumerated() where factor[district] != 0 {
      for (column, year) in columns.enumerated() {
        for (group, count) in [children.lower, children.upper].enumerated() {
          let (row, scaled) = (2 * index + column, factor[district] * count)
          _ = factorSums.add(
            year: row, group: 0, children: scaled, rates: rows[0, year, group], shares: shares)
          for plan in plans.indices.dropFirst() where year >= ownFrom[plan] {
            _ = factorSums.add(
              plan: plan, year: row, group: 0, children: scaled, rates: rows[plan, year, group],
              reference: rows[0, year, group], shares: shares)
          }
        }
      }
    }
  }

  private func add(
    plan: Int, year: Int, group: Int, children: Double, known: [[Double]]?
  ) -> Double {
    let rows = rows
    if plan == 0 {
      return sums.add(
        year: year, group: group, children: children,
        rates: rows[0, year, group], shares: shares)
    }
    if year < ownFrom[plan], let known { return known[year][group] }
    return sums.add(
      plan: plan, year: year, group: group, children: children,
      rates: rows[plan, year, group],
      reference: rows[0, year, group], shares: shares)
  }

  private var rows: RateRows {
    RateRows(rates: rates, ownFrom: ownFrom, vectors: simulation.draws.vectors)
  }
}

/// The rates of one district: its own for each plan, or the baseline's while they are common.
struct RateRows {
  fileprivate let rates: [LaneBuffer]
  /// First year in which a plan's rates aren't the baseline's.
  let ownFrom: [Int]
  fileprivate let vectors: Int

  subscript(plan: Int, year: Int, group: Int) -> LaneView {
    let owner = year >= ownFrom[plan] ? plan : 0
    return rates[owner].view.from((year * 2 + group) * vectors)
  }
}
