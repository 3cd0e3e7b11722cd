// Quiebre · Districts
// The shapes of a layer in longitude and latitude, examined and mended before anything uses them.
// SPDX-License-Identifier: Apache-2.0

import Compute
public import Diagnostics
import Formats
public import GeoCore

/// The shapes of a layer in the order of the districts, with what was mended.
struct LayerShapes {
  var shapes: [MultiPolygon?]
  var repaired: [RepairedShape] = []
  var warnings: [Diagnostic] = []

  init(
    _ layer: FeatureLayer, codes: LayerCodes, settings: RegistrySettings
  ) throws(DiagnosticList) {
    let features = codes.featureOf.map { layer.features[$0] }
    shapes = try inLonLat(features.map(\.shape), layer: layer, workers: settings.workers)
    let examined: [ShapeExamination?]
    do {
      examined = try examinedShapes(shapes, repair: settings.repair, workers: settings.workers)
    } catch let error as ShapeError {
      throw DiagnosticList(.brokenShape(features[error.index], error.message, layer))
    } catch {
      throw DiagnosticList(.brokenShape(nil, "\(error)", layer))
    }
    for (district, examination) in examined.enumerated() {
      guard let examination, let fault = examination.fault else { continue }
      shapes[district] = examination.shape
      repaired.append(
        RepairedShape(
          code: codes.codes[district], reason: fault.reason, gainedKm2: examination.gained,
          lostKm2: examination.lost))
    }
    if !repaired.isEmpty {
      warnings.append(.repaired(repaired, mode: settings.repair, file: layer.name))
    }
  }
}

/// Edges of a projected layer or under a projected raster are cut to this length, so that a straight
/// edge on one side misses the curve on the other by a few centimeters at most.
let segmentMeters = 1_000.0
let segmentDegrees = 0.01

/// Takes a layer's shapes to longitude and latitude, if they aren't there.
private func inLonLat(
  _ shapes: [MultiPolygon?], layer: FeatureLayer, workers: Int
) throws(DiagnosticList) -> [MultiPolygon?] {
  do {
    let box = shapes.compactMap { $0?.boundingBox }.reduce(nil) { (all: BoundingBox?, next) in
      all?.union(next) ?? next
    }
    if let box, let suspicion = try axisSuspicion(of: box, crs: layer.crs) {
      throw DiagnosticList(.suspiciousCoordinates(suspicion, file: layer.name))
    }
    guard try !isLonLat(layer.crs) else { return shapes }
    return try transformed(
      shapes, from: layer.crs, to: .lonLat, maxSegment: segmentMeters, workers: workers)
  } catch let list as DiagnosticList {
    throw list
  } catch {
    throw DiagnosticList(.cannotTransform("\(error)", file: layer.name))
  }
}

/// Takes shapes to another CRS, in parallel over blocks: a transform belongs to one thread.
func transformed(
  _ shapes: [MultiPolygon?], from source: CRS, to target: CRS, maxSegment: Double, workers: Int
) throws -> [MultiPolygon?] {
  let block = 128
  let blocks = (shapes.count + block - 1) / block
  return try concurrentMap(count: blocks, workers: workers) { index in
    let transform = try CoordinateTransform(from: source, to: target)
    return try shapes[index * block..<min(shapes.count, (index + 1) * block)].map {
      try $0.map { try transform.transformed($0, maxSegment: maxSegment) }
    }
  }.flatMap { $0 }
}

extension Diagnostic {
  fileprivate static func brokenShape(
    _ feature: Feature?, _ message: String, _ layer: FeatureLayer
  ) -> Diagnostic {
    Diagnostic(
      .brokenShape, entry: feature.map { "feature \($0.number)" },
      at: feature.map(layer.place) ?? SourcePlace(file: layer.name),
      what: LocalizedText(
        en: "the shape can't be read: \(message)", es: "no se puede leer la forma: \(message)"),
      fix: LocalizedText(
        en: "every ring has four points or more and ends where it starts",
        es: "cada anillo tiene cuatro puntos o más y termina donde empieza"))
  }

  fileprivate static func repaired(
    _ shapes: [RepairedShape], mode: RepairMode, file: String
  ) -> Diagnostic {
    let gained = fixedOrderTotal(shapes.map(\.gainedKm2))
    let lost = fixedOrderTotal(shapes.map(\.lostKm2))
    let list = shapes.prefix(5).map { "\($0.code) (\($0.reason))" }.joined(separator: ", ")
    let dots = shapes.count > 5 ? ", …" : ""
    let count = NumberText.grouped(shapes.count)
    guard mode != .none else {
      return Diagnostic(
        .repairedShape, .warning, at: SourcePlace(file: file),
        what: LocalizedText(
          en: "invalid shapes that stay so (data.repair is \"none\"): \(count): \(list)\(dots)",
          es: "formas inválidas que quedan así (data.repair es \"none\"): \(count): \(list)\(dots)"
        ))
    }
    let change = (kilometers(gained), kilometers(lost))
    return Diagnostic(
      .repairedShape, .warning, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "invalid shapes repaired: \(count), \(change.0) km² gained, \(change.1) km² lost: "
          + "\(list)\(dots)",
        es: "formas inválidas reparadas: \(count), \(change.0) km² ganados, \(change.1) km² "
          + "perdidos: \(list)\(dots)"))
  }

  /// Coordinates that can't be what the file says.
  public static func suspiciousCoordinates(_ suspicion: AxisSuspicion, file: String) -> Diagnostic {
    let what =
      switch suspicion {
      case .swappedAxes:
        LocalizedText(
          en: "latitude seems to stand before longitude",
          es: "la latitud parece estar antes que la longitud")
      case .metersDeclaredAsDegrees:
        LocalizedText(
          en: "the coordinates seem to be meters, but degrees are declared",
          es: "las coordenadas parecen metros, pero se declaran grados")
      case .degreesDeclaredAsMeters:
        LocalizedText(
          en: "the coordinates seem to be degrees, but a projection is declared",
          es: "las coordenadas parecen grados, pero se declara una proyección")
      }
    return Diagnostic(
      .suspiciousCoordinates, at: SourcePlace(file: file), what: what,
      fix: LocalizedText(
        en: "declare the right system, or export as longitude/latitude",
        es: "declare el sistema correcto, o exporte como longitud/latitud"))
  }

  static func cannotTransform(_ message: String, file: String) -> Diagnostic {
    Diagnostic(
      .cannotTransform, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "the coordinates can't be brought together: \(message)",
        es: "no se pueden conciliar las coordenadas: \(message)"))
  }
}

/// An area for a message: three decimals.
func kilometers(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) ?? "?" }
