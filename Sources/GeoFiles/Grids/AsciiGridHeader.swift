// Quiebre · GeoFiles
// The header of an ESRI ASCII grid: names in any case and order, each fault named.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// What the header lines of an ESRI ASCII grid say.
struct AsciiGridHeader {
  let grid: Grid
  let noData: Double?
  /// Where the values start.
  let valuesOffset: Int
  let valuesLine: Int

  static let names = [
    "ncols", "nrows", "xllcorner", "xllcenter", "yllcorner", "yllcenter", "cellsize", "dx", "dy",
    "nodata_value",
  ]

  /// Whether a file starts like an ESRI ASCII grid, judged by its first word.
  static func opens(_ bytes: [UInt8]) -> Bool {
    let first = bytes.drop { $0 <= 0x20 }.prefix(12).prefix { $0 > 0x20 }
    return names.contains(String(decoding: first, as: UTF8.self).lowercased())
  }

  init(bytes: [UInt8], name: String) throws(DiagnosticList) {
    var scan = HeaderScan(bytes: bytes, name: name)
    scan.readLines()
    let grid = scan.grid()
    guard let grid, scan.faults.isEmpty else { throw DiagnosticList(scan.faults) }
    self.grid = grid
    noData = scan.entries["nodata_value"]?.number
    valuesOffset = scan.offset
    valuesLine = scan.line
  }
}

private struct HeaderEntry {
  let word: String
  let number: Double
  let offset: Int
}

private struct HeaderScan {
  let bytes: [UInt8]
  let name: String
  var offset = 0
  var line = 1
  var entries: [String: HeaderEntry] = [:]
  var faults: [Diagnostic] = []

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// Reads header lines up to the first line that starts like a number.
  mutating func readLines() {
    while offset < bytes.count, faults.count < 10 {
      let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
      let words = bytes[offset..<end].split { $0 <= 0x20 }
      if let first = words.first {
        guard !startsLikeValue(first) else { return }
        readEntry(words)
      }
      offset = min(end + 1, bytes.count)
      line += 1
    }
  }

  private func startsLikeValue(_ word: ArraySlice<UInt8>) -> Bool {
    if let first = word.first, Array("0123456789+-.*".utf8).contains(first) { return true }
    return ["nan", "inf"].contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  private mutating func readEntry(_ words: [ArraySlice<UInt8>]) {
    let key = String(decoding: words[0], as: UTF8.self)
    let known = key.lowercased()
    guard AsciiGridHeader.names.contains(known) else {
      let near = nearestName(to: known, in: AsciiGridHeader.names)
      fault(
        at: words[0].startIndex, length: key.count, entry: key,
        en: "unknown header line '\(key)'" + (near.map { ", did you mean '\($0)'?" } ?? ""),
        es: "línea de cabecera desconocida '\(key)'"
          + (near.map { "; ¿quiso decir '\($0)'?" } ?? ""))
      return
    }
    guard words.count == 2 else {
      fault(
        at: words[0].startIndex, length: key.count, entry: known,
        en: "'\(key)' takes one number, found \(words.count - 1)",
        es: "'\(key)' lleva un número; hay \(words.count - 1)")
      return
    }
    let word = String(decoding: words[1], as: UTF8.self)
    let number = decimalNumber(
      in: bytes.span, from: words[1].startIndex, to: words[1].endIndex)
    guard let number, number.isFinite || known == "nodata_value" else {
      fault(
        at: words[1].startIndex, length: word.count, entry: known,
        en: "'\(key)' is '\(word)', not a number", es: "'\(key)' es '\(word)', no un número")
      return
    }
    guard entries[known] == nil else {
      fault(
        at: words[0].startIndex, length: key.count, entry: known,
        en: "'\(key)' stands twice", es: "'\(key)' está dos veces")
      return
    }
    entries[known] = HeaderEntry(word: word, number: number, offset: words[1].startIndex)
  }

  /// The grid that the entries describe, or `nil` with faults.
  mutating func grid() -> Grid? {
    guard faults.isEmpty else { return nil }
    let columns = count("ncols")
    let rows = count("nrows")
    let width = size("dx")
    let height = size("dy")
    let west = edge("x", half: (width ?? 0) / 2)
    let south = edge("y", half: (height ?? 0) / 2)
    guard let columns, let rows, let width, let height, let west, let south, faults.isEmpty else {
      return nil
    }
    guard !columns.multipliedReportingOverflow(by: rows).overflow else {
      fault(
        at: entries["nrows"]?.offset ?? 0, length: 1, entry: "nrows",
        en: "\(columns) columns of \(rows) rows are more cells than a computer can count",
        es: "\(columns) columnas por \(rows) filas son más celdas de las que se pueden contar")
      return nil
    }
    let north = south + Double(rows) * height
    let east = west + Double(columns) * width
    guard north.isFinite, east.isFinite, north > south, east > west else {
      fault(
        at: 0, length: 1, entry: "cellsize", en: "the extent of the grid is not a number",
        es: "la extensión de la grilla no es un número")
      return nil
    }
    return Grid(
      columns: columns, rows: rows, west: west, north: north, cellWidth: width, cellHeight: height)
  }

  private mutating func count(_ key: String) -> Int? {
    guard let entry = entries[key] else { return missing(key) }
    guard let number = Int(entry.word), number > 0 else {
      fault(
        at: entry.offset, length: entry.word.count, entry: key,
        en: "'\(key)' is \(entry.word); it must be a whole number above 0",
        es: "'\(key)' es \(entry.word); debe ser un entero mayor que 0")
      return nil
    }
    return number
  }

  private mutating func size(_ key: String) -> Double? {
    guard let entry = entries[key] ?? entries["cellsize"] else { return missing("cellsize") }
    guard entry.number > 0 else {
      fault(
        at: entry.offset, length: entry.word.count, entry: key,
        en: "the cell size is \(entry.word); it must be above 0",
        es: "el tamaño de celda es \(entry.word); debe ser mayor que 0")
      return nil
    }
    return entry.number
  }

  /// The lower edge along an axis, from the corner or the center of the first cell.
  private mutating func edge(_ axis: String, half: Double) -> Double? {
    switch (entries[axis + "llcorner"], entries[axis + "llcenter"]) {
    case (let corner?, nil): return corner.number
    case (nil, let center?): return center.number - half
    case (nil, nil): return missing(axis + "llcorner")
    case (_?, let center?):
      fault(
        at: center.offset, length: 1, entry: axis + "llcenter",
        en: "both \(axis)llcorner and \(axis)llcenter are given",
        es: "están \(axis)llcorner y \(axis)llcenter a la vez")
      return nil
    }
  }

  private mutating func missing<Value>(_ key: String) -> Value? {
    // The cell size is asked for along both axes.
    if !faults.contains(where: { $0.entry == key }) {
      fault(
        at: 0, length: 1, entry: key, en: "the header has no '\(key)'",
        es: "la cabecera no tiene '\(key)'")
    }
    return nil
  }

  private mutating func fault(
    at offset: Int, length: Int, entry: String, en: String, es: String
  ) {
    faults.append(
      Diagnostic(
        .gridHeader, entry: entry,
        at: SourcePlace(file: name, bytes: bytes, offset: offset, length: length),
        what: LocalizedText(en: en, es: es)))
  }
}
