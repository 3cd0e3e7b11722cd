// Quiebre · LaborModel
// The first rate target and the first break target of a plan, on a district's own draws.
// SPDX-License-Identifier: Apache-2.0

/// What is asked of each district's draws; years count from `since`, rates are shares.
struct DistrictRules: Sendable {
  struct Goal: Sendable {
    let group: AgeGroup
    let year: Int
    let value: Float
  }

  /// Break test, section 3, with L = the draw's own rate in the base year.
  struct Break: Sendable {
    let group: AgeGroup
    let base: Int
    let deadline: Int
    /// Δ, a share a year.
    let tolerance: Float
    let persistence: Int
  }

  let goal: Goal?
  let breaks: Break?
}

extension DistrictRules.Break {
  /// Comparisons carry a slack of 1e-9 percentage points.
  private static let slack: Float = 1e-11

  /// The first year in which a sustained fall begins and is confirmed by the deadline.
  ///
  /// - Parameter rate: The draw's rate in a year.
  /// - Returns: The year, `nil` if there is none.
  func firstYear(_ rate: (_ year: Int) -> Float) -> Int? {
    let level = rate(base)
    let fall = -tolerance + Self.slack
    var run = 0
    var year = base + 1
    while year <= deadline {
      run = rate(year) - rate(year - 1) <= fall ? run + 1 : 0
      if run >= persistence,
        rate(year) <= level - Float(persistence) * tolerance + Self.slack
      {
        return year - persistence + 1
      }
      year += 1
    }
    return nil
  }
}
