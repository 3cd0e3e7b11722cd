// Quiebre · Reports
// Every data file of a result folder, as bytes: QuiebreKit writes them whole or not at all.
// SPDX-License-Identifier: Apache-2.0

import Districts
public import Formats
import LaborModel

/// A file of the result folder.
public struct ResultFile: Sendable {
  /// Relative to the folder.
  public let path: String
  public let bytes: [UInt8]

  init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Its line in the manifest.
  public var output: Manifest.Output {
    Manifest.Output(path: path, sha256: SHA256.hash(bytes))
  }
}

extension RunReport {
  /// The map layer and its QGIS style; `isLong` = one feature per district and year.
  public func mapFiles(isLong: Bool = false) -> [ResultFile] {
    let columns = (isLong ? districtTimesTable() : districtTable()).columns
    return [
      ResultFile("districts.geojson", mapGeoJSON(isLong: isLong)),
      ResultFile("districts.qml", MapStyle.bytes(columns: columns, isLong: isLong)),
    ]
  }

  /// The tables with their types, the dictionary of their fields, and what the joins left over.
  public func tableFiles(_ style: CSVWriter.Style = .point) -> [ResultFile] {
    let tables =
      [
        districtTable(), districtYearsTable(), departmentsTable(), provincesTable(),
        areaYearsTable(), nationalTable(), linesTable(), moneyTable(), risk.table(of: registry),
      ] + (equity == nil ? [] : [equityTable()]) + (inputShares.isEmpty ? [] : [sensitivityTable()])
    let package = DataPackage.bytes(
      id: "quiebre-" + plan.id, tables: tables, style: style,
      moneyUnit: "\(unit.currency) of \(unit.priceYear)")
    return tables.flatMap { table in
      [
        ResultFile("csv/\(table.name).csv", table.csv(style)),
        ResultFile("csv/\(table.name).csvt", table.csvt),
      ]
    } + [
      ResultFile("csv/datapackage.json", package), ResultFile("join.csv", join.csv(style: style)),
    ]
  }

  /// The whole break test, every number unrounded: what `quiebre break FOLDER` reads.
  public func breakFile() -> ResultFile { ResultFile(BreakReport.fileName, breakReport().json()) }

  public func summaryFile() -> ResultFile { ResultFile("summary.json", summaryJSON()) }
}
