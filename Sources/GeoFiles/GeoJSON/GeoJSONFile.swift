// Quiebre · GeoFiles
// GeoJSON (RFC 7946) to a layer: what the format means, and what is refused, is settled here.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
public import GeoCore

/// Reads a GeoJSON text: a FeatureCollection, or one Feature.
///
/// Polygons, multipolygons and points are taken. A null geometry or one without coordinates gives a
/// feature without a shape. Heights are left out (a note counts them), rings that don't return to
/// their first point are closed (a warning counts them). The old member `crs` is honored if it
/// names an EPSG code or CRS84 and refused otherwise. A nested property is kept as its JSON text.
/// A property that Python wrote as NaN is null (a warning counts them); a coordinate is refused.
///
/// - Parameters:
///   - bytes: UTF-8, with or without a byte order mark.
///   - name: The file's name for messages.
///   - onNote: Gets warnings and notes.
/// - Returns: The features in file order, each with the line on which it starts.
/// - Throws: Q130 to Q139 for JSON, Q131 for a property given twice, Q360 to Q368 for what the
///   features say; up to 50 faults at once, each with its feature and line.
public func readGeoJSON(
  bytes: [UInt8], name: String, onNote: (Diagnostic) -> Void = { _ in }
) throws(DiagnosticList) -> FeatureLayer {
  let tape = try JSONTape(parsing: bytes, name: name, sparing: true)
  let top = try GeoJSONTop(tape)
  var reading = GeoJSONReading(tape, crs: top.crs)
  reading.readFeatures(of: top)
  let notes = reading.notes()
  guard reading.log.isEmpty else { throw DiagnosticList(reading.log.diagnostics(on: tape)) }
  for note in notes.diagnostics(on: tape) + notANumberNotes(tape) { onNote(note) }
  return FeatureLayer(
    name: name, crs: top.crs, features: reading.numberedFeatures(), stamps: top.stamps)
}

private func notANumberNotes(_ tape: JSONTape) -> [Diagnostic] {
  guard let first = tape.notANumbers.first else { return [] }
  return [
    Diagnostic(
      .jsonNotANumber, .warning,
      at: SourcePlace(file: tape.name, bytes: tape.bytes, offset: first),
      what: LocalizedText(
        en:
          "\(tape.notANumbers.count) value(s) are NaN or Infinity, which is no JSON; read as null",
        es:
          "\(tape.notANumbers.count) valor(es) son NaN o Infinity, que no es JSON; se leen como null"
      ))
  ]
}

/// The members of the outermost object.
struct GeoJSONTop {
  /// The array of features, or `nil` when the file is a single feature.
  private(set) var features: Int?
  private(set) var crs = CRS.lonLat
  private(set) var stamps: [String: String] = [:]

  init(_ tape: JSONTape) throws(DiagnosticList) {
    var log = GeoJSONLog()
    guard tape.kind(of: tape.root) == .object else {
      log.structure(
        tape.root, en: "a GeoJSON file holds one object; this one holds a list or a plain value",
        es: "un archivo GeoJSON contiene un objeto; este contiene una lista o un valor simple")
      throw DiagnosticList(log.diagnostics(on: tape))
    }
    let members = GeoJSONMembers(of: tape.root, in: tape, log: &log, feature: nil)
    if let crsNode = members.node("crs") {
      crs = geoJSONCRS(crsNode, in: tape, log: &log) ?? .lonLat
    }
    if let stampNode = members.node("quiebre") { readStamps(stampNode, in: tape) }
    switch members.node("type").map({ tape.kind(of: $0) == .string ? tape.string($0) : "" }) {
    case "FeatureCollection": features = GeoJSONTop.features(members, tape, &log)
    case "Feature": features = nil
    case let type:
      log.refuseTop(tape.root, type: type, hasFeatures: members.node("features") != nil)
    }
    guard log.isEmpty else { throw DiagnosticList(log.diagnostics(on: tape)) }
  }

  private static func features(
    _ members: GeoJSONMembers, _ tape: JSONTape, _ log: inout GeoJSONLog
  ) -> Int? {
    guard let list = members.node("features"), tape.kind(of: list) == .array else {
      log.structure(
        members.node("features") ?? tape.root, en: "a FeatureCollection needs a list 'features'",
        es: "un FeatureCollection necesita una lista 'features'")
      return nil
    }
    if tape.firstChild(of: list) == tape.end(of: list) {
      log.add(.emptyLayer(), list)
    }
    return list
  }

  private mutating func readStamps(_ node: Int, in tape: JSONTape) {
    guard tape.kind(of: node) == .object else { return }
    var key = tape.firstChild(of: node)
    while key < tape.end(of: node) {
      let value = tape.next(after: key)
      if tape.kind(of: value) == .string { stamps[tape.string(key)] = tape.string(value) }
      key = tape.next(after: value)
    }
  }
}

/// The first level of an object's members by name; a name given twice is a fault.
struct GeoJSONMembers {
  private var nodes: [(key: String, node: Int)] = []

  init(of object: Int, in tape: JSONTape, log: inout GeoJSONLog, feature: Int?) {
    var key = tape.firstChild(of: object)
    while key < tape.end(of: object) {
      let value = tape.next(after: key)
      let name = tape.string(key)
      if node(name) != nil {
        log.repeatedKey(name, at: key, feature: feature)
      } else {
        nodes.append((name, value))
      }
      key = tape.next(after: value)
    }
  }

  func node(_ key: String) -> Int? { nodes.first { $0.key == key }?.node }
}
