// Quiebre · ScenarioFiles
// Pages of the keys of interactions, constraints, targets and the question to the optimizer.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension KeyBook {
  static let interactionPages: [KeyPage] = [
    KeyPage(
      "interaction.x.lines", .names, .required,
      en: "Two lines that act otherwise together than each by itself.",
      es: "Dos líneas que juntas actúan distinto que cada una por sí sola.",
      example: #"lines = ["chains", "transfers"]"#),
    KeyPage(
      "interaction.x.entry", .uncertainFactor, .value("1"),
      en: "Ratio of the chance to start for a child that both reach: of both together.",
      es: "Razón de la probabilidad de empezar para quien ambas atienden: de las dos juntas.",
      example: "entry = [0.75, 0.90, 1.00]"),
    KeyPage(
      "interaction.x.exit", .uncertainFactor, .value("1"),
      en: "The same for the chance to stop.", es: "Lo mismo para la probabilidad de dejarlo.",
      example: "exit = [1.00, 1.03, 1.15]"),
    KeyPage(
      "interaction.x.source", .text, .none,
      en: "Rows of the evidence table.", es: "Filas de la tabla de evidencia.",
      example: #"source = "E06""#),
  ]

  static let constraintPages: [KeyPage] = [
    KeyPage(
      "constraint.x.lines", .names, .said("all lines", "todas las líneas"),
      en: "Lines that the limit is about; it is checked in every run (Q412).",
      es: "Líneas a las que se refiere el límite; se revisa en cada corrida (Q412).",
      example: #"lines = ["chains"]"#),
    KeyPage(
      "constraint.x.years", .span, .said("all years", "todos los años"),
      en: "Years that it is about.", es: "Años a los que se refiere.",
      example: "years = [2021, 2023]"),
    KeyPage(
      "constraint.x.where", .condition, .said("all districts", "todos los distritos"),
      en: "Districts that it is about.", es: "Distritos a los que se refiere.",
      example: #"where = "department == 'Puno'""#),
    KeyPage(
      "constraint.x.min", .money, .none,
      en: "Least money a year.", es: "Dinero mínimo al año.", example: "min = 1_000_000"),
    KeyPage(
      "constraint.x.max", .money, .none,
      en: "Most money a year.", es: "Dinero máximo al año.", example: "max = 26_000_000"),
    KeyPage(
      "constraint.x.growth", .ratio, .none,
      en: "Largest growth from one year to the next.",
      es: "Mayor crecimiento de un año al siguiente.", example: #"growth = "10 %""#),
    KeyPage(
      "constraint.x.locked", .flag, .value("false"),
      en: "Amounts that the optimizer may not touch.",
      es: "Montos que el optimizador no puede tocar.", example: "locked = true"),
    KeyPage(
      "constraint.x.by", .text, .none,
      en: "Shares are of each department, province, or code of a classification field.",
      es: "Las partes son de cada departamento, provincia, o código de un campo de clasificación.",
      example: #"by = "department""#),
    KeyPage(
      "constraint.x.min_share", .ratio, .none,
      en: "Least share of each of them.", es: "Parte mínima de cada uno.",
      example: #"min_share = "1 %""#),
    KeyPage(
      "constraint.x.max_share", .ratio, .none,
      en: "Largest share of each of them.", es: "Parte máxima de cada uno.",
      example: #"max_share = "20 %""#),
  ]

  static let targetPages: [KeyPage] = goalPages + breakPages

  private static let goalPages: [KeyPage] = [
    KeyPage(
      "target.x.indicator", .choice(ScenarioTarget.Indicator.allCases.map(\.rawValue)), .required,
      en: "A rate at or below value, children working at or below value, or the break.",
      es: "Una tasa, o NNA que trabajan, igual o menor que value; o el quiebre.",
      example: #"indicator = "rate""#),
    KeyPage(
      "target.x.deadline", .year, .required,
      en: "Year by which it must hold.", es: "Año en que debe cumplirse.",
      example: "deadline = 2025"),
    KeyPage(
      "target.x.prob", .ratio, .assumed("0.5"),
      en: "Probability that is wanted; `run --require target.x` fails below it.",
      es: "Probabilidad que se pide; `run --require target.x` falla por debajo.",
      example: #"prob = "80 %""#),
    KeyPage(
      "target.x.value", .either([.ratio, .number]),
      .said("required but for a break", "obligatoria salvo en un quiebre"),
      en: "The rate, or the number of persons. A survey can't show zero: say the threshold.",
      es: "La tasa, o el número de personas. Una encuesta no puede mostrar cero: diga el umbral.",
      example: #"value = "1.0 %""#),
    KeyPage(
      "target.x.ages", .ages, .value("[5, 17]"),
      en: "Age group: 5-17, 5-13 or 14-17.", es: "Grupo de edad: 5-17, 5-13 o 14-17.",
      example: "ages = [5, 13]"),
    KeyPage(
      "target.x.area", .code, .said("the nation", "la nación"),
      en: "Code of a department, province or district.",
      es: "Código de un departamento, provincia o distrito.", example: #"area = "21""#),
  ]

  private static let breakPages: [KeyPage] = [
    KeyPage(
      "target.x.since", .year, .said("searched in the series", "se busca en la serie"),
      en: "Year in which the plateau starts; runs start there.",
      es: "Año en que empieza la meseta; ahí empiezan las corridas.", example: "since = 2015"),
    KeyPage(
      "target.x.goal", .name,
      .said("the rate target of the same deadline", "la meta de tasa del mismo plazo"),
      en: "Target on the rate that sets the pace that is needed.",
      es: "Meta sobre la tasa que fija el ritmo necesario.", example: #"goal = "elimination""#),
    KeyPage(
      "target.x.tolerance", .points,
      .said("see quiebre explain tolerance", "vea quiebre explain tolerance"),
      en: "Δ: the fall a year, in points, from which a fall is no stagnation.",
      es: "Δ: la baja por año, en puntos, desde la que ya no hay estancamiento.",
      example: #"tolerance = "0.4 pp""#),
    KeyPage(
      "target.x.persistence", .count, .value("2"),
      en: "Years running that the fall must last, confirmed by the deadline.",
      es: "Años seguidos que debe durar la baja, confirmada hasta el plazo.",
      example: "persistence = 3"),
    KeyPage(
      "target.x.list_error", .ratio, .value("0.1"),
      en: "Share of wrong entries allowed in lists of districts.",
      es: "Parte de entradas equivocadas que se admite en listas de distritos.",
      example: #"list_error = "5 %""#),
  ]

  static let optimizePages: [KeyPage] = [
    KeyPage(
      "optimize.objective", .choice(OptimizeSettings.Objective.allCases.map(\.rawValue)),
      .value("\"child_years\""),
      en: "What to gain.", es: "Qué se quiere ganar.", example: #"objective = "p_break""#),
    KeyPage(
      "optimize.target", .name, .said("the only one", "la única"),
      en: "Target of p_goal and p_break.", es: "Meta de p_goal y p_break.",
      example: #"target = "break""#),
    KeyPage(
      "optimize.lines", .names, .said("all that aren't locked", "todas las no bloqueadas"),
      en: "Lines whose money may move.", es: "Líneas cuyo dinero puede moverse.",
      example: #"lines = ["chains"]"#),
    KeyPage(
      "optimize.years", .span, .said("base + 1 to end", "base + 1 hasta end"),
      en: "Years whose money may move.", es: "Años cuyo dinero puede moverse.",
      example: "years = [2022, 2025]"),
    KeyPage(
      "optimize.extra", .money, .value("0"),
      en: "New money a year; 0 = only shift what there is.",
      es: "Dinero nuevo al año; 0 = solo mover lo que hay.", example: "extra = 60_000_000"),
    KeyPage(
      "optimize.step", .money, .value("1"),
      en: "Amounts are multiples of it.", es: "Los montos son múltiplos de él.",
      example: "step = 1000"),
    KeyPage(
      "optimize.prob", .ratio, .said("the target's", "la de la meta"),
      en: "Probability for \"what would it take\".", es: "Probabilidad para \"qué haría falta\".",
      example: #"prob = "80 %""#),
    KeyPage(
      "optimize.tail", .ratio, .value("0.05"),
      en: "Tail of objective cvar.", es: "Cola del objetivo cvar.", example: "tail = 0.1"),
    KeyPage(
      "optimize.equity", .quantity, .said("equal weights", "pesos iguales"),
      en: "Weight of a district for objective equity.",
      es: "Peso de un distrito para el objetivo equity.", example: #"equity = "poverty_high""#),
    KeyPage(
      "optimize.fresh", .count, .value("1000"),
      en: "Draws that the result is judged on.", es: "Sorteos con que se juzga el resultado.",
      example: "fresh = 2000"),
    KeyPage(
      "optimize.gap", .ratio, .value("1e-6"),
      en: "Gap to the optimum at which it stops.",
      es: "Distancia al óptimo en la que se detiene.", example: "gap = 1e-4"),
  ]
}
