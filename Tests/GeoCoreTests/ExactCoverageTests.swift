// Quiebre · GeoCoreTests
// Covered fractions against rational arithmetic, cell by cell, with vertices on cell edges.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import GeoCore

/// A position on a decimal lattice: whole numbers of 1/10,000 of a unit.
private struct Lattice: Hashable {
  var x: Int
  var y: Int

  static let perUnit = 10_000

  /// The nearest double of the decimal, as a file with four decimals is read.
  var point: Point {
    Point(x: Double(x) / Double(Lattice.perUnit), y: Double(y) / Double(Lattice.perUnit))
  }
}

/// Covered fractions by integrals over each edge and cell in 128-bit rational numbers.
///
/// Below, an edge adds to a cell the area to its east, ∫ (right − clamp(x(y), left, right)) dy. It is
/// cut where it enters and leaves the cell; every cut has the denominator dx or dy, so an edge's
/// part is a fraction over 2·dx·dy, exact in 128 bits. Only the sum over edges is rounded, in units of
/// 2⁻⁴⁰ lattice areas: 1e-16 of the smallest cell here.
private struct ExactTwin {
  let rings: [(points: [Lattice], isShell: Bool)]

  func fraction(left: Int, right: Int, bottom: Int, top: Int) -> Double {
    var sum: Int128 = 0
    for ring in rings {
      var part: Int128 = 0
      for (a, b) in zip(ring.points, ring.points.dropFirst()) {
        part += eastArea(a, b, left: left, right: right, bottom: bottom, top: top)
      }
      // A downward edge counts positive: that is a shell that runs counter-clockwise.
      let sign: Int128 = (doubledArea(ring.points) > 0) == ring.isShell ? 1 : -1
      sum += sign * part
    }
    let cell = Double((right - left) * (top - bottom))
    return Double(sum) / Double(Int128(1) << 40) / cell
  }

  private func doubledArea(_ ring: [Lattice]) -> Int {
    zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
  }

  /// The signed area in the cell to the east of an edge, in 2⁻⁴⁰ lattice areas.
  private func eastArea(
    _ a: Lattice, _ b: Lattice, left: Int, right: Int, bottom: Int, top: Int
  ) -> Int128 {
    guard a.y != b.y else { return 0 }
    let (low, high) = a.y < b.y ? (a, b) : (b, a)
    let (start, end) = (max(low.y, bottom), min(high.y, top))
    guard start < end else { return 0 }
    let dx = Int128(high.x - low.x)
    let dy = Int128(high.y - low.y)
    // Heights in units of 1/|dx| (1 for upright edges), where x(y) passes left and right.
    let unit = dx == 0 ? 1 : abs(dx)
    var cuts = [Int128(start) * unit, Int128(end) * unit]
    if dx != 0 {
      for side in [left, right] {
        let height = Int128(low.y) * unit + (Int128(side - low.x) * dy) * (dx > 0 ? 1 : -1)
        if height > cuts[0], height < Int128(end) * unit { cuts.append(height) }
      }
    }
    cuts.sort()
    var area: Int128 = 0
    for (from, to) in zip(cuts, cuts.dropFirst()) where from < to {
      // x at both ends in units of 1/(unit·dy).
      let scale = unit * dy
      let clamped = [from, to].map { height -> Int128 in
        let x = Int128(low.x) * scale + (height - Int128(low.y) * unit) * dx
        return min(max(x, Int128(left) * scale), Int128(right) * scale)
      }
      // (to − from)/unit · (right − mean x): over 2·unit·unit·dy.
      let numerator = (to - from) * (2 * Int128(right) * scale - clamped[0] - clamped[1])
      let denominator = 2 * unit * scale
      let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
      area += (whole << 40) + (rest << 40) / denominator
    }
    return a.y > b.y ? area : -area
  }
}

/// A ring around a middle, some of its vertices put on edges or corners of cells.
private func raggedRing(
  _ numbers: inout TestNumbers, middle: Lattice, reach: Int, cell: Int
) -> [Lattice] {
  let directions = [
    (4, 0), (3, 1), (3, 3), (1, 3), (0, 4), (-1, 3), (-3, 3), (-3, 1), (-4, 0), (-3, -1), (-3, -3),
    (-1, -3), (0, -4), (1, -3), (3, -3), (3, -1),
  ]
  var ring = directions.map { direction -> Lattice in
    let length = Int(numbers.next(in: 0.2...1) * Double(reach))
    var vertex = Lattice(
      x: middle.x + direction.0 * length / 4, y: middle.y + direction.1 * length / 4)
    if numbers.next() < 0.5 { vertex.x = Int((Double(vertex.x) / Double(cell)).rounded()) * cell }
    if numbers.next() < 0.5 { vertex.y = Int((Double(vertex.y) / Double(cell)).rounded()) * cell }
    return vertex
  }
  ring.append(ring[0])
  return ring
}

@Suite struct ExactCoverageTests {
  struct Lattices: CustomTestStringConvertible, Sendable {
    /// Cell in 1/10,000.
    let cell: Int
    let west: Int
    let tolerance: Double
    var testDescription: String { "cells of \(cell)/10000 from \(west)/10000" }
  }

  /// Cells of 1, ½, ¼ and 1/8 lie on doubles, of 0.1, 0.05, 0.01, 0.0025 and 0.001 don't.
  static let lattices =
    [10_000, 5_000, 2_500, 1_250].map { Lattices(cell: $0, west: -820_000, tolerance: 1e-12) }
    + [1_000, 500, 100, 25, 10].flatMap { cell in
      [
        Lattices(cell: cell, west: -820_000, tolerance: 1e-9),
        Lattices(cell: cell, west: -813_000, tolerance: 1e-9),
      ]
    }

  @Test(arguments: lattices)
  func fractionsAreThoseOfRationalArithmetic(_ lattice: Lattices) {
    var numbers = TestNumbers(seed: UInt64(lattice.cell + lattice.west * -3))
    let cell = lattice.cell
    let north = 10_000
    let grid = Grid(
      columns: 200, rows: 200, west: Double(lattice.west) / 10_000, north: 1,
      cellWidth: Double(cell) / 10_000, cellHeight: Double(cell) / 10_000)
    var worst = 0.0
    for _ in 0..<12 {
      let middle = Lattice(
        x: lattice.west + Int(numbers.next(in: 60...140) * Double(cell)),
        y: north - Int(numbers.next(in: 60...140) * Double(cell)))
      let shell = raggedRing(&numbers, middle: middle, reach: 12 * cell, cell: cell)
      let hole = raggedRing(&numbers, middle: middle, reach: 3 * cell, cell: cell)
      let shape = MultiPolygon([Polygon(shell: shell.map(\.point), holes: [hole.map(\.point)])])
      let twin = ExactTwin(rings: [(shell, true), (hole, false)])
      let covered = coverage(of: shape, on: grid)
      for row in 0..<covered.rows {
        for column in 0..<covered.columns {
          let left = lattice.west + (covered.firstColumn + column) * cell
          let top = north - (covered.firstRow + row) * cell
          let exact = twin.fraction(left: left, right: left + cell, bottom: top - cell, top: top)
          worst = max(worst, abs(covered.fractions[row * covered.columns + column] - exact))
        }
      }
      #expect(abs(covered.sum - shape.planarArea / grid.cellWidth / grid.cellHeight) < 1e-9)
    }
    #expect(worst <= lattice.tolerance)
  }

  /// The twin itself: a triangle over half of one cell and an eighth of the next, by hand.
  @Test func theTwinKnowsATriangle() {
    let ring = [(0, 0), (20_000, 0), (0, 10_000), (0, 0)].map { Lattice(x: $0.0, y: $0.1) }
    let twin = ExactTwin(rings: [(ring, true)])
    // Under the line y = 1 − x/2: ¾ of the first cell, ¼ of the second.
    #expect(twin.fraction(left: 0, right: 10_000, bottom: 0, top: 10_000) == 0.75)
    #expect(twin.fraction(left: 10_000, right: 20_000, bottom: 0, top: 10_000) == 0.25)
    #expect(twin.fraction(left: 20_000, right: 30_000, bottom: 0, top: 10_000) == 0)
  }
}
