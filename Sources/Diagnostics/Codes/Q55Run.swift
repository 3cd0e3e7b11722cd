// Quiebre · Diagnostics
// Codes and pages of the verbs: Q390-Q399 what is asked of files, Q550-Q569 of a run.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let weightNotRaster = DiagnosticCode(rawValue: "Q390")
  public static let unknownStatistic = DiagnosticCode(rawValue: "Q391")
  public static let unknownAttribute = DiagnosticCode(rawValue: "Q392")
  public static let weightMissing = DiagnosticCode(rawValue: "Q393")
  public static let valuesBeyondMemory = DiagnosticCode(rawValue: "Q394")
  public static let weightUnused = DiagnosticCode(rawValue: "Q395")
  public static let columnLeftOut = DiagnosticCode(rawValue: "Q396")
  public static let spotsUntestable = DiagnosticCode(rawValue: "Q397")
  public static let differentGround = DiagnosticCode(rawValue: "Q550")
  public static let requirementFailed = DiagnosticCode(rawValue: "Q551")
  public static let nothingSeen = DiagnosticCode(rawValue: "Q552")
  public static let profileIncomplete = DiagnosticCode(rawValue: "Q553")
  public static let yearOutsideRun = DiagnosticCode(rawValue: "Q554")
  public static let unknownRequirement = DiagnosticCode(rawValue: "Q556")
  public static let baselineItself = DiagnosticCode(rawValue: "Q557")
  public static let otherBaseMoney = DiagnosticCode(rawValue: "Q558")
  public static let unknownTopic = DiagnosticCode(rawValue: "Q555")
  public static let lockUnusable = DiagnosticCode(rawValue: "Q560")
  public static let inputChanged = DiagnosticCode(rawValue: "Q561")
  public static let lockDefaultDiffers = DiagnosticCode(rawValue: "Q562")
  public static let projectFileFault = DiagnosticCode(rawValue: "Q563")
  public static let notPaired = DiagnosticCode(rawValue: "Q564")
  public static let resultUnusable = DiagnosticCode(rawValue: "Q565")
  public static let linesNotTaken = DiagnosticCode(rawValue: "Q566")
}

extension CodePage {
  static let runPages: [CodePage] = partPages + verbPages + repeatPages

  /// Finished results: running them again, comparing them; and defaults of flags.
  private static let repeatPages: [CodePage] = [
    CodePage(
      .linesNotTaken,
      title: LocalizedText(
        en: "a plan that can't be taken apart", es: "un plan que no se puede separar"),
      text: LocalizedText(
        en: """
          `quiebre compare SCENARIO.toml --by line` says what each line adds. It needs a scenario \
          with 1 to 64 lines; a finished folder holds no lines that could be run again.
          """,
        es: """
          `quiebre compare ESCENARIO.toml --by line` dice lo que agrega cada línea. Necesita un \
          escenario con 1 a 64 líneas; una carpeta terminada no tiene líneas que se puedan volver a \
          correr.
          """)),
    CodePage(
      .lockUnusable,
      title: LocalizedText(en: "No lock of a scenario", es: "No es el lock de un escenario"),
      text: LocalizedText(
        en: """
          `run`, `check` and the other verbs take a scenario (.toml) or the scenario.lock.json of a
          result folder, which holds every value that was in force. This JSON is neither, or it
          was changed by hand.
          """,
        es: """
          `run`, `check` y los demás verbos aceptan un escenario (.toml) o el scenario.lock.json de
          una carpeta de resultados, que guarda todos los valores que regían. Este JSON no es eso,
          o fue cambiado a mano.
          """)),
    CodePage(
      .inputChanged,
      title: LocalizedText(
        en: "An input has changed since", es: "Una entrada cambió desde entonces"),
      text: LocalizedText(
        en: """
          The lock names the SHA-256 of every file that the run read. This file holds something else
          now, so the result may differ from the one in the lock's folder. Put the old file back to
          repeat that result.
          """,
        es: """
          El lock nombra el SHA-256 de cada archivo que la corrida leyó. Este archivo guarda ahora
          otra cosa, así que el resultado puede diferir del que está en la carpeta del lock.
          Reponga el archivo anterior para repetir ese resultado.
          """)),
    CodePage(
      .lockDefaultDiffers,
      title: LocalizedText(
        en: "A default has changed since", es: "Un valor por omisión cambió desde entonces"),
      text: LocalizedText(
        en: """
          The run took this value because the scenario didn't say one, and this version takes
          another. Set the key to the old value to repeat that result.
          """,
        es: """
          La corrida tomó este valor porque el escenario no daba ninguno, y esta versión toma otro.
          Ponga en la clave el valor anterior para repetir ese resultado.
          """)),
    CodePage(
      .projectFileFault,
      title: LocalizedText(en: "A fault in quiebre.toml", es: "Una falla en quiebre.toml"),
      text: LocalizedText(
        en: """
          quiebre.toml holds defaults of flags: `lang = "es"` for every verb, `[run] out = "…"` for
          one. Names are those of `quiebre help VERB` without dashes. Keys of a scenario don't
          belong there: a result must not depend on where a command is typed.
          """,
        es: """
          quiebre.toml guarda valores por omisión de opciones: `lang = "es"` para todo verbo,
          `[run] out = "…"` para uno. Los nombres son los de `quiebre help VERBO` sin guiones. Las
          claves de un escenario no van ahí: un resultado no debe depender de dónde se escribe la
          orden.
          """)),
    CodePage(
      .notPaired,
      title: LocalizedText(
        en: "Differences without pairing", es: "Diferencias sin emparejar"),
      text: LocalizedText(
        en: """
          Finished folders hold medians and intervals, not draws. What is compared is then one
          published figure with another; the interval of the difference is unknown, and luck that
          both runs shared isn't taken out. Compare the scenario files (or locks) to get paired
          differences.
          """,
        es: """
          Las carpetas terminadas guardan medianas e intervalos, no sorteos. Se compara entonces una
          cifra publicada con otra; el intervalo de la diferencia no se conoce, y el azar común a
          ambas corridas no se descuenta. Compare los escenarios (o los lock) para tener
          diferencias emparejadas.
          """)),
    CodePage(
      .resultUnusable,
      title: LocalizedText(
        en: "A result folder that can't be compared",
        es: "Una carpeta de resultados que no se puede comparar"),
      text: LocalizedText(
        en: """
          The folder needs the summary.json and manifest.json of a finished run, unchanged since,
          and all that is compared must share one definition of work, base year and year.
          """,
        es: """
          La carpeta necesita el summary.json y el manifest.json de una corrida terminada, sin
          cambios, y todo lo que se compara debe compartir definición de trabajo, año base y año.
          """)),
  ]

  private static let verbPages: [CodePage] = [
    CodePage(
      .spotsUntestable,
      title: LocalizedText(
        en: "Hot spots that can't be tested", es: "Zonas calientes que no se pueden probar"),
      text: LocalizedText(
        en: """
          Hot spots need numbers in at least four shapes, not all alike, and shapes that touch. Text
          that isn't a number is refused, since leaving it out in silence would move the result;
          clear the cell to leave a shape out.
          """,
        es: """
          Las zonas calientes piden números en al menos cuatro formas, no todos iguales, y formas que
          se toquen. Un texto que no es número se rechaza, pues omitirlo en silencio movería el
          resultado; vacíe la celda para dejar fuera una forma.
          """)),
    CodePage(
      .weightNotRaster,
      title: LocalizedText(en: "Weight is not a raster", es: "El peso no es un ráster"),
      text: LocalizedText(
        en: "Cells are weighted by another raster (children per cell). Name such a surface.",
        es: "Las celdas se ponderan con otro ráster (niños por celda). Nombre esa superficie.")),
    CodePage(
      .unknownStatistic,
      title: LocalizedText(en: "Unknown statistic", es: "Estadística desconocida"),
      text: LocalizedText(
        en: "Known names are listed by 'quiebre explain surface.x.stats' and in Scenarios/JOIN.md.",
        es: "Los nombres están en 'quiebre explain surface.x.stats' y en Scenarios/JOIN.md.")),
    CodePage(
      .unknownAttribute,
      title: LocalizedText(en: "Unknown column of a layer", es: "Columna de capa desconocida"),
      text: LocalizedText(
        en: "--by names an attribute of the polygons; none of that name is in the file.",
        es: "--by nombra un atributo de los polígonos; el archivo no tiene uno con ese nombre.")),
    CodePage(
      .weightMissing,
      title: LocalizedText(
        en: "A weighted statistic without weights", es: "Una estadística ponderada sin pesos"),
      text: LocalizedText(
        en: """
          weighted_mean and its like weigh each cell by a second raster (children per cell). Name
          it, or take the plain statistic, which weighs by covered ground.
          """,
        es: """
          weighted_mean y las demás ponderan cada celda con un segundo ráster (niños por celda).
          Nómbrelo, o use la estadística simple, que pondera por el terreno cubierto.
          """)),
    CodePage(
      .valuesBeyondMemory,
      title: LocalizedText(
        en: "More values than the memory setting holds",
        es: "Más valores de los que admite el ajuste de memoria"),
      text: LocalizedText(
        en: """
          Quantiles, majority, minority, variety and shares need every distinct value under a
          polygon at once. Raise --memory, split the polygon, or round the raster.
          """,
        es: """
          Cuantiles, majority, minority, variety y proporciones necesitan a la vez cada valor
          distinto bajo un polígono. Suba --memory, divida el polígono o redondee el ráster.
          """)),
    CodePage(
      .weightUnused,
      title: LocalizedText(en: "Weights that nothing uses", es: "Pesos que nada usa"),
      text: LocalizedText(
        en: """
          A raster of weights was named, but only plain statistics were asked for. Ask for
          weighted_mean, weighted_sum and the like.
          """,
        es: """
          Se nombró un ráster de pesos, pero solo se pidieron estadísticas simples. Pida
          weighted_mean, weighted_sum y similares.
          """)),
    CodePage(
      .columnLeftOut,
      title: LocalizedText(
        en: "A column that the result has itself", es: "Una columna que el resultado ya tiene"),
      text: LocalizedText(
        en: """
          The polygons have a column whose name the result uses (code, quality, a statistic, and
          fid and geom of a GeoPackage). Rename it in the layer to keep it.
          """,
        es: """
          Los polígonos tienen una columna cuyo nombre usa el resultado (code, quality, una
          estadística, y fid y geom de un GeoPackage). Cámbiele el nombre en la capa para
          conservarla.
          """)),
    CodePage(
      .differentGround,
      title: LocalizedText(
        en: "Scenarios on different ground", es: "Escenarios sobre bases distintas"),
      text: LocalizedText(
        en: """
          Scenarios that run together are compared draw by draw, so districts, risk, years, seed,
          number of draws and dynamics must be the same. Let one extend the other.
          """,
        es: """
          Los escenarios que corren juntos se comparan sorteo por sorteo: distritos, riesgo, años,
          semilla, número de sorteos y dinámica deben ser iguales. Haga que uno extienda al otro.
          """)),
    CodePage(
      .requirementFailed,
      title: LocalizedText(en: "A required target fails", es: "Una meta exigida no se cumple"),
      text: LocalizedText(
        en: "--require asks that a target reach its wanted probability; exit code 1 says no.",
        es: "--require exige que una meta llegue a su probabilidad; el código 1 dice que no.")),
    CodePage(
      .nothingSeen,
      title: LocalizedText(en: "No figure is known", es: "No se conoce ninguna cifra"),
      text: LocalizedText(
        en: """
          The series has no rate of the scenario's definition as of its date. Later figures are
          never used: choose a later simulation.as_of or load the series of that definition.
          """,
        es: """
          La serie no tiene una tasa de la definición del escenario a su fecha. Las cifras
          posteriores no se usan: elija un simulation.as_of posterior o cargue esa serie.
          """)),
    CodePage(
      .profileIncomplete,
      title: LocalizedText(en: "Age profile incomplete", es: "Perfil de edades incompleto"),
      text: LocalizedText(
        en: "geo:series/age_profile.csv needs rows c1 and c2: logit = c0 + c1 x + c2 x², "
          + "x = (age − 11)/6.",
        es: "geo:series/age_profile.csv necesita las filas c1 y c2: logit = c0 + c1 x + c2 x², "
          + "x = (edad − 11)/6.")),
    CodePage(
      .yearOutsideRun,
      title: LocalizedText(en: "Year outside the run", es: "Año fuera de la corrida"),
      text: LocalizedText(
        en: "Only years from the first to the last simulated one have results.",
        es: "Solo hay resultados entre el primer y el último año simulado.")),
    CodePage(
      .unknownRequirement,
      title: LocalizedText(en: "No such target", es: "No existe esa meta"),
      text: LocalizedText(
        en: "--require names a target of every scenario that runs: target.NAME.",
        es: "--require nombra una meta de cada escenario que corre: target.NOMBRE.")),
    CodePage(
      .baselineItself,
      title: LocalizedText(
        en: "A scenario is its own baseline", es: "Un escenario es su propia línea de base"),
      text: LocalizedText(
        en:
          "Every difference would be zero. Leave the key out: then the base year's money is kept.",
        es: "Toda diferencia sería cero. Quite la clave: entonces se mantiene el dinero base.")),
    CodePage(
      .otherBaseMoney,
      title: LocalizedText(
        en: "Baseline with other money in the base year",
        es: "Línea de base con otro dinero en el año base"),
      text: LocalizedText(
        en: """
          The money of the base year is already in the level and changes nothing. If baseline and
          scenario disagree on it, new money and cost per child-year compare unlike things: list the
          same running lines in both.
          """,
        es: """
          El dinero del año base ya está en el nivel y no cambia nada. Si la línea de base y el
          escenario no coinciden en él, el dinero nuevo y el costo comparan cosas distintas: ponga
          las mismas líneas en ambos.
          """)),
    CodePage(
      .unknownTopic,
      title: LocalizedText(en: "Nothing to explain", es: "No hay página"),
      text: LocalizedText(
        en: "quiebre explain knows codes, columns and methods; without a word it lists them.",
        es: "quiebre explain conoce códigos, columnas y métodos; sin palabra los lista.")),
  ]
}
