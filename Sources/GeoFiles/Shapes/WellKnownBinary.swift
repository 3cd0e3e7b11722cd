// Quiebre · GeoFiles
// Well-known binary to polygons and points, and polygons to well-known binary.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// A shape as little-endian WKB multipolygon.
func wellKnownBinary(of shape: MultiPolygon) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(16 * shape.pointCount + 64)
  func add(_ word: UInt32) {
    for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * shift))) }
  }
  func add(_ number: Double) {
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> (8 * shift))) }
  }
  func begin(type: UInt32, count: Int) {
    bytes.append(1)
    add(type)
    add(UInt32(count))
  }
  begin(type: 6, count: shape.polygons.count)
  for polygon in shape.polygons {
    let rings = [polygon.shell] + polygon.holes
    begin(type: 3, count: rings.count)
    for ring in rings {
      add(UInt32(ring.count))
      for point in ring {
        add(point.x)
        add(point.y)
      }
    }
  }
  return bytes
}

/// The parts of a two-dimensional, little-endian WKB point, polygon or multipolygon.
///
/// The ISO form that GDAL writes. Every read is checked: a short or foreign buffer gives `nil`.
struct WellKnownBinary {
  enum Content {
    case point(SIMD2<Double>)
    /// Polygons as lists of rings.
    case polygons([[[SIMD2<Double>]]])
  }

  private let bytes: [UInt8]
  private var offset = 0

  static func content(of bytes: [UInt8]) -> Content? {
    var reader = WellKnownBinary(bytes: bytes)
    switch reader.header() {
    case 1: return reader.position().map(Content.point)
    case 3: return reader.polygon().map { .polygons([$0]) }
    case 6: return reader.polygons().map(Content.polygons)
    default: return nil
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The geometry type after a byte that says "little-endian".
  private mutating func header() -> UInt32? {
    guard offset < bytes.count, bytes[offset] == 1 else { return nil }
    offset += 1
    return word()
  }

  private mutating func polygons() -> [[[SIMD2<Double>]]]? {
    guard let count = word(), Int(count) <= (bytes.count - offset) / 9 else { return nil }
    var polygons: [[[SIMD2<Double>]]] = []
    for _ in 0..<count {
      guard header() == 3, let polygon = polygon() else { return nil }
      polygons.append(polygon)
    }
    return polygons
  }

  private mutating func polygon() -> [[SIMD2<Double>]]? {
    guard let count = word(), Int(count) <= (bytes.count - offset) / 4 else { return nil }
    var rings: [[SIMD2<Double>]] = []
    for _ in 0..<count {
      guard let ring = ring() else { return nil }
      rings.append(ring)
    }
    return rings
  }

  private mutating func ring() -> [SIMD2<Double>]? {
    guard let count = word(), Int(count) <= (bytes.count - offset) / 16 else { return nil }
    var ring: [SIMD2<Double>] = []
    ring.reserveCapacity(Int(count))
    for _ in 0..<count {
      guard let position = position() else { return nil }
      ring.append(position)
    }
    return ring
  }

  private mutating func position() -> SIMD2<Double>? {
    guard offset + 16 <= bytes.count else { return nil }
    let (x, y) = unsafe bytes.withUnsafeBytes {
      unsafe (
        $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
        $0.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
      )
    }
    offset += 16
    return SIMD2(
      Double(bitPattern: UInt64(littleEndian: x)), Double(bitPattern: UInt64(littleEndian: y)))
  }

  private mutating func word() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    let word = unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }
    offset += 4
    return UInt32(littleEndian: word)
  }
}
