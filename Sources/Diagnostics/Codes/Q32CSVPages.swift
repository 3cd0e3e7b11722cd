// Quiebre · Diagnostics
// Pages of Q320-Q339: CSV files and the numbers in them.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let csvPages: [CodePage] = [
    CodePage(
      .emptyTable,
      title: LocalizedText(
        en: "the table is empty",
        es: "la tabla está vacía"),
      text: LocalizedText(
        en: """
          A table has a line with the names of its columns and at least one row.
          """,
        es: """
          Una tabla tiene una línea con los nombres de sus columnas y al menos una fila.
          """)),
    CodePage(
      .notUTF8,
      title: LocalizedText(
        en: "the file is not UTF-8",
        es: "el archivo no es UTF-8"),
      text: LocalizedText(
        en: """
          Letters such as ñ are written in the older encodings Windows-1252 or UTF-16. Save as \
          CSV UTF-8, or convert with iconv; the message names line and column.
          """,
        es: """
          Letras como la ñ están escritas en las codificaciones antiguas Windows-1252 o UTF-16. \
          Guarde como CSV UTF-8, o convierta con iconv; el mensaje da línea y columna.
          """)),
    CodePage(
      .notAText,
      title: LocalizedText(
        en: "the file is no text",
        es: "el archivo no es texto"),
      text: LocalizedText(
        en: """
          It is a workbook, a zip file, a broken copy or too large. Export the sheet as CSV \
          UTF-8.
          """,
        es: """
          Es un libro de cálculo, un zip, una copia dañada o es demasiado grande. Exporte la \
          hoja como CSV UTF-8.
          """)),
    CodePage(
      .lockFile,
      title: LocalizedText(
        en: "this is Excel's lock file",
        es: "es el archivo de bloqueo de Excel"),
      text: LocalizedText(
        en: """
          While a workbook is open, Excel keeps a small file whose name starts with ~$. Name the \
          file itself.
          """,
        es: """
          Mientras un libro está abierto, Excel deja un archivo pequeño cuyo nombre empieza con \
          ~$. Nombre el archivo mismo.
          """)),
    CodePage(
      .badHeader,
      title: LocalizedText(
        en: "a column has no name or a name of another",
        es: "una columna no tiene nombre o repite otro"),
      text: LocalizedText(
        en: """
          Every column has a name of its own on the first line. Spaces around names don't count.
          """,
        es: """
          Cada columna tiene un nombre propio en la primera línea. Los espacios alrededor no \
          cuentan.
          """)),
    CodePage(
      .raggedRow,
      title: LocalizedText(
        en: "a row has too many or too few cells",
        es: "una fila tiene celdas de más o de menos"),
      text: LocalizedText(
        en: """
          Often a cell holds the delimiter and is not in quotes, or a thousands comma splits a \
          number.
          """,
        es: """
          A menudo una celda contiene el separador y no está entre comillas, o una coma de \
          millares parte un número.
          """)),
    CodePage(
      .badQuote,
      title: LocalizedText(
        en: "quotes are wrong",
        es: "las comillas están mal"),
      text: LocalizedText(
        en: """
          A cell with a delimiter, a line end or quotes stands in quotes as a whole, and quotes \
          inside are doubled (RFC 4180).
          """,
        es: """
          Una celda con un separador, un fin de línea o comillas va entera entre comillas, y las \
          de adentro se duplican (RFC 4180).
          """)),
    CodePage(
      .unclearDelimiter,
      title: LocalizedText(
        en: "the delimiter is unclear",
        es: "el separador no está claro"),
      text: LocalizedText(
        en: """
          The header holds commas, semicolons or tabs at once, and the rows don't settle which \
          of them separate cells.
          """,
        es: """
          El encabezado contiene a la vez comas, punto y coma o tabuladores, y las filas no \
          aclaran cuáles separan las celdas.
          """)),
    CodePage(
      .notANumber,
      title: LocalizedText(
        en: "a cell is no number",
        es: "una celda no es un número"),
      text: LocalizedText(
        en: """
          Digits, a decimal point and an exponent make a number. An empty cell and NA mean \
          unknown; words such as S.I. do not.
          """,
        es: """
          Un número son dígitos, un punto decimal y un exponente. Una celda vacía y NA \
          significan que no se conoce; palabras como S.I. no.
          """)),
    CodePage(
      .thousands,
      title: LocalizedText(
        en: "a number has thousands separators",
        es: "un número tiene separadores de millares"),
      text: LocalizedText(
        en: """
          1,234 is 1234 in one country and 1.234 in another, so neither is read. Export plain \
          numbers.
          """,
        es: """
          1,234 es 1234 en un país y 1.234 en otro, así que no se lee ninguno. Exporte números \
          simples.
          """)),
    CodePage(
      .decimalComma,
      title: LocalizedText(
        en: "a number has a decimal comma",
        es: "un número tiene coma decimal"),
      text: LocalizedText(
        en: """
          Numbers are read with a decimal point only: 0.13.
          """,
        es: """
          Los números se leen solo con punto decimal: 0.13.
          """)),
    CodePage(
      .currencySign,
      title: LocalizedText(
        en: "a number has a currency sign",
        es: "un número tiene un signo de moneda"),
      text: LocalizedText(
        en: """
          The unit of a column is declared, not written in its cells.
          """,
        es: """
          La unidad de una columna se declara, no se escribe en sus celdas.
          """)),
    CodePage(
      .percentSign,
      title: LocalizedText(
        en: "a percent sign in a plain column",
        es: "un signo de porcentaje en una columna simple"),
      text: LocalizedText(
        en: """
          Declare the unit of the column: units = { x = "%" }. Then 22.6 and 22.6 % both mean \
          22.6 %.
          """,
        es: """
          Declare la unidad de la columna: units = { x = "%" }. Entonces 22.6 y 22.6 % \
          significan ambos 22.6 %.
          """)),
    CodePage(
      .missingColumn,
      title: LocalizedText(
        en: "a column is not there",
        es: "falta una columna"),
      text: LocalizedText(
        en: """
          The message lists the columns and the nearest name. Upper and lower case differ.
          """,
        es: """
          El mensaje lista las columnas y el nombre más parecido. Mayúsculas y minúsculas se \
          distinguen.
          """)),
    CodePage(
      .noBreakSpace,
      title: LocalizedText(
        en: "a number holds a no-break space",
        es: "un número contiene un espacio duro"),
      text: LocalizedText(
        en: """
          It looks like a space and comes from web pages and word processors. Delete it.
          """,
        es: """
          Parece un espacio y viene de páginas web y procesadores de texto. Bórrelo.
          """)),
  ]
}
