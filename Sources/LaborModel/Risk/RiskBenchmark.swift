// Quiebre · LaborModel
// Brings district risks to the survey's own figures: departments first, damped, then the nation.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Districts

/// How far one department was shifted on the logit scale.
public struct DepartmentShift: Hashable, Sendable {
  /// Index into the registry's departments.
  public let department: Int
  /// The estimate that it was held against, moved to the year where runs start; share.
  public let estimate: Double
  /// Its standard error on the logit scale.
  public let logitError: Double
  /// γ = σ_r²/(σ_r² + se²); 1 without damping.
  public let damping: Double
  /// The shift applied: γ × the one that meets the estimate.
  public let shift: Double
  /// The mean rate of the department's children before any benchmark, and after all.
  public let scored: Double
  public let benchmarked: Double

  /// (scored − estimate)/standard error; beyond ±2 the model and the survey disagree.
  public var z: Double? {
    let error = logitError * estimate * (1 - estimate)
    return error > 0 ? (scored - estimate) / error : nil
  }
}

/// The published figures that an assessment must meet, on the logit scale.
struct RiskBenchmark {
  /// A department with an estimate.
  struct Department {
    let index: Int
    let members: [Int]
    let logit: Double
    let error: Double
    let damping: Double
  }

  let weights: [Double]
  let departments: [Department]
  let national: (rate: Double, logitError: Double)?
  private(set) var notes: [Diagnostic] = []

  /// - Throws: Q534 for estimates of departments that aren't there, Q538 for a rate of 0 or 1.
  init(
    registry: DistrictRegistry, national: NationalBenchmark?, direct: [DirectEstimate],
    options: RiskOptions
  ) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    weights = registry.children
    var groups = [[(logit: Double, variance: Double)]](
      repeating: [], count: registry.departments.count)
    for estimate in direct {
      guard let index = registry.departments.firstIndex(where: { $0.code == estimate.department })
      else {
        faults.append(
          .strayEstimate(
            estimate.department, row: estimate.row, known: registry.departments.map(\.code)))
        continue
      }
      let moved = move(estimate, national)
      if !moved.isMoved, let national {
        notes.append(.estimateOfOtherYear(estimate, since: national.level.year))
      }
      let slope = estimate.rate * (1 - estimate.rate)
      let error = estimate.standardError / slope
      groups[index].append((moved.logit, error * error))
    }
    let spread = options.departmentSpread * options.departmentSpread
    departments = groups.indices.compactMap { index in
      let members = registry.departments[index].members
      guard !groups[index].isEmpty, members.contains(where: { registry.children[$0] > 0 }) else {
        return nil
      }
      // Several years: their inverse-variance mean.
      let precision = groups[index].reduce(0) { $0 + 1 / $1.variance }
      let mean = groups[index].reduce(0) { $0 + $1.logit / $1.variance } / precision
      return Department(
        index: index, members: members, logit: mean, error: (1 / precision).squareRoot(),
        damping: options.isDamped ? spread / (spread + 1 / precision) : 1)
    }
    if let level = national?.level {
      if !(level.rate > 0 && level.rate < 1) {
        faults.append(.unreachableBenchmark("the nation", rate: level.rate))
      }
      let error = (level.standardError ?? 0) / (level.rate * (1 - level.rate))
      self.national = (level.rate, error)
    } else {
      self.national = nil
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
  }

  /// The shifts that the point estimates need.
  ///
  /// - Returns: One shift per district, those of departments, and the national one.
  func shifts(
    for logits: [Double], names: [String]
  ) throws(DiagnosticList) -> (
    byDistrict: [Double], departments: [DepartmentShift], national: Double
  ) {
    var byDistrict = [Double](repeating: 0, count: logits.count)
    for department in departments {
      let rate = logistic(department.logit)
      guard
        let full = shiftToMeet(
          rate, logits: department.members.map { logits[$0] },
          weights: department.members.map { weights[$0] })
      else { throw DiagnosticList(.unreachableBenchmark(names[department.index], rate: rate)) }
      for member in department.members { byDistrict[member] = department.damping * full }
    }
    guard let national else { return (byDistrict, applied(byDistrict, 0, logits), 0) }
    guard
      let shift = shiftToMeet(
        national.rate, logits: zip(logits, byDistrict).map { $0 + $1 }, weights: weights)
    else { throw DiagnosticList(.unreachableBenchmark("the nation", rate: national.rate)) }
    return (byDistrict.map { $0 + shift }, applied(byDistrict, shift, logits), shift)
  }

  /// What the shifts did to each department with an estimate.
  private func applied(
    _ byDistrict: [Double], _ nation: Double, _ logits: [Double]
  ) -> [DepartmentShift] {
    departments.map { department in
      let own = department.members.map { logits[$0] }
      let children = department.members.map { weights[$0] }
      let shift = department.members.first.map { byDistrict[$0] } ?? 0
      return DepartmentShift(
        department: department.index, estimate: logistic(department.logit),
        logitError: department.error, damping: department.damping, shift: shift,
        scored: meanRate(of: own, weights: children, shift: 0),
        benchmarked: meanRate(of: own, weights: children, shift: shift + nation))
    }
  }
}

/// A department's estimate moved to the year of the national level by the national change.
private func move(
  _ estimate: DirectEstimate, _ national: NationalBenchmark?
) -> (logit: Double, isMoved: Bool) {
  let own = logit(estimate.rate)
  guard let national, estimate.year != national.level.year else { return (own, true) }
  guard let then = national.otherYears.first(where: { $0.year == estimate.year }),
    then.rate > 0, then.rate < 1
  else { return (own, false) }
  return (own + logit(national.level.rate) - logit(then.rate), true)
}
