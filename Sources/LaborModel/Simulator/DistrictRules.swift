// Quiebre · LaborModel
// The first rate target and the first break target of a plan, on a district's own draws.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

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

  /// Which draws have a sustained fall that is confirmed by the deadline.
  ///
  /// - Parameters:
  ///   - years: How many years there are, the base year first.
  ///   - rate: The rates of a year, 0 = base.
  /// - Returns: The draws that break.
  func breaks(
    _ years: Int, _ rate: (_ year: Int) -> Lanes
  ) -> SIMDMask<SIMD8<Int32>> {
    let fall = Lanes(repeating: -tolerance + Self.slack)
    let wanted = Lanes(repeating: Float(persistence))
    var before = rate(0)
    let below =
      before - Lanes(repeating: Float(persistence) * tolerance - Self.slack)
    var run = Lanes()
    var found = SIMDMask<SIMD8<Int32>>(repeating: false)
    for year in 1..<max(1, years) {
      let now = rate(year)
      run = (run + 1).replacing(with: 0, where: .!(now - before .<= fall))
      found = found .| ((run .>= wanted) .& (now .<= below))
      before = now
    }
    return found
  }
}
