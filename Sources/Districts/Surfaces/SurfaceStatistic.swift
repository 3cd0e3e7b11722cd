// Quiebre · Districts
// The statistics of a surface by name: `mean`, `quantile 0.9`, `majority`.
// SPDX-License-Identifier: Apache-2.0

import GeoCore

/// What is taken from a surface under a district.
public enum SurfaceStatistic: Hashable, Sendable {
  case mean
  case sum
  case min
  case max
  case count
  case coverage
  case variance
  case stdev
  case median
  case quantile(Double)
  case majority

  /// The names that ``init(_:)`` reads.
  public static let names = [
    "mean", "sum", "min", "max", "count", "coverage", "variance", "stdev", "median",
    "quantile 0.9", "majority",
  ]

  /// Reads a statistic as a scenario writes it; `nil` for anything else.
  public init?(_ text: String) {
    switch text {
    case "mean": self = .mean
    case "sum": self = .sum
    case "min": self = .min
    case "max": self = .max
    case "count": self = .count
    case "coverage": self = .coverage
    case "variance": self = .variance
    case "stdev": self = .stdev
    case "median": self = .median
    case "majority": self = .majority
    default:
      let parts = text.split(separator: " ")
      guard parts.count == 2, parts[0] == "quantile", let share = Double(parts[1]),
        (0...1).contains(share)
      else { return nil }
      self = .quantile(share)
    }
  }

  /// What a field of this statistic ends in: `x_median`; quantiles in per cent, `x_q90`.
  public var suffix: String {
    switch self {
    case .mean: "mean"
    case .sum: "sum"
    case .min: "min"
    case .max: "max"
    case .count: "count"
    case .coverage: "coverage"
    case .variance: "variance"
    case .stdev: "stdev"
    case .median: "median"
    case .majority: "majority"
    case .quantile(let share): "q\(shortText(share * 100))"
    }
  }

  /// Whether the values of the statistic have the unit of the surface.
  var keepsUnit: Bool {
    switch self {
    case .count, .coverage, .variance: false
    default: true
    }
  }

  var needsDistribution: Bool {
    switch self {
    case .median, .majority, .quantile: true
    default: false
    }
  }

  func value(of summary: ZonalSummary) -> Double? {
    switch self {
    case .mean: summary.mean
    case .sum: summary.sum
    case .min: summary.min
    case .max: summary.max
    case .count: summary.count
    case .coverage: summary.coverage
    case .variance: summary.variance
    case .stdev: summary.stdev
    case .median: summary.median
    case .majority: summary.majority
    case .quantile(let share): summary.distribution?.quantile(share)
    }
  }
}

/// `90`, `2_5`: a number that may stand in a field name.
private func shortText(_ value: Double) -> String {
  let tenths = (value * 10).rounded() / 10
  if let whole = Int(exactly: tenths) { return String(whole) }
  return "\(tenths)".replacing(".", with: "_")
}
