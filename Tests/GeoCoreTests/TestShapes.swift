// Quiebre · GeoCoreTests
// Small shapes that tests build by hand.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// A ring from coordinate pairs, closed.
func ring(_ pairs: [(Double, Double)]) -> [Point] {
  let points = pairs.map { Point(x: $0.0, y: $0.1) }
  return points + points.prefix(1)
}

/// A rectangle, counter-clockwise from its south-west corner.
func box(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> MultiPolygon {
  MultiPolygon([
    Polygon(shell: ring([(minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY)]))
  ])
}

extension MultiPolygon {
  /// The shape moved.
  func moved(x: Double, y: Double) -> MultiPolygon {
    func moved(_ ring: [Point]) -> [Point] { ring.map { Point(x: $0.x + x, y: $0.y + y) } }
    return MultiPolygon(
      polygons.map { Polygon(shell: moved($0.shell), holes: $0.holes.map(moved)) })
  }
}

/// Whether a number is there and no further than `tolerance` from what is expected.
func near(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance
}

/// Reproducible numbers in 0..<1 for random shapes (Knuth's MMIX generator).
struct TestNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  mutating func next(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + next() * (range.upperBound - range.lowerBound)
  }
}
