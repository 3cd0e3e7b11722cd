// Quiebre · GeoCore
// Boxes packed in a tree, sort-tile-recursive: which of many boxes meet one.
// SPDX-License-Identifier: Apache-2.0

/// A packed tree of boxes, eight to a node, without pointers.
///
/// Leutenegger et al. 1997: boxes are cut into strips by the middle of their x, strips are sorted
/// by the middle of their y, and each eight in a row make a node.
struct BoxTree: Sendable {
  private static let fanOut = 8
  /// Which box each leaf is.
  private var items: [Int32]
  /// The leaves' boxes, then the nodes over each eight of them, and so on to the root.
  private var levels: [[BoundingBox]]

  /// Packs the boxes; `nil` stands for none.
  ///
  /// - Complexity: O(n log n).
  init(_ boxes: [BoundingBox?]) {
    var keyed: [(item: Int32, box: BoundingBox)] = []
    keyed.reserveCapacity(boxes.count)
    for (index, box) in boxes.enumerated() {
      if let box { keyed.append((Int32(index), box)) }
    }
    Self.tile(&keyed)
    items = keyed.map(\.item)
    levels = [keyed.map(\.box)]
    while let last = levels.last, last.count > 1 {
      levels.append(
        stride(from: 0, to: last.count, by: Self.fanOut).map { start in
          last[start..<min(last.count, start + Self.fanOut)].reduce(last[start]) { $0.union($1) }
        })
    }
  }

  private static func tile(_ keyed: inout [(item: Int32, box: BoundingBox)]) {
    let nodes = (keyed.count + fanOut - 1) / fanOut
    let strips = Int(Double(nodes).squareRoot().rounded(.up))
    guard strips > 0 else { return }
    let width = (nodes + strips - 1) / strips * fanOut
    // Equal middles go by number, so that the tree doesn't depend on the sorting method.
    keyed.sort {
      ($0.box.minX + $0.box.maxX, $0.item) < ($1.box.minX + $1.box.maxX, $1.item)
    }
    for start in stride(from: 0, to: keyed.count, by: width) {
      keyed[start..<min(keyed.count, start + width)].sort {
        ($0.box.minY + $0.box.maxY, $0.item) < ($1.box.minY + $1.box.maxY, $1.item)
      }
    }
  }

  /// The boxes that meet a box, in ascending order; touching counts.
  func items(meeting box: BoundingBox) -> [Int] {
    var found: [Int] = []
    if let top = levels.last, !top.isEmpty { search(levels.count - 1, 0, box, &found) }
    found.sort()
    return found
  }

  private func search(
    _ level: Int, _ node: Int, _ box: BoundingBox, _ found: inout [Int]
  ) {
    guard levels[level][node].intersects(box) else { return }
    if level == 0 {
      found.append(Int(items[node]))
      return
    }
    let first = node * Self.fanOut
    for child in first..<min(levels[level - 1].count, first + Self.fanOut) {
      search(level - 1, child, box, &found)
    }
  }
}
