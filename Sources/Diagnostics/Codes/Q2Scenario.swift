// Quiebre · Diagnostics
// Codes and pages: Q2 scenario keys, units, ranges and references.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let missingKey = DiagnosticCode(rawValue: "Q201")
  public static let layerUnreadable = DiagnosticCode(rawValue: "Q202")
  public static let layerCycle = DiagnosticCode(rawValue: "Q203")
  public static let unknownKey = DiagnosticCode(rawValue: "Q204")
  public static let wrongType = DiagnosticCode(rawValue: "Q205")
  public static let outOfRange = DiagnosticCode(rawValue: "Q206")
  public static let layerClash = DiagnosticCode(rawValue: "Q207")
  public static let laterKey = DiagnosticCode(rawValue: "Q208")
  public static let wrongUnit = DiagnosticCode(rawValue: "Q209")
  public static let amountAsText = DiagnosticCode(rawValue: "Q210")
  public static let codeAsNumber = DiagnosticCode(rawValue: "Q211")
  public static let dateForNumber = DiagnosticCode(rawValue: "Q212")
  public static let barePercent = DiagnosticCode(rawValue: "Q213")
  public static let disordered = DiagnosticCode(rawValue: "Q214")
  public static let unknownChoice = DiagnosticCode(rawValue: "Q215")
  public static let unknownReference = DiagnosticCode(rawValue: "Q216")
  public static let wrongYear = DiagnosticCode(rawValue: "Q217")
  public static let formulaSyntax = DiagnosticCode(rawValue: "Q218")
  public static let unknownField = DiagnosticCode(rawValue: "Q219")
  public static let formulaType = DiagnosticCode(rawValue: "Q220")
  public static let wrongClassification = DiagnosticCode(rawValue: "Q221")
  public static let noLines = DiagnosticCode(rawValue: "Q222")
  public static let misplacedKey = DiagnosticCode(rawValue: "Q223")
  public static let noSource = DiagnosticCode(rawValue: "Q224")
  public static let invalidName = DiagnosticCode(rawValue: "Q225")
  public static let badOverride = DiagnosticCode(rawValue: "Q226")
  public static let noEffect = DiagnosticCode(rawValue: "Q227")
  public static let pairEffectMissing = DiagnosticCode(rawValue: "Q228")
  public static let unusableValue = DiagnosticCode(rawValue: "Q229")
  public static let emptyIntersection = DiagnosticCode(rawValue: "Q230")
}

extension CodePage {
  static let scenarioPages: [CodePage] = [
    CodePage(
      .missingKey,
      title: LocalizedText(en: "a required key is missing", es: "falta una clave obligatoria"),
      text: LocalizedText(
        en: """
          The key has no default: only the planner can know it.
          """,
        es: """
          La clave no tiene valor por omisión: solo quien planifica puede saberlo.
          """)),
    CodePage(
      .layerUnreadable,
      title: LocalizedText(en: "a layer can't be used", es: "una capa no se puede usar"),
      text: LocalizedText(
        en: """
          A file named in `extends` or as a country layer can't be used as one.
          """,
        es: """
          Un archivo nombrado en `extends` o como capa del país no puede usarse como tal.
          """)),
    CodePage(
      .layerCycle,
      title: LocalizedText(
        en: "layers that extend each other", es: "capas que se extienden entre sí"),
      text: LocalizedText(
        en: """
          A file may not extend itself, directly or through others.
          """,
        es: """
          Un archivo no puede extenderse a sí mismo, ni directamente ni a través de otros.
          """)),
    CodePage(
      .unknownKey, title: LocalizedText(en: "unknown key", es: "clave desconocida"),
      text: LocalizedText(
        en: """
          Every key is known or an error: a mistyped key would otherwise do nothing in \
          silence.
          """,
        es: """
          Toda clave es conocida o un error: una clave mal escrita no haría nada, en silencio.
          """)),
    CodePage(
      .wrongType,
      title: LocalizedText(en: "a value of the wrong type", es: "un valor de tipo equivocado"),
      text: LocalizedText(
        en: """
          The key takes another kind of value: number, text, list, table, true or false.
          """,
        es: """
          La clave espera otra clase de valor: número, texto, lista, tabla, true o false.
          """)),
    CodePage(
      .outOfRange,
      title: LocalizedText(en: "a value outside its range", es: "un valor fuera de su rango"),
      text: LocalizedText(
        en: """
          The value can't occur: a probability above 1, a negative count.
          """,
        es: """
          El valor no puede ocurrir: una probabilidad mayor que 1, una cuenta negativa.
          """)),
    CodePage(
      .layerClash, title: LocalizedText(en: "two layers disagree", es: "dos capas se contradicen"),
      text: LocalizedText(
        en: """
          Two files of one `extends` list give different values for the same key, and the file \
          that extends them doesn't give its own. Give the value in that file, or set \
          `scenario.override = true`: then the later file wins.
          """,
        es: """
          Dos archivos de una misma lista `extends` dan valores distintos a la misma clave y \
          el archivo que los extiende no da el suyo. Dé el valor en ese archivo o ponga \
          `scenario.override = true`: entonces gana el último.
          """)),
    CodePage(
      .laterKey,
      title: LocalizedText(
        en: "a key of a later version", es: "una clave de una versión posterior"),
      text: LocalizedText(
        en: """
          The key is known and checked, but this version doesn't act on it yet.
          """,
        es: """
          La clave es conocida y se revisa, pero esta versión todavía no la usa.
          """)),
    CodePage(
      .wrongUnit, title: LocalizedText(en: "a wrong unit", es: "una unidad equivocada"),
      text: LocalizedText(
        en: """
          Shares are written "22.6 %" or 0.226, percentage points "0.3 pp".
          """,
        es: """
          Las proporciones se escriben "22.6 %" o 0.226, los puntos porcentuales "0.3 pp".
          """)),
    CodePage(
      .amountAsText,
      title: LocalizedText(en: "a number written as text", es: "un número escrito como texto"),
      text: LocalizedText(
        en: """
          Numbers stand without quotes: 9_000_000.
          """,
        es: """
          Los números van sin comillas: 9_000_000.
          """)),
    CodePage(
      .codeAsNumber,
      title: LocalizedText(en: "a code written as a number", es: "un código escrito como número"),
      text: LocalizedText(
        en: """
          Codes stand in quotes: as a number, 010101 would lose its first digit.
          """,
        es: """
          Los códigos van entre comillas: como número, 010101 perdería su primer dígito.
          """)),
    CodePage(
      .dateForNumber,
      title: LocalizedText(en: "a date where a number is due", es: "una fecha donde va un número"),
      text: LocalizedText(
        en: """
          The value was read as a date; spreadsheets and editors make dates out of numbers.
          """,
        es: """
          El valor se leyó como fecha; las hojas de cálculo y los editores convierten números \
          en fechas.
          """)),
    CodePage(
      .barePercent,
      title: LocalizedText(en: "a percentage without its sign", es: "un porcentaje sin su signo"),
      text: LocalizedText(
        en: """
          A bare number is a ratio, so 22.6 would be 2,260 %. Percentages carry their sign: \
          "22.6 %".
          """,
        es: """
          Un número solo es una proporción, así que 22.6 sería 2 260 %. Los porcentajes llevan \
          su signo: "22.6 %".
          """)),
    CodePage(
      .disordered, title: LocalizedText(en: "numbers out of order", es: "números en desorden"),
      text: LocalizedText(
        en: """
          Three numbers mean low, central, high and must rise. A decimal comma makes [1,15, \
          1.50] three numbers: 1, 15 and 1.50.
          """,
        es: """
          Tres números significan bajo, central, alto y deben ir en aumento. Una coma decimal \
          hace de [1,15, 1.50] tres números: 1, 15 y 1.50.
          """)),
    CodePage(
      .unknownChoice,
      title: LocalizedText(
        en: "a word that isn't among the choices", es: "una palabra que no está entre las opciones"),
      text: LocalizedText(
        en: """
          The key takes one of a few words, in English only.
          """,
        es: """
          La clave acepta una de unas pocas palabras, solo en inglés.
          """)),
    CodePage(
      .unknownReference,
      title: LocalizedText(en: "a name that nothing bears", es: "un nombre que nada lleva"),
      text: LocalizedText(
        en: """
          Lines, targets and surfaces are named by their table: [line.municipal] is \
          "municipal".
          """,
        es: """
          Las líneas, metas y superficies se nombran por su tabla: [line.municipal] es \
          "municipal".
          """)),
    CodePage(
      .wrongYear, title: LocalizedText(en: "years that don't fit", es: "años que no concuerdan"),
      text: LocalizedText(
        en: """
          The plateau starts no later than the base year, and the base year lies no later than \
          as_of. Deadlines come after the base year; the last year may be one.
          """,
        es: """
          La meseta empieza a más tardar en el año base y el año base no es posterior a as_of. \
          Los plazos son posteriores al año base; el último año puede ser uno.
          """)),
    CodePage(
      .formulaSyntax,
      title: LocalizedText(
        en: "a formula that can't be read", es: "una fórmula que no se puede leer"),
      text: LocalizedText(
        en: """
          Formulas know numbers, "50 %", 'texts', fields, + - * /, comparisons, in, and, or, \
          not, min, max and if(test, then, else).
          """,
        es: """
          Las fórmulas conocen números, 50 %, 'textos', campos, + - * /, comparaciones, in, \
          and, or, not, min, max e if(prueba, sí, no).
          """)),
    CodePage(
      .unknownField, title: LocalizedText(en: "an unknown field", es: "un campo desconocido"),
      text: LocalizedText(
        en: """
          Fields are the columns known before simulating, and those of [table] and [surface].
          """,
        es: """
          Los campos son las columnas conocidas antes de simular y las de [table] y [surface].
          """)),
    CodePage(
      .formulaType,
      title: LocalizedText(
        en: "kinds that don't fit in a formula", es: "clases que no concuerdan en una fórmula"),
      text: LocalizedText(
        en: """
          A percent field compares only with a percent (rural > 50 %), a text only with a \
          text; a condition is true or false, a weight a number.
          """,
        es: """
          Un campo en porcentaje solo se compara con un porcentaje (rural > 50 %), un texto \
          solo con un texto; una condición es verdadera o falsa, un peso es un número.
          """)),
    CodePage(
      .wrongClassification,
      title: LocalizedText(
        en: "a budget code that doesn't fit", es: "un código presupuestal que no concuerda"),
      text: LocalizedText(
        en: """
          The country layer says how each code of the budget classification looks.
          """,
        es: """
          La capa del país dice cómo es cada código de la clasificación presupuestal.
          """)),
    CodePage(
      .noLines, title: LocalizedText(en: "a scenario without lines", es: "un escenario sin líneas"),
      text: LocalizedText(
        en: """
          Without a budget line there is nothing to compare with the baseline. To project what \
          happens without new money, give the lines their base-year amounts and after = \
          "keep".
          """,
        es: """
          Sin una línea presupuestal no hay nada que comparar con la línea de base. Para \
          proyectar lo que pasa sin dinero nuevo, dé a las líneas sus montos del año base y \
          after = "keep".
          """)),
    CodePage(
      .misplacedKey,
      title: LocalizedText(
        en: "a key that doesn't fit here", es: "una clave que aquí no corresponde"),
      text: LocalizedText(
        en: """
          The key belongs to another kind of line, rule or quantity and would do nothing here.
          """,
        es: """
          La clave es de otra clase de línea, regla o cantidad y aquí no haría nada.
          """)),
    CodePage(
      .noSource, title: LocalizedText(en: "an effect without a source", es: "un efecto sin fuente"),
      text: LocalizedText(
        en: """
          Nothing backs this number; it is printed as assumed. Name rows of the evidence table \
          in effect.source.
          """,
        es: """
          Nada respalda este número; se imprime como supuesto. Nombre filas de la tabla de \
          evidencia en effect.source.
          """)),
    CodePage(
      .invalidName,
      title: LocalizedText(en: "a name that can't be used", es: "un nombre que no se puede usar"),
      text: LocalizedText(
        en: """
          Names of scenarios, lines and tables hold letters without accents, digits, - and _: \
          they become names of folders, files and columns.
          """,
        es: """
          Los nombres de escenarios, líneas y tablas llevan letras sin tilde, dígitos, - y _: \
          se convierten en nombres de carpetas, archivos y columnas.
          """)),
    CodePage(
      .badOverride,
      title: LocalizedText(en: "--set that can't be used", es: "--set que no se puede usar"),
      text: LocalizedText(
        en: """
          --set takes key=value with the full key, as in --set line.chains.after=keep.
          """,
        es: """
          --set toma clave=valor con la clave completa, como en --set line.chains.after=keep.
          """)),
    CodePage(
      .noEffect,
      title: LocalizedText(en: "a line that changes nothing", es: "una línea que no cambia nada"),
      text: LocalizedText(
        en: """
          The line costs money but no effect is given: it moves no rate.
          """,
        es: """
          La línea cuesta dinero pero no se da ningún efecto: no mueve ninguna tasa.
          """)),
    CodePage(
      .pairEffectMissing,
      title: LocalizedText(
        en: "an interaction that leaves an effect open",
        es: "una interacción que deja abierto un efecto"),
      text: LocalizedText(
        en: """
          An interaction gives the ratio of both lines together. What it doesn't give counts \
          as 1, so the lines' own effect on that rate is lost for children that both reach.
          """,
        es: """
          Una interacción da la razón de ambas líneas juntas. Lo que no da cuenta como 1, de \
          modo que el efecto propio de las líneas sobre esa tasa se pierde para quienes \
          reciben ambas.
          """)),
    CodePage(
      .unusableValue,
      title: LocalizedText(
        en: "a formula without a usable value", es: "una fórmula sin valor utilizable"),
      text: LocalizedText(
        en: """
          In some districts a field is missing, or the formula gives a value that can't be \
          used there (negative, or not a number).
          """,
        es: """
          En algunos distritos falta un campo o la fórmula da un valor que no puede usarse \
          (negativo o no numérico).
          """)),
    CodePage(
      .emptyIntersection,
      title: LocalizedText(
        en: "a formula that no district meets", es: "una condición que ningún distrito cumple"),
      text: LocalizedText(
        en: """
          No district takes part, so all of the money stays unplaced.
          """,
        es: """
          Ningún distrito participa, así que todo el dinero queda sin ubicar.
          """)),
  ]
}
