// Quiebre · GeoCore
// Owns every pointer that GEOS hands out. No other file imports CGEOS.
// SPDX-License-Identifier: Apache-2.0

import CGEOS

/// A failure inside GEOS, with the C function that failed and what it said.
public struct GEOSError: Error, Hashable, Sendable, CustomStringConvertible {
  public let function: String
  public let message: String
  public var description: String { "\(function): \(message)" }
}

/// A GEOS context and its error text, for use by one thread.
///
/// GEOS reports errors through the context that made the call, so two threads must not share one.
/// This class is not `Sendable`: the compiler rejects a session that a worker's closure captures.
/// Open one session per block of work.
@safe final class GEOSSession {
  fileprivate let context: GEOSContextHandle_t
  private var lastMessage = ""

  init() {
    guard let context = unsafe GEOS_init_r() else { fatalError("GEOS: out of memory") }
    unsafe self.context = context
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe GEOSContext_setErrorMessageHandler_r(
      context,
      { message, me in
        guard let message = unsafe message, let me = unsafe me else { return }
        let session = unsafe Unmanaged<GEOSSession>.fromOpaque(me).takeUnretainedValue()
        session.lastMessage = unsafe String(cString: message)
      }, me)
  }

  deinit { unsafe GEOS_finish_r(context) }

  /// Runs one GEOS function and turns its failure value, a null pointer, into an error.
  ///
  /// The text of an earlier failure is cleared first, so an error never carries a stale message.
  @safe fileprivate func call(
    _ function: String, _ body: (GEOSContextHandle_t) -> OpaquePointer?
  ) throws(GEOSError) -> GEOSShape {
    lastMessage = ""
    guard let pointer = unsafe body(context) else { throw failure(of: function) }
    return unsafe GEOSShape(adopting: pointer, in: self)
  }

  /// Runs one GEOS function that makes something other than a geometry.
  @unsafe fileprivate func pointer(
    _ function: String, _ body: (GEOSContextHandle_t) -> OpaquePointer?
  ) throws(GEOSError) -> OpaquePointer {
    lastMessage = ""
    guard let pointer = unsafe body(context) else { throw failure(of: function) }
    return unsafe pointer
  }

  fileprivate func failure(of function: String) -> GEOSError {
    GEOSError(
      function: function, message: lastMessage.isEmpty ? "no reason given" : lastMessage)
  }
}

/// A geometry in GEOS memory, freed with its last reference.
///
/// A shape holds its session, so the context outlives every geometry made in it.
@safe final class GEOSShape {
  fileprivate let pointer: OpaquePointer
  fileprivate let session: GEOSSession

  fileprivate init(adopting pointer: OpaquePointer, in session: GEOSSession) {
    unsafe self.pointer = pointer
    self.session = session
  }

  deinit { unsafe GEOSGeom_destroy_r(session.context, pointer) }
}

// MARK: - Values to GEOS

extension GEOSSession {
  /// The shape as a GEOS MultiPolygon, points unchanged and in order.
  ///
  /// - Throws: ``GEOSError`` for a ring that is not closed or has one to three points.
  func shape(_ value: MultiPolygon) throws(GEOSError) -> GEOSShape {
    var parts: [GEOSShape] = []
    for polygon in value.polygons { parts.append(try shape(polygon)) }
    return try collection(of: parts, type: GEOS_MULTIPOLYGON)
  }

  func shape(_ polygon: Polygon) throws(GEOSError) -> GEOSShape {
    let shell = try ring(polygon.shell)
    var holes: [GEOSShape] = []
    for hole in polygon.holes { holes.append(try ring(hole)) }
    // GEOS takes ownership of its arguments, so it gets copies; ours are freed by ARC.
    let shellCopy = try unsafe copy(of: shell)
    var holeCopies: [OpaquePointer?] = unsafe []
    for hole in holes { unsafe holeCopies.append(try copy(of: hole)) }
    let count = UInt32(unsafe holeCopies.count)
    return try call("GEOSGeom_createPolygon_r") { context in
      unsafe holeCopies.withUnsafeMutableBufferPointer { buffer in
        unsafe GEOSGeom_createPolygon_r(context, shellCopy, buffer.baseAddress, count)
      }
    }
  }

  /// Some points as a GEOS MultiPoint, in order.
  func multiPoint(_ points: [Point]) throws(GEOSError) -> GEOSShape {
    var parts: [GEOSShape] = []
    for point in points {
      parts.append(
        try call("GEOSGeom_createPointFromXY_r") {
          unsafe GEOSGeom_createPointFromXY_r($0, point.x, point.y)
        })
    }
    return try collection(of: parts, type: GEOS_MULTIPOINT)
  }

  private func ring(_ points: [Point]) throws(GEOSError) -> GEOSShape {
    let sequence = try unsafe pointer("GEOSCoordSeq_copyFromBuffer_r") { context in
      unsafe points.withUnsafeBytes { bytes in
        let doubles = unsafe bytes.bindMemory(to: Double.self)
        return unsafe GEOSCoordSeq_copyFromBuffer_r(
          context, doubles.baseAddress, UInt32(points.count), 0, 0)
      }
    }
    // GEOS frees the sequence also when it refuses the ring.
    return try call("GEOSGeom_createLinearRing_r") {
      unsafe GEOSGeom_createLinearRing_r($0, sequence)
    }
  }

  /// A collection of copies of the shapes.
  func collection(of shapes: [GEOSShape], type: GEOSGeomTypes) throws(GEOSError) -> GEOSShape {
    var copies: [OpaquePointer?] = unsafe []
    for shape in shapes { unsafe copies.append(try copy(of: shape)) }
    let count = UInt32(unsafe copies.count)
    return try call("GEOSGeom_createCollection_r") { context in
      unsafe copies.withUnsafeMutableBufferPointer { buffer in
        unsafe GEOSGeom_createCollection_r(
          context, Int32(type.rawValue), buffer.baseAddress, count)
      }
    }
  }

  /// The union of shapes by overlay.
  func union(of shapes: [GEOSShape]) throws(GEOSError) -> GEOSShape {
    try collection(of: shapes, type: GEOS_GEOMETRYCOLLECTION).unaryUnion()
  }

  @unsafe private func copy(of shape: GEOSShape) throws(GEOSError) -> OpaquePointer {
    try unsafe pointer("GEOSGeom_clone_r") { unsafe GEOSGeom_clone_r($0, shape.pointer) }
  }
}

// MARK: - GEOS to values

extension GEOSShape {
  /// The polygons of the geometry, in order; points and lines in a collection are left out.
  ///
  /// - Throws: ``GEOSError`` if GEOS can't read its own geometry.
  func multiPolygon() throws(GEOSError) -> MultiPolygon {
    var polygons: [Polygon] = []
    try unsafe collect(from: pointer, into: &polygons)
    return MultiPolygon(polygons)
  }

  /// The members of a collection that have area, one shape each.
  func polygonParts() throws(GEOSError) -> [MultiPolygon] {
    try multiPolygon().polygons.map { MultiPolygon([$0]) }
  }

  @unsafe private func collect(
    from geometry: OpaquePointer, into polygons: inout [Polygon]
  ) throws(GEOSError) {
    let context = unsafe session.context
    let type = unsafe GEOSGeomTypeId_r(context, geometry)
    if type == Int32(GEOS_POLYGON.rawValue) {
      guard unsafe GEOSisEmpty_r(context, geometry) == 0 else { return }
      unsafe polygons.append(try polygon(from: geometry))
    } else if type > Int32(GEOS_POLYGON.rawValue) {
      for index in 0..<(unsafe GEOSGetNumGeometries_r(context, geometry)) {
        guard let part = unsafe GEOSGetGeometryN_r(context, geometry, index) else {
          throw session.failure(of: "GEOSGetGeometryN_r")
        }
        try unsafe collect(from: part, into: &polygons)
      }
    }
  }

  @unsafe private func polygon(from geometry: OpaquePointer) throws(GEOSError) -> Polygon {
    let context = unsafe session.context
    let shell = try unsafe points(of: GEOSGetExteriorRing_r(context, geometry))
    var holes: [[Point]] = []
    for index in 0..<(unsafe GEOSGetNumInteriorRings_r(context, geometry)) {
      holes.append(try unsafe points(of: GEOSGetInteriorRingN_r(context, geometry, index)))
    }
    return Polygon(shell: shell, holes: holes)
  }

  @unsafe private func points(of ring: OpaquePointer?) throws(GEOSError) -> [Point] {
    let context = unsafe session.context
    var count: UInt32 = 0
    guard let ring = unsafe ring, let sequence = unsafe GEOSGeom_getCoordSeq_r(context, ring),
      unsafe GEOSCoordSeq_getSize_r(context, sequence, &count) == 1
    else { throw session.failure(of: "GEOSGeom_getCoordSeq_r") }
    var points = [Point](repeating: Point(x: 0, y: 0), count: Int(count))
    let copied = unsafe points.withUnsafeMutableBytes { bytes in
      let doubles = unsafe bytes.bindMemory(to: Double.self)
      return unsafe GEOSCoordSeq_copyToBuffer_r(context, sequence, doubles.baseAddress, 0, 0)
    }
    guard copied == 1 else { throw session.failure(of: "GEOSCoordSeq_copyToBuffer_r") }
    return points
  }
}

// MARK: - Operations

extension GEOSShape {
  /// The first fault that makes the geometry invalid, with its place; `nil` for a valid one.
  func fault() throws(GEOSError) -> ShapeFault? {
    var reason: UnsafeMutablePointer<CChar>?
    var location: OpaquePointer?
    let answer = unsafe GEOSisValidDetail_r(session.context, pointer, 0, &reason, &location)
    defer { if let reason = unsafe reason { unsafe GEOSFree_r(session.context, reason) } }
    defer {
      if let location = unsafe location { unsafe GEOSGeom_destroy_r(session.context, location) }
    }
    if answer == 1 { return nil }
    guard answer == 0 else { throw session.failure(of: "GEOSisValidDetail_r") }
    var place = Point(x: .nan, y: .nan)
    if let location = unsafe location {
      unsafe GEOSGeomGetX_r(session.context, location, &place.x)
      unsafe GEOSGeomGetY_r(session.context, location, &place.y)
    }
    return ShapeFault(
      reason: unsafe reason.map { unsafe String(cString: $0) } ?? "invalid", at: place)
  }

  /// A valid geometry that covers the same ground, as the method reads it.
  func repaired(structure: Bool) throws(GEOSError) -> GEOSShape {
    let context = unsafe session.context
    let parameters = try unsafe session.pointer("GEOSMakeValidParams_create_r") {
      unsafe GEOSMakeValidParams_create_r($0)
    }
    defer { unsafe GEOSMakeValidParams_destroy_r(context, parameters) }
    let method = structure ? GEOS_MAKE_VALID_STRUCTURE : GEOS_MAKE_VALID_LINEWORK
    _ = unsafe GEOSMakeValidParams_setMethod_r(context, parameters, method)
    _ = unsafe GEOSMakeValidParams_setKeepCollapsed_r(context, parameters, 0)
    return try session.call("GEOSMakeValidWithParams_r") {
      unsafe GEOSMakeValidWithParams_r($0, pointer, parameters)
    }
  }

  func intersection(_ other: GEOSShape) throws(GEOSError) -> GEOSShape {
    try unsafe combined(with: other, "GEOSIntersection_r", GEOSIntersection_r)
  }

  func difference(_ other: GEOSShape) throws(GEOSError) -> GEOSShape {
    try unsafe combined(with: other, "GEOSDifference_r", GEOSDifference_r)
  }

  func symmetricDifference(_ other: GEOSShape) throws(GEOSError) -> GEOSShape {
    try unsafe combined(with: other, "GEOSSymDifference_r", GEOSSymDifference_r)
  }

  @unsafe private func combined(
    with other: GEOSShape, _ name: String,
    _ operation: (GEOSContextHandle_t?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
  ) throws(GEOSError) -> GEOSShape {
    precondition(session === other.session, "shapes of two sessions")
    return try session.call(name) { unsafe operation($0, pointer, other.pointer) }
  }

  /// The union of all members, by overlay: right for any valid input.
  func unaryUnion() throws(GEOSError) -> GEOSShape {
    try session.call("GEOSUnaryUnion_r") { unsafe GEOSUnaryUnion_r($0, pointer) }
  }

  /// The union of members that meet in shared edges only.
  ///
  /// Faster than ``unaryUnion()``; wrong for other input.
  func coverageUnion() throws(GEOSError) -> GEOSShape {
    try session.call("GEOSCoverageUnion_r") { unsafe GEOSCoverageUnion_r($0, pointer) }
  }

  /// The Voronoi cells of the points of this geometry, in no given order, out to `frame` at least.
  func voronoiCells(frame: GEOSShape) throws(GEOSError) -> GEOSShape {
    precondition(session === frame.session, "shapes of two sessions")
    return try session.call("GEOSVoronoiDiagram_r") {
      unsafe GEOSVoronoiDiagram_r($0, pointer, frame.pointer, 0, 0)
    }
  }
}

/// A shape made ready for many tests against it.
@safe final class PreparedShape {
  private let pointer: OpaquePointer
  private let shape: GEOSShape

  init(_ shape: GEOSShape) throws(GEOSError) {
    unsafe pointer = try unsafe shape.session.pointer("GEOSPrepare_r") {
      unsafe GEOSPrepare_r($0, shape.pointer)
    }
    self.shape = shape
  }

  deinit { unsafe GEOSPreparedGeom_destroy_r(shape.session.context, pointer) }

  /// Whether no part of `other` lies outside.
  func contains(_ other: GEOSShape) throws(GEOSError) -> Bool {
    precondition(shape.session === other.session, "shapes of two sessions")
    let answer = unsafe GEOSPreparedCovers_r(shape.session.context, pointer, other.pointer)
    guard answer < 2 else { throw shape.session.failure(of: "GEOSPreparedCovers_r") }
    return answer == 1
  }
}
