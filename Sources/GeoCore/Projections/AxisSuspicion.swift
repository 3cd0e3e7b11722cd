// Quiebre · GeoCore
// Coordinates that can't be what their CRS says: swapped axes, meters called degrees.
// SPDX-License-Identifier: Apache-2.0

/// What seems wrong with coordinates.
public enum AxisSuspicion: String, CaseIterable, Hashable, Sendable {
  /// Latitude stands before longitude.
  case swappedAxes
  /// The system is in degrees, the numbers are far beyond 360: most likely meters.
  case metersDeclaredAsDegrees
  /// The system is projected, the numbers fit degrees.
  case degreesDeclaredAsMeters
}

/// What seems wrong with a layer's coordinates, judged by its box; `nil` if nothing.
///
/// - Parameters:
///   - box: The box of the layer.
///   - crs: The system that the layer declares.
///   - reference: A box in the same system where the layer should lie (the raster's, the other
///     layer's). Without one, swapped axes show only when a latitude would pass 90.
/// - Returns: The first suspicion that applies.
/// - Throws: ``CRSError/unknown(definition:message:)``.
public func axisSuspicion(
  of box: BoundingBox, crs: CRS, reference: BoundingBox? = nil
) throws(CRSError) -> AxisSuspicion? {
  let farX = max(abs(box.minX), abs(box.maxX))
  let farY = max(abs(box.minY), abs(box.maxY))
  guard try isLonLat(crs) else {
    // Real data in meters seldom lie within 360 m of the origin.
    if farX <= 360, farY <= 90 { return .degreesDeclaredAsMeters }
    return missesUnlessSwapped(box, reference) ? .swappedAxes : nil
  }
  if farX > 360 || farY > 360 { return .metersDeclaredAsDegrees }
  if farY > 90, farX <= 90 { return .swappedAxes }
  return missesUnlessSwapped(box, reference) ? .swappedAxes : nil
}

private func missesUnlessSwapped(_ box: BoundingBox, _ reference: BoundingBox?) -> Bool {
  guard let reference, !box.intersects(reference) else { return false }
  return BoundingBox(minX: box.minY, minY: box.minX, maxX: box.maxY, maxY: box.maxX)
    .intersects(reference)
}
