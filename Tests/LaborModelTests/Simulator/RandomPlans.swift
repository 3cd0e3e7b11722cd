// Quiebre · LaborModelTests
// Random small worlds that between them use every feature of the model.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaborModel
import Statistics

/// A population, its levels and two plans over it, made from a number.
struct SmallWorld: Sendable {
  let population: Population
  let levels: DistrictLevels
  let baseline: Plan
  let scenario: Plan
  static let draws = 10

  init(_ number: Int) {
    var dice = Dice(number)
    let count = 3 + dice.roll(5)
    var children = (0..<count).map { _ in (0..<13).map { _ in Double(dice.roll(400)) } }
    // A district without children, and one without any above 13.
    if number % 3 == 0 { children[1] = [Double](repeating: 0, count: 13) }
    if number % 4 == 0 { for age in 9..<13 { children[2][age] = 0 } }
    let province = (0..<count).map { $0 / 2 }
    population = Population(
      codes: (0..<count).map { "D\($0)" }, childrenByAge: children,
      departmentOf: province.map { $0 / 2 }, departmentCodes: ["A", "B", "C"],
      provinceOf: province, provinceCount: province[count - 1] + 1)
    levels = DistrictLevels(
      rate: (0..<count).map { _ in dice.between(0.02, number % 2 == 0 ? 0.85 : 0.45) },
      logitError: (0..<count).map { $0 == 0 ? 0 : dice.between(0.05, 0.5) })
    let overlap = Plan.Overlap.allNamed[number % 3]
    let years = 7
    func lines(new: Bool, _ dice: inout Dice) -> [PlanLine] {
      (0..<3).map { index in
        SmallWorld.line(
          "line\(index)", index: index, districts: count, years: years, new: new,
          nested: overlap == .nested, dice: &dice)
      } + SmallWorld.helpers(districts: count, years: years, new: new, dice: &dice)
    }
    let pair = Plan.Interaction(
      id: "pair", first: 0, second: 1, entry: Distribution(.fixed(0.6)),
      exit: Distribution(.triangular(low: 1, central: 1.1, high: 1.4)))
    func plan(_ id: String, _ lines: [PlanLine]) -> Plan {
      .sample(
        id: id, since: 2014, base: 2016, end: 2022, replicas: SmallWorld.draws, dynamics: .lively,
        overlap: overlap, lines: lines,
        interactions: overlap == .product && number % 2 == 0 ? [pair] : [])
    }
    // Both plans roll the same dice for their lines, so that only money differs.
    var again = dice
    baseline = plan("baseline", lines(new: false, &dice))
    scenario = plan("scenario", lines(new: true, &again))
  }

  private static func line(
    _ id: String, index: Int, districts: Int, years: Int, new: Bool, nested: Bool,
    dice: inout Dice
  ) -> PlanLine {
    let based = dice.roll(2) == 0
    let money = (0..<districts).map { _ in
      let start = based ? dice.roll(40_000) : 0
      let later = (1..<years).map { _ in dice.roll(90_000) }
      let constant = dice.roll(3) == 0
      return [start] + later.map { new ? (constant ? later[0] : $0) : start }
    }
    let kind = dice.roll(3)
    let exitOnly = kind == 0
    let start = 5 + dice.roll(6)
    return PlanLine.sample(
      id: id, kind: dice.roll(2) == 0 ? .service : .transfer, placed: money,
      entry: exitOnly
        ? Distribution(.fixed(1))
        : Distribution(
          .triangular(low: 0.5, central: 0.8, high: 1), noEffect: kind == 1 ? 0.2 : 0),
      exit: kind == 1 && !nested
        ? Distribution(.fixed(1)) : Distribution(.lognormal(p05: 1.02, p95: 1.5)),
      ages: start...(start + 3 + dice.roll(15 - start)), lag: dice.roll(3),
      ramp: dice.roll(2) == 0
        ? Distribution(.fixed(1.5)) : Distribution(.triangular(low: 0.5, central: 2, high: 5)),
      execution: Distribution(.triangular(low: 0.6, central: 0.8, high: 0.95)),
      leakage: Distribution(.uniform(low: 0.1, high: 0.4)),
      unitCost: Distribution(.lognormal(p05: 60, p95: 150)), childrenPerUnit: 1.5,
      ceiling: Distribution(.triangular(low: 0.4, central: 0.7, high: 0.9)),
      reach: dice.roll(2) == 0 ? .exact : .random,
      costFactor: (0..<districts).map { _ in dice.between(0.8, 1.6) },
      eligible: index == 2 ? (0..<districts).map { _ in Double(dice.roll(3000)) } : nil)
  }

  private static func helpers(
    districts: Int, years: Int, new: Bool, dice: inout Dice
  ) -> [PlanLine] {
    let nothing = [[Int]](repeating: [Int](repeating: 0, count: years), count: districts)
    let national = (0..<years).map { _ in dice.roll(1000) }
    return [
      PlanLine.sample(
        id: "boards", kind: .coordination, placed: nothing, lag: dice.roll(2),
        ramp: Distribution(.uniform(low: 1, high: 3)), helps: [0, 1],
        amount: Distribution(.triangular(low: 0.02, central: 0.1, high: 0.2)), fullAt: 80_000,
        lasting: dice.roll(2) == 0, national: new ? national : nil),
      PlanLine.sample(
        id: "registry", kind: .targeting, placed: nothing, lag: 1, helps: [1, 2],
        amount: Distribution(.uniform(low: 0.05, high: 0.3)), fullAt: 60_000,
        lasting: dice.roll(2) == 0, national: new ? national : nil),
    ]
  }
}

extension Plan.Overlap {
  static let allNamed: [Plan.Overlap] = [.product, .nested, .additive]
}

/// Reproducible choices for building test worlds.
struct Dice {
  private let stream: RandomStream
  private var next = 0

  init(_ number: Int) {
    stream = RandomField(seed: UInt64(number)).stream(RandomQuantity(rawValue: 950))
  }

  mutating func between(_ low: Double, _ high: Double) -> Double {
    next += 1
    return low + (high - low) * stream.uniform(next)
  }

  /// A whole number in 0..<sides.
  mutating func roll(_ sides: Int) -> Int { Int(between(0, Double(sides))) }
}
