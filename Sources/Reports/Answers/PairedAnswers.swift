// Quiebre · Reports
// Differences between scenario and baseline, draw by draw over the same random numbers.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics

extension RunReport {
  /// An area whose single draws are kept.
  enum DrawnArea: Hashable {
    case nation
    /// Index in the registry.
    case department(Int)
  }

  /// Rates of one year, a share per draw: baseline and scenario.
  func draws(_ area: DrawnArea, _ group: AgeGroup, column: Int) -> (
    baseline: [Double], scenario: [Double]
  ) {
    let (first, second) =
      switch area {
      case .nation: (projection.baseline.national, outcome.national)
      case .department(let index):
        (projection.baseline.departments[index], outcome.departments[index])
      }
    return (first.rates[group.rawValue][column], second.rates[group.rawValue][column])
  }

  /// The scenario's rate less the baseline's, paired: 5, 50, 95 % and mean, as shares.
  func difference(_ area: DrawnArea, _ group: AgeGroup, column: Int) -> (band: Band, mean: Double) {
    let (baseline, scenario) = draws(area, group, column: column)
    let differences = zip(scenario, baseline).map { $0 - $1 }
    return (band(of: differences), mean(of: differences, weights: projection.weights))
  }

  /// Child-years of work avoided in the nation: 5, 50, 95 % and mean.
  var avoidedChildYears: (band: Band, mean: Double) {
    (band(of: outcome.avoided), mean(of: outcome.avoided, weights: projection.weights))
  }

  /// New money per child-year avoided, in the currency's unit.
  ///
  /// The ends come from the ends of the child-years avoided; an end at which nothing is avoided has
  /// no cost and is `nil`. Benefits end with the horizon.
  var costPerChildYear: (low: Double?, middle: Double?, high: Double?) {
    let money = Double(newMoney) / 100
    func cost(_ childYears: Double) -> Double? {
      childYears > 0 && money > 0 ? money / childYears : nil
    }
    let avoided = avoidedChildYears.band
    return (cost(avoided.p95), cost(avoided.p50), cost(avoided.p05))
  }

  func band(of values: [Double]) -> Band {
    let ends = quantiles(of: values, weights: projection.weights, at: [0.05, 0.5, 0.95])
    return Band(p05: ends[0], p50: ends[1], p95: ends[2])
  }
}
