// Quiebre · Districts
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoCore

struct PolygonJoin {
  let request: SurfaceRequest
  let layer: FeatureLayer
  let registry: DistrictRegistry
  let workers: Int
  func joined() throws -> SurfaceJoin {
    throw DiagnosticList(.onlyNoData(at: SourcePlace(file: layer.name)))
  }
}
