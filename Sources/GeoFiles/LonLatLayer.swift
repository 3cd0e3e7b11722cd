// Quiebre · GeoFiles
// A layer of any coordinate system to longitude and latitude.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import GeoCore

/// Takes a layer to longitude and latitude on WGS 84.
///
/// A straight edge of a projected layer is a curve in degrees, so long edges are cut first;
/// neighbors cut a shared edge alike and still meet. Between points 2,000 m apart the chord strays
/// from a great circle by L²/8R, 8 cm.
///
/// - Parameters:
///   - layer: Any layer; one in longitude and latitude is returned as it is.
///   - maxSegment: The longest edge left uncut, in the projection's unit.
/// - Returns: The layer with transformed shapes and points, all else unchanged.
/// - Throws: Q355 if PROJ doesn't know the layer's system, Q377 for each feature without a place on
///   the globe, up to 50.
public func lonLat(
  _ layer: FeatureLayer, maxSegment: Double = 2_000
) throws(DiagnosticList) -> FeatureLayer {
  guard !layer.crs.isLonLat else { return layer }
  let transform: CoordinateTransform
  let segment: Double
  do throws(CRSError) {
    transform = try CoordinateTransform(from: layer.crs, to: .lonLat)
    // Between two datums straight lines in degrees stay straight.
    segment = try isLonLat(layer.crs) ? .infinity : maxSegment
  } catch {
    throw DiagnosticList(systemFault(error, layer: layer.name))
  }
  var features: [Feature] = []
  var faults: [Diagnostic] = []
  features.reserveCapacity(layer.features.count)
  for feature in layer.features where faults.count < 50 {
    do throws(CRSError) {
      features.append(try moved(feature, by: transform, maxSegment: segment))
    } catch {
      faults.append(placeFault(error, feature: feature, layer: layer.name))
    }
  }
  guard faults.isEmpty else { throw DiagnosticList(faults) }
  return FeatureLayer(name: layer.name, crs: .lonLat, features: features, stamps: layer.stamps)
}

/// What seems wrong with a layer's coordinates, judged by the box of its shapes.
///
/// - Parameters:
///   - layer: Any layer.
///   - reference: A box in the layer's system where it should lie; see
///     ``axisSuspicion(of:crs:reference:)``.
/// - Returns: The first suspicion that applies, `nil` for none or a layer without shapes.
/// - Throws: Q355 if PROJ doesn't know the layer's system.
public func axisSuspicion(
  of layer: FeatureLayer, beside reference: BoundingBox? = nil
) throws(DiagnosticList) -> AxisSuspicion? {
  guard let box = layer.box else { return nil }
  do throws(CRSError) {
    return try axisSuspicion(of: box, crs: layer.crs, reference: reference)
  } catch {
    throw DiagnosticList(systemFault(error, layer: layer.name))
  }
}

extension FeatureLayer {
  /// The box of all shapes; `nil` without any.
  public var box: BoundingBox? {
    features.compactMap { $0.shape?.boundingBox }.reduce(nil) { $0?.union($1) ?? $1 }
  }
}

private func moved(
  _ feature: Feature, by transform: CoordinateTransform, maxSegment: Double
) throws(CRSError) -> Feature {
  var (shape, point) = (feature.shape, feature.point)
  if let old = shape { shape = try transform.transformed(old, maxSegment: maxSegment) }
  if let old = point { point = try transform.transformed(old) }
  return Feature(
    number: feature.number, line: feature.line, id: feature.id, fields: feature.fields,
    shape: shape, point: point)
}

private func systemFault(_ error: CRSError, layer: String) -> Diagnostic {
  Diagnostic(
    .crsUnknown, at: SourcePlace(file: layer),
    what: LocalizedText(
      en: "the coordinate system of '\(layer)' is not understood: \(error)",
      es: "no se entiende el sistema de referencia de '\(layer)': \(error)"),
    fix: LocalizedText(
      en: "transform it: ogr2ogr -t_srs EPSG:4326 out.geojson in",
      es: "transfórmelo: ogr2ogr -t_srs EPSG:4326 salida.geojson entrada"))
}

private func placeFault(_ error: CRSError, feature: Feature, layer: String) -> Diagnostic {
  Diagnostic(
    .featureOffGlobe, entry: "feature \(feature.number)",
    at: SourcePlace(file: layer, line: feature.line ?? 0),
    what: LocalizedText(
      en: "the feature has no place on the globe: \(error)",
      es: "el elemento no tiene lugar en el globo: \(error)"),
    fix: LocalizedText(
      en: "check the layer's coordinate system",
      es: "revise el sistema de referencia de la capa"))
}
