// Quiebre · StatisticsTests
// Concentration indices: a published table, a slow twin, and distributions whose index is known.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Concentration")
struct ConcentrationTests {
  private func indices(
    rates: [Double], condition: [Double], people: [Double]
  ) -> ConcentrationIndices {
    let ranks = ConditionRanks(condition: condition, people: people)
    let working = zip(rates, people).map { $0 * $1 }
    return ConcentrationIndices(
      sumByRank: zip(working, ranks.centered).map { $0 * $1 }.reduce(0, +),
      working: zip(working, condition).map { $1.isFinite ? $0 : 0 }.reduce(0, +),
      people: ranks.people)
  }

  /// Deaths under five by wealth quintile, India 1982-92: O'Donnell, van Doorslaer, Wagstaff & Lindelow
  /// (2008), Analyzing Health Equity Using Household Survey Data, table 8.1: C = −0.1694 when ranked from
  /// poor to rich, so +0.1694 from rich to poor.
  @Test func thePublishedExampleComesOut() {
    let found = indices(
      rates: [154.7, 152.9, 119.5, 86.9, 54.3].map { $0 / 1000 }, condition: [5, 4, 3, 2, 1],
      people: [29_939, 28_776, 26_528, 24_689, 19_739])
    #expect(abs(found.standard - 0.1694) < 0.000_05)
  }

  /// Pairs of children: C = Σ Σ (xᵢ − xⱼ)·sign(condition)/(2n²μ)·… written out child by child.
  @Test func everyPairOfChildrenWrittenOutAgrees() {
    let (rates, condition) = ([0.5, 0.25, 0.1, 0.4], [30.0, 20, 20, 70])
    let people = [4.0, 8, 10, 5]
    // (area, its rate) of each child.
    let children = people.indices.flatMap { [Int](repeating: $0, count: Int(people[$0])) }
    let mean = children.map { rates[$0] }.reduce(0, +) / 27
    var sum = 0.0
    for one in children {
      for other in children where condition[one] > condition[other] {
        sum += rates[one] - rates[other]
      }
    }
    let found = indices(rates: rates, condition: condition, people: people)
    #expect(abs(found.standard - sum / (27 * 27 * mean)) < 1e-12)
    #expect(abs(found.erreygers - 4 * mean * found.standard) < 1e-12)
  }

  @Test func equalRatesHaveNoConcentration() {
    let found = indices(rates: [0.2, 0.2, 0.2], condition: [1, 5, 9], people: [10, 30, 7])
    #expect(abs(found.standard) < 1e-15 && abs(found.erreygers) < 1e-15)
  }

  /// All of it on the worst-off half: C = ½, Erreygers 4·½·½ = 1, its largest.
  @Test func allOnTheWorstOffHalfIsTheExtreme() {
    let found = indices(rates: [0, 1], condition: [0, 1], people: [50, 50])
    #expect(abs(found.standard - 0.5) < 1e-15 && abs(found.erreygers - 1) < 1e-15)
  }

  @Test func areasWithoutAConditionAreLeftOut() {
    let ranks = ConditionRanks(condition: [.nan, 2, 1], people: [100, 5, 5])
    #expect(ranks.centered == [0, 0.25, -0.25])
    #expect(ranks.people == 10)
  }
}
