// Quiebre · Reports
// districts.geojson: one RFC 7946 feature per district, flat properties, nothing lost.
// SPDX-License-Identifier: Apache-2.0

import Districts
import Formats
import LaborModel

extension RunReport {
  /// The map layer: longitude/latitude, right-hand rule, five decimals, one feature per line.
  ///
  /// `bbox` stands at the collection only. What the columns mean, and whether shapes are
  /// schematic, stands in the foreign member `quiebre`, before the features.
  /// With `isLong` there is one feature per district and year, `ubigeo-year` its id.
  public func mapGeoJSON(isLong: Bool = false) -> [UInt8] {
    let table = isLong ? districtTimesTable() : districtTable()
    let shapes = (mapShapes ?? registry.districts.map(\.shape)).map {
      MapGeometry($0, isRounded: mapShapes != nil)
    }
    var json = JSONWriter(reservingBytes: 4_000_000)
    json.object(.rows) { json in
      json.member("type", "FeatureCollection")
      json.member("name", "districts")
      writeBox(of: shapes, to: &json)
      writeStamp(columns: table.columns, to: &json)
      json.array("features", .rows) { json in
        let years = isLong ? Array(projection.years[mapColumns]) : []
        let perDistrict = max(1, years.count)
        for row in 0..<table.rowCount {
          let district = row / perDistrict
          let code = registry.districts[district].code
          let id = isLong ? "\(code)-\(years[row % perDistrict])" : code
          writeFeature(id, table, row, shapes[district], to: &json)
        }
      }
    }
    json.endLine()
    return json.finished()
  }

  private func writeFeature(
    _ id: String, _ table: Table, _ row: Int, _ shape: MapGeometry?, to json: inout JSONWriter
  ) {
    json.object(.compact) { json in
      json.member("type", "Feature")
      json.member("id", id)
      json.object("properties", .compact) { json in
        for (column, cell) in zip(table.columns, table.row(row)) {
          json.key(column.name)
          json.cell(cell, column.kind)
        }
      }
      json.key("geometry")
      if let shape { shape.write(to: &json) } else { json.null() }
    }
  }

  private func writeBox(of shapes: [MapGeometry?], to json: inout JSONWriter) {
    let boxes = shapes.compactMap { $0?.box }
    guard var box = boxes.first else { return }
    for other in boxes {
      box.west = min(box.west, other.west)
      box.south = min(box.south, other.south)
      box.east = max(box.east, other.east)
      box.north = max(box.north, other.north)
    }
    json.array("bbox", .compact) { json in
      for side in [box.west, box.south, box.east, box.north] {
        json.scaled(side, decimals: MapGeometry.usualDecimals)
      }
    }
  }

  private func writeStamp(columns: [Column], to json: inout JSONWriter) {
    json.object("quiebre", .inline) { json in
      json.member("schema", "quiebre.map/1")
      json.member("scenario", plan.id)
      json.text("name", plan.name)
      json.member("definition", plan.definition)
      json.member("geometry", registry.schematic ? "schematic" : "real")
      json.object("years") { json in
        json.member("since", plan.since)
        json.member("base", plan.base)
        json.member("end", plan.end)
      }
      json.member("replicas", plan.replicas)
      json.member("currency", unit.currency)
      json.member("price_year", unit.priceYear)
      json.object("risk_classes") { json in
        json.member("medium_from", risk.cuts.mediumFrom * 100, decimals: 2)
        json.member("high_from", risk.cuts.highFrom * 100, decimals: 2)
      }
      json.array("synthetic") { json in
        for item in synthetic { json.string(item.id) }
      }
      json.object("units") { json in
        for column in columns where !column.unit.isEmpty { json.member(column.name, column.unit) }
      }
      json.member("hash", inputsHash)
    }
  }
}
