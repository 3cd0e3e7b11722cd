// Quiebre · GeoFiles
// A layer out as GeoJSON (RFC 7946): one feature a line, coordinates as they are.
// SPDX-License-Identifier: Apache-2.0

import Formats
import GeoCore

extension LayerTable {
  /// The layer as GeoJSON: shells counter-clockwise, numbers as short as they read back the same.
  public func geoJSON() -> [UInt8] {
    let shapes = shapes.map { $0?.oriented() }
    var json = JSONWriter(
      reservingBytes: 40 * shapes.reduce(0) { $0 + ($1?.pointCount ?? 0) } + 200 * shapes.count)
    json.object(.rows) { json in
      json.member("type", "FeatureCollection")
      json.member("name", name)
      json.array("features", .rows) { json in
        for row in shapes.indices { write(row, shapes[row], to: &json) }
      }
    }
    json.endLine()
    return json.finished()
  }

  private func write(_ row: Int, _ shape: MultiPolygon?, to json: inout JSONWriter) {
    json.object(.compact) { json in
      json.member("type", "Feature")
      json.object("properties", .compact) { json in
        for column in columns {
          switch column.values[row] {
          case .null: json.member(column.name, nil as String?)
          case .text(let text): json.member(column.name, text)
          case .integer(let number): json.member(column.name, number)
          case .number(let number): json.member(column.name, number, decimals: nil)
          case .flag(let flag): json.member(column.name, flag)
          }
        }
      }
      json.key("geometry")
      write(shape, to: &json)
    }
  }

  private func write(_ shape: MultiPolygon?, to json: inout JSONWriter) {
    guard let shape, let first = shape.polygons.first else { return json.null() }
    json.object(.compact) { json in
      if shape.polygons.count == 1 {
        json.member("type", "Polygon")
        json.key("coordinates")
        write(first, to: &json)
      } else {
        json.member("type", "MultiPolygon")
        json.array("coordinates", .compact) { json in
          for polygon in shape.polygons { write(polygon, to: &json) }
        }
      }
    }
  }

  private func write(_ polygon: Polygon, to json: inout JSONWriter) {
    json.array(.compact) { json in
      for ring in [polygon.shell] + polygon.holes {
        json.array(.compact) { json in
          for point in ring {
            json.array(.compact) { json in
              json.number(point.x, decimals: nil)
              json.number(point.y, decimals: nil)
            }
          }
        }
      }
    }
  }
}
