// Quiebre · Statistics
// One published figure of a series, and why a figure or a whole series can't be used.
// SPDX-License-Identifier: Apache-2.0

/// One published rate, in percent; its error in percentage points.
public struct Observation: Hashable, Sendable {
  /// Calendar year; may be fractional for a survey's mid-point.
  public var year: Double
  public var rate: Double
  /// Sampling standard error, pp; `nil` = unknown.
  public var standardError: Double?
  /// Whether the error was computed from a sample size and a design factor.
  public var errorIsApproximate: Bool
  /// Survey and definition.
  public var method: String
  /// Kept in tables and drawings, left out of every fit, level and test.
  public var isShock: Bool
  /// A model's estimate: smooth by construction, so no break may be sought in it.
  public var isModelled: Bool
  /// Worked out from other figures rather than published as such.
  public var isDerived: Bool
  /// Row in its file, for messages.
  public var row: Int?

  public init(
    year: Double, rate: Double, standardError: Double?, errorIsApproximate: Bool = false,
    method: String = "", isShock: Bool = false, isModelled: Bool = false,
    isDerived: Bool = false, row: Int? = nil
  ) {
    self.year = year
    self.rate = rate
    self.standardError = standardError
    self.errorIsApproximate = errorIsApproximate
    self.method = method
    self.isShock = isShock
    self.isModelled = isModelled
    self.isDerived = isDerived
    self.row = row
  }
}

/// A figure that the test didn't use, and why.
public struct LeftOut: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case publishedLater
    case shock
    /// Before the year that the plateau was said to begin, with too few years for a slope there.
    case beforeSince
  }

  public let observation: Observation
  public let reason: Reason

  public init(_ observation: Observation, _ reason: Reason) {
    self.observation = observation
    self.reason = reason
  }
}

/// What forbids a test on a series.
public struct SeriesFault: Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    case errorNotPositive(Double)
    case rateOutside(Double)
    /// A rate of 0 (or 100) on a scale that has no place for it.
    case offTheScale(Double, BreakSettings.Scale)
    case yearNotAfterPrevious(Double)
    case modelled
    /// Two or more methods and no rule how to join them.
    case methodsDiffer([String])
  }

  public let row: Int?
  public let year: Double
  public let problem: Problem
}

/// Every fault of a series at once.
public struct SeriesFaults: Error, Hashable, Sendable {
  public let items: [SeriesFault]
}
