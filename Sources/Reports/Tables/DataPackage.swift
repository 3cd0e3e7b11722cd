// Quiebre · Reports
// datapackage.json: the field dictionary of all tables, in two languages, with units.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Formats

/// Describes tables as a Frictionless tabular data package.
public enum DataPackage {
  /// The descriptor that stands beside the CSV files.
  ///
  /// - Parameters:
  ///   - id: Name of the package; lower-case letters, digits and hyphens.
  ///   - tables: The tables of the folder, in the order of the resources.
  ///   - style: How the CSV files separate cells and mark decimals.
  ///   - moneyUnit: What the unit `money` stands for, such as `PEN of 2019`.
  /// - Returns: JSON, UTF-8.
  public static func bytes(
    id: String, tables: [Table], style: CSVWriter.Style, moneyUnit: String
  ) -> [UInt8] {
    var json = JSONWriter(reservingBytes: 40_000)
    json.object(.lines) { json in
      json.member("profile", "tabular-data-package")
      json.member("name", id)
      json.array("resources", .lines) { json in
        for table in tables { write(table, style, moneyUnit, to: &json) }
      }
    }
    json.endLine()
    return json.finished()
  }

  private static func write(
    _ table: Table, _ style: CSVWriter.Style, _ moneyUnit: String, to json: inout JSONWriter
  ) {
    json.object(.lines) { json in
      json.member("profile", "tabular-data-resource")
      json.member("name", table.name)
      json.member("path", table.name + ".csv")
      json.member("title", table.title.en)
      json.member("title_es", table.title.es)
      json.member("encoding", "utf-8")
      json.object("dialect") { json in
        json.member("delimiter", style == .point ? "," : ";")
        json.member("lineTerminator", "\n")
      }
      json.object("schema", .lines) { json in
        json.array("fields", .lines) { json in
          for column in table.columns { write(column, style, moneyUnit, to: &json) }
        }
        json.array("missingValues") { $0.string("") }
      }
    }
  }

  private static func write(
    _ column: Column, _ style: CSVWriter.Style, _ moneyUnit: String, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("name", column.name)
      json.member("type", column.kind.frictionlessType)
      if style == .comma, column.kind.decimals > 0 { json.member("decimalChar", ",") }
      json.member("title", column.title.en)
      json.member("title_es", column.title.es)
      if !column.unit.isEmpty {
        json.member("unit", column.unit.replacingPrefix("money", with: moneyUnit))
      }
    }
  }
}

extension Column.Kind {
  fileprivate var frictionlessType: String {
    switch self {
    case .text: "string"
    case .integer: "integer"
    case .decimal: "number"
    case .date: "date"
    }
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
