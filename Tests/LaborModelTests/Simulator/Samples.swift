// Quiebre · LaborModelTests
// Small populations and plans to project, and random ones that cover every feature.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import LaborModel
import Statistics

/// c1 and c2 of the age profile: reference table transitions.csv, row T20.
let profile = AgeProfile(linear: 1.22226254, quadratic: -0.55785603)

extension Population {
  /// Districts with as many children at each age, in provinces of `perProvince` districts and
  /// departments of two provinces.
  static func equalAges(_ children: [Double], perProvince: Int = 2) -> Population {
    let province = children.indices.map { $0 / perProvince }
    let department = province.map { $0 / 2 }
    return Population(
      codes: children.indices.map { "D\($0 + 100)" },
      childrenByAge: children.map { [Double](repeating: $0, count: 13) },
      departmentOf: department, departmentCodes: (0...(department.last ?? 0)).map { "R\($0)" },
      provinceOf: province, provinceCount: (province.last ?? 0) + 1)
  }
}

extension Plan.Dynamics {
  /// Nothing moves but what lines do.
  static func still(exit: Double) -> Plan.Dynamics {
    let none = Plan.Shock(standardDeviation: 0, autocorrelation: 0)
    return Plan.Dynamics(
      exit: Distribution(.fixed(exit)), trend: Distribution(.fixed(0)),
      trendExit: Distribution(.fixed(0)), shock: none, departmentShock: none)
  }

  /// Trend on both chances, shocks in the nation and the departments.
  static let lively = Plan.Dynamics(
    exit: Distribution(.triangular(low: 0.15, central: 0.3, high: 0.6)),
    trend: Distribution(.normal(mean: -0.01, standardDeviation: 0.03)),
    trendExit: Distribution(.normal(mean: 0, standardDeviation: 0.02)),
    shock: Plan.Shock(standardDeviation: 0.05, autocorrelation: 0.5),
    departmentShock: Plan.Shock(standardDeviation: 0.06, autocorrelation: 0.6))
}

extension Plan {
  static func sample(
    id: String = "plan", since: Int = 2015, base: Int = 2017, end: Int = 2023,
    replicas: Int = 40, dynamics: Dynamics, overlap: Overlap = .product, lines: [PlanLine] = [],
    interactions: [Interaction] = [], targets: [Target] = [], calibrate: Bool = false
  ) -> Plan {
    Plan(
      id: id, name: LocalizedText(verbatim: id), definition: "A_ENAHO_WORK_5_17", since: since,
      base: base, end: end, replicas: replicas, seed: 20_190_913, dynamics: dynamics,
      overlap: overlap, lines: lines, interactions: interactions, targets: targets,
      calibrate: calibrate, minimumEffectiveSize: 10)
  }
}

extension PlanLine {
  /// A line of plain numbers; `placed` is money by district and year of `base...end`, whole soles.
  static func sample(
    id: String = "line", kind: Kind = .service, placed: [[Int]],
    entry: Distribution = Distribution(.fixed(1)), exit: Distribution = Distribution(.fixed(1)),
    ages: ClosedRange<Int> = 5...17, lag: Int = 0, ramp: Distribution = Distribution(.fixed(1)),
    execution: Distribution = Distribution(.fixed(1)),
    leakage: Distribution = Distribution(.fixed(0)),
    unitCost: Distribution = Distribution(.fixed(100)), childrenPerUnit: Double = 1,
    ceiling: Distribution = Distribution(.fixed(1)), reach: Reach = .exact,
    costFactor: [Double]? = nil, eligible: [Double]? = nil, helps: [Int] = [],
    amount: Distribution = Distribution(.fixed(0)), fullAt: Centimos = 0, lasting: Bool = false,
    national: [Int]? = nil
  ) -> PlanLine {
    let money = placed.map { $0.map { Centimos($0) * 100 } }
    let years = placed.first?.count ?? 0
    let shared = (national ?? [Int](repeating: 0, count: years)).map { Centimos($0) * 100 }
    let zeros = [Centimos](repeating: 0, count: years)
    let approved = (0..<years).map { year in money.reduce(shared[year]) { $0 + $1[year] } }
    return PlanLine(
      id: id, name: LocalizedText(verbatim: id), kind: kind, source: "",
      money: LineMoney(approved: approved, national: shared, unplaced: zeros, placed: money),
      delivery: Delivery(
        execution: execution, leakage: leakage, unitCost: unitCost,
        childrenPerUnit: childrenPerUnit, ceiling: ceiling, reach: reach,
        costFactor: costFactor ?? [Double](repeating: 1, count: placed.count),
        eligible: eligible),
      effect: Effect(
        entry: entry, exit: exit, ages: ages, lag: lag, ramp: ramp, helps: helps, amount: amount,
        fullAt: fullAt, lasting: lasting))
  }
}
