// Quiebre · GeoCore
// How long borders are: meters on the ellipsoid or in the plane.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// What the coordinates of a layer measure.
public enum CoordinateUnit: String, CaseIterable, Hashable, Sendable {
  /// Longitude and latitude in degrees: lengths are taken on the WGS 84 ellipsoid.
  case degrees
  /// Meters in a plane.
  case meters
}

/// The length of a straight edge in meters.
///
/// In degrees, the length on the ellipsoid of the line that is straight in longitude and latitude,
/// as RFC 7946 has edges: √((M dφ)² + (N cos φ dλ)²), by the midpoint rule on short edges (below a
/// part in 10⁸) and three Gauss points a degree on long ones.
func length(from a: Point, to b: Point, in unit: CoordinateUnit) -> Double {
  let (x, y) = (b.x - a.x, b.y - a.y)
  guard unit == .degrees else { return (x * x + y * y).squareRoot() }
  if abs(y) <= 0.02 { return metersLong(x, y, at: a.y + y / 2) }
  let steps = min(max(1, abs(y).rounded(.up)), 360)
  let step = y / steps
  var sum = 0.0
  for index in 0..<Int(steps) {
    let middle = a.y + (Double(index) + 0.5) * step
    let reach = step * 0.3872983346207417  // √(3/5) / 2
    sum +=
      5 * metersLong(x, y, at: middle - reach) + 8 * metersLong(x, y, at: middle)
      + 5 * metersLong(x, y, at: middle + reach)
  }
  return sum / (18 * steps)
}

/// The length in meters of a step in degrees, with the curvature at one latitude.
private func metersLong(_ x: Double, _ y: Double, at latitude: Double) -> Double {
  let sine = sineOfDegrees(min(90, max(-90, latitude)))
  let square = 1 - WGS84.eccentricitySquared * sine * sine
  let transverse = WGS84.semiMajor * 1000 / square.squareRoot()
  let meridional = transverse * (1 - WGS84.eccentricitySquared) / square
  let (east, north) = (x * transverse, y * meridional)
  return radiansPerDegree * (east * east * (1 - sine * sine) + north * north).squareRoot()
}

extension ArcTable {
  /// The length of each arc in meters.
  public func arcLengths(in unit: CoordinateUnit) -> [Double] {
    (0..<arcCount).map { arc in
      var sum = 0.0
      for index in starts[arc] + 1..<starts[arc + 1] {
        sum += length(from: points[index - 1], to: points[index], in: unit)
      }
      return sum
    }
  }
}
