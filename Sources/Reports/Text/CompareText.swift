// Quiebre · Reports
// Several runs side by side: what `quiebre compare` prints.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import LaborModel
import Statistics

/// Runs in columns, beside a baseline.
public enum CompareText {
  /// Rates, differences, probabilities, money and cost, one column per run.
  ///
  /// - Parameters:
  ///   - runs: At least one.
  ///   - language: Of the words.
  /// - Returns: A table that ends with a line feed. The baseline is the first run's; where the others
  ///   have different ones, a row shows each.
  public static func nation(_ runs: [ComparedRun], in language: Language) -> String {
    guard let first = runs.first else { return "" }
    let columns = runs.map { Column(run: $0, language: language) }
    var table = TextTable()
    table.append(["", RunPhrase.baseline.said(in: language)] + columns.map(\.title))
    let rate = RunPhrase.rateRow.said(String(first.ground.end), in: language)
    table.append(
      [rate, columns[0].rate(first.baseline)]
        + runs.indices.map { index in
          columns[index].rate(runs[index].scenario)
        })
    if runs.contains(where: { !$0.baseline.isPublished(as: first.baseline) }) {
      table.append(
        [ComparePhrase.ownBaseline.said(in: language), ""]
          + runs.indices.map { columns[$0].rate(runs[$0].baseline) })
    }
    table.append([RunPhrase.difference.said(in: language), ""] + columns.map(\.difference))
    table.append(
      [RunPhrase.workingRow.said(in: language), columns[0].working(first.baseline)]
        + runs.indices.map { columns[$0].working(runs[$0].scenario) })
    for target in first.targets {
      table.append(
        [target.title.text(in: language), columns[0].words(target.baseline)]
          + columns.map { $0.share(of: target) })
    }
    let years = (String(first.ground.base + 1), String(first.ground.end))
    table.append(
      [RunPhrase.moneyRow.said(years.0, years.1, in: language), "0"] + columns.map(\.money))
    table.append([RunPhrase.avoidedRow.said(in: language), ""] + columns.map(\.avoided))
    table.append([ComparePhrase.cost.said(in: language), ""] + columns.map(\.cost))
    appendEquity(runs, to: &table, in: language)
    return table.lines().joined(separator: "\n") + "\n"
  }

  /// Concentration on the poor and the rural gap, where every run has them.
  private static func appendEquity(
    _ runs: [ComparedRun], to table: inout TextTable, in language: Language
  ) {
    let rows = runs.map { $0.equity.filter(\.isPrinted) }
    for (place, row) in rows[0].enumerated() where rows.allSatisfy({ $0.count == rows[0].count }) {
      table.append(
        [
          row.title.said(String(row.year), in: language),
          row.text(row.baseline, isDifference: false, in: language),
        ] + rows.map { $0[place].text($0[place].scenario, isDifference: false, in: language) })
    }
  }

  /// One row per area: baseline rate, then each run's change (means), pp.
  ///
  /// - Parameters:
  ///   - runs: At least one, with their areas of that year.
  ///   - year: The year that is looked at.
  ///   - language: Of the words.
  /// - Returns: A table in the order of the codes, and who gains most and least in each run.
  public static func areas(_ runs: [ComparedRun], year: Int, in language: Language) -> String {
    guard let first = runs.first else { return "" }
    let numbers = PeopleNumbers(language: language)
    let changes = runs.map { run in
      first.areas.map { area -> Double in
        guard let own = run.areas.first(where: { $0.code == area.code }) else { return .nan }
        return own.scenario - own.baseline
      }
    }
    func points(_ value: Double) -> String {
      value.isFinite ? numbers.points(value / 100) : PeopleNumbers.none
    }
    var table = TextTable()
    table.append(
      ["", ComparePhrase.areaHeading.said(String(year), in: language)]
        + runs.map { $0.id + " (pp)" })
    for (index, area) in first.areas.enumerated() {
      table.append(
        ["\(area.code) \(area.name)", numbers.fixed(area.baseline, 1)]
          + changes.map { points($0[index]) })
    }
    let spread = zip(runs, changes).compactMap { run, changes -> String? in
      let known = changes.indices.filter { changes[$0].isFinite }
      guard let best = known.min(by: { changes[$0] < changes[$1] }),
        let worst = known.max(by: { changes[$0] < changes[$1] })
      else { return nil }
      return ComparePhrase.spread.said(
        run.id, first.areas[best].name, points(changes[best]), first.areas[worst].name,
        points(changes[worst]), in: language)
    }
    return (table.lines() + spread).joined(separator: "\n") + "\n"
  }

  /// The cells of one run.
  private struct Column {
    let run: ComparedRun
    let language: Language

    private var numbers: PeopleNumbers { PeopleNumbers(language: language) }

    var title: String {
      run.folder == nil ? run.id : run.id + " " + ComparePhrase.finished.said(in: language)
    }

    func rate(_ side: ComparedRun.Side) -> String {
      let band = side.rate.times(0.01)
      return numbers.rate(band.p50, band.p05, band.p95)
    }

    func working(_ side: ComparedRun.Side) -> String { numbers.short(side.working) }

    var difference: String {
      guard let band = run.difference?.times(0.01) else { return PeopleNumbers.none }
      guard band.p05.isFinite else {
        return ComparePhrase.unpaired.said(numbers.points(band.p50), in: language)
      }
      return RunPhrase.pointsInterval.said(
        numbers.points(band.p50), numbers.points(band.p05), numbers.points(band.p95), in: language)
    }

    /// `30 % (27-33), unlikely`.
    func words(_ share: DrawnShare) -> String { RunText.share(share, in: language) }

    func share(of target: ComparedRun.Target) -> String {
      guard let own = run.targets.first(where: { $0.id == target.id }) else {
        return PeopleNumbers.none
      }
      let change = own.scenario.estimate - own.baseline.estimate
      return numbers.probability(own.scenario) + " (" + numbers.signed(change * 100, 1) + " pp)"
    }

    var money: String { numbers.money(run.newMoney, run.symbol) }

    var avoided: String {
      guard let band = run.avoided else { return PeopleNumbers.none }
      return RunPhrase.interval.said(
        numbers.short(band.p50), numbers.short(band.p05), numbers.short(band.p95), in: language)
    }

    var cost: String {
      guard let cost = run.cost, let middle = cost.middle else { return PeopleNumbers.none }
      func text(_ amount: Double) -> String { numbers.money(numbers.rounded(amount), run.symbol) }
      guard let low = cost.low else { return text(middle) }
      return ComparePhrase.costBand.said(
        text(middle), text(low), cost.high.map(text) ?? ComparePhrase.open.said(in: language),
        in: language)
    }
  }
}

enum ComparePhrase: Phrase {
  case cost
  case areaHeading
  case spread
  case ownBaseline
  case finished
  case unpaired
  case costBand
  case open

  var text: LocalizedText {
    switch self {
    case .cost: LocalizedText(en: "cost per child-year avoided", es: "costo por año-niño evitado")
    case .areaHeading:
      LocalizedText(en: "baseline {1} (%)", es: "línea de base {1} (%)")
    case .spread:
      LocalizedText(
        en: "{1}: gains most {2} ({3} pp), least {4} ({5} pp)",
        es: "{1}: gana más {2} ({3} pp), menos {4} ({5} pp)")
    case .ownBaseline: LocalizedText(en: "  its own baseline", es: "  su propia línea de base")
    case .finished: LocalizedText(en: "(finished)", es: "(terminada)")
    case .costBand: LocalizedText(en: "{1} ({2} to {3})", es: "{1} ({2} a {3})")
    case .open: LocalizedText(en: "no upper end", es: "sin tope")
    case .unpaired:
      LocalizedText(en: "{1} pp (medians, not paired)", es: "{1} pp (medianas, sin emparejar)")
    }
  }
}
