// Quiebre · Districts
// Counts of an older or coarser table dealt out to today's districts, in proportion to population.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats

/// How a table's counts are dealt out.
public struct VintageSplit: Hashable, Sendable {
  /// Columns of counts; all others are repeated as they are.
  public var counts: [String]
  /// The year of the table's districts; `nil`: before all changes.
  public var vintage: Int?
  /// Codes of the table that stand for several districts: `120699` for `120604` and `120606`.
  public var units: [String: [String]]

  public init(counts: [String], vintage: Int? = nil, units: [String: [String]] = [:]) {
    self.counts = counts
    self.vintage = vintage
    self.units = units
  }
}

extension CodeBook {
  /// Writes a table with one row for each district that a row stands for.
  ///
  /// A row whose district was split since, or that is one unit of several, is repeated for each; its
  /// counts go by the districts' weights, equally where all are 0. Districts with a row of their own
  /// take no part. Rows without district stay as they are.
  ///
  /// - Parameters:
  ///   - table: Codes of this book's coding, of any vintage.
  ///   - codeColumn: Their column.
  ///   - split: What is counted, and which units there are.
  ///   - weights: Population, one per code of the book.
  /// - Returns: The table, and each row that became several or another.
  /// - Throws: Q335 for a column that isn't there, Q301 to Q303 for broken codes, Q330 to Q336 for
  ///   counts that are no numbers.
  public func splitting(
    _ table: CSVTable, codeColumn: String, by split: VintageSplit, weights: [Double]
  ) throws(DiagnosticList) -> RewrittenTable {
    precondition(weights.count == codes.count, "one weight per code")
    var faults = TableFaults(file: table.name)
    var work: SplitTable?
    do throws(Diagnostic) {
      let column = try table.requiredColumn(codeColumn)
      var counted: Set<Int> = []
      for name in split.counts { counted.insert(try table.requiredColumn(name)) }
      work = SplitTable(
        table: table, column: column, counted: counted, book: self, split: split, weights: weights)
    } catch {
      faults.add(error)
    }
    work?.write(&faults)
    try faults.throwErrors()
    return RewrittenTable(bytes: work?.writer.finished() ?? [], changes: work?.changes ?? [])
  }

  /// The districts that a code of a vintage stands for, ascending.
  func heirs(of code: String, vintage: Int?) -> [Int] {
    let names = Set(
      [code] + (changes?.successors(of: code) ?? []) + (changes?.predecessors(of: code) ?? []))
    return codes.indices.filter { names.contains(ancestor(of: codes[$0], in: vintage)) }
  }

  /// The district that one was part of in a year.
  private func ancestor(of code: String, in vintage: Int?) -> String {
    var code = code
    // A child of a child: a few steps at most, and never round in circles.
    for _ in 0..<8 {
      guard let origin = changes?.origin(of: code), origin.year ?? .max > vintage ?? .min else {
        return code
      }
      code = origin.parent
    }
    return code
  }
}

/// The work of one table.
private struct SplitTable {
  let table: CSVTable
  let column: Int
  let counted: Set<Int>
  let book: CodeBook
  let split: VintageSplit
  let weights: [Double]
  var writer = CSVWriter(style: .point)
  var changes: [RewrittenTable.Change] = []

  mutating func write(_ faults: inout TableFaults) {
    for name in table.columns { writer.text(name) }
    writer.endRow()
    let own = Set((0..<table.rowCount).map { table.trimmedText(column, $0) })
    for row in 0..<table.rowCount {
      let code = table.trimmedText(column, row)
      if let slip = book.rules.slip(in: code), split.units[code] == nil {
        faults.add(.badCode(slip, text: code, rules: book.rules, at: table.place(column, row)))
        continue
      }
      let heirs = self.heirs(of: code, own)
      guard !heirs.isEmpty else {
        write(row, as: code, share: 1, &faults)
        continue
      }
      let total = heirs.reduce(0) { $0 + weights[$1] }
      for heir in heirs {
        let share = total > 0 ? weights[heir] / total : 1 / Double(heirs.count)
        write(row, as: book.codes[heir], share: heirs.count == 1 ? 1 : share, &faults)
      }
      let names = heirs.map { book.codes[$0] }
      if names != [code] {
        changes.append(
          RewrittenTable.Change(
            row: table.line(ofRow: row), from: code, to: names.joined(separator: " ")))
      }
    }
  }

  private func heirs(of code: String, _ own: Set<String>) -> [Int] {
    let all =
      split.units[code].map { $0.compactMap(book.index(of:)).sorted() }
      ?? book.heirs(of: code, vintage: split.vintage)
    return all.filter { book.codes[$0] == code || !own.contains(book.codes[$0]) }
  }

  private mutating func write(
    _ row: Int, as code: String, share: Double, _ faults: inout TableFaults
  ) {
    for cell in table.columns.indices {
      if cell == column {
        writer.text(code)
      } else if counted.contains(cell), !table.isBlank(cell, row) {
        do throws(Diagnostic) {
          let number = try table.number(cell, row, as: .plain).map { $0 * share }
          writer.text(number.map { ($0 == 0 ? 0 : $0).description })
        } catch {
          faults.add(error)
          writer.text(nil)
        }
      } else {
        writer.text(table.text(cell, row))
      }
    }
    writer.endRow()
  }
}
