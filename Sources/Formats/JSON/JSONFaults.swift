// Quiebre · Formats
// The words for faults of JSON syntax.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// The fault of a text that simdjson refused.
func jsonFault(in bytes: [UInt8], name: String, parserMessage: String) -> Diagnostic {
  guard let slip = JSONSyntaxScan.firstSlip(in: bytes) else {
    // The limits of the parser itself: more than 4 GB, or no memory.
    return Diagnostic(
      .jsonSyntax, at: SourcePlace(file: name),
      what: LocalizedText(
        en: "'\(name)' cannot be read as JSON: \(parserMessage)",
        es: "'\(name)' no se puede leer como JSON: \(parserMessage)"))
  }
  let words = words(for: slip, in: bytes)
  return Diagnostic(
    code(for: slip.kind),
    at: SourcePlace(file: name, bytes: bytes, offset: slip.offset, length: max(slip.length, 1)),
    what: words.what, fix: words.fix)
}

private func code(for kind: JSONSlip.Kind) -> DiagnosticCode {
  switch kind {
  case .unexpected, .afterEnd, .badEscape, .bareWord, .brokenNumber: .jsonSyntax
  case .endsEarly, .empty: .jsonEndsEarly
  case .trailingComma: .jsonTrailingComma
  case .notUTF8: .jsonNotUTF8
  case .controlCharacter: .jsonControlCharacter
  case .notANumber: .jsonNotANumber
  case .leadingZero: .jsonLeadingZero
  case .hugeNumber: .jsonHugeNumber
  case .tooDeep: .jsonTooDeep
  }
}

private struct Words {
  let what: LocalizedText
  let fix: LocalizedText?

  init(en: String, es: String, fixEn: String? = nil, fixEs: String? = nil) {
    what = LocalizedText(en: en, es: es)
    if let fixEn, let fixEs { fix = LocalizedText(en: fixEn, es: fixEs) } else { fix = nil }
  }
}

private func words(for slip: JSONSlip, in bytes: [UInt8]) -> Words {
  switch slip.kind {
  case .unexpected(let wanted): return unexpectedWords(wanted, at: slip.offset, in: bytes)
  case .endsEarly(let levels):
    let last = bytes.last == 0x0A ? bytes.dropLast() : bytes[...]
    let line = 1 + last.count { $0 == 0x0A }
    return Words(
      en: "the file is cut off at line \(line): "
        + (levels == 1
          ? "a bracket or text is still open" : "\(levels) brackets or texts are open"),
      es: "el archivo está cortado en la línea \(line): "
        + (levels == 1
          ? "queda un corchete, llave o texto sin cerrar"
          : "quedan \(levels) corchetes, llaves o textos sin cerrar"),
      fixEn: "fetch or export the file again", fixEs: "vuelva a descargar o exportar el archivo")
  case .empty: return Words(en: "the file holds no JSON", es: "el archivo no contiene JSON")
  case .trailingComma:
    return Words(
      en: "a comma follows the last entry", es: "hay una coma tras la última entrada",
      fixEn: "remove it", fixEs: "quítela")
  case .afterEnd:
    return Words(
      en: "text follows the end of the JSON value",
      es: "hay texto después del final del valor JSON",
      fixEn: "one file holds one value; files of one object a line must be joined into a list",
      fixEs: "un archivo contiene un valor; si hay un objeto por línea, júntelos en una lista")
  case .notUTF8: return utf8Words(at: slip.offset, in: bytes)
  case .controlCharacter:
    let byte = hexadecimal(bytes[slip.offset])
    return Words(
      en: "control character \(byte) inside a text",
      es: "carácter de control \(byte) dentro de un texto",
      fixEn: "close the text with \" or write \\n, \\t",
      fixEs: "cierre el texto con \" o escriba \\n, \\t")
  case .badEscape:
    return Words(
      en: "unknown escape after \\", es: "escape desconocido tras \\",
      fixEn: "write a backslash as \\\\", fixEs: "escriba la barra invertida como \\\\")
  default: return numberWords(slip)
  }
}

private func numberWords(_ slip: JSONSlip) -> Words {
  switch slip.kind {
  case .notANumber(let word):
    Words(
      en: "'\(word)' is not JSON", es: "'\(word)' no es JSON", fixEn: "write null",
      fixEs: "escriba null")
  case .bareWord(let word):
    Words(
      en: "'\(word)' stands without quotes", es: "'\(word)' está sin comillas",
      fixEn: "write \"\(word)\"; only true, false and null go bare, in lower case",
      fixEs: "escriba \"\(word)\"; solo true, false y null van sin comillas, en minúsculas")
  case .leadingZero:
    Words(
      en: "a number starts with zero", es: "un número empieza con cero",
      fixEn: "put codes in quotes", fixEs: "ponga los códigos entre comillas")
  case .hugeNumber:
    Words(
      en: "the number is too large", es: "el número es demasiado grande",
      fixEn: "put long codes in quotes", fixEs: "ponga los códigos largos entre comillas")
  case .tooDeep:
    Words(
      en: "more than \(JSONTape.deepest) levels of arrays and objects",
      es: "más de \(JSONTape.deepest) niveles de listas y objetos")
  default:
    Words(
      en: "broken number", es: "número mal escrito",
      fixEn: "digits on both sides of the point: 0.5, 1.0",
      fixEs: "cifras a ambos lados del punto: 0.5, 1.0")
  }
}

private func unexpectedWords(_ wanted: JSONSlip.Wanted, at offset: Int, in bytes: [UInt8]) -> Words
{
  let found = character(at: offset, in: bytes)
  let due =
    switch wanted {
    case .value: LocalizedText(en: "a value", es: "un valor")
    case .key: LocalizedText(en: "a key in double quotes", es: "una clave entre comillas dobles")
    case .colon: LocalizedText(en: "a colon", es: "dos puntos")
    case .commaOrEnd:
      LocalizedText(en: "a comma or a closing bracket", es: "una coma o un cierre")
    }
  let fix: LocalizedText? =
    switch found {
    case "'", "“", "”", "‘", "’", "«":
      LocalizedText(
        en: "use the straight double quote \"", es: "use la comilla doble recta \"")
    case "/", "#":
      LocalizedText(en: "JSON has no comments", es: "JSON no tiene comentarios")
    case "\u{A0}":
      LocalizedText(
        en: "a no-break space: use the space bar",
        es: "es un espacio duro: use la barra espaciadora")
    default: nil
    }
  return Words(
    en: "found '\(found)' where \(due.en) is due", es: "hay '\(found)' donde va \(due.es)",
    fixEn: fix?.en, fixEs: fix?.es)
}

private func utf8Words(at offset: Int, in bytes: [UInt8]) -> Words {
  let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
  let encoding = isUTF16 ? "UTF-16" : "WINDOWS-1252"
  return Words(
    en: "byte \(hexadecimal(bytes[offset])) is not UTF-8; the file looks like \(encoding)",
    es: "el byte \(hexadecimal(bytes[offset])) no es UTF-8; el archivo parece \(encoding)",
    fixEn: "iconv -f \(encoding) -t UTF-8 in.json > out.json",
    fixEs: "iconv -f \(encoding) -t UTF-8 entrada.json > salida.json")
}

private func character(at offset: Int, in bytes: [UInt8]) -> String {
  guard let count = utf8Length(in: bytes, at: offset), bytes[offset] >= 0x20 else {
    return hexadecimal(bytes[offset])
  }
  return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return "0x" + (digits.count == 1 ? "0" : "") + digits
}
