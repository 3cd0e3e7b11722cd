// Quiebre · LaborModel
// A survey's file as numbers: outcome, terms, weights, clusters, districts; every fault with its cell.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Statistics

/// Texts of a column as numbers, in the order of their names.
struct RiskLabels: Sendable {
  let names: [String]
  /// Position in `names` for each row.
  let of: [Int]

  init(_ texts: [String]) {
    let found = Array(Set(texts))
    // Whole numbers by size, any other texts by their bytes.
    let isWhole = found.allSatisfy { Int($0) != nil }
    let sorted = found.sorted { a, b in
      if isWhole, let first = Int(a), let second = Int(b), first != second { return first < second }
      return Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8))
    }
    let numbers = Dictionary(sorted.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    names = sorted
    of = texts.map { numbers[$0] ?? 0 }
  }
}

/// One column of the design.
struct RiskTermColumn: Sendable {
  let term: RiskModel.Term
  let values: [Double]
}

/// The rows of a survey that a model is fitted to.
struct RiskSample: Sendable {
  let file: String
  let columns: [RiskTermColumn]
  let outcomes: [Bool]
  let weights: [Double]
  /// Lines of the file, for messages.
  let lines: [Int]
  let units: SamplingUnits
  let strata: RiskLabels?
  let districts: RiskLabels?
  let regions: RiskLabels?
  /// Rows left out for an empty cell.
  let dropped: Int
  private(set) var notes: [Diagnostic] = []

  var rowCount: Int { outcomes.count }
  var design: PackedColumns {
    PackedColumns(columns.map(\.values), rowCount: outcomes.count)
  }

  /// - Throws: Missing columns, or every faulty cell (the first few of each kind, then a count).
  init(_ table: CSVTable, _ settings: RiskFitSettings) throws(DiagnosticList) {
    try checkColumns(table, settings)
    var reader = RiskSampleReader(table: table, settings: settings)
    let rows = try reader.completeRows()
    dropped = table.rowCount - rows.count
    file = table.name
    lines = rows.map { table.line(ofRow: $0) }
    outcomes = reader.outcomes(rows)
    weights = reader.weights(rows)
    columns = reader.terms(rows)
    try reader.throwFaults()
    func labels(_ column: String?) -> RiskLabels? {
      column.flatMap { table.column($0) }.map { number in
        RiskLabels(rows.map { table.trimmedText(number, $0) })
      }
    }
    strata = labels(settings.stratum)
    districts = labels(settings.district)
    regions = labels(settings.region)
    units = sampledUnits(labels(settings.cluster), strata, rows: rows.count)
    if dropped > 0 { notes.append(.rowsDropped(dropped, of: table.rowCount, file: table.name)) }
  }
}

/// Clusters within strata: the same name in two strata is two clusters.
private func sampledUnits(
  _ clusters: RiskLabels?, _ strata: RiskLabels?, rows: Int
) -> SamplingUnits {
  guard let clusters else {
    return SamplingUnits(unitOf: Array(0..<rows), stratumOf: strata?.of)
  }
  guard let strata else { return SamplingUnits(unitOf: clusters.of) }
  struct Key: Hashable {
    let stratum: Int
    let cluster: Int
  }
  let keys = (0..<rows).map { Key(stratum: strata.of[$0], cluster: clusters.of[$0]) }
  let sorted = Array(Set(keys)).sorted { ($0.stratum, $0.cluster) < ($1.stratum, $1.cluster) }
  let numbers = Dictionary(sorted.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
  return SamplingUnits(
    unitOf: keys.map { numbers[$0] ?? 0 }, stratumOf: sorted.map(\.stratum))
}

/// All columns there, no term twice, the outcome not among the terms.
private func checkColumns(
  _ table: CSVTable, _ settings: RiskFitSettings
) throws(DiagnosticList) {
  var faults: [Diagnostic] = []
  for column in settings.columns {
    do throws(Diagnostic) {
      _ = try table.requiredColumn(column)
    } catch {
      faults.append(error)
    }
  }
  var seen: Set<String> = []
  for variable in settings.variables {
    if variable.column == settings.outcome { faults.append(.outcomeAsTerm(variable.column)) }
    if !seen.insert(variable.column).inserted { faults.append(.termTwice(variable.column)) }
  }
  if settings.variables.isEmpty { faults.append(.noTermsAsked) }
  guard faults.isEmpty else { throw DiagnosticList(faults) }
}

/// Reads the cells of a survey's file and gathers what is wrong with them.
private struct RiskSampleReader {
  let table: CSVTable
  let settings: RiskFitSettings
  private var faults: TableFaults

  /// More levels than this are names, not categories.
  private static let mostLevels = 100

  init(table: CSVTable, settings: RiskFitSettings) {
    self.table = table
    self.settings = settings
    faults = TableFaults(file: table.name)
  }

  func throwFaults() throws(DiagnosticList) { try faults.throwErrors() }

  /// Rows without an empty cell in a used column.
  mutating func completeRows() throws(DiagnosticList) -> [Int] {
    let used = settings.columns.compactMap { table.column($0) }
    guard table.rowCount > 0 else { throw DiagnosticList(.noRows(table.name)) }
    var rows: [Int] = []
    for row in 0..<table.rowCount {
      let empty = used.filter { isMissing($0, row) }
      if empty.isEmpty {
        rows.append(row)
      } else if settings.missing == .refuse {
        for column in empty {
          faults.add(.emptyCell(table.columns[column], at: table.place(column, row)))
        }
      }
    }
    try faults.throwErrors()
    guard !rows.isEmpty else { throw DiagnosticList(.noRows(table.name)) }
    return rows
  }

  private func isMissing(_ column: Int, _ row: Int) -> Bool {
    table.isBlank(column, row) || table.trimmedText(column, row) == "NA"
  }

  mutating func outcomes(_ rows: [Int]) -> [Bool] {
    guard let column = table.column(settings.outcome) else { return [] }
    return rows.map { row in
      let value = number(column, row)
      if let value, value != 0, value != 1 {
        faults.add(
          .badOutcome(
            settings.outcome, table.trimmedText(column, row), at: table.place(column, row)))
      }
      return value == 1
    }
  }

  mutating func weights(_ rows: [Int]) -> [Double] {
    guard let name = settings.weight, let column = table.column(name) else {
      return rows.map { _ in 1 }
    }
    let values = rows.map { row in
      let value = number(column, row) ?? 0
      if value < 0 {
        faults.add(
          .negativeWeight(name, table.trimmedText(column, row), at: table.place(column, row)))
      }
      return value
    }
    if !faults.hasErrors, !values.contains(where: { $0 > 0 }) {
      faults.add(.noPositiveWeight(name, file: table.name))
    }
    return values
  }

  /// The columns of the design, term by term.
  mutating func terms(_ rows: [Int]) -> [RiskTermColumn] {
    settings.variables.flatMap { variable -> [RiskTermColumn] in
      guard let column = table.column(variable.column) else { return [] }
      switch variable.kind {
      case .category(let reference): return levels(variable.column, column, rows, reference)
      case .asFound where !table.isMostlyNumeric(column):
        return levels(variable.column, column, rows, nil)
      case .asFound, .percent:
        let isPercent = variable.kind == .percent
        let values = rows.map { number(column, $0, as: isPercent ? .percent : .plain) ?? 0 }
        return [
          RiskTermColumn(
            term: RiskModel.Term(name: variable.column, isPercent: isPercent, beta: 0),
            values: values)
        ]
      }
    }
  }

  private mutating func levels(
    _ name: String, _ column: Int, _ rows: [Int], _ wanted: String?
  ) -> [RiskTermColumn] {
    let labels = RiskLabels(rows.map { table.trimmedText(column, $0) })
    guard labels.names.count <= Self.mostLevels else {
      faults.add(.tooManyLevels(name, labels.names.count, most: Self.mostLevels))
      return []
    }
    guard let reference = wanted ?? labels.names.first, labels.names.contains(reference) else {
      faults.add(.unknownLevel(name, wanted ?? "", known: labels.names))
      return []
    }
    guard labels.names.count > 1 else {
      faults.add(.oneLevel(name, reference))
      return []
    }
    return labels.names.indices.filter { labels.names[$0] != reference }.map { level in
      RiskTermColumn(
        term: RiskModel.Term(
          name: name, level: labels.names[level], reference: reference, beta: 0),
        values: labels.of.map { $0 == level ? 1 : 0 })
    }
  }

  private mutating func number(_ column: Int, _ row: Int, as unit: CSVUnit = .plain) -> Double? {
    do throws(Diagnostic) {
      return try table.number(column, row, as: unit)
    } catch {
      faults.add(error)
      return nil
    }
  }
}
