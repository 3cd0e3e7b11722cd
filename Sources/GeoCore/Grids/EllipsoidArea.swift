// Quiebre · GeoCore
// True areas on the WGS 84 ellipsoid, in closed form, without libm.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The WGS 84 ellipsoid (EPSG 7030): lengths in km.
enum WGS84 {
  static let semiMajor = 6378.137
  static let flattening = 1 / 298.257223563
  static let eccentricitySquared = flattening * (2 - flattening)
  static let semiMinor = semiMajor * (1 - flattening)

  /// The area between the equator and a latitude, per radian of longitude: km², south negative.
  ///
  /// b²/2 · (sin φ / (1 − e² sin² φ) + atanh(e sin φ) / e), e.g. Snyder 1987, eq. 3-12.
  static func zoneArea(toLatitude degrees: Double) -> Double {
    let sine = sineOfDegrees(degrees)
    let square = eccentricitySquared * sine * sine
    return semiMinor * semiMinor / 2 * sine * (1 / (1 - square) + atanhQuotient(ofSquare: square))
  }
}

extension Grid {
  /// The true area of one cell of each row, in km², on a longitude/latitude grid in degrees.
  ///
  /// Rows run from north to south. What lies beyond a pole has no area.
  public var rowAreas: [Double] { rowAreas(0..<rows) }

  /// The same for some rows.
  func rowAreas(_ some: Range<Int>) -> [Double] {
    let width = cellWidth * radiansPerDegree
    var upper = WGS84.zoneArea(toLatitude: latitude(ofEdge: some.lowerBound))
    return some.map { row in
      let lower = WGS84.zoneArea(toLatitude: latitude(ofEdge: row + 1))
      defer { upper = lower }
      return (upper - lower) * width
    }
  }

  private func latitude(ofEdge edge: Int) -> Double {
    min(90, max(-90, north - Double(edge) * cellHeight))
  }
}

extension MultiPolygon {
  /// The true area in km² of a shape in longitude and latitude, shells minus holes.
  ///
  /// Edges are straight in longitude and latitude, as RFC 7946 has them, not geodesics. Each
  /// contributes ∫ zone area dλ, by three-point Gauss quadrature over steps of at most a degree
  /// (error below 1e-13 of the area). Turning sense doesn't matter. Latitudes beyond ±90 count
  /// as the pole.
  public var ellipsoidalArea: Double {
    polygons.reduce(0) { sum, polygon in
      sum + abs(ringEllipsoidalArea(polygon.shell))
        - polygon.holes.reduce(0) { $0 + abs(ringEllipsoidalArea($1)) }
    }
  }
}

/// The signed area of a ring in km², positive when counter-clockwise.
func ringEllipsoidalArea(_ ring: [Point]) -> Double {
  guard let first = ring.first else { return 0 }
  // Zone areas count from the first point's latitude, so small rings keep their digits.
  let base = WGS84.zoneArea(toLatitude: min(90, max(-90, first.y)))
  var sum = 0.0
  for (a, b) in zip(ring, ring.dropFirst()) where a.x != b.x {
    sum += (b.x - a.x) * (meanZoneArea(from: a.y, to: b.y) - base)
  }
  return -sum * radiansPerDegree
}

/// The mean of the zone area over a latitude range.
///
/// For a range of up to 0.05° the value in the middle and the curvature there: what that leaves out,
/// the range's fourth power over 1,920, is below the last place.
func meanZoneArea(from start: Double, to end: Double) -> Double {
  if abs(end - start) <= 0.05 { return shortMeanZoneArea(from: start, to: end) }
  let steps = max(1, abs(end - start).rounded(.up))
  let step = (end - start) / steps
  var sum = 0.0
  for index in 0..<Int(min(steps, 360)) {
    let middle = start + (Double(index) + 0.5) * step
    let reach = step * 0.3872983346207417  // √(3/5) / 2
    sum +=
      5 * zone(middle - reach) + 8 * zone(middle) + 5 * zone(middle + reach)
  }
  return sum / (18 * min(steps, 360))
}

private func shortMeanZoneArea(from start: Double, to end: Double) -> Double {
  let middle = start + (end - start) / 2
  guard abs(middle) <= 89.9 else { return (zone(start) + 4 * zone(middle) + zone(end)) / 6 }
  let sine = sineOfDegrees(middle)
  let squared = sine * sine
  let square = WGS84.eccentricitySquared * squared
  let inverse = 1 / (1 - square)
  let polar = WGS84.semiMinor * WGS84.semiMinor
  let value = polar / 2 * sine * (inverse + atanhQuotient(ofSquare: square))
  // The second derivative of the zone area by latitude.
  let bend =
    polar * sine * (inverse * inverse)
    * (4 * WGS84.eccentricitySquared * (1 - squared) * inverse - 1)
  let width = (end - start) * radiansPerDegree
  return value + bend * (width * width) / 24
}

private func zone(_ latitude: Double) -> Double {
  WGS84.zoneArea(toLatitude: min(90, max(-90, latitude)))
}
