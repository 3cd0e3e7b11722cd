// Quiebre · Districts
// Where the ground and the counts of a polygon surface went: on districts, on none, twice.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// The books of an areal interpolation.
public struct GroundReport: Hashable, Sendable {
  /// A polygon of the surface that doesn't lie on districts with all its ground.
  public struct Rest: Hashable, Sendable {
    /// Number of the feature.
    public let row: Int
    public let code: String
    /// Ground on no district, km², and its share of the polygon.
    public let km2: Double
    public let share: Double
  }

  /// Two shapes of one layer over the same ground.
  public struct Pair: Hashable, Sendable {
    /// Of the districts, not of the surface.
    public let isOfDistricts: Bool
    public let first: String
    public let second: String
    public let km2: Double
  }

  /// What became of a column that was summed: total = shared − doubled + left over.
  public struct Total: Hashable, Sendable {
    public let column: String
    public let total: Double
    /// What districts got.
    public let shared: Double
    /// What districts got again, from ground that lies in several of them.
    public let doubled: Double
    /// What lies on no district.
    public let left: Double
  }

  /// All ground of the surface's polygons, and what of it lies on districts, counted once; km².
  public let polygonKm2: Double
  public let sharedKm2: Double
  /// What lies on no district, and what lies in several and counts again; km².
  public let leftKm2: Double
  public let doubledKm2: Double
  public let rests: [Rest]
  /// Overlaps within a layer of 10 m² and more; less is dust.
  public let pairs: [Pair]
  public var totals: [Total] = []
}

/// Overlaps of a layer below this are not named: rests of rounding.
private let dustKm2 = 1e-5

extension GroundReport {
  /// - Parameters:
  ///   - overlay: Districts over the surface's polygons.
  ///   - layer: The surface.
  ///   - ids: Its polygons' names.
  ///   - codes: The districts' codes.
  init(_ overlay: ArealOverlay, layer: FeatureLayer, ids: [String], codes: [String]) {
    let sources = overlay.sources
    var rests: [Rest] = []
    for index in ids.indices {
      let left = sources.uncovered(index)
      guard left > 0 else { continue }
      rests.append(
        Rest(
          row: layer.features[index].number, code: ids[index], km2: left,
          share: left / sources.areas[index]))
    }
    self.rests = rests
    pairs =
      Self.pairs(overlay.targets, names: codes, isOfDistricts: true)
      + Self.pairs(sources, names: ids, isOfDistricts: false)
    polygonKm2 = fixedOrderTotal(sources.areas)
    leftKm2 = fixedOrderTotal(rests.map(\.km2))
    doubledKm2 = fixedOrderTotal(sources.doubled)
    sharedKm2 = fixedOrderTotal(sources.covered)
  }

  private static func pairs(
    _ account: GroundAccount, names: [String], isOfDistricts: Bool
  ) -> [Pair] {
    account.pairs.filter { $0.area > dustKm2 }.map {
      Pair(
        isOfDistricts: isOfDistricts, first: names[$0.first], second: names[$0.second], km2: $0.area
      )
    }
  }

  /// Follows a column of counts through the overlay.
  mutating func follow(_ column: String, _ numbers: [Double?], through overlay: ArealOverlay) {
    let sources = overlay.sources
    var (total, doubled, left) = ([Double](), [Double](), [Double]())
    for (index, number) in numbers.enumerated() {
      guard let number, sources.areas[index] > 0 else { continue }
      total.append(number)
      doubled.append(number * (sources.doubled[index] / sources.areas[index]))
      left.append(number * (sources.uncovered(index) / sources.areas[index]))
    }
    let shared = overlay.overlaps.flatMap { overlaps in
      overlaps.map { overlap in
        (numbers[overlap.source] ?? 0) * (overlap.area / sources.areas[overlap.source])
      }
    }
    totals.append(
      Total(
        column: column, total: fixedOrderTotal(total), shared: fixedOrderTotal(shared),
        doubled: fixedOrderTotal(doubled), left: fixedOrderTotal(left)))
  }
}
