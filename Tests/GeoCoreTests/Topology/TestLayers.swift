// Quiebre · GeoCoreTests
// Layers whose neighbors are known from how they are built.
// SPDX-License-Identifier: Apache-2.0

@testable import GeoCore

/// A layer and its neighbors by construction.
struct KnownLayer {
  var shapes: [MultiPolygon?]
  /// Pairs that share a corner or more, and the length that they share.
  var pairs: [NeighborPair]

  /// A chessboard of unit squares, numbered by rows from the south-west.
  static func chessboard(
    columns: Int, rows: Int, side: Double = 1, at corner: Point = Point(x: 0, y: 0)
  ) -> KnownLayer {
    var shapes: [MultiPolygon?] = []
    var pairs: [NeighborPair] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let (x, y) = (corner.x + Double(column) * side, corner.y + Double(row) * side)
        let (east, north) = (
          corner.x + Double(column + 1) * side, corner.y + Double(row + 1) * side
        )
        let number = shapes.count
        shapes.append(box(x, y, east, north))
        for (right, up, length) in [(1, 0, side), (-1, 1, 0), (0, 1, side), (1, 1, 0)] {
          guard (0..<columns).contains(column + right), row + up < rows else { continue }
          pairs.append(
            NeighborPair(
              first: number, second: number + right + up * columns, sharedLength: length))
        }
      }
    }
    return KnownLayer(shapes: shapes, pairs: pairs)
  }

  /// Bricks of 2 × 1, each row half a brick further than the one below: every corner of a row lies
  /// on an edge of the next, and no four bricks meet.
  static func brickWall(columns: Int, rows: Int, unit: Double = 1) -> KnownLayer {
    var shapes: [MultiPolygon?] = []
    var pairs: [NeighborPair] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let west = unit * Double(2 * column + row % 2)
        let number = shapes.count
        shapes.append(box(west, unit * Double(row), west + 2 * unit, unit * Double(row + 1)))
        if column + 1 < columns {
          pairs.append(NeighborPair(first: number, second: number + 1, sharedLength: unit))
        }
        // An even row lies half a brick west of the row above it.
        for above in row % 2 == 0 ? [column - 1, column] : [column, column + 1]
        where row + 1 < rows && (0..<columns).contains(above) {
          pairs.append(
            NeighborPair(
              first: number, second: (row + 1) * columns + above, sharedLength: unit))
        }
      }
    }
    return KnownLayer(shapes: shapes, pairs: pairs)
  }

  /// The layer with every vertex of every shape off by up to `reach` on each axis, on its own.
  func shaken(by reach: Double, seed: UInt64) -> KnownLayer {
    var numbers = TestNumbers(seed: seed)
    var result = self
    result.shapes = shapes.map { shape in
      shape.map { shape in
        MultiPolygon(
          shape.polygons.map { polygon in
            let moved = polygon.shell.dropLast().map {
              Point(
                x: $0.x + numbers.next(in: -reach...reach),
                y: $0.y + numbers.next(in: -reach...reach))
            }
            return Polygon(shell: moved + moved.prefix(1), holes: polygon.holes)
          })
      }
    }
    return result
  }

  /// The pairs in the order of a result, without lengths.
  var links: [[Int]] {
    pairs.map { [$0.first, $0.second] }.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
  }
}

/// A rectangle split at random again and again: T-junctions everywhere.
func randomSplit(depth: Int, seed: UInt64) -> [MultiPolygon?] {
  var numbers = TestNumbers(seed: seed)
  var boxes = [BoundingBox(minX: 0, minY: 0, maxX: 8, maxY: 8)]
  for _ in 0..<depth {
    boxes = boxes.flatMap { old -> [BoundingBox] in
      var (low, high) = (old, old)
      // Eighths of whole numbers, so that cuts of neighbors meet or miss by far.
      let share = Double(Int(numbers.next(in: 2...6))) / 8
      if numbers.next() < 0.5 {
        low.maxX = old.minX + (old.maxX - old.minX) * share
        high.minX = low.maxX
      } else {
        low.maxY = old.minY + (old.maxY - old.minY) * share
        high.minY = low.maxY
      }
      return [low, high]
    }
  }
  return boxes.map { box($0.minX, $0.minY, $0.maxX, $0.maxY) }
}

extension Contiguity {
  var links: [[Int]] { pairs.map { [$0.first, $0.second] } }
  var rookLinks: [[Int]] { pairs(.rook).map { [$0.first, $0.second] } }
}
