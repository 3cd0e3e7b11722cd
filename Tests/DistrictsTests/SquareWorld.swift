// Quiebre · DistrictsTests
// Eight square districts in a row, for surfaces whose values are found by hand.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore

/// Eight unit squares in a row, west to east in the order of their codes, from (0, −1) to (8, 0).
struct SquareWorld {
  let registry: DistrictRegistry
  let book: CodeBook

  init(withoutShape: Set<String> = []) throws {
    var layer = SmallCountry.wholeLayer()
    layer = SmallCountry.layer(
      layer.features.map { feature in
        guard case .text(let code)? = feature.fields["ubigeo"], withoutShape.contains(code) else {
          return feature
        }
        return SmallCountry.feature(feature.number, code: .text(code))
      })
    let built = try buildRegistry(
      from: RegistrySources(layer: layer, facts: SmallCountry.facts()),
      settings: SmallCountry.settings)
    registry = built.registry
    book = registry.codeBook(rules: SmallCountry.rules, coding: "inei", vintage: 2025)
  }

  func join(_ request: SurfaceRequest, workers: Int = 2) throws -> SurfaceJoin {
    try joinSurface(request, to: registry, book: book, workers: workers)
  }

  func faults(_ request: SurfaceRequest) -> [Diagnostic] {
    do {
      _ = try join(request)
      return []
    } catch let list as DiagnosticList {
      return list.items
    } catch {
      return []
    }
  }
}

/// One row of cells one degree wide, the first from `west` on.
func strip(_ values: [Double], west: Double = 0, north: Double = 0, name: String = "r") -> Raster {
  Raster(
    name: name,
    grid: Grid(
      columns: values.count, rows: 1, west: west, north: north, cellWidth: 1, cellHeight: 1),
    crs: .lonLat, values: values)
}

extension SurfaceJoin {
  func numbers(_ name: String) -> [Double?] {
    guard case .numbers(let values)? = fields.first(where: { $0.name == name })?.values else {
      return []
    }
    return values
  }
}
