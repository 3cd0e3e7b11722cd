// Quiebre · ReportsTests
// The run's table against one written by hand for the made-up country.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Testing

@testable import Reports

@Suite struct RunTextSuite {
  // swift-format-ignore: the lines are as long as the terminal prints them.
  // By hand. Falls of 0.3 pp in 2020 and 2021 to at most 26.2 − 0.6: scenario draws 1, 2 and 3,
  // baseline none. Wilson (95 %) of 3 in 4: 30-95; of 0 in 4: < 49.0. Working: 7,930 × 25.7 % and
  // 24.9 %. Differences of 2021: -1.0, -0.8, -1.4, 0; type-7 quantiles. New money: 19,998.50.
  // Child-years 100, 80, 160, 0: 5, 50, 95 % are 12, 90, 151.
  @Test func theTableHoldsBaselineScenarioAndDifference() {
    let text = Sample.report.runText(in: .english, folder: "results/sample-1/", seconds: 1.25)
    let table = text.split(separator: "\n").prefix(7).map(String.init)
    #expect(
      table == [
        "results/sample-1/ · 4 draws (4 effective) · 1.2 s · as of 2019",
        "                               baseline                           sample                                 difference",
        "rate 2021 (5-95 %)             25.7 (23.7-27.7)                   24.9 (22.9-26.9)                       -0.90 pp (-1.34 to -0.12)",
        "children working               2 thousand                         2 thousand                             -63",
        "P(rate 2021 ≤ 20 %)            < 49.0 %, about as likely as not   < 49.0 %, about as likely as not       wanted 50 % ✗",
        "P(sustained fall by 2021)      < 49.0 %, about as likely as not   75 % (30-95), about as likely as not   +75.0 pp (because of it 75.0, lost 0) · wanted 80 % ✗",
        "new money 2020-2021            0                                  S/ 19,998                              S/ 220 per child-year avoided (S/ 130-S/ 1,700)",
      ])
  }

  @Test func theNotesSayWhatTheAnswerRestsOn() {
    let text = Sample.report.runText(in: .english, folder: nil, seconds: nil)
    #expect(text.contains("  0.00: 25 % (21-29) without, 50 % (45-55) with the money\n"))
    #expect(text.contains("Assumed, without a source (1): simulation.exit\n"))
    #expect(text.hasSuffix("Not real data: Synthetic risk.\n"))
  }

  @Test func childYearsAreLabeledAsMedian() {
    // Child-years 100, 80, 160, 0: the median is 90, the mean 85.
    let text = Sample.report.runText(in: .english, folder: nil, seconds: nil)
    #expect(text.contains("child-years avoided (median)"))
    #expect(text.contains("90 (12 to 151)"))
  }

  @Test func spanishHasTheSameNumbers() {
    let digits = { (text: String) in text.filter { $0.isNumber } }
    let english = Sample.report.runText(in: .english, folder: nil, seconds: nil)
    let spanish = Sample.report.runText(in: .spanish, folder: nil, seconds: nil)
    #expect(digits(english) == digits(spanish))
    #expect(spanish.contains("tasa 2021 (5-95 %)") && spanish.contains("línea de base"))
  }

  @Test func aScenarioEqualToItsBaselineChangesNothing() {
    var report = Sample.report
    report.plan = report.baselinePlan
    report.projection.scenarios = [report.projection.baseline]
    let text = report.runText(in: .english, folder: nil, seconds: nil)
    #expect(text.contains("0.00 pp (0.00 to 0.00)"))
    #expect(!text.contains("because of it"))
    #expect(!text.contains("per child-year"))
  }

  @Test func noUpperEndOfTheCostIsSaid() {
    var report = Sample.report
    report.projection.scenarios[0].avoided = [-50, -5, 100, 100]
    let text = report.runText(in: .english, folder: nil, seconds: nil)
    #expect(text.contains("S/ 420 per child-year avoided (from S/ 200; no upper end"))
  }
}
