// Quiebre · Districts
// What polygons with values say under one district, by the ground that they share.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// The values of the polygons that a district shares ground with.
///
/// With s the ground that the district shares with a polygon, v the polygon's value, A its own
/// ground and D the district's: a mean is Σsv / Σs over polygons with a value (intensive), a sum is
/// Σv·s/A (extensive). Quantiles and the like weigh values by s.
struct SharedValues {
  /// Of polygons with a value: value, shared ground and the polygon's own, km².
  private var parts: [(value: Double, shared: Double, own: Double)] = []
  private let district: Double
  private let doubled: Double

  /// - Parameters:
  ///   - overlaps: Of the district, with positive ground.
  ///   - numbers: One per polygon, `nil` for none.
  ///   - areas: The polygons' own ground.
  ///   - district: The district's ground.
  ///   - doubled: What several polygons share of it, counted again.
  init(
    _ overlaps: [Overlap], numbers: [Double?], areas: [Double], district: Double, doubled: Double
  ) {
    self.district = district
    self.doubled = doubled
    for overlap in overlaps {
      guard let number = numbers[overlap.source], areas[overlap.source] > 0 else { continue }
      parts.append((number, overlap.area, areas[overlap.source]))
    }
  }

  /// `nil` without a polygon that has a value, or for a statistic that polygons don't have.
  func value(of statistic: SurfaceStatistic) -> Double? {
    guard !parts.isEmpty else { return nil }
    switch statistic {
    case .count: return Double(parts.count)
    case .sum: return parts.reduce(0) { $0 + $1.value * ($1.shared / $1.own) }
    case .mean: return mean
    case .min: return parts.lazy.map(\.value).min()
    case .max: return parts.lazy.map(\.value).max()
    case .variance: return variance
    case .stdev: return variance.squareRoot()
    case .cv: return mean == 0 ? nil : variance.squareRoot() / mean
    case .area: return ground
    case .coverage: return district > 0 ? min(1, max(0, (ground - doubled) / district)) : nil
    case .median, .quantile, .majority, .minority, .variety:
      return statistic.value(
        of: ValueDistribution(of: parts.map { (value: $0.value, weight: $0.shared) }))
    case .minLongitude, .minLatitude, .maxLongitude, .maxLatitude, .weighted: return nil
    }
  }

  private var ground: Double { parts.reduce(0) { $0 + $1.shared } }

  private var mean: Double { parts.reduce(0) { $0 + $1.value * $1.shared } / ground }

  private var variance: Double {
    let mean = mean
    let squares = parts.reduce(0) { $0 + $1.shared * (($1.value - mean) * ($1.value - mean)) }
    return squares / ground
  }
}
