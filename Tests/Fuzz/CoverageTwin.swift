// Quiebre · Fuzz
// Covered fractions of made-up shapes against cell-by-cell clipping.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// Reads a grid and rings out of the bytes and compares every cell with its slow twin.
func compareCoverage(_ bytes: [UInt8]) {
  guard bytes.count >= 10 else { return }
  let side = [1, 0.5, 0.1, 0.01, 1.0 / 3][Int(bytes[0]) % 5]
  let origin = [0, -76.5, 179.9, 1e4][Int(bytes[1]) % 4]
  let (columns, rows) = (1 + Int(bytes[2]) % 7, 1 + Int(bytes[3]) % 7)
  let grid = Grid(
    columns: columns, rows: rows, west: origin, north: 10, cellWidth: side, cellHeight: side)
  // Vertices on eighths of cells, up to two cells outside the grid; a byte of 255 ends a ring.
  var rings: [[Point]] = [[]]
  for pair in stride(from: 4, to: bytes.count - 1, by: 2) {
    if bytes[pair] == 255 {
      rings.append([])
      continue
    }
    let (x, y) = (Double(bytes[pair] % 96) / 8 - 2, Double(bytes[pair + 1] % 96) / 8 - 2)
    rings[rings.count - 1].append(Point(x: origin + x * side, y: 10 - y * side))
  }
  for ring in rings.prefix(3) where ring.count >= 3 { compare(ring + [ring[0]], on: grid, side) }
}

private func compare(_ ring: [Point], on grid: Grid, _ side: Double) {
  let area = signedArea(ring)
  // Loops that cancel out have no inside.
  guard abs(area) > 1e-6 * side * side else { return }
  // Each edge adds an error of some last digit of the coordinates; 1e-9 is promised of short rings.
  let digit = (abs(grid.west) + 10) / side * 0x1p-52
  let tolerance = 1e-9 + digit * Double(ring.count)
  let found = coverage(of: MultiPolygon([Polygon(shell: ring, holes: [])]), on: grid)
  for row in 0..<grid.rows {
    for column in 0..<grid.columns {
      let (west, north) = (
        grid.west + Double(column) * side, grid.north - Double(row) * side
      )
      var cut = ring
      cut = half(cut) { $0.x - west }
      cut = half(cut) { west + side - $0.x }
      cut = half(cut) { north - $0.y }
      cut = half(cut) { $0.y - (north - side) }
      let expected = (area > 0 ? 1 : -1) * signedArea(cut) / (side * side)
      let own = found.fraction(row: row, column: column)
      precondition(
        abs(own - expected) < tolerance, "cell \(row), \(column): \(own), not \(expected)")
    }
  }
}

/// The part of a ring where `inside` is not negative (Sutherland and Hodgman).
private func half(_ ring: [Point], _ inside: (Point) -> Double) -> [Point] {
  guard !ring.isEmpty else { return [] }
  var kept: [Point] = []
  for (a, b) in zip(ring, ring.dropFirst()) {
    let (from, to) = (inside(a), inside(b))
    if from >= 0 { kept.append(a) }
    if (from >= 0) != (to >= 0) {
      let share = from / (from - to)
      kept.append(Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y)))
    }
  }
  if let first = kept.first { kept.append(first) }
  return kept
}

private func signedArea(_ ring: [Point]) -> Double {
  guard let anchor = ring.first else { return 0 }
  return zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
    sum
      + ((edge.0.x - anchor.x) * (edge.1.y - anchor.y) - (edge.1.x - anchor.x)
        * (edge.0.y - anchor.y))
      / 2
  }
}
