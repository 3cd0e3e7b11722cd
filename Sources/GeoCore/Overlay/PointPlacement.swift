// Quiebre · GeoCore
// Which shape each point lies in.
// SPDX-License-Identifier: Apache-2.0

/// The shape of each point, and how many points lie in more than one.
public struct PointPlacement: Hashable, Sendable {
  /// Per point, the lowest index of a shape that holds it; `nil` outside all shapes.
  public let indices: [Int?]
  /// Points that lie in two shapes or more, which a coverage without overlaps doesn't have.
  public let inSeveral: Int
}

/// The lowest index of a shape that holds each point; `nil` outside all shapes.
///
/// See ``pointPlacement(of:in:)`` for the rule on borders.
public func polygonIndex(of points: [Point], in shapes: [MultiPolygon?]) -> [Int?] {
  pointPlacement(of: points, in: shapes).indices
}

/// Places points in shapes by exact ray crossing (even-odd over all rings of a shape).
///
/// Border rule: a point on a border lies in the shape to the east of it; on a level border, in
/// the shape to the north. So a point on a border that two neighbors share lies in exactly one of
/// them, and one on the outer border to the east or north lies in none. A point with NaN lies in
/// none.
///
/// - Complexity: O(shapes' points) to index, then about O(1) shapes and edges per point.
public func pointPlacement(of points: [Point], in shapes: [MultiPolygon?]) -> PointPlacement {
  let index = ShapeIndex(shapes)
  var edges = [EdgeTable?](repeating: nil, count: shapes.count)
  var inSeveral = 0
  let indices = points.map { point -> Int? in
    var found: Int?
    for candidate in index.candidates(at: point) {
      guard let shape = shapes[candidate] else { continue }
      let table = edges[candidate] ?? EdgeTable(shape)
      edges[candidate] = table
      guard table.holds(point) else { continue }
      if found != nil {
        inSeveral += 1
        break
      }
      found = candidate
    }
    return found
  }
  return PointPlacement(indices: indices, inSeveral: inSeveral)
}

/// Shapes by the bins of a coarse grid that their boxes touch.
struct ShapeIndex {
  private let frame: BoundingBox?
  private let side: Int
  private var bins: [[Int]] = []
  private let boxes: [BoundingBox?]

  init(_ shapes: [MultiPolygon?]) { self.init(boxes: shapes.map { $0?.boundingBox }) }

  init(boxes: [BoundingBox?]) {
    self.boxes = boxes
    frame = boxes.reduce(nil as BoundingBox?) { frame, box in
      guard let box else { return frame }
      return frame?.union(box) ?? box
    }
    side = max(1, min(512, Int(Double(boxes.count).squareRoot()) * 2))
    guard frame != nil else { return }
    bins = Array(repeating: [], count: side * side)
    for (index, box) in boxes.enumerated() {
      guard let box else { continue }
      for bin in binRange(of: box) { bins[bin].append(index) }
    }
  }

  /// The shapes whose boxes hold the point, in ascending order.
  func candidates(at point: Point) -> [Int] {
    guard let frame, frame.contains(point) else { return [] }
    return bins[row(point.y) * side + column(point.x)].filter { boxes[$0]?.contains(point) == true }
  }

  /// The shapes whose boxes meet the box, in ascending order.
  func candidates(meeting box: BoundingBox) -> [Int] {
    guard let frame, frame.intersects(box) else { return [] }
    let found = binRange(of: box).flatMap { bins[$0] }
    return Set(found).filter { boxes[$0]?.intersects(box) == true }.sorted()
  }

  private func binRange(of box: BoundingBox) -> [Int] {
    let columns = column(box.minX)...column(box.maxX)
    return (row(box.minY)...row(box.maxY)).flatMap { row in columns.map { row * side + $0 } }
  }

  private func column(_ x: Double) -> Int {
    guard let frame else { return 0 }
    return bin(x, from: frame.minX, to: frame.maxX)
  }

  private func row(_ y: Double) -> Int {
    guard let frame else { return 0 }
    return bin(y, from: frame.minY, to: frame.maxY)
  }

  private func bin(_ value: Double, from low: Double, to high: Double) -> Int {
    guard high > low else { return 0 }
    return Int(min(Double(side - 1), max(0, (value - low) / (high - low) * Double(side))))
  }
}

/// The edges of a shape, by horizontal slabs.
struct EdgeTable {
  private let bottom: Double
  private let top: Double
  private var slabs: [[(a: Point, b: Point)]]

  init(_ shape: MultiPolygon) {
    let box = shape.boundingBox
    bottom = box?.minY ?? 0
    top = box?.maxY ?? 0
    slabs = Array(repeating: [], count: max(1, min(1024, shape.pointCount / 8)))
    for polygon in shape.polygons {
      for ring in polygon.rings {
        for (a, b) in zip(ring, ring.dropFirst()) where a.y != b.y {
          for slab in slab(min(a.y, b.y))...slab(max(a.y, b.y)) { slabs[slab].append((a, b)) }
        }
      }
    }
  }

  /// Whether an eastward ray from the point crosses an odd number of edges.
  func holds(_ point: Point) -> Bool {
    guard point.y >= bottom, point.y <= top else { return false }
    var inside = false
    for (a, b) in slabs[slab(point.y)] where (a.y > point.y) != (b.y > point.y) {
      // The point lies west of an upward edge when it is to its left.
      let turn = orientation(a, b, point)
      if b.y > a.y ? turn > 0 : turn < 0 { inside.toggle() }
    }
    return inside
  }

  private func slab(_ y: Double) -> Int {
    guard top > bottom else { return 0 }
    let position = (y - bottom) / (top - bottom) * Double(slabs.count)
    return Int(min(Double(slabs.count - 1), max(0, position)))
  }
}
