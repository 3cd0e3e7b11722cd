// Quiebre · GeoCore
// Shapes put together again from the arcs around them, alone or joined to groups.
// SPDX-License-Identifier: Apache-2.0

extension ArcTable {
  /// The shapes of the layer over the vertices of the table: neighbors have the same vertices along
  /// their border.
  ///
  /// Shells come counter-clockwise, holes clockwise, rings touch themselves nowhere; the order of
  /// polygons is that of the table. Empty for a shape that has no ground.
  public func shapes() -> [MultiPolygon] { dissolved(Array(0..<shapeCount), count: shapeCount) }

  /// The union of the shapes of each group, without the borders inside it.
  ///
  /// - Parameters:
  ///   - groups: The group of each shape, 0 to `count` − 1; −1 for none.
  ///   - count: How many groups there are.
  /// - Returns: One shape per group; empty for a group without ground.
  /// - Complexity: O(points).
  public func dissolved(_ groups: [Int], count: Int) -> [MultiPolygon] {
    precondition(
      groups.count == shapeCount && groups.allSatisfy { $0 < count }, "a group per shape")
    let members = faces.map { face in
      Set(face.owners.map { groups[$0] }).filter { $0 >= 0 }.sorted()
    }
    var borders = [[Int32]](repeating: [], count: count)
    for half in 0..<Int32(2 * arcCount) {
      let outside = members[Int(faceOfHalf[Int(half ^ 1)])]
      for group in members[Int(faceOfHalf[Int(half)])] where !outside.contains(group) {
        borders[group].append(half)
      }
    }
    var group = [Int32](repeating: -1, count: 2 * arcCount)
    return borders.enumerated().map { number, halves in
      for half in halves { group[Int(half)] = Int32(number) }
      return shape(of: halves) { group[Int($0)] == Int32(number) }
    }
  }

  /// The polygons with some half-arcs around them, ground on the left.
  private func shape(of halves: [Int32], isBorder: (Int32) -> Bool) -> MultiPolygon {
    var isUsed: Set<Int32> = []
    var shells: [[Point]] = []
    var holes: [[Point]] = []
    for start in halves where !isUsed.contains(start) {
      for halves in simpleRings(from: start, &isUsed, isBorder) {
        let ring = ring(halves)
        if ringAreaSign(ring) < 0 { holes.append(ring) } else { shells.append(ring) }
      }
    }
    var polygons = shells.map { Polygon(shell: $0) }
    for hole in holes {
      let around = shells.count == 1 ? 0 : smallestShell(around: hole, shells)
      if let around { polygons[around].holes.append(hole) }
    }
    return MultiPolygon(polygons)
  }

  /// The rings of one walk with the ground on its left, cut where the walk comes back to a node.
  private func simpleRings(
    from start: Int32, _ isUsed: inout Set<Int32>, _ isBorder: (Int32) -> Bool
  ) -> [[Int32]] {
    var rings: [[Int32]] = []
    var path: [Int32] = []
    var half = start
    repeat {
      isUsed.insert(half)
      path.append(half)
      let node = origin(ofHalf: half ^ 1)
      if let first = path.lastIndex(where: { origin(ofHalf: $0) == node }) {
        rings.append(Array(path[first...]))
        path.removeSubrange(first...)
      }
      // The first border clockwise from where the walk came keeps to the same ground.
      half = following[Int(half)]
      while !isBorder(half) { half = following[Int(half ^ 1)] }
    } while half != start
    return rings
  }
}

/// The smallest of some rings around another.
private func smallestShell(around hole: [Point], _ shells: [[Point]]) -> Int? {
  let edge = Point(x: (hole[0].x + hole[1].x) / 2, y: (hole[0].y + hole[1].y) / 2)
  let around = shells.indices.filter { encloses(shells[$0], edge) }
  return around.min { abs(signedArea(of: shells[$0])) < abs(signedArea(of: shells[$1])) }
}

/// Whether a point lies inside a ring, by the number of edges east of it.
private func encloses(_ ring: [Point], _ point: Point) -> Bool {
  var inside = false
  for (a, b) in zip(ring, ring.dropFirst()) where (a.y > point.y) != (b.y > point.y) {
    let (low, high) = a.y < b.y ? (a, b) : (b, a)
    if orientation(low, high, point) > 0 { inside.toggle() }
  }
  return inside
}
