// Quiebre · LaborModel
// What moves the whole country or a department in each draw: level, exit, trend and shocks.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels
internal import Statistics

/// The draws that all districts share, one row of lanes per quantity.
struct CommonDraws: Sendable {
  /// δ_s on the logit scale, X, and g on entry and exit, one per draw.
  let level: [Double]
  let exit: [Double]
  let trend: [Double]
  let trendExit: [Double]
  /// X in lanes.
  let exitLanes: LaneBuffer
  let levelLanes: LaneBuffer
  /// exp(g·(t+1−since) + η + η_dept) of step t: rows [department][step].
  let entryFactor: LaneBuffer
  /// exp(trendExit·(t+1−since)): rows [step]; `nil` where exit has no trend.
  let exitFactor: LaneBuffer?
  /// The first four as the prior draws them.
  let prior: PriorDraws
  private let steps: Int
  private let vectors: Int

  /// Draws at the plan's seed: `dynamics` are those of the run, an overriding trend included,
  /// `shares` those of the departments in the children who work (a unit vector), and `scores` take
  /// the place of the prior's draws; draws that are given take the place of both.
  init(
    plan: Plan, dynamics: Plan.Dynamics, levelError: Double,
    departments: (codes: [String], shares: [Double]), draws: DrawGrid, steps: Int,
    workers: Int, scores: CommonScores? = nil, given: ParameterDraws? = nil
  ) throws {
    let field = RandomField(seed: plan.seed)
    self.steps = steps
    vectors = draws.vectors
    let count = draws.padded
    prior = PriorDraws(field, dynamics: dynamics, levelError: levelError, count: count)
    func own(_ parameter: ParameterName) -> [Double]? { given?.padded(parameter, to: count) }
    level = own(.level) ?? scores?[.level]?.map { $0 * levelError } ?? prior.level
    exit = own(.exit) ?? scores?.values(.exit, of: dynamics.exit) ?? prior.exit
    trend = own(.trend) ?? scores?.values(.trend, of: dynamics.trend) ?? prior.trend
    trendExit =
      own(.trendExit) ?? scores?.values(.trendExit, of: dynamics.trendExit) ?? prior.trendExit
    exitLanes = draws.lanes(exit)
    levelLanes = draws.lanes(level)
    let shocks = CommonShocks(
      plan: plan, dynamics: dynamics, departments: departments, steps: steps, count: count,
      scores: scores, given: given)
    let national = shocks.national
    entryFactor = LaneBuffer(count: departments.codes.count * steps * vectors)
    let (trend, factors, vectors) = (trend, entryFactor, draws.vectors)
    // Each department fills rows of its own.
    _ = try concurrentMap(
      count: departments.codes.count, workers: max(1, workers), scratch: {}
    ) { _, index in
      let local = shocks.local(index)
      for step in 0..<steps {
        let row = factors.view.from((index * steps + step) * vectors)
        let years = Double(step + 1)
        for draw in 0..<count {
          let sum = trend[draw] * years + national[step][draw] + local[step][draw]
          row[scalar: draw] = Float(Compute.exp(sum))
        }
      }
    }
    exitFactor = CommonDraws.exitFactor(trendExit, steps: steps, draws: draws)
  }

  func entryRow(department: Int, step: Int) -> LaneView {
    entryFactor.view.from((department * steps + step) * vectors)
  }

  func exitRow(step: Int) -> LaneView? { exitFactor?.view.from(step * vectors) }

  private static func exitFactor(
    _ trendExit: [Double], steps: Int, draws: DrawGrid
  ) -> LaneBuffer? {
    guard trendExit.contains(where: { $0 != 0 }) else { return nil }
    let buffer = LaneBuffer(count: steps * draws.vectors)
    for step in 0..<steps {
      let row = buffer.view.from(step * draws.vectors)
      for draw in 0..<draws.padded {
        row[scalar: draw] = Float(Compute.exp(trendExit[draw] * Double(step + 1)))
      }
    }
    return buffer
  }
}

/// Level, exit and trends at their own random numbers, one per draw.
struct PriorDraws: Sendable {
  let level: [Double]
  let exit: [Double]
  let trend: [Double]
  let trendExit: [Double]

  init(_ field: RandomField, dynamics: Plan.Dynamics, levelError: Double, count: Int) {
    level = field.stream(.level).fastNormals(count: count).map { $0 * levelError }
    exit = field.draws(of: dynamics.exit, .exit, count: count)
    trend = field.draws(of: dynamics.trend, .trend, count: count)
    trendExit = field.draws(of: dynamics.trendExit, .trendExit, count: count)
  }
}

/// How the draws lie in lanes: whole vectors, the last one filled with further draws, in chunks.
///
/// The filling draws are real ones that no answer counts, so a run of more replicas repeats the
/// bytes of a shorter one.
struct DrawGrid: Hashable, Sendable {
  /// Most vectors in one chunk: what a kernel works on at a time.
  static let chunk = Int(LK_CHUNK)

  let count: Int

  var vectors: Int { (count + 7) / 8 }
  var chunks: Int { (vectors + DrawGrid.chunk - 1) / DrawGrid.chunk }
  var padded: Int { vectors * 8 }

  /// One number per (padded) draw, in lanes.
  func lanes(_ values: [Double]) -> LaneBuffer {
    let buffer = LaneBuffer(count: vectors)
    let view = buffer.view
    for draw in 0..<padded { view[scalar: draw] = Float(values[draw]) }
    return buffer
  }
}
