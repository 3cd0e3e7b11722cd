// Quiebre · Reports
// The notes under the run's table: what the verdict rests on, what isn't real, what is assumed.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Statistics

extension RunText {
  private typealias P = RunPhrase
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }

  func notes() -> [String] {
    var lines: [String] = []
    lines += restsOn
    lines += drivers
    lines.append(P.horizon.said(String(report.plan.end), in: language))
    if report.targetAnswers().contains(where: { !$0.isReached }) {
      lines.append(P.askCheck.said(in: language))
    }
    let assumed = report.assumptions.filter(\.source.isEmpty)
    if !assumed.isEmpty {
      let more = assumed.count > 6 ? " … (summary.json)" : ""
      let keys = assumed.prefix(6).map(\.key).joined(separator: ", ") + more
      lines.append(P.assumed.said(String(assumed.count), keys, in: language))
    }
    if !report.synthetic.isEmpty {
      let texts = report.synthetic.map { $0.text.text(in: language) }.joined(separator: "; ")
      lines.append(P.notReal.said(in: language) + " " + texts + ".")
    }
    return lines
  }

  private var restsOn: [String] {
    guard !report.trendSensitivity.isEmpty else { return [] }
    let widths = report.trendSensitivity.map { entry in
      P.trendWidth.said(
        numbers.fixed(entry.standardDeviation, 2), numbers.bounded(entry.baseline),
        numbers.bounded(entry.scenario), in: language)
    }
    return [P.restsOn.said(in: language)] + widths.map { "  " + $0 }
  }
}
