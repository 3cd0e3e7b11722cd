// Quiebre · GeoFiles
// The values of an ESRI ASCII grid, in one pass over the bytes.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// Reads the values after the header and counts them by line.
///
/// The format lets a row run over several lines. But if one line holds exactly a row, each must:
/// a value lost in one row and won in another would shift all between them unseen.
struct AsciiGridValues {
  private let name: String
  private let columns: Int
  private let rows: Int
  private(set) var values: [Double] = []
  private(set) var faults: [Diagnostic] = []
  private var total = 0
  private var fullLines = 0
  private var filledLines = 0
  /// The line of the first value too many, or else the last line.
  private var doubtfulLine = 0
  private var unevenLines: [UnevenLine] = []

  private struct UnevenLine {
    let row: Int
    let line: Int
    let count: Int
  }

  init(bytes: [UInt8], name: String, header: AsciiGridHeader) {
    self.name = name
    columns = header.grid.columns
    rows = header.grid.rows
    // A value takes two bytes at least: no header may claim more memory than the file can fill.
    values.reserveCapacity(min(columns * rows, bytes.count / 2 + 1))
    scan(bytes, from: header.valuesOffset, line: header.valuesLine)
    if faults.isEmpty { checkCounts() }
  }

  private mutating func scan(_ bytes: [UInt8], from start: Int, line firstLine: Int) {
    let span = bytes.span
    let cells = columns * rows
    var line = firstLine
    var onLine = 0
    var index = start
    while index < span.count {
      let byte = span[index]
      if byte <= 0x20 {
        index += 1
        if byte == 0x0A {
          endLine(line, count: onLine)
          line += 1
          onLine = 0
        }
        continue
      }
      let first = index
      while index < span.count, span[index] > 0x20 { index += 1 }
      if let number = decimalNumber(in: span, from: first, to: index) {
        if total < cells { values.append(number) }
        if total <= cells { doubtfulLine = line }
      } else {
        refuse(bytes, from: first, to: index, value: onLine + 1)
        if faults.count == 50 { return }
      }
      total += 1
      onLine += 1
    }
    endLine(line, count: onLine)
  }

  private mutating func endLine(_ line: Int, count: Int) {
    guard count > 0 else { return }
    filledLines += 1
    if count == columns {
      fullLines += 1
    } else if unevenLines.count < 50 {
      unevenLines.append(UnevenLine(row: filledLines, line: line, count: count))
    }
  }

  private mutating func refuse(_ bytes: [UInt8], from start: Int, to end: Int, value: Int) {
    let word = String(decoding: bytes[start..<min(end, start + 40)], as: UTF8.self)
    let hasComma = word.contains(",")
    faults.append(
      Diagnostic(
        .gridValue, entry: "row \(filledLines + 1), value \(value)",
        at: SourcePlace(file: name, bytes: bytes, offset: start, length: word.count),
        what: LocalizedText(
          en: "'\(word)' is not a number", es: "'\(word)' no es un número"),
        fix: hasComma
          ? LocalizedText(en: "use a decimal point", es: "use punto decimal")
          : LocalizedText(
            en: "write the NODATA_value where there is no data",
            es: "escriba el NODATA_value donde no haya dato")))
  }

  private mutating func checkCounts() {
    if fullLines > 0, !unevenLines.isEmpty {
      for uneven in unevenLines { refuse(uneven) }
    } else if total != columns * rows {
      let row = min(total / columns, rows) + 1
      faults.append(
        Diagnostic(
          .gridCount, entry: "row \(row)", at: SourcePlace(file: name, line: doubtfulLine),
          what: LocalizedText(
            en: """
              the grid has \(total) values (\(filledLines) lines); the header promises \(rows) rows \
              of \(columns), \(columns * rows) values
              """,
            es: """
              la grilla tiene \(total) valores (\(filledLines) líneas); la cabecera promete \(rows) \
              filas de \(columns), \(columns * rows) valores
              """),
          fix: countFix))
    }
  }

  private mutating func refuse(_ uneven: UnevenLine) {
    faults.append(
      Diagnostic(
        .gridCount, entry: "row \(uneven.row)", at: SourcePlace(file: name, line: uneven.line),
        what: LocalizedText(
          en: "row \(uneven.row) has \(uneven.count) values; ncols is \(columns)",
          es: "la fila \(uneven.row) tiene \(uneven.count) valores; ncols es \(columns)"),
        fix: countFix))
  }

  private var countFix: LocalizedText {
    LocalizedText(
      en: "export the grid again, or correct ncols and nrows",
      es: "exporte la grilla de nuevo, o corrija ncols y nrows")
  }
}
