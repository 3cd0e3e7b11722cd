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
    func isFinite(_ ring: [Point], isShell: Bool) -> Bool {
      let facts = RingFacts(ring)
      points += ring.count
      signs.append((facts.area > 0) == isShell && facts.area != 0 ? 1 : -1)
      area += isShell ? abs(facts.area) : -abs(facts.area)
      if isShell, let part = facts.box { box = box?.union(part) ?? part }
      return facts.isFinite
    }
    for polygon in shape.polygons {
      guard isFinite(polygon.shell, isShell: true) else { return nil }
      for hole in polygon.holes {
        guard isFinite(hole, isShell: false) else { return nil }
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
    let start = SIMD2(origin.x, origin.y)
    var (low, high) = (start, start)
    var doubled = 0.0
    var previous = SIMD2<Double>()
    // An infinity or NaN taken from itself is NaN, and stays in the sum.
    var blemish = SIMD2<Double>()
    unsafe ring.withUnsafeBufferPointer { points in
      for index in 0..<points.count {
        let point = unsafe SIMD2(points[index].x, points[index].y)
        blemish += point - point
        let current = point - start
        let crossed = previous * SIMD2(current.y, current.x)
        doubled += crossed.x - crossed.y
        previous = current
        low.replace(with: point, where: point .< low)
        high.replace(with: point, where: point .> high)
      }
    }
    area = doubled / 2
    isFinite = blemish.x == 0 && blemish.y == 0
    box = BoundingBox(minX: low.x, minY: low.y, maxX: high.x, maxY: high.y)
  }
}
