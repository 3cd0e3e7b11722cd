// Quiebre · Diagnostics
// Codes and pages: Q5 model, calibration, verdicts.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let differentRuns = DiagnosticCode(rawValue: "Q500")
  public static let impossibleLevel = DiagnosticCode(rawValue: "Q501")
  public static let targetOutOfReach = DiagnosticCode(rawValue: "Q502")
  public static let impossibleObservation = DiagnosticCode(rawValue: "Q503")
  public static let costReachesZero = DiagnosticCode(rawValue: "Q504")
  public static let unknownAges = DiagnosticCode(rawValue: "Q505")
  public static let deadlineOutside = DiagnosticCode(rawValue: "Q506")
  public static let interactionNeedsProduct = DiagnosticCode(rawValue: "Q507")
  public static let lineInTwoInteractions = DiagnosticCode(rawValue: "Q508")
  public static let mixedSigns = DiagnosticCode(rawValue: "Q509")
  public static let fewEffectiveDraws = DiagnosticCode(rawValue: "Q510")
  public static let probabilitiesHeld = DiagnosticCode(rawValue: "Q511")
  public static let impossibleChildren = DiagnosticCode(rawValue: "Q512")
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
          Los escenarios se comparan sorteo por sorteo: todos ven el mismo azar. Para eso \
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
      .targetOutOfReach,
      title: LocalizedText(
        en: "a target that no budget reaches", es: "una meta que ningún presupuesto alcanza"),
      text: LocalizedText(
        en: """
          No sum of money in these lines gives the wanted probability. Tried by simulating 200 \
          draws of the best case: every line at its ceiling, in every district that its `where` \
          lets in, in every year after as-of; a line that does more harm than good is left out. \
          Limits on money (`constraint`, `max`) are not even used: with them it is worse.
          What holds the target back is found by lifting one limit after the other: delay (no lag, \
          full effect after a year), reach (all children of all districts), and what is left is the \
          size of the effects. Look for stronger lines, an earlier start or a later deadline; more \
          money in the same lines doesn't help.
          """,
        es: """
          Ninguna suma de dinero en estas líneas da la probabilidad pedida. Se prueba simulando 200 \
          sorteos del mejor caso: cada línea en su techo, en todo distrito que su `where` admite, en \
          cada año posterior a as_of; se omite la línea que hace más daño que bien. Los límites al \
          dinero (`constraint`, `max`) ni siquiera se usan: con ellos es peor.
          Lo que frena la meta se halla levantando un límite tras otro: la demora (sin lag, efecto \
          pleno al año), el alcance (todas las NNA de todos los distritos), y lo que queda es el \
          tamaño de los efectos. Busque líneas más fuertes, un inicio más temprano o un plazo más \
          tardío; más dinero en las mismas líneas no ayuda.
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
          Los sorteos se ponderan con tasas publicadas. Cada una necesita un valor entre 0 y \
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
          debe ser mayor que 0 en todo sorteo. Una distribución normal no lo asegura; una \
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
      title: LocalizedText(en: "few effective draws", es: "pocos sorteos efectivos"),
      text: LocalizedText(
        en: """
          The observed rates make some draws far more likely than others, so all results rest on \
          few of them. More replicas help; so do priors that allow what was observed.
          """,
        es: """
          Las tasas observadas hacen a unos sorteos mucho más verosímiles que a otros, y los \
          resultados descansan en pocos. Ayudan más réplicas, y supuestos que admitan lo observado.
          """)),
    CodePage(
      .probabilitiesHeld,
      title: LocalizedText(
        en: "probabilities held at 100 %", es: "probabilidades fijadas en 100 %"),
      text: LocalizedText(
        en: """
          Trend and shocks multiply a district's yearly chances, and a chance can't exceed 100 %. \
          Districts with high rates get there in draws with rising trends, so their rates rise \
          less than the trend says. Nothing in the budget causes it. It is reported where it \
          happens to more than one chance in a thousand; a narrower simulation.trend makes it \
          rarer.
          """,
        es: """
          La tendencia y los choques multiplican las probabilidades anuales de un distrito, y una \
          probabilidad no puede pasar de 100 %. Los distritos con tasas altas llegan ahí en los \
          sorteos con tendencia al alza, y sus tasas suben menos de lo que dice la tendencia. \
          Nada en el presupuesto lo causa. Se avisa cuando ocurre en más de una probabilidad de \
          cada mil; una simulation.trend más estrecha lo hace más raro.
          """)),
  ]
}
