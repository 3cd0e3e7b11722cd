// Quiebre · GeoCore
// Long edges cut into pieces, so that they bend under a projection.
// SPDX-License-Identifier: Apache-2.0

/// A ring whose edges are no longer than `maxSegment`, old points unchanged.
///
/// An edge is always cut from its lesser end, so two neighbors get the same points for a border
/// that they share, whatever their turning sense.
func densified(_ ring: [Point], maxSegment: Double) -> [Point] {
  guard maxSegment.isFinite, let first = ring.first else { return ring }
  var result = [first]
  for (a, b) in zip(ring, ring.dropFirst()) {
    let (width, height) = (b.x - a.x, b.y - a.y)
    let length = (width * width + height * height).squareRoot()
    let pieces = min((length / maxSegment).rounded(.up), 1e6)
    if pieces > 1 { result += innerPoints(from: a, to: b, pieces: Int(pieces)) }
    result.append(b)
  }
  return result
}

private func innerPoints(from a: Point, to b: Point, pieces: Int) -> [Point] {
  let forward = (a.x, a.y) < (b.x, b.y)
  let (low, high) = forward ? (a, b) : (b, a)
  let points = (1..<pieces).map { index in
    let share = Double(index) / Double(pieces)
    return Point(x: low.x + share * (high.x - low.x), y: low.y + share * (high.y - low.y))
  }
  return forward ? points : points.reversed()
}
