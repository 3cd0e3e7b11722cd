// Quiebre · QuiebreKit
// What `quiebre layer` is asked, with its defaults.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// `quiebre layer`: the health of a layer of polygons, its neighbors, hot spots and map shapes.
public struct LayerRequest: Hashable, Sendable {
  /// How the shapes are written.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    case csv
    case geojson
    case gpkg
  }

  /// The file, `file#layer` too.
  public var layer: String
  /// The column of codes; `nil` = the country's own, else the feature's number.
  public var codeColumn: String?
  /// Where the findings go, as CSV.
  public var findings: String?
  /// Where the pairs of neighbors go, as CSV.
  public var neighbors: String?
  /// Neighbors share a border, not just a point.
  public var needsBorder = false
  /// Snapping tolerance in meters; `nil` = some three.
  public var tolerance: Double?
  /// The column whose hot spots are wanted.
  public var hotspots: String?
  public var permutations = 9999
  public var seed: UInt64 = 1
  /// The share of findings that may be wrong.
  public var falseDiscovery = 0.05
  /// How far borders may move, in meters.
  public var simplify: Double?
  /// How many points all borders may have.
  public var points: Int?
  public var decimals: Int?
  /// Where shapes and hot spots go.
  public var output: String?
  public var format = Format.geojson
  public var json = false

  var repair = RepairMode.structure
  var rule: ContiguityRule { needsBorder ? .rook : .queen }

  public init(layer: String) { self.layer = layer }

  /// The ways to mend a shape.
  public static let repairs = RepairMode.allCases.map(\.rawValue)

  /// Sets how invalid shapes are mended, by one of the words of ``repairs``.
  public mutating func repair(_ word: String) { repair = RepairMode(rawValue: word) ?? repair }

  /// Whether something is asked that only shows in the file of shapes.
  public var needsOutput: Bool {
    hotspots != nil || simplify != nil || points != nil || decimals != nil
  }
}
