// Quiebre · quiebre-geodata
// Positions on a decimal lattice: whole numbers, so that borders are compared exactly.
// SPDX-License-Identifier: Apache-2.0

import Formats
import GeoCore

/// A position in units of 10⁻⁵ degree, about a meter.
struct LatticePoint: Hashable, Comparable, Sendable {
  static let decimals = 5
  static let unitsPerDegree = 100_000.0

  var x: Int64
  var y: Int64

  /// The nearest lattice position; `nil` if a coordinate isn't finite.
  init?(_ point: Point) {
    guard let x = DecimalScaling.scaled(point.x, decimals: Self.decimals),
      let y = DecimalScaling.scaled(point.y, decimals: Self.decimals)
    else { return nil }
    self.init(x: x, y: y)
  }

  init(x: Int64, y: Int64) {
    self.x = x
    self.y = y
  }

  var point: Point { Point(x: Double(x) / Self.unitsPerDegree, y: Double(y) / Self.unitsPerDegree) }

  static func < (a: Self, b: Self) -> Bool { a.x == b.x ? a.y < b.y : a.x < b.x }
  static func - (a: Self, b: Self) -> Self { Self(x: a.x - b.x, y: a.y - b.y) }

  /// Positive if `other` lies counterclockwise of this vector.
  func cross(_ other: Self) -> Int64 { x * other.y - y * other.x }
  func dot(_ other: Self) -> Int64 { x * other.x + y * other.y }
}

/// An edge with a direction; the ground of its owner lies to the left.
struct LatticeEdge: Hashable, Comparable, Sendable {
  let from: LatticePoint
  let to: LatticePoint

  var reversed: Self { Self(from: to, to: from) }

  static func < (a: Self, b: Self) -> Bool { a.from == b.from ? a.to < b.to : a.from < b.from }
}

/// Twice the signed area of a ring that doesn't repeat its first point; positive = counterclockwise.
func doubledArea(_ ring: [LatticePoint]) -> Int64 {
  guard let origin = ring.first else { return 0 }
  return zip(ring, ring.dropFirst()).reduce(0) { $0 + ($1.0 - origin).cross($1.1 - origin) }
}
