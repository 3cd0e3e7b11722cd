// Quiebre · LaborModel
// One budget line's uncertain inputs, draw by draw, ready for the coverage kernel.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// A service or transfer, prepared for the kernel: children per sol, ceiling, ramp and effects.
final class LineDraws: Sendable {
  /// Index into ``Plan/lines``.
  let line: Int
  let reach: PlanLine.Reach
  let lag: Int
  /// Rows [version]: share of T reached per unit of money, divided by κ for random reach.
  ///
  /// A version is a run of years in which helping lines do the same.
  let yield: LaneBuffer
  /// Version of each year of `base...end`.
  let version: [Int]
  let ceiling: LaneBuffer
  /// Rows [years back]: weight of the coverage of that year in the ramp's mean.
  let ramp: LaneBuffer
  let rampYears: Int
  /// 1 − RR on entry and exit; `nil` where the line doesn't act.
  let entry: LaneBuffer?
  let exit: LaneBuffer?
  /// Money to the kernel's unit: 1/(100 · cost factor · T), per district; 0 where nobody is eligible.
  let scale: [Double]

  init(
    plan: Plan, index: Int, helpers: Helpers, eligible: [Double], draws: DrawGrid,
    source: DrawSource
  ) {
    let line = plan.lines[index]
    let delivery = line.delivery
    func drawn(_ distribution: Distribution, _ quantity: LineQuantity) -> [Double] {
      source.draws(of: distribution, quantity, of: line)
    }
    self.line = index
    reach = delivery.reach
    lag = line.effect.lag
    let kappa = drawn(delivery.ceiling, .ceiling).map { min(1, max(0, $0)) }
    ceiling = draws.lanes(kappa)
    (ramp, rampYears) = RampWeights.lanes(drawn(line.effect.ramp, .ramp), draws: draws)
    entry =
      line.effect.entry.isNeutral
      ? nil : draws.lanes(drawn(line.effect.entry, .entry).map { 1 - $0 })
    exit =
      line.effect.exit.isNeutral
      ? nil : draws.lanes(drawn(line.effect.exit, .exit).map { 1 - $0 })
    let cost = drawn(delivery.unitCost, .unitCost)
    let execution = drawn(delivery.execution, .execution)
    let leakage = drawn(delivery.leakage, .leakage)
    let children = delivery.childrenPerUnit
    let years = helpers.years
    (yield, version) = LineDraws.yields(years: years, draws: draws) { year, draw in
      let spent = helpers.execution(execution[draw], line: index, year: year, draw: draw)
      let lost = helpers.leakage(leakage[draw], line: index, year: year, draw: draw)
      let perSol = children * spent * (1 - lost) / cost[draw]
      guard delivery.reach == .random else { return perSol }
      return kappa[draw] > 0 ? perSol / kappa[draw] : 0
    }
    scale = eligible.indices.map { district in
      let divisor = 100 * delivery.costFactor[district] * eligible[district]
      return divisor > 0 ? 1 / divisor : 0
    }
  }

  /// One row per year, equal consecutive rows kept once.
  private static func yields(
    years: Int, draws: DrawGrid, _ value: (_ year: Int, _ draw: Int) -> Double
  ) -> (LaneBuffer, [Int]) {
    var rows: [[Double]] = []
    var version: [Int] = []
    for year in 0..<years {
      let row = (0..<draws.padded).map { value(year, $0) }
      if rows.last != row { rows.append(row) }
      version.append(rows.count - 1)
    }
    let buffer = LaneBuffer(count: rows.count * draws.vectors)
    for (index, row) in rows.enumerated() {
      let view = buffer.view.from(index * draws.vectors)
      for draw in row.indices { view[scalar: draw] = Float(row[draw]) }
    }
    return (buffer, version)
  }
}

extension Distribution {
  /// A multiplier that is always 1.
  var isNeutral: Bool { shape == .fixed(1) }
}

/// The mean over `ramp` years that end now, as weights of the years back; the last one in part.
enum RampWeights {
  /// The weight of the year `back` years ago.
  static func weight(ramp: Double, back: Int) -> Double {
    let length = max(1, ramp)
    return min(1, max(0, length - Double(back))) / length
  }

  static func years(_ ramps: [Double]) -> Int {
    Int((ramps.max() ?? 1).rounded(.up).clamped(to: 1...200))
  }

  static func lanes(_ ramps: [Double], draws: DrawGrid) -> (LaneBuffer, Int) {
    let years = years(ramps)
    let buffer = LaneBuffer(count: years * draws.vectors)
    for back in 0..<years {
      let row = buffer.view.from(back * draws.vectors)
      for draw in ramps.indices {
        row[scalar: draw] = Float(weight(ramp: ramps[draw], back: back))
      }
    }
    return (buffer, years)
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(range.upperBound, Swift.max(range.lowerBound, self))
  }
}
