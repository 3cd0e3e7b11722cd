// Quiebre · ReportsTests
// Equity of a made-up country, every figure summed by hand over its districts.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import LaborModel
import Reports
import Statistics
import Testing

@Suite struct EquityTests {
  private let poverty = [0.1, 0.2, 0.4, Double.nan]
  private let rural = [0.0, 0.5, 1, Double.nan]
  private var children: [Double] { Sample.registry.children }

  /// Rates of the four districts in four draws.
  private func rates(_ shift: Double) -> [[Double]] {
    (0..<4).map { draw in [0.1, 0.25, 0.45, 0.3].map { $0 + 0.01 * Double(draw) - shift } }
  }

  private func sums(_ basis: EquityBasis, base: Double, end: Double) -> [FactorSum] {
    basis.factors.map { factor in
      func sum(_ shift: Double) -> [Double] {
        rates(shift).map { rates in
          rates.indices.map { factor[$0] * children[$0] * rates[$0] }.reduce(0, +)
        }
      }
      return FactorSum(base: sum(base), end: sum(end))
    }
  }

  private func report() throws -> RunReport {
    let basis = try #require(EquityBasis(poverty: poverty, rural: rural, children: children))
    var report = Sample.report
    report.projection.baseline.factorSums = sums(basis, base: 0, end: 0.02)
    report.projection.scenarios[0].factorSums = sums(basis, base: 0, end: 0.05)
    report.equity = (basis, 0)
    return report
  }

  /// Known are districts 1 to 3 with 1300, 2600, 3900 children: R = 1/12, 1/3, 3/4.
  @Test func ranksAndSharesGiveTheHandSums() throws {
    let rows = try report().equityRows()
    #expect(rows.count == 2 * EquityBasis.Measure.allCases.count)
    func row(_ measure: EquityBasis.Measure, _ year: Int) throws -> EquityRow {
      try #require(rows.first { $0.measure == measure && $0.year == year })
    }
    // Means over equal draws: rates .115, .265, .465 in the base year.
    let (p, r) = ([1.0 / 6, 1.0 / 3, 0.5], [0.115, 0.265, 0.465])
    let moment = p[0] * r[0] * (1.0 / 12 - 0.5) + p[1] * r[1] * (1.0 / 3 - 0.5) + p[2] * r[2] * 0.25
    #expect(abs(try row(.erreygers, 2019).baseline.mean - 8 * moment) < 1e-12)
    // Rural: 1300 and 3900 children of districts 2 and 3; urban: 1300 and 1300 of 1 and 2.
    let far = (1300 * 0.265 + 3900 * 0.465) / 5200
    let near = (1300 * 0.115 + 1300 * 0.265) / 2600
    #expect(abs(try row(.rural, 2019).scenario.mean - far) < 1e-12)
    #expect(abs(try row(.urban, 2019).scenario.mean - near) < 1e-12)
    #expect(abs(try row(.gap, 2021).baseline.mean - (far - near)) < 1e-12)
    // A like fall of 3 points everywhere moves neither the gap nor Erreygers' index (Σ p(R − ½) = 0).
    #expect(abs(try row(.gap, 2021).difference.mean) < 1e-12)
    #expect(abs(try row(.erreygers, 2021).difference.mean) < 1e-12)
    // But C, which is relative to the rate, rises.
    #expect(try row(.concentration, 2021).difference.mean > 0.01)
  }

  @Test func tableSummaryAndTextHoldThem() throws {
    let report = try report()
    #expect(report.equityTable().rowCount == 36)
    #expect(report.tableFiles().contains { $0.path == "csv/equity.csv" })
    let summary = String(decoding: report.summaryJSON(), as: UTF8.self)
    #expect(summary.contains("\"erreygers\""))
    let text = report.runText(in: .english, folder: nil, seconds: nil)
    #expect(text.contains("concentration on the poor 2021 (Erreygers)"))
    #expect(report.runText(in: .spanish, folder: nil, seconds: nil).contains("tasa rural"))
  }

  @Test func nothingIsSaidUnasked() {
    #expect(EquityBasis(poverty: nil, rural: nil, children: children) == nil)
    #expect(Sample.report.equityRows().isEmpty)
    #expect(!Sample.report.tableFiles().contains { $0.path == "csv/equity.csv" })
  }
}
