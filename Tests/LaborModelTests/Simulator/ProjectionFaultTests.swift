// Quiebre · LaborModelTests
// Each fault of a run's inputs is found, named and thrown before anything is computed.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import LaborModel
import Statistics
import Testing

struct ProjectionFaultTests {
  private static let line = PlanLine.sample(
    id: "a", placed: [[Int](repeating: 0, count: 7)], entry: Distribution(.fixed(0.8)))
  private static let other = PlanLine.sample(
    id: "b", placed: [[Int](repeating: 0, count: 7)], entry: Distribution(.fixed(1.2)))

  private static func codes(
    _ plans: [Plan], rate: Double = 0.3, children: Double = 10, observed: [ObservedRate] = []
  ) -> [String] {
    do {
      _ = try project(
        plans: plans, population: .equalAges([children]),
        levels: DistrictLevels(rate: [rate], logitError: [0]), profile: profile,
        observed: observed)
      return []
    } catch let list as DiagnosticList {
      return list.items.map(\.code.rawValue)
    } catch {
      return ["\(error)"]
    }
  }

  private static func plan(
    _ change: (inout Plan) -> Void = { _ in }, lines: [PlanLine] = [line]
  ) -> Plan {
    var plan = Plan.sample(dynamics: .lively, lines: lines)
    change(&plan)
    return plan
  }

  @Test func `a sound run has no fault`() { #expect(Self.codes([Self.plan()]) == []) }

  @Test func `plans with different seeds or years can't be compared`() {
    #expect(Self.codes([Self.plan(), Self.plan { $0.seed = 1 }]) == ["Q500"])
    #expect(Self.codes([Self.plan(), Self.plan { $0.dynamics = .still(exit: 0.3) }]) == ["Q500"])
  }

  @Test func `impossible levels, children and observations are refused`() {
    #expect(Self.codes([Self.plan()], rate: 1.2) == ["Q501"])
    #expect(Self.codes([Self.plan()], rate: .nan) == ["Q501"])
    #expect(Self.codes([Self.plan()], children: 0) == ["Q512"])
    #expect(Self.codes([Self.plan()], children: -1).contains("Q512"))
    let zero = ObservedRate(year: 2016, rate: 0.3, standardError: 0)
    #expect(Self.codes([Self.plan()], observed: [zero]) == ["Q503"])
  }

  @Test func `a unit cost that can be nothing is refused`() {
    var free = Self.line
    free.delivery.unitCost = Distribution(.normal(mean: 100, standardDeviation: 10))
    #expect(Self.codes([Self.plan(lines: [free])]) == ["Q504"])
  }

  @Test func `targets must fit ages and years`() {
    func target(_ ages: ClosedRange<Int>, _ deadline: Int) -> Plan.Target {
      Plan.Target(
        id: "t", indicator: .rate(value: 0.1), deadline: deadline, probability: 0.5, ages: ages,
        area: nil)
    }
    #expect(Self.codes([Self.plan { $0.targets = [target(6...12, 2020)] }]) == ["Q505"])
    #expect(Self.codes([Self.plan { $0.targets = [target(5...17, 2031)] }]) == ["Q506"])
  }

  @Test func `interactions need a product, and a line to themselves`() {
    let pair = Plan.Interaction(
      id: "p", first: 0, second: 1, entry: Distribution(.fixed(0.5)),
      exit: Distribution(.fixed(1)))
    let both = Self.plan(
      {
        $0.overlap = .additive
        $0.interactions = [pair]
      }, lines: [Self.line, Self.other])
    #expect(Self.codes([both]) == ["Q507"])
    let twice = Self.plan({ $0.interactions = [pair, pair] }, lines: [Self.line, Self.other])
    #expect(Self.codes([twice]) == ["Q508", "Q508"])
  }

  @Test func `nested lines must pull the same way`() {
    let plan = Self.plan({ $0.overlap = .nested }, lines: [Self.line, Self.other])
    #expect(Self.codes([plan]) == ["Q509"])
  }

  @Test func `a run that was told to stop stops`() {
    let flag = CancellationFlag()
    flag.cancel()
    #expect(throws: Cancelled.self) {
      try project(
        plans: [Self.plan()], population: .equalAges([10]),
        levels: DistrictLevels(rate: [0.3], logitError: [0]), profile: profile,
        options: ProjectionOptions(cancellation: flag))
    }
  }
}
