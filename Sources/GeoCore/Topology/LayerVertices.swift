// Quiebre · GeoCore
// The rings of a layer as numbered vertices, each position once.
// SPDX-License-Identifier: Apache-2.0

/// The rings of all shapes of a layer over one list of vertices.
struct LayerVertices {
  /// Each position once, in order of first use.
  private(set) var positions: [Point] = []
  /// All rings back to back as vertex numbers, closing points left out; shells run
  /// counter-clockwise, holes clockwise.
  private(set) var corners: [Int32] = []
  private(set) var rings: [Ring] = []

  /// One ring of a shape.
  struct Ring {
    /// Index of the shape in the layer.
    let owner: Int32
    /// Its part of `corners`.
    let range: Range<Int>
  }

  /// - Throws: ``ShapeError`` for a coordinate that is not finite.
  init(_ shapes: [MultiPolygon?]) throws(ShapeError) {
    let count = shapes.reduce(0) { $0 + ($1?.pointCount ?? 0) }
    positions.reserveCapacity(count / 2)
    corners.reserveCapacity(count)
    var numbers = PositionTable(capacity: count)
    for (owner, shape) in shapes.enumerated() {
      for polygon in shape?.polygons ?? [] {
        try append(polygon.shell, owner: owner, sense: 1, &numbers)
        for hole in polygon.holes { try append(hole, owner: owner, sense: -1, &numbers) }
      }
    }
  }

  private mutating func append(
    _ ring: [Point], owner: Int, sense: Int, _ numbers: inout PositionTable
  ) throws(ShapeError) {
    let start = corners.count
    for point in ring {
      // Adding 0 turns −0 to 0, so that equal positions have equal bits.
      let position = Point(x: point.x + 0, y: point.y + 0)
      guard position.x.isFinite, position.y.isFinite else {
        throw ShapeError(index: owner, message: "a coordinate is not finite")
      }
      let number = numbers.number(of: position, in: &positions)
      if corners.count == start || corners[corners.count - 1] != number { corners.append(number) }
    }
    if corners.count > start + 1, corners[start] == corners[corners.count - 1] {
      corners.removeLast()
    }
    guard corners.count > start + 2 else {
      corners.removeSubrange(start...)
      return
    }
    if ringAreaSign(ring) == -sense { corners[start...].reverse() }
    rings.append(Ring(owner: Int32(owner), range: start..<corners.count))
  }
}

/// Finds the number of a position: open addressing over the bits of its coordinates.
private struct PositionTable {
  private var slots: [Int32]
  private let mask: Int

  init(capacity: Int) {
    let size = powerOfTwo(atLeast: 2 * capacity)
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
  }

  mutating func number(of position: Point, in positions: inout [Point]) -> Int32 {
    var slot =
      Int(truncatingIfNeeded: scrambled(position.x.bitPattern, position.y.bitPattern)) & mask
    while true {
      let number = slots[slot]
      if number < 0 { break }
      if positions[Int(number)] == position { return number }
      slot = (slot &+ 1) & mask
    }
    let number = Int32(positions.count)
    slots[slot] = number
    positions.append(position)
    return number
  }
}

/// The smallest power of two that is not below `count`, and at least 16.
func powerOfTwo(atLeast count: Int) -> Int {
  var size = 16
  while size < count { size *= 2 }
  return size
}

/// Two words stirred to one, with the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func scrambled(_ a: UInt64, _ b: UInt64) -> UInt64 {
  var word = a &* 0x9E37_79B9_7F4A_7C15 ^ (b &* 0xC2B2_AE3D_27D4_EB4F &>> 7) ^ b
  word = (word ^ (word &>> 30)) &* 0xBF58_476D_1CE4_E5B9
  word = (word ^ (word &>> 27)) &* 0x94D0_49BB_1331_11EB
  return word ^ (word &>> 31)
}

/// Whether `a` lies west of `b`, or south of it on the same meridian: the order of the table.
func precedes(_ a: Point, _ b: Point) -> Bool { a.x == b.x ? a.y < b.y : a.x < b.x }

/// The square of the distance of two positions.
func squaredDistance(_ a: Point, _ b: Point) -> Double {
  let (x, y) = (a.x - b.x, a.y - b.y)
  return x * x + y * y
}
