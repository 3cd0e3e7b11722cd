// Quiebre · Districts
// Shapes of districts brought to a raster's grid, and what the raster said checked.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// Shapes in longitude and latitude, in a raster's coordinate system.
///
/// - Parameters:
///   - shapes: In degrees.
///   - raster: Where they are wanted.
///   - workers: Threads at most.
/// - Returns: The same shapes; edges cut first where they bend.
/// - Throws: Q318 for a raster whose axes look swapped, ``CRSError``.
func shapesOnGrid(
  _ shapes: [MultiPolygon?], of raster: any RasterRows, workers: Int
) throws -> [MultiPolygon?] {
  let degrees = try isLonLat(raster.crs)
  let box = shapes.compactMap { $0?.boundingBox }.reduce(nil) { (all: BoundingBox?, next) in
    all?.union(next) ?? next
  }
  if let box, degrees,
    let suspicion = try axisSuspicion(of: raster.grid.box, crs: raster.crs, reference: box)
  {
    throw DiagnosticList(.suspiciousCoordinates(suspicion, file: raster.name))
  }
  let same: Set<String> = [CRS.lonLat.definition, "EPSG:4326", "OGC:CRS84"]
  if same.contains(raster.crs.definition) { return shapes }
  return try transformed(
    shapes, from: .lonLat, to: raster.crs, maxSegment: degrees ? .infinity : segmentDegrees,
    workers: workers)
}

/// Refuses invalid shapes, and a raster that says nothing of any district.
func checkOutcomes(
  _ outcomes: [ZonalOutcome], codes: [String], file: String
) throws(DiagnosticList) {
  var faults: [Diagnostic] = []
  for (district, outcome) in outcomes.enumerated() {
    if case .invalidShape = outcome { faults.append(.invalidShape(codes[district])) }
  }
  if !faults.isEmpty { throw DiagnosticList(faults) }
  let shaped = outcomes.filter { $0 != .noShape }
  let place = SourcePlace(file: file)
  if shaped.isEmpty { throw DiagnosticList(.noShapesAtAll(at: place)) }
  if shaped.allSatisfy({ $0 == .outsideGrid }) {
    throw DiagnosticList(.outsideDistricts(at: place))
  }
  if shaped.allSatisfy({ $0.summary == nil }) {
    throw DiagnosticList(.onlyNoDataInDistricts(at: place))
  }
}
