// Quiebre · GeoCore
// Two layers laid over each other, with all ground accounted for: shared, left over, counted twice.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Ground that two shapes of one layer share.
public struct LayerPair: Hashable, Sendable {
  /// Indices in the layer, the lower one first.
  public let first: Int
  public let second: Int
  /// In km².
  public let area: Double
}

/// Where the ground of one layer's shapes went, laid over the other layer; one number per shape.
public struct GroundAccount: Hashable, Sendable {
  /// Each shape's own ground in km²; 0 without a shape.
  public let areas: [Double]
  /// What the other layer covers of it, counted once, in km².
  public let covered: [Double]
  /// What is counted again since several shapes of the other layer cover it, in km².
  public let doubled: [Double]
  /// Shapes of this layer that overlap each other.
  public let pairs: [LayerPair]

  /// What no shape of the other layer covers, in km²; 0 below 10⁻⁹ of the shape, where rounding is.
  public func uncovered(_ index: Int) -> Double {
    let rest = areas[index] - covered[index]
    return rest > 1e-9 * areas[index] ? rest : 0
  }
}

/// Targets over sources.
public struct ArealOverlay: Sendable {
  /// One list per target, sources in ascending order.
  public let overlaps: [[Overlap]]
  public let targets: GroundAccount
  public let sources: GroundAccount
}

/// Below this, 10 m², the common ground of two shapes of a layer is dust: rests of rounding in the
/// layer, not counted as ground that several shapes cover.
let dustSquareKilometers = 1e-5

/// Lays targets over sources and accounts for all ground of both.
///
/// For every source, ground = Σ shared + uncovered − doubled, but for dust.
///
/// - Parameters:
///   - targets: Valid shapes; `nil` for none.
///   - sources: Likewise.
///   - unit: What the coordinates measure.
///   - workers: Threads at most; the result doesn't depend on it.
/// - Returns: What each target shares with each source, and the accounts of both layers.
/// - Throws: ``ShapeError`` as ``overlapAreas(targets:sources:in:workers:)``.
public func arealOverlay(
  targets: [MultiPolygon?], sources: [MultiPolygon?], in unit: CoordinateUnit = .degrees,
  workers: Int
) throws -> ArealOverlay {
  let (above, below) = (
    try overlayShapes(targets, in: unit, workers: workers),
    try overlayShapes(sources, in: unit, workers: workers)
  )
  let overlaps = try overlapAreas(targets: above, sources: below, in: unit, workers: workers)
  var sharedOfSource = [Double](repeating: 0, count: sources.count)
  for overlap in overlaps.joined() { sharedOfSource[overlap.source] += overlap.area }
  let sharedOfTarget = overlaps.map { $0.reduce(0) { $0 + $1.area } }
  let layers = [
    try OverlappingLayer(targets, above, in: unit, workers: workers),
    try OverlappingLayer(sources, below, in: unit, workers: workers),
  ]
  let doubledSource = try layers[0].doubled(of: below, in: unit, workers: workers)
  let doubledTarget = try layers[1].doubled(of: above, in: unit, workers: workers)
  return ArealOverlay(
    overlaps: overlaps,
    targets: account(above, shared: sharedOfTarget, doubled: doubledTarget, layers[0].pairs),
    sources: account(below, shared: sharedOfSource, doubled: doubledSource, layers[1].pairs))
}

private func account(
  _ shapes: [OverlayShape?], shared: [Double], doubled: [Double], _ pairs: [LayerPair]
) -> GroundAccount {
  GroundAccount(
    areas: shapes.map { $0?.area ?? 0 }, covered: zip(shared, doubled).map { $0 - $1 },
    doubled: doubled, pairs: pairs)
}

/// A layer's overlaps with itself.
private struct OverlappingLayer {
  let pairs: [LayerPair]
  /// For each shape that overlaps earlier ones: the ground that it has in common with any of them.
  ///
  /// A point in n shapes of the layer lies in n − 1 of these.
  private let again: [MultiPolygon?]

  init(
    _ shapes: [MultiPolygon?], _ flat: [OverlayShape?], in unit: CoordinateUnit, workers: Int
  ) throws {
    let tree = BoxTree(flat.map { $0?.box })
    pairs = try concurrentMap(
      count: flat.count, workers: workers, scratch: { OverlapKernel(unit: unit) }
    ) { kernel, second -> [LayerPair] in
      guard let shape = flat[second] else { return [] }
      return tree.items(meeting: shape.box).compactMap { first in
        guard first < second, let other = flat[first] else { return nil }
        let area = kernel.area(other, shape)
        return area > 0 ? LayerPair(first: first, second: second, area: area) : nil
      }
    }.flatMap { $0 }
    let earlier = pairs.reduce(into: [Int: [Int]]()) {
      if $1.area > dustSquareKilometers { $0[$1.second, default: []].append($1.first) }
    }
    let seconds = earlier.keys.sorted()
    let found = try mapInBlocks(count: seconds.count, workers: workers, block: 8) {
      index, session in
      let second = seconds[index]
      do throws(GEOSError) {
        return try commonGround(
          of: shapes[second], with: (earlier[second] ?? []).map { shapes[$0] }, session: session)
      } catch {
        throw ShapeError(index: second, message: error.description)
      }
    }
    var again = [MultiPolygon?](repeating: nil, count: shapes.count)
    for (second, shape) in zip(seconds, found) { again[second] = shape }
    self.again = again
  }

  /// How much of each shape of the other layer is counted again here.
  func doubled(
    of others: [OverlayShape?], in unit: CoordinateUnit, workers: Int
  ) throws -> [Double] {
    guard again.contains(where: { $0 != nil }) else {
      return [Double](repeating: 0, count: others.count)
    }
    let flat = try overlayShapes(again, in: unit, workers: workers)
    return try overlapAreas(targets: others, sources: flat, in: unit, workers: workers)
      .map { $0.reduce(0) { $0 + $1.area } }
  }
}

private func commonGround(
  of shape: MultiPolygon?, with others: [MultiPolygon?], session: GEOSSession
) throws(GEOSError) -> MultiPolygon? {
  guard let shape else { return nil }
  var parts: [GEOSShape] = []
  for other in others {
    if let other { parts.append(try session.shape(other)) }
  }
  return try session.shape(shape).intersection(session.union(of: parts)).multiPolygon()
}
