// Quiebre · LaborModel
// The faults of published figures, in words.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics

extension Diagnostic {
  static func impossibleFigure(
    _ column: String, _ found: String, allowed: String, at place: SourcePlace
  ) -> Diagnostic {
    let shown = found.isEmpty ? LocalizedText(en: "nothing", es: "nada") : .init(verbatim: found)
    return Diagnostic(
      .impossibleFigure, entry: column, at: place,
      what: LocalizedText(
        en: "\(column): found \(shown.en); allowed is \(allowed)",
        es: "\(column): se encontró \(shown.es); se admite \(allowed)"))
  }

  static func yearsOutOfOrder(
    _ year: Double, after previous: Double, at place: SourcePlace?
  ) -> Diagnostic {
    let (shown, before) = (yearText(year), yearText(previous))
    return Diagnostic(
      .yearsOutOfOrder, entry: "year", at: place,
      what: LocalizedText(
        en: "year \(shown) comes after year \(before)",
        es: "el año \(shown) viene después del año \(before)"),
      fix: LocalizedText(
        en: "sort the rows by year, each year once",
        es: "ordene las filas por año, cada año una vez"))
  }

  static func badDate(_ found: String, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badDate, entry: "published", at: place,
      what: LocalizedText(en: "\"\(found)\" is no date", es: "«\(found)» no es una fecha"),
      fix: LocalizedText(en: "write it as 2019-09-13", es: "escríbala como 2019-09-13"))
  }

  static func badMark(_ found: String, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badMark, entry: "shock", at: place,
      what: LocalizedText(
        en: "\"\(found)\" is neither yes nor no", es: "«\(found)» no es ni yes ni no"),
      fix: LocalizedText(en: "write yes or no", es: "escriba yes o no"))
  }

  static func noSuchGroup(_ group: String, groups: [String], file: String) -> Diagnostic {
    let list = groups.isEmpty ? "–" : groups.prefix(8).joined(separator: ", ")
    let near = nearestName(to: group, in: groups)
    return Diagnostic(
      .noSuchGroup, entry: "definition", at: SourcePlace(file: file),
      what: LocalizedText(
        en: "no row of the group \(group); the file has \(list)",
        es: "ninguna fila del grupo \(group); el archivo tiene \(list)"),
      fix: near.map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      })
  }

  /// A table of several series, and no word which is meant.
  static func severalGroups(_ groups: [String], file: String) -> Diagnostic {
    let list = groups.prefix(8).joined(separator: ", ")
    return Diagnostic(
      .noSuchGroup, entry: "group", at: SourcePlace(file: file),
      what: LocalizedText(
        en: "the file holds several series: \(list)", es: "el archivo tiene varias series: \(list)"),
      fix: LocalizedText(
        en: "name one with --group; rates of two definitions are never joined",
        es: "nombre una con --group; nunca se unen tasas de dos definiciones"))
  }

  /// A sample size where the formula gives an error of 0.
  static func errorFromNothing(_ rate: Double, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .errorFromNothing, entry: "se", at: place,
      what: LocalizedText(
        en: "a rate of \(yearText(rate)) % has a sampling error of 0 by its sample size",
        es: "una tasa de \(yearText(rate)) % tiene error muestral 0 según su tamaño de muestra"),
      fix: LocalizedText(
        en: "give its error in the column 'se'", es: "dé su error en la columna 'se'"))
  }

  static func unknownPublication(file: String, row: Int?) -> Diagnostic {
    Diagnostic(
      .unknownPublication, entry: "published", at: SourcePlace(file: file, line: row ?? 0),
      what: LocalizedText(
        en: "as_of is a date, but this row has no date of publication",
        es: "as_of es una fecha, pero esta fila no tiene fecha de publicación"),
      fix: LocalizedText(
        en: "fill the column 'published', or give as_of as a year",
        es: "complete la columna 'published', o dé as_of como un año"))
  }

  /// What the break test found wrong with a series.
  static func seriesFault(_ fault: SeriesFault, file: String) -> Diagnostic {
    let place = SourcePlace(file: file, line: fault.row ?? 0)
    switch fault.problem {
    case .errorNotPositive(let error):
      return .impossibleFigure("se", "\(error)", allowed: "> 0", at: place)
    case .rateOutside(let rate):
      return .impossibleFigure("rate", "\(rate)", allowed: "0 … 100", at: place)
    case .offTheScale(let rate, let scale):
      return Diagnostic(
        .impossibleFigure, entry: "rate", at: place,
        what: LocalizedText(
          en: "a rate of \(rate) has no place on the scale \(scale.rawValue)",
          es: "una tasa de \(rate) no tiene lugar en la escala \(scale.rawValue)"),
        fix: LocalizedText(
          en: "set series.scale = \"identity\"", es: "ponga series.scale = \"identity\""))
    case .yearNotAfterPrevious(let previous):
      return .yearsOutOfOrder(fault.year, after: previous, at: place)
    case .modelled:
      return Diagnostic(
        .modelledSeries, entry: "status", at: place,
        what: LocalizedText(
          en: "the figure of \(yearText(fault.year)) is a model's estimate",
          es: "la cifra de \(yearText(fault.year)) es la estimación de un modelo"),
        fix: LocalizedText(
          en: "use survey figures for the break test",
          es: "use cifras de encuestas para la prueba de quiebre"))
    case .methodsDiffer(let methods):
      let list = methods.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: ", ")
      return Diagnostic(
        .methodsDiffer, entry: "series.methods", at: place,
        what: LocalizedText(
          en: "the figures used come from several survey methods: \(list)",
          es: "las cifras usadas vienen de varios métodos de encuesta: \(list)"),
        fix: LocalizedText(
          en: "set series.methods = \"offset\", or give a ratio with its error",
          es: "ponga series.methods = \"offset\", o dé una razón con su error"))
    }
  }
}

/// `2019`, or `2019.5` for a mid-point.
private func yearText(_ year: Double) -> String {
  year == year.rounded() ? String(Int(year)) : String(year)
}
