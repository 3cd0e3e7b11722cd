// Quiebre · GeoCore
// Whether shapes are valid, what a repair makes of them and what it costs in km².
// SPDX-License-Identifier: Apache-2.0

import Compute

/// What makes a shape invalid, and where.
public struct ShapeFault: Hashable, Sendable {
  /// The words of GEOS: `Self-intersection`, `Holes are nested` and the like.
  public let reason: String
  /// In the shape's coordinates; NaN when GEOS names no place.
  public let at: Point

  public init(reason: String, at: Point) {
    self.reason = reason
    self.at = at
  }
}

/// How an invalid shape is read.
public enum RepairMode: String, CaseIterable, Hashable, Sendable {
  /// Shells are joined, then holes cut out. Holes stay holes.
  case structure
  /// All rings are lines and what they enclose is sorted out anew. May fill a hole that touches
  /// its shell.
  case linework
  /// Faults are reported and the shape stays as it is.
  case none
}

/// What the examination of one shape found and did.
public struct ShapeExamination: Hashable, Sendable {
  /// The first fault; `nil` for a valid shape.
  public let fault: ShapeFault?
  /// The shape to work with: repaired if it was invalid and a repair was asked for.
  public let shape: MultiPolygon
  /// Ground that the repair added, in km², against the even-odd reading of each polygon's rings
  /// (what a map shows that fills it).
  public let gained: Double
  /// Ground that the repair took away, in km², against the same reading.
  public let lost: Double
}

/// Examines shapes in longitude and latitude and repairs the invalid ones.
///
/// - Parameters:
///   - shapes: In longitude and latitude (areas are km² on the ellipsoid); `nil` for no shape.
///   - repair: How an invalid shape is mended.
///   - workers: Threads at most; the result doesn't depend on it.
/// - Returns: One examination per shape, `nil` where there is no shape.
/// - Throws: ``ShapeError`` with the index of the first shape that GEOS could not work on (a ring
///   that is not closed, for one).
public func examinedShapes(
  _ shapes: [MultiPolygon?], repair: RepairMode, workers: Int
) throws -> [ShapeExamination?] {
  try mapInBlocks(count: shapes.count, workers: workers) { index, session -> ShapeExamination? in
    guard let shape = shapes[index] else { return nil }
    do throws(GEOSError) {
      return try examination(of: shape, repair: repair, session: session)
    } catch {
      throw ShapeError(index: index, message: error.description)
    }
  }
}

/// A shape that GEOS could not work on.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Index of the shape in the list that was handed in, from 0.
  public let index: Int
  public let message: String
  public var description: String { "shape \(index + 1): \(message)" }
}

private func examination(
  of shape: MultiPolygon, repair: RepairMode, session: GEOSSession
) throws(GEOSError) -> ShapeExamination {
  let original = try session.shape(shape)
  guard let fault = try original.fault() else {
    return ShapeExamination(fault: nil, shape: shape, gained: 0, lost: 0)
  }
  guard repair != .none else {
    return ShapeExamination(fault: fault, shape: shape, gained: 0, lost: 0)
  }
  let repaired = try original.repaired(structure: repair == .structure)
  let before = try evenOddReading(of: shape, session: session)
  return ShapeExamination(
    fault: fault, shape: try repaired.multiPolygon().oriented(),
    gained: try repaired.difference(before).multiPolygon().ellipsoidalArea,
    lost: try before.difference(repaired).multiPolygon().ellipsoidalArea)
}

/// What even-odd filling shows of each polygon, joined.
private func evenOddReading(
  of shape: MultiPolygon, session: GEOSSession
) throws(GEOSError) -> GEOSShape {
  var parts: [GEOSShape] = []
  for polygon in shape.polygons {
    var reading = try session.shape(Polygon(shell: polygon.shell)).repaired(structure: true)
    for hole in polygon.holes {
      let inner = try session.shape(Polygon(shell: hole)).repaired(structure: true)
      reading = try reading.symmetricDifference(inner)
    }
    parts.append(reading)
  }
  return try session.union(of: parts)
}

/// Maps indices in blocks, with one GEOS session per block.
///
/// Sessions can't cross threads and cost little to open, so each block of indices opens its own.
func mapInBlocks<Value: Sendable>(
  count: Int, workers: Int, block size: Int = 32,
  _ body: @Sendable (_ index: Int, _ session: GEOSSession) throws -> Value
) throws -> [Value] {
  let blocks = (count + size - 1) / size
  return try concurrentMap(count: blocks, workers: workers) { block in
    let session = GEOSSession()
    return try (block * size..<min(count, (block + 1) * size)).map { try body($0, session) }
  }.flatMap { $0 }
}
