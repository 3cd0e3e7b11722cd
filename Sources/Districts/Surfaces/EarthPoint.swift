// Quiebre · Districts
// Distances on the ellipsoid by straight lines through it.
// SPDX-License-Identifier: Apache-2.0

import Compute
import GeoCore

/// A place on the WGS 84 ellipsoid (EPSG 7030) in earth-centered coordinates, km.
struct EarthPoint {
  private let x: Double
  private let y: Double
  private let z: Double

  init(_ point: Point) {
    let (major, flattening) = (6378.137, 1 / 298.257223563)
    let squared = flattening * (2 - flattening)
    let latitude = min(90, max(-90, point.y))
    let (sine, cosine) = (sineOfDegrees(latitude), cosineOfDegrees(latitude))
    let normal = major / (1 - squared * sine * sine).squareRoot()
    let (east, north) = EarthPoint.direction(point.x)
    x = normal * cosine * east
    y = normal * cosine * north
    z = normal * (1 - squared) * sine
  }

  /// Whether the straight line to another point is no longer than a distance in km.
  ///
  /// At 100 km the way over ground is a meter longer.
  func isWithin(_ distance: Double?, of other: EarthPoint) -> Bool {
    guard let distance else { return true }
    return squaredDistance(to: other) <= distance * distance
  }

  func squaredDistance(to other: EarthPoint) -> Double {
    let (a, b, c) = (x - other.x, y - other.y, z - other.z)
    return a * a + b * b + c * c
  }

  /// Cosine and sine of a longitude, from those of angles within a right one.
  private static func direction(_ longitude: Double) -> (cosine: Double, sine: Double) {
    let turned = longitude.remainder(dividingBy: 360)
    if turned > 90 { return (-cosineOfDegrees(180 - turned), sineOfDegrees(180 - turned)) }
    if turned < -90 { return (-cosineOfDegrees(180 + turned), -sineOfDegrees(180 + turned)) }
    return (cosineOfDegrees(turned), sineOfDegrees(turned))
  }
}
