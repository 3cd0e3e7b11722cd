// Quiebre · Statistics
// The search for the coefficients and the spread of a random intercept.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Quasi-Newton (BFGS), then Newton with an information matrix by differences of the gradient.
struct SpreadSearch {
  private let data: GroupedRows
  private let rule: GaussHermiteRule
  private let workers: Int
  /// Coefficients of the basis, then σ, whose sign means nothing.
  private(set) var point: [Double]
  private(set) var value = 0.0
  private(set) var passes: [GroupPass] = []
  private(set) var evaluations = 0
  /// Observed information at the end.
  private(set) var information: [[Double]] = []
  private var modes: [Double]
  private var inverse: [[Double]]

  private static let chunk = 8

  init(
    data: GroupedRows, rule: GaussHermiteRule, workers: Int, start: LogisticFit, spread: Double
  ) {
    self.data = data
    self.rule = rule
    self.workers = workers
    let size = start.point.count
    point = start.point + [spread]
    modes = [Double](repeating: 0, count: data.ranges.count)
    inverse = start.inverseInformation.map { $0 + [0] } + [[Double](repeating: 0, count: size + 1)]
    // Information on σ is of the order of the number of groups.
    inverse[size][size] = 1 / Double(max(1, data.ranges.count))
  }

  private struct Evaluation {
    let value: Double
    let gradient: [Double]
    let passes: [GroupPass]
  }

  private mutating func evaluate(_ point: [Double]) -> Evaluation {
    evaluations += 1
    let size = point.count - 1
    let (fixed, sigma, starts) = (Array(point[0..<size]), point[size], modes)
    let (data, rule, chunk) = (data, rule, Self.chunk)
    let count = (data.ranges.count + chunk - 1) / chunk
    let passes = inOrder(count: count, workers: workers) { index in
      (index * chunk..<min(data.ranges.count, (index + 1) * chunk)).map { group in
        GroupPass(
          data, group: group, at: fixed, spread: sigma, start: starts[group], rule: rule)
      }
    }.flatMap { $0 }
    modes = passes.map(\.mode)
    return Evaluation(
      value: fixedOrderSum(passes.map(\.logLikelihood)),
      gradient: totals(passes.map(\.gradient), count: size + 1), passes: passes)
  }

  /// Climbs to the top; `polishes` adds Newton's last digits and the information matrix.
  mutating func run(polishes: Bool) throws(RegressionFault) {
    var here = evaluate(point)
    for _ in 0..<200 {
      let step = product(inverse, here.gradient)
      let gain = zip(step, here.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      // Half the gain is how much the likelihood can still rise.
      guard gain > 1e-9 else { break }
      guard let next = climb(from: here, along: step, gain: gain) else { break }
      update(from: here, to: next.evaluation, step: next.step)
      here = next.evaluation
    }
    if polishes { try polish(&here) }
    (value, passes) = (here.value, here.passes)
  }

  /// A step that raises the likelihood enough (Armijo), moved to; `nil` if there is none.
  private mutating func climb(
    from here: Evaluation, along step: [Double], gain: Double
  ) -> (evaluation: Evaluation, step: [Double])? {
    var scale = 1.0
    while scale > 1e-10 {
      let moved = step.map { $0 * scale }
      let target = zip(point, moved).map { $0 + $1 }
      let next = evaluate(target)
      if next.value >= here.value + 1e-4 * scale * gain {
        point = target
        return (next, moved)
      }
      scale /= 3
    }
    return nil
  }

  /// The BFGS update of the inverse information.
  private mutating func update(from here: Evaluation, to next: Evaluation, step: [Double]) {
    let fall = zip(here.gradient, next.gradient).map { $0 - $1 }
    let bend = zip(step, fall).reduce(0) { $0 + $1.0 * $1.1 }
    guard bend > 1e-14 else { return }
    let moved = product(inverse, fall)
    let size = zip(fall, moved).reduce(0) { $0 + $1.0 * $1.1 }
    for row in inverse.indices {
      for column in inverse.indices {
        inverse[row][column] +=
          (1 + size / bend) * step[row] * step[column] / bend
          - (moved[row] * step[column] + step[row] * moved[column]) / bend
      }
    }
  }

  /// Newton's last steps; leaves σ near 0 alone, where the information on it vanishes.
  private mutating func polish(_ here: inout Evaluation) throws(RegressionFault) {
    guard point[point.count - 1].magnitude > 1e-3 else { return }
    information = differences()
    guard let factor = SymmetricFactor(information) else { throw .notConverged }
    for _ in 0..<20 {
      let step = factor.solve(here.gradient)
      let gain = zip(step, here.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard gain > 1e-18 else { break }
      let next = evaluate(zip(point, step).map { $0 + $1 })
      guard next.value >= here.value - 1e-9 * here.value.magnitude else { throw .notConverged }
      point = zip(point, step).map { $0 + $1 }
      here = next
    }
  }

  /// Minus the second derivatives, by central differences of the gradient.
  private mutating func differences() -> [[Double]] {
    let rows = point.indices.map { index in
      let width = 1e-4 * max(inverse[index][index].magnitude.squareRoot(), 1e-4)
      var (up, down) = (point, point)
      up[index] += width
      down[index] -= width
      let (high, low) = (evaluate(up).gradient, evaluate(down).gradient)
      return zip(low, high).map { ($0 - $1) / (up[index] - down[index]) }
    }
    return rows.indices.map { row in
      rows.indices.map { column in (rows[row][column] + rows[column][row]) / 2 }
    }
  }
}
