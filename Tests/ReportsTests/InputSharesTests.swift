// Quiebre · ReportsTests
// Shares of inputs in a made-up run whose answers are sums of its inputs.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import LaborModel
import Statistics
import Testing

@testable import Reports

@Suite struct InputSharesTests {
  private static let draws = 2000

  private func uniform(_ index: Int) -> [Double] {
    RandomField(seed: 31).stream(RandomQuantity(rawValue: 970), year: index)
      .uniforms(count: Self.draws)
  }

  private func parameter(_ name: String, _ line: String?, _ draws: [Double]) -> ParameterSummary {
    let spread = ParameterSummary.Spread(mean: 0, p05: 0, p95: 0)
    return ParameterSummary(
      name: name, plan: line == nil ? nil : "sample", line: line, prior: spread, posterior: spread,
      draws: draws)
  }

  /// Rate = 0.2 + (exit + 3·trend)/100, child-years = 100·entry: shares 1/10 and 9/10, and 1.
  private func report() -> RunReport {
    let (exit, trend, entry) = (uniform(0), uniform(1), uniform(2))
    var report = Sample.report
    report.projection.weights = [Double](
      repeating: 1 / Double(Self.draws), count: Self.draws)
    report.projection.parameters = [
      parameter("trend", nil, trend), parameter("exit", nil, exit),
      parameter("entry", "municipal", entry), parameter("ramp", "municipal", []),
    ]
    let rate = zip(exit, trend).map { 0.2 + ($0 + 3 * $1) / 100 }
    for group in AgeGroup.allCases {
      report.projection.scenarios[0].national.rates[group.rawValue][3] = rate
    }
    report.projection.scenarios[0].avoided = entry.map { $0 * 100 }
    return report
  }

  @Test func theExitRateStandsFirstThenTheLargestShares() throws {
    let shares = report().firstOrderShares()
    let rate = shares.filter { $0.outcome == .rate }
    #expect(
      rate.map(\.key) == ["simulation.exit", "simulation.trend", "line.municipal.effect.entry"])
    for (share, expected) in zip(rate, [0.1, 0.9, 0]) {
      let first = try #require(share.first)
      #expect(abs(first.value - expected) < 4 * first.standardError + 0.002)
    }
    let avoided = shares.filter { $0.outcome == .avoided }
    #expect(avoided.map(\.key).prefix(2) == ["simulation.exit", "line.municipal.effect.entry"])
    #expect(abs((avoided[1].first?.value ?? 0) - 1) < 0.001)
  }

  @Test func aFixedExitRateStandsFirstWithNothing() {
    var report = report()
    report.projection.parameters.removeAll { $0.name == "exit" }
    #expect(report.firstOrderShares().first?.key == "simulation.exit")
    #expect(report.firstOrderShares().first?.first?.value == 0)
  }

  @Test func tableAndTextNameThem() {
    var report = report()
    report.inputShares = report.firstOrderShares()
    #expect(report.sensitivityTable().rowCount == 6)
    let text = RunText(report: report, language: .english).drivers.joined()
    #expect(text.contains("simulation.exit ") && text.contains(" %, simulation.trend 90 %"))
    #expect(text.contains("simulation.exit 0 %, line.municipal.effect.entry 100 %"))
  }

  /// All lines drawn again give answers that don't hang on the old ones: their total is 1 for the
  /// child-years and 0 for the rate.
  @Test func totalsComeFromTheRunsDrawnAgain() throws {
    let report = report()
    let rate = report.projection.scenarios[0].national.rates[0][3]
    let again = InputParts.Redrawn(
      line: "municipal", rate: rate, avoided: uniform(7).map { $0 * 100 })
    let parts = InputParts(
      report, redrawn: [again, .init(line: nil, rate: rate, avoided: again.avoided)])
    func share(_ outcome: InputShare.Outcome, _ key: String) throws -> InputShare {
      try #require(parts.shares.first { $0.outcome == outcome && $0.key == key })
    }
    #expect(try share(.rate, "line.municipal").total?.value == 0)
    #expect(try share(.rate, "country").first?.value == 1)
    let total = try #require(try share(.avoided, "line.*").total)
    #expect(abs(total.value - 1) < 4 * total.standardError)
    #expect(parts.text(in: .spanish).contains("todas las líneas juntas"))
    #expect(String(decoding: parts.json(), as: UTF8.self).contains("quiebre.input-parts/1"))
  }
}
