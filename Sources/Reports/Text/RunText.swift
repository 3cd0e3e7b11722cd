// Quiebre · Reports
// What `quiebre run` prints: baseline, scenario, difference, and what the answer rests on.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Districts
import LaborModel
import Statistics

extension RunReport {
  /// The terminal text of one run; ends with a line feed.
  ///
  /// - Parameters:
  ///   - language: Of the words; numbers read the same in both.
  ///   - folder: Where the results lie; `nil` if nothing was written.
  ///   - seconds: How long it took; `nil` leaves it out.
  /// - Returns: Head line, table, notes.
  public func runText(in language: Language, folder: String?, seconds: Double?) -> String {
    let text = RunText(report: self, language: language)
    var lines = [text.head(folder: folder, seconds: seconds)]
    lines += text.table() + [""] + text.notes()
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}

struct RunText {
  let report: RunReport
  let language: Language

  private typealias P = RunPhrase
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }
  private var projection: Projection { report.projection }

  func head(folder: String?, seconds: Double?) -> String {
    let draws = (projection.weights.count == 1 ? P.draw : P.draws).said(
      numbers.whole(Double(projection.weights.count)),
      numbers.whole(projection.effectiveSampleSize), in: language)
    let parts = [
      folder, draws, seconds.map { P.seconds.said(numbers.fixed($0, 1), in: language) },
      report.asOf.map { P.asOf.said($0, in: language) },
    ]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  func table() -> [String] {
    var table = TextTable()
    table.append([
      "", P.baseline.said(in: language), report.plan.id, P.difference.said(in: language),
    ])
    table.append(rateRow)
    table.append(workingRow)
    for answer in report.targetAnswers() { table.append(row(answer)) }
    for row in equityRows { table.append(row) }
    table.append(moneyRow)
    table.append(avoidedRow)
    return table.lines()
  }

  private var rateRow: [String] {
    let column = report.endColumn
    let bands = report.bothOutcomes.map { $0.nationalPath.bands[AgeGroup.all.rawValue][column] }
    let change = report.difference(.nation, .all, column: column).band
    return [P.rateRow.said(String(report.plan.end), in: language)]
      + bands.map { numbers.rate($0.p50, $0.p05, $0.p95) }
      + [
        P.pointsInterval.said(
          numbers.points(change.p50), numbers.points(change.p05), numbers.points(change.p95),
          in: language)
      ]
  }

  private var workingRow: [String] {
    let counts = report.bothOutcomes.map { report.working($0) }
    return [P.workingRow.said(in: language)] + counts.map(numbers.short)
      + [numbers.signedShort(counts[1] - counts[0])]
  }

  private func row(_ answer: TargetAnswer) -> [String] {
    let mark = answer.isReached ? "✓" : "✗"
    let wanted = P.wanted.said(
      numbers.trimmed(answer.target.probability * 100), mark, in: language)
    let pairs = answer.pairs
    let moved = pairs.onlyScenario > 0 || pairs.onlyBaseline > 0
    let because = P.because.said(
      numbers.signed(pairs.difference * 100, 1), numbers.pairShare(pairs.onlyScenario),
      numbers.pairShare(pairs.onlyBaseline), in: language)
    return [
      title(answer), share(answer.baseline), share(answer.scenario),
      moved ? because + " · " + wanted : wanted,
    ]
  }

  /// What the row of a target is called.
  func title(_ answer: TargetAnswer) -> String {
    let year = String(answer.target.deadline)
    let place = report.place(of: answer.target)
    let title: String
    switch answer.target.indicator {
    case .breaks:
      let isShown = report.observed?.stagnation == .shown
      title = (isShown ? P.breakRow : P.sustainedFallRow).said(year, in: language)
    case .rate(let value):
      title = P.goalRow.said(year, numbers.trimmed(value * 100), in: language)
    case .working(let persons):
      title = P.fewRow.said(year, numbers.whole(persons), in: language)
    }
    return place.isEmpty ? title : title + " " + place
  }

  /// `30 % (27-33), unlikely`; the bounds are Wilson's.
  func share(_ share: DrawnShare) -> String { numbers.worded(share) }

  static func share(_ share: DrawnShare, in language: Language) -> String {
    PeopleNumbers(language: language).worded(share)
  }

  private var moneyRow: [String] {
    let symbol = report.unit.symbol
    let (from, to) = (String(report.plan.base + 1), String(report.plan.end))
    return [
      P.moneyRow.said(from, to, in: language), "0",
      numbers.money(Double(report.newMoney) / 100, symbol), cost,
    ]
  }

  /// Cost of a child-year avoided, rounded to two digits: it is an estimate.
  private var cost: String {
    guard report.newMoney > 0 else { return "" }
    let cost = report.costPerChildYear
    let symbol = report.unit.symbol
    func text(_ amount: Double) -> String { numbers.money(numbers.rounded(amount), symbol) }
    guard let middle = cost.middle, let low = cost.low else {
      return P.nothingAvoided.said(in: language)
    }
    guard let high = cost.high else {
      return P.costOpen.said(text(middle), text(low), in: language)
    }
    return P.costPerChildYear.said(text(middle), text(low), text(high), in: language)
  }

  private var avoidedRow: [String] {
    let avoided = report.avoidedChildYears
    let ends = [avoided.band.p50, avoided.band.p05, avoided.band.p95].map(numbers.short)
    return [
      P.avoidedRow.said(in: language), "", P.interval.said(ends[0], ends[1], ends[2], in: language),
    ]
  }
}

extension RunReport {
  /// Children of the nation who work in the final year, weighted mean.
  func working(_ outcome: ScenarioOutcome) -> Double {
    let everyone = Array(registry.districts.indices)
    let mean = outcome.nationalPath.means[AgeGroup.all.rawValue][endColumn]
    return mean * children(in: .all, of: everyone) * growth(to: plan.end)
  }

  /// Ages and area of a target where they aren't 5-17 and the nation: `14-17 Puno`.
  func place(of target: Plan.Target) -> String {
    let ages = "\(target.ages.lowerBound)-\(target.ages.upperBound)"
    let area = target.area.map { code in
      registry.departments.first { $0.code == code }?.name ?? code
    }
    return [target.ages == AgeGroup.all.ages ? nil : ages, area].compactMap(\.self)
      .joined(separator: " ")
  }
}
