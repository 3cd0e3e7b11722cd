// Quiebre · LaborModel
// The yearly shocks of nation and departments: drawn, turned to the proposal's scores, or given.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// η of every year after `since`, log points on entry, draw by draw.
struct CommonShocks: Sendable {
  /// η of the nation: rows [step][draw].
  let national: [[Double]]
  private let innovations: Innovations
  private let shock: Plan.Shock
  private let departments: (codes: [String], shares: [Double])
  private let together: [[Double]?]
  private let given: ParameterDraws?

  init(
    plan: Plan, dynamics: Plan.Dynamics, departments: (codes: [String], shares: [Double]),
    steps: Int, count: Int, scores: CommonScores?, given: ParameterDraws?
  ) {
    innovations = Innovations(
      field: RandomField(seed: plan.seed), since: plan.since, steps: steps, count: count,
      scores: scores)
    national = innovations.national(dynamics.shock).enumerated().map { step, own in
      given?.padded(.shock(year: plan.since + step + 1), to: count) ?? own
    }
    together = innovations.shift(
      codes: departments.codes, shares: departments.shares, dynamics.departmentShock)
    shock = dynamics.departmentShock
    self.departments = departments
    self.given = given
  }

  /// η of a department: rows [step][draw].
  func local(_ index: Int) -> [[Double]] {
    let code = departments.codes[index]
    let own = innovations.local(
      shock, code: code, share: departments.shares[index], shift: together)
    guard let given else { return own }
    return own.enumerated().map { step, row in
      given.padded(
        .departmentShock(code: code, year: innovations.since + step + 1), to: row.count) ?? row
    }
  }
}

/// The shocks of the years since+1...: 0 in `since`, stationary innovations after it.
private struct Innovations {
  let field: RandomField
  let since: Int
  let steps: Int
  let count: Int
  let scores: CommonScores?

  /// η of the nation: rows [step][draw].
  func national(_ shock: Plan.Shock) -> [[Double]] {
    series(shock) { step in
      scores?[.national(step: step)]
        ?? field.stream(.nationalShock, year: since + step + 1).fastNormals(count: count)
    }
  }

  /// What the departments' normals along `shares` lack of the score that they must have together:
  /// rows [step][draw]; `nil` in steps where they stay as drawn.
  ///
  /// Standard normals turned into any orthonormal frame are standard normals again, so the score
  /// along one direction can be drawn by itself.
  func shift(codes: [String], shares: [Double], _ shock: Plan.Shock) -> [[Double]?] {
    guard shock.standardDeviation > 0 else { return [[Double]?](repeating: nil, count: steps) }
    return (0..<steps).map { step in
      guard var missing = scores?[.departments(step: step)] else { return nil }
      for (code, share) in zip(codes, shares) {
        let normals = normals(code, step: step)
        for draw in missing.indices { missing[draw] -= share * normals[draw] }
      }
      return missing
    }
  }

  /// η of a department: rows [step][draw].
  func local(
    _ shock: Plan.Shock, code: String, share: Double, shift: [[Double]?]
  ) -> [[Double]] {
    series(shock) { step in
      let own = normals(code, step: step)
      guard let missing = shift[step] else { return own }
      return own.indices.map { own[$0] + share * missing[$0] }
    }
  }

  private func normals(_ code: String, step: Int) -> [Double] {
    field.stream(.departmentShock, entity: EntityCode(code), year: since + step + 1)
      .fastNormals(count: count)
  }

  private func series(_ shock: Plan.Shock, _ normals: (Int) -> [Double]) -> [[Double]] {
    guard shock.standardDeviation > 0 else {
      return [[Double]](repeating: [Double](repeating: 0, count: count), count: steps)
    }
    let rho = shock.autocorrelation
    let innovation = shock.standardDeviation * (1 - rho * rho).squareRoot()
    var last = [Double](repeating: 0, count: count)
    return (0..<steps).map { step in
      let next = normals(step)
      for draw in 0..<count { last[draw] = rho * last[draw] + innovation * next[draw] }
      return last
    }
  }
}
