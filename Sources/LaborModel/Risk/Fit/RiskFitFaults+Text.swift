// Quiebre · LaborModel
// The faults and warnings of a fit, in words: which column, which rows, what to do.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Statistics

// Cells and settings.
extension Diagnostic {
  static func emptyCell(_ column: String, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .missingCell, entry: column, at: place,
      what: LocalizedText(
        en: "\(column) is empty in this row", es: "\(column) está vacía en esta fila"),
      fix: LocalizedText(
        en: "fill it in, or leave such rows out with --missing drop",
        es: "complétela, o deje fuera esas filas con --missing drop"))
  }

  static func rowsDropped(_ count: Int, of total: Int, file: String) -> Diagnostic {
    let share = NumberText.fixed(Double(count) / Double(total) * 100, decimals: 1) ?? ""
    return Diagnostic(
      .missingCell, .warning, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "\(count) of \(total) rows (\(share) %) have an empty cell and were left out",
        es: "\(count) de \(total) filas (\(share) %) tienen una celda vacía y quedaron fuera"),
      why: LocalizedText(
        en: "rows with gaps may differ from the others; then the fit leans to those without",
        es: "las filas con vacíos pueden ser distintas; el ajuste se inclina a las completas"))
  }

  static func badOutcome(_ column: String, _ found: String, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badOutcome, entry: column, at: place,
      what: LocalizedText(
        en: "\(column) must be 0 or 1, not \(found)",
        es: "\(column) debe ser 0 o 1, no \(found)"),
      fix: LocalizedText(
        en: "write 1 for a child in child labor, 0 for any other",
        es: "escriba 1 para trabajo infantil, 0 para lo demás"))
  }

  static func negativeWeight(
    _ column: String, _ found: String, at place: SourcePlace
  ) -> Diagnostic {
    Diagnostic(
      .badSurveyWeight, entry: column, at: place,
      what: LocalizedText(
        en: "a weight can't be negative: \(found)", es: "un peso no puede ser negativo: \(found)"))
  }

  static func noPositiveWeight(_ column: String, file: String) -> Diagnostic {
    Diagnostic(
      .noSurveyWeight, entry: column, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "all weights in \(column) are 0", es: "todos los pesos de \(column) son 0"))
  }

  static func noRows(_ file: String) -> Diagnostic {
    Diagnostic(
      .noFit, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "no row has a value in every column that is used",
        es: "ninguna fila tiene valor en todas las columnas usadas"))
  }

  static let noTermsAsked = Diagnostic(
    .noFit, entry: "--terms",
    what: LocalizedText(en: "no term to fit", es: "ningún término para ajustar"),
    fix: LocalizedText(
      en: "name columns: --terms age,sex=girl,rural_pct%",
      es: "nombre columnas: --terms age,sex=girl,rural_pct%"))

  static func outcomeAsTerm(_ column: String) -> Diagnostic {
    Diagnostic(
      .noFit, entry: column,
      what: LocalizedText(
        en: "\(column) is the outcome and can't be a term too",
        es: "\(column) es el resultado y no puede ser también un término"))
  }

  static func termTwice(_ column: String) -> Diagnostic {
    Diagnostic(
      .noFit, entry: column,
      what: LocalizedText(
        en: "the term \(column) stands twice", es: "el término \(column) está dos veces"))
  }

  static func tooManyLevels(_ column: String, _ count: Int, most: Int) -> Diagnostic {
    Diagnostic(
      .noFit, entry: column,
      what: LocalizedText(
        en: "\(column) has \(count) different texts; a category takes \(most) at most",
        es: "\(column) tiene \(count) textos distintos; una categoría admite \(most) como máximo"),
      fix: LocalizedText(
        en: "group its levels, or use it as --district or --cluster",
        es: "agrupe sus niveles, o úsela como --district o --cluster"))
  }

  static func unknownLevel(_ column: String, _ level: String, known: [String]) -> Diagnostic {
    let list = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return Diagnostic(
      .noFit, entry: column,
      what: LocalizedText(
        en: "no row has '\(level)' in \(column); its levels are \(list)",
        es: "ninguna fila tiene '\(level)' en \(column); sus niveles son \(list)"),
      fix: nearestName(to: level, in: known).map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      })
  }

  static func oneLevel(_ column: String, _ level: String) -> Diagnostic {
    Diagnostic(
      .dependentColumn, entry: column,
      what: LocalizedText(
        en: "\(column) is '\(level)' in every row: it tells nothing",
        es: "\(column) es '\(level)' en todas las filas: no dice nada"),
      fix: LocalizedText(en: "leave the term out", es: "quite el término"))
  }

  /// A level in the cells that the fit never saw.
  static func unscoredLevel(
    _ column: String, _ level: String, known: [String], at place: SourcePlace
  ) -> Diagnostic {
    let list = known.joined(separator: ", ")
    return Diagnostic(
      .badCell, entry: column, at: place,
      what: LocalizedText(
        en: "the risk model has no coefficient for \(column) '\(level)'; it knows \(list)",
        es: "el modelo de riesgo no tiene coeficiente para \(column) '\(level)'; conoce \(list)"),
      fix: nearestName(to: level, in: known).map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      })
  }
}

// Strata and clusters.
extension Diagnostic {
  static func lonelyStrata(_ names: [String], column: String) -> Diagnostic {
    let list = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    return Diagnostic(
      .lonelyCluster, entry: column,
      what: LocalizedText(
        en: "\(names.count) strata have a single cluster, so no variance: \(list)",
        es: "\(names.count) estratos tienen un solo conglomerado, sin varianza: \(list)"),
      fix: LocalizedText(
        en: "merge them with a like stratum, or choose --lonely adjust, average or certainty",
        es: "únalos a un estrato parecido, o elija --lonely adjust, average o certainty"))
  }

  static func tooFewClusters(_ clusters: Int, _ strata: Int) -> Diagnostic {
    Diagnostic(
      .lonelyCluster,
      what: LocalizedText(
        en: "\(clusters) clusters in \(strata) strata leave nothing to measure the error by",
        es: "\(clusters) conglomerados en \(strata) estratos no permiten medir el error"))
  }

  static func fewClusters(_ clusters: Int, _ strata: Int, coefficients: Int) -> Diagnostic {
    Diagnostic(
      .weakFit, .warning,
      what: LocalizedText(
        en: "\(clusters) clusters in \(strata) strata are too few for \(coefficients) "
          + "coefficients: no tests or intervals are given",
        es: "\(clusters) conglomerados en \(strata) estratos son pocos para \(coefficients) "
          + "coeficientes: no se dan pruebas ni intervalos"))
  }

  static let modelErrorsOfSurvey = Diagnostic(
    .noFit, entry: "--errors",
    what: LocalizedText(
      en: "errors of the model take rows as independent and equal; a survey's aren't",
      es: "los errores del modelo suponen filas independientes e iguales; las de una encuesta no"),
    fix: LocalizedText(
      en: "leave --errors out, or --weight, --cluster and --strata",
      es: "quite --errors, o --weight, --cluster y --strata"))
}

// Warnings of a fit.
extension Diagnostic {
  static func fewCases(_ cases: Int, coefficients: Int) -> Diagnostic {
    Diagnostic(
      .weakFit, .warning,
      what: LocalizedText(
        en: "\(cases) children of the rarer outcome for \(coefficients) coefficients: fewer than "
          + "10 each make them unstable",
        es: "\(cases) niñas y niños del resultado menos frecuente para \(coefficients) "
          + "coeficientes: con menos de 10 por cada uno son inestables"),
      fix: LocalizedText(en: "take fewer terms", es: "tome menos términos"))
  }

  static func regionNotLeftOut(_ region: String, because reason: LocalizedText) -> Diagnostic {
    Diagnostic(
      .weakFit, .warning, entry: region,
      what: LocalizedText(
        en: "no model without \(region): \(reason.en)",
        es: "no hay modelo sin \(region): \(reason.es)"))
  }

  static let classesNeedAreas = Diagnostic(
    .weakFit, .warning, entry: "--classes",
    what: LocalizedText(
      en: "classes are of areas: name their column with --district or --region",
      es: "las clases son de áreas: nombre su columna con --district o --region"))

  static let noDistrictSpread = Diagnostic(
    .weakFit, .warning, entry: "sigma_u",
    what: LocalizedText(
      en: "districts differ no more than children do: sigma_u is 0",
      es: "los distritos no difieren más que las niñas y niños: sigma_u es 0"))
}

// Regressions without an answer.
extension RiskSample {
  /// A fault of the regression with the columns and lines of the file.
  func explained(_ fault: RegressionFault) -> Diagnostic {
    switch fault {
    case .noWeight:
      Diagnostic(
        .noSurveyWeight, at: SourcePlace(file: file),
        what: LocalizedText(
          en: "no row is left that has a weight", es: "no queda ninguna fila con peso"))
    case .oneOutcome(let value): oneOutcome(value)
    case .tooFewRows(let rows, let coefficients): tooFewRows(rows, coefficients)
    case .constantColumn(let column):
      Diagnostic(
        .dependentColumn, entry: name(column), at: SourcePlace(file: file),
        what: LocalizedText(
          en: "\(name(column)) is the same in every row that counts: it tells nothing",
          es: "\(name(column)) es igual en todas las filas que cuentan: no dice nada"),
        fix: LocalizedText(en: "leave the term out", es: "quite el término"))
    case .dependentColumn(let column, let parts): dependent(column, parts)
    case .separated(let separation): separated(separation)
    case .notConverged:
      Diagnostic(
        .noFit, at: SourcePlace(file: file),
        what: LocalizedText(
          en: "the search for the coefficients doesn't come to rest",
          es: "la búsqueda de los coeficientes no converge"),
        fix: LocalizedText(
          en: "take fewer terms, or group rare levels",
          es: "tome menos términos, o agrupe niveles raros"))
    }
  }

  /// `area=rural` or `age`.
  private func name(_ column: Int) -> String {
    let term = columns[column].term
    return term.level.map { "\(term.name)=\($0)" } ?? term.name
  }

  private func oneOutcome(_ value: Bool) -> Diagnostic {
    let text = value ? "1" : "0"
    return Diagnostic(
      .badOutcome, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "the outcome is \(text) in every row that counts: nothing to tell apart",
        es: "el resultado es \(text) en todas las filas que cuentan: no hay qué distinguir"))
  }

  private func tooFewRows(_ rows: Int, _ coefficients: Int) -> Diagnostic {
    Diagnostic(
      .noFit, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "\(rows) rows can't carry \(coefficients) coefficients",
        es: "\(rows) filas no sostienen \(coefficients) coeficientes"),
      fix: LocalizedText(en: "take fewer terms", es: "tome menos términos"))
  }

  private func dependent(_ column: Int, _ parts: [RegressionFault.Part]) -> Diagnostic {
    let sum = parts.map { part -> String in
      let factor = NumberText.fixed(part.factor, decimals: 4) ?? ""
      return part.column.map { "\(factor) × \(name($0))" } ?? factor
    }.joined(separator: " + ")
    return Diagnostic(
      .dependentColumn, entry: name(column), at: SourcePlace(file: file),
      what: LocalizedText(
        en: "\(name(column)) is told by other terms: it equals \(sum) in every row",
        es: "\(name(column)) ya está dicho por otros términos: es \(sum) en todas las filas"),
      fix: LocalizedText(en: "leave one of them out", es: "quite uno de ellos"))
  }

  private func separated(_ separation: RegressionFault.Separation) -> Diagnostic {
    let names = separation.columns.map { name($0) }.joined(separator: ", ")
    let rows =
      separation.rows.prefix(5).map { String(lines[$0]) }.joined(separator: ", ")
      + (separation.rows.count > 5 ? ", …" : "")
    let count = separation.rows.count
    let outcome = Set(separation.rows.map { outcomes[$0] })
    let place = SourcePlace(file: file, line: separation.rows.first.map { lines[$0] } ?? 0)
    let what =
      if separation.columns.count == 1, outcome.count == 1, !separation.isComplete {
        LocalizedText(
          en: "wherever \(names) sets rows apart (\(count), lines \(rows)), the outcome is always "
            + (outcome.contains(true) ? "1" : "0"),
          es: "donde \(names) aparta filas (\(count), líneas \(rows)), el resultado es siempre "
            + (outcome.contains(true) ? "1" : "0"))
      } else {
        LocalizedText(
          en: "\(names) tell the outcome of \(count) rows for certain (lines \(rows))",
          es: "\(names) dicen con certeza el resultado de \(count) filas (líneas \(rows))")
      }
    return Diagnostic(
      .separatedFit, entry: names, at: place, what: what,
      why: LocalizedText(
        en: "the likelihood then grows without end and the coefficient is infinite",
        es: "entonces la verosimilitud crece sin fin y el coeficiente es infinito"),
      fix: LocalizedText(
        en: "group the level with a like one, leave the term out, or check whether it holds the "
          + "outcome itself",
        es: "agrupe el nivel con uno parecido, quite el término, o vea si contiene el resultado"))
  }
}
