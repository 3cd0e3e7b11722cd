// Quiebre · Districts
// The health of a layer: validity, repairs, overlaps, gaps, lakes, rings, coordinates.
// SPDX-License-Identifier: Apache-2.0

import Compute
public import GeoCore

/// What was found in a layer of polygons, and what a repair would cost.
public struct LayerHealth: Hashable, Sendable {
  /// The layer as messages name it.
  public let name: String
  /// Features, those without a shape among them.
  public let features: Int
  /// Everything found, faults first, then by size.
  public let findings: [HealthFinding]
  /// Sum of the shapes' areas after repair, in km².
  public let area: Double
  /// Neighbors that share a point, and those that share a border.
  public let queenPairs: Int
  public let rookPairs: Int

  public init(
    name: String, features: Int, findings: [HealthFinding], area: Double, queenPairs: Int,
    rookPairs: Int
  ) {
    self.name = name
    self.features = features
    self.findings = findings
    self.area = area
    self.queenPairs = queenPairs
    self.rookPairs = rookPairs
  }

  /// The gravest verdict of all findings.
  public var verdict: HealthVerdict { findings.map(\.kind.verdict).max() ?? .sound }

  /// The findings of a kind.
  public func findings(_ kind: HealthFinding.Kind) -> [HealthFinding] {
    findings.filter { $0.kind == kind }
  }
}

/// How grave a finding is.
public enum HealthVerdict: String, CaseIterable, Comparable, Hashable, Sendable {
  /// Nothing that a join would stumble over; lakes and islands are as they should be.
  case sound
  /// Results can suffer: ground counted twice or not at all.
  case flawed
  /// Shapes break the rules of geometry, or coordinates can't be what they say.
  case broken

  public static func < (a: HealthVerdict, b: HealthVerdict) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .sound: 0
    case .flawed: 1
    case .broken: 2
    }
  }
}

/// One thing found.
public struct HealthFinding: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Coordinates that can't be what their system says.
    case axes
    /// Breaks the rules of geometry; `area` gained and `lost` by the repair.
    case invalid
    /// The shape has no ground at all.
    case collapsed
    /// The feature has no shape.
    case missing
    /// Ground in two shapes.
    case overlap
    /// Ground in no shape between neighbors.
    case gap
    /// A gap too large and wide to be an error; never filled.
    case lake
    case spike
    case repeatedVertex = "repeated_vertex"
    case ringSense = "ring_sense"
    /// Overlaps and gaps of some square meters together: rests of rounding.
    case dust
    /// A shape without neighbors.
    case island

    /// How grave it is.
    public var verdict: HealthVerdict {
      switch self {
      case .axes, .invalid, .collapsed: .broken
      case .missing, .overlap, .gap, .spike: .flawed
      case .lake, .repeatedVertex, .ringSense, .dust, .island: .sound
      }
    }
  }

  public let kind: Kind
  /// The shapes concerned, by code or number.
  public let codes: [String]
  /// Where; `nil` where no place can be named.
  public let at: Point?
  /// Ground concerned in km²: of the overlap, gap or lake, or gained by the repair.
  public let area: Double?
  /// Ground lost by the repair, in km².
  public let lost: Double?
  /// What GEOS or the check says, or how many times.
  public let detail: String

  public init(
    _ kind: Kind, codes: [String], at: Point? = nil, area: Double? = nil, lost: Double? = nil,
    detail: String = ""
  ) {
    self.kind = kind
    self.codes = codes
    self.at = at
    self.area = area
    self.lost = lost
    self.detail = detail
  }
}
