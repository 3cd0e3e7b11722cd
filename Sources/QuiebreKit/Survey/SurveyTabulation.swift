// Quiebre · QuiebreKit
// Estimates by labels and years: domains of one design.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Reports
import Statistics

/// Years of the rows: one for all, or those of a column.
struct SurveyYears {
  /// In order; empty if the request names no year.
  let years: [Int]
  /// Index of each row's year; `nil` if all rows have the same.
  let codes: [Int32]?

  /// - Throws: Faults of the column: blanks, numbers that are no years.
  init(_ text: String?, data: SurveyMicrodata) throws(DiagnosticList) {
    guard let text else {
      (years, codes) = ([], nil)
      return
    }
    if let year = Int(text), (1000...9999).contains(year) {
      (years, codes) = ([year], nil)
      return
    }
    let column: Int
    do throws(Diagnostic) { column = try data.table.requiredColumn(text) } catch {
      throw DiagnosticList(error)
    }
    let (labels, names) = data.labels(column)
    let found = names.map { Int($0).flatMap { (1000...9999).contains($0) ? $0 : nil } }
    if let row = labels.firstIndex(where: { $0 < 0 || found[Int($0)] == nil }) {
      throw DiagnosticList(
        Diagnostic(
          .blankDesignCell, at: data.table.place(column, row),
          what: LocalizedText(
            en: "'\(text)' holds no year in this row", es: "'\(text)' no tiene un año en esta fila")
        ))
    }
    let sorted = Set(found.compactMap { $0 }).sorted()
    years = sorted
    codes = labels.map { Int32(sorted.firstIndex(of: found[Int($0)] ?? 0) ?? -1) }
  }
}

/// Makes lines of a report.
struct SurveyTabulation {
  let design: SurveyDesign
  let target: SurveyTarget
  let years: SurveyYears
  let intervals: SurveyIntervals

  /// One line for each label and year.
  ///
  /// - Parameters:
  ///   - labels: Of the domains.
  ///   - codes: Index of each row's label, −1 = none; `nil` = all rows have the first.
  /// - Returns: Lines in the order of labels, then years.
  func lines(labels: [String], codes: [Int32]?) -> [SurveyReport.Line] {
    let width = max(years.years.count, 1)
    let rows = design.weights.count
    var domain = codes ?? [Int32](repeating: 0, count: rows)
    if let yearCodes = years.codes {
      for row in 0..<rows where domain[row] >= 0 {
        domain[row] = domain[row] * Int32(width) + yearCodes[row]
      }
    }
    let found = design.estimates(
      of: target, in: SurveyDomains(count: labels.count * width, ofRow: domain),
      intervals: intervals)
    return found.indices.map { index in
      SurveyReport.Line(
        year: years.years.isEmpty ? nil : years.years[index % width],
        label: labels[index / width], estimate: found[index])
    }
  }
}
