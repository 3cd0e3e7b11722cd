// Quiebre · Diagnostics
// Codes and pages: Q1 TOML, JSON and CSV syntax.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let syntax = DiagnosticCode(rawValue: "Q101")
  public static let notUTF8Text = DiagnosticCode(rawValue: "Q102")
  public static let notText = DiagnosticCode(rawValue: "Q103")
  public static let curlyQuotes = DiagnosticCode(rawValue: "Q104")
  public static let invisibleSpace = DiagnosticCode(rawValue: "Q105")
  public static let missingQuote = DiagnosticCode(rawValue: "Q106")
  public static let unclosedBracket = DiagnosticCode(rawValue: "Q107")
  public static let unquotedText = DiagnosticCode(rawValue: "Q108")
  public static let repeatedKey = DiagnosticCode(rawValue: "Q109")
  public static let leadingZero = DiagnosticCode(rawValue: "Q110")
  public static let thousandsDots = DiagnosticCode(rawValue: "Q111")
  public static let commaInNumber = DiagnosticCode(rawValue: "Q112")
  public static let currencyInNumber = DiagnosticCode(rawValue: "Q113")
  public static let bareUnit = DiagnosticCode(rawValue: "Q114")
  public static let nanOrInfinite = DiagnosticCode(rawValue: "Q115")
  public static let tooDeep = DiagnosticCode(rawValue: "Q116")
  public static let arrayOfTables = DiagnosticCode(rawValue: "Q117")
  public static let brokenInlineTable = DiagnosticCode(rawValue: "Q118")
  public static let missingEquals = DiagnosticCode(rawValue: "Q119")
  public static let oddKey = DiagnosticCode(rawValue: "Q120")
  public static let danglingComma = DiagnosticCode(rawValue: "Q121")
  public static let hugeNumber = DiagnosticCode(rawValue: "Q122")
  public static let severalOnLine = DiagnosticCode(rawValue: "Q123")
  public static let invalidDate = DiagnosticCode(rawValue: "Q124")
}

extension CodePage {
  static let syntaxPages: [CodePage] = [
    CodePage(
      .syntax, title: LocalizedText(en: "syntax error", es: "error de sintaxis"),
      text: LocalizedText(
        en: """
          The line doesn't follow TOML: `key = value`, texts in quotes, tables in [brackets]. \
          Reading stops at the first syntax error; keys and values are checked once it is \
          mended.
          """,
        es: """
          La línea no sigue TOML: `clave = valor`, textos entre comillas, tablas entre \
          [corchetes]. La lectura se detiene en el primer error de sintaxis; las claves y los \
          valores se revisan cuando esté corregido.
          """)),
    CodePage(
      .notUTF8Text,
      title: LocalizedText(en: "a byte that isn't UTF-8", es: "un byte que no es UTF-8"),
      text: LocalizedText(
        en: """
          The file was saved in another encoding, often Latin-1 or Windows-1252: an ñ or an \
          accent is then a byte that UTF-8 doesn't know. Save the file as UTF-8; nothing is \
          guessed.
          """,
        es: """
          El archivo se guardó con otra codificación, a menudo Latin-1 o Windows-1252: una ñ o \
          una tilde es entonces un byte que UTF-8 no conoce. Guarde el archivo como UTF-8; no \
          se adivina nada.
          """)),
    CodePage(
      .notText, title: LocalizedText(en: "not a text file", es: "no es un archivo de texto"),
      text: LocalizedText(
        en: """
          A scenario is plain text. Names that begin with `~$` are lock files that Excel or \
          Word leave behind while a file is open; a workbook, a ZIP file or a UTF-16 text \
          can't be read either.
          """,
        es: """
          Un escenario es texto simple. Los nombres que empiezan con `~$` son archivos de \
          bloqueo que Excel o Word dejan mientras un archivo está abierto; tampoco se puede \
          leer un libro de Excel, un ZIP o un texto UTF-16.
          """)),
    CodePage(
      .curlyQuotes, title: LocalizedText(en: "curly quotes", es: "comillas tipográficas"),
      text: LocalizedText(
        en: """
          Word processors turn straight quotes into curly ones. TOML knows only the straight \
          ones: " and '.
          """,
        es: """
          Los procesadores de texto convierten las comillas rectas en tipográficas. TOML solo \
          conoce las rectas: " y '.
          """)),
    CodePage(
      .invisibleSpace, title: LocalizedText(en: "an invisible space", es: "un espacio invisible"),
      text: LocalizedText(
        en: """
          A no-break space or another invisible character came with copied text. It looks like \
          a space but isn't one for TOML. Delete it and type a plain space.
          """,
        es: """
          Un espacio de no separación u otro carácter invisible llegó con un texto copiado. \
          Parece un espacio, pero no lo es para TOML. Bórrelo y escriba un espacio simple.
          """)),
    CodePage(
      .missingQuote, title: LocalizedText(en: "a quote is missing", es: "falta una comilla"),
      text: LocalizedText(
        en: """
          A text begins with a quote and the line ends before the closing one.
          """,
        es: """
          Un texto empieza con una comilla y la línea termina antes de la de cierre.
          """)),
    CodePage(
      .unclosedBracket,
      title: LocalizedText(en: "a bracket is missing", es: "falta un corchete o una llave"),
      text: LocalizedText(
        en: """
          A list `[…]`, an inline table `{…}` or a table header was opened and never closed.
          """,
        es: """
          Una lista `[…]`, una tabla en línea `{…}` o un encabezado se abrió y nunca se cerró.
          """)),
    CodePage(
      .unquotedText, title: LocalizedText(en: "text without quotes", es: "texto sin comillas"),
      text: LocalizedText(
        en: """
          Texts and codes stand in quotes; only numbers, dates, true and false stand bare.
          """,
        es: """
          Los textos y códigos van entre comillas; solo los números, las fechas, true y false \
          van sin ellas.
          """)),
    CodePage(
      .repeatedKey, title: LocalizedText(en: "a key given twice", es: "una clave repetida"),
      text: LocalizedText(
        en: """
          The same key or table stands twice in one file. Other readers silently keep the \
          first or the last one; here it is an error.
          """,
        es: """
          La misma clave o tabla aparece dos veces en un archivo. Otros lectores conservan en \
          silencio la primera o la última; aquí es un error.
          """)),
    CodePage(
      .leadingZero,
      title: LocalizedText(
        en: "a number with a leading zero", es: "un número que empieza con cero"),
      text: LocalizedText(
        en: """
          Codes such as 010101 begin with zero and are texts: put them in quotes. Read as a \
          number the zero would be lost and the code would name another district.
          """,
        es: """
          Los códigos como 010101 empiezan con cero y son textos: póngalos entre comillas. \
          Leído como número se perdería el cero y el código nombraría otro distrito.
          """)),
    CodePage(
      .thousandsDots,
      title: LocalizedText(
        en: "dots as thousands separators", es: "puntos como separador de miles"),
      text: LocalizedText(
        en: """
          Thousands are separated by underscores, 1_500_000; the dot is the decimal point.
          """,
        es: """
          Los miles se separan con guion bajo, 1_500_000; el punto es el punto decimal.
          """)),
    CodePage(
      .commaInNumber, title: LocalizedText(en: "a number with a comma", es: "número con coma"),
      text: LocalizedText(
        en: """
          The decimal sign is a point and thousands are separated by underscores. In a list a \
          comma would make two numbers out of one.
          """,
        es: """
          El signo decimal es el punto y los miles llevan guion bajo. En una lista la coma \
          haría dos números de uno.
          """)),
    CodePage(
      .currencyInNumber,
      title: LocalizedText(en: "a currency beside a number", es: "una moneda junto a un número"),
      text: LocalizedText(
        en: """
          Amounts are plain numbers in the currency of the scenario (money.currency).
          """,
        es: """
          Los montos son números simples en la moneda del escenario (money.currency).
          """)),
    CodePage(
      .bareUnit,
      title: LocalizedText(en: "a unit outside the quotes", es: "una unidad fuera de las comillas"),
      text: LocalizedText(
        en: """
          Values with a unit are texts: "22.6 %", "0.3 pp".
          """,
        es: """
          Los valores con unidad son textos: "22.6 %", "0.3 pp".
          """)),
    CodePage(
      .nanOrInfinite, title: LocalizedText(en: "nan or inf", es: "nan o inf"),
      text: LocalizedText(
        en: """
          TOML allows nan and inf; no quantity of a scenario can be either.
          """,
        es: """
          TOML permite nan e inf; ninguna cantidad de un escenario puede serlo.
          """)),
    CodePage(
      .tooDeep, title: LocalizedText(en: "tables too deep", es: "tablas demasiado anidadas"),
      text: LocalizedText(
        en: """
          Tables are two deep at most: [line.municipal]. What lies below is written as one \
          inline table: effect = { exit = 1.15 }.
          """,
        es: """
          Las tablas tienen como máximo dos niveles: [line.municipal]. Lo que va debajo se \
          escribe como una tabla en línea: effect = { exit = 1.15 }.
          """)),
    CodePage(
      .arrayOfTables, title: LocalizedText(en: "an array of tables", es: "un arreglo de tablas"),
      text: LocalizedText(
        en: """
          [[…]] isn't used in scenarios: each table has a name of its own, [line.municipal].
          """,
        es: """
          [[…]] no se usa en los escenarios: cada tabla tiene su propio nombre, \
          [line.municipal].
          """)),
    CodePage(
      .brokenInlineTable,
      title: LocalizedText(
        en: "an inline table over several lines", es: "una tabla en línea en varias líneas"),
      text: LocalizedText(
        en: """
          A table in braces stands on one line. Write a long one as a table of its own or \
          shorten it.
          """,
        es: """
          Una tabla entre llaves va en una sola línea. Si es larga, escríbala como tabla \
          propia o acórtela.
          """)),
    CodePage(
      .missingEquals,
      title: LocalizedText(en: "no = between key and value", es: "falta el = entre clave y valor"),
      text: LocalizedText(
        en: """
          Each line is `key = value`; a colon isn't enough.
          """,
        es: """
          Cada línea es `clave = valor`; los dos puntos no bastan.
          """)),
    CodePage(
      .oddKey,
      title: LocalizedText(en: "a key that needs quotes", es: "una clave que necesita comillas"),
      text: LocalizedText(
        en: """
          Bare keys hold only letters without accents, digits, - and _. Put any other in \
          quotes, or choose a plain name and give the full one in `name`.
          """,
        es: """
          Las claves sin comillas solo llevan letras sin tilde, dígitos, - y _. Ponga las \
          demás entre comillas, o elija un nombre simple y dé el completo en `name`.
          """)),
    CodePage(
      .danglingComma,
      title: LocalizedText(
        en: "a comma before the closing brace", es: "una coma antes de la llave de cierre"),
      text: LocalizedText(
        en: """
          Inline tables end without a comma: { a = 1, b = 2 }.
          """,
        es: """
          Las tablas en línea terminan sin coma: { a = 1, b = 2 }.
          """)),
    CodePage(
      .hugeNumber, title: LocalizedText(en: "a number too large", es: "un número demasiado grande"),
      text: LocalizedText(
        en: """
          Integers have at most 18 digits.
          """,
        es: """
          Los enteros tienen como máximo 18 dígitos.
          """)),
    CodePage(
      .severalOnLine,
      title: LocalizedText(en: "two entries on one line", es: "dos entradas en una línea"),
      text: LocalizedText(
        en: """
          Each key has a line of its own.
          """,
        es: """
          Cada clave va en su propia línea.
          """)),
    CodePage(
      .invalidDate, title: LocalizedText(en: "not a date", es: "no es una fecha"),
      text: LocalizedText(
        en: """
          Dates are written year-month-day, 2019-12-31, without quotes.
          """,
        es: """
          Las fechas se escriben año-mes-día, 2019-12-31, sin comillas.
          """)),
  ]
}
