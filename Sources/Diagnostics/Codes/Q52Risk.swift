// Quiebre · Diagnostics
// Codes and pages: Q520-Q549 published series and the risk of districts.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let impossibleFigure = DiagnosticCode(rawValue: "Q520")
  public static let yearsOutOfOrder = DiagnosticCode(rawValue: "Q521")
  public static let badDate = DiagnosticCode(rawValue: "Q522")
  public static let badMark = DiagnosticCode(rawValue: "Q523")
  public static let noSuchGroup = DiagnosticCode(rawValue: "Q524")
  public static let methodsDiffer = DiagnosticCode(rawValue: "Q525")
  public static let modelledSeries = DiagnosticCode(rawValue: "Q526")
  public static let unknownPublication = DiagnosticCode(rawValue: "Q527")

  public static let badOutcome = DiagnosticCode(rawValue: "Q528")
  public static let missingCell = DiagnosticCode(rawValue: "Q529")

  public static let badModelFile = DiagnosticCode(rawValue: "Q530")
  public static let badCovariance = DiagnosticCode(rawValue: "Q531")
  public static let missingVariable = DiagnosticCode(rawValue: "Q532")
  public static let badCell = DiagnosticCode(rawValue: "Q533")
  public static let strayEstimate = DiagnosticCode(rawValue: "Q534")
  public static let badClassCuts = DiagnosticCode(rawValue: "Q535")
  public static let impossibleRisk = DiagnosticCode(rawValue: "Q536")
  public static let imputedRisk = DiagnosticCode(rawValue: "Q537")
  public static let unreachableBenchmark = DiagnosticCode(rawValue: "Q538")
  public static let unknownRiskError = DiagnosticCode(rawValue: "Q539")
  public static let scoredFromMeans = DiagnosticCode(rawValue: "Q540")
  public static let otherDefinition = DiagnosticCode(rawValue: "Q541")
  public static let syntheticModel = DiagnosticCode(rawValue: "Q542")
  public static let estimateOfOtherYear = DiagnosticCode(rawValue: "Q543")

  public static let separatedFit = DiagnosticCode(rawValue: "Q544")
  public static let dependentColumn = DiagnosticCode(rawValue: "Q545")
  public static let noFit = DiagnosticCode(rawValue: "Q546")
  public static let weakFit = DiagnosticCode(rawValue: "Q547")
}

extension CodePage {
  static let riskPages: [CodePage] =
    [
      page(
        .impossibleFigure, en: "a figure that can't be", es: "una cifra imposible",
        """
        Rates are percentages between 0 and 100, standard errors and sample sizes are positive, \
        design factors too, years are whole or mid-points. Mend the row that the message names.
        """,
        """
        Las tasas son porcentajes entre 0 y 100; los errores estándar, los tamaños de muestra y los \
        factores de diseño son positivos; los años son enteros o puntos medios. Corrija la fila que \
        nombra el mensaje.
        """),
      page(
        .yearsOutOfOrder, en: "years out of order", es: "años en desorden",
        "The rows of one group go from the earliest to the latest year, each year once.",
        "Las filas de un grupo van del año más antiguo al más reciente, cada año una vez."),
      page(
        .badDate, en: "not a date", es: "no es una fecha",
        "Dates of publication are written year-month-day, such as 2019-09-13.",
        "Las fechas de publicación se escriben año-mes-día, por ejemplo 2019-09-13."),
      page(
        .badMark, en: "not yes or no", es: "ni yes ni no",
        "The column `shock` says `yes` or `no`; empty counts as `no`.",
        "La columna `shock` dice `yes` o `no`; vacía vale `no`."),
      page(
        .noSuchGroup, en: "no figures of this definition", es: "sin cifras de esta definición",
        """
        A series is read for one definition group, since rates of two definitions of child labor \
        can't be compared. The file has no row of the group that the scenario names.
        """,
        """
        Una serie se lee para un solo grupo de definición, porque las tasas de dos definiciones de \
        trabajo infantil no son comparables. El archivo no tiene filas del grupo que nombra el \
        escenario.
        """),
      page(
        .methodsDiffer, en: "two survey methods in one series",
        es: "dos métodos de encuesta en una serie",
        """
        Figures of two methods aren't joined silently: a change of method can look like a change of \
        the rate. Set `series.methods` to "offset" (a level shift is estimated) or to a ratio with \
        its error, if an overlap of both methods has shown one.
        """,
        """
        Las cifras de dos métodos no se unen en silencio: un cambio de método puede parecer un \
        cambio de la tasa. Ponga en `series.methods` "offset" (se estima un salto de nivel) o una \
        razón con su error, si una medición paralela la ha mostrado.
        """),
      page(
        .modelledSeries, en: "a modelled series", es: "una serie modelada",
        """
        Estimates of a model (UN, ILO) are smooth by construction, so a trend or a break in them \
        says something of the model. The break test takes survey figures only.
        """,
        """
        Las estimaciones de un modelo (ONU, OIT) son suaves por construcción: una tendencia o un \
        quiebre en ellas habla del modelo. La prueba de quiebre solo acepta cifras de encuestas.
        """),
      page(
        .unknownPublication, en: "no date of publication", es: "sin fecha de publicación",
        """
        With a date as `as_of`, only figures published by then may be used, so each row needs its \
        date in `published`. With a year, rows are cut by their own year instead.
        """,
        """
        Con una fecha en `as_of` solo valen las cifras publicadas hasta entonces, así que cada fila \
        necesita su fecha en `published`. Con un año, las filas se cortan por su propio año.
        """),
    ] + modelFilePages + assessmentPages + fitPages

  static func page(
    _ code: DiagnosticCode, en: String, es: String, _ english: String, _ spanish: String
  ) -> CodePage {
    CodePage(
      code, title: LocalizedText(en: en, es: es), text: LocalizedText(en: english, es: spanish))
  }

  private static let modelFilePages: [CodePage] = [
    page(
      .badModelFile, en: "a fault in the risk model's file",
      es: "un error en el archivo del modelo de riesgo",
      """
      `model.json` holds `definition`, `survey`, `year`, `n`, `terms` (each with `name`, `beta`, \
      and `level` for a category or `unit` "%" for a percentage), `covariance` (as many rows and \
      columns as terms), `sigma_u`, `source` and `synthetic`.
      """,
      """
      `model.json` contiene `definition`, `survey`, `year`, `n`, `terms` (cada uno con `name`, \
      `beta`, y `level` para una categoría o `unit` "%" para un porcentaje), `covariance` (tantas \
      filas y columnas como términos), `sigma_u`, `source` y `synthetic`.
      """),
    page(
      .badCovariance, en: "not a covariance matrix", es: "no es una matriz de covarianzas",
      """
      The matrix has one row and column per term, is symmetric, and no combination of \
      coefficients has a negative variance. Copy it with all its digits.
      """,
      """
      La matriz tiene una fila y una columna por término, es simétrica, y ninguna combinación de \
      coeficientes tiene varianza negativa. Cópiela con todos sus dígitos.
      """),
    page(
      .missingVariable, en: "a variable of the model is missing",
      es: "falta una variable del modelo",
      """
      Each term of the model needs a column of its name, in the cells or among the districts' \
      fields, measured as in the survey.
      """,
      """
      Cada término del modelo necesita una columna con su nombre, en las celdas o entre los campos \
      de los distritos, medida como en la encuesta.
      """),
    page(
      .badCell, en: "a fault in a cell", es: "un error en una celda",
      """
      Each cell holds a number in every column of the model and a number of children `n` that is \
      not negative.
      """,
      """
      Cada celda contiene un número en cada columna del modelo y un número de niñas y niños `n` \
      que no es negativo.
      """),
  ]

  private static let assessmentPages: [CodePage] = [
    page(
      .strayEstimate, en: "an estimate of an unknown department",
      es: "una estimación de un departamento desconocido",
      """
      Direct estimates name a department by the first digits of its districts' codes, such as 08. \
      A lost zero (8) is the usual cause.
      """,
      """
      Las estimaciones directas nombran un departamento por los primeros dígitos de los códigos de \
      sus distritos, por ejemplo 08. Un cero perdido (8) es la causa más común.
      """),
    page(
      .badClassCuts, en: "cut points that don't make classes",
      es: "cortes que no forman clases",
      """
      The rule `fixed` needs two rates: where medium begins and, above it, where high begins. \
      Other rules need at least three different rates.
      """,
      """
      La regla `fixed` necesita dos tasas: dónde empieza el riesgo medio y, por encima, dónde \
      empieza el alto. Las demás reglas necesitan al menos tres tasas distintas.
      """),
    page(
      .impossibleRisk, en: "a risk outside 0 to 100 %", es: "un riesgo fuera de 0 a 100 %",
      """
      Risk is a share of children between 0 and 1, and its 5 and 95 % limits lie on both sides of \
      it. A column in percent needs its unit declared as "%".
      """,
      """
      El riesgo es una proporción de niñas y niños entre 0 y 1, y sus límites de 5 y 95 % quedan a \
      ambos lados. Una columna en porcentaje necesita declarar su unidad como "%".
      """),
    page(
      .imputedRisk, en: "districts without a risk", es: "distritos sin riesgo",
      """
      Where source or model give no risk, a district takes the mean of its department's children, \
      with a wider interval, and is marked as imputed.
      """,
      """
      Donde la fuente o el modelo no dan un riesgo, el distrito toma la media de las niñas y niños \
      de su departamento, con un intervalo más ancho, y queda marcado como imputado.
      """),
    page(
      .unreachableBenchmark, en: "a benchmark that can't be met",
      es: "una referencia imposible de alcanzar",
      """
      One shift of all districts must bring their mean to the published rate. That fails when the \
      rate is 0 or 100 %, or when too many districts have a risk of exactly 0 or 100 %.
      """,
      """
      Un mismo desplazamiento de todos los distritos debe llevar su media a la tasa publicada. Eso \
      falla si la tasa es 0 o 100 %, o si demasiados distritos tienen un riesgo de exactamente 0 o \
      100 %.
      """),
    page(
      .unknownRiskError, en: "a risk without an interval", es: "un riesgo sin intervalo",
      """
      The surface or table gives a risk and no interval, so its error is unknown: intervals and \
      class probabilities by district can't be given. Add two columns with `interval`.
      """,
      """
      La superficie o tabla da un riesgo sin intervalo, así que su error es desconocido: no hay \
      intervalos ni probabilidades de clase por distrito. Agregue dos columnas con `interval`.
      """),
    page(
      .scoredFromMeans, en: "scored from district means",
      es: "calculado con promedios de distrito",
      """
      The chance of an average child isn't the average of the children's chances. Without cells the \
      risk is a little off, and its interval is widened. Give `risk.cells` to avoid it.
      """,
      """
      La probabilidad de una niña o niño promedio no es el promedio de sus probabilidades. Sin \
      celdas el riesgo queda algo desviado y su intervalo se amplía. Dé `risk.cells` para evitarlo.
      """),
    page(
      .otherDefinition, en: "a model of another definition", es: "un modelo de otra definición",
      """
      The risk model was fitted to another definition of child labor than the scenario asks for. \
      Rates of two definitions are never mixed.
      """,
      """
      El modelo de riesgo se ajustó a otra definición de trabajo infantil que la del escenario. \
      Las tasas de dos definiciones nunca se mezclan.
      """),
    page(
      .syntheticModel, en: "a synthetic model", es: "un modelo sintético",
      """
      The risk comes from a made-up example, not from an official MIRTI result. Use it to try the \
      program, not to allocate money.
      """,
      """
      El riesgo viene de un ejemplo inventado, no de un resultado oficial de MIRTI. Sirve para \
      probar el programa, no para asignar dinero.
      """),
    page(
      .estimateOfOtherYear, en: "an estimate of another year", es: "una estimación de otro año",
      """
      A department's estimate is moved to the year where runs start by the change of the national \
      rate in between. Without a national figure of that year it is used as it stands.
      """,
      """
      La estimación de un departamento se lleva al año en que empiezan las simulaciones con el \
      cambio de la tasa nacional. Sin cifra nacional de ese año se usa tal cual.
      """),
  ]
}
