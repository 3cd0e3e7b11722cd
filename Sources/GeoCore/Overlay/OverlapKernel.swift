// Quiebre · GeoCore
// The ground that two shapes share, without building their intersection.
// SPDX-License-Identifier: Apache-2.0

/// Shared ground by Green's theorem: the integral along the pieces of each outline that lie inside
/// the other shape.
///
/// Which edges cross, and which way, is decided exactly, with the second shape shifted by an
/// infinitesimal (ε, ε²): no two edges are ever on one line, no vertex on an edge, and as the shift
/// goes to zero the ground is that of the shapes as they are. Crossing points are rounded, but both
/// outlines use the same one, so an error of theirs moves ground by a last place only. Nothing can
/// fail: common borders, touching corners and slivers are ordinary input.
///
/// One per thread, for its lists; what it gives depends on the two shapes alone.
struct OverlapKernel {
  private let unit: CoordinateUnit
  private var first = EdgeRuns()
  private var second = EdgeRuns()
  private var slabs = EdgeSlabs()
  /// Heights count from here.
  private var base = 0.0
  private var sum = 0.0
  /// All widths that entered the sum.
  private var width = 0.0

  init(unit: CoordinateUnit) { self.unit = unit }

  /// The shared ground in km²; 0 where it is within rounding of none.
  mutating func area(_ a: OverlayShape, _ b: OverlayShape) -> Double {
    guard let common = a.box.intersection(b.box) else { return 0 }
    first.gather(a, in: common)
    second.gather(b, in: common)
    // A shape whose box the other's outline doesn't enter lies inside or outside as a whole.
    if first.edges.isEmpty, second.edges.count == b.edgeCount {
      return Double(winding(of: b.points[0], in: a, isSecond: true)) * b.area
    }
    if second.edges.isEmpty, first.edges.count == a.edgeCount {
      return Double(winding(of: a.points[0], in: b, isSecond: false)) * a.area
    }
    base = first.edges.first.map { a.heights[Int($0)] } ?? b.heights[0]
    (sum, width) = (0, 0)
    addCrossings(a, b, common)
    addEdges(first, of: a, against: b, isSecond: false)
    addEdges(second, of: b, against: a, isSecond: true)
    let scale = squareKilometers(in: unit)
    // Each term is rounded some four times, at the size of the heights.
    let rounding = 0x1p-50 * width * abs(base)
    return abs(sum) > rounding ? sum * scale : 0
  }

  // MARK: Crossings

  private mutating func addCrossings(_ a: OverlayShape, _ b: OverlayShape, _ common: BoundingBox) {
    slabs.sort(second.edges, of: b, in: common)
    for place in first.edges.indices {
      let edge = Int(first.edges[place])
      let (p, q) = (a.points[edge], a.points[edge + 1])
      let (low, high) = (min(p.y, q.y), max(p.y, q.y))
      let (west, east) = (min(p.x, q.x), max(p.x, q.x))
      let lowest = slabs.slab(low)
      for slab in lowest...slabs.slab(high) {
        for entry in slabs.entries(in: slab) {
          let other = slabs.members[entry]
          guard other.west <= east, west <= other.east, other.low <= high, low <= other.high,
            slab == lowest || slab == other.slab
          else { continue }
          cross(a, place, p, q, b, Int(other.place))
        }
      }
    }
  }

  private mutating func cross(
    _ a: OverlayShape, _ place: Int, _ p: Point, _ q: Point, _ b: OverlayShape, _ otherPlace: Int
  ) {
    let edge = Int(second.edges[otherPlace])
    let (r, s) = (b.points[edge], b.points[edge + 1])
    let startSide = sideOfSecond(p, q, r)
    let endSide = sideOfSecond(p, q, s)
    guard startSide != endSide, sideOfFirst(r, s, p) != sideOfFirst(r, s, q) else { return }
    // The second edge goes from the first one's right to its left: into the first shape.
    let enters = endSide > 0
    let point = crossingPoint(p, q, r, s)
    second.turns[otherPlace] += enters ? 1 : -1
    first.turns[place] -= enters ? 1 : -1
    addPiece(from: point, to: s, times: enters ? 1 : -1)
    addPiece(from: point, to: q, times: enters ? -1 : 1)
  }

  private mutating func addPiece(from start: Point, to end: Point, times factor: Double) {
    add(end.x - start.x, meanHeight(from: start.y, to: end.y, in: unit), times: factor)
  }

  @inline(__always)
  private mutating func add(_ step: Double, _ height: Double, times factor: Double) {
    sum -= factor * (step * (height - base))
    width += abs(step)
  }

  // MARK: Whole edges

  /// Adds every edge as often as the other shape holds its start; the pieces after crossings were
  /// added with these.
  private mutating func addEdges(
    _ runs: EdgeRuns, of shape: OverlayShape, against other: OverlayShape, isSecond: Bool
  ) {
    for run in runs.runs {
      let ring = shape.rings[run.ring]
      var turns = 0
      if run.places.count == ring.last - ring.first {
        turns = winding(of: shape.points[ring.first], in: other, isSecond: isSecond)
      } else if Int(runs.edges[run.places.lowerBound]) == ring.first {
        turns = runs.turnsAtEnd(ofRing: run.ring, ring)
      }
      for place in run.places {
        let edge = Int(runs.edges[place])
        if turns != 0 {
          let step = shape.points[edge + 1].x - shape.points[edge].x
          add(step, shape.heights[edge], times: Double(turns))
        }
        turns += Int(runs.turns[place])
      }
    }
  }
}

/// The edges of a shape that meet a box, in the order of its rings.
struct EdgeRuns {
  /// Edges in a row.
  struct Run {
    let ring: Int
    var places: Range<Int>
  }

  /// Numbers of the points that they start at.
  private(set) var edges: [Int32] = []
  /// By how much each edge changes how often the other shape holds the outline.
  var turns: [Int32] = []
  private(set) var runs: [Run] = []

  /// Starts anew with the edges whose boxes meet a box.
  mutating func gather(_ shape: OverlayShape, in box: BoundingBox) {
    edges.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    for (index, ring) in shape.rings.enumerated() {
      var start = ring.first
      var chunk = ring.chunk
      var isOpen = false
      while start < ring.last {
        let end = min(ring.last, start + OverlayShape.chunk)
        if shape.chunks[chunk].intersects(box) {
          for edge in start..<end {
            guard box.meets(shape.points[edge], shape.points[edge + 1]) else {
              isOpen = false
              continue
            }
            append(edge, ring: index, continuing: isOpen)
            isOpen = true
          }
        } else {
          isOpen = false
        }
        (start, chunk) = (end, chunk + 1)
      }
    }
    turns.removeAll(keepingCapacity: true)
    turns.append(contentsOf: repeatElement(0, count: edges.count))
  }

  private mutating func append(_ edge: Int, ring: Int, continuing: Bool) {
    let place = edges.count
    edges.append(Int32(edge))
    if continuing {
      runs[runs.count - 1].places = runs[runs.count - 1].places.lowerBound..<place + 1
    } else {
      runs.append(Run(ring: ring, places: place..<place + 1))
    }
  }

  /// How often the other shape holds the closing point of a ring that the box holds in part: what
  /// the run up to it adds to 0, its start being outside.
  func turnsAtEnd(ofRing number: Int, _ ring: OverlayShape.Ring) -> Int {
    guard let run = runs.last(where: { $0.ring == number }),
      Int(edges[run.places.upperBound - 1]) == ring.last - 1
    else { return 0 }
    return run.places.reduce(0) { $0 + Int(turns[$1]) }
  }
}
