// Quiebre · LaborModelTests
// What can be worked out by hand: cohort memory, overlaps child by child, the first year of money.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaborModel
import Statistics
import Testing

/// A district with children of one age only: its rate is the prevalence at that age.
private struct OneAge {
  let age: Int
  let exit: Double
  /// w0 by age, from the level −0.9.
  let prevalence = (5...17).map { logistic(-0.9 + profile.logit(age: $0)) }

  var population: Population {
    var children = [Double](repeating: 0, count: 13)
    children[age - 5] = 1000
    return Population(
      codes: ["D1"], childrenByAge: [children], departmentOf: [0], departmentCodes: ["A"],
      provinceOf: [0], provinceCount: 1)
  }

  /// Entry that keeps age `older` standing, from the age below.
  func entry(_ older: Int) -> Double {
    let (from, to) = (prevalence[older - 6], prevalence[older - 5])
    return (to - from * (1 - exit)) / (1 - from)
  }

  /// Rates of the scenario by year.
  func rates(_ lines: [PlanLine], overlap: Plan.Overlap = .product, pairs: [Plan.Interaction] = [])
    throws -> [Double]
  {
    let plan = Plan.sample(
      since: 2017, base: 2017, end: 2023, replicas: 1, dynamics: .still(exit: exit),
      overlap: overlap, lines: lines, interactions: pairs)
    return try project(
      plans: [plan], population: population,
      levels: DistrictLevels(rate: [prevalence[age - 5]], logitError: [0]), profile: profile
    ).scenarios[0].national.rates[0].map { $0[0] }
  }
}

struct ClosedFormTests {
  @Test func `one year of money fades along its cohort by 1 − e − X a year`() throws {
    let world = OneAge(age: 12, exit: 0.3)
    // Everyone reached in 2018 only; ages 8 to 17 after the step.
    let line = PlanLine.sample(
      placed: [[0, 1_000_000, 0, 0, 0, 0, 0]], entry: Distribution(.fixed(0.5)), ages: 8...17,
      eligible: [1000])
    let rates = try world.rates([line])
    let start = world.prevalence[7]
    #expect(abs(rates[1] - start) < 1e-7)
    for years in 0...4 {
      // Those aged 12 in 2019 + years were 12 − years when the money acted.
      let then = 12 - years
      var change = -0.5 * world.entry(then) * (1 - world.prevalence[then - 6])
      for age in (then + 1)..<13 where years > 0 { change *= 1 - world.entry(age) - world.exit }
      #expect(abs(rates[2 + years] - (start + change)) < 2e-7, "\(years) years later")
    }
  }

  /// Mean yearly multiplier over 16 children, counted one by one.
  struct Overlapping: Sendable, CustomTestStringConvertible {
    let overlap: Plan.Overlap
    let interaction: Bool
    /// Whether line A (8 of 16) and line B (4 of 16) reach a child.
    let reached: @Sendable (_ child: Int) -> (a: Bool, b: Bool)
    /// The child's multiplier.
    let multiplier: @Sendable (_ a: Bool, _ b: Bool) -> Double
    var testDescription: String { "\(overlap)\(interaction ? " with interaction" : "")" }

    var mean: Double {
      (0..<16).reduce(0.0) { sum, child in
        let (a, b) = reached(child)
        return sum + multiplier(a, b) / 16
      }
    }
  }

  /// A halves the chance, B takes a fifth off.
  ///
  /// Independent: bit 0 decides on A, bits 1 and 2 on B.
  private static let independent: @Sendable (Int) -> (a: Bool, b: Bool) = {
    ($0 & 1 == 0, $0 & 6 == 0)
  }

  static let overlaps = [
    Overlapping(overlap: .product, interaction: false, reached: independent) { a, b in
      (a ? 0.5 : 1) * (b ? 0.8 : 1)
    },
    // Both together leave a quarter.
    Overlapping(overlap: .product, interaction: true, reached: independent) { a, b in
      a && b ? 0.25 : (a ? 0.5 : 1) * (b ? 0.8 : 1)
    },
    // B's children are among A's, and the stronger effect counts.
    Overlapping(overlap: .nested, interaction: false, reached: { ($0 < 8, $0 < 4) }) { a, b in
      a ? 0.5 : b ? 0.8 : 1
    },
    // Nobody is reached by both.
    Overlapping(overlap: .additive, interaction: false, reached: { ($0 < 8, $0 >= 12) }) { a, b in
      a ? 0.5 : b ? 0.8 : 1
    },
  ]

  @Test(arguments: overlaps)
  func `coverage combines as a count of children does`(_ item: Overlapping) throws {
    let world = OneAge(age: 12, exit: 0.3)
    // 16 eligible, 100 a child: 800 buys 8 children, 400 buys 4.
    let a = PlanLine.sample(
      id: "a", placed: [[0] + [Int](repeating: 800, count: 6)], entry: Distribution(.fixed(0.5)),
      eligible: [16])
    let b = PlanLine.sample(
      id: "b", placed: [[0] + [Int](repeating: 400, count: 6)], entry: Distribution(.fixed(0.8)),
      eligible: [16])
    let pair = Plan.Interaction(
      id: "p", first: 0, second: 1, entry: Distribution(.fixed(0.25)),
      exit: Distribution(.fixed(1)))
    let rates = try world.rates(
      [a, b], overlap: item.overlap, pairs: item.interaction ? [pair] : [])
    let unit = world.entry(12) * (1 - world.prevalence[6])
    let multiplier = 1 + (rates[2] - rates[1]) / unit
    #expect(abs(multiplier - item.mean) < 1e-5)
  }

  @Test func `a stronger nested line with less coverage leaves the rest to the weaker one`() throws
  {
    let world = OneAge(age: 12, exit: 0.3)
    let strong = PlanLine.sample(
      id: "a", placed: [[0] + [Int](repeating: 400, count: 6)], entry: Distribution(.fixed(0.5)),
      eligible: [16])
    let weak = PlanLine.sample(
      id: "b", placed: [[0] + [Int](repeating: 800, count: 6)], entry: Distribution(.fixed(0.8)),
      eligible: [16])
    let rates = try world.rates([strong, weak], overlap: .nested)
    let unit = world.entry(12) * (1 - world.prevalence[6])
    // 4 of 16 at 0.5, 4 at 0.8, 8 at 1.
    let mean = (4 * 0.5 + 4 * 0.8 + 8) / 16.0
    let multiplier = 1 + (rates[2] - rates[1]) / unit
    #expect(abs(multiplier - mean) < 1e-5)
  }

  @Test func `money that the base year already had changes nothing until it ends`() throws {
    let world = OneAge(age: 12, exit: 0.3)
    func line(_ money: [Int]) -> PlanLine {
      PlanLine.sample(placed: [money], entry: Distribution(.fixed(0.5)), eligible: [16])
    }
    let kept = try world.rates([line([800, 800, 800, 800, 800, 800, 800])])
    #expect(kept.allSatisfy { $0 == kept[0] })
    let ended = try world.rates([line([800, 800, 0, 0, 0, 0, 0])])
    #expect(ended[2] == ended[0])
    // Half the children were at half the chance: without it the chance is 1/0.75 as high.
    let unit = world.entry(12) * (1 - world.prevalence[6])
    let rise = (ended[3] - ended[2]) / unit
    #expect(abs(rise - 1.0 / 3) < 1e-5)
  }

  @Test func `a ramp of two and a half years builds up by 40, 80 and 100 per cent`() throws {
    let world = OneAge(age: 12, exit: 0.3)
    let line = PlanLine.sample(
      placed: [[0] + [Int](repeating: 1600, count: 6)], exit: Distribution(.fixed(1.5)),
      ages: 12...12, lag: 1, ramp: Distribution(.fixed(2.5)), eligible: [16])
    let rates = try world.rates([line])
    // Only the step to age 12 is moved, so nothing is carried over between years.
    let unit = -world.exit * world.prevalence[6] * 0.5
    let shares = rates.dropFirst().map { ($0 - rates[0]) / unit }
    for (share, due) in zip(shares, [0, 0, 0.4, 0.8, 1, 1]) { #expect(abs(share - due) < 1e-5) }
  }
}
