// Quiebre · LaborModel
// Quantiles, paired changes and probabilities of one district, from its own draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// Asks a district's draws.
final class DistrictAnswers {
  private let simulation: Simulation
  private let selection: WeightedSelection
  private let mixed: LaneBuffer
  /// By age group: whether 5 to 95 % are asked.
  private let hasBands: [Bool]
  /// Hints [year][age group] that the baseline's quantiles left.
  private var baselineHints: [[WeightedSelection.Hint]]

  init(_ simulation: Simulation) {
    self.simulation = simulation
    selection = WeightedSelection(simulation.weights)
    mixed = LaneBuffer(count: simulation.draws.vectors)
    hasBands = AgeGroup.allCases.map(simulation.bandsOf.contains)
    baselineHints = [[WeightedSelection.Hint]](
      repeating: AgeGroup.allCases.map { _ in WeightedSelection.Hint() }, count: simulation.years)
  }

  /// The outcome of a district under each plan.
  ///
  /// - Parameters:
  ///   - district: Its index.
  ///   - means: [plan][year][5-13, 14-17].
  ///   - coverage: [plan][acting line], means of the end year.
  ///   - rows: Rates of all plans, years and age groups.
  /// - Returns: One outcome per plan, in their order.
  func outcomes(
    district: Int, means: [[[Double]]], coverage: [[Double]], rows: RateRows
  ) -> [DistrictOutcome] {
    let children = simulation.children(district)
    let total = children.lower + children.upper
    let parts = parts(district)
    var outcomes: [DistrictOutcome] = []
    for plan in simulation.plans.indices {
      if plan == 0, let known = simulation.knownBaseline {
        outcomes.append(known.districts[district])
        continue
      }
      let path = path(
        plan, means: means[plan], parts: parts, ownFrom: rows.ownFrom[plan],
        known: outcomes.first, rows: rows)
      let change = change(plan, parts: parts, ownFrom: rows.ownFrom[plan], rows: rows)
      let goal = simulation.rules[plan].goal
      outcomes.append(
        DistrictOutcome(
          path: path.path, middleHalves: path.middleHalves, goalByYear: path.goal,
          changeAgainstBaseline: change,
          avoided: avoided(
            path.path, reference: outcomes.first?.path ?? path.path, children: total),
          probabilityOfGoal: goal.map { path.goal[$0.year] },
          probabilityOfBreak: simulation.rules[plan].breaks.map {
            probability(of: $0, plan: plan, parts: parts, rows: rows)
          },
          coverage: spread(coverage[plan], plan: plan)))
    }
    return outcomes
  }

  /// Brings the rates of the last year, ages 5-17, under every plan whose answers aren't known.
  func offer(_ district: Int, to worst: WorstOfDraws, rows: RateRows) {
    let parts = parts(district)
    for plan in simulation.plans.indices where plan > 0 || simulation.knownBaseline == nil {
      worst.offer(
        plan: plan, district: district,
        rates: row(plan, simulation.years - 1, .all, parts: parts, rows: rows))
    }
  }

  /// Shares of the age groups in the district's children.
  private func parts(_ district: Int) -> Parts {
    let children = simulation.children(district)
    let total = children.lower + children.upper
    let lowerShare = total > 0 ? children.lower / total : 9.0 / 13
    return (lower: lowerShare, upper: 1 - lowerShare)
  }

  private typealias Parts = (lower: Double, upper: Double)

  /// What is answered year by year.
  private struct Yearly {
    var path: AreaPath
    var middleHalves: [MiddleHalf] = []
    var goal: [Double] = []

    /// `bands`: by age group, whether 5 to 95 % are asked.
    init(years: Int, bands: [Bool]) {
      path = AreaPath(
        bands: bands.map { _ in [] }, means: bands.map { _ in [] }, medians: bands.map { _ in [] })
      for (group, asked) in bands.enumerated() {
        if asked { path.bands[group].reserveCapacity(years) }
        path.means[group].reserveCapacity(years)
        path.medians[group].reserveCapacity(years)
      }
      middleHalves.reserveCapacity(years)
      goal.reserveCapacity(years)
    }

    /// Takes over a year's quantiles.
    mutating func append(_ known: DistrictOutcome, year: Int) {
      for group in path.bands.indices {
        if !known.path.bands[group].isEmpty {
          path.bands[group].append(known.path.bands[group][year])
        }
        path.medians[group].append(known.path.medians[group][year])
      }
      if !known.middleHalves.isEmpty { middleHalves.append(known.middleHalves[year]) }
    }

    mutating func append(_ found: Quantiles, _ group: AgeGroup) {
      path.medians[group.rawValue].append(found.median)
      guard let full = found.full else { return }
      path.bands[group.rawValue].append(full.band)
      if group == .all { middleHalves.append(full.middle) }
    }
  }

  private func path(
    _ plan: Int, means: [[Double]], parts: Parts, ownFrom: Int, known: DistrictOutcome?,
    rows: RateRows
  ) -> Yearly {
    var yearly = Yearly(years: simulation.years, bands: hasBands)
    var hints = AgeGroup.allCases.map { _ in WeightedSelection.Hint() }
    // The same draws under the baseline are as near as those of the year before.
    if plan > 0, ownFrom < simulation.years, simulation.knownBaseline == nil {
      hints = baselineHints[ownFrom]
    }
    for year in 0..<simulation.years {
      let (low, high) = (means[year][0], means[year][1])
      let averages = [parts.lower * low + parts.upper * high, low, high]
      for group in AgeGroup.allCases {
        yearly.path.means[group.rawValue].append(averages[group.rawValue])
      }
      if year < ownFrom, let known { yearly.append(known, year: year) }
      for group in AgeGroup.allCases {
        let isGoal = simulation.rules[plan].goal?.group == group
        guard year >= ownFrom || isGoal else { continue }
        let row = row(plan, year, group, parts: parts, rows: rows)
        if isGoal, let goal = simulation.rules[plan].goal {
          yearly.goal.append(selection.share(row, atMost: goal.value))
        }
        guard year >= ownFrom else { continue }
        yearly.append(
          quantiles(row, of: group, mean: averages[group.rawValue], &hints[group.rawValue]), group)
      }
      if plan == 0 { baselineHints[year] = hints }
    }
    return yearly
  }

  /// A year's quantiles of one age group.
  private struct Quantiles {
    var full: (band: Band, middle: MiddleHalf)?
    var median: Double
  }

  private func quantiles(
    _ row: LaneView, of group: AgeGroup, mean: Double, _ hint: inout WeightedSelection.Hint
  ) -> Quantiles {
    guard hasBands[group.rawValue] else {
      return Quantiles(median: selection.median(row, mean: mean, hint: &hint))
    }
    let full = selection.fullBand(row, mean: mean, hint: &hint)
    return Quantiles(full: full, median: full.band.p50)
  }

  /// The rates of an age group; ages 5-17 are mixed in memory that the next call reuses.
  private func row(
    _ plan: Int, _ year: Int, _ group: AgeGroup, parts: Parts, rows: RateRows
  ) -> LaneView {
    switch group {
    case .under14: return rows[plan, year, 0]
    case .from14: return rows[plan, year, 1]
    case .all:
      let (low, high) = (rows[plan, year, 0], rows[plan, year, 1])
      let (lower, upper) = (Float(parts.lower), Float(parts.upper))
      unsafe lk_mix(
        mixed.view.floats, low.floats, lower, high.floats, upper, Int64(simulation.draws.vectors))
      return mixed.view
    }
  }

  private func change(
    _ plan: Int, parts: Parts, ownFrom: Int, rows: RateRows
  ) -> Band {
    let end = simulation.years - 1
    guard plan > 0, end >= ownFrom else { return Band(p05: 0, p50: 0, p95: 0) }
    let (low, high) = (rows[plan, end, 0], rows[plan, end, 1])
    let (lowBefore, highBefore) = (rows[0, end, 0], rows[0, end, 1])
    let (lower, upper) = (Float(parts.lower), Float(parts.upper))
    for vector in 0..<simulation.draws.vectors {
      mixed.view[vector] =
        (low[vector] - lowBefore[vector]) * lower + (high[vector] - highBefore[vector]) * upper
    }
    return selection.band(mixed.view)
  }

  /// Child-years avoided over base+1...end, weighted mean.
  private func avoided(_ path: AreaPath, reference: AreaPath, children: Double) -> Double {
    var sum = 0.0
    for year in 0..<simulation.years where simulation.since + year > simulation.base {
      let difference = reference.means[0][year] - path.means[0][year]
      sum += difference * children * simulation.growth(year: year)
    }
    return sum
  }

  private func probability(
    of rule: DistrictRules.Break, plan: Int, parts: Parts, rows: RateRows
  ) -> Double {
    let (lower, upper) = share(of: rule.group, parts: parts)
    let years = (rule.base...max(rule.base, rule.deadline)).map {
      (rows[plan, $0, 0], rows[plan, $0, 1])
    }
    var count = WeightCount(simulation.weights)
    for vector in 0..<simulation.draws.vectors {
      let found = rule.breaks(years.count) { year in
        years[year].0[vector] * lower + years[year].1[vector] * upper
      }
      count.add(vector, where: found)
    }
    return count.share
  }

  private func share(of group: AgeGroup, parts: Parts) -> (Float, Float) {
    switch group {
    case .all: (Float(parts.lower), Float(parts.upper))
    case .under14: (1, 0)
    case .from14: (0, 1)
    }
  }

  /// Coverage by the plan's lines; 0 for lines that reach no child themselves.
  private func spread(_ acting: [Double], plan: Int) -> [Double] {
    let compiled = simulation.plans[plan]
    var all = [Double](repeating: 0, count: compiled.plan.lines.count)
    for (slot, line) in compiled.lines.enumerated() { all[line.line] = acting[slot] }
    return all
  }
}

/// Adds up the weights of draws for which something holds.
private struct WeightCount {
  private let weights: DrawWeights
  private var sums = SIMD8<UInt32>()

  init(_ weights: DrawWeights) { self.weights = weights }

  mutating func add(_ vector: Int, where holds: SIMDMask<SIMD8<Int32>>) {
    sums &+= weights.rankLanes[vector].replacing(with: 0, where: .!holds)
  }

  /// The weight of these draws over all weight.
  var share: Double { Double(sums.wrappedSum()) / Double(weights.total) }
}
