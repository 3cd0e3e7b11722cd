// Quiebre · quiebre
// The verbs: what each does, its operands, its own flags, an example.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// A verb of the tool.
enum Verb: String, CaseIterable, Hashable, Sendable {
  case run
  case merge
  case check
  case join
  case layer
  case risk
  case compare
  case breakTest = "break"
  case hindcast
  case survey
  case explain
  case version
  case help

  var summary: LocalizedText {
    switch self {
    case .run:
      LocalizedText(
        en: "simulate scenarios, write the result folder",
        es: "simula escenarios y escribe la carpeta de resultados")
    case .merge:
      LocalizedText(
        en: "put the shards of a run together: the result folder of the whole",
        es: "une los fragmentos de una corrida: la carpeta de resultados del conjunto")
    case .check:
      LocalizedText(
        en: "everything short of simulating: syntax, keys, units, joins, sums, reach",
        es: "todo menos simular: sintaxis, claves, unidades, uniones, sumas, alcance")
    case .join:
      LocalizedText(
        en: "join tables or surfaces to districts and report what did not match",
        es: "une tablas o superficies a los distritos e informa lo que no coincide")
    case .layer:
      LocalizedText(
        en: "health of a layer of polygons, its neighbors, hot spots, lighter borders",
        es: "salud de una capa de polígonos, sus vecinos, zonas calientes, bordes más livianos")
    case .risk:
      LocalizedText(
        en: "risk per district: rate, interval, class, top factors; fit: a model from microdata",
        es: "riesgo por distrito: tasa, intervalo, clase, factores; fit: un modelo con microdatos")
    case .compare:
      LocalizedText(
        en: "scenarios and finished folders side by side",
        es: "escenarios y carpetas terminadas lado a lado")
    case .breakTest:
      LocalizedText(
        en: "stagnation and break test on the observed series and on the draws",
        es: "prueba de estancamiento y de quiebre en la serie observada y en los sorteos")
    case .hindcast:
      LocalizedText(
        en: "project as of past years and score what was published since",
        es: "proyecta con lo sabido en años pasados y evalúa con lo publicado después")
    case .survey:
      LocalizedText(
        en: "estimates with errors from survey microdata; plan of a new survey",
        es: "estimaciones con error a partir de microdatos; plan de una encuesta nueva")
    case .explain:
      LocalizedText(
        en: "page of a code, key, column or method",
        es: "página de un código, clave, columna o método")
    case .version:
      LocalizedText(
        en: "version of Quiebre and of its libraries", es: "versión de Quiebre y sus bibliotecas")
    case .help:
      LocalizedText(en: "help on a verb", es: "ayuda sobre un verbo")
    }
  }

  var operands: String {
    switch self {
    case .run, .check: "SCENARIO.toml…"
    case .merge: "PART.qpart…"
    case .compare: "SCENARIO.toml | RESULT-FOLDER…"
    case .join: "SCENARIO.toml | TABLE.csv"
    case .layer: "LAYER.geojson | LAYER.gpkg | LAYER.shp"
    case .survey: "MICRODATA.csv | plan | interval HITS CASES"
    case .explain: "CODE | KEY | COLUMN | METHOD | columns | keys | fields | paths"
    case .risk: "SCENARIO.toml | fit MICRODATA.csv"
    case .breakTest: "SERIES.csv | SCENARIO.toml | RESULTS"
    case .hindcast: "SCENARIO.toml"
    case .version: ""
    case .help: "[VERB]"
    }
  }

  /// Whether its operands are files, near which a project file may lie.
  var takesFiles: Bool {
    switch self {
    case .run, .merge, .check, .join, .layer, .risk, .compare, .breakTest, .hindcast, .survey: true
    case .explain, .version, .help: false
    }
  }

  /// How many operands it takes.
  var operandCount: ClosedRange<Int> {
    switch self {
    case .run, .check: 1...20
    case .merge: 1...100_000
    case .compare: 1...20
    case .join: 0...1
    case .survey: 1...3
    case .risk: 1...2
    case .breakTest, .hindcast, .layer: 1...1
    case .explain, .help: 0...1
    case .version: 0...0
    }
  }

  var example: String {
    switch self {
    case .run: "quiebre run Scenarios/pathfinder-2019.toml --replicas 2000"
    case .merge: "quiebre merge results/*.qpart"
    case .check: "quiebre check Scenarios/pathfinder-2019.toml --strict"
    case .join:
      "quiebre join --districts D.geojson --by ubigeo --surface risk.tif --stats mean,coverage"
    case .layer: "quiebre layer districts.geojson --by ubigeo --neighbors pairs.csv"
    case .risk: "quiebre risk Scenarios/pathfinder-2019.toml"
    case .compare: "quiebre compare Scenarios/no-new-money.toml Scenarios/pathfinder-2019.toml"
    case .breakTest: "quiebre break series.csv --target \"12 %\" --deadline 2024 --tolerance 0.3"
    case .hindcast: "quiebre hindcast Scenarios/pathfinder-2019.toml --as-of 2019"
    case .survey:
      "quiebre survey children.csv --weight w --strata s --cluster c --share \"hours >= 1\" --by sex"
    case .explain: "quiebre explain line.amount"
    case .version: "quiebre version"
    case .help: "quiebre help run"
    }
  }
}

extension Verb {
  var flags: [Flag] { ownFlags + Flag.common }

  private var ownFlags: [Flag] {
    switch self {
    case .run: [.replicas, .seed, .threads, .planOnly] + Verb.runFlags
    case .merge: [.threads] + Verb.resultFlags
    case .check: Verb.checkFlags + [.threads]
    case .join: Verb.joinFlags + [.threads]
    case .layer: Verb.layerFlags + [.seed, .threads]
    case .risk: Verb.riskFlags + Verb.riskFitFlags + [.seed, .threads]
    case .compare: Verb.compareFlags + [.replicas, .seed, .threads]
    case .breakTest: Verb.breakFlags + [.replicas, .seed, .threads]
    case .hindcast: Verb.hindcastFlags + [.replicas, .seed, .threads]
    case .survey: Verb.surveyFlags
    case .explain, .version, .help: []
    }
  }

  private static let resultFlags = [
    Flag(
      "--out", value: "FOLDER", en: "where result folders go (default: results)",
      es: "dónde van las carpetas de resultados (por defecto: results)"),
    Flag("--force", en: "replace a result folder", es: "reemplaza una carpeta de resultados"),
    Flag(
      "--require", value: "target.NAME",
      en: "exit 1 unless the target reaches its wanted probability",
      es: "termina con 1 si la meta no llega a la probabilidad pedida"),
  ]

  private static let runFlags =
    resultFlags + [
      Flag(
        "--draws-out", value: "FILE",
        en: "write every parameter draw there (.csv or .qdraws; may be repeated)",
        es: "escribe ahí cada sorteo de los parámetros (.csv o .qdraws; se puede repetir)"),
      Flag(
        "--shard", value: "i/n", en: "do one of n shares of the districts and write it as a part",
        es: "hace una de n porciones de los distritos y la escribe como parte"),
      Flag(
        "--resume", en: "go on from the checkpoint of an interrupted run, if there is one",
        es: "sigue desde el punto de control de una corrida interrumpida, si lo hay"),
      Flag(
        "--checkpoint", value: "SECONDS", en: "time between checkpoints (default: 60)",
        es: "tiempo entre puntos de control (por defecto: 60)"),
    ]

  private static let checkFlags = [
    Flag("--layers", en: "every value in force and its origin", es: "cada valor y su origen"),
    Flag("--plan", en: "money per line and year", es: "dinero por línea y año"),
    Flag("--strict", en: "warnings fail too (exit 1)", es: "las advertencias también fallan"),
  ]

  private static let riskFlags = [
    Flag(
      "--classes", value: "RULE", overridesScenario: true, en: "fixed, equal, quantile or jenks",
      es: "fixed, equal, quantile o jenks"),
    Flag("--out", value: "FILE", en: "write the table there", es: "escribe la tabla ahí"),
  ]

  private static let compareFlags = [
    Flag(
      "--baseline", value: "SCENARIO|FOLDER", en: "what differences are taken from",
      es: "frente a qué se toman las diferencias"),
    Flag(
      "--by", value: "department|province|line|input",
      en: "rows of the table; line: what each line adds; input: where uncertainty comes from",
      es: "filas; line: lo que agrega cada línea; input: de qué viene la incertidumbre"),
    Flag("--year", value: "YEAR", en: "year compared (default: last)", es: "año comparado"),
    Flag(
      "--worth", value: "AMOUNT", en: "what a child-year avoided is worth: counts money too",
      es: "cuánto vale un año-niño evitado: cuenta también el dinero"),
  ]

  private static let hindcastFlags = [
    Flag(
      "--as-of", value: "YEARS", en: "2018,2019; default: every year that leaves two figures",
      es: "2018,2019; por defecto, cada año que deja dos cifras"),
    Flag(
      "--self-check", value: "N", en: "calibrate on N made-up truths (200 is a start)",
      es: "calibra con N verdades inventadas (200 para empezar)"),
  ]

  private static let breakFlags = [
    Flag(
      "--since", value: "YEAR", overridesScenario: true, en: "start of the plateau",
      es: "inicio de la meseta"),
    Flag("--deadline", value: "YEAR", overridesScenario: true, en: "deadline", es: "plazo"),
    Flag("--tolerance", value: "PP", overridesScenario: true, en: "pp a year", es: "pp por año"),
    Flag("--observed", en: "the observed series only", es: "solo la serie observada"),
    Flag("--svg", value: "FILE", en: "draw the series there", es: "dibuja la serie ahí"),
    Flag("--target", value: "\"12 %\"", en: "rate to reach (series)", es: "tasa meta (serie)"),
    Flag("--group", value: "NAME", en: "rows of a group (series)", es: "filas de un grupo (serie)"),
    Flag(
      "--as-of", value: "YEAR|DATE", en: "nothing seen later (series)",
      es: "nada posterior se ve (serie)"),
    Flag(
      "--shock", value: "YEARS", en: "years left out, 2020,2021 (series)",
      es: "años fuera, 2020,2021 (serie)"),
    Flag(
      "--methods", value: "RULE", en: "refuse, offset, or RATIO,ERROR (series)",
      es: "refuse, offset, o RAZÓN,ERROR (serie)"),
    Flag(
      "--scale", value: "identity|log|logit", en: "where a steady pace is a line (series)",
      es: "donde un ritmo constante es una recta (serie)"),
    Flag("--next-se", value: "PP", en: "error of the deadline's survey", es: "error en el plazo"),
    Flag(
      "--rho", value: "RATIO", en: "correlation of two surveys' errors, as with a panel (series)",
      es: "correlación de los errores de dos encuestas, como en un panel (serie)"),
    Flag(
      "--projected", value: "FILE", en: "draws: draw,year,rate (series)",
      es: "sorteos: draw,year,rate (serie)"),
    Flag(
      "--persistence", value: "YEARS", en: "of sustained fall (draws)",
      es: "de baja sostenida (sorteos)"),
    Flag("--children", value: "N", en: "in the deadline year (draws)", es: "en el plazo (sorteos)"),
    Flag(
      "--areas", value: "COLUMN", en: "test every area of a table", es: "prueba cada área"),
    Flag(
      "--list-error", value: "SHARE", en: "wrong findings allowed (areas)",
      es: "hallazgos errados admitidos (áreas)"),
    Flag(
      "--dependence", value: "positive|any", en: "how areas hang together",
      es: "cómo dependen las áreas"),
  ]
}
