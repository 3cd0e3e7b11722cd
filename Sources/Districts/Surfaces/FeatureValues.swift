// Quiebre · Districts
// Values of features: the attribute that holds them, as numbers in range or as classes.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// The attribute with the values: the one named, the only one, or none (then points count 1).
func attributeName(
  _ layer: FeatureLayer, _ request: SurfaceRequest
) throws(DiagnosticList) -> String? {
  let all = Set(layer.features.flatMap(\.fields.keys)).sorted()
  if let value = request.value {
    if all.contains(value) { return value }
    throw DiagnosticList(.missingAttribute(value, all: all, file: layer.name))
  }
  if all.count == 1 { return all.first }
  if request.quantity == .sum, layer.features.contains(where: { $0.point != nil }) { return nil }
  throw DiagnosticList(.valueColumnUnclear(all, file: layer.name))
}

/// An attribute as a number in the unit of the file, or `nil` if it is null.
func attributeNumber(
  _ field: FieldValue, _ feature: Feature, _ layer: FeatureLayer, _ request: SurfaceRequest,
  _ faults: inout TableFaults
) -> Double? {
  let value: Double
  switch field {
  case .null: return nil
  case .integer(let number): value = Double(number)
  case .number(let number): value = number
  case .text, .flag:
    faults.add(.attributeIsNoNumber(fieldText(field) ?? "", feature, layer))
    return nil
  }
  if let valid = request.valid, !valid.contains(value) {
    faults.add(.attributeOutsideValidRange(value, valid: valid, request: request, feature, layer))
  }
  return value
}

/// The classes asked for, else one for each text.
func categoryClasses(
  _ request: SurfaceRequest, texts: [String?], file: String
) throws(DiagnosticList) -> [SurfaceRequest.CategoryClass] {
  if !request.classes.isEmpty { return request.classes }
  let distinct = Set(texts.compactMap { $0 }).sorted()
  guard distinct.count <= mostClasses else {
    throw DiagnosticList(.tooManyClasses(distinct.count, file: file))
  }
  return distinct.map { SurfaceRequest.CategoryClass(name: $0, values: [$0]) }
}
