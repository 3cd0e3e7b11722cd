// Quiebre · LaborModel
// What moves the whole country or a department in each draw: level, exit, trend and shocks.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
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
  private let steps: Int
  private let vectors: Int

  init(
    plan: Plan, trend override: Distribution?, levelError: Double, departments: [String],
    draws: DrawGrid, steps: Int
  ) {
    let field = RandomField(seed: plan.seed)
    let dynamics = plan.dynamics
    self.steps = steps
    vectors = draws.vectors
    let count = draws.padded
    level = field.stream(.level).normals(count: count).map { $0 * levelError }
    exit = field.draws(of: dynamics.exit, .exit, count: count)
    trend = field.draws(of: override ?? dynamics.trend, .trend, count: count)
    trendExit = field.draws(of: dynamics.trendExit, .trendExit, count: count)
    exitLanes = draws.lanes(exit)
    levelLanes = draws.lanes(level)
    let national = field.shocks(
      dynamics.shock, .nationalShock, entity: .nation, since: plan.since, steps: steps,
      count: count)
    entryFactor = LaneBuffer(count: departments.count * steps * vectors)
    for (index, code) in departments.enumerated() {
      let local = field.shocks(
        dynamics.departmentShock, .departmentShock, entity: EntityCode(code), since: plan.since,
        steps: steps, count: count)
      for step in 0..<steps {
        let row = entryFactor.view.from((index * steps + step) * vectors)
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

extension RandomField {
  /// η of the years since+1...: rows [step][draw].
  ///
  /// 0 in `since`, stationary innovations after it.
  fileprivate func shocks(
    _ shock: Plan.Shock, _ quantity: RandomQuantity, entity: EntityCode, since: Int, steps: Int,
    count: Int
  ) -> [[Double]] {
    guard shock.standardDeviation > 0 else {
      return [[Double]](repeating: [Double](repeating: 0, count: count), count: steps)
    }
    let rho = shock.autocorrelation
    let innovation = shock.standardDeviation * (1 - rho * rho).squareRoot()
    var last = [Double](repeating: 0, count: count)
    return (0..<steps).map { step in
      let normals = stream(quantity, entity: entity, year: since + step + 1).normals(count: count)
      for draw in 0..<count { last[draw] = rho * last[draw] + innovation * normals[draw] }
      return last
    }
  }
}

/// How the draws lie in lanes: chunks of whole vectors, the last one filled with further draws.
///
/// The filling draws are real ones that no answer counts, so a run of more replicas repeats the
/// bytes of a shorter one.
struct DrawGrid: Hashable, Sendable {
  /// Vectors in one chunk: what a kernel works on at a time.
  static let chunk = 16

  let count: Int

  var chunks: Int { (count + DrawGrid.chunk * 8 - 1) / (DrawGrid.chunk * 8) }
  var vectors: Int { chunks * DrawGrid.chunk }
  var padded: Int { vectors * 8 }

  /// One number per (padded) draw, in lanes.
  func lanes(_ values: [Double]) -> LaneBuffer {
    let buffer = LaneBuffer(count: vectors)
    let view = buffer.view
    for draw in 0..<padded { view[scalar: draw] = Float(values[draw]) }
    return buffer
  }
}
