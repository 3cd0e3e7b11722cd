// Quiebre · Districts
// The statistics of a surface by name: `mean`, `q05`, `weighted_mean`, `majority`.
// SPDX-License-Identifier: Apache-2.0

import Formats
public import GeoCore

/// What is taken from a surface under a district.
///
/// The one place that names them, for scenarios and for the verb `join`; ``ZonalSummary`` and
/// ``ValueDistribution`` define them. A cell counts by its covered fraction and its true area;
/// those of ``weighted(_:)`` also by the weight raster.
public enum SurfaceStatistic: Hashable, Sendable {
  case count
  case sum
  case mean
  case min
  case max
  case variance
  case stdev
  /// Coefficient of variation.
  case cv
  case median
  case quantile(Double)
  case majority
  case minority
  case variety
  /// The share of the district on cells with data.
  case coverage
  /// The ground with data, km².
  case area
  /// The center of the first cell with the least or greatest value, in degrees.
  case minLongitude, minLatitude, maxLongitude, maxLatitude
  indirect case weighted(SurfaceStatistic)

  private static let byName: KeyValuePairs<String, SurfaceStatistic> = [
    "count": .count, "sum": .sum, "mean": .mean, "min": .min, "max": .max, "variance": .variance,
    "stdev": .stdev, "cv": .cv, "median": .median, "majority": .majority, "minority": .minority,
    "variety": .variety, "coverage": .coverage, "area": .area, "min_lon": .minLongitude,
    "min_lat": .minLatitude, "max_lon": .maxLongitude, "max_lat": .maxLatitude,
  ]

  /// The names that ``init(_:)`` reads, quantiles by an example.
  public static let names =
    byName.map(\.key) + ["q05"]
    + byName.filter { $0.value.canWeigh }.map { "weighted_" + $0.key } + ["weighted_q05"]

  /// Reads a statistic's name; `nil` for anything else.
  ///
  /// Quantiles are `q05`, `q97.5` in per cent, or `quantile 0.05`.
  public init?(_ text: String) {
    if text.hasPrefix("weighted_") {
      guard let inner = SurfaceStatistic(String(text.dropFirst(9))), inner.canWeigh else {
        return nil
      }
      self = .weighted(inner)
      return
    }
    if let known = Self.byName.first(where: { $0.key == text })?.value {
      self = known
      return
    }
    guard let share = quantileShare(text) else { return nil }
    self = .quantile(share)
  }

  /// What a field of this statistic ends in: `x_median`; quantiles in per cent, `x_q90`.
  public var suffix: String {
    switch self {
    case .quantile(let share): "q\(shortText(share * 100))"
    case .weighted(let inner): "weighted_\(inner.suffix)"
    default: Self.byName.first { $0.value == self }?.key ?? ""
    }
  }

  /// Whether weights make a difference to it.
  public var canWeigh: Bool {
    switch self {
    case .sum, .mean, .variance, .stdev, .cv, .median, .quantile, .majority, .minority: true
    default: false
    }
  }

  public var isWeighted: Bool {
    if case .weighted = self { true } else { false }
  }

  /// The form that a surface with weights means: all but the sum, where weights count people.
  var byDefaultWeighted: SurfaceStatistic { canWeigh && self != .sum ? .weighted(self) : self }

  /// Whether the values of the statistic have the unit of the surface.
  var keepsUnit: Bool {
    switch self {
    case .sum, .mean, .min, .max, .stdev, .median, .quantile, .majority, .minority: true
    case .weighted(let inner): inner.keepsUnit
    default: false
    }
  }

  /// Whether it needs every distinct value.
  public var needsDistribution: Bool {
    switch self {
    case .median, .majority, .minority, .variety, .quantile: true
    case .weighted(let inner): inner.needsDistribution
    default: false
    }
  }

  /// Whether it can be taken of polygons with values: all that needs neither cells nor weights.
  public var fitsPolygons: Bool {
    switch self {
    case .minLongitude, .minLatitude, .maxLongitude, .maxLatitude, .weighted: false
    default: true
    }
  }

  /// Its value under a district.
  ///
  /// - Parameters:
  ///   - summary: What the raster says under the district.
  ///   - center: The center of a cell in degrees.
  /// - Returns: `nil` where there is none.
  public func value(
    of summary: ZonalSummary, center: (CellPlace) -> Point?
  ) -> Double? {
    switch self {
    case .count: summary.count
    case .sum: summary.sum
    case .mean: summary.mean
    case .min: summary.min
    case .max: summary.max
    case .variance: summary.variance
    case .stdev: summary.stdev
    case .cv: summary.variation
    case .median, .quantile, .majority, .minority, .variety:
      summary.distribution.flatMap(value)
    case .coverage: summary.coverage
    case .area: summary.area
    case .minLongitude: center(summary.minCell)?.x
    case .minLatitude: center(summary.minCell)?.y
    case .maxLongitude: center(summary.maxCell)?.x
    case .maxLatitude: center(summary.maxCell)?.y
    case .weighted(let inner): summary.weighted.flatMap(inner.value)
    }
  }

  private func value(of weighted: WeightedSummary) -> Double? {
    switch self {
    case .sum: weighted.sum
    case .mean: weighted.mean
    case .variance: weighted.variance
    case .stdev: weighted.stdev
    case .cv: weighted.variation
    default: weighted.distribution.flatMap(value)
    }
  }

  func value(of distribution: ValueDistribution) -> Double? {
    switch self {
    case .median: distribution.median
    case .quantile(let share): distribution.quantile(share)
    case .majority: distribution.majority
    case .minority: distribution.minority
    case .variety: Double(distribution.variety)
    default: nil
    }
  }

  /// Its value for a district that borrows one cell: the cell's own; a count is never borrowed.
  func value(ofCell cell: Double) -> Double? {
    switch self {
    case .mean, .min, .max, .median, .quantile, .majority, .minority: cell
    case .weighted(let inner): inner == .sum ? nil : inner.value(ofCell: cell)
    default: nil
    }
  }
}

/// `q05`, `q97.5` or `quantile 0.05`.
private func quantileShare(_ text: String) -> Double? {
  let parts = text.split(separator: " ", omittingEmptySubsequences: false)
  if parts.count == 2, parts[0] == "quantile" {
    return Double(parts[1]).flatMap { (0...1).contains($0) ? $0 : nil }
  }
  guard parts.count == 1, text.hasPrefix("q"), let second = text.dropFirst().first,
    second.isASCII, second.isNumber, let percent = Double(text.dropFirst()),
    (0...100).contains(percent)
  else { return nil }
  return percent / 100
}

/// `90`, `2_5`: a number that may stand in a field name.
private func shortText(_ value: Double) -> String {
  let tenths = (value * 10).rounded() / 10
  if let whole = Int(exactly: tenths) { return String(whole) }
  return "\(tenths)".replacing(".", with: "_")
}
