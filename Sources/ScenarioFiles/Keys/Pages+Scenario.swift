// Quiebre · ScenarioFiles
// Pages of the keys that name a scenario, its country and its districts.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension KeyBook {
  static let scenarioPages: [KeyPage] = [
    KeyPage(
      "scenario.id", .name, .required,
      en: "Names the scenario and its result folder: letters without accents, digits, - and _.",
      es: "Nombra el escenario y su carpeta de resultados: letras sin tilde, dígitos, - y _.",
      example: #"id = "commitments-2020""#),
    KeyPage(
      "scenario.definition", .text, .required,
      en: """
        The group of the national series that counts as "working". Rates of two groups are never \
        compared or joined.
        """,
      es: """
        El grupo de la serie nacional que cuenta como "trabaja". Nunca se comparan ni se unen tasas \
        de dos grupos.
        """,
      example: #"definition = "A_ENAHO_WORK_5_17""#),
    KeyPage(
      "scenario.name", .texts, .said("the id", "el id"),
      en: "What people read instead of the id.", es: "Lo que se lee en lugar del id.",
      example: #"name = { es = "Compromisos 2020", en = "Commitments 2020" }"#),
    KeyPage(
      "scenario.note", .texts, .none,
      en: "A remark for people; it changes no result.",
      es: "Una nota para las personas; no cambia ningún resultado.",
      example: #"note = "illustrative amounts""#),
    KeyPage(
      "scenario.version", .count, .value("1"),
      en: "Version of the file format; 1 is the only one so far.",
      es: "Versión del formato; por ahora solo existe la 1.",
      example: "version = 1"),
    KeyPage(
      "scenario.extends", .paths, .none,
      en: """
        Lower layers, lowest first: whatever this file doesn't say comes from them, key by key. \
        `check --layers` shows who gave each value.
        """,
      es: """
        Capas inferiores, la más baja primero: lo que este archivo no dice viene de ellas, clave por \
        clave. `check --layers` muestra quién dio cada valor.
        """,
      example: #"extends = ["base.toml"]"#),
    KeyPage(
      "scenario.override", .flag, .value("false"),
      en: "Lets the later of two layers win where they give one key different values (Q207).",
      es: "Deja ganar a la capa posterior donde dos dan valores distintos a una clave (Q207).",
      example: "override = true"),
    KeyPage(
      "scenario.baseline", .path,
      .said("this scenario with its base-year money kept", "este con su dinero del año base"),
      en: "Another scenario that all differences are taken from.",
      es: "Otro escenario frente al que se toman todas las diferencias.",
      example: #"baseline = "no-new-money.toml""#),
  ]

  static let countryPages: [KeyPage] = [
    KeyPage(
      "country.name", .texts, .none,
      en: "The country's name. The table [country] belongs into the country layer.",
      es: "El nombre del país. La tabla [country] corresponde a la capa del país.",
      example: #"name = { es = "Perú", en = "Peru" }"#),
    KeyPage(
      "country.currency_sign", .text, .said("the currency's code", "el código de la moneda"),
      en: "What stands before amounts for people.",
      es: "Lo que precede a los montos en los textos.",
      example: #"currency_sign = "S/""#),
    KeyPage(
      "country.classification",
      .map(LocalizedText(en: "{ field = \"pattern\" }", es: "{ campo = \"patrón\" }")), .none,
      en: """
        Fields of the budget classification in the order people know, each with the pattern of its \
        codes: # is a digit, * anything.
        """,
      es: """
        Campos de la clasificación presupuestal en el orden conocido, cada uno con el patrón de sus \
        códigos: # es un dígito, * cualquier cosa.
        """,
      example: ####"classification = { sector = "##", entity = "###" }"####),
    KeyPage(
      "country.execution", .uncertainRatio, .none,
      en: "Part of the budget that is spent, for lines that don't say their own.",
      es: "Parte del presupuesto que se gasta, para líneas que no dan la suya.",
      example: #"execution = ["75 %", "85 %", "95 %"]"#),
    KeyPage(
      "country.leakage", .uncertainRatio, .none,
      en:
        "Part of the spending that misses the children meant, for lines that don't say their own.",
      es: "Parte del gasto que no llega a quienes debe, para líneas que no dan la suya.",
      example: #"leakage = ["20 %", "30 %", "40 %"]"#),
    KeyPage(
      "country.ceiling", .uncertainRatio, .none,
      en:
        "Largest share of the children of a district that a line can reach, unless it says its own.",
      es: "Mayor parte de NNA de un distrito que una línea puede alcanzar, si no da la suya.",
      example: #"ceiling = ["70 %", "80 %", "90 %"]"#),
    KeyPage(
      "country.assumed", .map(LocalizedText(en: "list of keys", es: "lista de claves")), .none,
      en: "Keys of the country layer that no source backs: printed as assumed with every result.",
      es: "Claves de la capa del país sin fuente: se imprimen como supuestas con cada resultado.",
      example: #"assumed = ["country.leakage"]"#),
  ]

  static let dataPages: [KeyPage] = [
    KeyPage(
      "data.country", .name, .value("\"peru\""),
      en: "Folder under Geo/ that holds the country layer and its data; `geo:` paths start there.",
      es: "Carpeta bajo Geo/ con la capa del país y sus datos; ahí empiezan las rutas `geo:`.",
      example: #"country = "peru""#),
    KeyPage(
      "data.districts", .path, .country,
      en: """
        District polygons: GeoJSON, and with GDAL GeoPackage, Shapefile, FlatGeobuf. `file#layer` \
        picks a layer.
        """,
      es: """
        Polígonos de distritos: GeoJSON, y con GDAL GeoPackage, Shapefile, FlatGeobuf. \
        `archivo#capa` elige una capa.
        """,
      example: #"districts = "data/districts.gpkg#districts""#),
    KeyPage(
      "data.code", .column, .country,
      en: "Column of the polygons that holds the district code.",
      es: "Columna de los polígonos con el código del distrito.", example: #"code = "ubigeo""#),
    KeyPage(
      "data.coding", .choice(DataSettings.Coding.allCases.map(\.rawValue)), .country,
      en: """
        Whose codes these are. In Peru most codes of INEI and RENIEC name different districts; which \
        one is meant is never guessed.
        """,
      es: """
        De quién son los códigos. En el Perú la mayoría de códigos de INEI y RENIEC nombran \
        distritos distintos; nunca se adivina cuál es.
        """,
      example: #"coding = "reniec""#),
    KeyPage(
      "data.vintage", .year, .country,
      en: "Year of the district map; older tables are carried over with the table of changes.",
      es: "Año del mapa de distritos; las tablas de otros años se trasladan con la de cambios.",
      example: "vintage = 2017"),
    KeyPage(
      "data.changes", .path, .country,
      en: "Table of districts created, merged or renamed, by year. \"\" = none.",
      es: "Tabla de distritos creados, fusionados o renombrados, por año. \"\" = ninguna.",
      example: #"changes = "geo:changes.csv""#),
    KeyPage(
      "data.codings", .path, .country,
      en: "Table of pairs of INEI and RENIEC codes. \"\" = none.",
      es: "Tabla de pares de códigos INEI y RENIEC. \"\" = ninguna.",
      example: #"codings = "geo:codings.csv""#),
    KeyPage(
      "data.names", .record(["department", "province", "district"]), .country,
      en: "Columns that hold the names of districts and upper levels.",
      es: "Columnas con los nombres de distritos y niveles superiores.",
      example: #"names = { district = "DISTRITO" }"#),
    KeyPage(
      "data.levels", .record(["department", "province", "district"]), .country,
      en: """
        How many characters of the code name the department, the province and the district (the \
        whole code; two more than the province unless said).
        """,
      es: """
        Cuántos caracteres del código nombran departamento, provincia y distrito (el código entero; \
        dos más que la provincia si no se dice).
        """,
      example: "levels = { department = 2, province = 4, district = 6 }"),
    KeyPage(
      "data.geometry", .choice(DataSettings.Geometry.allCases.map(\.rawValue)),
      .said("the file's stamp, else real", "el sello del archivo, si no real"),
      en: "Whether the shapes are real. Schematic ones give no areas, borders or neighbors.",
      es: "Si las formas son reales. Las esquemáticas no dan áreas, límites ni vecinos.",
      example: #"geometry = "real""#),
    KeyPage(
      "data.repair", .choice(DataSettings.Repair.allCases.map(\.rawValue)), .value("\"structure\""),
      en: "How invalid polygons are mended; each repair is reported in km².",
      es: "Cómo se corrigen los polígonos inválidos; cada arreglo se informa en km².",
      example: #"repair = "structure""#),
    KeyPage(
      "data.area_crs", .crs, .said("an equal-area one, chosen", "uno equivalente, elegido"),
      en: "Projection for areas.", es: "Proyección para las áreas.",
      example: #"area_crs = "EPSG:6933""#),
    KeyPage(
      "data.contiguity", .choice(DataSettings.Contiguity.allCases.map(\.rawValue)),
      .value("\"queen\""),
      en: "Which districts count as neighbors: sharing a point (queen) or a border (rook).",
      es: "Qué distritos son vecinos: comparten un punto (queen) o un límite (rook).",
      example: #"contiguity = "rook""#),
    KeyPage(
      "data.gap", .meters, .value("0"),
      en: "Gap between polygons up to which they still count as neighbors.",
      es: "Separación hasta la cual dos polígonos aún cuentan como vecinos.", example: "gap = 50"),
  ]
}
