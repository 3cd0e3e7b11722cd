// Quiebre · LaborModel
// Coordination and targeting: lines that raise other lines' execution or lower their leakage.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// The helping lines of a plan, year by year and draw by draw.
struct Helpers: Sendable {
  /// Years of `base...end`.
  let years: Int
  private let help: [Help]

  private struct Help: Sendable {
    let kind: PlanLine.Kind
    let helps: [Int]
    let amount: [Double]
    /// f in 0...1, rows [year][draw]; after lag, ramp and, where they last, without falls.
    let strength: [[Double]]
  }

  init(plan: Plan, source: DrawSource) {
    years = plan.end - plan.base + 1
    help = plan.lines.filter { $0.kind == .coordination || $0.kind == .targeting }.map { line in
      let ramp = source.draws(of: line.effect.ramp, .ramp, of: line)
      return Help(
        kind: line.kind, helps: line.effect.helps,
        amount: source.draws(of: line.effect.amount, .amount, of: line),
        strength: Helpers.strength(line, ramp: ramp, years: plan.end - plan.base + 1))
    }
  }

  /// Execution of `line`: raised by each helping line, never above 1.
  func execution(_ own: Double, line: Int, year: Int, draw: Int) -> Double {
    var result = own
    for item in help where item.kind == .coordination && item.helps.contains(line) {
      result += item.amount[draw] * item.strength[year][draw]
    }
    return min(1, result)
  }

  /// Leakage of `line`: moved towards each helping line's aim, never above the line's own.
  func leakage(_ own: Double, line: Int, year: Int, draw: Int) -> Double {
    var result = own
    for item in help where item.kind == .targeting && item.helps.contains(line) {
      result += (min(item.amount[draw], result) - result) * item.strength[year][draw]
    }
    return result
  }

  /// f = min(1, money / full_at) of each year, then lag and ramp as for coverage.
  private static func strength(_ line: PlanLine, ramp: [Double], years: Int) -> [[Double]] {
    var full = (0..<years).map { year in
      let money = line.money.approved[year] - line.money.unplaced[year]
      guard line.effect.fullAt > 0 else { return money > 0 ? 1.0 : 0 }
      return min(1, Double(money) / Double(line.effect.fullAt))
    }
    if line.effect.lasting {
      for year in 1..<max(1, years) { full[year] = max(full[year], full[year - 1]) }
    }
    let span = RampWeights.years(ramp)
    return (0..<years).map { year in
      ramp.map { length in
        var sum = full[0]
        for back in 0..<span {
          let source = max(0, year - line.effect.lag - back)
          sum += RampWeights.weight(ramp: length, back: back) * (full[source] - full[0])
        }
        return sum
      }
    }
  }
}
