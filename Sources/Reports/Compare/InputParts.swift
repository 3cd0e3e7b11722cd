// Quiebre · Reports
// What a plan's answers owe to each uncertain input, alone and in all: `quiebre compare --by input`.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import LaborModel
import Statistics

/// First-order shares from the draws at hand, total effects from runs with a line drawn afresh.
public struct InputParts: Sendable {
  /// Answers of all draws after the inputs of one line, or of all lines, were drawn again.
  public struct Redrawn: Sendable {
    /// The line's name; `nil` = all lines together.
    public let line: String?
    public let rate: [Double]
    public let avoided: [Double]

    public init(line: String?, rate: [Double], avoided: [Double]) {
      self.line = line
      self.rate = rate
      self.avoided = avoided
    }
  }

  public let scenario: String
  public let year: Int
  public let runs: Int
  /// The exit rate first, then inputs by what they explain alone, lines, all lines, all but the lines.
  public let shares: [InputShare]

  /// - Parameters:
  ///   - report: The run.
  ///   - redrawn: One for each line, then one for all lines.
  public init(_ report: RunReport, redrawn: [Redrawn]) {
    scenario = report.plan.id
    year = report.plan.end
    runs = redrawn.count
    let first = report.firstOrderShares()
    let weights = report.projection.weights
    shares = InputShare.Outcome.allCases.flatMap { outcome -> [InputShare] in
      let own = first.filter { $0.outcome == outcome }
      guard !own.isEmpty else { return [] }
      let effect = EffectShares(of: report.draws(of: outcome), weights: weights)
      let totals = redrawn.map { run in
        (run.line, effect.total(redrawn: outcome == .rate ? run.rate : run.avoided))
      }
      let lines = totals.map { line, total in
        InputShare(
          outcome: outcome, key: line.map { "line." + $0 } ?? InputParts.allLines, first: nil,
          total: total)
      }
      guard let all = totals.last?.1 else { return own }
      // V(E(Y|country))/V(Y) = 1 − the total of all lines: the two groups are independent.
      let rest = InputShare(
        outcome: outcome, key: InputParts.country,
        first: DrawnFigure(value: 1 - all.value, standardError: all.standardError), total: nil)
      return own + lines + [rest]
    }
  }

  static let allLines = "line.*"
  static let country = "country"
}

extension InputParts {
  /// A table of both answers; ends with a line feed.
  public func text(in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    func cell(_ figure: DrawnFigure?) -> String {
      guard let figure, figure.value.isFinite else { return PeopleNumbers.none }
      let share = numbers.fixed(max(0, figure.value) * 100, 1)
      return "\(share) (± \(numbers.fixed(figure.standardError * 100, 1)))"
    }
    var table = TextTable()
    table.append(
      InputPartsPhrase.head.said(String(year), in: language).split(separator: "|").map(String.init))
    for share in shares.filter({ $0.outcome == .rate }) {
      let other = shares.first { $0.outcome == .avoided && $0.key == share.key }
      table.append([
        name(share.key, in: language), cell(share.first), cell(share.total), cell(other?.first),
        cell(other?.total),
      ])
    }
    return
      ([InputPartsPhrase.title.said(scenario, in: language)] + table.lines()
      + [InputPartsPhrase.how.said(String(runs), in: language)]).joined(separator: "\n") + "\n"
  }

  private func name(_ key: String, in language: Language) -> String {
    switch key {
    case Self.allLines: InputPartsPhrase.allLines.said(in: language)
    case Self.country: InputPartsPhrase.country.said(in: language)
    default: key
    }
  }

  /// One document: shares, unrounded.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 4_000)
    json.object(.lines) { json in
      json.member("schema", "quiebre.input-parts/1")
      json.member("scenario", scenario)
      json.member("year", year)
      json.member("runs", runs)
      json.array("shares", .lines) { json in
        for share in shares {
          json.object { json in
            json.member("outcome", share.outcome.rawValue)
            json.member("input", share.key)
            if let first = share.first { json.figure("first", first) }
            if let total = share.total { json.figure("total", total) }
          }
        }
      }
    }
    json.endLine()
    return json.finished()
  }
}

enum InputPartsPhrase: Phrase {
  case title
  case head
  case allLines
  case country
  case how

  var text: LocalizedText {
    switch self {
    case .title:
      LocalizedText(
        en:
          "{1}: what the uncertainty of the answers is owed to, % of the variance (± standard error)",
        es:
          "{1}: de qué viene la incertidumbre de las respuestas, % de la varianza (± error estándar)"
      )
    case .head:
      LocalizedText(
        en: "input|rate {1}: alone|in all|child-years avoided: alone|in all",
        es: "dato|tasa {1}: solo|en total|años-niño evitados: solo|en total")
    case .allLines: LocalizedText(en: "all lines together", es: "todas las líneas juntas")
    case .country:
      LocalizedText(
        en: "all but the lines (level, exit, trend, shocks)",
        es: "todo menos las líneas (nivel, salida, tendencia, choques)")
    case .how:
      LocalizedText(
        en:
          "Alone: what knowing only this input would take off. In all: what would remain if all else were"
          + " known (a line: all its inputs, drawn again in {1} runs). Inputs of the country hang together"
          + " once weighed by published rates: their shares overlap.",
        es:
          "Solo: lo que quitaría saber solo este dato. En total: lo que quedaría si se supiera todo lo"
          + " demás (una línea: todos sus datos, sorteados otra vez en {1} corridas). Los datos del país se"
          + " relacionan al pesarlos con las tasas publicadas: sus partes se traslapan.")
    }
  }
}
