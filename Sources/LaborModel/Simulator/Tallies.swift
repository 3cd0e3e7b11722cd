// Quiebre · LaborModel
// What a run counts over its districts beside their sums: factors, and the worst of each draw.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// What is asked to be counted.
struct TallyRequest: Sendable {
  /// One number per district, for each factor.
  var factors: [[Double]] = []
  /// How many districts are called the worst; 0 = not asked.
  var worst = 0
}

/// What some pieces of a run counted.
struct TallyContents: Hashable, Sendable {
  var factors: [Double]
  /// By plan and block of draws: how many are kept of each draw, then rates and districts.
  var worst: [[Double]]
}

/// Where the workers of one pass bring what they count.
final class Tallies: Sendable {
  private let simulation: Simulation
  private let factors: Guarded<AreaSums>
  let worst: WorstOfDraws?

  init(_ simulation: Simulation) {
    self.simulation = simulation
    factors = Guarded(Tallies.emptySums(simulation))
    let worst = min(simulation.tallies.worst, simulation.population.codes.count)
    self.worst =
      worst > 0 && !simulation.sumsOnly
      ? WorstOfDraws(k: worst, plans: simulation.plans.count, draws: simulation.draws.count) : nil
  }

  /// Rows [factor][base year, last year], all in the first age group.
  static func emptySums(_ simulation: Simulation) -> AreaSums {
    AreaSums(
      plans: simulation.plans.count, years: 2 * simulation.tallies.factors.count,
      draws: simulation.draws)
  }

  func add(_ sums: AreaSums) { factors.withLock { $0.add(sums) } }

  /// What was counted so far, as plain numbers: no worker may be under way.
  var contents: TallyContents {
    TallyContents(factors: factors.withLock { $0.numbers }, worst: worst?.contents ?? [])
  }

  /// How long the contents of a run's tallies are.
  func fits(_ contents: TallyContents) -> Bool {
    contents.factors.count == factors.withLock { $0.numbers.count }
      && (worst?.fits(contents.worst) ?? contents.worst.isEmpty)
  }

  /// Adds what another part of the same run counted.
  func add(_ contents: TallyContents) {
    add(
      AreaSums(
        plans: simulation.plans.count, years: 2 * simulation.tallies.factors.count,
        draws: simulation.draws, numbers: contents.factors))
    worst?.add(contents.worst)
  }

  /// Σ factor × working children per draw: [factor].
  func factorSums(plan: Int) -> [FactorSum] {
    let count = simulation.draws.count
    return factors.withLock { sums in
      simulation.tallies.factors.indices.map { factor in
        func row(_ column: Int) -> [Double] {
          Array(sums.working(plan: plan, year: 2 * factor + column, group: 0).prefix(count))
        }
        return FactorSum(base: row(0), end: row(1))
      }
    }
  }
}
