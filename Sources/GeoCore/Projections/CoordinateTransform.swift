// Quiebre · GeoCore
// Owns every pointer that PROJ hands out. No other file imports CPROJ.
// SPDX-License-Identifier: Apache-2.0

import CPROJ

/// Why a coordinate reference system, or a step from one to another, is no good.
public enum CRSError: Error, Hashable, Sendable, CustomStringConvertible {
  /// PROJ can't read the definition.
  case unknown(definition: String, message: String)
  /// No way from one system to the other.
  case noTransform(from: String, to: String, message: String)
  /// A point that the transform can't place.
  case outside(point: Point, from: String, to: String, message: String)

  public var description: String {
    switch self {
    case .unknown(let definition, let message):
      "PROJ does not know the coordinate reference system '\(definition)': \(message)"
    case .noTransform(let from, let to, let message):
      "PROJ finds no way from '\(from)' to '\(to)': \(message)"
    case .outside(let point, let from, let to, let message):
      "(\(point.x), \(point.y)) in '\(from)' has no place in '\(to)': \(message)"
    }
  }
}

/// Takes shapes and points from one coordinate reference system to another.
///
/// On both sides x is longitude or easting and y is latitude or northing, whatever axis order the
/// definitions state. Angles are degrees. Nothing is fetched from the network.
///
/// For use by one thread: not `Sendable`.
@safe public final class CoordinateTransform {
  public let source: CRS
  public let target: CRS
  private let context: ProjContext
  private let operation: OpaquePointer

  /// Makes a transform.
  ///
  /// - Throws: ``CRSError/unknown(definition:message:)``,
  ///   ``CRSError/noTransform(from:to:message:)``.
  public init(from source: CRS, to target: CRS) throws(CRSError) {
    self.source = source
    self.target = target
    context = ProjContext()
    let start = try ProjObject(source, context: context)
    let end = try ProjObject(target, context: context)
    context.lastMessage = ""
    let raw = unsafe proj_create_crs_to_crs_from_pj(
      context.pointer, start.pointer, end.pointer, nil, nil)
    defer { if let raw = unsafe raw { unsafe proj_destroy(raw) } }
    guard let raw = unsafe raw,
      let normalized = unsafe proj_normalize_for_visualization(context.pointer, raw)
    else {
      throw .noTransform(
        from: source.definition, to: target.definition, message: context.reason)
    }
    unsafe operation = normalized
  }

  deinit { unsafe proj_destroy(operation) }

  /// Takes points along, in their order.
  ///
  /// - Throws: ``CRSError/outside(point:from:to:message:)`` for the first point without a place.
  public func transformed(_ points: [Point]) throws(CRSError) -> [Point] {
    var result = points
    context.lastMessage = ""
    let stride = MemoryLayout<Point>.stride
    let count = points.count
    unsafe result.withUnsafeMutableBytes { bytes in
      let doubles = unsafe bytes.bindMemory(to: Double.self)
      guard let x = doubles.baseAddress else { return }
      _ = unsafe proj_trans_generic(
        operation, PJ_FWD, x, stride, count, x + 1, stride, count, nil, 0, 0, nil, 0, 0)
    }
    if let index = result.firstIndex(where: { !$0.x.isFinite || !$0.y.isFinite }) {
      throw .outside(
        point: points[index], from: source.definition, to: target.definition,
        message: context.reason)
    }
    return result
  }

  /// Takes one point along.
  ///
  /// - Throws: ``CRSError/outside(point:from:to:message:)``.
  public func transformed(_ point: Point) throws(CRSError) -> Point {
    try transformed([point])[0]
  }

  /// Takes a shape along, edges kept straight on the source side.
  ///
  /// - Parameters:
  ///   - shape: In the source's coordinates.
  ///   - maxSegment: Edges longer than this, in the source's unit, are cut into equal pieces
  ///     first, so that they bend as they should; neighbors cut a shared edge alike.
  /// - Returns: The shape in the target's coordinates.
  /// - Throws: ``CRSError/outside(point:from:to:message:)``.
  public func transformed(
    _ shape: MultiPolygon, maxSegment: Double = .infinity
  ) throws(CRSError) -> MultiPolygon {
    precondition(maxSegment > 0, "pieces have a length")
    var polygons: [Polygon] = []
    for polygon in shape.polygons {
      var holes: [[Point]] = []
      for hole in polygon.holes {
        holes.append(try transformed(densified(hole, maxSegment: maxSegment)))
      }
      polygons.append(
        Polygon(
          shell: try transformed(densified(polygon.shell, maxSegment: maxSegment)), holes: holes))
    }
    return MultiPolygon(polygons)
  }
}

/// Whether a system's coordinates are longitude and latitude in degrees.
///
/// - Throws: ``CRSError/unknown(definition:message:)``.
public func isLonLat(_ crs: CRS) throws(CRSError) -> Bool {
  // Opening PROJ's database takes milliseconds, and nearly every layer is in this system.
  if crs == .lonLat { return true }
  let context = ProjContext()
  return try ProjObject(crs, context: context).isGeographic
}

/// A PROJ context and what it last logged, for use by one thread.
@safe private final class ProjContext {
  let pointer: OpaquePointer
  var lastMessage = ""

  var reason: String { lastMessage.isEmpty ? "no reason given" : lastMessage }

  init() {
    guard let pointer = unsafe proj_context_create() else { fatalError("PROJ: out of memory") }
    unsafe self.pointer = pointer
    unsafe proj_context_set_enable_network(pointer, 0)
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    _ = unsafe proj_log_level(pointer, PJ_LOG_ERROR)
    unsafe proj_log_func(pointer, me) { me, _, message in
      guard let message = unsafe message, let me = unsafe me else { return }
      let context = unsafe Unmanaged<ProjContext>.fromOpaque(me).takeUnretainedValue()
      unsafe context.lastMessage = String(cString: message)
    }
  }

  deinit { unsafe proj_context_destroy(pointer) }
}

/// A coordinate reference system in PROJ's memory.
@safe private final class ProjObject {
  let pointer: OpaquePointer
  private let context: ProjContext

  init(_ crs: CRS, context: ProjContext) throws(CRSError) {
    self.context = context
    context.lastMessage = ""
    guard let pointer = unsafe proj_create(context.pointer, crs.definition) else {
      throw .unknown(definition: crs.definition, message: context.reason)
    }
    unsafe self.pointer = pointer
    guard unsafe proj_is_crs(pointer) == 1 else {
      throw .unknown(
        definition: crs.definition, message: "it is no coordinate reference system")
    }
  }

  deinit { unsafe proj_destroy(pointer) }

  var isGeographic: Bool { unsafe Self.isGeographic(pointer, context) }

  @unsafe private static func isGeographic(_ crs: OpaquePointer, _ context: ProjContext) -> Bool {
    let type = unsafe proj_get_type(crs)
    if type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS { return true }
    let inner: OpaquePointer?
    switch type {
    case PJ_TYPE_BOUND_CRS: unsafe inner = proj_get_source_crs(context.pointer, crs)
    case PJ_TYPE_COMPOUND_CRS: unsafe inner = proj_crs_get_sub_crs(context.pointer, crs, 0)
    default: return false
    }
    guard let inner = unsafe inner else { return false }
    defer { unsafe proj_destroy(inner) }
    return unsafe isGeographic(inner, context)
  }
}
