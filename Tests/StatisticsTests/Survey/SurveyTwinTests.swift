// Quiebre · StatisticsTests
// Slow obvious twins: the textbook formula over whole tables, and the delete-one-PSU jackknife.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Support
import Testing

@Suite("Survey twins")
struct SurveyTwinTests {
  /// Σ (1 − f)·n/(n − 1)·Σ (t − t̄)² over dense tables of all units, zeros included.
  private func textbookVariance(
    _ scores: [Double], stratum: [Int32], psu: [Int32], population: [Double]? = nil
  ) -> Double {
    var variance = 0.0
    for h in Set(stratum).sorted() {
      let rows = stratum.indices.filter { stratum[$0] == h }
      let units = Set(rows.map { psu[$0] }).sorted()
      let totals = units.map { unit in
        rows.filter { psu[$0] == unit }.reduce(0.0) { $0 + scores[$1] }
      }
      let n = Double(units.count)
      guard n > 1 else { continue }
      let mean = totals.reduce(0, +) / n
      let squares = totals.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
      let rest = population.map { 1 - n / $0[rows[0]] } ?? 1
      variance += rest * n / (n - 1) * squares
    }
    return variance
  }

  @Test(arguments: ["sex", "area", "schooling", "stratum", "cluster", "ubigeo"])
  func touchedUnitsGiveWhatAllUnitsGive(by: String) throws {
    let data = try Microdata.children()
    let labels = Set(data.texts(by)).sorted()
    let (weights, works) = (data.numbers("weight"), data.works())
    let found = try data.design(.certainty).estimates(
      of: SurveyTarget(.proportion, of: works), in: data.domains(by, labels))
    for (index, label) in labels.enumerated() {
      let inside = data.texts(by).indices.map { data.texts(by)[$0] == label && works[$0].isFinite }
      let below = inside.indices.reduce(0.0) { $0 + (inside[$1] ? weights[$1] : 0) }
      let above = inside.indices.reduce(0.0) { $0 + (inside[$1] ? weights[$1] * works[$1] : 0) }
      let share = above / below
      let scores = inside.indices.map {
        inside[$0] ? weights[$0] * (works[$0] - share) / below : 0
      }
      let expected = textbookVariance(
        scores, stratum: data.codes("stratum"), psu: data.codes("cluster"))
      #expect(isClose(found[index].value, share))
      // A domain within a single PSU of a lonely stratum has no error.
      guard expected > 0 else { continue }
      #expect(isClose(found[index].standardError, expected.squareRoot()))
    }
  }

  /// Both are consistent; on a design of 15 clusters they differ by less than a tenth.
  @Test func theJackknifeAgrees() throws {
    let data = try Microdata.children()
    let (weights, works) = (data.numbers("weight"), data.works())
    let (stratum, psu) = (data.codes("stratum"), data.codes("cluster"))
    let found = try data.design(.certainty).estimates(
      of: SurveyTarget(.proportion, of: works), in: .whole(rows: works.count))[0]
    func share(_ weight: (Int) -> Double) -> Double {
      var (above, below) = (0.0, 0.0)
      for row in works.indices where works[row].isFinite {
        above += weight(row) * works[row]
        below += weight(row)
      }
      return above / below
    }
    let whole = share { weights[$0] }
    var variance = 0.0
    for h in Set(stratum).sorted() {
      let units = Set(psu.indices.filter { stratum[$0] == h }.map { psu[$0] }).sorted()
      let n = Double(units.count)
      guard n > 1 else { continue }
      for unit in units {
        let left = share { row in
          psu[row] == unit ? 0 : weights[row] * (stratum[row] == h ? n / (n - 1) : 1)
        }
        variance += (n - 1) / n * (left - whole) * (left - whole)
      }
    }
    let error = try #require(found.standardError)
    #expect((variance.squareRoot() / error - 1).magnitude < 0.1)
  }

  /// A simple random sample: s²/n, and deff is 1.
  @Test func aSampleWithoutDesignIsTheTextbookMean() throws {
    let values: [Double] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]
    let found = try SurveyDesign(
      SurveyColumns(weights: [Double](repeating: 7, count: 10)), lonelyRule: .fail
    ).estimates(of: SurveyTarget(.mean, of: values), in: .whole(rows: 10))[0]
    // mean 3.9, Σ(x − mean)² = 207 − 10·3.9² = 54.9, s² = 6.1, se = √0.61.
    #expect(isClose(found.value, 3.9))
    #expect(isClose(found.standardError, 0.61.squareRoot()))
    #expect(isClose(found.designEffect, 1))
    // t(9; 0.975) = 2.262157162798205 (R: qt(0.975, 9)).
    #expect(isClose(found.interval?.high, 3.9 + 2.262157162798205 * 0.61.squareRoot()))
  }

  /// Scaling all weights changes a total alone, and in proportion.
  @Test func ratesDontHangOnTheScaleOfWeights() throws {
    let data = try Microdata.children()
    var columns = data.columns()
    columns.weights = columns.weights.map { $0 * 8 }
    let all = SurveyDomains.whole(rows: data.rows.count)
    let big = try SurveyDesign(columns, lonelyRule: .adjust)
    let plain = try data.design()
    for statistic in [SurveyTarget.Statistic.proportion, .total] {
      let target = SurveyTarget(statistic, of: data.works())
      let factor = statistic == .total ? 8.0 : 1
      let (a, b) = (plain.estimates(of: target, in: all)[0], big.estimates(of: target, in: all)[0])
      #expect(isClose(b.value, (a.value ?? .nan) * factor))
      #expect(isClose(b.standardError, (a.standardError ?? .nan) * factor))
    }
  }
}
