// Quiebre · GeoCore
// Fewer vertices along the borders of a layer, without a gap, an overlap or a lost shape.
// SPDX-License-Identifier: Apache-2.0

/// How far borders are simplified.
public enum SimplificationGoal: Hashable, Sendable {
  /// No vertex that is left out lies further than this from the new border, in meters.
  case within(meters: Double)
  /// At most this many points in all arcs, if topology allows.
  case points(Int)
}

/// What a simplification did.
public struct Simplification: Sendable {
  public let table: ArcTable
  /// Points of all arcs, nodes once per arc.
  public let before: Int
  public let after: Int
  /// How far the farthest vertex that was left out lies from the new border, in meters.
  public let farthest: Double
}

extension ArcTable {
  /// The table with fewer points between its nodes.
  ///
  /// Vertices go one by one (as with Visvalingam and Whyatt 1993), those first whose loss moves the border least, measured over all
  /// vertices that the new edge stands for. A vertex may go only if the triangle that it spans with
  /// its two neighbors holds no other vertex of the layer: then no border is swept over, so nodes,
  /// faces and the ground on either side stay as they are. Arcs between the same two nodes never
  /// become one line, and loops keep three corners.
  ///
  /// - Parameters:
  ///   - goal: Where to stop.
  ///   - unit: What the coordinates measure.
  /// - Returns: The new table, with the same arcs, nodes and faces.
  public func simplified(_ goal: SimplificationGoal, in unit: CoordinateUnit) -> Simplification {
    var run = VertexRemoval(self, unit: unit)
    switch goal {
    case .within(let meters): run.run(withinMeters: meters, downTo: 0)
    case .points(let count): run.run(withinMeters: .infinity, downTo: count)
    }
    var table = self
    table.keepPoints { !run.isRemoved[$0] }
    return Simplification(
      table: table, before: points.count, after: table.points.count, farthest: run.farthest)
  }

  /// Drops points inside arcs.
  mutating func keepPoints(_ isKept: (Int) -> Bool) {
    var kept: [Point] = []
    var newStarts = [0]
    for arc in 0..<arcCount {
      for index in starts[arc]..<starts[arc + 1] where isKept(index) { kept.append(points[index]) }
      newStarts.append(kept.count)
    }
    points = kept
    starts = newStarts
  }
}

/// The work of taking vertices away.
private struct VertexRemoval {
  private(set) var isRemoved: [Bool]
  private(set) var farthest = 0.0
  private let points: [Point]
  /// The points in meters about the middle of their arc.
  private let flat: [Point]
  /// The points kept before and after each one along its arc.
  private var before: [Int32]
  private var after: [Int32]
  private var cost: [Double]
  private var queue = CheapestFirst()
  private var left: Int
  private let cells: VertexCells
  private let arcOfPoint: [Int32]
  private var insideCount: [Int]
  private let ends: [(from: Int32, to: Int32)]
  /// Pairs of nodes that a straight arc joins.
  private var straight: Set<UInt64> = []

  init(_ table: ArcTable, unit: CoordinateUnit) {
    points = table.points
    ends = table.ends
    left = points.count
    isRemoved = [Bool](repeating: false, count: points.count)
    before = points.indices.map { Int32($0) - 1 }
    after = points.indices.map { Int32($0) + 1 }
    cost = [Double](repeating: .infinity, count: points.count)
    var arcs: [Int32] = []
    arcs.reserveCapacity(points.count)
    var flat: [Point] = []
    flat.reserveCapacity(points.count)
    insideCount = []
    for arc in 0..<table.arcCount {
      let part = table.arc(arc)
      arcs += [Int32](repeating: Int32(arc), count: part.count)
      flat += inMeters(part, unit)
      insideCount.append(part.count - 2)
      if part.count == 2 { straight.insert(Self.key(table.ends[arc])) }
    }
    arcOfPoint = arcs
    self.flat = flat
    cells = VertexCells(
      points.indices.map { Int32($0) }, positions: points, lattice: coarseLattice(points))
    for arc in 0..<table.arcCount {
      for index in table.starts[arc] + 1..<max(table.starts[arc] + 1, table.starts[arc + 1] - 1) {
        price(index)
      }
    }
  }

  private static func key(_ ends: (from: Int32, to: Int32)) -> UInt64 {
    let (low, high) = (min(ends.from, ends.to), max(ends.from, ends.to))
    return UInt64(UInt32(bitPattern: low)) << 32 | UInt64(UInt32(bitPattern: high))
  }

  mutating func run(withinMeters limit: Double, downTo count: Int) {
    while left > count, let (price, index) = queue.popCheapest() {
      guard price <= limit else { return }
      // Prices change when a neighbor goes; the last one counts.
      guard !isRemoved[index], price == cost[index], mayGo(index) else { continue }
      remove(index)
      farthest = max(farthest, price)
    }
  }

  /// How far the border moves at most where the point goes.
  private mutating func price(_ index: Int) {
    let (first, last) = (Int(before[index]), Int(after[index]))
    let (a, b) = (flat[first], flat[last])
    let (x, y) = (b.x - a.x, b.y - a.y)
    let squaredLength = x * x + y * y
    var worst = 0.0
    for point in first + 1..<last {
      let (u, v) = (flat[point].x - a.x, flat[point].y - a.y)
      let share = squaredLength > 0 ? min(1, max(0, (u * x + v * y) / squaredLength)) : 0
      let (dx, dy) = (u - share * x, v - share * y)
      worst = max(worst, dx * dx + dy * dy)
    }
    cost[index] = worst.squareRoot()
    queue.insert(cost[index], index)
  }

  /// Whether a point may go without a border being swept over or lost.
  private func mayGo(_ index: Int) -> Bool {
    let arc = Int(arcOfPoint[index])
    let isLoop = ends[arc].from == ends[arc].to
    guard insideCount[arc] > (isLoop ? 2 : 0) else { return false }
    if insideCount[arc] == 1, straight.contains(Self.key(ends[arc])) { return false }
    let a = points[Int(before[index])]
    let b = points[index]
    let c = points[Int(after[index])]
    let turn = orientation(a, b, c)
    // A vertex on the line takes nothing with it.
    guard turn != 0 else { return true }
    let west = min(a.x, b.x, c.x)
    let east = max(a.x, b.x, c.x)
    let south = min(a.y, b.y, c.y)
    let north = max(a.y, b.y, c.y)
    var isFree = true
    cells.forEach(inWest: west, south: south, east: east, north: north) { other, p in
      guard isFree, p.x >= west, p.x <= east, p.y >= south, p.y <= north,
        !isRemoved[Int(other)], p != a, p != b, p != c
      else { return }
      isFree =
        orientation(a, b, p) * turn < 0 || orientation(b, c, p) * turn < 0
        || orientation(c, a, p) * turn < 0
    }
    return isFree
  }

  private mutating func remove(_ index: Int) {
    let (first, last) = (Int(before[index]), Int(after[index]))
    let arc = Int(arcOfPoint[index])
    isRemoved[index] = true
    left -= 1
    after[first] = Int32(last)
    before[last] = Int32(first)
    insideCount[arc] -= 1
    if insideCount[arc] == 0 { straight.insert(Self.key(ends[arc])) }
    // The ends of an arc have an infinite price from the start.
    if cost[first] < .infinity { price(first) }
    if cost[last] < .infinity { price(last) }
  }
}

/// Points in meters about the middle of their arc.
private func inMeters(_ arc: ArraySlice<Point>, _ unit: CoordinateUnit) -> [Point] {
  guard unit == .degrees else { return Array(arc) }
  let (low, high) = arc.reduce((Double.infinity, -Double.infinity)) {
    (min($0.0, $1.y), max($0.1, $1.y))
  }
  let middle = low + (high - low) / 2
  let east = length(
    from: Point(x: 0, y: middle), to: Point(x: 1, y: middle), in: .degrees)
  let north =
    length(from: Point(x: 0, y: middle), to: Point(x: 0, y: middle + 0.001), in: .degrees) * 1000
  return arc.map { Point(x: $0.x * east, y: $0.y * north) }
}

/// Cells with a few points each on average.
private func coarseLattice(_ points: [Point]) -> CellLattice {
  let box = BoundingBox(around: points) ?? BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1)
  var sum = 0.0
  for (a, b) in zip(points, points.dropFirst()) {
    sum += min(abs(a.x - b.x) + abs(a.y - b.y), box.maxX - box.minX)
  }
  let size = 4 * sum / Double(max(1, points.count))
  return CellLattice(
    size: size > 0 ? size : 1, origin: Point(x: box.minX, y: box.minY), lists: points.count / 4)
}

/// A binary heap of numbers by price, the lower number first among equals.
private struct CheapestFirst {
  private var entries: [(price: Double, number: Int)] = []

  mutating func insert(_ price: Double, _ number: Int) {
    entries.append((price, number))
    var child = entries.count - 1
    while child > 0, precedes(entries[child], entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popCheapest() -> (Double, Int)? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    guard !entries.isEmpty else { return (first.price, first.number) }
    entries[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, precedes(entries[child + 1], entries[child]) { child += 1 }
      guard precedes(entries[child], entries[parent]) else { break }
      entries.swapAt(child, parent)
      parent = child
    }
    return (first.price, first.number)
  }

  private func precedes(_ a: (price: Double, number: Int), _ b: (price: Double, number: Int))
    -> Bool
  {
    a.price == b.price ? a.number < b.number : a.price < b.price
  }
}
