// Quiebre · Diagnostics
// Codes and pages: Q4 budgets and allocation.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let yearGap = DiagnosticCode(rawValue: "Q401")
  public static let negativeAmount = DiagnosticCode(rawValue: "Q402")
  public static let belowCentimo = DiagnosticCode(rawValue: "Q403")
  public static let hugeAmount = DiagnosticCode(rawValue: "Q404")
  public static let unusedYear = DiagnosticCode(rawValue: "Q405")
  public static let nothingToAllocateBy = DiagnosticCode(rawValue: "Q406")
  public static let negativeWeight = DiagnosticCode(rawValue: "Q407")
  public static let minimumNotMet = DiagnosticCode(rawValue: "Q408")
  public static let minimumAboveMaximum = DiagnosticCode(rawValue: "Q409")
  public static let noDeflator = DiagnosticCode(rawValue: "Q410")
  public static let unplaced = DiagnosticCode(rawValue: "Q411")
  public static let constraintBroken = DiagnosticCode(rawValue: "Q412")
  public static let badDeflator = DiagnosticCode(rawValue: "Q413")
  public static let missingAllocationColumn = DiagnosticCode(rawValue: "Q414")
  public static let optimalNotBuilt = DiagnosticCode(rawValue: "Q415")
  public static let badAllocationValue = DiagnosticCode(rawValue: "Q416")
}

extension CodePage {
  static let moneyPages: [CodePage] = [
    CodePage(
      .yearGap, title: LocalizedText(en: "a year without an amount", es: "un año sin monto"),
      text: LocalizedText(
        en: """
          Years between two written ones must be written, with 0 if nothing is planned. After \
          the last year, `after` decides.
          """,
        es: """
          Los años entre dos escritos deben escribirse, con 0 si no se prevé nada. Después del \
          último año decide `after`.
          """)),
    CodePage(
      .negativeAmount, title: LocalizedText(en: "a negative amount", es: "un monto negativo"),
      text: LocalizedText(
        en: """
          Money of a line can't be below zero.
          """,
        es: """
          El dinero de una línea no puede ser menor que cero.
          """)),
    CodePage(
      .belowCentimo,
      title: LocalizedText(
        en: "an amount finer than a céntimo", es: "un monto más fino que un céntimo"),
      text: LocalizedText(
        en: """
          Money is counted in whole céntimos, so that sums are exact.
          """,
        es: """
          El dinero se cuenta en céntimos enteros, para que las sumas sean exactas.
          """)),
    CodePage(
      .hugeAmount, title: LocalizedText(en: "an amount too large", es: "un monto demasiado grande"),
      text: LocalizedText(
        en: """
          Amounts reach up to one trillion (10^12) a year: beyond, a typing slip is certain.
          """,
        es: """
          Los montos llegan hasta un billón (10^12) al año: más allá hay sin duda un error de \
          tipeo.
          """)),
    CodePage(
      .unusedYear,
      title: LocalizedText(
        en: "an amount outside the simulated years", es: "un monto fuera de los años simulados"),
      text: LocalizedText(
        en: """
          Only money from the base year to the last year can act.
          """,
        es: """
          Solo puede actuar el dinero desde el año base hasta el último.
          """)),
    CodePage(
      .nothingToAllocateBy,
      title: LocalizedText(en: "nothing to allocate by", es: "nada con qué repartir"),
      text: LocalizedText(
        en: """
          All weights are zero, so no district can be given a share.
          """,
        es: """
          Todos los pesos son cero, así que ningún distrito puede recibir una parte.
          """)),
    CodePage(
      .negativeWeight, title: LocalizedText(en: "a negative weight", es: "un peso negativo"),
      text: LocalizedText(
        en: """
          Weights of an allocation are zero or more.
          """,
        es: """
          Los pesos de un reparto son cero o más.
          """)),
    CodePage(
      .minimumNotMet,
      title: LocalizedText(
        en: "the minimum can't be met everywhere", es: "el mínimo no alcanza para todos"),
      text: LocalizedText(
        en: """
          The amount is smaller than the sum of the minimums. Districts with the largest \
          weights are served first; none is given less than the minimum.
          """,
        es: """
          El monto es menor que la suma de los mínimos. Se atiende primero a los distritos de \
          mayor peso; ninguno recibe menos que el mínimo.
          """)),
    CodePage(
      .minimumAboveMaximum,
      title: LocalizedText(en: "a minimum above the maximum", es: "un mínimo mayor que el máximo"),
      text: LocalizedText(
        en: """
          The least money per district can't be more than the most.
          """,
        es: """
          Lo mínimo por distrito no puede ser más que lo máximo.
          """)),
    CodePage(
      .noDeflator,
      title: LocalizedText(
        en: "prices that need a deflator", es: "precios que necesitan un deflactor"),
      text: LocalizedText(
        en: """
          Money of different years is only comparable in constant prices; current amounts need \
          an index for each year.
          """,
        es: """
          El dinero de distintos años solo se compara en precios constantes; los montos \
          corrientes necesitan un índice de cada año.
          """)),
    CodePage(
      .unplaced, title: LocalizedText(en: "money without a district", es: "dinero sin distrito"),
      text: LocalizedText(
        en: """
          Part of the amount can't be placed under the limits of the allocation. It counts as \
          unplaced, reaches nobody and is never dropped. `unplaced = "accept"` silences the \
          warning.
          """,
        es: """
          Parte del monto no puede ubicarse bajo los límites del reparto. Cuenta como sin \
          ubicar, no llega a nadie y nunca se descarta. `unplaced = "accept"` calla el aviso.
          """)),
    CodePage(
      .constraintBroken,
      title: LocalizedText(en: "a constraint isn't kept", es: "una restricción no se cumple"),
      text: LocalizedText(
        en: """
          The plan as written breaks one of its own constraints.
          """,
        es: """
          El plan tal como está escrito incumple una de sus propias restricciones.
          """)),
    CodePage(
      .badDeflator,
      title: LocalizedText(
        en: "a price index that can't be used", es: "un índice de precios que no se puede usar"),
      text: LocalizedText(
        en: """
          The deflator needs one positive index for every year of the scenario and for the \
          price year.
          """,
        es: """
          El deflactor necesita un índice positivo para cada año del escenario y para el año \
          de precios.
          """)),
    CodePage(
      .missingAllocationColumn,
      title: LocalizedText(
        en: "a column that the table doesn't have", es: "una columna que la tabla no tiene"),
      text: LocalizedText(
        en: """
          The allocation names a column that isn't in the header of its file.
          """,
        es: """
          El reparto nombra una columna que no está en el encabezado de su archivo.
          """)),
    CodePage(
      .optimalNotBuilt,
      title: LocalizedText(
        en: "an allocation left to the optimizer", es: "un reparto dejado al optimizador"),
      text: LocalizedText(
        en: """
          rule = "optimal" is filled in by `optimize`, which this version doesn't have yet. \
          Choose another rule to run the scenario.
          """,
        es: """
          rule = "optimal" lo completa `optimize`, que esta versión todavía no tiene. Elija \
          otra regla para correr el escenario.
          """)),
    CodePage(
      .badAllocationValue,
      title: LocalizedText(
        en: "a table value that can't be used", es: "un valor de la tabla que no se puede usar"),
      text: LocalizedText(
        en: """
          Amounts and weights in a table are numbers of zero or more, one row per district.
          """,
        es: """
          Los montos y pesos de una tabla son números de cero o más, una fila por distrito.
          """)),
  ]
}
