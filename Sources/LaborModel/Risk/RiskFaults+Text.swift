// Quiebre · LaborModel
// The faults of risk models and assessments, in words.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension Diagnostic {
  static func badModel(_ entry: String, _ flaw: ModelFlaw, at place: SourcePlace?) -> Diagnostic {
    Diagnostic(.badModelFile, entry: entry, at: place, what: flaw.sentence(entry))
  }

  static func badCovariance(_ flaw: CovarianceFlaw, at place: SourcePlace?) -> Diagnostic {
    let what =
      switch flaw {
      case .wrongSize(let size):
        LocalizedText(
          en: "the covariance must have \(size) rows and columns, one per term",
          es: "la covarianza debe tener \(size) filas y columnas, una por término")
      case .notSymmetric(let row, let column):
        LocalizedText(
          en: "the covariance isn't symmetric at row \(row), column \(column)",
          es: "la covarianza no es simétrica en la fila \(row), columna \(column)")
      case .negativeVariance(let row):
        LocalizedText(
          en: "the covariance gives a negative variance at row \(row)",
          es: "la covarianza da una varianza negativa en la fila \(row)")
      }
    return Diagnostic(.badCovariance, entry: "covariance", at: place, what: what)
  }

  static func missingVariable(_ name: String, in names: [String], file: String?) -> Diagnostic {
    let near = nearestName(to: name, in: names)
    return Diagnostic(
      .missingVariable, entry: name, at: file.map { SourcePlace(file: $0, line: 1) },
      what: LocalizedText(
        en: "the risk model needs '\(name)', and there is no such column or field",
        es: "el modelo de riesgo necesita '\(name)', y no hay tal columna o campo"),
      fix: near.map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      })
  }

  static func badCell(_ column: String, _ found: String, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badCell, entry: column, at: place,
      what: found.isEmpty
        ? LocalizedText(en: "\(column) is empty here", es: "\(column) está vacía aquí")
        : LocalizedText(
          en: "\(column) can't be \(found)", es: "\(column) no puede ser \(found)"))
  }

  static func strayEstimate(_ department: String, row: Int?, known: [String]) -> Diagnostic {
    let padded = String(repeating: "0", count: max(0, 2 - department.count)) + department
    return Diagnostic(
      .strayEstimate, entry: "ubigeo2 \(department)",
      what: LocalizedText(
        en: "an estimate for department '\(department)'\(row.map { " (line \($0))" } ?? ""), "
          + "which no district belongs to",
        es: "una estimación del departamento '\(department)'"
          + "\(row.map { " (línea \($0))" } ?? ""), al que ningún distrito pertenece"),
      fix: known.contains(padded)
        ? LocalizedText(en: "write '\(padded)'", es: "escriba '\(padded)'") : nil)
  }

  static func badClassCuts(_ rule: RiskClassRule) -> Diagnostic {
    let what =
      if case .fixed(let medium, let high) = rule {
        LocalizedText(
          en: "medium from \(medium * 100) % and high from \(high * 100) % don't make classes",
          es: "medio desde \(medium * 100) % y alto desde \(high * 100) % no forman clases")
      } else {
        LocalizedText(
          en: "the districts' rates are too alike for three classes",
          es: "las tasas de los distritos son demasiado parecidas para tres clases")
      }
    return Diagnostic(
      .badClassCuts, entry: "risk.classes", what: what,
      fix: LocalizedText(
        en: "give 0 < medium < high < 100 %", es: "dé 0 < medium < high < 100 %"))
  }

  static func impossibleRisk(_ code: String, _ rate: Double) -> Diagnostic {
    Diagnostic(
      .impossibleRisk, entry: code,
      what: LocalizedText(
        en: "district \(code): risk \(rate), or a limit of it, isn't in order within 0 to 1",
        es: "distrito \(code): el riesgo \(rate), o un límite suyo, no está en orden entre 0 y 1"),
      fix: LocalizedText(
        en: "a column in percent needs  unit = \"%\"",
        es: "una columna en porcentaje necesita  unit = \"%\""))
  }

  static func moreImpossibleRisks(_ count: Int) -> Diagnostic {
    Diagnostic(
      .impossibleRisk,
      what: LocalizedText(
        en: "… and \(count) more districts", es: "… y \(count) distritos más"))
  }

  static func imputedRisk(_ codes: [String]) -> Diagnostic {
    let list = codes.prefix(8).joined(separator: ", ") + (codes.count > 8 ? ", …" : "")
    return Diagnostic(
      .imputedRisk, .warning,
      what: LocalizedText(
        en: "\(codes.count) districts without a risk take their department's mean: \(list)",
        es: "\(codes.count) distritos sin riesgo toman la media de su departamento: \(list)"))
  }

  static func unreachableBenchmark(_ area: String, rate: Double) -> Diagnostic {
    Diagnostic(
      .unreachableBenchmark, entry: area,
      what: LocalizedText(
        en: "no shift of the districts brings \(area) to \(rate * 100) %",
        es: "ningún desplazamiento de los distritos lleva \(area) a \(rate * 100) %"))
  }

  static let noRisk = Diagnostic(
    .impossibleRisk,
    what: LocalizedText(en: "no district has a risk", es: "ningún distrito tiene un riesgo"),
    fix: LocalizedText(
      en: "check the codes of the table, or where the surface lies",
      es: "revise los códigos de la tabla, o dónde está la superficie"))

  static let unknownRiskError = Diagnostic(
    .unknownRiskError, .warning, entry: "risk",
    what: LocalizedText(
      en: "the risk comes without an interval: its error by district is unknown",
      es: "el riesgo viene sin intervalo: su error por distrito es desconocido"),
    fix: LocalizedText(
      en: "add  interval = [\"p05\", \"p95\"]  to the surface, or assume  risk.logit_error",
      es: "agregue  interval = [\"p05\", \"p95\"]  a la superficie, o suponga  risk.logit_error"))

  static let scoredFromMeans = Diagnostic(
    .scoredFromMeans, .warning, entry: "risk",
    what: LocalizedText(
      en: "the risk is scored from district means; its interval is widened",
      es: "el riesgo se calcula con promedios de distrito; su intervalo se amplía"),
    fix: LocalizedText(en: "give  risk.cells", es: "dé  risk.cells"))

  static let syntheticModel = Diagnostic(
    .syntheticModel, .note, entry: "risk",
    what: LocalizedText(
      en: "the risk is synthetic: not an official MIRTI result",
      es: "el riesgo es sintético: no es un resultado oficial de MIRTI"))

  static func strayEffects(_ codes: [String]) -> Diagnostic {
    let list = codes.prefix(8).joined(separator: ", ") + (codes.count > 8 ? ", …" : "")
    return Diagnostic(
      .badModelFile, .warning, entry: "districts",
      what: LocalizedText(
        en: "\(codes.count) districts of the risk model aren't in the registry: \(list)",
        es: "\(codes.count) distritos del modelo de riesgo no están en el registro: \(list)"),
      fix: LocalizedText(
        en: "check the vintage of the survey's codes, and lost zeros",
        es: "revise el año de los códigos de la encuesta, y ceros perdidos"))
  }

  static func otherDefinition(model: String, scenario: String) -> Diagnostic {
    Diagnostic(
      .otherDefinition, entry: "definition",
      what: LocalizedText(
        en: "the risk model is of \(model), the scenario of \(scenario)",
        es: "el modelo de riesgo es de \(model), el escenario de \(scenario)"))
  }

  static func estimateOfOtherYear(_ estimate: DirectEstimate, since: Int) -> Diagnostic {
    Diagnostic(
      .estimateOfOtherYear, .warning, entry: "ubigeo2 \(estimate.department)",
      what: LocalizedText(
        en: "the estimate of \(estimate.year) is used for \(since) as it stands: "
          + "no national figure of \(estimate.year)",
        es: "la estimación de \(estimate.year) se usa para \(since) tal cual: "
          + "no hay cifra nacional de \(estimate.year)"))
  }
}

extension ModelFlaw {
  fileprivate func sentence(_ entry: String) -> LocalizedText {
    switch self {
    case .missing(let kind):
      LocalizedText(
        en: "'\(entry)' is missing; it must be \(kind.name.en)",
        es: "falta '\(entry)'; debe ser \(kind.name.es)")
    case .wrongType(let kind):
      LocalizedText(
        en: "'\(entry)' must be \(kind.name.en)", es: "'\(entry)' debe ser \(kind.name.es)")
    case .noTerms:
      LocalizedText(en: "the model has no terms", es: "el modelo no tiene términos")
    case .repeatedTerm(let name):
      LocalizedText(
        en: "the term '\(name)' stands twice", es: "el término '\(name)' está dos veces")
    case .repeatedDistrict(let code):
      LocalizedText(
        en: "the district '\(code)' stands twice", es: "el distrito '\(code)' está dos veces")
    case .notANumber:
      LocalizedText(
        en: "a coefficient isn't a finite number", es: "un coeficiente no es un número finito")
    case .negative:
      LocalizedText(
        en: "'\(entry)' must be 0 or more", es: "'\(entry)' debe ser 0 o mayor")
    }
  }
}

extension ModelFlaw.Kind {
  fileprivate var name: LocalizedText {
    switch self {
    case .text: LocalizedText(en: "a text", es: "un texto")
    case .number: LocalizedText(en: "a number", es: "un número")
    case .whole: LocalizedText(en: "a whole number", es: "un número entero")
    case .flag: LocalizedText(en: "true or false", es: "true o false")
    case .list: LocalizedText(en: "a list", es: "una lista")
    }
  }
}
