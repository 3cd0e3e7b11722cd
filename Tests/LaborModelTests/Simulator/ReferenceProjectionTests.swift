// Quiebre · LaborModelTests
// The reference projections of transitions.csv, and profiles that must stand still.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaborModel
import Statistics
import Testing

struct ReferenceProjectionTests {
  /// One published projection: rates of ages 5-17 in per cent, 0, 1, 2, 3, 5 and 10 years after all
  /// entry chances of ages 6-17 were multiplied by 0.8, or exit chances by 1.2.
  struct Reference: Sendable, CustomTestStringConvertible {
    let rows: String
    let exit: Double
    let entry: Bool
    let rates: [Double]
    var testDescription: String { rows }
  }

  /// Reference table transitions.csv; computed there by the cohort recursion
  /// p[a+1] = p[a](1−e) + (1−p[a])h with equal cohorts.
  static let references = [
    Reference(
      rows: "T81-T86", exit: 0.15, entry: true,
      rates: [26.1308, 24.8843, 24.0138, 23.4176, 22.7549, 22.3675]),
    Reference(
      rows: "T87-T92", exit: 0.15, entry: false,
      rates: [26.1308, 25.4448, 25.0276, 24.779, 24.5514, 24.4584]),
    Reference(
      rows: "T93-T98", exit: 0.30, entry: true,
      rates: [26.1308, 24.1983, 23.2332, 22.7579, 22.4177, 22.3275]),
    Reference(
      rows: "T99-T104", exit: 0.30, entry: false,
      rates: [26.1308, 24.7588, 24.2244, 24.0178, 23.9087, 23.8915]),
    Reference(
      rows: "T105-T110", exit: 0.45, entry: true,
      rates: [26.1308, 23.5123, 22.6997, 22.4444, 22.3388, 22.328]),
    Reference(
      rows: "T111-T116", exit: 0.45, entry: false,
      rates: [26.1308, 24.0729, 23.7213, 23.6542, 23.6378, 23.6371]),
    Reference(
      rows: "T117-T122", exit: 0.60, entry: true,
      rates: [26.1308, 22.8264, 22.4133, 22.346, 22.3321, 22.3317]),
    Reference(
      rows: "T123-T128", exit: 0.60, entry: false,
      rates: [26.1308, 23.3869, 23.5182, 23.4951, 23.4961, 23.4961]),
  ]

  @Test(arguments: references)
  func `a line at full coverage meets the published recursion`(_ reference: Reference) throws {
    // Money enough for every child from the year after the base on.
    let money = [0] + [Int](repeating: 1_000_000, count: 12)
    let effect = Distribution(.fixed(reference.entry ? 0.8 : 1.2))
    let line =
      reference.entry
      ? PlanLine.sample(placed: [money], entry: effect, ages: 6...17)
      : PlanLine.sample(placed: [money], exit: effect, ages: 6...17)
    let plan = Plan.sample(
      since: 2015, base: 2015, end: 2027, replicas: 1, dynamics: .still(exit: reference.exit),
      lines: [line])
    // Row T20: c0 of the fit.
    let mean = (5...17).reduce(0.0) { $0 + logistic(-0.96873432 + profile.logit(age: $1)) } / 13
    let result = try project(
      plans: [plan], population: .equalAges([100]),
      levels: DistrictLevels(rate: [mean], logitError: [0]), profile: profile)
    for (years, rate) in zip([0, 1, 2, 3, 5, 10], reference.rates) {
      // The year after the base still has the old rate: its money acts from then on.
      let simulated = 100 * result.scenarios[0].national.rates[0][1 + years][0]
      #expect((simulated * 1e4).rounded() == (rate * 1e4).rounded(), "\(years) years after")
    }
  }

  @Test(arguments: [0.01, 0.2, 0.6, 0.9], [0.15, 0.3, 0.6, 0.95])
  func `without trend, shocks and money every rate stands still to the last bit`(
    rate: Double, exit: Double
  ) throws {
    let plan = Plan.sample(dynamics: .still(exit: exit))
    let result = try project(
      plans: [plan], population: .equalAges([100, 20, 3]),
      levels: DistrictLevels(rate: [rate, rate / 2, rate / 3], logitError: [0.3, 0, 0.8]),
      profile: profile, options: ProjectionOptions(districtBands: Set(AgeGroup.allCases)))
    for group in 0..<3 {
      let years = result.baseline.national.rates[group]
      for year in years { #expect(year == years[0]) }
      for district in result.baseline.districts {
        let bands = district.path.bands[group]
        for band in bands { #expect(band == bands[0]) }
      }
    }
  }
}
