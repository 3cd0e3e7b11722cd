// Quiebre · Diagnostics
// Codes and pages: Q513-Q518 parameter draws that are given in a file.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let unknownParameter = DiagnosticCode(rawValue: "Q513")
  public static let impossibleDraw = DiagnosticCode(rawValue: "Q514")
  public static let badDrawWeight = DiagnosticCode(rawValue: "Q515")
  public static let drawCount = DiagnosticCode(rawValue: "Q516")
  public static let drawsKept = DiagnosticCode(rawValue: "Q517")
  public static let damagedDraws = DiagnosticCode(rawValue: "Q518")
}

extension CodePage {
  static let drawPages: [CodePage] = [
    CodePage(
      .unknownParameter,
      title: LocalizedText(
        en: "Draws of an unknown parameter", es: "Sorteos de un parámetro desconocido"),
      text: LocalizedText(
        en: """
          A column of simulation.draws names no parameter of the scenario: simulation.exit,
          line.NAME.effect.exit, level, weight and so on. `quiebre run … --draws-out FILE.csv` writes
          a file with all of them. An effect that a line doesn't have can't be given.
          """,
        es: """
          Una columna de simulation.draws no nombra un parámetro del escenario: simulation.exit,
          line.NOMBRE.effect.exit, level, weight, etc. `quiebre run … --draws-out ARCHIVO.csv`
          escribe un archivo con todos. No se puede dar un efecto que la línea no tiene.
          """)),
    CodePage(
      .impossibleDraw,
      title: LocalizedText(en: "An impossible draw", es: "Un sorteo imposible"),
      text: LocalizedText(
        en: """
          A cell of simulation.draws is empty, no number, or a value that the model can't work with.
          Shares (exit, execution, leakage, ceiling) lie in 0 to 1, multipliers in 0 to 100, unit
          costs above 0, trends in −1 to 1 and shocks in −5 to 5 log points. Nothing is in percent.
          """,
        es: """
          Una celda de simulation.draws está vacía, no es un número o tiene un valor con el que el
          modelo no puede trabajar. Las proporciones (exit, execution, leakage, ceiling) van de 0 a
          1, los multiplicadores de 0 a 100, los costos son mayores que 0, las tendencias van de −1 a
          1 y los choques de −5 a 5 puntos logarítmicos. Nada está en porcentaje.
          """)),
    CodePage(
      .badDrawWeight,
      title: LocalizedText(en: "A weight that can't be used", es: "Un peso que no se puede usar"),
      text: LocalizedText(
        en: """
          Weights of draws are 0 or more, and at least one is above 0. They needn't sum to 1. Without
          a column `weight` all draws count alike.
          """,
        es: """
          Los pesos de los sorteos son 0 o más, y al menos uno es mayor que 0. No hace falta que
          sumen 1. Sin una columna `weight` todos los sorteos cuentan igual.
          """)),
    CodePage(
      .drawCount,
      title: LocalizedText(en: "Another number of draws", es: "Otro número de sorteos"),
      text: LocalizedText(
        en: """
          A run on given draws has as many replicas as the file has rows, 1 to 1,000,000. Leave
          simulation.replicas and --replicas out, or write that number.
          """,
        es: """
          Una corrida con sorteos dados tiene tantas réplicas como filas el archivo, de 1 a 1,000,000.
          Quite simulation.replicas y --replicas, o escriba ese número.
          """)),
    CodePage(
      .drawsKept,
      title: LocalizedText(
        en: "What a run on given draws takes from where",
        es: "Qué toma de dónde una corrida con sorteos dados"),
      text: LocalizedText(
        en: """
          Parameters without a column keep the draws that the run would make itself. If the file gives
          weights, or anything that the published rates speak of (level, simulation.exit, trends,
          shocks), its draws are a posterior and aren't weighed by the published rates again.
          """,
        es: """
          Los parámetros sin columna conservan los sorteos que haría la propia corrida. Si el archivo
          da pesos, o algo de lo que hablan las tasas publicadas (level, simulation.exit, tendencias,
          choques), sus sorteos son posteriores y no se vuelven a ponderar con esas tasas.
          """)),
    CodePage(
      .damagedDraws,
      title: LocalizedText(
        en: "Not a whole file of draws", es: "No es un archivo de sorteos íntegro"),
      text: LocalizedText(
        en: """
          A .qdraws file begins with QDRAWS1, says in a JSON header what it holds, and ends with the
          SHA-256 of all before: `head -c -64 FILE | sha256sum` must give its last 64 characters.
          """,
        es: """
          Un archivo .qdraws empieza con QDRAWS1, dice en un encabezado JSON qué contiene y termina
          con el SHA-256 de todo lo anterior: `head -c -64 ARCHIVO | sha256sum` debe dar sus últimos
          64 caracteres.
          """)),
  ]
}
