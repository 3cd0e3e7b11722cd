// Quiebre · quiebre
// `quiebre risk fit`: its flags, and how they become a request.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

extension Verb {
  static let riskFitFlags = [
    Flag(
      "--outcome", value: "COLUMN", en: "fit: column of 0 and 1", es: "fit: columna de 0 y 1"),
    Flag(
      "--terms", value: "LIST", en: "fit: age,sex=girl,rural_pct% (=: category, %: percent)",
      es: "fit: edad,sexo=niña,rural_pct% (=: categoría, %: porcentaje)"),
    Flag("--weight", value: "COLUMN", en: "fit: survey weights", es: "fit: pesos de la encuesta"),
    Flag("--cluster", value: "COLUMN", en: "fit: clusters (PSU)", es: "fit: conglomerados (UPM)"),
    Flag("--strata", value: "COLUMN", en: "fit: strata", es: "fit: estratos"),
    Flag(
      "--district", value: "COLUMN", en: "fit: districts with a random intercept",
      es: "fit: distritos con intercepto aleatorio"),
    Flag(
      "--points", value: "N", en: "fit: quadrature points (default 7; 1 = Laplace)",
      es: "fit: puntos de cuadratura (por defecto 7; 1 = Laplace)"),
    Flag(
      "--region", value: "COLUMN", en: "fit: regions to leave out in turn",
      es: "fit: regiones que se dejan fuera por turno"),
    Flag(
      "--missing", value: "refuse|drop", en: "fit: rows with an empty cell",
      es: "fit: filas con una celda vacía"),
    Flag(
      "--lonely", value: "fail|certainty|adjust|average", en: "fit: strata of one cluster",
      es: "fit: estratos de un solo conglomerado"),
    Flag(
      "--errors", value: "robust|model", en: "fit: covariance of the coefficients",
      es: "fit: covarianza de los coeficientes"),
    Flag(
      "--cuts", value: "MEDIUM,HIGH", en: "fit: percent where classes begin (rule fixed)",
      es: "fit: porcentajes donde empiezan las clases (regla fixed)"),
    Flag(
      "--definition", value: "GROUP", en: "fit: definition of the outcome, as in the series",
      es: "fit: definición del resultado, como en la serie"),
    Flag(
      "--survey", value: "TEXT", en: "fit: name of the survey", es: "fit: nombre de la encuesta"),
    Flag("--year", value: "YEAR", en: "fit: year of the survey", es: "fit: año de la encuesta"),
    Flag("--source", value: "TEXT", en: "fit: source and note", es: "fit: fuente y nota"),
    Flag(
      "--synthetic", en: "fit: mark the model as not official", es: "fit: marca que no es oficial"),
  ]
}

extension Invocation {
  /// Whether the verb `risk` is asked for a fit.
  var isRiskFit: Bool { operands.first == "fit" && operands.count == 2 }

  func riskFitRequest() throws(UsageError) -> RiskFitRequest {
    let outcome = try required("--outcome", en: "fit needs an outcome", es: "fit pide un resultado")
    let terms = try required("--terms", en: "fit needs terms", es: "fit pide términos")
    var request = RiskFitRequest(
      table: operands[1], outcome: outcome, terms: terms.split(separator: ",").map(String.init))
    request.weight = last("--weight")
    request.cluster = last("--cluster")
    request.stratum = last("--strata")
    request.district = last("--district")
    request.region = last("--region")
    request.points = try integer("--points", in: 1...64) ?? request.points
    request.missing = try choice("--missing", among: ["refuse", "drop"]) ?? request.missing
    request.lonely =
      try choice("--lonely", among: ["fail", "certainty", "adjust", "average"]) ?? request.lonely
    request.errors = try choice("--errors", among: ["robust", "model"]) ?? request.errors
    request.classRule = try choice("--classes", among: ["fixed", "equal", "quantile", "jenks"])
    request.cuts = try cuts(for: request.classRule)
    request.definition = last("--definition") ?? ""
    request.survey = last("--survey") ?? ""
    request.year = try integer("--year", in: 1000...9999) ?? 0
    request.source = last("--source") ?? ""
    request.isSynthetic = has("--synthetic")
    request.output = last("--out")
    request.json = has("--json")
    if request.output != nil {
      for flag in ["--definition", "--survey", "--year"] {
        _ = try required(flag, en: "--out: the model must say", es: "--out: el modelo debe decir")
      }
    }
    return request
  }

  private func required(_ flag: String, en: String, es: String) throws(UsageError) -> String {
    guard let value = last(flag), !value.isEmpty else {
      throw UsageError(what: LocalizedText(en: "\(en): \(flag)", es: "\(es): \(flag)"), verb: verb)
    }
    return value
  }

  /// The cut points that the rule `fixed` needs; none for the others.
  private func cuts(for rule: String?) throws(UsageError) -> [Double] {
    let text = last("--cuts")
    guard rule == "fixed" || (rule == nil && text != nil) else { return [] }
    let parts = (text ?? "").split(separator: ",").compactMap { Double($0) }
    guard parts.count == 2, parts[0] > 0, parts[0] < parts[1], parts[1] < 100 else {
      throw UsageError(
        what: LocalizedText(
          en: "fixed classes need --cuts MEDIUM,HIGH in percent, such as 15,30",
          es: "las clases fijas piden --cuts MEDIO,ALTO en porcentaje, por ejemplo 15,30"),
        verb: verb)
    }
    return parts
  }
}
