// Quiebre · ScenarioFiles
// Pages of the keys of a budget line: what it costs, whom it reaches, what it does, where it goes.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel

extension KeyBook {
  static let linePages: [KeyPage] = lineMoneyPages + lineReachPages + lineLabelPages

  private static let lineMoneyPages: [KeyPage] = [
    KeyPage(
      "line.x.kind", .choice(PlanLine.Kind.allCases.map(\.rawValue)), .required,
      en: """
        service and transfer buy units at a unit cost; coordination raises the execution of other \
        lines; targeting lowers their leakage.
        """,
      es: """
        service y transfer compran unidades a un costo; coordination eleva la ejecución de otras \
        líneas; targeting reduce su filtración.
        """,
      example: #"kind = "service""#),
    KeyPage(
      "line.x.amount", .moneyByYear, .required,
      en: """
        The line's money in each fiscal year. Years between two written ones must be written. Money \
        of the base year is in the level already: only changes act.
        """,
      es: """
        El dinero de la línea en cada año fiscal. Los años entre dos escritos deben escribirse. El \
        dinero del año base ya está en el nivel: solo actúan los cambios.
        """,
      example: "amount = { 2020 = 9_000_000, 2021 = 14_000_000 }"),
    KeyPage(
      "line.x.after", .choice(["keep", "zero", "grow 3 %"]), .value("\"zero\""),
      en: "What happens to the money after the last written year.",
      es: "Qué pasa con el dinero después del último año escrito.", example: #"after = "grow 3 %""#),
    KeyPage(
      "line.x.execution", .uncertainRatio, .country,
      en: "Part of the money that is spent.", es: "Parte del dinero que se gasta.",
      example: #"execution = ["75 %", "85 %", "95 %"]"#),
    KeyPage(
      "line.x.leakage", .uncertainRatio, .country,
      en: "Part of the spending that misses the children meant.",
      es: "Parte del gasto que no llega a quienes debe.", example: #"leakage = "30 %""#),
    KeyPage(
      "line.x.unit_cost", .record(["amount", "per", "children", "price_year"]),
      .said("required for service and transfer", "obligatoria en service y transfer"),
      en: """
        What reaching one unit costs a year: amount ~ in currency units, per "child" or \
        "household" (then the children in it), in money of price_year.
        """,
      es: """
        Cuánto cuesta al año atender una unidad: amount ~ en unidades monetarias, per "child" o \
        "household" (entonces children en él), en moneda de price_year.
        """,
      example: #"unit_cost = { amount = [350, 420, 520], per = "child" }"#),
    KeyPage(
      "line.x.cost_factor", .quantity, .value("1"),
      en: "How much dearer a unit is in a district.",
      es: "Cuánto más cara es una unidad en un distrito.",
      example: #"cost_factor = "1 + altitude / 10000""#),
    KeyPage(
      "line.x.offset", .name, .none,
      en: "The line that this money is taken from.", es: "La línea de la que se toma este dinero.",
      example: #"offset = "transfers""#),
  ]

  private static let lineReachPages: [KeyPage] = [
    KeyPage(
      "line.x.where", .condition, .said("everywhere", "en todas partes"),
      en: "Districts that take part.", es: "Distritos que participan.",
      example: #"where = "risk_class in ['high', 'medium'] and rural > 50 %""#),
    KeyPage(
      "line.x.eligible", .quantity,
      .said(
        "children of the ages; working ones for lines on exit only",
        "NNA de las edades; quienes trabajan si la línea solo actúa sobre la salida"),
      en: "Persons of a district that the line is meant for.",
      es: "Personas de un distrito a quienes se dirige la línea.",
      example: #"eligible = "children * 40 %""#),
    KeyPage(
      "line.x.ceiling", .uncertainRatio, .country,
      en: "Largest share of them that it can reach, with any money.",
      es: "Mayor parte de ellas que puede alcanzar, con cualquier dinero.",
      example: #"ceiling = "80 %""#),
    KeyPage(
      "line.x.reach", .choice(PlanLine.Reach.allCases.map(\.rawValue)),
      .said("exact for transfers, else random", "exact en transfer, si no random"),
      en: """
        Shape of the coverage curve: exact = nobody is enrolled twice; random = new money meets \
        children already reached ever more often.
        """,
      es: """
        Forma de la curva de cobertura: exact = nadie se inscribe dos veces; random = el dinero \
        nuevo encuentra cada vez más a quienes ya fueron atendidos.
        """,
      example: #"reach = "exact""#),
  ]

  private static let lineLabelPages: [KeyPage] = [
    KeyPage(
      "line.x.name", .texts, .said("the line's key", "la clave de la línea"),
      en: "What people read.", es: "Lo que se lee.",
      example: #"name = "Modelo municipal de intervención""#),
    KeyPage(
      "line.x.responsible", .texts, .none,
      en: "Who answers for the line.", es: "Quién responde por la línea.",
      example: #"responsible = "MTPE""#),
    KeyPage(
      "line.x.classification",
      .map(LocalizedText(en: "{ field = \"code\" }", es: "{ campo = \"código\" }")), .none,
      en: "Budget classification; fields and widths come from the country layer.",
      es: "Clasificación presupuestal; campos y anchos vienen de la capa del país.",
      example: #"classification = { entity = "012", product = "3000001" }"#),
    KeyPage(
      "line.x.physical_goal",
      .map(LocalizedText(en: "{ unit, year = n }", es: "{ unit, año = n }")), .none,
      en: "Physical goal by year, shown beside the money.",
      es: "Meta física por año, junto al dinero.",
      example: #"physical_goal = { unit = "children", 2020 = 20_000 }"#),
  ]

  static let effectPages: [KeyPage] = effectOnChildrenPages + effectOnLinesPages

  private static let effectOnChildrenPages: [KeyPage] = [
    KeyPage(
      "line.x.effect.entry", .uncertainFactor, .value("1"),
      en: """
        Ratio of the yearly chance to start working, for a child that is reached: 0.9 = a tenth \
        less. no_effect = chance that it is exactly 1.
        """,
      es: """
        Razón de la probabilidad anual de empezar a trabajar, para quien es atendido: 0.9 = un \
        décimo menos. no_effect = probabilidad de que sea exactamente 1.
        """,
      example: #"effect = { entry = [0.70, 0.88, 1.00], source = "E01" }"#),
    KeyPage(
      "line.x.effect.exit", .uncertainFactor, .value("1"),
      en: "Ratio of the yearly chance to stop working, for a child that is reached.",
      es: "Razón de la probabilidad anual de dejar de trabajar, para quien es atendido.",
      example: #"effect = { exit = [1.00, 1.15, 1.50], source = "E21" }"#),
    KeyPage(
      "line.x.effect.source", .text,
      .said("none: printed as assumed", "ninguna: se imprime como supuesto"),
      en: "Rows of the evidence table behind the effect.",
      es: "Filas de la tabla de evidencia detrás del efecto.",
      example: #"effect = { exit = 1.15, source = "E21" }"#),
    KeyPage(
      "line.x.effect.ages", .ages, .value("[5, 17]"),
      en: "Ages after the yearly step on which the effect acts.",
      es: "Edades tras el paso anual sobre las que actúa el efecto.",
      example: #"effect = { entry = 0.9, ages = [10, 17], source = "E03" }"#),
    KeyPage(
      "line.x.effect.lag", .count, .value("0"),
      en: "Years until the money begins to act.",
      es: "Años hasta que el dinero empieza a actuar.",
      example: #"effect = { exit = 1.15, lag = 1, source = "E21" }"#),
    KeyPage(
      "line.x.effect.ramp", .uncertainYears, .assumed("[1, 2, 5]"),
      en: "Years of linear build-up after the lag, and of fading when the money stops.",
      es: "Años de aumento lineal tras la demora, y de caída cuando el dinero cesa.",
      example: #"effect = { exit = 1.15, ramp = [1, 2, 5], source = "E21" }"#),
  ]

  private static let effectOnLinesPages: [KeyPage] = [
    KeyPage(
      "line.x.effect.raises_execution_of", .names,
      .said("required for coordination", "obligatoria en coordination"),
      en: "Lines whose execution a coordination line raises.",
      es: "Líneas cuya ejecución eleva una línea coordination.",
      example: #"effect = { raises_execution_of = ["chains"], by = "5 pp", source = "E09" }"#),
    KeyPage(
      "line.x.effect.by", .uncertainPoints,
      .said("required for coordination", "obligatoria en coordination"),
      en: "By how many points at full effect; never above 100 %.",
      es: "En cuántos puntos a pleno efecto; nunca sobre 100 %.",
      example:
        #"effect = { raises_execution_of = ["chains"], by = ["0 pp", "5 pp", "10 pp"], source = "E09" }"#
    ),
    KeyPage(
      "line.x.effect.lowers_leakage_of", .names,
      .said("required for targeting", "obligatoria en targeting"),
      en: "Lines whose leakage a targeting line lowers.",
      es: "Líneas cuya filtración reduce una línea targeting.",
      example: #"effect = { lowers_leakage_of = ["chains"], to = "15 %", source = "E09" }"#),
    KeyPage(
      "line.x.effect.to", .uncertainRatio,
      .said("required for targeting", "obligatoria en targeting"),
      en: "Leakage at full effect; never above those lines' own.",
      es: "Filtración a pleno efecto; nunca mayor que la de esas líneas.",
      example:
        #"effect = { lowers_leakage_of = ["chains"], to = ["10 %", "15 %", "22 %"], source = "E09" }"#
    ),
    KeyPage(
      "line.x.effect.full_at", .money, .said("the line's largest year", "el mayor año de la línea"),
      en: "Money a year at which the help is full; in proportion below.",
      es: "Dinero al año con que la ayuda es plena; por debajo, en proporción.",
      example:
        #"effect = { lowers_leakage_of = ["chains"], to = "15 %", full_at = 900_000, source = "E09" }"#
    ),
    KeyPage(
      "line.x.effect.lasting", .flag, .value("false"),
      en: "Whether the help stays when the money ends.",
      es: "Si la ayuda queda cuando el dinero termina.",
      example:
        #"effect = { lowers_leakage_of = ["chains"], to = "15 %", lasting = true, source = "E09" }"#
    ),
  ]

  static let allocationPages: [KeyPage] = allocationRulePages + allocationTablePages

  private static let allocationRulePages: [KeyPage] = [
    KeyPage(
      "line.x.allocation.rule",
      .choice([
        "equal", "children", "risk", "list", "history", "formula", "optimal", "national",
      ]), .required,
      en: """
        How a year's money is shared out: equal · children · risk (children × risk, or × weights by \
        class) · list (a table) · history (last year's budget) · formula · national (no district). \
        optimal is left to the optimizer.
        """,
      es: """
        Cómo se reparte el dinero de un año: equal · children · risk (NNA × riesgo, o × pesos por \
        clase) · list (una tabla) · history (presupuesto anterior) · formula · national (ningún \
        distrito). optimal queda para el optimizador.
        """,
      example: #"allocation = { rule = "risk" }"#),
    KeyPage(
      "line.x.allocation.among", .choice(Allocation.Area.allCases.map(\.rawValue)),
      .value("\"district\""),
      en: "For rule equal: the same to each district, or to each department.",
      es: "Para la regla equal: lo mismo a cada distrito, o a cada departamento.",
      example: #"allocation = { rule = "equal", among = "department" }"#),
    KeyPage(
      "line.x.allocation.weights", .record(["low", "medium", "high"]),
      .said("the risk itself", "el propio riesgo"),
      en: "For rule risk: weight of a child by its district's class.",
      es: "Para la regla risk: peso de cada NNA según la clase de su distrito.",
      example: #"allocation = { rule = "risk", weights = { high = 3, medium = 1 } }"#),
    KeyPage(
      "line.x.allocation.weight", .quantity,
      .said("required for rule formula", "obligatoria en la regla formula"),
      en: "For rule formula: a weight that is never negative.",
      es: "Para la regla formula: un peso que nunca es negativo.",
      example: #"allocation = { rule = "formula", weight = "children * max(risk - 15 %, 0 %)" }"#),
    KeyPage(
      "line.x.allocation.min", .money, .value("0"),
      en: "Least money per district and year, where it takes part.",
      es: "Dinero mínimo por distrito y año, donde participa.",
      example: #"allocation = { rule = "risk", min = 6_000 }"#),
    KeyPage(
      "line.x.allocation.max", .money, .none,
      en: "Most money per district and year; what can't be placed is unplaced (Q411).",
      es: "Dinero máximo por distrito y año; lo que no cabe queda sin ubicar (Q411).",
      example: #"allocation = { rule = "risk", max = 900_000 }"#),
    KeyPage(
      "line.x.allocation.unplaced", .choice(["warn", "accept"]), .value("\"warn\""),
      en: "Whether unplaced money is a warning or accepted; it is never dropped.",
      es: "Si el dinero sin ubicar da un aviso o se acepta; nunca se descarta.",
      example: #"allocation = { rule = "risk", max = 900, unplaced = "accept" }"#),
  ]

  private static let allocationTablePages: [KeyPage] = [
    KeyPage(
      "line.x.allocation.file", .path,
      .said("required for rules list and history", "obligatoria en las reglas list e history"),
      en: "Table of amounts or weights by district code.",
      es: "Tabla de montos o pesos por código de distrito.",
      example: #"allocation = { rule = "list", file = "data/juntos.csv", column = "households" }"#),
    KeyPage(
      "line.x.allocation.column", .column,
      .said(
        "required for list; MONTO_PIM for history", "obligatoria en list; MONTO_PIM en history"),
      en: "Its column of amounts or weights.", es: "Su columna de montos o pesos.",
      example: #"allocation = { rule = "history", file = "data/mef.csv", column = "MONTO_PIM" }"#),
    KeyPage(
      "line.x.allocation.code", .column, .said("as in data.code", "como en data.code"),
      en: "Its column of district codes.", es: "Su columna de códigos de distrito.",
      example: #"allocation = { rule = "history", file = "data/mef.csv", code = "UBIGEO" }"#),
    KeyPage(
      "line.x.allocation.coding", .choice(DataSettings.Coding.allCases.map(\.rawValue)),
      .said("as in data.coding", "como en data.coding"),
      en: "Whose codes the table bears.", es: "De quién son los códigos de la tabla.",
      example: #"allocation = { rule = "history", file = "data/mef.csv", coding = "reniec" }"#),
    KeyPage(
      "line.x.allocation.vintage", .year, .said("as in data.vintage", "como en data.vintage"),
      en: "Year of the district map that the table follows.",
      es: "Año del mapa de distritos que sigue la tabla.",
      example: #"allocation = { rule = "history", file = "data/mef.csv", vintage = 2017 }"#),
  ]
}
