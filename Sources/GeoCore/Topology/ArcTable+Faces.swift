// Quiebre · GeoCore
// The faces between arcs, and which shapes each of them lies in.
// SPDX-License-Identifier: Apache-2.0

extension ArcTable {
  /// Walks around all faces, nests what isn't connected and counts the shapes over each face.
  mutating func findFaces() {
    faces = [Face(owners: [], rings: [])]
    faceOfHalf = [Int32](repeating: -1, count: 2 * arcCount)
    let parts = connectedParts()
    var outerRings: [(area: Double, half: Int32)?] = Array(
      repeating: nil, count: parts.count)
    var rings: [(area: Double, half: Int32)] = []
    var isSeen = [Bool](repeating: false, count: 2 * arcCount)
    for half in 0..<Int32(2 * arcCount) where !isSeen[Int(half)] {
      let area = markRing(half, &isSeen)
      rings.append((area, half))
      let part = parts.ofNode[Int(origin(ofHalf: half))]
      // Of the rings of a connected part, the one around all of it runs clockwise.
      if area < outerRings[part]?.area ?? .infinity { outerRings[part] = (area, half) }
    }
    for ring in rings
    where outerRings[parts.ofNode[Int(origin(ofHalf: ring.half))]]?.half != ring.half {
      assign(ring.half, to: faces.count)
      faces.append(Face(owners: [], rings: [ring.half]))
    }
    nest(outerRings.map { $0?.half ?? 0 }, parts)
    countOwners()
  }

  /// Marks the half-arcs of a ring and gives twice its area in the plane.
  private func markRing(_ first: Int32, _ isSeen: inout [Bool]) -> Double {
    let center = nodes[Int(origin(ofHalf: first))]
    var sum = 0.0
    var half = first
    repeat {
      isSeen[Int(half)] = true
      let swept = doubledArea(underArc: Int(half) / 2, from: center)
      sum += half & 1 == 0 ? swept : -swept
      half = following[Int(half)]
    } while half != first
    return sum
  }

  /// Twice the area between an arc and a point.
  private func doubledArea(underArc arc: Int, from origin: Point) -> Double {
    var sum = 0.0
    var previous = points[starts[arc]]
    for index in starts[arc] + 1..<starts[arc + 1] {
      let current = points[index]
      sum +=
        (previous.x - origin.x) * (current.y - origin.y)
        - (current.x - origin.x) * (previous.y - origin.y)
      previous = current
    }
    return sum
  }

  private mutating func assign(_ first: Int32, to face: Int) {
    var half = first
    repeat {
      faceOfHalf[Int(half)] = Int32(face)
      half = following[Int(half)]
    } while half != first
  }

  /// Which nodes hang together, and the western end of each part.
  private struct Parts {
    var count = 0
    /// The part of each node.
    var ofNode: [Int]
    /// The westernmost point of each part.
    var west: [Point] = []
  }

  private func connectedParts() -> Parts {
    var parts = Parts(ofNode: [Int](repeating: -1, count: nodes.count))
    for start in nodes.indices where parts.ofNode[start] < 0 {
      var west = nodes[start]
      var waiting = [start]
      parts.ofNode[start] = parts.count
      while let node = waiting.popLast() {
        for half in spokes[node] {
          for point in arc(Int(half) / 2) where precedes(point, west) { west = point }
          let other = Int(origin(ofHalf: half ^ 1))
          if parts.ofNode[other] < 0 {
            parts.ofNode[other] = parts.count
            waiting.append(other)
          }
        }
      }
      parts.count += 1
      parts.west.append(west)
    }
    return parts
  }

  /// Gives the outer ring of each part to the face that the part lies in.
  private mutating func nest(_ outerRings: [Int32], _ parts: Parts) {
    let eastward = halvesEastward(of: parts)
    for part in (0..<parts.count).sorted(by: { precedes(parts.west[$0], parts.west[$1]) }) {
      // What lies west of a part's western end was nested before it.
      let face = eastward[part].map { Int(faceOfHalf[Int($0)]) } ?? ArcTable.unbounded
      assign(outerRings[part], to: face)
      faces[face].rings.append(outerRings[part])
    }
  }

  /// For each part the half-arc that its western end sees due west, with its left side to the east.
  private func halvesEastward(of parts: Parts) -> [Int32?] {
    guard parts.count > 1 else { return Array(repeating: nil, count: parts.count) }
    let order = (0..<parts.count).sorted { parts.west[$0].y < parts.west[$1].y }
    let levels = order.map { parts.west[$0].y }
    var best = [(x: Double, low: Point, high: Point, half: Int32)?](
      repeating: nil, count: parts.count)
    for arc in 0..<arcCount {
      for index in starts[arc] + 1..<starts[arc + 1] {
        let (a, b) = (points[index - 1], points[index])
        let rises = b.y > a.y
        let (low, high) = rises ? (a, b) : (b, a)
        var position = lowerBound(of: low.y, in: levels)
        while position < levels.count, levels[position] < high.y {
          let part = order[position]
          let y = levels[position]
          position += 1
          let x = low.x + (y - low.y) / (high.y - low.y) * (high.x - low.x)
          guard orientation(low, high, parts.west[part]) < 0 else { continue }
          if let old = best[part], !isEast(low, high, x, of: old.low, old.high, old.x) { continue }
          // Due east of an edge that rises lies its right side.
          best[part] = (x, low, high, Int32(2 * arc + (rises ? 1 : 0)))
        }
      }
    }
    return best.map { $0?.half }
  }

  /// Whether one rising edge passes east of another just above a level that both meet, at `x` and
  /// at `oldX`.
  private func isEast(
    _ low: Point, _ high: Point, _ x: Double, of oldLow: Point, _ oldHigh: Point, _ oldX: Double
  ) -> Bool {
    if low == oldLow { return orientation(oldLow, oldHigh, high) < 0 }
    if high == oldHigh { return orientation(oldLow, oldHigh, low) < 0 }
    return x > oldX
  }

  /// Spreads from the outside: crossing an arc adds the shapes on its left and drops those on its
  /// right.
  private mutating func countOwners() {
    var turns = [[(owner: Int32, count: Int32)]?](repeating: nil, count: faces.count)
    turns[ArcTable.unbounded] = []
    var waiting = [ArcTable.unbounded]
    while let face = waiting.popLast() {
      for first in faces[face].rings {
        var half = first
        repeat {
          let other = Int(faceOfHalf[Int(half ^ 1)])
          if turns[other] == nil {
            // From the left of `half` to its right: the sides of the half-arc come off.
            turns[other] = crossed(turns[face] ?? [], half)
            waiting.append(other)
          }
          half = following[Int(half)]
        } while half != first
      }
    }
    for face in faces.indices {
      faces[face].owners = (turns[face] ?? []).compactMap { $0.count > 0 ? Int($0.owner) : nil }
    }
  }

  /// The turns of shapes around a face, after a step from the left of a half-arc to its right.
  private func crossed(
    _ turns: [(owner: Int32, count: Int32)], _ half: Int32
  ) -> [(owner: Int32, count: Int32)] {
    var result = turns
    for entry in entries(ofArc: Int(half) / 2) {
      let step = half & 1 == 0 ? -sides[entry] : sides[entry]
      let index = result.firstIndex { $0.owner >= owners[entry] } ?? result.count
      if index < result.count, result[index].owner == owners[entry] {
        result[index].count += step
        if result[index].count == 0 { result.remove(at: index) }
      } else {
        result.insert((owners[entry], step), at: index)
      }
    }
    return result
  }
}

/// The first index whose level is not below `level`.
private func lowerBound(of level: Double, in levels: [Double]) -> Int {
  var (low, high) = (0, levels.count)
  while low < high {
    let middle = (low + high) / 2
    if levels[middle] < level { low = middle + 1 } else { high = middle }
  }
  return low
}
