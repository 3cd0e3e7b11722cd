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
      log.refuseGeometry(typeNode ?? node, type: type, feature: feature)
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
      log.shortRing(node, count: 0, feature: feature)
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
    let isClosed = positions.xy.first == positions.xy.last
    guard positions.xy.count >= (isClosed ? 4 : 3) else {
      log.shortRing(node, count: positions.xy.count, feature: feature)
      return nil
    }
    if !isClosed {
      positions.xy.append(positions.xy[0])
      tally.countUnclosed(at: node)
    }
    return positions.xy.map { Point(x: $0.x, y: $0.y) }
  }

  /// Checks that positions are degrees, where the file's system says so.
  ///
  /// A rounding beyond the antimeridian or a pole is brought back to it.
  private mutating func settleDegrees(_ node: Int) {
    guard crs.isLonLat else { return }
    var largest = SIMD2<Double>(0, 0)
    for position in positions.xy {
      largest.replace(
        with: SIMD2(abs(position.x), abs(position.y)),
        where: SIMD2(abs(position.x), abs(position.y)) .> largest)
    }
    let bounds = SIMD2<Double>(180, 90)
    guard any(largest .> bounds) else { return }
    guard all(largest .<= bounds + 1e-6) else {
      tally.countOutside(largest, at: node)
      return
    }
    for index in positions.xy.indices {
      positions.xy[index].clamp(lowerBound: -bounds, upperBound: bounds)
    }
  }
}

/// What is mended or left out, counted over the whole file.
struct GeoJSONTally {
  struct Outside {
    let node: Int
    let feature: Int
    let largest: SIMD2<Double>
  }

  private(set) var outside: Outside?
  private(set) var featuresOutside = 0
  private(set) var unclosedRings = 0
  private(set) var firstUnclosed = 0
  private(set) var heights = 0
  private var feature = 0
  private var lastOutside = 0

  mutating func start(feature: Int) { self.feature = feature }

  mutating func count(heights count: Int) { heights += count }

  mutating func countUnclosed(at node: Int) {
    if unclosedRings == 0 { firstUnclosed = node }
    unclosedRings += 1
  }

  mutating func countOutside(_ largest: SIMD2<Double>, at node: Int) {
    if outside == nil { outside = Outside(node: node, feature: feature, largest: largest) }
    if lastOutside != feature { featuresOutside += 1 }
    lastOutside = feature
  }
}

extension GeoJSONReading {
  /// Warnings and notes about what was mended or left out.
  func notes() -> GeoJSONLog {
    var notes = GeoJSONLog()
    if tally.unclosedRings > 0 {
      notes.add(
        .ringUnclosed, tally.firstUnclosed, severity: .warning,
        what: LocalizedText(
          en: "\(tally.unclosedRings) ring(s) didn't return to their first point; they were closed",
          es: "\(tally.unclosedRings) anillo(s) no volvían a su primer punto; se cerraron"))
    }
    if tally.heights > 0 {
      notes.add(
        .heightsDropped, tape.root, severity: .note,
        what: LocalizedText(
          en: "\(tally.heights) position(s) carry heights; they are left out",
          es: "\(tally.heights) posición(es) llevan altura; se deja fuera"))
    }
    return notes
  }
}

extension GeoJSONLog {
  mutating func position(_ node: Int, feature: Int) {
    add(
      .geometryPosition, node, feature: feature,
      what: LocalizedText(
        en: "coordinates must be lists of numbers, nested as the type demands",
        es: "las coordenadas deben ser listas de números, anidadas según el tipo"),
      fix: LocalizedText(
        en:
          "a Polygon is [[[lon, lat], …], hole, …]; a position has two numbers, never null or text",
        es:
          "un Polygon es [[[lon, lat], …], hueco, …]; una posición son dos números, nunca null ni texto"
      ))
  }

  mutating func shortRing(_ node: Int, count: Int, feature: Int) {
    add(
      .ringTooShort, node, feature: feature,
      what: LocalizedText(
        en: "a ring has \(count) position(s); it needs at least 4, the last equal to the first",
        es:
          "un anillo tiene \(count) posición(es); necesita al menos 4, la última igual a la primera"
      ),
      fix: LocalizedText(
        en: "remove the ring, or draw the polygon again",
        es: "quite el anillo o dibuje de nuevo el polígono"))
  }

  mutating func refuseGeometry(_ node: Int, type: String, feature: Int) {
    let near = geometryTypes.contains(type) ? nil : nearestName(to: type, in: geometryTypes)
    let shown = type.isEmpty ? "(none)" : type
    add(
      .geometryUnusable, node, feature: feature,
      what: LocalizedText(
        en: "geometry of type '\(shown)'; districts are Polygon or MultiPolygon, places Point",
        es:
          "geometría de tipo '\(shown)'; los distritos son Polygon o MultiPolygon, los lugares Point"
      ),
      fix: near.map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      }
        ?? LocalizedText(
          en: "keep the polygons only, as one MultiPolygon a feature",
          es: "deje solo los polígonos, como un MultiPolygon por elemento"))
  }

  mutating func outside(_ fault: GeoJSONTally.Outside, count: Int) {
    let looksSwapped = fault.largest.x <= 90 && fault.largest.y <= 180
    let x = fault.largest.x
    let y = fault.largest.y
    add(
      .coordinatesNotDegrees, fault.node, feature: fault.feature,
      what: LocalizedText(
        en: """
          coordinates as large as \(x), \(y) are no longitude and latitude (here and in \
          \(count - 1) more feature(s))
          """,
        es: """
          coordenadas tan grandes como \(x), \(y) no son longitud y latitud (aquí y en \
          \(count - 1) elemento(s) más)
          """),
      fix: looksSwapped
        ? LocalizedText(
          en: "latitude and longitude look swapped: GeoJSON puts longitude first",
          es: "latitud y longitud parecen invertidas: GeoJSON pone primero la longitud")
        : LocalizedText(
          en:
            "transform to degrees: ogr2ogr -s_srs EPSG:32718 -t_srs EPSG:4326 out.geojson in.geojson",
          es:
            "pase a grados: ogr2ogr -s_srs EPSG:32718 -t_srs EPSG:4326 salida.geojson entrada.geojson"
        ))
  }
}
