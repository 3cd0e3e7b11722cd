// Quiebre · LaborModel
// Leave one region out: each region against a model that was fitted to all the others.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Statistics

/// What leaving regions out in turn says.
struct RegionCheck: Sendable {
  private(set) var regions: [RiskFit.Region] = []
  private(set) var quality: RiskFit.Quality?
  private(set) var notes: [Diagnostic] = []

  /// No regions.
  init() {}

  /// - Parameters:
  ///   - sample: All rows.
  ///   - labels: The region of each row.
  ///   - design: The sample's columns.
  ///   - plain: The fit to all rows, where each search starts.
  ///   - chances: Of the fit to all rows.
  ///   - spread: σ of the fit with districts; `nil` = none.
  ///   - settings: Of the fit.
  ///   - workers: Threads.
  init(
    _ sample: RiskSample, regions labels: RiskLabels, design: PackedColumns, plain: LogisticFit,
    chances: [Double], spread: Double?, settings: RiskFitSettings, workers: Int
  ) {
    let predictions = inParallel(count: labels.names.count, workers: workers) { region in
      predict(
        sample, without: region, labels, design: design, plain: plain, spread: spread, settings)
    }
    var outside = chances
    var known = sample.weights
    for (row, region) in labels.of.enumerated() {
      switch predictions[region] {
      case .success(let values): outside[row] = values[row]
      case .failure: known[row] = 0
      }
    }
    let direct = regionRates(sample, labels, settings)
    regions = labels.names.indices.map { region in
      let own = labels.of.indices.map { labels.of[$0] == region ? sample.weights[$0] : 0 }
      let total = fixedOrderSum(own)
      var fault: Diagnostic?
      if case .failure(let reason) = predictions[region] { fault = sample.explained(reason) }
      return RiskFit.Region(
        name: labels.names[region], rows: own.count { $0 > 0 }, direct: direct[region].rate,
        directError: direct[region].error, fitted: fixedOrderSum(chances, weights: own) / total,
        leftOut: fault == nil ? fixedOrderSum(outside, weights: own) / total : nil,
        quality: fault == nil
          ? sample.quality(outside, weights: own, settings, workers: 1) : nil, fault: fault)
    }
    notes = regions.compactMap { region in
      region.fault.map { .regionNotLeftOut(region.name, because: $0.what) }
    }
    quality = sample.quality(outside, weights: known, settings, workers: workers)
  }
}

/// Chances of all rows by the model fitted without one region.
private func predict(
  _ sample: RiskSample, without region: Int, _ labels: RiskLabels, design: PackedColumns,
  plain: LogisticFit, spread: Double?, _ settings: RiskFitSettings
) -> Result<[Double], RegressionFault> {
  let kept = labels.of.indices.map { labels.of[$0] == region ? 0 : sample.weights[$0] }
  do throws(RegressionFault) {
    let fit = try plain.refitted(
      design, outcomes: sample.outcomes, weights: meanOne(kept), workers: 1)
    guard let spread, let districts = sample.districts else { return .success(fit.chances) }
    let scaled = scaledToGroups(kept, groupOf: districts.of)
    let start = try plain.refitted(
      design, outcomes: sample.outcomes, weights: scaled, workers: 1)
    return .success(
      try chancesInNewGroups(
        start, groupOf: districts.of, groups: districts.names.count, points: settings.points,
        spread: spread))
  } catch {
    return .failure(error)
  }
}

/// The survey's own rate of each region, with its error over clusters and strata.
private func regionRates(
  _ sample: RiskSample, _ labels: RiskLabels, _ settings: RiskFitSettings
) -> [(rate: Double, error: Double)] {
  let count = labels.names.count
  var (sums, totals) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
  for (row, region) in labels.of.enumerated() {
    totals[region] += sample.weights[row]
    if sample.outcomes[row] { sums[region] += sample.weights[row] }
  }
  let rates = zip(sums, totals).map { $0 / $1 }
  return labels.names.indices.map { region in
    let influences = labels.of.indices.map { row in
      labels.of[row] == region
        ? sample.weights[row] * ((sample.outcomes[row] ? 1 : 0) - rates[region]) / totals[region]
        : 0
    }
    let variance = sample.units.variance(ofTotals: [influences], lonely: settings.lonely)
    return (rates[region], variance[0][0].squareRoot())
  }
}

extension RiskFit.ClassFacts {
  /// Classes of the areas' mean chances.
  ///
  /// - Throws: Q535 if the rule gives no three classes.
  init(
    _ sample: RiskSample, areas: RiskLabels, column: String, chances: [Double],
    rule: RiskClassRule
  ) throws(DiagnosticList) {
    let count = areas.names.count
    var sums = [Double](repeating: 0, count: count)
    var (totals, cases) = (sums, sums)
    for (row, area) in areas.of.enumerated() {
      totals[area] += sample.weights[row]
      sums[area] += sample.weights[row] * chances[row]
      if sample.outcomes[row] { cases[area] += sample.weights[row] }
    }
    let known = totals.indices.filter { totals[$0] > 0 }
    let rates = known.map { sums[$0] / totals[$0] }
    let cuts = try rule.cuts(for: rates)
    let (all, working) = (fixedOrderSum(totals), fixedOrderSum(cases))
    rows = RiskClass.allCases.map { one in
      let members = zip(known, rates).filter { cuts.riskClass(of: $0.1) == one }.map(\.0)
      let children = fixedOrderSum(members.map { totals[$0] })
      let found = fixedOrderSum(members.map { cases[$0] })
      return Row(
        riskClass: one, areas: members.count, children: children / all, working: found / working,
        rate: children > 0 ? found / children : nil)
    }
    self.cuts = cuts
    self.column = column
  }
}
