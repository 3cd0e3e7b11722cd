// Quiebre · LaborModel
// Survey estimates of single departments: what the districts of a department are benchmarked to.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats

/// The survey's own estimate for a department; shares.
public struct DirectEstimate: Hashable, Sendable {
  /// First digits of its districts' codes.
  public var department: String
  public var year: Int
  public var rate: Double
  public var standardError: Double
  /// ISO date; `nil` = not given.
  public var published: String?
  /// Line in its file, for messages.
  public var row: Int?

  public init(
    department: String, year: Int, rate: Double, standardError: Double,
    published: String? = nil, row: Int? = nil
  ) {
    self.department = department
    self.year = year
    self.rate = rate
    self.standardError = standardError
    self.published = published
    self.row = row
  }
}

/// The department estimates of one definition group.
public struct DirectEstimates: Hashable, Sendable {
  public let file: String
  public let items: [DirectEstimate]

  public init(file: String, items: [DirectEstimate]) {
    self.file = file
    self.items = items
  }

  /// Reads the rows of one group: `ubigeo2,year,rate,se,group,published`, rates in percent.
  ///
  /// A file without rows of the group gives no estimates; that isn't a fault.
  ///
  /// - Throws: Every fault of the group's rows at once.
  public init(table: CSVTable, group: String) throws(DiagnosticList) {
    file = table.name
    let (code, year, rate) = try (table.need("ubigeo2"), table.need("year"), table.need("rate"))
    let (error, groups) = try (table.need("se"), table.need("group"))
    let published = table.column("published")
    var faults = TableFaults(file: table.name)
    var items: [DirectEstimate] = []
    for row in 0..<table.rowCount where table.trimmedText(groups, row) == group {
      do throws(Diagnostic) {
        let date = published.map { table.trimmedText($0, row) }.flatMap { $0.isEmpty ? nil : $0 }
        if let date, let published, !isCalendarDate(date) {
          throw .badDate(date, at: table.place(published, row))
        }
        items.append(
          DirectEstimate(
            department: table.trimmedText(code, row),
            year: Int(try table.value(year, row, in: 1000...9999)),
            rate: try table.value(rate, row, in: 0.001...99.999) / 100,
            standardError: try table.value(error, row, in: 0.0001...100) / 100, published: date,
            row: table.line(ofRow: row)))
      } catch {
        faults.add(error)
      }
    }
    try faults.throwErrors()
    self.items = items
  }

  /// The estimates known at a moment.
  ///
  /// - Throws: Q527 if a date cuts the table and a row has no date of publication.
  public func seen(_ asOf: AsOf) throws(DiagnosticList) -> [DirectEstimate] {
    var faults: [Diagnostic] = []
    var kept: [DirectEstimate] = []
    for item in items {
      switch asOf.sees(year: Double(item.year), published: item.published) {
      case true?: kept.append(item)
      case false?: break
      case nil: faults.append(.unknownPublication(file: file, row: item.row))
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    return kept
  }
}

extension CSVTable {
  /// The number of a column that must be there, its fault as a list.
  func need(_ name: String) throws(DiagnosticList) -> Int {
    do throws(Diagnostic) {
      return try requiredColumn(name)
    } catch {
      throw DiagnosticList(error)
    }
  }

  /// A number that must be there and lie in a range.
  func value(
    _ column: Int, _ row: Int, in range: ClosedRange<Double>
  ) throws(Diagnostic) -> Double {
    guard let found = try number(column, row), range.contains(found) else {
      throw .impossibleFigure(
        columns[column], trimmedText(column, row), allowed: rangeText(range),
        at: place(column, row))
    }
    return found
  }
}

/// `0 … 100`.
func rangeText(_ range: ClosedRange<Double>) -> String {
  func text(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : value < 1e-6 ? "> 0" : String(value)
  }
  return "\(text(range.lowerBound)) … \(text(range.upperBound))"
}
