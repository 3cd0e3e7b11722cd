// Quiebre · Districts
// What came together and what did not: one part for each layer, table or surface.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// Everything that a join has to account for.
public struct JoinReport: Hashable, Sendable {
  public var parts: [JoinPart]

  public init(parts: [JoinPart] = []) { self.parts = parts }
}

/// How one source met the districts.
public struct JoinPart: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case layer
    case table
    case raster
    case points
    case polygons
  }

  /// File (and layer or band) as messages name it.
  public var name: String
  public var kind: Kind
  /// Districts in the registry.
  public var districts: Int
  /// Districts that got a value (for a layer: a shape).
  public var matched: Int
  /// Districts that this source says nothing about.
  public var missing: [MissingDistrict] = []
  /// Rows or features whose code is no district of the registry.
  public var unmatched: [UnmatchedRow] = []
  /// Codes that stand twice.
  public var doubled: [DoubledCode] = []
  /// Rows that were brought to another code by the table of changes.
  public var moved: [MovedCode] = []
  /// Districts with a row or a shape but no value: an empty cell, no valid raster cell.
  public var empty: [String] = []
  /// Districts that took the nearest value instead.
  public var nearest: [String] = []
  /// Districts whose missing value was filled in.
  public var imputed: [String] = []
  public var repaired: [RepairedShape] = []
  public var coding: CodingEvidence?
  /// Where the ground and counts of a polygon surface went.
  public var ground: GroundReport?

  public init(name: String, kind: Kind, districts: Int, matched: Int = 0) {
    self.name = name
    self.kind = kind
    self.districts = districts
    self.matched = matched
  }
}

/// A district without a row, a feature or a value.
public struct MissingDistrict: Hashable, Sendable {
  public let code: String
  public let name: String
  public let explanation: LocalizedText?

  public init(code: String, name: String, explanation: LocalizedText? = nil) {
    self.code = code
    self.name = name
    self.explanation = explanation
  }
}

/// A row or feature without a district.
public struct UnmatchedRow: Hashable, Sendable {
  /// Line of the file, or number of the feature; from 1.
  public let row: Int
  public let code: String
  public let name: String?
  public let explanation: LocalizedText?

  public init(row: Int, code: String, name: String? = nil, explanation: LocalizedText? = nil) {
    self.row = row
    self.code = code
    self.name = name
    self.explanation = explanation
  }
}

/// A code that stands in several rows.
public struct DoubledCode: Hashable, Sendable {
  public let code: String
  public let rows: [Int]

  public init(code: String, rows: [Int]) {
    self.code = code
    self.rows = rows
  }
}

/// A row that another vintage writes under another code.
public struct MovedCode: Hashable, Sendable {
  public let row: Int
  public let from: String
  public let to: String

  public init(row: Int, from: String, to: String) {
    self.row = row
    self.from = from
    self.to = to
  }
}

/// A shape that had to be mended.
public struct RepairedShape: Hashable, Sendable {
  public let code: String
  /// What was wrong, as GEOS says it.
  public let reason: String
  /// Ground that the repair added and took away, km².
  public let gainedKm2: Double
  public let lostKm2: Double

  public init(code: String, reason: String, gainedKm2: Double, lostKm2: Double) {
    self.code = code
    self.reason = reason
    self.gainedKm2 = gainedKm2
    self.lostKm2 = lostKm2
  }
}
