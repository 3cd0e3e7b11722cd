// Quiebre · Diagnostics
// Codes and pages of surveys: Q380-Q389 microdata, Q570-Q579 estimates and plans.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let badSurveyWeight = DiagnosticCode(rawValue: "Q380")
  public static let noSurveyWeight = DiagnosticCode(rawValue: "Q381")
  public static let blankDesignCell = DiagnosticCode(rawValue: "Q382")
  public static let clusterInTwoStrata = DiagnosticCode(rawValue: "Q383")
  public static let badSurveyPopulation = DiagnosticCode(rawValue: "Q384")
  public static let certaintyVaries = DiagnosticCode(rawValue: "Q385")
  public static let emptyUniverse = DiagnosticCode(rawValue: "Q386")
  public static let badCertaintyMark = DiagnosticCode(rawValue: "Q387")
  public static let lonelyCluster = DiagnosticCode(rawValue: "Q570")
  public static let domainWithoutEstimate = DiagnosticCode(rawValue: "Q571")
  public static let missingLeftOut = DiagnosticCode(rawValue: "Q572")
  public static let unknownIndicator = DiagnosticCode(rawValue: "Q573")
  public static let unmappedField = DiagnosticCode(rawValue: "Q574")
  public static let badSurveyRequest = DiagnosticCode(rawValue: "Q575")
  public static let noSamplePlan = DiagnosticCode(rawValue: "Q576")
}

extension CodePage {
  static let surveyPages: [CodePage] = [
    CodePage(
      .badSurveyWeight,
      title: LocalizedText(
        en: "A survey weight can't be used", es: "Un factor de expansión no sirve"),
      text: LocalizedText(
        en: """
          A weight says for how many persons of the population a row stands: a number, zero or \
          more. Blank and negative weights are refused, because leaving such rows out would \
          change every estimate unseen. Delete the rows yourself if they don't belong to the \
          sample.
          """,
        es: """
          El factor dice a cuántas personas de la población representa una fila: un número, cero \
          o más. No se aceptan factores vacíos ni negativos, porque omitir esas filas cambiaría \
          todas las estimaciones sin que se note. Borre usted las filas que no son de la muestra.
          """)),
    CodePage(
      .noSurveyWeight,
      title: LocalizedText(en: "All weights are zero", es: "Todos los factores son cero"),
      text: LocalizedText(
        en: "The column of weights holds zeros alone: name the right column with --weight.",
        es: "La columna de factores solo tiene ceros: nombre la columna correcta con --weight.")),
    CodePage(
      .blankDesignCell,
      title: LocalizedText(
        en: "A row without stratum or cluster", es: "Una fila sin estrato o conglomerado"),
      text: LocalizedText(
        en: """
          Every row must say in which stratum and cluster it was drawn; else the standard error \
          can't be right. Complete the file, or leave the flag out if the survey has no such level.
          """,
        es: """
          Cada fila debe decir en qué estrato y conglomerado fue sorteada; si no, el error \
          estándar no puede ser correcto. Complete el archivo, o quite la opción si la encuesta \
          no tiene ese nivel.
          """)),
    CodePage(
      .clusterInTwoStrata,
      title: LocalizedText(
        en: "One cluster in two strata", es: "Un conglomerado en dos estratos"),
      text: LocalizedText(
        en: """
          A cluster is drawn within one stratum. If cluster numbers start anew in every stratum, \
          add --nested; else the columns are wrong or from different versions of the sample.
          """,
        es: """
          Un conglomerado se sortea dentro de un estrato. Si la numeración vuelve a empezar en \
          cada estrato, agregue --nested; si no, las columnas son erróneas o de versiones \
          distintas de la muestra.
          """)),
    CodePage(
      .badSurveyPopulation,
      title: LocalizedText(
        en: "A population size that can't be", es: "Un tamaño de población imposible"),
      text: LocalizedText(
        en: """
          --population names the number of clusters of the row's stratum in the whole country, or \
          the share of them that was drawn (1 or less). It is the same in all rows of a stratum \
          and not below the number in the sample. --second-population says the same of the \
          dwellings of a cluster.
          """,
        es: """
          --population nombra el número de conglomerados del estrato de la fila en todo el país, o \
          la fracción sorteada (1 o menos). Es igual en todas las filas de un estrato y no menor \
          que los de la muestra. --second-population dice lo mismo de las viviendas de un \
          conglomerado.
          """)),
    CodePage(
      .certaintyVaries,
      title: LocalizedText(
        en: "A cluster both certain and drawn", es: "Un conglomerado cierto y sorteado a la vez"),
      text: LocalizedText(
        en: "All rows of a cluster say the same of --certainty: it was taken for certain or not.",
        es: "Todas las filas de un conglomerado dicen lo mismo en --certainty: fue cierto o no.")),
    CodePage(
      .emptyUniverse,
      title: LocalizedText(en: "Nobody to estimate for", es: "Nadie de quien estimar"),
      text: LocalizedText(
        en: """
          No row meets the universe (--where, or that of the indicator) with a known value. Look \
          at the mapping: codes of the file, units of the age, blanks.
          """,
        es: """
          Ninguna fila cumple el universo (--where, o el del indicador) con un valor conocido. \
          Revise la correspondencia: códigos del archivo, unidad de la edad, vacíos.
          """)),
    CodePage(
      .badCertaintyMark,
      title: LocalizedText(en: "Neither yes nor no", es: "Ni sí ni no"),
      text: LocalizedText(
        en: "--certainty names a column that holds yes or no (or 1 and 0).",
        es: "--certainty nombra una columna que tiene yes o no (o 1 y 0).")),
    CodePage(
      .lonelyCluster,
      title: LocalizedText(
        en: "A stratum with a single cluster", es: "Un estrato con un solo conglomerado"),
      text: LocalizedText(
        en: """
          From one cluster nobody can tell how much clusters of its stratum differ. --lonely says \
          what to assume: adjust (compare it with the national mean: cautious), average (as much \
          variance as other strata), certainty (it was sure to be drawn: no variance), or fail, \
          the default. Better: join it with a stratum like it, as the survey's office does.
          """,
        es: """
          Con un solo conglomerado nadie sabe cuánto difieren los de su estrato. --lonely dice qué \
          suponer: adjust (se compara con la media nacional: prudente), average (tanta varianza \
          como los demás), certainty (era seguro que saldría: sin varianza), o fail, lo usual. \
          Mejor: únalo con un estrato parecido, como hace la oficina de la encuesta.
          """)),
    CodePage(
      .domainWithoutEstimate,
      title: LocalizedText(
        en: "A domain that the survey can't speak of",
        es: "Un dominio del que la encuesta no puede hablar"),
      text: LocalizedText(
        en: """
          It has no cases, or all of them in one cluster of each stratum, or not one hit: then \
          there is no estimate, or none with an error, and no row for the scenario.
          """,
        es: """
          No tiene casos, o todos están en un conglomerado de cada estrato, o ninguno cumple: no \
          hay estimación, o no tiene error, y no hay fila para el escenario.
          """)),
    CodePage(
      .missingLeftOut,
      title: LocalizedText(en: "Rows left out", es: "Filas omitidas"),
      text: LocalizedText(
        en: """
          Rows with a blank where the indicator needs a value stay in the design but not in the \
          estimate, as if those who answered were like those who didn't. With many, that is an \
          assumption worth a second look; --missing refuse makes them an error.
          """,
        es: """
          Las filas con un vacío donde el indicador necesita un valor quedan en el diseño pero no \
          en la estimación, como si quienes respondieron fueran iguales a quienes no. Si son \
          muchas, ese supuesto merece otra mirada; --missing refuse las vuelve un error.
          """)),
    CodePage(
      .unknownIndicator,
      title: LocalizedText(en: "Unknown indicator", es: "Indicador desconocido"),
      text: LocalizedText(
        en: "Indicators are defined in indicators.toml of the country, or in --indicators FILE.",
        es: "Los indicadores se definen en indicators.toml del país, o en --indicators ARCHIVO.")),
    CodePage(
      .unmappedField,
      title: LocalizedText(
        en: "A field of the indicator is in no column",
        es: "Un campo del indicador no está en ninguna columna"),
      text: LocalizedText(
        en: """
          Say what it is in your file: --map age=p208a names a column, --map "works=p210 == 1" a \
          formula over columns.
          """,
        es: """
          Diga qué es en su archivo: --map age=p208a nombra una columna, --map "works=p210 == 1" \
          una fórmula sobre columnas.
          """)),
    CodePage(
      .badSurveyRequest,
      title: LocalizedText(
        en: "The request doesn't fit together", es: "El pedido no encaja"),
      text: LocalizedText(
        en: "Flags of `quiebre survey` contradict each other, or one is missing that is needed.",
        es: "Las opciones de `quiebre survey` se contradicen, o falta una que hace falta.")),
    CodePage(
      .noSamplePlan,
      title: LocalizedText(
        en: "No sample is large enough", es: "Ninguna muestra alcanza"),
      text: LocalizedText(
        en: """
          What is asked can't be had from any sample, or not from this population. Ask for less: a \
          wider margin, a larger change, less power; or count everybody.
          """,
        es: """
          Lo pedido no se logra con ninguna muestra, o no en esta población. Pida menos: un margen \
          más ancho, un cambio mayor, menos potencia; o cuente a todos.
          """)),
  ]
}
