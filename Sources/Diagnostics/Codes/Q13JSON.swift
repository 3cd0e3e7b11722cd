// Quiebre · Diagnostics
// Codes and pages: Q130-Q139 JSON syntax.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let jsonSyntax = Self(rawValue: "Q130")
  public static let jsonRepeatedKey = Self(rawValue: "Q131")
  public static let jsonNotUTF8 = Self(rawValue: "Q132")
  public static let jsonControlCharacter = Self(rawValue: "Q133")
  public static let jsonNotANumber = Self(rawValue: "Q134")
  public static let jsonTrailingComma = Self(rawValue: "Q135")
  public static let jsonTooDeep = Self(rawValue: "Q136")
  public static let jsonEndsEarly = Self(rawValue: "Q137")
  public static let jsonHugeNumber = Self(rawValue: "Q138")
  public static let jsonLeadingZero = Self(rawValue: "Q139")
}

extension CodePage {
  static let jsonPages: [CodePage] = [
    CodePage(
      .jsonSyntax,
      title: LocalizedText(en: "JSON syntax error", es: "error de sintaxis JSON"),
      text: LocalizedText(
        en: """
          The text doesn't follow JSON (RFC 8259). Texts and keys stand in double quotes, a colon \
          parts key and value, commas part entries, and there are no comments. Reading stops at \
          the first fault.
          """,
        es: """
          El texto no sigue JSON (RFC 8259). Textos y claves van entre comillas dobles, dos puntos \
          separan clave y valor, comas separan entradas y no hay comentarios. La lectura se detiene \
          en la primera falla.
          """)),
    CodePage(
      .jsonRepeatedKey,
      title: LocalizedText(en: "a key stands twice", es: "una clave está dos veces"),
      text: LocalizedText(
        en: """
          The same key appears twice in one object. Programs differ in which one they take, so \
          neither is taken: remove one.
          """,
        es: """
          La misma clave aparece dos veces en un objeto. Los programas difieren en cuál toman, por \
          eso no se toma ninguna: quite una.
          """)),
    CodePage(
      .jsonNotUTF8,
      title: LocalizedText(en: "the file is not UTF-8", es: "el archivo no está en UTF-8"),
      text: LocalizedText(
        en: """
          JSON is written in UTF-8. The byte shown belongs to another encoding, often Latin-1 \
          (Windows) or UTF-16. Convert: iconv -f WINDOWS-1252 -t UTF-8 in.json > out.json
          """,
        es: """
          JSON se escribe en UTF-8. El byte indicado es de otra codificación, a menudo Latin-1 \
          (Windows) o UTF-16. Convierta: iconv -f WINDOWS-1252 -t UTF-8 a.json > b.json
          """)),
    CodePage(
      .jsonControlCharacter,
      title: LocalizedText(
        en: "a control character stands in a text", es: "hay un carácter de control en un texto"),
      text: LocalizedText(
        en: """
          Line breaks and tabs inside a text are written \\n and \\t. Often the closing quote of a \
          text is missing.
          """,
        es: """
          Los saltos de línea y tabuladores dentro de un texto se escriben \\n y \\t. A menudo falta \
          la comilla que cierra un texto.
          """)),
    CodePage(
      .jsonNotANumber,
      title: LocalizedText(en: "NaN and Infinity are not JSON", es: "NaN e Infinity no son JSON"),
      text: LocalizedText(
        en: """
          JSON has no NaN, Infinity or None. Some programs write them all the same (Python's json, \
          pandas); write null, or leave the entry out.
          """,
        es: """
          JSON no tiene NaN, Infinity ni None. Algunos programas los escriben igual (json de \
          Python, pandas); escriba null o quite la entrada.
          """)),
    CodePage(
      .jsonTrailingComma,
      title: LocalizedText(
        en: "a comma follows the last entry", es: "hay una coma tras la última entrada"),
      text: LocalizedText(
        en: "Remove the comma before the closing bracket.",
        es: "Quite la coma antes del corchete o la llave que cierra.")),
    CodePage(
      .jsonTooDeep,
      title: LocalizedText(en: "too many levels", es: "demasiados niveles"),
      text: LocalizedText(
        en: "Arrays and objects may lie 128 deep; real files need fewer than 20.",
        es: "Listas y objetos pueden anidarse 128 veces; los archivos reales usan menos de 20.")),
    CodePage(
      .jsonEndsEarly,
      title: LocalizedText(en: "the file ends too early", es: "el archivo termina antes de tiempo"),
      text: LocalizedText(
        en: """
          The text ends inside an object, an array or a text: a download or an export that broke \
          off, or a full disk. Fetch or export the file again.
          """,
        es: """
          El texto termina dentro de un objeto, una lista o un texto: una descarga o exportación \
          interrumpida, o un disco lleno. Vuelva a descargar o exportar el archivo.
          """)),
    CodePage(
      .jsonHugeNumber,
      title: LocalizedText(en: "the number is too large", es: "el número es demasiado grande"),
      text: LocalizedText(
        en: """
          Whole numbers have at most 19 digits, others at most 308 before the point. A long code \
          belongs in quotes.
          """,
        es: """
          Los enteros tienen a lo más 19 cifras; los demás, 308 antes del punto. Un código largo va \
          entre comillas.
          """)),
    CodePage(
      .jsonLeadingZero,
      title: LocalizedText(
        en: "a number starts with zero", es: "un número empieza con cero"),
      text: LocalizedText(
        en: """
          JSON numbers have no leading zero. District codes are texts and stand in quotes: "010101".
          """,
        es: """
          Los números JSON no llevan cero inicial. Los códigos de distrito son textos y van entre \
          comillas: "010101".
          """)),
  ]
}
