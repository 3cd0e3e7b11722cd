// Quiebre · GeoFiles
// What may be wrong with shapes, in words that all formats share.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// A fault, warning or note about shapes; the format adds the place.
struct ShapeFinding {
  let code: DiagnosticCode
  var severity = Diagnostic.Severity.error
  let what: LocalizedText
  var fix: LocalizedText?

  static func shortRing(count: Int) -> ShapeFinding {
    ShapeFinding(
      code: .ringTooShort,
      what: LocalizedText(
        en: "a ring has \(count) position(s); it needs at least 4, the last equal to the first",
        es: """
          un anillo tiene \(count) posición(es); necesita al menos 4, la última igual a la primera
          """),
      fix: LocalizedText(
        en: "remove the ring, or draw the polygon again",
        es: "quite el anillo o dibuje de nuevo el polígono"))
  }

  static func unusable(type: String) -> ShapeFinding {
    let near = geometryTypes.contains(type) ? nil : nearestName(to: type, in: geometryTypes)
    let shown = type.isEmpty ? "-" : type
    return ShapeFinding(
      code: .geometryUnusable,
      what: LocalizedText(
        en: "geometry of type '\(shown)'; districts are Polygon or MultiPolygon, places Point",
        es: """
          geometría de tipo '\(shown)'; los distritos son Polygon o MultiPolygon, los lugares Point
          """),
      fix: near.map { LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?") }
        ?? LocalizedText(
          en: "keep the polygons only, as one MultiPolygon a feature",
          es: "deje solo los polígonos, como un MultiPolygon por elemento"))
  }

  static func outside(_ largest: SIMD2<Double>, features: Int) -> ShapeFinding {
    let looksSwapped = largest.x <= 90 && largest.y <= 180
    let looksEastward = largest.x > 180 && largest.x <= 360 && largest.y <= 90
    let eastward = LocalizedText(
      en: "longitudes seem to run from 0 to 360: subtract 360 from those above 180",
      es: "las longitudes parecen ir de 0 a 360: reste 360 a las mayores que 180")
    let swapped = LocalizedText(
      en: "latitude and longitude look swapped: x is the longitude and comes first",
      es: "latitud y longitud parecen invertidas: x es la longitud y va primero")
    let meters = LocalizedText(
      en: "transform to degrees: ogr2ogr -s_srs EPSG:32718 -t_srs EPSG:4326 out.geojson in",
      es: "pase a grados: ogr2ogr -s_srs EPSG:32718 -t_srs EPSG:4326 salida.geojson entrada")
    return ShapeFinding(
      code: .coordinatesNotDegrees,
      what: LocalizedText(
        en: """
          coordinates as large as \(largest.x), \(largest.y) are no longitude and latitude (here \
          and in \(features - 1) more feature(s))
          """,
        es: """
          coordenadas tan grandes como \(largest.x), \(largest.y) no son longitud y latitud (aquí \
          y en \(features - 1) elemento(s) más)
          """),
      fix: looksSwapped ? swapped : looksEastward ? eastward : meters)
  }

  static func notFinite() -> ShapeFinding {
    ShapeFinding(
      code: .geometryPosition,
      what: LocalizedText(
        en: "a coordinate is not a finite number", es: "una coordenada no es un número finito"),
      fix: LocalizedText(
        en: "export the layer again", es: "exporte la capa de nuevo"))
  }

  static func emptyLayer() -> ShapeFinding {
    ShapeFinding(
      code: .layerEmpty,
      what: LocalizedText(en: "the layer has no features", es: "la capa no tiene elementos"),
      fix: LocalizedText(en: "export the layer again", es: "exporte la capa de nuevo"))
  }

  static func ringsClosed(count: Int) -> ShapeFinding {
    ShapeFinding(
      code: .ringUnclosed, severity: .warning,
      what: LocalizedText(
        en: "\(count) ring(s) didn't return to their first point; they were closed",
        es: "\(count) anillo(s) no volvían a su primer punto; se cerraron"))
  }

  static func wide(count: Int) -> ShapeFinding {
    ShapeFinding(
      code: .acrossAntimeridian, severity: .warning,
      what: LocalizedText(
        en: "\(count) ring(s) have an edge over more than half the globe; read as they stand",
        es: "\(count) anillo(s) tienen un lado de más de medio globo; se leen tal como están"),
      fix: LocalizedText(
        en: "cut shapes at the antimeridian: ogr2ogr -wrapdateline out.geojson in",
        es: "corte las formas en el antimeridiano: ogr2ogr -wrapdateline salida.geojson entrada"))
  }

  static func heights(count: Int) -> ShapeFinding {
    ShapeFinding(
      code: .heightsDropped, severity: .note,
      what: LocalizedText(
        en: "\(count) position(s) or shape(s) carry heights; they are left out",
        es: "\(count) posición(es) o forma(s) llevan altura; se deja fuera"))
  }
}

let geometryTypes = [
  "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
  "GeometryCollection",
]

/// What is mended, left out or outside, counted over a whole layer.
///
/// A mark is what the format finds a place by: a node, a feature number.
struct ShapeTally {
  struct Outside {
    let mark: Int
    let feature: Int
    let largest: SIMD2<Double>
  }

  private(set) var outside: Outside?
  private(set) var featuresOutside = 0
  private(set) var unclosedRings = 0
  private(set) var firstUnclosed = 0
  private(set) var wideRings = 0
  private(set) var firstWide = 0
  private(set) var heights = 0
  private var feature = 0
  private var lastOutside = 0

  mutating func start(feature: Int) { self.feature = feature }

  mutating func count(heights count: Int) { heights += count }

  mutating func countUnclosed(at mark: Int) {
    if unclosedRings == 0 { firstUnclosed = mark }
    unclosedRings += 1
  }

  mutating func countWide(at mark: Int) {
    if wideRings == 0 { firstWide = mark }
    wideRings += 1
  }

  mutating func countOutside(_ largest: SIMD2<Double>, at mark: Int) {
    if outside == nil { outside = Outside(mark: mark, feature: feature, largest: largest) }
    if lastOutside != feature { featuresOutside += 1 }
    lastOutside = feature
  }
}
