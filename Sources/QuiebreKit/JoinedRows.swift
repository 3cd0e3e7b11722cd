// Quiebre · QuiebreKit
// The rows of a join without a scenario as CSV, GeoJSON or GeoPackage.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles

/// Polygons with what a surface says under them.
struct JoinedRows {
  let layer: FeatureLayer
  /// The column of codes; `nil` for numbers of features.
  let key: String?
  let codes: [String]
  let table: SurfaceTable

  func bytes(
    as format: JoinRequest.Format, onNote: (Diagnostic) -> Void
  ) throws(DiagnosticList) -> [UInt8] {
    switch format {
    case .csv: csv()
    case .geojson: layerTable(onNote: onNote).geoJSON()
    case .gpkg: try layerTable(onNote: onNote).geoPackage()
    }
  }

  private func csv() -> [UInt8] {
    var writer = CSVWriter(style: .point)
    for name in ["code"] + table.columns.map(\.name) + ["quality"] { writer.text(name) }
    writer.endRow()
    for row in codes.indices {
      writer.text(codes[row])
      for column in table.columns { writer.text(column.values[row].map(plainText)) }
      writer.text(table.quality[row])
      writer.endRow()
    }
    return writer.finished()
  }

  /// Code, statistics and quality, then the polygons' own columns in the order of their names.
  private func layerTable(onNote: (Diagnostic) -> Void) -> LayerTable {
    var columns = [LayerTable.Column(name: "code", values: codes.map { .text($0) })]
    columns += table.columns.map { column in
      LayerTable.Column(
        name: column.name, values: column.values.map { $0.map { .number($0) } ?? .null })
    }
    columns.append(
      LayerTable.Column(name: "quality", values: table.quality.map { .text($0) }))
    // GeoPackage tells names apart without regard to case, and keeps two for itself.
    let taken = Set((columns.map(\.name) + ["fid", "geom"]).map { $0.lowercased() })
    let own = Set(layer.features.flatMap(\.fields.keys)).sorted().filter { $0 != key }
    let clashing = own.filter { taken.contains($0.lowercased()) }
    if !clashing.isEmpty { onNote(clashNote(clashing)) }
    columns += own.filter { !taken.contains($0.lowercased()) }.map { name in
      LayerTable.Column(name: name, values: layer.features.map { $0.fields[name] ?? .null })
    }
    return LayerTable(name: "join", columns: columns, shapes: layer.features.map(\.shape))
  }

  private func clashNote(_ names: [String]) -> Diagnostic {
    let list = names.joined(separator: ", ")
    return Diagnostic(
      .columnLeftOut, .warning, at: SourcePlace(file: layer.name),
      what: LocalizedText(
        en: "columns left out, as the result has its own of that name: \(list)",
        es: "columnas omitidas, pues el resultado tiene las suyas con ese nombre: \(list)"))
  }
}

/// The shortest text that reads back the same; −0 without its sign.
func plainText(_ value: Double) -> String { (value == 0 ? 0 : value).description }
