// Quiebre · GeoFiles
// The features of a GeoJSON file, one after the other.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// The state of reading one file.
struct GeoJSONReading {
  let tape: JSONTape
  let crs: CRS
  var log = GeoJSONLog()
  /// Reused for every ring.
  var positions = JSONPositions()
  var tally = ShapeTally()
  private var features: [Feature] = []
  private var nodes: [Int] = []

  init(_ tape: JSONTape, crs: CRS) {
    self.tape = tape
    self.crs = crs
  }

  mutating func readFeatures(of top: GeoJSONTop) {
    guard let list = top.features else {
      readFeature(tape.root)
      return
    }
    var node = tape.firstChild(of: list)
    while node < tape.end(of: list), !log.isFull {
      readFeature(node)
      node = tape.next(after: node)
    }
    if let outside = tally.outside {
      log.add(
        .outside(outside.largest, features: tally.featuresOutside), outside.mark,
        feature: outside.feature)
    }
  }

  /// The features with the lines on which they start.
  func numberedFeatures() -> [Feature] {
    let lines = tape.lines(of: tape.offsets(of: nodes))
    return zip(features, lines).map { feature, line in
      Feature(
        number: feature.number, line: line, id: feature.id, fields: feature.fields,
        shape: feature.shape, point: feature.point)
    }
  }

  private mutating func readFeature(_ node: Int) {
    nodes.append(node)
    let number = nodes.count
    guard tape.kind(of: node) == .object else {
      log.structure(
        node, feature: number, en: "a feature must be an object",
        es: "un elemento debe ser un objeto")
      return
    }
    let members = featureMembers(of: node, number: number)
    guard let type = members.type, tape.isString(type, "Feature") else {
      log.structure(
        members.type ?? node, feature: number, en: "the object's 'type' must be 'Feature'",
        es: "el 'type' del objeto debe ser 'Feature'")
      return
    }
    let geometry = members.geometry.map { readGeometry($0, feature: number) } ?? .none
    features.append(
      Feature(
        number: number, id: identifier(members.id, feature: number),
        fields: members.properties.map { fields($0, feature: number) } ?? [:],
        shape: geometry.shape, point: geometry.point))
  }

  private struct FeatureMembers {
    var type: Int?
    var geometry: Int?
    var properties: Int?
    var id: Int?
  }

  private mutating func featureMembers(of node: Int, number: Int) -> FeatureMembers {
    var members = FeatureMembers()
    var key = tape.firstChild(of: node)
    while key < tape.end(of: node) {
      let value = tape.next(after: key)
      let isNew =
        if tape.isString(key, "type") {
          take(value, as: &members.type)
        } else if tape.isString(key, "geometry") {
          take(value, as: &members.geometry)
        } else if tape.isString(key, "properties") {
          take(value, as: &members.properties)
        } else if tape.isString(key, "id") {
          take(value, as: &members.id)
        } else {
          true
        }
      if !isNew { log.repeatedKey(tape.string(key), at: key, feature: number) }
      key = tape.next(after: value)
    }
    return members
  }

  /// Keeps the first node of a member; `false` for a further one.
  private func take(_ node: Int, as member: inout Int?) -> Bool {
    guard member == nil else { return false }
    member = node
    return true
  }

  private mutating func identifier(_ node: Int?, feature: Int) -> FieldValue {
    guard let node else { return .null }
    switch tape.kind(of: node) {
    case .string, .integer, .real, .null: return fieldValue(node)
    case .object, .array, .boolean:
      log.structure(
        node, feature: feature, en: "an 'id' must be a text or a number",
        es: "un 'id' debe ser un texto o un número")
      return .null
    }
  }

  private mutating func fields(_ node: Int, feature: Int) -> [String: FieldValue] {
    guard tape.kind(of: node) != .null else { return [:] }
    guard tape.kind(of: node) == .object else {
      log.structure(
        node, feature: feature, en: "'properties' must be an object",
        es: "'properties' debe ser un objeto")
      return [:]
    }
    var fields: [String: FieldValue] = [:]
    fields.reserveCapacity(tape.count(of: node))
    var key = tape.firstChild(of: node)
    while key < tape.end(of: node) {
      let value = tape.next(after: key)
      let name = tape.string(key)
      if fields.updateValue(fieldValue(value), forKey: name) != nil {
        log.repeatedKey(name, at: key, feature: feature)
      }
      key = tape.next(after: value)
    }
    return fields
  }

  private func fieldValue(_ node: Int) -> FieldValue {
    switch tape.kind(of: node) {
    case .null: .null
    case .string: .text(tape.string(node))
    case .boolean: .flag(tape.boolean(node) ?? false)
    case .integer: .integer(tape.integer(node) ?? 0)
    case .real: .number(tape.number(node) ?? 0)
    // What stands for NaN, where the file has any.
    case .object where !tape.notANumbers.isEmpty && tape.firstChild(of: node) == tape.end(of: node):
      .null
    case .object, .array: .text(tape.compactText(of: node))
    }
  }
}
