// Quiebre · Reports
// The draws that a target looks at: its area and ages, in percent.
// SPDX-License-Identifier: Apache-2.0

import Districts
import LaborModel

/// Rates of one area and age group, `[year − firstYear][draw]` in percent, on both sides.
struct TargetDraws {
  let firstYear: Int
  let baseline: [[Double]]
  let scenario: [[Double]]

  /// Column of a year; `nil` outside the run.
  func column(_ year: Int) -> Int? {
    baseline.indices.contains(year - firstYear) ? year - firstYear : nil
  }
}

extension RunReport {
  /// The draws of a target from the base year on.
  ///
  /// `nil` where they aren't kept: ages other than the three groups, areas below departments, a
  /// deadline outside the run.
  func draws(of target: Plan.Target) -> TargetDraws? {
    draws(of: target, in: projection, scenario: scenario)
  }

  func draws(of target: Plan.Target, in projection: Projection, scenario: Int) -> TargetDraws? {
    guard let group = AgeGroup.allCases.first(where: { $0.ages == target.ages }),
      let first = projection.years.firstIndex(of: projection.base),
      projection.years.contains(target.deadline), target.deadline >= projection.base
    else { return nil }
    let outcome = projection.scenarios[scenario]
    guard let baseline = areaDraws(target.area, projection.baseline),
      let changed = areaDraws(target.area, outcome)
    else { return nil }
    func percent(_ draws: AreaDraws) -> [[Double]] {
      draws.rates[group.rawValue][first...].map { $0.map { $0 * 100 } }
    }
    return TargetDraws(
      firstYear: projection.base, baseline: percent(baseline), scenario: percent(changed))
  }

  /// The nation for `nil`, else the department with this code.
  private func areaDraws(_ code: String?, _ outcome: ScenarioOutcome) -> AreaDraws? {
    guard let code else { return outcome.national }
    guard let index = registry.departments.firstIndex(where: { $0.code == code }) else {
      return nil
    }
    return outcome.departments[index]
  }

  /// Children of a target's area and ages in its deadline year.
  func children(of target: Plan.Target) -> Double {
    let members =
      registry.departments.first { $0.code == target.area }?.members
      ?? Array(registry.districts.indices)
    let sum = members.reduce(0.0) { sum, district in
      sum + target.ages.reduce(0) { $0 + registry.childrenByAge[district][$1 - 5] }
    }
    return sum * growth(to: target.deadline)
  }
}
