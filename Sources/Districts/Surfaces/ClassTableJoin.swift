// Quiebre · Districts
// Shares from a table of categories: how much of a district's rows falls into each class.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// The work of joining a table whose value column holds categories, one or more rows a district.
///
/// The share of a class is the number of the district's rows in it over all its rows with a value.
struct ClassTableJoin {
  let source: DistrictTable
  let request: SurfaceRequest
  let book: CodeBook

  func joined() throws(DiagnosticList) -> SurfaceJoin {
    let match = try book.match(source, repeats: true)
    let table = source.table
    var faults = TableFaults(file: table.name)
    faults.add(match.faults)
    var column = 0
    do throws(Diagnostic) {
      column = try valueColumn()
    } catch {
      faults.add(error)
      throw DiagnosticList(faults.diagnostics)
    }
    try faults.throwErrors()
    let texts = (0..<table.rowCount).map { row -> String? in
      let text = table.trimmedText(column, row)
      return text.isEmpty ? nil : text
    }
    let classes = try categoryClasses(request, texts: texts, file: table.name)
    let values = match.rows.map { rows in
      value(rows.compactMap { texts[$0] }, classes.map { Set($0.values) })
    }
    let known = Set(texts.compactMap(\.self))
    var part = match.part
    part.matched = 0
    part.missing = []
    var join = SurfaceJoin(
      values, names: classes.map { ("\(request.field)_\($0.name)", .percent) }, codes: book.codes,
      districtNames: book.names, part: part, warnings: faults.diagnostics)
    join.part.missing = match.part.missing
    join.part.empty = match.rows.indices.filter {
      !match.rows[$0].isEmpty && join.quality[$0] == "no_row"
    }.map { book.codes[$0] }
    join.warnings += emptyClassWarnings(
      request, found: known.sorted(), file: table.name, holds: known.contains)
    return join
  }

  private func value(_ texts: [String], _ classes: [Set<String>]) -> SurfaceValue {
    guard !texts.isEmpty else { return .missing(quality: "no_row") }
    return .values(
      classes.map { values in Double(texts.count(where: values.contains)) / Double(texts.count) })
  }

  private func valueColumn() throws(Diagnostic) -> Int {
    let table = source.table
    if let value = request.value { return try table.requiredColumn(value) }
    let candidates = table.columns.indices.filter { table.columns[$0] != source.codeColumn }
    if candidates.count == 1, let only = candidates.first { return only }
    throw .valueColumnUnclear(candidates.map { table.columns[$0] }, file: table.name)
  }
}
