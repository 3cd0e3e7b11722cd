// Quiebre · Diagnostics
// Codes and pages: Q580-Q589 the break test on tables and finished results, the hindcast.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let breakOptionUnused = DiagnosticCode(rawValue: "Q580")
  public static let badProjection = DiagnosticCode(rawValue: "Q581")
  public static let notABreakReport = DiagnosticCode(rawValue: "Q582")
  public static let deadlineNotProjected = DiagnosticCode(rawValue: "Q583")
  public static let errorFromNothing = DiagnosticCode(rawValue: "Q584")
  public static let nothingToScore = DiagnosticCode(rawValue: "Q585")
}

extension CodePage {
  static let breakPages: [CodePage] = [
    CodePage(
      .nothingToScore,
      title: LocalizedText(
        en: "no later figure to score", es: "ninguna cifra posterior que evaluar"),
      text: LocalizedText(
        en: """
          `quiebre hindcast` projects as of a past year and compares with what was published since. \
          A figure counts if it has a whole year and a standard error (`se`, or `n` and `deff`) and \
          isn't modelled. Without `--as-of`, each published year is taken that leaves two such \
          figures.
          """,
        es: """
          `quiebre hindcast` proyecta con lo sabido en un año pasado y compara con lo publicado \
          después. Una cifra cuenta si tiene un año entero y error estándar (`se`, o `n` y `deff`) y \
          no es modelada. Sin `--as-of`, se toma cada año publicado que deja dos de esas cifras.
          """)),
    CodePage(
      .breakOptionUnused,
      title: LocalizedText(
        en: "an option that doesn't go with this", es: "una opción que no va con esto"),
      text: LocalizedText(
        en: """
          `quiebre break` takes a series (.csv), a scenario (.toml) or a result folder. What a \
          scenario says itself, and what a finished result was made with, can't be said again by \
          a flag of the series: the answer would not be the one of that scenario or result.
          """,
        es: """
          `quiebre break` toma una serie (.csv), un escenario (.toml) o una carpeta de resultados. \
          Lo que un escenario dice por sí mismo, y con lo que se hizo un resultado, no se repite \
          con una opción de la serie: la respuesta no sería la de ese escenario o resultado.
          """)),
    CodePage(
      .badProjection,
      title: LocalizedText(
        en: "projected draws with gaps", es: "sorteos proyectados con vacíos"),
      text: LocalizedText(
        en: """
          A table of projected draws has the columns `draw`, `year`, and `rate` (or `scenario` and \
          `baseline`), rates in percent. Every draw needs every year once, without a gap between \
          the first and the last: the test looks for falls in consecutive years.
          """,
        es: """
          Una tabla de sorteos proyectados tiene las columnas `draw`, `year` y `rate` (o `scenario` \
          y `baseline`), con tasas en porcentaje. Cada sorteo necesita cada año una vez, sin vacíos \
          entre el primero y el último: la prueba busca bajas en años seguidos.
          """)),
    CodePage(
      .notABreakReport,
      title: LocalizedText(
        en: "a folder without a break test", es: "una carpeta sin prueba de quiebre"),
      text: LocalizedText(
        en: """
          `quiebre run` writes `break.json`, the whole break test with every number unrounded. The \
          file in this folder is missing a part, was changed, or comes from another version. Run \
          the scenario again.
          """,
        es: """
          `quiebre run` escribe `break.json`, la prueba de quiebre completa con todos los números \
          sin redondear. Al archivo de esta carpeta le falta una parte, fue cambiado o viene de \
          otra versión. Ejecute el escenario otra vez.
          """)),
    CodePage(
      .deadlineNotProjected,
      title: LocalizedText(
        en: "draws that end before the deadline", es: "sorteos que acaban antes del plazo"),
      text: LocalizedText(
        en: """
          Break and goal are counted up to the deadline, so the projected draws must begin before \
          it and reach it. Give `--deadline` a year that the table holds.
          """,
        es: """
          El quiebre y la meta se cuentan hasta el plazo, así que los sorteos proyectados deben \
          empezar antes y llegar a él. Dé a `--deadline` un año que la tabla tenga.
          """)),
    CodePage(
      .errorFromNothing,
      title: LocalizedText(
        en: "a sampling error of nothing", es: "un error muestral nulo"),
      text: LocalizedText(
        en: """
          From a sample size the error is 100·√(deff·p(1 − p)/n), which is 0 for a rate of 0 % or \
          100 %: a figure without any error would outweigh all others. Give the error in the \
          column `se`, for example half the width of an exact interval divided by 1.96.
          """,
        es: """
          Con un tamaño de muestra el error es 100·√(deff·p(1 − p)/n), que es 0 para una tasa de \
          0 % o 100 %: una cifra sin error pesaría más que todas. Dé el error en la columna `se`, \
          por ejemplo la mitad del ancho de un intervalo exacto dividida entre 1.96.
          """)),
  ]
}
