// Quiebre · Formats
// The sentences for faults of CSV files.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension Diagnostic {
  static func emptyTable(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .emptyTable, at: place,
      what: LocalizedText(en: "the table is empty", es: "la tabla está vacía"),
      fix: LocalizedText(
        en: "the first line names the columns, separated by commas",
        es: "la primera línea nombra las columnas, separadas por comas"))
  }

  static func unnamedColumn(number: Int, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badHeader, at: place,
      what: LocalizedText(
        en: "column \(number) has no name", es: "la columna \(number) no tiene nombre"),
      fix: LocalizedText(en: "name it, or delete it", es: "póngale nombre o bórrela"))
  }

  static func repeatedColumn(
    _ column: String, first: Int, second: Int, at place: SourcePlace
  ) -> Diagnostic {
    Diagnostic(
      .badHeader, entry: column, at: place,
      what: LocalizedText(
        en: "columns \(first) and \(second) are both called '\(column)'",
        es: "las columnas \(first) y \(second) se llaman igual: '\(column)'"),
      why: LocalizedText(
        en: "it would be a matter of chance which one is read",
        es: "sería cosa del azar cuál de ellas se lee"),
      fix: LocalizedText(en: "rename one of them", es: "cambie el nombre de una"))
  }

  static func raggedRow(
    cells: Int, columns: Int, delimiter: CSVDelimiter, at place: SourcePlace
  ) -> Diagnostic {
    Diagnostic(
      .raggedRow, at: place,
      what: LocalizedText(
        en: "this row has \(cells) cells, the header has \(columns)",
        es: "esta fila tiene \(cells) celdas, el encabezado tiene \(columns)"),
      fix: LocalizedText(
        en: "a cell that holds \(delimiter.name.en) goes in quotes",
        es: "una celda que contiene \(delimiter.name.es) va entre comillas"))
  }

  static func strayQuote(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badQuote, at: place,
      what: LocalizedText(
        en: "a quote inside or after a cell", es: "comillas dentro o después de una celda"),
      fix: LocalizedText(
        en: "put the whole cell in quotes and double those inside: \"say \"\"yes\"\"\"",
        es: "ponga toda la celda entre comillas y duplique las de adentro: \"diga \"\"sí\"\"\""))
  }

  static func unclosedQuote(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badQuote, at: place,
      what: LocalizedText(
        en: "this quote is never closed", es: "estas comillas nunca se cierran"),
      why: LocalizedText(
        en: "the rest of the file would be one cell", es: "el resto del archivo sería una celda"),
      fix: LocalizedText(en: "close it, or delete it", es: "ciérrelas o bórrelas"))
  }

  static func unclearDelimiter(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .unclearDelimiter, at: place,
      what: LocalizedText(
        en: "commas, semicolons or tabs: it's unclear which of them separate the columns",
        es: "comas, punto y coma o tabuladores: no está claro cuáles separan las columnas"),
      fix: LocalizedText(
        en: "put column names that hold one of them in quotes",
        es: "ponga entre comillas los nombres de columna que los contengan"))
  }

  static func wrongByte(_ byte: UInt8, at place: SourcePlace) -> Diagnostic {
    let hex = String(byte, radix: 16, uppercase: true)
    let latin = byte >= 0xA0 ? " (Latin-1: \(Character(Unicode.Scalar(byte))))" : ""
    return Diagnostic(
      .notUTF8, at: place,
      what: LocalizedText(
        en: "byte 0x\(hex)\(latin) is not UTF-8", es: "el byte 0x\(hex)\(latin) no es UTF-8"),
      fix: LocalizedText(
        en: "save the file as \"CSV UTF-8\", or: iconv -f WINDOWS-1252 -t UTF-8",
        es: "guarde el archivo como «CSV UTF-8», o: iconv -f WINDOWS-1252 -t UTF-8"))
  }

  static func utf16(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .notUTF8, at: place,
      what: LocalizedText(en: "the file is UTF-16 text", es: "el archivo es texto UTF-16"),
      fix: LocalizedText(
        en: "save it as \"CSV UTF-8\", or: iconv -f UTF-16 -t UTF-8",
        es: "guárdelo como «CSV UTF-8», o: iconv -f UTF-16 -t UTF-8"))
  }

  static func nulByte(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .notAText, at: place,
      what: LocalizedText(en: "a NUL byte stands here", es: "aquí hay un byte nulo"),
      why: LocalizedText(
        en: "it is a broken copy or not a text file",
        es: "es una copia dañada o no es un archivo de texto"),
      fix: LocalizedText(en: "export the table again", es: "vuelva a exportar la tabla"))
  }

  static func workbook(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .notAText, at: place,
      what: LocalizedText(
        en: "this is a workbook or a zip file, not CSV",
        es: "esto es un libro de cálculo o un zip, no CSV"),
      fix: LocalizedText(
        en: "save the sheet as \"CSV UTF-8\"", es: "guarde la hoja como «CSV UTF-8»"))
  }

  static func excelLockFile(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .lockFile, at: place,
      what: LocalizedText(
        en: "this is the lock file that Excel keeps while a workbook is open",
        es: "este es el archivo de bloqueo que Excel deja mientras un libro está abierto"),
      fix: LocalizedText(
        en: "name the file without ~$, and close it in Excel",
        es: "nombre el archivo sin ~$ y ciérrelo en Excel"))
  }

  static func tooLarge(bytes: Int, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .notAText, at: place,
      what: LocalizedText(
        en: "the file has \(NumberText.grouped(bytes)) bytes; tables end at 2 GiB",
        es: "el archivo tiene \(NumberText.grouped(bytes)) bytes; las tablas llegan a 2 GiB"),
      fix: LocalizedText(en: "split it", es: "divídalo"))
  }
}

extension CSVDelimiter {
  /// `a comma`, `un punto y coma`.
  var name: LocalizedText {
    switch self {
    case .comma: LocalizedText(en: "a comma", es: "una coma")
    case .semicolon: LocalizedText(en: "a semicolon", es: "un punto y coma")
    case .tab: LocalizedText(en: "a tab", es: "un tabulador")
    }
  }
}

extension CSVTable {
  func missingColumn(_ wanted: String) -> Diagnostic {
    let list = columns.prefix(12).joined(separator: ", ") + (columns.count > 12 ? ", …" : "")
    let near = nearestName(to: wanted, in: columns)
    return Diagnostic(
      .missingColumn, entry: wanted, at: SourcePlace(file: name, line: 1),
      what: LocalizedText(
        en: "there is no column '\(wanted)'; the columns are \(list)",
        es: "no hay una columna '\(wanted)'; las columnas son \(list)"),
      fix: near.map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      })
  }
}

extension NumberSlip {
  func diagnostic(column: String, at place: SourcePlace) -> Diagnostic {
    let (code, what, fix) = sentences
    return Diagnostic(code, entry: column, at: place, what: what, fix: fix)
  }

  private var sentences: (DiagnosticCode, LocalizedText, LocalizedText) {
    switch self {
    case .noBreakSpace(let plain):
      (
        .noBreakSpace,
        LocalizedText(en: "a no-break space in a number", es: "un espacio duro en un número"),
        .write(plain)
      )
    case .percentSign(let number):
      (
        .percentSign,
        LocalizedText(
          en: "a percent sign in a column of plain numbers",
          es: "un signo de porcentaje en una columna de números simples"),
        LocalizedText(
          en: "write \(number), or declare the column's unit as \"%\"",
          es: "escriba \(number), o declare que la unidad de la columna es \"%\"")
      )
    case .thousands(let plain):
      (.thousands, .thousandsFound, .write(plain))
    case .decimalComma(let plain):
      (
        .decimalComma,
        LocalizedText(en: "a number with a decimal comma", es: "un número con coma decimal"),
        .write(plain)
      )
    case .oneComma(let decimal, let thousands):
      (
        .thousands,
        LocalizedText(
          en: "this comma may mean \(thousands) or \(decimal)",
          es: "esta coma puede significar \(thousands) o \(decimal)"),
        LocalizedText(
          en: "export without thousands commas and with a decimal point",
          es: "exporte sin comas de millares y con punto decimal")
      )
    case .currency(let number):
      (
        .currencySign,
        LocalizedText(
          en: "a currency sign in a number", es: "un signo de moneda en un número"),
        .write(number)
      )
    case .notFinite:
      (
        .notANumber,
        LocalizedText(en: "this number isn't finite", es: "este número no es finito"),
        .leaveEmpty
      )
    case .word:
      (
        .notANumber,
        LocalizedText(en: "this is not a number", es: "esto no es un número"),
        .leaveEmpty
      )
    }
  }
}

extension LocalizedText {
  fileprivate static let thousandsFound = LocalizedText(
    en: "a number with thousands separators", es: "un número con separadores de millares")
  fileprivate static let leaveEmpty = LocalizedText(
    en: "write a number, or leave the cell empty if it is unknown",
    es: "escriba un número, o deje la celda vacía si no se conoce")

  fileprivate static func write(_ number: String) -> LocalizedText {
    LocalizedText(en: "write \(number)", es: "escriba \(number)")
  }
}
