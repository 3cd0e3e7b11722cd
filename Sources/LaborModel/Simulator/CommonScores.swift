// Quiebre · LaborModel
// The standard normal scores behind what moves the whole country.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// One standard normal score that all districts of a draw share.
enum CommonCoordinate: Hashable, Sendable {
  case level
  case exit
  case trend
  case trendExit
  /// The nation's innovation of a step.
  case national(step: Int)
  /// What the departments' innovations of a step have in common, by ``CommonDraws/departmentShares``.
  case departments(step: Int)

  /// The coordinates that can move a rate of the first `steps` steps; what is fixed has none.
  static func active(
    dynamics: Plan.Dynamics, levelError: Double, steps: Int
  ) -> [CommonCoordinate] {
    var all: [CommonCoordinate] = levelError > 0 ? [.level] : []
    if !dynamics.exit.isFixed { all.append(.exit) }
    if !dynamics.trend.isFixed { all.append(.trend) }
    if !dynamics.trendExit.isFixed { all.append(.trendExit) }
    for step in 0..<steps {
      if dynamics.shock.standardDeviation > 0 { all.append(.national(step: step)) }
      if dynamics.departmentShock.standardDeviation > 0 { all.append(.departments(step: step)) }
    }
    return all
  }

  /// Where the coordinate's own random numbers are.
  func stream(_ field: RandomField, since: Int) -> RandomStream {
    switch self {
    case .level: field.stream(.level)
    case .exit: field.stream(.exit)
    case .trend: field.stream(.trend)
    case .trendExit: field.stream(.trendExit)
    case .national(let step): field.stream(.nationalShock, year: since + step + 1)
    case .departments(let step): field.stream(.departmentsTogether, year: since + step + 1)
    }
  }
}

/// Scores that take the place of those drawn from the prior: one row per coordinate.
struct CommonScores: Sendable {
  let coordinates: [CommonCoordinate]
  /// [coordinate][draw].
  let rows: [[Double]]

  /// The scores of a coordinate; `nil` where the prior's stand.
  subscript(_ coordinate: CommonCoordinate) -> [Double]? {
    coordinates.firstIndex(of: coordinate).map { rows[$0] }
  }

  /// One draw, by coordinate.
  func point(_ draw: Int) -> [Double] { rows.map { $0[draw] } }

  /// An uncertain number at its scores; `nil` where the prior's draws stand.
  func values(_ coordinate: CommonCoordinate, of distribution: Distribution) -> [Double]? {
    // Rounding mustn't take a far score to 0 or 1, where a normal is infinite.
    self[coordinate]?.map {
      distribution.quantile(min(1 - 0x1p-53, max(0x1p-1000, normalProbability(atMost: $0))))
    }
  }
}
