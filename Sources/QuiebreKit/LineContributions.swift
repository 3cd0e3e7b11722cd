// Quiebre · QuiebreKit
// `quiebre compare --by line`: one plan taken apart, each line's part over the same draws.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaborModel
import Reports
import ScenarioFiles
import Statistics

/// Runs a plan with the new money of some lines only, for each set of lines that a Shapley value needs.
struct LineContributions {
  let session: Session
  let prepared: PreparedScenario

  /// Plans in one pass: their sums stay below some 40 MB at 1,000 draws.
  private static let plansAtOnce = 8

  /// - Throws: `Cancelled`, faults of plans that can't run.
  func parts(year: Int) throws -> LineParts {
    let plan = prepared.plan
    precondition(!plan.lines.isEmpty, "a plan with lines")
    let shapley = ShapleyPlan(
      players: plan.lines.count,
      stream: RandomField(seed: plan.seed).stream(.lineOrders))
    var (rates, avoided): ([[Double]], [[Double]]) = ([], [])
    var weights: [Double] = []
    let place = year - plan.since
    for start in stride(from: 0, to: shapley.coalitions.count, by: Self.plansAtOnce) {
      let chunk = shapley.coalitions[start...].prefix(Self.plansAtOnce)
      var part = prepared
      // Lines that other money would be compared with: the base year's, whatever `baseline` names.
      part.baseline = prepared.planned.keepingBaseYear()
      let projection = try Simulation(session: quiet, scenarios: [part])
        .national(chunk.map { self.plan(with: $0) })
      weights = projection.weights
      for outcome in projection.scenarios {
        rates.append(outcome.national.rates[AgeGroup.all.rawValue][place])
        avoided.append(outcome.avoided)
      }
      session.progress?(
        .init(
          stage: .simulating, done: start + chunk.count, total: shapley.coalitions.count))
    }
    let (rateShares, avoidedShares) = (shapley.shares(rates), shapley.shares(avoided))
    func average(_ row: [Double]) -> Double { mean(of: row, weights: weights) }
    let ends = Ends(shapley.coalitions, rates.map(average))
    return LineParts(
      scenario: plan.id, year: year, base: plan.base, weights: weights,
      parts: plan.lines.indices.map { line in
        LineParts.Part(
          id: plan.lines[line].id, name: plan.lines[line].name,
          newMoney: Double(newMoney(plan.lines[line].money)) / 100,
          rate: rateShares[line].byDraw, avoided: avoidedShares[line].byDraw,
          alone: ends.alone(line), last: ends.last(line),
          samplingError: rateShares[line].samplingError)
      },
      coalitions: shapley.coalitions.count, isExact: plan.lines.count <= ShapleyPlan.mostExact,
      currencySymbol: prepared.moneyUnit.symbol)
  }

  /// Approved after the base year beyond the base year's own, in céntimos.
  private func newMoney(_ money: PlanLine.LineMoney) -> Centimos {
    money.approved.reduce(0) { $0 + $1 - money.approved[0] }
  }

  private var quiet: Session {
    var quiet = session
    quiet.progress = nil
    return quiet
  }

  private func plan(with members: UInt64) -> Plan {
    prepared.planned.withNewMoney(
      of: Set(prepared.plan.lines.indices.filter { members >> UInt64($0) & 1 == 1 }),
      id: "\(prepared.plan.id)#\(members)")
  }

  /// What a line changes first and last; NaN where sampled orders didn't value it.
  private struct Ends {
    private let values: [UInt64: Double]
    private let full: UInt64

    init(_ coalitions: [UInt64], _ values: [Double]) {
      self.values = Dictionary(
        zip(coalitions, values), uniquingKeysWith: { first, _ in first })
      full = coalitions.last ?? 0
    }

    func alone(_ line: Int) -> Double { value(1 << UInt64(line)) - value(0) }

    func last(_ line: Int) -> Double { value(full) - value(full & ~(1 << UInt64(line))) }

    private func value(_ members: UInt64) -> Double { values[members] ?? .nan }
  }
}

extension RandomQuantity {
  /// Orders of lines whose parts are sampled.
  fileprivate static let lineOrders = RandomQuantity(rawValue: 40)
}
