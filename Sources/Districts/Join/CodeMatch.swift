// Quiebre · Districts
// Which row of a table belongs to which district: codes checked, read in their coding, moved
// between vintages, and everything that doesn't fit accounted for.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats

/// The rows of a table, district by district.
public struct CodeMatch: Sendable {
  /// Rows of each district in file order: none, one, or several where repeats are allowed.
  public var rows: [[Int]]
  /// Rows of districts that were later cut from a district of the registry; only counts (sums of
  /// persons) may take them in.
  public var offspring: [[Int]]
  public var part: JoinPart
  /// Errors and warnings.
  ///
  /// A caller that needs the values throws if an error is among them; one that
  /// only reports may print both.
  public var faults: [Diagnostic]

  /// The only row of each district; call it when repeats were refused and no fault is an error.
  public var rowOf: [Int?] { rows.map(\.first) }
}

extension CodeBook {
  /// Matches a table by its codes.
  ///
  /// - Parameters:
  ///   - source: The table; its coding and vintage may differ from the book's.
  ///   - repeats: Whether a code may stand in several rows (a table in long form).
  ///   - restoreZeros: Puts back zeros lost in front; otherwise they are errors.
  /// - Returns: The rows of each district, with every fault of the codes.
  /// - Throws: Q335 if there is no code column, Q305 if its coding isn't known.
  public func match(
    _ source: DistrictTable, repeats: Bool = false, restoreZeros: Bool = false
  ) throws(DiagnosticList) -> CodeMatch {
    let column: Int
    do throws(Diagnostic) {
      column = try source.table.requiredColumn(source.codeColumn)
    } catch {
      throw DiagnosticList(error)
    }
    var matching = CodeMatching(
      book: self, source: source, column: column, repeats: repeats, restoreZeros: restoreZeros)
    try matching.checkCoding()
    matching.readCodes()
    matching.assignRows()
    return matching.result()
  }
}

/// The work of one match.
private struct CodeMatching {
  let book: CodeBook
  let source: DistrictTable
  let column: Int
  let repeats: Bool
  let restoreZeros: Bool
  private var table: CSVTable { source.table }
  private var coding: String { source.coding ?? book.coding }

  private var codes: [String?] = []
  private var rows: [[Int]]
  private var offspring: [[Int]]
  private var part: JoinPart
  private var faults: TableFaults
  private var nameColumn: Int?

  init(book: CodeBook, source: DistrictTable, column: Int, repeats: Bool, restoreZeros: Bool) {
    self.book = book
    self.source = source
    self.column = column
    self.repeats = repeats
    self.restoreZeros = restoreZeros
    self.rows = Array(repeating: [], count: book.codes.count)
    self.offspring = rows
    self.part = JoinPart(name: source.table.name, kind: .table, districts: book.codes.count)
    self.faults = TableFaults(file: source.table.name)
  }

  /// A table in a coding that nobody can translate is refused at once.
  func checkCoding() throws(DiagnosticList) {
    guard coding != book.coding else { return }
    let known = book.codings?.codings ?? []
    guard known.contains(coding), known.contains(book.coding) else {
      throw DiagnosticList(
        .unknownCoding(coding, known: known, at: SourcePlace(file: table.name)))
    }
  }

  mutating func readCodes() {
    var lost: [Int] = []
    for row in 0..<table.rowCount {
      let text = table.trimmedText(column, row)
      switch book.rules.slip(in: text) {
      case nil:
        codes.append(text)
      case .lostZeros(let restored):
        if !restoreZeros { lost.append(row) }
        codes.append(restored)
      case let slip?:
        codes.append(nil)
        faults.add(.badCode(slip, text: text, rules: book.rules, at: table.place(column, row)))
      }
    }
    if let first = lost.first {
      faults.add(
        .lostZeros(
          table.trimmedText(column, first), column: source.codeColumn, rows: lost.count,
          leadingZeros: book.codesWithLeadingZero, file: table.name,
          at: table.place(column, first)))
    }
    nameColumn = source.nameColumn.flatMap(table.column) ?? findNameColumn()
    judgeCoding()
  }

  mutating func assignRows() {
    let otherVintage = source.vintage.map { $0 != book.vintage } ?? false
    for (row, code) in codes.enumerated() {
      guard let code else { continue }
      if let district = book.index(of: code, readAs: coding) {
        rows[district].append(row)
      } else if otherVintage, let district = book.renamed(code) {
        rows[district].append(row)
        part.moved.append(
          MovedCode(row: table.line(ofRow: row), from: code, to: book.codes[district]))
      } else {
        if otherVintage, let district = book.parent(of: code) { offspring[district].append(row) }
        part.unmatched.append(unmatched(row, code))
      }
    }
  }

  private func unmatched(_ row: Int, _ code: String) -> UnmatchedRow {
    let name = nameColumn.map { table.trimmedText($0, row) }
    var explanation = book.explanation(ofUnknown: code, name: name)
    if coding != book.coding, book.codings?.code(code, from: coding, to: book.coding) == nil {
      let office = coding.uppercased()
      explanation = LocalizedText(
        en: "not in the list of \(office) codes", es: "no está en la lista de códigos \(office)")
    }
    return UnmatchedRow(
      row: table.line(ofRow: row), code: code, name: name, explanation: explanation)
  }

  mutating func result() -> CodeMatch {
    for (district, found) in rows.enumerated() {
      if found.isEmpty {
        part.missing.append(
          MissingDistrict(
            code: book.codes[district], name: book.names[district],
            explanation: book.explanation(ofMissing: book.codes[district])))
      } else {
        part.matched += 1
        if found.count > 1, !repeats { addDoubled(found, code: book.codes[district]) }
      }
    }
    explainUnits()
    addSummaries()
    return CodeMatch(
      rows: rows, offspring: offspring, part: part, faults: faults.diagnostics)
  }

  private mutating func addDoubled(_ found: [Int], code: String) {
    let lines = found.map(table.line(ofRow:))
    part.doubled.append(DoubledCode(code: code, rows: lines))
    faults.add(.doubledCode(code, rows: lines, at: table.place(column, found[1])))
  }

  /// One unknown code in a province that has rows and lacks a few districts: a unit of these, perhaps.
  private mutating func explainUnits() {
    let byProvince = Dictionary(grouping: part.unmatched.indices) {
      book.rules.provinceCode(of: part.unmatched[$0].code)
    }
    for (province, unknown) in byProvince where unknown.count == 1 {
      let row = part.unmatched[unknown[0]]
      let missing = part.missing.filter {
        $0.code.hasPrefix(province) && $0.explanation == nil
      }.map(\.code)
      let members = book.codes.count { $0.hasPrefix(province) }
      guard (2...4).contains(missing.count), missing.count < members,
        book.knowsNothing(of: row.code, name: row.name)
      else { continue }
      let (list, sum) = (missing.joined(separator: ", "), missing.joined(separator: "+"))
      part.unmatched[unknown[0]] = UnmatchedRow(
        row: row.row, code: row.code, name: row.name,
        explanation: LocalizedText(
          en: "\(list) have no row: one unit for them? (--unit \(row.code)=\(sum))",
          es: "\(list) no tienen fila: ¿una unidad para ellos? (--unit \(row.code)=\(sum))"))
    }
  }

  private mutating func addSummaries() {
    if part.matched == 0, !book.codes.isEmpty {
      if !faults.hasErrors {
        faults.add(.nothingMatches(example: codes.compactMap { $0 }.first, file: table.name))
      }
      return
    }
    if let first = part.unmatched.first {
      faults.add(.rowsWithoutDistrict(part.unmatched, first: first, file: table.name))
    }
    if let first = part.missing.first {
      faults.add(
        .districtsWithoutRow(
          part.missing, first: first, districts: part.districts, file: table.name))
    }
  }
}

// What coding the table is really in.
extension CodeMatching {
  private mutating func judgeCoding() {
    guard book.coding != "own", source.coding != "own" else { return }
    let names = nameColumn.map { table.trimmedTexts($0) }
    let evidence = book.evidence(codes: codes, names: names, readAs: coding)
    part.coding = evidence
    guard evidence.speaksForRival, let rival = evidence.rival else { return }
    let witness = book.witness(codes: codes, names: names, against: rival.coding, for: coding)
    faults.add(
      .otherCoding(
        evidence, rival: rival, sharedCodes: book.sharedCodes(coding, rival.coding),
        file: table.name,
        at: witness.map { table.place(column, $0) } ?? SourcePlace(file: table.name)))
  }

  /// The column whose texts are district names most often, under any coding; at least 3 in 10 of
  /// some two hundred rows.
  private func findNameColumn() -> Int? {
    let sample = Array(stride(from: 0, to: codes.count, by: max(1, codes.count / 200)))
    var best: (column: Int, hits: Int)?
    for candidate in table.columns.indices where candidate != column {
      let hits = sample.count { row in
        guard let code = codes[row] else { return false }
        return book.isName(table.trimmedText(candidate, row), of: code, readAs: coding)
      }
      if hits > best?.hits ?? 0 { best = (candidate, hits) }
    }
    guard let best, best.hits * 10 >= sample.count * 3 else { return nil }
    return best.column
  }
}
