// Quiebre · GeoCore
// A shape made ready for the join: what one pass over its points tells.
// SPDX-License-Identifier: Apache-2.0

/// A shape with the block of cells that it touches.
struct ZonalShape: Sendable {
  /// In the grid's coordinates, finite.
  let shape: MultiPolygon
  /// Cells that its box touches; `nil` if it misses the grid.
  let window: CellWindow?
  /// Area of the shape in cells, in and outside the grid.
  let areaInCells: Double
  /// Fractions below this are rounding errors of this shape's sums.
  let noise: Double
  /// For each ring in turn, shell before holes: the sign that makes shells add and holes take away.
  let ringSigns: [Double]

  /// Makes a shape ready.
  ///
  /// - Returns: `nil` if a coordinate is not finite.
  init?(_ shape: MultiPolygon, on grid: Grid) {
    var box: BoundingBox?
    var area = 0.0
    var points = 0
    var signs: [Double] = []
    for polygon in shape.polygons {
      for (index, ring) in polygon.rings.enumerated() {
        let facts = RingFacts(ring)
        guard facts.isFinite else { return nil }
        points += ring.count
        let isShell = index == 0
        signs.append((facts.area > 0) == isShell && facts.area != 0 ? 1 : -1)
        area += isShell ? abs(facts.area) : -abs(facts.area)
        if isShell, let part = facts.box { box = box?.union(part) ?? part }
      }
    }
    self.shape = shape
    window = box.flatMap { CellWindow(of: $0, on: grid) }
    areaInCells = area * (1 / grid.cellWidth) * (1 / grid.cellHeight)
    noise = min(1e-9, 1e-15 * Double(16 + points + (window?.columns ?? 0)))
    ringSigns = signs
  }
}

/// What one pass over a ring tells.
private struct RingFacts {
  /// Signed, positive when counter-clockwise; as ``signedArea(of:)``.
  private(set) var area = 0.0
  /// `nil` without points.
  private(set) var box: BoundingBox?
  private(set) var isFinite = true

  init(_ ring: [Point]) {
    guard let origin = ring.first else { return }
    var doubled = 0.0
    var (previousX, previousY) = (0.0, 0.0)
    var (minX, minY, maxX, maxY) = (origin.x, origin.y, origin.x, origin.y)
    // An infinity or NaN taken from itself is NaN, and stays in the sum.
    var blemish = 0.0
    for point in ring {
      blemish += (point.x - point.x) + (point.y - point.y)
      let (x, y) = (point.x - origin.x, point.y - origin.y)
      doubled += previousX * y - x * previousY
      (previousX, previousY) = (x, y)
      minX = point.x < minX ? point.x : minX
      maxX = point.x > maxX ? point.x : maxX
      minY = point.y < minY ? point.y : minY
      maxY = point.y > maxY ? point.y : maxY
    }
    area = doubled / 2
    isFinite = blemish == 0
    box = BoundingBox(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
  }
}
