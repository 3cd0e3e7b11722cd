// Quiebre · Reports
// Several scenarios side by side against one baseline: what `quiebre compare` prints.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Districts
import LaborModel
import Statistics

/// Scenarios of one run, over the same draws and the same baseline.
public enum CompareText {
  /// Rates, differences, probabilities, money and cost, one column per scenario.
  ///
  /// - Parameters:
  ///   - reports: At least one; all of the same projection.
  ///   - language: Of the words.
  /// - Returns: A table that ends with a line feed.
  public static func nation(_ reports: [RunReport], in language: Language) -> String {
    guard let first = reports.first else { return "" }
    let columns = reports.map { Column(report: $0, language: language) }
    var table = TextTable()
    table.append(
      ["", RunPhrase.baseline.said(in: language)] + reports.map(\.plan.id))
    let rate = RunPhrase.rateRow.said(String(first.plan.end), in: language)
    table.append([rate, columns[0].rate(isBaseline: true)] + columns.map { $0.rate() })
    table.append([RunPhrase.difference.said(in: language), ""] + columns.map(\.difference))
    table.append(
      [RunPhrase.workingRow.said(in: language), columns[0].working(isBaseline: true)]
        + columns.map { $0.working() })
    for target in first.targetAnswers() {
      let text = RunText(report: first, language: language)
      table.append(
        [text.title(target), text.share(target.baseline)]
          + columns.map { $0.share(of: target.target) })
    }
    let years = (String(first.plan.base + 1), String(first.plan.end))
    table.append(
      [RunPhrase.moneyRow.said(years.0, years.1, in: language), "0"] + columns.map(\.money))
    table.append([RunPhrase.avoidedRow.said(in: language), ""] + columns.map(\.avoided))
    table.append([ComparePhrase.cost.said(in: language), ""] + columns.map(\.cost))
    return table.lines().joined(separator: "\n") + "\n"
  }

  /// One row per department or province: baseline rate, then each scenario's change (means), pp.
  ///
  /// - Parameters:
  ///   - reports: At least one; all of the same projection.
  ///   - year: The year to look at; the final year if it isn't one of the run's.
  ///   - byProvince: Provinces instead of departments.
  ///   - language: Of the words.
  /// - Returns: A table sorted by code, and who gains most and least under each scenario.
  public static func areas(
    _ reports: [RunReport], year: Int?, byProvince: Bool, in language: Language
  ) -> String {
    guard let first = reports.first else { return "" }
    let column =
      year.flatMap { first.projection.years.firstIndex(of: $0) } ?? first.endColumn
    let areas = byProvince ? first.registry.provinces : first.registry.departments
    let numbers = PeopleNumbers(language: language)
    let baseline = paths(first.projection.baseline, byProvince)
    let changes = reports.map { report in
      zip(paths(report.outcome, byProvince), baseline).map {
        $0.means[AgeGroup.all.rawValue][column] - $1.means[AgeGroup.all.rawValue][column]
      }
    }
    var table = TextTable()
    let heading = ComparePhrase.areaHeading.said(
      String(first.projection.years[column]), in: language)
    table.append(["", heading] + reports.map { $0.plan.id + " (pp)" })
    for (index, area) in areas.enumerated() {
      let rate = numbers.rate(baseline[index].means[AgeGroup.all.rawValue][column])
      table.append(["\(area.code) \(area.name)", rate] + changes.map { numbers.points($0[index]) })
    }
    let spread = zip(reports, changes).compactMap { report, changes -> String? in
      guard let low = changes.min(), let high = changes.max(),
        let best = changes.firstIndex(of: low), let worst = changes.firstIndex(of: high)
      else { return nil }
      return ComparePhrase.spread.said(
        report.plan.id, areas[best].name, numbers.points(low), areas[worst].name,
        numbers.points(high), in: language)
    }
    return (table.lines() + spread).joined(separator: "\n") + "\n"
  }

  private static func paths(_ outcome: ScenarioOutcome, _ byProvince: Bool) -> [AreaPath] {
    byProvince ? outcome.provincePaths : outcome.departmentPaths
  }

  /// The cells of one scenario.
  private struct Column {
    let report: RunReport
    let language: Language

    private var numbers: PeopleNumbers { PeopleNumbers(language: language) }

    func rate(isBaseline: Bool = false) -> String {
      let outcome = isBaseline ? report.projection.baseline : report.outcome
      let band = outcome.nationalPath.bands[AgeGroup.all.rawValue][report.endColumn]
      return numbers.rate(band.p50, band.p05, band.p95)
    }

    func working(isBaseline: Bool = false) -> String {
      numbers.short(report.working(isBaseline ? report.projection.baseline : report.outcome))
    }

    var difference: String {
      let band = report.difference(.nation, .all, column: report.endColumn).band
      return RunPhrase.pointsInterval.said(
        numbers.points(band.p50), numbers.points(band.p05), numbers.points(band.p95), in: language)
    }

    func share(of target: Plan.Target) -> String {
      guard let own = report.plan.targets.first(where: { $0.id == target.id }),
        let answer = report.answer(own)
      else { return PeopleNumbers.none }
      let because = numbers.signed(answer.pairs.difference * 100, 1)
      return numbers.probability(answer.scenario) + " (" + because + " pp)"
    }

    var money: String {
      numbers.money(Double(report.newMoney) / 100, report.unit.symbol)
    }

    var avoided: String {
      let band = report.avoidedChildYears.band
      return RunPhrase.interval.said(
        numbers.short(band.p50), numbers.short(band.p05), numbers.short(band.p95), in: language)
    }

    var cost: String {
      guard let middle = report.costPerChildYear.middle else { return PeopleNumbers.none }
      return numbers.money(numbers.rounded(middle), report.unit.symbol)
    }
  }
}

enum ComparePhrase: Phrase {
  case cost
  case areaHeading
  case spread

  var text: LocalizedText {
    switch self {
    case .cost: LocalizedText(en: "cost per child-year avoided", es: "costo por año-niño evitado")
    case .areaHeading:
      LocalizedText(en: "baseline {1} (%)", es: "línea de base {1} (%)")
    case .spread:
      LocalizedText(
        en: "{1}: gains most {2} ({3} pp), least {4} ({5} pp)",
        es: "{1}: gana más {2} ({3} pp), menos {4} ({5} pp)")
    }
  }
}
