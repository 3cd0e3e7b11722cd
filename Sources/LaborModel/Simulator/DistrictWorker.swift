// Quiebre · LaborModel
// Runs one district through all plans, draws and years, and asks its answers of the draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// One thread's working memory and the loops over a district.
final class DistrictWorker {
  private static let width = DrawGrid.chunk

  private let simulation: Simulation
  private let cohort = CohortChunk()
  private let coverage: [CoverageChunk]
  private let states: [LaneBuffer]
  /// Rates of each plan: rows [year][group 5-13, 14-17].
  private let rates: [LaneBuffer]
  /// Year from which a plan has rates of its own; before, the baseline's stand.
  private var ownFrom: [Int]
  private var normals: [Double]
  private let logits: LaneBuffer
  private let entry: LaneBuffer
  private let entryLessOne: LaneBuffer
  private let exit: LaneBuffer
  private let exitLessOne: LaneBuffer
  private let lower = LaneBuffer(count: DrawGrid.chunk)
  private let upper = LaneBuffer(count: DrawGrid.chunk)
  private let lowerLevel = LaneBuffer(count: DrawGrid.chunk)
  private let upperLevel = LaneBuffer(count: DrawGrid.chunk)
  private var coverageSums: [[Double]]
  var sums: AreaSums
  private let answers: DistrictAnswers
  private(set) var counts = Projection.Counts(exitRaised: 0, exitLowered: 0, capped: 0, cells: 0)

  init(_ simulation: Simulation) {
    self.simulation = simulation
    let draws = simulation.draws
    let plans = simulation.plans
    coverage = plans.map { CoverageChunk($0, draws: draws) }
    states = plans.map { _ in LaneBuffer(count: DrawGrid.chunk * CohortChunk.ages) }
    rates = plans.map { _ in LaneBuffer(count: simulation.years * 2 * draws.vectors) }
    ownFrom = plans.map { _ in 0 }
    normals = [Double](repeating: 0, count: draws.padded)
    logits = LaneBuffer(count: draws.vectors)
    let groups = plans.map(\.groups.groups.count).max() ?? 1
    entry = LaneBuffer(count: groups * DrawGrid.chunk)
    entryLessOne = LaneBuffer(count: groups * DrawGrid.chunk)
    exit = LaneBuffer(count: groups * DrawGrid.chunk)
    exitLessOne = LaneBuffer(count: groups * DrawGrid.chunk)
    coverageSums = plans.map { [Double](repeating: 0, count: $0.lines.count) }
    sums = AreaSums(plans: plans.count, years: simulation.years, draws: draws)
    answers = DistrictAnswers(simulation)
  }

  /// Begins a new piece of work.
  func begin() {
    sums.reset()
    counts = Projection.Counts(exitRaised: 0, exitLowered: 0, capped: 0, cells: 0)
  }

  /// Simulates a district, adds it to the sums and gives its outcome under each plan (none when
  /// only sums are wanted).
  func run(district: Int) -> [DistrictOutcome] {
    cohort.resetCounts()
    let starts = take(district: district)
    fillLogits(district)
    let weights = AgeWeights(children: simulation.population.childrenByAge[district])
    for chunk in 0..<simulation.draws.chunks {
      runChunk(chunk, district: district, starts: starts, weights: weights)
    }
    countUp()
    return finish(district)
  }

  /// First step in which each plan goes its own way; the baseline's own start is entry 0.
  private func take(district: Int) -> [Int] {
    let offset = simulation.base - simulation.since
    let never = simulation.steps
    var starts: [Int] = []
    for plan in simulation.plans.indices {
      let year = coverage[plan].take(district: district)
      let start = min(never, year.map { $0 + offset } ?? never)
      starts.append(plan == 0 ? start : min(start, starts[0]))
      for line in coverageSums[plan].indices { coverageSums[plan][line] = 0 }
      // The rates of year `start` are still common: the step from it is the first own one.
      ownFrom[plan] = plan == 0 ? 0 : starts[plan] + 1
    }
    return starts
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
      stream.normals(into: &span)
    }
    for draw in 0..<simulation.draws.padded {
      target[scalar: draw] = Float(alpha - shift + deviation * normals[draw])
    }
    for vector in 0..<simulation.draws.vectors { target[vector] += level[vector] }
  }

  private func runChunk(
    _ chunk: Int, district: Int, starts: [Int], weights: AgeWeights
  ) {
    let first = chunk * DistrictWorker.width
    let counted = min(simulation.draws.count - first * 8, DistrictWorker.width * 8)
    cohort.prepare(
      logit: logits.view.from(first), ageOdds: simulation.ageOdds,
      exitRate: simulation.common.exitLanes.view.from(first), counted: counted)
    for vector in 0..<DistrictWorker.width {
      (lowerLevel.view[vector], upperLevel.view[vector]) =
        cohort.level(vector: vector, weights: weights)
    }
    clear(states[0])
    store(plan: 0, year: 0, first: first, moved: false)
    let before = cohort.capped
    var cappedAt = [Int](repeating: 0, count: simulation.plans.count)
    coverage[0].prepare(first: first)
    for step in 0..<simulation.steps {
      for plan in starts.indices.dropFirst() where starts[plan] == step {
        copy(states[0], to: states[plan])
        cappedAt[plan] = cohort.capped - before
      }
      advance(
        plan: 0, step: step, active: step >= starts[0], district: district, first: first,
        counted: counted, weights: weights)
    }
    let whole = cohort.capped - before
    for plan in starts.indices.dropFirst() {
      coverage[plan].prepare(first: first)
      cohort.count(capped: starts[plan] < simulation.steps ? cappedAt[plan] : whole)
      for step in starts[plan]..<simulation.steps {
        advance(
          plan: plan, step: step, active: true, district: district, first: first,
          counted: counted, weights: weights)
      }
    }
    guard !simulation.sumsOnly else { return }
    for plan in starts.indices {
      coverage[plan].addCoverage(shares: simulation.weightLanes, to: &coverageSums[plan])
    }
  }

  /// One step of one plan.
  private func advance(
    plan: Int, step: Int, active: Bool, district: Int, first: Int, counted: Int,
    weights: AgeWeights
  ) {
    let groups = active ? simulation.plans[plan].groups : AgeGroups.common
    let exitMoves = setMultipliers(
      groups, plan: plan, step: step, active: active, district: district, first: first)
    let move = StepMultipliers(
      entry: entry.view, entryLessOne: entryLessOne.view, exit: exit.view,
      exitLessOne: exitLessOne.view, exitMoves: exitMoves, groups: groups.groups.count)
    cohort.step(
      states[plan].view, move, runs: groups.runs, weights: weights,
      exitRate: simulation.common.exitLanes.view.from(first), counted: counted,
      lower: lower.view, upper: upper.view)
    store(plan: plan, year: step + 1, first: first, moved: true)
  }

  /// m_e and m_x of every age group; returns whether some m_x may differ from 1.
  private func setMultipliers(
    _ groups: AgeGroups, plan: Int, step: Int, active: Bool, district: Int, first: Int
  ) -> Bool {
    let year = step - (simulation.base - simulation.since)
    if active { coverage[plan].advance(to: year) }
    var exitMoves = simulation.common.exitFactor != nil
    for index in groups.groups.indices {
      let group = groups.groups[index]
      let row = index * DistrictWorker.width
      startGroup(row, parent: group.parent, district: district, step: step, first: first)
      if active {
        let moved = coverage[plan].multiply(
          group.factors, year: year, entry: entry.view.from(row), exit: exit.view.from(row))
        exitMoves = exitMoves || moved
      }
    }
    let one = Lanes(repeating: 1)
    for cell in 0..<groups.groups.count * DistrictWorker.width {
      entryLessOne.view[cell] = entry.view[cell] - one
      if exitMoves { exitLessOne.view[cell] = exit.view[cell] - one }
    }
    return exitMoves
  }

  /// A group's multipliers before its own factors: its parent's, or trend and shocks.
  private func startGroup(_ row: Int, parent: Int?, district: Int, step: Int, first: Int) {
    let (entry, exit) = (entry.view, exit.view)
    if let parent {
      let from = parent * DistrictWorker.width
      for vector in 0..<DistrictWorker.width {
        entry[row + vector] = entry[from + vector]
        exit[row + vector] = exit[from + vector]
      }
      return
    }
    let department = simulation.population.departmentOf[district]
    let shock = simulation.common.entryRow(department: department, step: step).from(first)
    let trend = simulation.common.exitRow(step: step)?.from(first)
    for vector in 0..<DistrictWorker.width {
      entry[row + vector] = shock[vector]
      exit[row + vector] = trend?[vector] ?? Lanes(repeating: 1)
    }
  }

  /// Rate = level + Σ weight·v.
  private func store(plan: Int, year: Int, first: Int, moved: Bool) {
    let vectors = simulation.draws.vectors
    let low = rates[plan].view.from(year * 2 * vectors + first)
    let high = rates[plan].view.from((year * 2 + 1) * vectors + first)
    for vector in 0..<DistrictWorker.width {
      low[vector] = moved ? lowerLevel.view[vector] + lower.view[vector] : lowerLevel.view[vector]
      high[vector] = moved ? upperLevel.view[vector] + upper.view[vector] : upperLevel.view[vector]
    }
  }

  private func clear(_ buffer: LaneBuffer) {
    for index in 0..<buffer.count { buffer.view[index] = Lanes() }
  }

  private func copy(_ source: LaneBuffer, to target: LaneBuffer) {
    for index in 0..<source.count { target.view[index] = source.view[index] }
  }

  private func countUp() {
    counts.exitRaised += cohort.raised
    counts.exitLowered += cohort.lowered
    counts.capped += cohort.capped
    counts.cells +=
      CohortChunk.ages * simulation.steps * simulation.draws.count * simulation.plans.count
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
    guard !simulation.sumsOnly else { return [] }
    let rows = rows
    return answers.outcomes(district: district, means: means, coverage: coverageSums, rows: rows)
  }

  private func add(
    plan: Int, year: Int, group: Int, children: Double, known: [[Double]]?
  ) -> Double {
    let rows = rows
    if plan == 0 {
      return sums.add(
        year: year, group: group, children: children,
        rates: rows[0, year, group], shares: simulation.weightLanes)
    }
    if year < ownFrom[plan], let known { return known[year][group] }
    return sums.add(
      plan: plan, year: year, group: group, children: children,
      rates: rows[plan, year, group],
      reference: rows[0, year, group], shares: simulation.weightLanes)
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
