// Quiebre · LaborModel
// What the risk of each district could also be: draws of coefficients, district errors, benchmarks.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Districts
import Statistics

extension RandomQuantity {
  /// Risk scoring: coefficients ("year" = term), district error, department and national figures.
  static let riskCoefficient = RandomQuantity(rawValue: 100)
  static let riskDistrict = RandomQuantity(rawValue: 101)
  static let riskDepartment = RandomQuantity(rawValue: 102)
  static let riskNation = RandomQuantity(rawValue: 103)
}

/// The spread of one district's risk over the draws.
struct RiskSpread: Sendable {
  let p05: Double
  let p95: Double
  /// Standard deviation on the logit scale, the nation's own error left out.
  let logitError: Double
  /// Shares of draws in low, medium and high.
  let classes: [Double]
  /// Draws in which the class is another than the point estimate's.
  let isElsewhere: [Bool]
}

/// Draws of all districts: `logits[district][draw]`, before any benchmark.
struct RiskDraws: Sendable {
  var logits: [[Double]]
  let field: RandomField
  let workers: Int

  private var draws: Int { logits.first?.count ?? 0 }

  /// Shifts every draw to its own drawn benchmarks and sums up each district.
  ///
  /// - Parameters:
  ///   - benchmark: Figures to meet.
  ///   - registry: Codes for the random addresses.
  ///   - start: The point estimates' national shift: where the search begins.
  ///   - cuts: Class limits.
  ///   - classes: The class of each district's point estimate.
  /// - Returns: One per district.
  func spreads(
    _ benchmark: RiskBenchmark, registry: DistrictRegistry, start: Double, cuts: RiskCuts,
    own classes: [RiskClass]
  ) -> [RiskSpread] {
    let departments = departmentShifts(benchmark, registry)
    let (fixed, drawn) = nationalShifts(benchmark, departments, start: start)
    let departmentOf = registry.departmentOf
    return inParallel(count: logits.count, workers: workers) { district in
      let shift = departments[departmentOf[district]]
      let own = logits[district]
      func shifted(_ national: [Double]) -> [Double] {
        own.indices.map { own[$0] + (shift.isEmpty ? 0 : shift[$0]) + national[$0] }
      }
      return RiskSpread(
        logits: shifted(fixed), rates: shifted(drawn).map { logistic($0) }, cuts: cuts,
        own: classes[district])
    }
  }

  /// `[department][draw]`; empty where there is no estimate.
  private func departmentShifts(
    _ benchmark: RiskBenchmark, _ registry: DistrictRegistry
  ) -> [[Double]] {
    let found = inParallel(count: benchmark.departments.count, workers: workers) { index in
      let department = benchmark.departments[index]
      let code = registry.departments[department.index].code
      let noise = field.stream(.riskDepartment, entity: EntityCode(code)).normals(count: draws)
      let rates = noise.map { logistic(department.logit + department.error * $0) }
      let full = shiftsToMeet(
        rates, from: rates.map { _ in 0 }, members: department.members, weights: benchmark.weights
      ) { logits[$0][...] }
      return full.map { $0 * department.damping }
    }
    var byDepartment = [[Double]](repeating: [], count: registry.departments.count)
    for (department, shifts) in zip(benchmark.departments, found) {
      byDepartment[department.index] = shifts
    }
    return byDepartment
  }

  /// Shifts that meet the published national rate, and the drawn one.
  private func nationalShifts(
    _ benchmark: RiskBenchmark, _ departments: [[Double]], start: Double
  ) -> (fixed: [Double], drawn: [Double]) {
    guard let national = benchmark.national else {
      let none = [Double](repeating: 0, count: draws)
      return (none, none)
    }
    let noise = field.stream(.riskNation).normals(count: draws)
    let center = logit(national.rate)
    let members = Array(logits.indices)
    // Department shifts are put into a copy once, rather than into every step.
    var moved = logits
    for department in benchmark.departments {
      for district in department.members {
        for draw in 0..<draws { moved[district][draw] += departments[department.index][draw] }
      }
    }
    let whole = moved
    let size = 128
    let blocks = inParallel(count: (draws + size - 1) / size, workers: workers) { block in
      let range = block * size..<min(draws, (block + 1) * size)
      let fixed = shiftsToMeet(
        range.map { _ in national.rate }, from: range.map { _ in start }, members: members,
        weights: benchmark.weights
      ) { whole[$0][range] }
      let drawn = shiftsToMeet(
        range.map { logistic(center + national.logitError * noise[$0]) }, from: fixed,
        members: members, weights: benchmark.weights
      ) { whole[$0][range] }
      return (fixed, drawn)
    }
    return (blocks.flatMap(\.0), blocks.flatMap(\.1))
  }
}

extension RiskSpread {
  fileprivate init(logits: [Double], rates: [Double], cuts: RiskCuts, own: RiskClass) {
    let limits = quantiles(of: rates, at: [0.05, 0.95])
    (p05, p95) = (limits[0], limits[1])
    let center = mean(of: logits)
    let squares = logits.map { ($0 - center) * ($0 - center) }
    logitError = center.isFinite ? mean(of: squares).squareRoot() : 0
    let count = Double(rates.count)
    let found = rates.map { cuts.riskClass(of: $0) }
    classes = RiskClass.allCases.map { one in Double(found.count { $0 == one }) / count }
    isElsewhere = found.map { $0 != own }
  }
}

/// Values of indices 0 to `count` − 1 by work that can't fail.
func inParallel<Value: Sendable>(
  count: Int, workers: Int, _ body: @Sendable (_ index: Int) -> Value
) -> [Value] {
  do {
    return try concurrentMap(count: count, workers: workers) { body($0) }
  } catch {
    preconditionFailure("work that can't fail failed: \(error)")
  }
}
