// Quiebre · GeoCore
// Which shapes of a layer are neighbors, and how long a border they share.
// SPDX-License-Identifier: Apache-2.0

/// What makes two shapes neighbors.
public enum ContiguityRule: String, CaseIterable, Hashable, Sendable {
  /// A common point is enough: an edge or a corner.
  case queen
  /// A common border of some length, or common ground.
  case rook
}

/// Two shapes that touch or overlap.
public struct NeighborPair: Hashable, Sendable {
  /// Indices in the layer, the lower one first.
  public let first: Int
  public let second: Int
  /// Length of the common border in meters; 0 for shapes that share corners only.
  ///
  /// Where the shapes overlap, half the outline of the common ground counts.
  public let sharedLength: Double

  public init(first: Int, second: Int, sharedLength: Double) {
    self.first = first
    self.second = second
    self.sharedLength = sharedLength
  }
}

/// The neighbors in a layer.
public struct Contiguity: Hashable, Sendable {
  public let shapeCount: Int
  /// All pairs that share a point, by first and second shape.
  public let pairs: [NeighborPair]

  public init(shapeCount: Int, pairs: [NeighborPair]) {
    self.shapeCount = shapeCount
    self.pairs = pairs
  }

  /// The pairs that a rule counts.
  public func pairs(_ rule: ContiguityRule) -> [NeighborPair] {
    rule == .queen ? pairs : pairs.filter { $0.sharedLength > 0 }
  }

  /// The neighbors of each shape, ascending.
  public func neighbors(_ rule: ContiguityRule) -> [[Int]] {
    var lists = [[Int]](repeating: [], count: shapeCount)
    for pair in pairs(rule) {
      lists[pair.first].append(pair.second)
      lists[pair.second].append(pair.first)
    }
    return lists.map { $0.sorted() }
  }

  /// Shapes without a neighbor, ascending; shapes that the layer lacks are among them.
  public func islands(_ rule: ContiguityRule) -> [Int] {
    let lists = neighbors(rule)
    return lists.indices.filter { lists[$0].isEmpty }
  }
}

extension ArcTable {
  /// The neighbors in the layer.
  ///
  /// - Parameter unit: What the coordinates measure, for lengths.
  /// - Returns: All pairs that share a point, with the length that they share.
  public func contiguity(in unit: CoordinateUnit) -> Contiguity {
    var meetings: [Meeting] = []
    meetings.reserveCapacity(4 * arcCount)
    for face in faces where face.owners.count > 1 {
      appendPairs(of: face.owners, to: &meetings)
    }
    for (arc, length) in arcLengths(in: unit).enumerated() {
      let (left, right) = sidesOfArc(arc)
      appendMeetings(faces[left].owners, faces[right].owners, length, to: &meetings)
    }
    for node in nodes.indices where spokes[node].count > 2 {
      var around: [Int] = []
      for half in spokes[node] { around += faces[Int(faceOfHalf[Int(half)])].owners }
      around.sort()
      appendPairs(of: around, to: &meetings)
    }
    return Contiguity(shapeCount: shapeCount, pairs: joined(&meetings))
  }

  /// Two shapes that meet somewhere, and how long.
  private struct Meeting {
    let pair: UInt64
    let length: Double
  }

  private func appendPairs(of owners: [Int], to meetings: inout [Meeting]) {
    for (index, first) in owners.enumerated() {
      for second in owners[(index + 1)...] where second != first {
        meetings.append(Meeting(pair: key(first, second), length: 0))
      }
    }
  }

  /// Shapes that an arc parts meet along it; shapes that overlap on one side of it only meet there
  /// half, since the other half of the outline of their common ground bounds the other.
  private func appendMeetings(
    _ left: [Int], _ right: [Int], _ length: Double, to meetings: inout [Meeting]
  ) {
    for first in left where !right.contains(first) {
      for second in right where !left.contains(second) {
        meetings.append(Meeting(pair: key(first, second), length: length))
      }
    }
    appendOverlaps(of: left, endingAt: right, length / 2, to: &meetings)
    appendOverlaps(of: right, endingAt: left, length / 2, to: &meetings)
  }

  private func appendOverlaps(
    of owners: [Int], endingAt others: [Int], _ length: Double, to meetings: inout [Meeting]
  ) {
    guard owners.count > 1 else { return }
    for (index, first) in owners.enumerated() {
      for second in owners[(index + 1)...]
      where !others.contains(first) || !others.contains(second) {
        meetings.append(Meeting(pair: key(first, second), length: length))
      }
    }
  }

  private func key(_ a: Int, _ b: Int) -> UInt64 { UInt64(min(a, b)) << 32 | UInt64(max(a, b)) }

  private func joined(_ meetings: inout [Meeting]) -> [NeighborPair] {
    // Equal lengths may swap, all others have one order: the sums don't depend on it.
    meetings.sort { $0.pair == $1.pair ? $0.length < $1.length : $0.pair < $1.pair }
    var pairs: [NeighborPair] = []
    var index = 0
    while index < meetings.count {
      let pair = meetings[index].pair
      var length = 0.0
      while index < meetings.count, meetings[index].pair == pair {
        length += meetings[index].length
        index += 1
      }
      pairs.append(
        NeighborPair(
          first: Int(pair >> 32), second: Int(pair & 0xFFFF_FFFF), sharedLength: length))
    }
    return pairs
  }
}
