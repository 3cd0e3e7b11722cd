// Quiebre · ScenarioFiles
// Pages of the keys that bring facts, surfaces, risk and population.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts

/// Keys that say how the codes of a table are read, the same in four tables.
private func codePages(_ table: String) -> [KeyPage] {
  [
    KeyPage(
      table + ".code", .column, .said("as in data.code", "como en data.code"),
      en: "Column of the district codes in this table.",
      es: "Columna de los códigos de distrito en esta tabla.", example: #"code = "ubigeo""#),
    KeyPage(
      table + ".coding", .choice(DataSettings.Coding.allCases.map(\.rawValue)),
      .said("as in data.coding", "como en data.coding"),
      en: "Whose codes this table bears.", es: "De quién son los códigos de esta tabla.",
      example: #"coding = "reniec""#),
    KeyPage(
      table + ".vintage", .year, .said("as in data.vintage", "como en data.vintage"),
      en: "Year of the district map that this table follows.",
      es: "Año del mapa de distritos que sigue esta tabla.", example: "vintage = 2007"),
  ]
}

extension KeyBook {
  static let tablePages: [KeyPage] =
    [
      KeyPage(
        "table.x.file", .path, .required,
        en: "CSV with one row per district; its columns become fields for formulas.",
        es: "CSV con una fila por distrito; sus columnas son campos para las fórmulas.",
        example: #"file = "data/facts.csv""#),
      KeyPage(
        "table.x.fields",
        .map(LocalizedText(en: "{ field = \"column\" }", es: "{ campo = \"columna\" }")),
        .said("every numeric column under its own name", "cada columna numérica con su nombre"),
        en: "Which columns become fields, and under which names.",
        es: "Qué columnas son campos, y con qué nombres.",
        example: #"fields = { rural = "rural_pct" }"#),
      KeyPage(
        "table.x.units", .map(LocalizedText(en: "{ field = \"%\" }", es: "{ campo = \"%\" }")),
        .none,
        en: "Fields in percent; they compare only with percentages, such as rural > 50 %.",
        es: "Campos en porcentaje; solo se comparan con porcentajes, como rural > 50 %.",
        example: #"units = { rural = "%" }"#),
    ] + codePages("table.x")

  static let surfacePages: [KeyPage] = surfaceFilePages + surfaceValuePages + codePages("surface.x")

  private static let surfaceFilePages: [KeyPage] = [
    KeyPage(
      "surface.x.file", .path, .required,
      en: "Raster, polygons, points or table that gives every district a value: the field x.",
      es: "Ráster, polígonos, puntos o tabla que da un valor a cada distrito: el campo x.",
      example: #"file = "data/mirti.tif""#),
    KeyPage(
      "surface.x.quantity", .choice(SurfaceSource.Quantity.allCases.map(\.rawValue)), .required,
      en: """
        mean for a rate or probability, sum for a count, share for categories: the part of the \
        district (of its cells, points or rows) in each class.
        """,
      es: """
        mean para una tasa o probabilidad, sum para una cuenta, share para categorías: la parte del \
        distrito (de sus celdas, puntos o filas) en cada clase.
        """,
      example: #"quantity = "mean""#),
    KeyPage(
      "surface.x.kind", .choice(SurfaceSource.Kind.allCases.map(\.rawValue)),
      .said("by the type of the file", "según el tipo de archivo"),
      en: "What the file holds. A CSV with xy is points, without it a table by code.",
      es: "Qué contiene el archivo. Un CSV con xy son puntos, sin xy una tabla por código.",
      example: #"kind = "points""#),
    KeyPage(
      "surface.x.band", .count, .value("1"),
      en: "Band of the raster.", es: "Banda del ráster.", example: "band = 2"),
    KeyPage(
      "surface.x.crs", .crs, .said("the file's own", "el del archivo"),
      en: "Coordinate system of a file that doesn't say it, or says a wrong one.",
      es: "Sistema de coordenadas de un archivo que no lo dice, o lo dice mal.",
      example: #"crs = "EPSG:32718""#),
    KeyPage(
      "surface.x.nodata", .number, .said("the file's own", "el del archivo"),
      en: "Value that means \"nothing measured here\"; it never enters a mean.",
      es: "Valor que significa \"aquí no se midió\"; nunca entra en un promedio.",
      example: "nodata = -9999"),
    KeyPage(
      "surface.x.xy", .columns, .said("the file's shapes", "las formas del archivo"),
      en: "Columns of x (longitude) and y (latitude) in a CSV of points.",
      es: "Columnas de x (longitud) e y (latitud) en un CSV de puntos.",
      example: #"xy = ["lon", "lat"]"#),
  ]

  private static let surfaceValuePages: [KeyPage] = [
    KeyPage(
      "surface.x.unit", .text, .said("plain number", "número sin unidad"),
      en: "\"%\" = the file holds 22.6 for 22.6 %; any other text is only shown.",
      es: "\"%\" = el archivo guarda 22.6 por 22.6 %; otro texto solo se muestra.",
      example: #"unit = "%""#),
    KeyPage(
      "surface.x.valid", .map(LocalizedText(en: "[low, high]", es: "[mínimo, máximo]")),
      .said("0 to 100 % for \"%\", else none", "0 a 100 % para \"%\", si no ninguno"),
      en: "A value outside is an error with its cell or row (Q341).",
      es: "Un valor fuera es un error con su celda o fila (Q341).",
      example: "valid = [0, 5000]"),
    KeyPage(
      "surface.x.stats", .map(LocalizedText(en: "list of statistics", es: "lista de estadísticas")),
      .said("by quantity", "según quantity"),
      en: """
        What is computed per district: \(SurfaceStatistic.names.joined(separator: " ")). The \
        first names the field x, others x_stat. With weight, means and quantiles are weighted.
        """,
      es: """
        Qué se calcula por distrito: \(SurfaceStatistic.names.joined(separator: " ")). La \
        primera nombra el campo x, las otras x_stat. Con weight, medias y cuantiles se ponderan.
        """,
      example: #"stats = ["mean", "stdev"]"#),
    KeyPage(
      "surface.x.value", .column, .said("the only one", "la única"),
      en: "Column of polygons, points or table that is read.",
      es: "Columna de polígonos, puntos o tabla que se lee.", example: #"value = "cases""#),
    KeyPage(
      "surface.x.classes",
      .map(LocalizedText(en: "{ class = [values] }", es: "{ clase = [valores] }")),
      .said("each value is a class", "cada valor es una clase"),
      en: "For quantity share: which values make a class; the field is x_class.",
      es: "Para quantity share: qué valores forman una clase; el campo es x_clase.",
      example: #"classes = { coffee = ["CAFE"] }"#),
    KeyPage(
      "surface.x.weight", .name, .none,
      en: """
        Raster surface whose cells weigh the mean: a mean over children, not over land. A field \
        can't: it has one value per district, so it would weigh all cells of one alike.
        """,
      es: """
        Superficie ráster cuyas celdas ponderan el promedio: sobre niñas y niños, no sobre el suelo. \
        Un campo no sirve: tiene un valor por distrito y ponderaría igual todas sus celdas.
        """,
      example: #"weight = "children_grid""#),
    KeyPage(
      "surface.x.fallback", .choice(SurfaceSource.Fallback.allCases.map(\.rawValue)),
      .value("\"none\""),
      en:
        "What a district without a valid cell gets: nothing, or the nearest cell's value; counted.",
      es: "Qué recibe un distrito sin celda válida: nada, o el valor de la más cercana; se cuenta.",
      example: #"fallback = "nearest""#),
    KeyPage(
      "surface.x.method", .choice(SurfaceSource.Method.allCases.map(\.rawValue)),
      .value("\"inside\""),
      en: """
        How points become a value: those inside the district; a quartic kernel, (1 − u²)² with u = \
        distance to the district's middle / bandwidth; or the nearest one. A kernel averages the \
        points around (mean, share) or deals each point's value out to the districts around (sum, \
        total kept). Edges aren't corrected.
        """,
      es: """
        Cómo los puntos dan un valor: los de dentro del distrito; un núcleo cuártico, (1 − u²)² con \
        u = distancia al centro del distrito / bandwidth; o el más cercano. El núcleo promedia los \
        puntos alrededor (mean, share) o reparte el valor de cada punto entre los distritos vecinos \
        (sum, con el total intacto). Los bordes no se corrigen.
        """,
      example: #"method = "kernel""#),
    KeyPage(
      "surface.x.bandwidth", .kilometers,
      .said("required for method kernel", "obligatoria para el método kernel"),
      en: "Radius of the kernel around each point.",
      es: "Radio del núcleo alrededor de cada punto.",
      example: #"bandwidth = 15"#),
    KeyPage(
      "surface.x.within", .kilometers, .said("any distance", "cualquier distancia"),
      en: """
        How far the nearest point or cell may lie from a point inside the district, for method or \
        fallback "nearest"; beyond it the district has no value.
        """,
      es: """
        A qué distancia de un punto interior del distrito puede estar el punto o celda más cercano, \
        para method o fallback "nearest"; más allá el distrito no tiene valor.
        """,
      example: "within = 50"),
    KeyPage(
      "surface.x.interval",
      .either([.columns, .map(LocalizedText(en: "two bands", es: "dos bandas"))]),
      .said("none: the error is unknown, and said so", "ninguno: el error no se conoce, y se dice"),
      en: "Columns or bands that hold the 5 and the 95 % limit of the risk.",
      es: "Columnas o bandas con los límites de 5 y 95 % del riesgo.",
      example: #"interval = ["p05", "p95"]"#),
  ]

  static let riskPages: [KeyPage] = [
    KeyPage(
      "risk.surface", .name, .said("the country layer's model", "el modelo de la capa del país"),
      en: "The surface that stands for MIRTI: the ministry's raster, points, polygons or table.",
      es: "La superficie que hace de MIRTI: el ráster, puntos, polígonos o tabla del ministerio.",
      example: #"surface = "mirti""#),
    KeyPage(
      "risk.model", .path, .country,
      en: "A model.json to score; the higher layer's surface or model wins.",
      es: "Un model.json por aplicar; gana la superficie o el modelo de la capa superior.",
      example: #"model = "geo:risk/model.json""#),
    KeyPage(
      "risk.cells", .path, .country,
      en: "Cells or places to score; without them the model scores district means, and says so.",
      es: "Celdas o lugares por evaluar; sin ellos se evalúan promedios de distrito, y se dice.",
      example: #"cells = "geo:risk/cells.csv""#),
    KeyPage(
      "risk.direct", .path, .country,
      en: "Direct survey estimates by department that the risk must meet. \"\" = none.",
      es: "Estimaciones directas por departamento que el riesgo debe cumplir. \"\" = ninguna.",
      example: #"direct = "geo:series/direct.csv""#),
    KeyPage(
      "risk.damping", .flag, .value("true"),
      en: "Whether departments with large survey errors are moved less.",
      es: "Si los departamentos con gran error de encuesta se mueven menos.",
      example: "damping = false"),
    KeyPage(
      "risk.logit_error", .number, .country,
      en: "Error of a surface or table without interval: standard deviation on the logit scale.",
      es: "Error de una superficie o tabla sin intervalo: desviación estándar en escala logit.",
      example: "logit_error = 0.3"),
    KeyPage(
      "risk.classes", .record(["rule", "medium", "high"]), .country,
      en: """
        How risks become low, medium and high: rule fixed with two cuts, or equal, quantile, jenks. \
        A value on a cut goes up.
        """,
      es: """
        Cómo el riesgo se vuelve bajo, medio y alto: regla fixed con dos cortes, o equal, quantile, \
        jenks. Un valor en el corte sube.
        """,
      example: #"classes = { rule = "fixed", medium = "15 %", high = "30 %" }"#),
  ]

  static let populationPages: [KeyPage] = [
    KeyPage(
      "population.file", .path, .country,
      en: "Table of the children of each district.",
      es: "Tabla de niñas, niños y adolescentes de cada distrito.",
      example: #"file = "geo:districts.csv""#),
    KeyPage(
      "population.children", .column, .value("\"children\""),
      en: "Column of the children aged 5 to 17.",
      es: "Columna de NNA de 5 a 17 años.", example: #"children = "children_5_17""#),
    KeyPage(
      "population.by_age", .path, .none,
      en: "Table ubigeo,year,age,children, where single ages are known.",
      es: "Tabla ubigeo,year,age,children, donde se conocen las edades simples.",
      example: #"by_age = "data/population.csv""#),
    KeyPage(
      "population.split", .either([.choice(["even"]), .path]), .value("\"even\""),
      en: "How a total is split into single ages.",
      es: "Cómo se reparte un total en edades simples.",
      example: #"split = "even""#),
    KeyPage(
      "population.growth", .either([.ratio, .path]), .value("0"),
      en: "Yearly growth of the number of children, the same everywhere.",
      es: "Crecimiento anual del número de NNA, igual en todas partes.",
      example: #"growth = "-0.5 %""#),
  ]
}
