// Quiebre · Reports
// equity.csv and its lines: who carries child labor, with and without the money.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel

extension RunReport {
  /// One row per measure, year and side; rates and their gap in percent and points.
  public func equityTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "equity", es: "Equidad: concentración por pobreza, brecha rural-urbana",
      en: "Equity: concentration by poverty, gap between rural and urban",
      [C.measure, C.year, C.scenario, C.value05, C.value50, C.value95, C.valueMean])
    for row in equityRows() {
      let factor = row.measure.isShare ? 100.0 : 1
      let sides = [
        (projection.baseline.id, row.baseline), (outcome.id, row.scenario),
        ("difference", row.difference),
      ]
      for (side, figure) in sides {
        table.append([
          .text(row.measure.rawValue), .integer(row.year), .text(side),
          .real(figure.band.p05 * factor), .real(figure.band.p50 * factor),
          .real(figure.band.p95 * factor), .real(figure.mean * factor),
        ])
      }
    }
    return table
  }

  /// Members of `equity` in summary.json.
  func writeEquity(to json: inout JSONWriter) {
    for row in equityRows() {
      let factor = row.measure.isShare ? 100.0 : 1
      json.object { json in
        json.member("measure", row.measure.rawValue)
        json.member("year", row.year)
        for (name, figure) in [
          ("baseline", row.baseline), ("scenario", row.scenario), ("difference", row.difference),
        ] {
          json.band(name, figure.band, mean: figure.mean, times: factor, decimals: 4)
        }
      }
    }
  }
}

extension RunText {
  /// Two rows at most: Erreygers' index and the rural gap in the last year.
  var equityRows: [[String]] {
    report.equityRows().filter { $0.year == report.plan.end && $0.isPrinted }.map { row in
      [
        row.title.said(String(row.year), in: language),
        row.text(row.baseline, isDifference: false, in: language),
        row.text(row.scenario, isDifference: false, in: language),
        row.text(row.difference, isDifference: true, in: language),
      ]
    }
  }
}

extension EquityRow {
  /// Whether the terminal shows it; tables and summary hold all.
  var isPrinted: Bool {
    (measure == .erreygers || measure == .gap) && scenario.mean.isFinite
  }

  var title: EquityPhrase { measure == .gap ? .gap : .concentration }

  /// `0.083 (0.071 to 0.094)`, a gap in points.
  func text(_ figure: Figure, isDifference: Bool, in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    func text(_ value: Double) -> String {
      if measure == .gap {
        return isDifference ? numbers.points(value) : numbers.fixed(value * 100, 1)
      }
      return isDifference ? numbers.signed(value, 4) : numbers.fixed(value, 3)
    }
    return RunPhrase.interval.said(
      text(figure.band.p50), text(figure.band.p05), text(figure.band.p95), in: language)
  }
}

enum EquityPhrase: Phrase {
  case concentration
  case gap

  var text: LocalizedText {
    switch self {
    case .concentration:
      LocalizedText(
        en: "concentration on the poor {1} (Erreygers)",
        es: "concentración en los pobres {1} (Erreygers)")
    case .gap:
      LocalizedText(
        en: "rural rate above urban {1}, pp", es: "tasa rural sobre urbana {1}, pp")
    }
  }
}
