// Quiebre · Formats
// Faults that the TOML reader finds without a syntax error: bytes, depth, and the profile.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// What is wrong with the bytes before any syntax is looked at, if anything.
func faultOfBytes(_ bytes: [UInt8], file: String) -> Diagnostic? {
  let name = file.split(separator: "/").last.map(String.init) ?? file
  if name.hasPrefix("~$") {
    return notText(
      file,
      what: LocalizedText(
        en: "'\(name)' is a lock file that an office program left behind",
        es: "'\(name)' es un archivo de bloqueo que dejó un programa de oficina"),
      fix: LocalizedText(
        en: "close the program and name the file without ~$",
        es: "cierre el programa y nombre el archivo sin ~$"))
  }
  let signatures: [([UInt8], String)] = [
    ([0x50, 0x4B, 0x03, 0x04], "XLSX/ZIP"), ([0xD0, 0xCF, 0x11, 0xE0], "XLS/DOC"),
    ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"), ([0x25, 0x50, 0x44, 0x46], "PDF"),
  ]
  if let (_, kind) = signatures.first(where: { bytes.starts(with: $0.0) }) {
    return notText(
      file,
      what: LocalizedText(
        en: "'\(name)' is a \(kind) file, not plain text",
        es: "'\(name)' es un archivo \(kind), no texto simple"),
      fix: LocalizedText(
        en: "save it as plain text in UTF-8", es: "guárdelo como texto simple en UTF-8"))
  }
  guard let offset = firstInvalidUTF8(in: bytes) else { return nil }
  return wrongByte(bytes, at: offset, file: file)
}

private func notText(_ file: String, what: LocalizedText, fix: LocalizedText) -> Diagnostic {
  Diagnostic(.notText, at: SourcePlace(file: file), what: what, fix: fix)
}

private func wrongByte(_ bytes: [UInt8], at offset: Int, file: String) -> Diagnostic {
  let newline: UInt8 = 0x0A
  let line = bytes[..<offset].count { $0 == newline } + 1
  let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
  let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
  let column = String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars.count + 1
  let byte = bytes[offset]
  let hexadecimal = "0x" + String(byte, radix: 16, uppercase: true)
  // Latin-1 gives every byte the code point of its value.
  let letter = Unicode.Scalar(byte)
  return Diagnostic(
    .notUTF8Text,
    at: SourcePlace(
      file: file, line: line, column: column,
      sourceLine: String(decoding: bytes[start..<end], as: UTF8.self)),
    what: LocalizedText(
      en: "byte \(hexadecimal) isn't UTF-8", es: "el byte \(hexadecimal) no es UTF-8"),
    caret: byte >= 0xA0
      ? LocalizedText(en: "in Latin-1 this is '\(letter)'", es: "en Latin-1 es '\(letter)'") : nil,
    fix: LocalizedText(
      en: "save the file as UTF-8", es: "guarde el archivo como UTF-8 (codificación UTF-8)"))
}

/// Keys chained by dots, or brackets in brackets, deeper than any scenario is: they would exhaust
/// the stack of the parser.
func faultOfDepth(_ text: SourceText) -> Diagnostic? {
  let limit = 64
  for (index, line) in text.lines.enumerated() where line.utf8.count > limit {
    guard let column = columnOfTooManyLevels(line, limit: limit) else { continue }
    return Diagnostic(
      .tooDeep, at: text.place(line: index + 1, column: column),
      what: LocalizedText(
        en: "more than \(limit) levels in one entry",
        es: "más de \(limit) niveles en una entrada"))
  }
  return nil
}

/// Counts dots between separators, outside texts in quotes and comments.
private func columnOfTooManyLevels(_ line: String, limit: Int) -> Int? {
  var dots = 0
  var quote: Unicode.Scalar?
  for (offset, scalar) in line.unicodeScalars.enumerated() {
    if let open = quote {
      if scalar == open { quote = nil }
      continue
    }
    switch scalar {
    case "#": return nil
    case "\"", "'": quote = scalar
    case ".": dots += 1
    case ",", "=": dots = 0
    default: break
    }
    if dots > limit { return offset + 1 }
  }
  return nil
}

func tooDeep(_ key: String, at place: SourcePlace) -> Diagnostic {
  Diagnostic(
    .tooDeep, entry: key, at: place,
    what: LocalizedText(
      en: "'\(key)' opens a third level of tables", es: "'\(key)' abre un tercer nivel de tablas"),
    fix: LocalizedText(
      en: "write it on one line: \(key) = { … }", es: "escríbalo en una línea: \(key) = { … }"))
}

func notANumber(_ key: String, at place: SourcePlace) -> Diagnostic {
  Diagnostic(
    .nanOrInfinite, entry: key, at: place,
    what: LocalizedText(
      en: "'\(key)' is nan or infinite", es: "'\(key)' es nan o infinito"),
    fix: LocalizedText(
      en: "give a number, or leave the key out", es: "dé un número o quite la clave"))
}

func arrayOfTables(_ key: String, at place: SourcePlace) -> Diagnostic {
  Diagnostic(
    .arrayOfTables, entry: key, at: place,
    what: LocalizedText(
      en: "[[\(key)]] is an array of tables", es: "[[\(key)]] es un arreglo de tablas"),
    fix: LocalizedText(
      en: "give the table a name: [\(key).name]", es: "dé un nombre a la tabla: [\(key).nombre]"))
}

func outOfMemory(_ file: String) -> Diagnostic {
  Diagnostic(
    .syntax, at: SourcePlace(file: file),
    what: LocalizedText(
      en: "not enough memory to read the file", es: "no hay memoria para leer el archivo"))
}
