// Quiebre · Reports
// What `quiebre risk` prints: classes with their children, and the highest districts.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Districts
public import LaborModel

extension DistrictRisk {
  /// Classes with districts and children, the highest districts, and how the risk was found.
  ///
  /// - Parameters:
  ///   - registry: Of the same districts.
  ///   - language: Of the words.
  ///   - shown: How many of the highest districts to list.
  /// - Returns: Text that ends with a line feed.
  public func text(of registry: DistrictRegistry, in language: Language, shown: Int = 10)
    -> String
  {
    let numbers = PeopleNumbers(language: language)
    let known = rate.indices.filter { rate[$0].isFinite }
    let head = RiskPhrase.head.said(
      numbers.whole(Double(known.count)), numbers.whole(Double(rate.count)),
      RiskPhrase.scoring(scoring).said(in: language), in: language)
    let cutLine = RiskPhrase.cuts.said(
      numbers.trimmed(cuts.mediumFrom * 100), numbers.trimmed(cuts.highFrom * 100), in: language)
    var lines = [head] + classLines(registry, known, language) + [cutLine, ""]
    lines += highest(registry, known, language, shown)
    if !logitError.contains(where: { $0 > 0 }) {
      lines.append(RiskPhrase.noError.said(in: language))
    }
    if synthetic { lines.append(RiskPhrase.synthetic.said(in: language)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func classLines(
    _ registry: DistrictRegistry, _ known: [Int], _ language: Language
  ) -> [String] {
    let numbers = PeopleNumbers(language: language)
    let everyone = known.reduce(0.0) { $0 + registry.children[$1] }
    var table = TextTable()
    table.append(RiskPhrase.classHead.said(in: language).split(separator: "|").map(String.init))
    for riskClass in RiskClass.allCases.reversed() {
      let members = known.filter { classes[$0] == riskClass }
      let children = members.reduce(0.0) { $0 + registry.children[$1] }
      let working = members.reduce(0.0) { $0 + registry.children[$1] * rate[$1] }
      table.append([
        riskClass.words.text(in: language), numbers.whole(Double(members.count)),
        numbers.short(children),
        everyone > 0 ? numbers.fixed(children / everyone * 100, 1) + " %" : PeopleNumbers.none,
        children > 0 ? numbers.rate(working / children) + " %" : PeopleNumbers.none,
      ])
    }
    return table.lines()
  }

  private func highest(
    _ registry: DistrictRegistry, _ known: [Int], _ language: Language, _ shown: Int
  ) -> [String] {
    let numbers = PeopleNumbers(language: language)
    let order = known.sorted { (rate[$1], $0) < (rate[$0], $1) }
    var table = TextTable()
    for district in order.prefix(shown) {
      let place = registry.districts[district]
      table.append([
        "  " + place.code, "\(place.name) (\(place.department))",
        (logitError[district] > 0
          ? numbers.rate(rate[district], p05[district], p95[district])
          : numbers.rate(rate[district])) + " %",
        factors[district].joined(separator: ", "),
      ])
    }
    let lines = table.lines()
    return lines.isEmpty ? [] : [RiskPhrase.highest.said(String(lines.count), in: language)] + lines
  }
}

extension RiskClass {
  var words: LocalizedText {
    switch self {
    case .low: LocalizedText(en: "low", es: "bajo")
    case .medium: LocalizedText(en: "medium", es: "medio")
    case .high: LocalizedText(en: "high", es: "alto")
    }
  }
}

enum RiskPhrase: Phrase {
  case head
  case byCells
  case byMeans
  case bySurface
  case byTable
  case classHead
  case cuts
  case highest
  case noError
  case synthetic

  /// The words for how the risk was found.
  static func scoring(_ code: String) -> RiskPhrase {
    switch code {
    case "cells": .byCells
    case "means": .byMeans
    case "surface": .bySurface
    default: .byTable
    }
  }

  var text: LocalizedText {
    switch self {
    case .head:
      LocalizedText(
        en: "MIRTI risk of {1} of {2} districts · {3}",
        es: "Riesgo MIRTI de {1} de {2} distritos · {3}")
    case .byCells: LocalizedText(en: "scored by cells", es: "calculado por celdas")
    case .byMeans:
      LocalizedText(en: "scored on district means", es: "calculado con medias distritales")
    case .bySurface: LocalizedText(en: "joined from a surface", es: "unido desde una superficie")
    case .byTable: LocalizedText(en: "taken from a table", es: "tomado de una tabla")
    case .classHead:
      LocalizedText(
        en: "class|districts|children|share|mean rate", es: "clase|distritos|NNA|parte|tasa media")
    case .cuts:
      LocalizedText(
        en: "medium from {1} %, high from {2} %; a value on a cut goes up",
        es: "medio desde {1} %, alto desde {2} %; un valor en el corte sube")
    case .highest:
      LocalizedText(
        en: "The {1} highest (5-95 %), with their strongest factors:",
        es: "Los {1} más altos (5-95 %), con sus factores más fuertes:")
    case .noError:
      LocalizedText(
        en: "The error of the risk is unknown: no intervals, no probabilities of classes.",
        es:
          "El error del riesgo es desconocido: sin intervalos ni probabilidades de clase."
      )
    case .synthetic:
      LocalizedText(
        en: "Synthetic model: not official; put the ministry's table or raster in its place.",
        es:
          "Modelo sintético: no es oficial; ponga en su lugar la tabla o el ráster del ministerio.")
    }
  }
}
