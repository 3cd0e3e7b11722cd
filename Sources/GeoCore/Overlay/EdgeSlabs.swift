// Quiebre · GeoCore
// Edges sorted into level slabs, so that each is compared with those at its height only.
// SPDX-License-Identifier: Apache-2.0

/// Edges by the slabs of a box that they pass through.
struct EdgeSlabs {
  struct Member {
    var west = 0.0
    var east = 0.0
    var low = 0.0
    var high = 0.0
    /// The lowest slab of the edge.
    var slab: Int32 = 0
    var place: Int32 = 0
  }

  private(set) var members: [Member] = []
  private var starts: [Int32] = []
  private var fill: [Int32] = []
  private var bottom = 0.0
  private var perUnit = 0.0
  private var count = 1

  /// Sorts edges anew.
  mutating func sort(_ edges: [Int32], of shape: OverlayShape, in box: BoundingBox) {
    count = max(1, min(1024, edges.count / 4))
    bottom = box.minY
    let height = box.maxY - box.minY
    perUnit = height > 0 ? Double(count) / height : 0
    if !perUnit.isFinite { perUnit = 0 }
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: count + 1))
    for edge in edges {
      let (p, q) = (shape.points[Int(edge)], shape.points[Int(edge) + 1])
      for slab in slab(min(p.y, q.y))...slab(max(p.y, q.y)) { starts[slab + 1] += 1 }
    }
    for slab in 1...count { starts[slab] += starts[slab - 1] }
    fill.removeAll(keepingCapacity: true)
    fill.append(contentsOf: starts)
    let total = Int(starts[count])
    if members.count < total {
      members.append(contentsOf: repeatElement(Member(), count: total - members.count))
    }
    for (place, edge) in edges.enumerated() {
      let (p, q) = (shape.points[Int(edge)], shape.points[Int(edge) + 1])
      let (low, high) = (min(p.y, q.y), max(p.y, q.y))
      let lowest = slab(low)
      let member = Member(
        west: min(p.x, q.x), east: max(p.x, q.x), low: low, high: high, slab: Int32(lowest),
        place: Int32(place))
      for slab in lowest...slab(high) {
        members[Int(fill[slab])] = member
        fill[slab] += 1
      }
    }
  }

  /// The slab of a height, the outermost ones for what lies beyond.
  @inline(__always)
  func slab(_ y: Double) -> Int {
    Int(min(Double(count - 1), max(0, (y - bottom) * perUnit)))
  }

  @inline(__always)
  func entries(in slab: Int) -> Range<Int> { Int(starts[slab])..<Int(starts[slab + 1]) }
}
