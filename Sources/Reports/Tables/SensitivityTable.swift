// Quiebre · Reports
// sensitivity.csv and its lines: what each uncertain input explains alone.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Statistics

extension RunReport {
  /// One row per answer and input: the exit rate first, then the largest shares.
  ///
  /// A share may come out slightly below 0: it is unbiased, and 0 means no effect.
  public func sensitivityTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "sensitivity", es: "De qué datos inciertos depende la respuesta",
      en: "Which uncertain inputs the answer depends on",
      [C.outcome, C.input, C.firstOrder, C.firstOrderError])
    for share in inputShares {
      table.append([
        .text(share.outcome.rawValue), .text(share.key), .percent(share.first?.value),
        .percent(share.first?.standardError),
      ])
    }
    return table
  }

  /// Members of `sensitivity` in summary.json.
  func writeInputShares(to json: inout JSONWriter) {
    for share in inputShares {
      json.object { json in
        json.member("outcome", share.outcome.rawValue)
        json.member("input", share.key)
        json.member("first", (share.first?.value).map { $0 * 100 }, decimals: 2)
        json.member("se", (share.first?.standardError).map { $0 * 100 }, decimals: 2)
      }
    }
  }
}

extension RunText {
  /// Inputs beside the exit rate that a line names.
  private static let mostDrivers = 4

  /// What drives each answer: the exit rate, and what explains more than its error.
  var drivers: [String] {
    let numbers = PeopleNumbers(language: language)
    return InputShare.Outcome.allCases.compactMap { outcome -> String? in
      let rows = report.inputShares.filter { $0.outcome == outcome }
      guard let exit = rows.first else { return nil }
      let others = rows.dropFirst().filter { row in
        row.first.map { $0.value > 2 * $0.standardError && $0.value > 0.01 } ?? false
      }
      let named = ([exit] + others.prefix(Self.mostDrivers)).map { row in
        let share = row.first.map { max(0, $0.value) * 100 } ?? .nan
        return "\(row.key) \(numbers.fixed(share, 0)) %"
      }
      let phrase: InputPhrase = outcome == .rate ? .rateDrivers : .avoidedDrivers
      return phrase.said(
        String(report.plan.end), named.joined(separator: ", "), in: language)
    }
  }
}

enum InputPhrase: Phrase {
  case rateDrivers
  case avoidedDrivers

  var text: LocalizedText {
    switch self {
    case .rateDrivers:
      LocalizedText(
        en: "What the uncertainty of the rate {1} is owed to, each input alone: {2}.",
        es: "De qué viene la incertidumbre de la tasa {1}, cada dato por sí solo: {2}.")
    case .avoidedDrivers:
      LocalizedText(
        en: "The same for the child-years avoided up to {1}: {2}.",
        es: "Lo mismo para los años-niño evitados hasta {1}: {2}.")
    }
  }
}
