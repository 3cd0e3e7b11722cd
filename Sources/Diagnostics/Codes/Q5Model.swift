// Quiebre · Diagnostics
// Codes and pages: Q5 model, calibration, verdicts.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let differentRuns = DiagnosticCode(rawValue: "Q500")
  public static let impossibleLevel = DiagnosticCode(rawValue: "Q501")
  public static let impossibleChildren = DiagnosticCode(rawValue: "Q502")
  public static let impossibleObservation = DiagnosticCode(rawValue: "Q503")
  public static let costReachesZero = DiagnosticCode(rawValue: "Q504")
  public static let unknownAges = DiagnosticCode(rawValue: "Q505")
  public static let deadlineOutside = DiagnosticCode(rawValue: "Q506")
  public static let interactionNeedsProduct = DiagnosticCode(rawValue: "Q507")
  public static let lineInTwoInteractions = DiagnosticCode(rawValue: "Q508")
  public static let mixedSigns = DiagnosticCode(rawValue: "Q509")
  public static let fewEffectiveDraws = DiagnosticCode(rawValue: "Q510")
  public static let probabilitiesHeld = DiagnosticCode(rawValue: "Q511")
}

extension CodePage {
  static let modelPages: [CodePage] = [
    CodePage(
      .differentRuns,
      title: LocalizedText(
        en: "scenarios that can't be compared", es: "escenarios que no se pueden comparar"),
      text: LocalizedText(
        en: """
          Scenarios are compared draw by draw: each sees the same luck. That needs the same \
          definition of child labour, years, seed, replicas, exit, trend and shocks. Put these \
          into a file that all of them extend.
          """,
        es: """
          Los escenarios se comparan extracción por extracción: todos ven el mismo azar. Para eso \
          necesitan la misma definición de trabajo infantil, los mismos años, semilla, réplicas, \
          salida, tendencia y choques. Póngalos en un archivo que todos extiendan.
          """)),
    CodePage(
      .impossibleLevel,
      title: LocalizedText(en: "an impossible rate", es: "una tasa imposible"),
      text: LocalizedText(
        en: """
          A district's rate of child labour must lie between 0 and 1 (0 and 100 %), and its error \
          must not be negative. Look at the surface or table that gives the risk.
          """,
        es: """
          La tasa de trabajo infantil de un distrito debe estar entre 0 y 1 (0 y 100 %) y su \
          error no puede ser negativo. Revise la superficie o tabla que da el riesgo.
          """)),
    CodePage(
      .impossibleChildren,
      title: LocalizedText(en: "impossible numbers of children", es: "números de niños imposibles"),
      text: LocalizedText(
        en: """
          Numbers of children must not be negative, some district must have children, and all \
          districts together must have fewer than 2,147 million.
          """,
        es: """
          Los números de niños no pueden ser negativos, algún distrito debe tener niños y todos \
          juntos deben tener menos de 2,147 millones.
          """)),
    CodePage(
      .impossibleObservation,
      title: LocalizedText(
        en: "an observed rate without use", es: "una tasa observada que no sirve"),
      text: LocalizedText(
        en: """
          The draws are weighed by published rates. Each needs a value between 0 and 100 % and a \
          standard error above 0.
          """,
        es: """
          Las extracciones se ponderan con tasas publicadas. Cada una necesita un valor entre 0 y \
          100 % y un error estándar mayor que 0.
          """)),
    CodePage(
      .costReachesZero,
      title: LocalizedText(en: "a unit cost of nothing", es: "un costo unitario nulo"),
      text: LocalizedText(
        en: """
          Money divided by the unit cost gives the children reached, so the cost must stay above \
          0 in every draw. A normal distribution doesn't; a triangle or a log-normal one does.
          """,
        es: """
          El dinero dividido entre el costo unitario da los niños alcanzados, así que el costo \
          debe ser mayor que 0 en toda extracción. Una distribución normal no lo asegura; una \
          triangular o una log-normal sí.
          """)),
    CodePage(
      .unknownAges,
      title: LocalizedText(
        en: "ages that no result is given for", es: "edades sin resultados"),
      text: LocalizedText(
        en: "Targets can be set for ages 5-17, 5-13 and 14-17.",
        es: "Se pueden fijar metas para las edades 5-17, 5-13 y 14-17.")),
    CodePage(
      .deadlineOutside,
      title: LocalizedText(
        en: "a deadline outside the run", es: "un plazo fuera de la simulación"),
      text: LocalizedText(
        en: "A target's deadline must lie between the base year and the last simulated year.",
        es: "El plazo de una meta debe estar entre el año base y el último año simulado.")),
    CodePage(
      .interactionNeedsProduct,
      title: LocalizedText(
        en: "an interaction that has no meaning", es: "una interacción sin sentido"),
      text: LocalizedText(
        en: """
          An interaction says what two programmes do together to a child that both reach. Under \
          `nested` and `additive` that is already said for all programmes.
          """,
        es: """
          Una interacción dice qué hacen dos programas juntos al niño al que ambos llegan. Con \
          `nested` y `additive` eso ya está dicho para todos los programas.
          """)),
    CodePage(
      .lineInTwoInteractions,
      title: LocalizedText(
        en: "a line in two interactions", es: "una línea en dos interacciones"),
      text: LocalizedText(
        en: """
          Two pairs that share a line leave open what happens to a child reached by all three. \
          Keep the stronger pair, or merge two of the lines.
          """,
        es: """
          Dos pares que comparten una línea no dicen qué pasa con un niño al que llegan las tres. \
          Conserve el par más fuerte, o junte dos de las líneas.
          """)),
    CodePage(
      .mixedSigns,
      title: LocalizedText(
        en: "nested programmes that pull apart", es: "programas anidados que se contradicen"),
      text: LocalizedText(
        en: """
          Under `nested` the strongest effect on a child counts and covers the weaker ones. If \
          one programme lowers a chance and the other can raise it, there is no strongest one.
          """,
        es: """
          Con `nested` cuenta el efecto más fuerte sobre un niño y cubre a los más débiles. Si un \
          programa baja una probabilidad y el otro puede subirla, no hay uno más fuerte.
          """)),
    CodePage(
      .fewEffectiveDraws,
      title: LocalizedText(en: "few effective draws", es: "pocas extracciones efectivas"),
      text: LocalizedText(
        en: """
          The observed rates make some draws far more likely than others, so all results rest on \
          few of them. More replicas help; so do priors that allow what was observed.
          """,
        es: """
          Las tasas observadas hacen a unas extracciones mucho más verosímiles que a otras, y los \
          resultados descansan en pocas. Ayudan más réplicas, y supuestos que admitan lo observado.
          """)),
    CodePage(
      .probabilitiesHeld,
      title: LocalizedText(
        en: "probabilities held at 100 %", es: "probabilidades fijadas en 100 %"),
      text: LocalizedText(
        en: """
          Trend, shocks and effects multiplied some yearly chances beyond 1. More than one in a \
          thousand had to be held at 1: the multipliers are too strong for the rates.
          """,
        es: """
          Tendencia, choques y efectos multiplicaron algunas probabilidades anuales por encima de \
          1. Más de una de cada mil se tuvo que fijar en 1: los multiplicadores son demasiado \
          fuertes para las tasas.
          """)),
  ]
}
