// Quiebre · Reports
// What a picture of a series shows, in years and percent, whatever draws it.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics

/// Figures, fitted lines, the last pace's interval, plateau and target path of one series.
struct BreakDrawing {
  struct Point: Hashable {
    let year: Double
    let rate: Double
  }

  struct Figure {
    let point: Point
    /// Half of a 95 % interval, pp; 0 if the error is unknown.
    let reach: Double
    let isUsed: Bool
    let isDerived: Bool
  }

  /// Every figure that was known, shock years and those before the plateau among them.
  let figures: [Figure]
  /// Fitted lines; a change of method cuts them.
  let lines: [[Point]]
  let joinpoints: [Double]
  /// Other years that a searched joinpoint may have.
  let plausible: [Double]
  /// The last segment under the two ends of its pace's interval, through its middle.
  let fan: (low: [Point], high: [Point])?
  /// From its first year to the end of the picture.
  let plateau: [Point]
  /// From the last figure to target and deadline.
  let path: [Point]
  let years: ClosedRange<Double>
  /// From 0 where the rates come near it, else rounded outwards to whole steps.
  let rates: ClosedRange<Double>
  let yearStep: Double
  let rateStep: Double

  /// `nil` without figures.
  init?(_ report: BreakReport) {
    guard let observed = report.observed, let last = observed.used.last else { return nil }
    figures = Self.figures(observed)
    lines = Self.lines(observed)
    joinpoints = observed.joinpoints
    plausible = observed.search?.plausible.filter { !observed.joinpoints.contains($0) } ?? []
    fan = Self.fan(observed)
    let settings = report.settings
    let deadline = settings.deadline ?? last.year
    let end = max(deadline, figures.map(\.point.year).max() ?? last.year)
    plateau =
      observed.level.map {
        [Point(year: $0.from, rate: $0.value), Point(year: end, rate: $0.value)]
      } ?? []
    if let target = settings.target, deadline > last.year, target < last.rate {
      path = [Point(year: last.year, rate: last.rate), Point(year: deadline, rate: target)]
    } else {
      path = []
    }
    let start = figures.map(\.point.year).min() ?? last.year
    yearStep = Self.step(end - start, parts: 12, smallest: 1)
    years = start...max(end, start + 1)
    let shown =
      figures.flatMap { [$0.point.rate - $0.reach, $0.point.rate + $0.reach] }
      + (plateau + path + (fan.map { $0.low + $0.high } ?? [])).map(\.rate)
    let (low, high) = (max(0, shown.min() ?? 0), min(100, shown.max() ?? 1))
    let step = Self.step(high - low, parts: 7, smallest: 0)
    rateStep = step
    let bottom = low < (high - low) / 2 ? 0 : (low / step).rounded(.down) * step
    rates = bottom...max(bottom + step, (high / step).rounded(.up) * step)
  }

  private static func figures(_ observed: StagnationResult) -> [Figure] {
    let kept = observed.used.map { ($0, true) }
    // Figures published after the as-of date aren't drawn: nobody had seen them.
    let others = observed.leftOut.filter { $0.reason != .publishedLater }
      .map { ($0.observation, false) }
    return (kept + others).sorted { $0.0.year < $1.0.year }.map { row, isUsed in
      Figure(
        point: Point(year: row.year, rate: row.rate),
        reach: NormalPoint.upper025 * (row.standardError ?? 0), isUsed: isUsed,
        isDerived: row.isDerived)
    }
  }

  private static func lines(_ observed: StagnationResult) -> [[Point]] {
    guard observed.fitted.count == observed.used.count else { return [] }
    var lines: [[Point]] = []
    var method: String?
    for (row, rate) in zip(observed.used, observed.fitted) {
      if row.method != method || lines.isEmpty { lines.append([]) }
      lines[lines.count - 1].append(Point(year: row.year, rate: rate))
      method = row.method
    }
    return lines.filter { $0.count > 1 }
  }

  /// Both ends of the interval as lines through the middle of the last segment.
  private static func fan(_ observed: StagnationResult) -> (low: [Point], high: [Point])? {
    guard let widest = observed.counted.max(by: { $0.smallestTolerance < $1.smallestTolerance }),
      observed.scale == .identity, observed.fitted.count == observed.used.count
    else { return nil }
    let from = observed.joinpoints.last ?? observed.used.first?.year ?? 0
    let method = observed.used.last?.method
    let rows = observed.used.indices.filter {
      observed.used[$0].year >= from && observed.used[$0].method == method
    }
    guard let first = rows.first, let last = rows.last, last > first else { return nil }
    let (start, end) = (observed.used[first].year, observed.used[last].year)
    let middle = (start + end) / 2
    let center = (observed.fitted[first] + observed.fitted[last]) / 2
    func line(_ slope: Double) -> [Point] {
      [start, end].map { Point(year: $0, rate: center + slope * ($0 - middle)) }
    }
    return (line(widest.low), line(widest.high))
  }

  /// 1, 2 or 5 times a power of ten that cuts `span` into at most `parts`.
  private static func step(_ span: Double, parts: Double, smallest: Double) -> Double {
    var scale = 0.01
    while true {
      for factor in [1.0, 2, 5] where scale * factor >= smallest && span / (scale * factor) <= parts
      {
        return scale * factor
      }
      scale *= 10
    }
  }

  /// Whole multiples of a step within a range.
  static func ticks(_ range: ClosedRange<Double>, step: Double) -> [Double] {
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { Double($0) * step }
  }
}
