// Quiebre · ScenarioFiles
// Pages of the keys of the series, the simulation, the money and the output.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel

extension KeyBook {
  static let seriesPages: [KeyPage] = [
    KeyPage(
      "series.file", .path, .country,
      en: "Published national rates: group,year,rate,se,n,deff,method,shock,published.",
      es: "Tasas nacionales publicadas: group,year,rate,se,n,deff,method,shock,published.",
      example: #"file = "geo:series/national.csv""#),
    KeyPage(
      "series.shock_years", .years,
      .said("the file's column shock", "la columna shock del archivo"),
      en: "Years that stay out of every fit, such as those of a pandemic.",
      es: "Años que quedan fuera de todo ajuste, como los de una pandemia.",
      example: "shock_years = [2020, 2021]"),
    KeyPage(
      "series.methods", .either([.choice(["refuse", "offset"]), .record(["ratio", "se"])]),
      .value("\"refuse\""),
      en: """
        How figures of two survey methods may meet: not at all, with a step that is fitted, or with \
        a known ratio and its standard error.
        """,
      es: """
        Cómo se unen cifras de dos métodos de encuesta: de ningún modo, con un salto ajustado, o con \
        una razón conocida y su error estándar.
        """,
      example: #"methods = "offset""#),
    KeyPage(
      "series.scale", .choice(SeriesSettings.Scale.allCases.map(\.rawValue)),
      .value("\"identity\""),
      en: "Scale on which the series is fitted.", es: "Escala en que se ajusta la serie.",
      example: #"scale = "log""#),
    KeyPage(
      "series.joinpoints", .count,
      .said("by the length of the series", "según el largo de la serie"),
      en: "Largest number of joinpoints that are searched.",
      es: "Mayor número de puntos de quiebre que se buscan.", example: "joinpoints = 1"),
    KeyPage(
      "series.side", .count, .value("2"),
      en: "Least number of kept years on each side of a joinpoint.",
      es: "Mínimo de años válidos a cada lado de un punto de quiebre.", example: "side = 3"),
    KeyPage(
      "series.alpha", .ratio, .value("0.05"),
      en: "Level of the tests.", es: "Nivel de las pruebas.", example: "alpha = 0.1"),
    KeyPage(
      "series.null_draws", .count, .value("9999"),
      en: "Draws of the null distribution.", es: "Sorteos de la distribución nula.",
      example: "null_draws = 999"),
    KeyPage(
      "series.bayes", .flag, .value("false"),
      en: "Adds the Bayesian reading of the series.",
      es: "Agrega la lectura bayesiana de la serie.",
      example: "bayes = true"),
    KeyPage(
      "series.next_se", .points, .said("the last one known", "el último conocido"),
      en: "Standard error expected of the deadline's survey, for the chance to detect a fall.",
      es:
        "Error estándar esperado de la encuesta del plazo, para la posibilidad de detectar una baja.",
      example: #"next_se = "0.5 pp""#),
    KeyPage(
      "series.rho", .ratio, .value("0"),
      en: "Correlation of the errors of two surveys in a row, as with a panel: smaller falls show.",
      es: "Correlación de los errores de dos encuestas seguidas, como en un panel: se ven bajas"
        + " menores.",
      example: "rho = 0.3"),
  ]

  static let simulationPages: [KeyPage] = runPages + dynamicsPages

  private static let runPages: [KeyPage] = [
    KeyPage(
      "simulation.as_of", .yearOrDate, .said("no cut", "sin corte"),
      en: "Figures after it are unseen: by `year` for a year, by `published` for a date.",
      es:
        "Las cifras posteriores no se ven: por `year` si es un año, por `published` si es una fecha.",
      example: "as_of = 2019"),
    KeyPage(
      "simulation.base", .year,
      .said("last year seen, shocks skipped", "último año visto, sin choques"),
      en: "The year that stands still without new money; its money is in the level already.",
      es: "El año que queda quieto sin dinero nuevo; su dinero ya está en el nivel.",
      example: "base = 2019"),
    KeyPage(
      "simulation.end", .year, .said("the last deadline", "el último plazo"),
      en: "Last simulated year; benefits after it aren't counted.",
      es: "Último año simulado; los beneficios posteriores no se cuentan.", example: "end = 2025"),
    KeyPage(
      "simulation.replicas", .count, .value("1000"),
      en: "Number of draws. The first thousand of 2,000 are those of 1,000.",
      es: "Número de sorteos. Los primeros mil de 2,000 son los de 1,000.",
      example: "replicas = 2000"),
    KeyPage(
      "simulation.seed", .count, .value("20190913"),
      en: "Seed of the draws: the same seed, the same bytes.",
      es: "Semilla de los sorteos: misma semilla, mismos bytes.", example: "seed = 7"),
    KeyPage(
      "simulation.overlap", .choice(Plan.Overlap.allCases.map(\.rawValue)), .value("\"product\""),
      en: """
        What two programs do to the same child: multiply, the larger one counts (nested), or add up \
        (additive).
        """,
      es: """
        Qué hacen dos programas a la misma niña o niño: multiplican, cuenta el mayor (nested), o se \
        suman (additive).
        """,
      example: #"overlap = "nested""#),
    KeyPage(
      "simulation.calibrate", .flag, .value("true"),
      en: "Weighs draws by how well they meet the published rates up to as_of.",
      es: "Pondera los sorteos según cumplan las tasas publicadas hasta as_of.",
      example: "calibrate = false"),
    KeyPage(
      "simulation.min_ess", .number, .value("200"),
      en: "Effective number of draws below which the run warns (Q510).",
      es: "Número efectivo de sorteos bajo el cual la corrida avisa (Q510).",
      example: "min_ess = 400"),
    KeyPage(
      "simulation.draws", .path, .none,
      en: """
        An analyst's own parameter draws, .csv or .qdraws: one row per draw, one column per \
        parameter, named by its key (see Scenarios/DRAWS.md).
        """,
      es: """
        Sorteos de parámetros propios de un analista, .csv o .qdraws: una fila por sorteo, una \
        columna por parámetro, con el nombre de su clave (vea Scenarios/DRAWS.md).
        """,
      example: #"draws = "data/draws.csv""#),
  ]

  private static let dynamicsPages: [KeyPage] = [
    KeyPage(
      "simulation.exit", .uncertainRatio, .assumed("[0.15, 0.3, 0.6]"),
      en: """
        X: share of working children who stop within a year. A survey that sees each child once \
        can't tell it, so it leads every list of assumptions.
        """,
      es: """
        X: parte de quienes trabajan que deja de hacerlo en un año. Una encuesta que ve a cada uno \
        una sola vez no puede decirlo, por eso encabeza toda lista de supuestos.
        """,
      example: "exit = [0.15, 0.30, 0.60]"),
    KeyPage(
      "simulation.trend", .uncertainLogPoints, .assumed("{ normal = [0, 0.05] }"),
      en: "Trend g of the yearly chance to start working, without any program.",
      es: "Tendencia g de la probabilidad anual de empezar a trabajar, sin programa alguno.",
      example: "trend = { normal = [0, 0.05] }"),
    KeyPage(
      "simulation.trend_exit", .uncertainLogPoints, .value("0"),
      en: "Trend of the yearly chance to stop.",
      es: "Tendencia de la probabilidad anual de dejarlo.",
      example: "trend_exit = 0.01"),
    KeyPage(
      "simulation.shock", .record(["sd", "ar"]), .assumed("{ sd = 0.05, ar = 0.5 }"),
      en: """
        Yearly national shocks on starting, in log points: standard deviation and how much of one \
        year stays in the next. sd = 0 switches them off.
        """,
      es: """
        Choques nacionales anuales sobre el inicio, en puntos logarítmicos: desviación estándar y \
        cuánto de un año queda en el siguiente. sd = 0 los apaga.
        """,
      example: "shock = { sd = 0.05, ar = 0.5 }"),
    KeyPage(
      "simulation.shock_department", .record(["sd", "ar"]), .assumed("{ sd = 0.05, ar = 0.5 }"),
      en: "The same for each department by itself.",
      es: "Lo mismo para cada departamento por sí solo.",
      example: "shock_department = { sd = 0.03, ar = 0.5 }"),
  ]

  static let moneyPages: [KeyPage] = [
    KeyPage(
      "money.prices", .choice(MoneySettings.Prices.allCases.map(\.rawValue)), .required,
      en: "Whether amounts are in money of one year, or of each year (then the deflator is used).",
      es: "Si los montos están en moneda de un año, o de cada año (entonces se usa el deflactor).",
      example: #"prices = "constant""#),
    KeyPage(
      "money.currency", .text, .country,
      en: "ISO 4217 code of the currency.", es: "Código ISO 4217 de la moneda.",
      example: #"currency = "PEN""#),
    KeyPage(
      "money.price_year", .year, .said("the base year", "el año base"),
      en: "Results are in constant money of this year.",
      es: "Los resultados van en moneda constante de este año.", example: "price_year = 2019"),
    KeyPage(
      "money.deflator", .path, .none,
      en: "Table year,index of prices.", es: "Tabla year,index de precios.",
      example: #"deflator = "data/cpi.csv""#),
    KeyPage(
      "money.stage", .choice(MoneySettings.Stage.allCases.map(\.rawValue)), .value("\"amended\""),
      en: """
        What amounts mean. In Peru: PIA, PIM, certificado, compromiso, devengado, girado. Accrued \
        and paid money has been spent: execution is then 100 %.
        """,
      es: """
        Qué significan los montos. En el Perú: PIA, PIM, certificado, compromiso, devengado, \
        girado. Lo devengado o girado ya se gastó: la ejecución es entonces 100 %.
        """,
      example: #"stage = "accrued""#),
  ]

  static let outputPages: [KeyPage] = [
    KeyPage(
      "output.formats", .choices(["geojson", "csv"]), .value("[\"geojson\", \"csv\"]"),
      en: "What the result folder holds beside summary and manifest.",
      es: "Qué contiene la carpeta además de resumen y manifiesto.", example: #"formats = ["csv"]"#),
    KeyPage(
      "output.time", .choice(OutputSettings.Time.allCases.map(\.rawValue)), .value("\"wide\""),
      en: "wide: one feature per district; long: one per district and year, with dates.",
      es: "wide: una entidad por distrito; long: una por distrito y año, con fechas.",
      example: #"time = "long""#),
    KeyPage(
      "output.simplify", .meters, .value("0"),
      en: "How far borders of the map may move to save space.",
      es: "Cuánto pueden moverse los bordes del mapa para ahorrar espacio.",
      example: "simplify = 200"),
    KeyPage(
      "output.csv", .choice(OutputSettings.CSV.allCases.map(\.rawValue)), .value("\"point\""),
      en: "Decimal point with commas between cells, or decimal comma with semicolons.",
      es: "Punto decimal con comas entre celdas, o coma decimal con punto y coma.",
      example: #"csv = "comma""#),
    KeyPage(
      "output.quartiles", .flag, .value("false"),
      en: "Adds 25 and 75 % and P(goal) of each district and year to district_years.",
      es: "Agrega 25 y 75 % y P(meta) de cada distrito y año a district_years.",
      example: "quartiles = true"),
    KeyPage(
      "output.worst", .count,
      .said("a tenth of the districts, at most 100", "un décimo de los distritos, máximo 100"),
      en: "k of the column p_worst: P(a district is among the k with the highest rates).",
      es: "k de la columna p_worst: P(el distrito está entre los k de tasa más alta).",
      example: "worst = 50"),
    KeyPage(
      "output.poverty", .quantity, .country,
      en: "Poverty of a district, for the concentration indices: the higher the poorer.",
      es: "Pobreza de un distrito, para los índices de concentración: a más, más pobre.",
      example: #"poverty = "(poverty_low + poverty_high) / 2""#),
    KeyPage(
      "output.rural", .quantity, .country,
      en: "Rural share of a district's children, for the gap between rural and urban rates.",
      es: "Parte rural de los NNA de un distrito, para la brecha rural-urbana.",
      example: #"rural = "rural""#),
  ]
}
