// Quiebre · Reports
// The sentences of `quiebre run`, in both languages.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

enum RunPhrase: Phrase {
  case draws
  case draw
  case seconds
  case asOf
  case baseline
  case difference
  case rateRow
  case workingRow
  case breakRow
  case sustainedFallRow
  case goalRow
  case fewRow
  case moneyRow
  case avoidedRow
  case pointsInterval
  case interval
  case because
  case wanted
  case share
  case shareBand
  case costPerChildYear
  case costOpen
  case nothingAvoided
  case horizon
  case notReal
  case restsOn
  case trendWidth
  case assumed
  case askCheck

  var text: LocalizedText {
    switch self {
    case .draws:
      LocalizedText(
        en: "{1} draws ({2} effective)", es: "{1} sorteos ({2} efectivos)")
    case .draw:
      LocalizedText(en: "{1} draw ({2} effective)", es: "{1} sorteo ({2} efectivo)")
    case .seconds: LocalizedText(en: "{1} s", es: "{1} s")
    case .asOf: LocalizedText(en: "as of {1}", es: "con datos hasta {1}")
    case .baseline: LocalizedText(en: "baseline", es: "línea de base")
    case .difference: LocalizedText(en: "difference", es: "diferencia")
    case .rateRow: LocalizedText(en: "rate {1} (5-95 %)", es: "tasa {1} (5-95 %)")
    case .workingRow: LocalizedText(en: "children working", es: "NNA que trabajan")
    case .breakRow: LocalizedText(en: "P(break by {1})", es: "P(quiebre hasta {1})")
    case .sustainedFallRow:
      LocalizedText(en: "P(sustained fall by {1})", es: "P(baja sostenida hasta {1})")
    case .goalRow: LocalizedText(en: "P(rate {1} ≤ {2} %)", es: "P(tasa {1} ≤ {2} %)")
    case .fewRow: LocalizedText(en: "P(working {1} ≤ {2})", es: "P(trabajan {1} ≤ {2})")
    case .moneyRow: LocalizedText(en: "new money {1}-{2}", es: "dinero nuevo {1}-{2}")
    case .avoidedRow:
      LocalizedText(en: "child-years avoided (median)", es: "años-niño evitados (mediana)")
    case .pointsInterval: LocalizedText(en: "{1} pp ({2} to {3})", es: "{1} pp ({2} a {3})")
    case .interval: LocalizedText(en: "{1} ({2} to {3})", es: "{1} ({2} a {3})")
    case .because:
      LocalizedText(
        en: "{1} pp (because of it {2}, lost {3})", es: "{1} pp (gracias a él {2}, perdidos {3})")
    case .wanted: LocalizedText(en: "wanted {1} % {2}", es: "se pide {1} % {2}")
    case .share: LocalizedText(en: "{1} ({2}-{3}), {4}", es: "{1} ({2}-{3}), {4}")
    case .shareBand: LocalizedText(en: "{1} ({2}-{3})", es: "{1} ({2}-{3})")
    case .costPerChildYear:
      LocalizedText(
        en: "{1} per child-year avoided ({2}-{3})", es: "{1} por año-niño evitado ({2}-{3})")
    case .costOpen:
      LocalizedText(
        en: "{1} per child-year avoided (from {2}; no upper end: in some futures none is avoided)",
        es: "{1} por año-niño evitado (desde {2}; sin tope: en algunos futuros no se evita ninguno)"
      )
    case .nothingAvoided:
      LocalizedText(en: "no child-year avoided", es: "no se evita ningún año-niño")
    case .horizon:
      LocalizedText(
        en: "Child-years count up to {1}; benefits after that are not counted.",
        es: "Los años-niño cuentan hasta {1}; los beneficios posteriores no se cuentan.")
    case .notReal: LocalizedText(en: "Not real data:", es: "No son datos reales:")
    case .restsOn:
      LocalizedText(
        en: "P(break) by width of the trend assumed (sd, log points a year):",
        es: "P(quiebre) según la amplitud supuesta de la tendencia (de, puntos log por año):")
    case .trendWidth:
      LocalizedText(
        en: "{1}: {2} without, {3} with the money", es: "{1}: {2} sin el dinero, {3} con él")
    case .askCheck:
      LocalizedText(
        en: "Whether any sum of money in these lines could reach a missed target: quiebre check.",
        es:
          "Si alguna suma de dinero en estas líneas alcanzaría una meta no lograda: quiebre check.")
    case .assumed:
      LocalizedText(
        en: "Assumed, without a source ({1}): {2}", es: "Supuesto, sin fuente ({1}): {2}")
    }
  }
}
