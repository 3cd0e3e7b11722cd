// Quiebre · GeoCore
// What lies near: things by the square cell that they touch, cells folded to a table of fixed size.
// SPDX-License-Identifier: Apache-2.0

/// A square lattice whose cells are folded to a power of two of lists.
///
/// Many cells may share a list: whoever reads it sees more than was asked for and tests for itself.
/// So memory depends on the number of things, not on the extent of the layer.
struct CellLattice {
  let size: Double
  private let perUnit: Double
  private let origin: Point
  private let columnBits: Int
  private let columnMask: Int
  private let rowMask: Int

  /// - Parameters:
  ///   - size: The side of a cell; positive.
  ///   - origin: A corner of the layer's box.
  ///   - lists: How many lists at least.
  init(size: Double, origin: Point, lists: Int) {
    self.size = size
    self.origin = origin
    perUnit = 1 / size
    let bits = powerOfTwo(atLeast: lists).trailingZeroBitCount
    columnBits = bits / 2
    columnMask = 1 << columnBits - 1
    rowMask = 1 << (bits - columnBits) - 1
  }

  var listCount: Int { (rowMask + 1) << columnBits }

  /// Wider than rounding: with it, segments that cross share the cell of their crossing.
  var roundingReach: Double { size * 0x1p-20 }

  func column(_ x: Double) -> Int { whole((x - origin.x) * perUnit) }
  func row(_ y: Double) -> Int { whole((y - origin.y) * perUnit) }

  private func whole(_ value: Double) -> Int {
    // Far beyond any layer, so that a conversion never traps.
    Int(min(max(value, -0x1p52), 0x1p52).rounded(.down))
  }

  /// Cells repeat like tiles: what lies near in the layer lies near in memory.
  @inline(__always)
  func list(column: Int, row: Int) -> Int {
    (row & rowMask) &<< columnBits | (column & columnMask)
  }

  /// Calls `body` with the list of each cell that a segment passes within `reach`.
  @inline(__always)
  func forEachList(along a: Point, _ b: Point, reach: Double, _ body: (Int) -> Void) {
    let firstRow = row(min(a.y, b.y) - reach)
    let lastRow = row(max(a.y, b.y) + reach)
    let (west, east) = (min(a.x, b.x) - reach, max(a.x, b.x) + reach)
    if firstRow == lastRow {
      for column in column(west)...column(east) { body(list(column: column, row: firstRow)) }
      return
    }
    let slope = (b.x - a.x) / (b.y - a.y)
    let low = min(a.y, b.y)
    let high = max(a.y, b.y)
    for row in firstRow...lastRow {
      // The stretch of the segment in this row, a little wider than the row is high.
      let bottom = max(low, origin.y + Double(row) * size - reach)
      let top = min(high, origin.y + Double(row + 1) * size + reach)
      var start = west
      var end = east
      if slope.isFinite {
        let (first, second) = (a.x + (bottom - a.y) * slope, a.x + (top - a.y) * slope)
        start = max(west, min(first, second) - reach)
        end = min(east, max(first, second) + reach)
      }
      guard start <= end else { continue }
      for column in column(start)...column(end) { body(list(column: column, row: row)) }
    }
  }
}

/// Vertices by cell.
struct VertexCells {
  let lattice: CellLattice
  private var starts: [Int32]
  private var members: [Int32]
  /// The positions of the members, so that reading a list stays in one place.
  private var places: [Point]

  /// Lists the positions with the numbers given.
  init(_ vertices: [Int32], positions: [Point], lattice: CellLattice) {
    self.lattice = lattice
    var lists = [Int32](repeating: 0, count: vertices.count)
    starts = [Int32](repeating: 0, count: lattice.listCount + 1)
    for (index, vertex) in vertices.enumerated() {
      let position = positions[Int(vertex)]
      let list = lattice.list(column: lattice.column(position.x), row: lattice.row(position.y))
      lists[index] = Int32(list)
      starts[list + 1] += 1
    }
    for list in 1..<starts.count { starts[list] += starts[list - 1] }
    members = [Int32](repeating: 0, count: vertices.count)
    places = [Point](repeating: Point(x: 0, y: 0), count: vertices.count)
    var next = starts
    for (index, vertex) in vertices.enumerated() {
      let list = Int(lists[index])
      members[Int(next[list])] = vertex
      places[Int(next[list])] = positions[Int(vertex)]
      next[list] += 1
    }
  }

  /// The vertices of a list.
  @inline(__always)
  func forEach(inList list: Int, _ body: (Int32, Point) -> Void) {
    for index in Int(starts[list])..<Int(starts[list + 1]) { body(members[index], places[index]) }
  }

  /// The vertices in the cells that a square about a position meets; some twice, others too far.
  @inline(__always)
  func forEach(near position: Point, reach: Double, _ body: (Int32, Point) -> Void) {
    forEach(
      inWest: position.x - reach, south: position.y - reach, east: position.x + reach,
      north: position.y + reach, body)
  }

  /// The vertices in the cells that a box meets; some twice, others outside.
  @inline(__always)
  func forEach(
    inWest west: Double, south: Double, east: Double, north: Double,
    _ body: (Int32, Point) -> Void
  ) {
    let columns = lattice.column(west)...lattice.column(east)
    let rows = lattice.row(south)...lattice.row(north)
    guard columns.count <= lattice.listCount / rows.count else {
      for index in members.indices { body(members[index], places[index]) }
      return
    }
    for row in rows {
      for column in columns { forEach(inList: lattice.list(column: column, row: row), body) }
    }
  }
}
