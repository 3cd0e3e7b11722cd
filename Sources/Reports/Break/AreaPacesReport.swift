// Quiebre · Reports
// Which of many areas with surveys of their own fall, rise or stand still: text and JSON.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
public import Statistics

/// Findings on many areas, with the share of them to expect wrong.
public struct AreaPacesReport: Sendable {
  public var series: String
  public var asOf: String?
  public var areas: [String]
  /// One per area; `nil` = without a survey of its own.
  public var paces: [AreaPace?]
  /// Δ, pp a year; 0 = no area can be shown stagnant.
  public var tolerance: Double
  /// q.
  public var limit: Double
  public var dependence: Dependence

  public init(
    series: String, asOf: String?, areas: [String], paces: [AreaPace?], tolerance: Double,
    limit: Double, dependence: Dependence
  ) {
    self.series = series
    self.asOf = asOf
    self.areas = areas
    self.paces = paces
    self.tolerance = tolerance
    self.limit = limit
    self.dependence = dependence
  }

  /// A table of all areas; ends with a line feed.
  public func text(in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    func said(_ phrase: AreaPhrase) -> String { phrase.said(in: language) }
    var table = TextTable()
    table.append([
      said(.area), said(.years), said(.pace), said(.error), said(.pChange), said(.pStagnant),
      said(.finding),
    ])
    for (area, pace) in zip(areas, paces) {
      guard let pace else {
        table.append([area, "", "", "", "", "", said(.noSurvey)])
        continue
      }
      table.append([
        area, numbers.year(pace.from) + "-" + numbers.year(pace.to), numbers.signed(pace.slope, 2),
        numbers.fixed(pace.standardError, 2), numbers.pValue(pace.adjustedChange),
        numbers.pValue(pace.adjustedStagnant), pace.finding.words.text(in: language),
      ])
    }
    let procedure: AreaPhrase = dependence == .positive ? .hochberg : .yekutieli
    let closing = AreaPhrase.closing.said(
      numbers.trimmed(limit * 100), procedure.said(in: language), numbers.fixed(tolerance, 2),
      in: language)
    return (table.lines() + [closing]).joined(separator: "\n") + "\n"
  }

  /// One JSON document, every number unrounded; ends with a line feed.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 400 * areas.count)
    json.object(.lines) { json in
      json.member("schema", "quiebre.break-areas/1")
      json.member("series", series)
      json.member("as_of", asOf)
      json.member("tolerance", tolerance, decimals: nil)
      json.member("limit", limit, decimals: nil)
      json.member("dependence", dependence.rawValue)
      json.array("areas", .lines) { json in
        for (area, pace) in zip(areas, paces) {
          json.object { json in
            json.member("area", area)
            json.member("finding", pace?.finding.rawValue)
            json.member("from", pace?.from, decimals: nil)
            json.member("to", pace?.to, decimals: nil)
            json.member("count", pace?.count)
            json.member("slope", pace?.slope, decimals: nil)
            json.member("se", pace?.standardError, decimals: nil)
            json.member("p_change", pace?.pChange, decimals: nil)
            json.member("adjusted_change", pace?.adjustedChange, decimals: nil)
            json.member("p_stagnant", pace?.pStagnant, decimals: nil)
            json.member("adjusted_stagnant", pace?.adjustedStagnant, decimals: nil)
          }
        }
      }
    }
    json.endLine()
    return json.finished()
  }
}

enum AreaPhrase: Phrase {
  case area
  case years
  case pace
  case error
  case pChange
  case pStagnant
  case finding
  case noSurvey
  case closing
  case hochberg
  case yekutieli

  var text: LocalizedText {
    switch self {
    case .area: LocalizedText(en: "area", es: "área")
    case .years: LocalizedText(en: "years", es: "años")
    case .pace: LocalizedText(en: "pp a year", es: "pp al año")
    case .error: LocalizedText(en: "error", es: "error")
    case .pChange: LocalizedText(en: "p(no change)", es: "p(sin cambio)")
    case .pStagnant: LocalizedText(en: "p(not within Δ)", es: "p(no dentro de Δ)")
    case .finding: LocalizedText(en: "finding", es: "hallazgo")
    case .noSurvey:
      LocalizedText(
        en: "no survey of its own in two years: not tested",
        es: "sin encuesta propia en dos años: no se prueba")
    case .closing:
      LocalizedText(
        en: "p-values are adjusted for all areas ({2}): at most {1} % of the findings of a kind are"
          + " expected wrong. Δ = {3} pp a year.",
        es: "los valores p están ajustados por todas las áreas ({2}): a lo sumo {1} % de los"
          + " hallazgos de un tipo se espera equivocado. Δ = {3} pp al año.")
    case .hochberg: LocalizedText(verbatim: "Benjamini-Hochberg")
    case .yekutieli: LocalizedText(verbatim: "Benjamini-Yekutieli")
    }
  }
}

extension AreaPace.Finding {
  var words: LocalizedText {
    switch self {
    case .falls: LocalizedText(en: "falls", es: "baja")
    case .rises: LocalizedText(en: "rises", es: "sube")
    case .stagnant: LocalizedText(en: "stagnant: shown", es: "estancada: mostrado")
    case .undetermined: LocalizedText(en: "undetermined", es: "indeterminado")
    }
  }
}
