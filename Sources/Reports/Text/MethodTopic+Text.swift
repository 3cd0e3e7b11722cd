// Quiebre · Reports
// The words of the method pages. Formulas stand in the model's paper beside LaborModel.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

extension MethodTopic {
  public var text: LocalizedText {
    switch self {
    case .rate: Self.rateText
    case .risk: Self.riskText
    case .stagnation: Self.stagnationText
    case .tolerance: Self.toleranceText
    case .breakTest: Self.breakText
    case .goal: Self.goalText
    case .exit: Self.exitText
    case .calibration: Self.calibrationText
    case .coverage: Self.coverageText
    case .money: Self.moneyText
    case .intervals: Self.intervalsText
    case .schematic: Self.schematicText
    case .hash: Self.hashText
    }
  }

  private static let rateText = LocalizedText(
    en: """
      The share of children of an age group who work, in percent. What counts as work is the
      definition group named in the scenario (`scenario.definition`). Surveys define it
      differently, and rates of two groups are never compared or joined. A group that counts
      permitted work from age 14 makes a goal such as "1 % or less" stricter than SDG 8.7 asks.
      """,
    es: """
      La parte de niñas, niños y adolescentes de una edad que trabaja, en porcentaje. Qué cuenta
      como trabajo lo dice el grupo de definición del escenario (`scenario.definition`). Las
      encuestas lo definen de modo distinto, y nunca se comparan ni se unen tasas de dos grupos.
      Un grupo que cuenta el trabajo permitido desde los 14 años hace que una meta como "1 % o
      menos" sea más estricta que la de la meta 8.7 de los ODS.
      """)

  private static let riskText = LocalizedText(
    en: """
      The estimated rate of each district in the year when the plateau begins, from the risk model
      or from your own raster or table. It is shifted so that departments and nation meet the
      published estimates. Classes low, medium, high come from two cut points that every result
      prints; a value on a cut goes up. `p_high` is the probability of the high class given the
      error of the estimate: a class without it looks surer than it is. Factors are the terms of
      the model that raise or lower a district most against the average, strongest first; they are
      associations, not causes.
      """,
    es: """
      La tasa estimada de cada distrito en el año en que empieza la meseta, según el modelo de
      riesgo o según su propio ráster o tabla. Se desplaza para que departamentos y nación
      coincidan con las estimaciones publicadas. Las clases bajo, medio y alto salen de dos puntos
      de corte que cada resultado muestra; un valor en el corte sube. `p_high` es la probabilidad
      de la clase alta dado el error de la estimación: sin ella la clase parece más segura de lo
      que es. Los factores son los términos del modelo que más suben o bajan a un distrito frente
      al promedio, el más fuerte primero; son asociaciones, no causas.
      """)

  private static let stagnationText = LocalizedText(
    en: """
      A line is fitted to the published rates with their standard errors; its last pace B has a
      90 % interval. Stagnation is shown when the whole interval lies inside −Δ to +Δ: the pace is
      too small to matter. "No significant change" is not stagnation: with few years it only says
      that the data are too thin, and the label is then `undetermined`. Δ* is the smallest
      tolerance at which stagnation would be shown; it needs no choice of Δ. Years marked as a
      shock are shown and left out of every fit.
      """,
    es: """
      Se ajusta una recta a las tasas publicadas con sus errores estándar; su último ritmo B tiene
      un intervalo de 90 %. El estancamiento queda mostrado si todo el intervalo cae entre −Δ y
      +Δ: el ritmo es demasiado pequeño para importar. "Sin cambio significativo" no es
      estancamiento: con pocos años solo dice que faltan datos, y la etiqueta es entonces
      `indeterminado`. Δ* es la menor tolerancia con la que se mostraría estancamiento; no depende
      de elegir Δ. Los años marcados como choque se muestran y quedan fuera de todo ajuste.
      """)

  private static let toleranceText = LocalizedText(
    en: """
      Δ is the yearly pace, in percentage points, below which a change counts as too small. The
      first rule that applies: `tolerance` in the scenario; one tenth of the pace needed to reach
      the goal by its deadline; 0.5 % of the current rate a year. Every result prints Δ and the
      rule. Changing it after seeing results changes the rules hash in the manifest.
      """,
    es: """
      Δ es el ritmo anual, en puntos porcentuales, por debajo del cual un cambio es demasiado
      pequeño. Vale la primera regla que aplique: `tolerance` del escenario; una décima parte del
      ritmo necesario para llegar a la meta en su plazo; 0.5 % de la tasa actual por año. Cada
      resultado muestra Δ y la regla. Cambiarla tras ver resultados cambia el hash de reglas del
      manifiesto.
      """)

  private static let breakText = LocalizedText(
    en: """
      In one simulated future stagnation breaks in the first year from which the rate falls by at
      least Δ in m years running (m = 2 unless the scenario says otherwise) and ends at least m·Δ
      below the plateau's level L; both by the deadline. P(break) is the share of futures that do.
      "Because of it" counts futures that break with the scenario's money and not without it, over
      the same random numbers: that is the budget's own effect. P(break) itself rests mostly on
      what is assumed about the trend, so the program prints it for several trend widths.
      """,
    es: """
      En un futuro simulado el estancamiento se quiebra en el primer año desde el que la tasa baja
      al menos Δ durante m años seguidos (m = 2 si el escenario no dice otra cosa) y termina al
      menos m·Δ por debajo del nivel L de la meseta; todo dentro del plazo. P(quiebre) es la parte
      de futuros en que ocurre. "Gracias a él" cuenta los futuros que se quiebran con el dinero
      del escenario y no sin él, con los mismos números aleatorios: ese es el efecto propio del
      presupuesto. P(quiebre) descansa sobre todo en lo supuesto acerca de la tendencia; por eso
      el programa la muestra con varias amplitudes de tendencia.
      """)

  private static let goalText = LocalizedText(
    en: """
      P(goal) is the share of simulated futures whose true rate is at or below the target in the
      deadline year. It is never printed as 0 % or 100 %: a finite number of draws can't show
      that, so the end of its Wilson interval stands there instead. The words (likely, unlikely …)
      have fixed limits and are taken at the end of the interval nearer to one half.
      """,
    es: """
      P(meta) es la parte de futuros simulados cuya tasa verdadera está en la meta o por debajo en
      el año del plazo. Nunca se muestra como 0 % o 100 %: un número finito de simulaciones no
      puede mostrar eso, y en su lugar figura el extremo de su intervalo de Wilson. Las palabras
      (probable, improbable …) tienen límites fijos y se toman en el extremo más cercano a un
      medio.
      """)

  private static let exitText = LocalizedText(
    en: """
      X is the share of working children who stop within a year. A survey that sees each child
      once can't tell it, yet it decides how fast any programme shows: with a small X the same
      children work for years. It is drawn from a wide range in every future. Entry then follows
      from the rule that the baseline stands still.
      """,
    es: """
      X es la parte de NNA que trabajan y lo dejan dentro de un año. Una encuesta que ve a cada
      NNA una sola vez no puede decirla, pero decide qué tan pronto se nota un programa: con una X
      pequeña son los mismos quienes trabajan durante años. Se sortea de un rango amplio en cada
      futuro. La entrada se sigue de la regla de que la línea de base no se mueve.
      """)

  private static let calibrationText = LocalizedText(
    en: """
      Every draw is one possible world: level, exit, trend, shocks, effects, costs. Each runs
      through the observed years and gets a weight by how well it meets the published rates.
      Means, quantiles and probabilities are weighted. The effective number of draws says how many
      equal draws the weighted ones are worth; below `min_ess` the program warns.
      """,
    es: """
      Cada simulación es un mundo posible: nivel, salida, tendencia, choques, efectos, costos.
      Cada una recorre los años observados y recibe un peso según cuánto coincide con las tasas
      publicadas. Medias, cuantiles y probabilidades llevan esos pesos. El número efectivo dice a
      cuántas simulaciones iguales equivalen; por debajo de `min_ess` el programa avisa.
      """)

  private static let coverageText = LocalizedText(
    en: """
      Money × execution, in constant prices, less leakage, divided by the unit cost, gives the
      children a line can reach in a district. Services reach with overlaps, so each further
      million reaches fewer new children; transfers enroll nobody twice. No line passes its
      ceiling. Effects come after `lag` years and grow over `ramp` years, and fade the same way
      when money stops. Money of the base year is already in the level: only changes act.
      """,
    es: """
      El dinero × la ejecución, en moneda constante, menos la filtración, dividido entre el costo
      unitario da los NNA que una línea puede atender en un distrito. Los servicios se traslapan:
      cada millón adicional atiende a menos NNA nuevos; las transferencias no inscriben a nadie
      dos veces. Ninguna línea pasa de su techo. Los efectos llegan tras `lag` años, crecen
      durante `ramp` años y se apagan igual cuando el dinero cesa. El dinero del año base ya está
      en el nivel: solo actúan los cambios.
      """)

  private static let moneyText = LocalizedText(
    en: """
      Amounts are whole céntimos. For each line and year: approved = placed in districts + without
      a district + unplaced, exactly. What can't be placed, because districts are at their maximum
      or nobody qualifies, is shown as unplaced and never dropped. New money is what the scenario
      approves beyond its baseline after the base year. Cost per child-year avoided divides it by
      the child-years of work avoided up to the final year; benefits after that are not counted.
      """,
    es: """
      Los montos son céntimos enteros. Para cada línea y año: aprobado = ubicado en distritos +
      sin distrito + sin ubicar, exactamente. Lo que no puede ubicarse, porque los distritos
      llegaron a su máximo o ninguno califica, figura como sin ubicar y nunca se pierde. Dinero
      nuevo es lo que el escenario aprueba por encima de su línea de base después del año base. El
      costo por año-niño evitado lo divide entre los años-niño de trabajo evitados hasta el año
      final; los beneficios posteriores no se cuentan.
      """)

  private static let intervalsText = LocalizedText(
    en: """
      5-95 % means: five in a hundred weighted futures lie below, five above. The interval holds
      the uncertainty of level, exit, trend, shocks, effects and costs as the scenario states
      them. It doesn't hold what the model leaves out. Differences are paired, draw by draw over
      the same random numbers; that is why a difference can be far surer than the rates.
      """,
    es: """
      5-95 % significa: cinco de cada cien futuros, con sus pesos, quedan por debajo y cinco por
      encima. El intervalo contiene la incertidumbre de nivel, salida, tendencia, choques, efectos
      y costos tal como el escenario los declara. No contiene lo que el modelo deja fuera. Las
      diferencias son pareadas, simulación por simulación con los mismos números aleatorios; por
      eso una diferencia puede ser mucho más segura que las tasas.
      """)

  private static let schematicText = LocalizedText(
    en: """
      Schematic shapes show about where a district lies. They are made from the positions of its
      populated places inside the department's outline. Don't read areas, borders or neighbours
      off them; hot spots aren't computed on them. Put real polygons in with `data.districts`.
      """,
    es: """
      Las formas esquemáticas muestran más o menos dónde queda un distrito. Se hacen con la
      posición de sus centros poblados dentro del contorno del departamento. No sirven para leer
      áreas, límites ni vecinos; sobre ellas no se calculan zonas calientes. Ponga polígonos
      reales con `data.districts`.
      """)

  private static let hashText = LocalizedText(
    en: """
      The result hash is the SHA-256 of the list of data files with their own SHA-256, as
      `sha256sum` prints it. Same inputs, settings and seed give the same hash on any number of
      threads. Its first eight digits name the result folder; quote them with any figure. The
      manifest lists inputs, versions and the command to repeat the run.
      """,
    es: """
      El hash del resultado es el SHA-256 de la lista de archivos de datos con su propio SHA-256,
      tal como la imprime `sha256sum`. Los mismos insumos, ajustes y semilla dan el mismo hash con
      cualquier número de hilos. Sus primeros ocho dígitos nombran la carpeta; cítelos junto con
      cualquier cifra. El manifiesto enumera insumos, versiones y el comando para repetirlo.
      """)
}
