// Quiebre · GeoFiles
// What every format must keep: closed rings of four positions, degrees where degrees are said.
// SPDX-License-Identifier: Apache-2.0

/// How a ring arrived.
enum RingState {
  case closed
  /// The first position was appended.
  case wasOpen
  case tooShort
}

/// Closes a ring that doesn't return to its first position.
func closeRing(_ positions: inout [SIMD2<Double>]) -> RingState {
  let isClosed = positions.first == positions.last
  guard positions.count >= (isClosed ? 4 : 3) else { return .tooShort }
  guard !isClosed else { return .closed }
  positions.append(positions[0])
  return .wasOpen
}

/// Checks that positions are longitude and latitude in degrees.
///
/// A rounding beyond the antimeridian or a pole, up to 10⁻⁶ degrees, is brought back to it.
///
/// - Parameters:
///   - positions: Of one ring, or a point.
///   - isWide: Set if an edge spans more than half the globe, though not a whole parallel.
/// - Returns: The largest magnitudes along both axes if they cannot be degrees, else `nil`.
func settleDegreesInPlace(
  _ positions: inout [SIMD2<Double>], isWide: inout Bool
) -> SIMD2<Double>? {
  var largest = SIMD2<Double>(0, 0)
  for position in positions {
    let magnitude = SIMD2(abs(position.x), abs(position.y))
    largest.replace(with: magnitude, where: magnitude .> largest)
  }
  if largest.x > 90, hasWideEdge(positions) { isWide = true }
  let bounds = SIMD2<Double>(180, 90)
  guard any(largest .> bounds) else { return nil }
  guard all(largest .<= bounds + 1e-6) else { return largest }
  for index in positions.indices {
    positions[index].clamp(lowerBound: -bounds, upperBound: bounds)
  }
  return nil
}

private func hasWideEdge(_ positions: [SIMD2<Double>]) -> Bool {
  zip(positions, positions.dropFirst()).contains { a, b in
    let span = abs(b.x - a.x)
    return span > 180 && span < 359.999
  }
}
