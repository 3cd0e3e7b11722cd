// Quiebre · quiebre-geodata
// Two grids made from scored places: children per cell and their risk.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// Children per cell and the risk of a child there, on one grid.
struct RiskSurface: Sendable {
  let grid: Grid
  /// Persons; NaN outside the departments.
  let children: [Double]
  /// Shares; NaN outside the departments.
  let risk: [Double]
}

/// A place with the chance that a child who lives there works.
struct ScoredPlace: Sendable {
  let position: Point
  let children: Double
  let risk: Double
}

/// Spreads places over cells.
///
/// The children of a place go to the four cells around it in proportion to nearness (bilinear),
/// cells outside the departments left out. Where children live, a cell's risk is the mean over
/// them, so the mean over all children is that of the places. Elsewhere it is the mean of the
/// eight nearest places, weighted by the inverse square of distance.
func riskSurface(places: [ScoredPlace], departments: [GeoDepartment], grid: Grid) -> RiskSurface {
  let ground = touchedCells(departments, grid)
  var children = ground.map { $0 ? 0 : Double.nan }
  var working = children
  for place in places {
    for (cell, part) in shares(of: place.position, on: grid, ground: ground) {
      children[cell] += place.children * part
      working[cell] += place.children * part * place.risk
    }
  }
  let index = PlaceIndex(places)
  var risk = [Double](repeating: .nan, count: ground.count)
  for cell in ground.indices where ground[cell] {
    risk[cell] =
      children[cell] > 0
      ? working[cell] / children[cell]
      : index.interpolatedRisk(
        at: grid.center(row: cell / grid.columns, column: cell % grid.columns))
  }
  return RiskSurface(grid: grid, children: children, risk: risk)
}

/// The grid of whole steps that holds the departments.
func gridAround(_ departments: [GeoDepartment], cellsPerDegree: Int) -> Grid? {
  guard let box = departments.compactMap(\.shape.boundingBox).reduceUnion() else { return nil }
  let steps = Double(cellsPerDegree)
  let west = (box.minX * steps).rounded(.down)
  let east = (box.maxX * steps).rounded(.up)
  let south = (box.minY * steps).rounded(.down)
  let north = (box.maxY * steps).rounded(.up)
  return Grid(
    columns: Int(east - west), rows: Int(north - south), west: west / steps, north: north / steps,
    cellWidth: 1 / steps, cellHeight: 1 / steps)
}

extension [BoundingBox] {
  fileprivate func reduceUnion() -> BoundingBox? {
    guard let first else { return nil }
    return dropFirst().reduce(first) { $0.union($1) }
  }
}

/// Which cells a department touches with more than its outline.
private func touchedCells(_ departments: [GeoDepartment], _ grid: Grid) -> [Bool] {
  var ground = [Bool](repeating: false, count: grid.rows * grid.columns)
  for department in departments {
    let cover = coverage(of: department.shape, on: grid)
    for row in 0..<cover.rows {
      for column in 0..<cover.columns where cover.fractions[row * cover.columns + column] > 0 {
        ground[(cover.firstRow + row) * grid.columns + cover.firstColumn + column] = true
      }
    }
  }
  return ground
}

/// The cells that take a place's children, with parts that sum to 1.
private func shares(
  of position: Point, on grid: Grid, ground: [Bool]
) -> [(cell: Int, part: Double)] {
  let x = (position.x - grid.west) / grid.cellWidth - 0.5
  let y = (grid.north - position.y) / grid.cellHeight - 0.5
  let (left, top) = (x.rounded(.down), y.rounded(.down))
  var result: [(cell: Int, part: Double)] = []
  var sum = 0.0
  for (row, partY) in [(Int(top), 1 - (y - top)), (Int(top) + 1, y - top)] {
    for (column, partX) in [(Int(left), 1 - (x - left)), (Int(left) + 1, x - left)] {
      guard (0..<grid.rows).contains(row), (0..<grid.columns).contains(column) else { continue }
      let cell = row * grid.columns + column
      guard ground[cell], partX * partY > 0 else { continue }
      result.append((cell, partX * partY))
      sum += partX * partY
    }
  }
  guard sum > 0 else { return [(nearestCell(to: position, on: grid, ground: ground), 1)] }
  return result.map { ($0.cell, $0.part / sum) }
}

/// The cell of the departments whose center is nearest; the first in row order among equals.
private func nearestCell(to position: Point, on grid: Grid, ground: [Bool]) -> Int {
  var best = (cell: 0, distance: Double.infinity)
  for cell in ground.indices where ground[cell] {
    let center = grid.center(row: cell / grid.columns, column: cell % grid.columns)
    let distance = squaredDistance(center, position)
    if distance < best.distance { best = (cell, distance) }
  }
  return best.cell
}

/// Places in bins of a quarter degree.
private struct PlaceIndex {
  private static let binsPerDegree = 4.0
  private static let neighbors = 8
  private let places: [ScoredPlace]
  private var bins: [LatticePoint: [Int]] = [:]

  init(_ places: [ScoredPlace]) {
    self.places = places
    for (index, place) in places.enumerated() {
      bins[Self.bin(of: place.position), default: []].append(index)
    }
  }

  func interpolatedRisk(at point: Point) -> Double {
    var near: [(distance: Double, index: Int)] = []
    var reach: Int64 = 1
    // Places beyond the searched bins may be nearer than those in its corners: one ring more.
    var missing = true
    while missing {
      missing = near.count < min(Self.neighbors, places.count)
      near = candidates(around: point, reach: reach)
      reach += 1
    }
    near.sort { $0.distance == $1.distance ? $0.index < $1.index : $0.distance < $1.distance }
    var sum = 0.0
    var weights = 0.0
    for (distance, index) in near.prefix(Self.neighbors) {
      let weight = 1 / max(distance, 1e-12)
      sum += weight * places[index].risk
      weights += weight
    }
    return sum / weights
  }

  private func candidates(around point: Point, reach: Int64) -> [(distance: Double, index: Int)] {
    let home = Self.bin(of: point)
    var result: [(distance: Double, index: Int)] = []
    for x in (home.x - reach)...(home.x + reach) {
      for y in (home.y - reach)...(home.y + reach) {
        for index in bins[LatticePoint(x: x, y: y)] ?? [] {
          result.append((squaredDistance(places[index].position, point), index))
        }
      }
    }
    return result
  }

  private static func bin(of point: Point) -> LatticePoint {
    LatticePoint(
      x: Int64((point.x * binsPerDegree).rounded(.down)),
      y: Int64((point.y * binsPerDegree).rounded(.down)))
  }
}
