// Quiebre · Reports
// What each line adds to a plan's result, in parts that add up: `quiebre compare --by line`.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import LaborModel
import Statistics

/// The parts of one plan.
public struct LineParts: Hashable, Sendable {
  /// One line's part; draws in the order of the run.
  public struct Part: Hashable, Sendable {
    public let id: String
    public let name: LocalizedText
    /// New money over the horizon, in the currency's unit.
    public let newMoney: Double
    /// Shapley values by draw: change of the rate (share; below 0 = fewer work) and child-years avoided.
    public let rate: [Double]
    public let avoided: [Double]
    /// Means: the line's new money alone, and on top of all others; change of the rate.
    public let alone: Double
    public let last: Double
    /// Standard error of the mean change over sampled orders; 0 if all coalitions were run.
    public let samplingError: Double

    public init(
      id: String, name: LocalizedText, newMoney: Double, rate: [Double], avoided: [Double],
      alone: Double, last: Double, samplingError: Double
    ) {
      self.id = id
      self.name = name
      self.newMoney = newMoney
      self.rate = rate
      self.avoided = avoided
      self.alone = alone
      self.last = last
      self.samplingError = samplingError
    }
  }

  public let scenario: String
  public let year: Int
  public let base: Int
  public let weights: [Double]
  public let parts: [Part]
  /// How many plans were run.
  public let coalitions: Int
  public let isExact: Bool
  public let currencySymbol: String

  public init(
    scenario: String, year: Int, base: Int, weights: [Double], parts: [Part], coalitions: Int,
    isExact: Bool, currencySymbol: String
  ) {
    self.scenario = scenario
    self.year = year
    self.base = base
    self.weights = weights
    self.parts = parts
    self.coalitions = coalitions
    self.isExact = isExact
    self.currencySymbol = currencySymbol
  }
}

extension LineParts {
  /// Mean and 5/95 % of a quantity's draws.
  struct Spread {
    let mean: Double
    let low: Double
    let high: Double
  }

  func spread(_ draws: [Double]) -> Spread {
    let ends = quantiles(of: draws, weights: weights, at: [0.05, 0.95])
    return Spread(mean: mean(of: draws, weights: weights), low: ends[0], high: ends[1])
  }

  /// The whole: the sum of the parts, draw by draw.
  func whole(_ part: (Part) -> [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: weights.count)
    for line in parts {
      for (draw, value) in part(line).enumerated() { sum[draw] += value }
    }
    return sum
  }

  /// A table whose rows add up, and how to read it; ends with a line feed.
  public func text(in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    var table = TextTable()
    table.append(
      LinePartsPhrase.head.said(String(year), in: language).split(separator: "|").map(String.init))
    func row(
      _ label: String, _ rate: [Double], _ avoided: [Double], _ money: Double,
      _ ends: (alone: Double, last: Double)?
    ) {
      let (change, years) = (spread(rate), spread(avoided))
      let cost = money > 0 && years.mean > 0 ? money / years.mean : nil
      table.append([
        label,
        RunPhrase.pointsInterval.said(
          numbers.points(change.mean), numbers.points(change.low), numbers.points(change.high),
          in: language),
        ends.map { numbers.points($0.alone) } ?? "", ends.map { numbers.points($0.last) } ?? "",
        "\(numbers.short(years.mean)) (\(numbers.short(years.low)) - \(numbers.short(years.high)))",
        numbers.money(money, currencySymbol),
        cost.map { numbers.money(numbers.rounded($0), currencySymbol) } ?? PeopleNumbers.none,
      ])
    }
    for part in parts {
      row(
        part.name.text(in: language), part.rate, part.avoided, part.newMoney,
        (part.alone, part.last))
    }
    row(
      LinePartsPhrase.together.said(in: language), whole(\.rate), whole(\.avoided),
      parts.reduce(0) { $0 + $1.newMoney }, nil)
    let worst = parts.map(\.samplingError).max() ?? 0
    let how =
      isExact
      ? LinePartsPhrase.exact.said(String(coalitions), in: language)
      : LinePartsPhrase.sampled.said(
        String(coalitions), numbers.fixed(worst * 100, 3), in: language)
    let lines =
      [LinePartsPhrase.title.said(scenario, String(base), in: language)]
      + table.lines() + [how]
    return lines.joined(separator: "\n") + "\n"
  }

  /// One document: shares, persons and the currency's unit, unrounded.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 2_000)
    json.object(.lines) { json in
      json.member("schema", "quiebre.line-parts/1")
      json.member("scenario", scenario)
      json.member("year", year)
      json.member("base", base)
      json.member("plans_run", coalitions)
      json.member("exact", isExact)
      json.array("lines", .lines) { json in
        for part in parts {
          json.object { json in
            json.member("id", part.id)
            json.text("name", part.name)
            json.member("new_money", part.newMoney, decimals: 2)
            member("rate", spread(part.rate), &json)
            member("avoided", spread(part.avoided), &json)
            json.member("rate_alone", part.alone, decimals: nil)
            json.member("rate_last", part.last, decimals: nil)
            json.member("sampling_se", part.samplingError, decimals: nil)
          }
        }
      }
      json.object("together") { json in
        member("rate", spread(whole(\.rate)), &json)
        member("avoided", spread(whole(\.avoided)), &json)
      }
    }
    json.endLine()
    return json.finished()
  }

  private func member(_ name: String, _ spread: Spread, _ json: inout JSONWriter) {
    json.object(name) { json in
      json.member("mean", spread.mean, decimals: nil)
      json.member("p05", spread.low, decimals: nil)
      json.member("p95", spread.high, decimals: nil)
    }
  }
}

enum LinePartsPhrase: Phrase {
  case title
  case head
  case together
  case exact
  case sampled

  var text: LocalizedText {
    switch self {
    case .title:
      LocalizedText(
        en: "What each line's money after {2} adds in {1}: parts that add up",
        es: "Lo que agrega el dinero de cada línea después de {2} en {1}: partes que suman")
    case .head:
      LocalizedText(
        en: "line|rate {1} (5-95 %)|alone|on top of the others|child-years avoided|new money|per"
          + " child-year",
        es: "línea|tasa {1} (5-95 %)|sola|sobre las demás|años-niño evitados|dinero nuevo|por"
          + " año-niño")
    case .together: LocalizedText(en: "all lines", es: "todas las líneas")
    case .exact:
      LocalizedText(
        en:
          "Shapley values: the mean of what a line adds in every order of the lines; exact, {1} plans"
          + " over the same draws. A line that only helps others has nothing alone.",
        es: "Valores de Shapley: la media de lo que una línea agrega en cada orden de las líneas;"
          + " exactos, {1} planes con los mismos sorteos. Una línea que solo ayuda a otras no tiene nada"
          + " sola.")
    case .sampled:
      LocalizedText(
        en:
          "Shapley values from sampled orders of the lines: {1} plans over the same draws, standard error"
          + " at most {2} pp. A line that only helps others has nothing alone.",
        es:
          "Valores de Shapley con órdenes muestreados de las líneas: {1} planes con los mismos sorteos,"
          + " error estándar de {2} pp como máximo. Una línea que solo ayuda a otras no tiene nada sola."
      )
    }
  }
}
