// Quiebre · GeoFiles
// GeoJSON geometries to shapes: nesting, rings, heights, degrees.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// What a geometry gives: an area, a point, or nothing.
struct GeoJSONShape {
  var shape: MultiPolygon?
  var point: Point?

  static let none = GeoJSONShape()
}

extension GeoJSONReading {
  mutating func readGeometry(_ node: Int, feature: Int) -> GeoJSONShape {
    guard tape.kind(of: node) != .null else { return .none }
    guard tape.kind(of: node) == .object else {
      log.structure(
        node, feature: feature, en: "'geometry' must be an object or null",
        es: "'geometry' debe ser un objeto o null")
      return .none
    }
    let members = GeoJSONMembers(of: node, in: tape, log: &log, feature: feature)
    let typeNode = members.node("type")
    let type = typeNode.flatMap { tape.kind(of: $0) == .string ? tape.string($0) : nil } ?? ""
    guard ["Polygon", "MultiPolygon", "Point"].contains(type) else {
      log.add(.unusable(type: type), typeNode ?? node, feature: feature)
      return .none
    }
    guard let coordinates = members.node("coordinates"), tape.kind(of: coordinates) == .array
    else {
      log.position(members.node("coordinates") ?? node, feature: feature)
      return .none
    }
    guard tape.firstChild(of: coordinates) != tape.end(of: coordinates) else { return .none }
    tally.start(feature: feature)
    switch type {
    case "Point": return GeoJSONShape(point: readPoint(coordinates, feature: feature))
    case "Polygon":
      guard let polygon = readPolygon(coordinates, feature: feature) else { return .none }
      return GeoJSONShape(shape: MultiPolygon([polygon]))
    default: return GeoJSONShape(shape: readMultiPolygon(coordinates, feature: feature))
    }
  }

  private mutating func readPoint(_ node: Int, feature: Int) -> Point? {
    positions.removeAll()
    guard tape.appendPosition(node, to: &positions) != nil else {
      log.position(node, feature: feature)
      return nil
    }
    settleDegrees(node)
    tally.count(heights: positions.withMore)
    return Point(x: positions.xy[0].x, y: positions.xy[0].y)
  }

  private mutating func readMultiPolygon(_ node: Int, feature: Int) -> MultiPolygon? {
    var polygons: [Polygon] = []
    var child = tape.firstChild(of: node)
    while child < tape.end(of: node) {
      guard let polygon = readPolygon(child, feature: feature) else { return nil }
      polygons.append(polygon)
      child = tape.next(after: child)
    }
    return MultiPolygon(polygons)
  }

  private mutating func readPolygon(_ node: Int, feature: Int) -> Polygon? {
    guard tape.kind(of: node) == .array else {
      log.position(node, feature: feature)
      return nil
    }
    var rings: [[Point]] = []
    var child = tape.firstChild(of: node)
    while child < tape.end(of: node) {
      guard let ring = readRing(child, feature: feature) else { return nil }
      rings.append(ring)
      child = tape.next(after: child)
    }
    guard let shell = rings.first else {
      log.add(.shortRing(count: 0), node, feature: feature)
      return nil
    }
    return Polygon(shell: shell, holes: Array(rings.dropFirst()))
  }

  private mutating func readRing(_ node: Int, feature: Int) -> [Point]? {
    guard tape.kind(of: node) == .array else {
      log.position(node, feature: feature)
      return nil
    }
    positions.removeAll()
    if let fault = tape.appendPositions(in: node, to: &positions) {
      log.position(fault, feature: feature)
      return nil
    }
    settleDegrees(node)
    tally.count(heights: positions.withMore)
    switch closeRing(&positions.xy) {
    case .tooShort:
      log.add(.shortRing(count: positions.xy.count), node, feature: feature)
      return nil
    case .wasOpen: tally.countUnclosed(at: node)
    case .closed: break
    }
    return positions.xy.map { Point(x: $0.x, y: $0.y) }
  }

  private mutating func settleDegrees(_ node: Int) {
    guard crs.isLonLat else { return }
    var isWide = false
    let largest = settleDegreesInPlace(&positions.xy, isWide: &isWide)
    if let largest {
      tally.countOutside(largest, at: node)
    } else if isWide {
      tally.countWide(at: node)
    }
  }
}

extension GeoJSONReading {
  /// Warnings and notes about what was mended or left out.
  func notes() -> GeoJSONLog {
    var notes = GeoJSONLog()
    if tally.unclosedRings > 0 {
      notes.add(.ringsClosed(count: tally.unclosedRings), tally.firstUnclosed)
    }
    if tally.wideRings > 0 { notes.add(.wide(count: tally.wideRings), tally.firstWide) }
    if tally.heights > 0 { notes.add(.heights(count: tally.heights), tape.root) }
    return notes
  }
}

extension GeoJSONLog {
  mutating func add(_ finding: ShapeFinding, _ node: Int, feature: Int? = nil) {
    add(
      finding.code, node, feature: feature, severity: finding.severity, what: finding.what,
      fix: finding.fix)
  }

  mutating func position(_ node: Int, feature: Int) {
    add(
      .geometryPosition, node, feature: feature,
      what: LocalizedText(
        en: "coordinates must be lists of numbers, nested as the type demands",
        es: "las coordenadas deben ser listas de números, anidadas según el tipo"),
      fix: LocalizedText(
        en: """
          a Polygon is [[[lon, lat], …], hole, …]; a position has two numbers, never null or text
          """,
        es: """
          un Polygon es [[[lon, lat], …], hueco, …]; una posición son dos números, nunca null ni \
          texto
          """))
  }
}
