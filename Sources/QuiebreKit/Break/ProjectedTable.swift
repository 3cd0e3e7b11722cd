// Quiebre · QuiebreKit
// Draws made elsewhere, as a table: one row for each draw and year.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Reports

/// Reads `draw,year,rate` or `draw,year,scenario,baseline`, in percent, rows in any order.
struct ProjectedTable {
  private let table: CSVTable
  private let draw, year, scenario: Int
  private let baseline: Int?
  private var faults: TableFaults

  init(_ table: CSVTable) throws(DiagnosticList) {
    self.table = table
    faults = TableFaults(file: table.name)
    do throws(Diagnostic) {
      draw = try table.requiredColumn("draw")
      year = try table.requiredColumn("year")
      if let single = table.column("rate") {
        (scenario, baseline) = (single, nil)
      } else {
        scenario = try table.requiredColumn("scenario")
        baseline = try table.requiredColumn("baseline")
      }
    } catch {
      throw DiagnosticList(error)
    }
  }

  /// - Throws: Every number that isn't one, then the first year or draw that is missing or doubled.
  func series() throws(DiagnosticList) -> ProjectedSeries {
    var reader = self
    return try reader.read()
  }

  private mutating func read() throws(DiagnosticList) -> ProjectedSeries {
    var names: [String: Int] = [:]
    var cells: [(draw: Int, year: Int, scenario: Double, baseline: Double)] = []
    for row in 0..<table.rowCount {
      let name = table.trimmedText(draw, row)
      let place = names[name] ?? names.count
      names[name] = place
      guard let when = value(year, row, in: 1000...9999),
        let rate = value(scenario, row, in: 0...100)
      else { continue }
      let other = baseline.map { value($0, row, in: 0...100) ?? .nan } ?? .nan
      cells.append((place, Int(when), rate, other))
    }
    try faults.throwErrors()
    guard let first = cells.map(\.year).min(), let last = cells.map(\.year).max(), last > first
    else {
      throw gap(
        en: "two years at least are needed", es: "se necesitan al menos dos años")
    }
    guard last - first < 500, cells.count == names.count * (last - first + 1) else {
      throw gap(
        en: "\(names.count) draws from \(first) to \(last) need"
          + " \(names.count * (last - first + 1)) rows; there are \(cells.count)",
        es: "\(names.count) sorteos de \(first) a \(last) piden"
          + " \(names.count * (last - first + 1)) filas; hay \(cells.count)")
    }
    let empty = [[Double]](
      repeating: [Double](repeating: .nan, count: names.count), count: last - first + 1)
    var (rates, others) = (empty, empty)
    for cell in cells {
      guard rates[cell.year - first][cell.draw].isNaN else {
        throw gap(
          en: "a draw has the year \(cell.year) twice", es: "un sorteo tiene dos veces \(cell.year)"
        )
      }
      rates[cell.year - first][cell.draw] = cell.scenario
      others[cell.year - first][cell.draw] = cell.baseline
    }
    return ProjectedSeries(
      firstYear: first, scenario: rates, baseline: baseline == nil ? nil : others)
  }

  private mutating func value(_ column: Int, _ row: Int, in range: ClosedRange<Double>) -> Double? {
    do throws(Diagnostic) {
      guard let value = try table.number(column, row), range.contains(value),
        column != year || value == value.rounded()
      else {
        faults.add(
          Diagnostic(
            .badProjection, entry: table.columns[column], at: table.place(column, row),
            what: LocalizedText(
              en: "'\(table.trimmedText(column, row))' isn't a number from"
                + " \(Int(range.lowerBound)) to \(Int(range.upperBound))",
              es: "'\(table.trimmedText(column, row))' no es un número de"
                + " \(Int(range.lowerBound)) a \(Int(range.upperBound))")))
        return nil
      }
      return value
    } catch {
      faults.add(error)
      return nil
    }
  }

  private func gap(en: String, es: String) -> DiagnosticList {
    DiagnosticList(
      Diagnostic(
        .badProjection, at: SourcePlace(file: table.name),
        what: LocalizedText(en: en, es: es),
        fix: LocalizedText(
          en: "give every draw every year once", es: "dé a cada sorteo cada año una vez")))
  }
}
