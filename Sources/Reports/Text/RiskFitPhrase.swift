// Quiebre · Reports
// The sentences of `quiebre risk fit`, in both languages.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

enum RiskFitPhrase: Phrase {
  case head
  case dropped
  case robust
  case robustByCluster
  case robustByRow
  case modelErrors
  case weights
  case termHead
  case termLevel
  case termPercent
  case districts
  case likelihood
  case qualityHead
  case area
  case brier
  case slope
  case intercept
  case flatters
  case hosmerLemeshow
  case surveyResiduals
  case fitsWell
  case fitsBadly
  case groupHead
  case regionHead
  case regionNote
  case classHead
  case classNote
  case written
  case scoring

  var text: LocalizedText {
    switch self {
    case .head:
      LocalizedText(
        en: "Logistic regression · {1}: {2} children, {3} of them in child labor; {4} % by weight",
        es: "Regresión logística · {1}: {2} NNA, {3} de ellos en trabajo infantil; {4} % con pesos")
    case .dropped:
      LocalizedText(
        en: "{1} rows with an empty cell left out", es: "{1} filas con celda vacía quedaron fuera")
    case .robust:
      LocalizedText(
        en:
          "robust errors over {1} clusters in {2} strata, Student's t with {3} degrees of freedom",
        es: "errores robustos sobre {1} conglomerados en {2} estratos, t con {3} grados de libertad"
      )
    case .robustByCluster:
      LocalizedText(
        en: "robust errors over {1} clusters, Student's t with {2} degrees of freedom",
        es: "errores robustos sobre {1} conglomerados, t de Student con {2} grados de libertad")
    case .robustByRow:
      LocalizedText(
        en: "robust errors, each row by itself, Student's t with {1} degrees of freedom",
        es: "errores robustos, cada fila por sí sola, t de Student con {1} grados de libertad")
    case .modelErrors:
      LocalizedText(
        en: "errors of the model: right only if rows are independent and weigh the same",
        es: "errores del modelo: correctos solo si las filas son independientes y pesan igual")
    case .weights:
      LocalizedText(
        en: "weights worth {1} equal ones", es: "pesos que valen por {1} iguales")
    case .termHead:
      LocalizedText(
        en: "term|coefficient|error|p|odds ratio (95 %)",
        es: "término|coeficiente|error|p|razón de momios (95 %)")
    case .termLevel: LocalizedText(en: "{1}: {2} (not {3})", es: "{1}: {2} (no {3})")
    case .termPercent: LocalizedText(en: "{1} (0 to 100 %)", es: "{1} (de 0 a 100 %)")
    case .districts:
      LocalizedText(
        en:
          "Districts: sigma_u {1} (error {2}) over {3} districts, {4} quadrature points; {5} % of "
          + "the propensity's variance lies between districts.",
        es: "Distritos: sigma_u {1} (error {2}) en {3} distritos, {4} puntos de cuadratura; {5} % "
          + "de la varianza de la propensión está entre distritos.")
    case .likelihood:
      LocalizedText(
        en: "Log likelihood {1}, McFadden's pseudo R² {2}.",
        es: "Log verosimilitud {1}, pseudo R² de McFadden {2}.")
    case .qualityHead:
      LocalizedText(
        en: "|this sample|regions left out in turn", es: "|esta muestra|regiones dejadas fuera")
    case .area: LocalizedText(en: "AUC (95 %)", es: "AUC (95 %)")
    case .brier:
      LocalizedText(
        en: "Brier score (gain on the mean)", es: "puntaje de Brier (mejora sobre la media)")
    case .slope:
      LocalizedText(en: "calibration slope (right: 1)", es: "pendiente de calibración (ideal: 1)")
    case .intercept:
      LocalizedText(
        en: "calibration intercept (right: 0)", es: "intercepto de calibración (ideal: 0)")
    case .flatters:
      LocalizedText(
        en:
          "A model is flattered by the rows it was fitted to: name --region for an honest column.",
        es: "A un modelo lo favorecen sus propias filas: nombre --region para una columna honesta.")
    case .hosmerLemeshow:
      LocalizedText(
        en: "Hosmer-Lemeshow: chi-squared {1} with {2} degrees of freedom, p {3}: {4}.",
        es: "Hosmer-Lemeshow: chi cuadrado {1} con {2} grados de libertad, p {3}: {4}.")
    case .surveyResiduals:
      LocalizedText(
        en: "Residuals by risk (survey form of Hosmer-Lemeshow): F({1}, {2}) = {3}, p {4}: {5}.",
        es: "Residuos por riesgo (forma de encuesta de Hosmer-Lemeshow): F({1}, {2}) = {3}, p "
          + "{4}: {5}.")
    case .fitsWell: LocalizedText(en: "no sign of misfit", es: "sin señal de mal ajuste")
    case .fitsBadly:
      LocalizedText(
        en: "chances aren't met somewhere; see the groups",
        es: "en alguna parte las probabilidades no se cumplen; vea los grupos")
    case .groupHead:
      LocalizedText(
        en: "chance up to|children|observed|predicted",
        es: "probabilidad hasta|NNA|observado|predicho")
    case .regionHead:
      LocalizedText(
        en: "region|children|survey (error)|model|left out|z|AUC left out",
        es: "región|NNA|encuesta (error)|modelo|dejada fuera|z|AUC fuera")
    case .regionNote:
      LocalizedText(
        en: "z = (left out - survey)/error; beyond ±2 a region is unlike the others.",
        es: "z = (dejada fuera - encuesta)/error; más allá de ±2 la región no es como las demás.")
    case .classHead:
      LocalizedText(
        en: "class|{1}|share of children|share of child labor|rate",
        es: "clase|{1}|parte de NNA|parte del trabajo infantil|tasa")
    case .classNote:
      LocalizedText(
        en: "For the same classes in a scenario: {1}",
        es: "Para las mismas clases en un escenario: {1}")
    case .written:
      LocalizedText(
        en: "Model written to {1}.", es: "Modelo escrito en {1}.")
    case .scoring:
      LocalizedText(
        en: "To score districts with it: {1}", es: "Para calcular distritos con él: {1}")
    }
  }
}
