// Quiebre · Districts
// Columns of a table as fields by district.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats

extension DistrictTable {
  /// The table's columns as fields, in the order of the districts.
  ///
  /// - Parameter match: What ``CodeBook/match(_:repeats:restoreZeros:)`` gave for this table.
  /// - Returns: The fields asked for, else one for every column of numbers but the code.
  /// - Throws: Q335 for a column that isn't there, Q330 to Q336 for cells that are no numbers.
  public func fields(matched match: CodeMatch) throws(DiagnosticList) -> [Field] {
    var faults = TableFaults(file: table.name)
    var fields: [Field] = []
    for request in requests {
      do throws(Diagnostic) {
        let column = try table.requiredColumn(request.column)
        fields.append(try field(request, column: column, rows: match.rowOf, &faults))
      } catch {
        faults.add(error)
      }
    }
    try faults.throwErrors()
    return fields
  }

  /// The fields asked for, else every column of numbers but the code.
  private var requests: [FieldRequest] {
    if !fields.isEmpty { return fields }
    return table.columns.enumerated().compactMap { index, column in
      guard column != codeColumn, table.isNumeric(index) || units[column] != nil else { return nil }
      return FieldRequest(name: column, column: column, unit: units[column] ?? .plain)
    }
  }

  private func field(
    _ request: FieldRequest, column: Int, rows: [Int?], _ faults: inout TableFaults
  ) throws(Diagnostic) -> Field {
    guard request.unit == .percent || table.isMostlyNumeric(column) else {
      let texts = rows.map { row in
        row.map { table.trimmedText(column, $0) }.flatMap { $0.isEmpty ? nil : $0 }
      }
      return Field(name: request.name, unit: .plain, values: .texts(texts))
    }
    let unit: CSVUnit = request.unit == .percent ? .percent : .plain
    var values: [Double?] = []
    for row in rows {
      guard let row else {
        values.append(nil)
        continue
      }
      do throws(Diagnostic) {
        values.append(try table.number(column, row, as: unit))
      } catch {
        faults.add(error)
        values.append(nil)
      }
    }
    return Field(name: request.name, unit: request.unit, values: .numbers(values))
  }
}
