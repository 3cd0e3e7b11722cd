// Quiebre · LaborModel
// Reads the keys of model.json, gathering every fault with its place.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// The keys of a risk model's file.
struct RiskModelReader {
  private let root: JSONValue
  private(set) var faults: [Diagnostic] = []

  init(_ root: JSONValue) { self.root = root }

  mutating func text(_ key: String) -> String {
    take(root[key], key, .text) { $0.string } ?? ""
  }

  mutating func number(_ key: String) -> Double {
    take(root[key], key, .number) { $0.number } ?? 0
  }

  mutating func whole(_ key: String) -> Int {
    take(root[key], key, .whole) { $0.integer } ?? 0
  }

  mutating func flag(_ key: String) -> Bool {
    take(root[key], key, .flag) { $0.boolean } ?? false
  }

  mutating func terms() -> [RiskModel.Term] {
    let list = take(root["terms"], "terms", .list) { $0.array } ?? []
    return list.enumerated().map { index, value in
      let entry = "terms[\(index)]"
      let level = value["level"].flatMap { level in
        take(level, "\(entry).level", .text) { $0.string ?? $0.integer.map(String.init) }
      }
      if let unit = value["unit"], unit.string == nil {
        faults.append(.badModel("\(entry).unit", .wrongType(.text), at: unit.place))
      }
      let reference = value["reference"].flatMap { reference in
        take(reference, "\(entry).reference", .text) { $0.string ?? $0.integer.map(String.init) }
      }
      return RiskModel.Term(
        name: take(value["name"], "\(entry).name", .text, within: value) { $0.string } ?? "",
        level: level, isPercent: value["unit"]?.string == "%", reference: reference,
        beta: take(value["beta"], "\(entry).beta", .number, within: value) { $0.number } ?? 0)
    }
  }

  /// `districts[] {code, u, sd}`; none if the key isn't there.
  mutating func effects() -> [String: RiskModel.DistrictEffect] {
    guard let value = root["districts"] else { return [:] }
    let list = take(value, "districts", .list) { $0.array } ?? []
    var effects: [String: RiskModel.DistrictEffect] = [:]
    for (index, district) in list.enumerated() {
      let entry = "districts[\(index)]"
      let code = take(district["code"], "\(entry).code", .text, within: district) { $0.string }
      let mean = take(district["u"], "\(entry).u", .number, within: district) { $0.number }
      let spread = take(district["sd"], "\(entry).sd", .number, within: district) { $0.number }
      guard let code, let mean, let spread else { continue }
      if effects[code] != nil {
        faults.append(.badModel(entry, .repeatedDistrict(code), at: district.place))
      }
      effects[code] = RiskModel.DistrictEffect(mean: mean, deviation: spread)
    }
    return effects
  }

  mutating func matrix(_ key: String) -> [[Double]] {
    let rows = take(root[key], key, .list) { $0.array } ?? []
    return rows.enumerated().map { row, value in
      (take(value, "\(key)[\(row)]", .list) { $0.array } ?? []).enumerated().map { column, cell in
        take(cell, "\(key)[\(row)][\(column)]", .number) { $0.number } ?? 0
      }
    }
  }

  private mutating func take<Value>(
    _ value: JSONValue?, _ entry: String, _ kind: ModelFlaw.Kind, within parent: JSONValue? = nil,
    _ read: (JSONValue) -> Value?
  ) -> Value? {
    guard let value else {
      faults.append(.badModel(entry, .missing(kind), at: (parent ?? root).place))
      return nil
    }
    guard let found = read(value) else {
      faults.append(.badModel(entry, .wrongType(kind), at: value.place))
      return nil
    }
    return found
  }
}

/// What is wrong with an entry of model.json.
enum ModelFlaw: Hashable {
  enum Kind: Hashable {
    case text
    case number
    case whole
    case flag
    case list
  }

  case missing(Kind)
  case wrongType(Kind)
  case noTerms
  case repeatedTerm(String)
  case repeatedDistrict(String)
  case notANumber
  case negative
}
