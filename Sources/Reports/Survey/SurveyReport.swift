// Quiebre · Reports
// What `quiebre survey` found, before it becomes text, JSON or rows.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Statistics

/// Estimates of one quantity with the facts of the sample that they rest on.
public struct SurveyReport: Sendable {
  /// The estimate of one domain in one year.
  public struct Line: Hashable, Sendable {
    /// `nil` if the file has no year.
    public let year: Int?
    /// Empty for the whole population.
    public let label: String
    public let estimate: SurveyEstimate

    public init(year: Int?, label: String, estimate: SurveyEstimate) {
      self.year = year
      self.label = label
      self.estimate = estimate
    }
  }

  /// Lines by one column; `by` is empty for the whole population.
  public struct Section: Hashable, Sendable {
    public let by: String
    public let lines: [Line]

    public init(by: String, lines: [Line]) {
      self.by = by
      self.lines = lines
    }
  }

  /// The sample.
  public struct Sample: Hashable, Sendable {
    public let file: String
    public let rows: Int
    /// Rows of the universe with a blank where a value is due.
    public let leftOut: Int
    public let psus: Int
    public let strata: Int
    public let lonelyStrata: Int
    public let lonelyRule: LonelyRule
    public let isFinite: Bool

    public init(file: String, rows: Int, leftOut: Int, design: SurveyDesign) {
      self.file = file
      self.rows = rows
      self.leftOut = leftOut
      psus = design.psuCount
      strata = design.stratumCount
      lonelyStrata = design.lonelyStrata
      lonelyRule = design.lonelyRule
      isFinite = design.isFinite
    }
  }

  public var name: LocalizedText
  public var note: LocalizedText?
  public var statistic: SurveyTarget.Statistic
  /// Definition group of the rows.
  public var group: String?
  public var sample: Sample
  public var intervals: SurveyIntervals
  /// Coefficient of variation above which an estimate is referential.
  public var largestVariation: Double
  public var sections: [Section]
  /// By code of department, for the rows of direct estimates.
  public var departments: [Line] = []
  public var published: String?
  public var method: String?
  public var isShock = false

  public init(
    name: LocalizedText, note: LocalizedText?, statistic: SurveyTarget.Statistic, group: String?,
    sample: Sample, intervals: SurveyIntervals, largestVariation: Double, sections: [Section]
  ) {
    self.name = name
    self.note = note
    self.statistic = statistic
    self.group = group
    self.sample = sample
    self.intervals = intervals
    self.largestVariation = largestVariation
    self.sections = sections
  }

  func isOnFewClusters(_ estimate: SurveyEstimate) -> Bool {
    estimate.standardError != nil
      && estimate.degreesOfFreedom < SurveyEstimate.fewDegreesOfFreedom
  }

  func isReferential(_ estimate: SurveyEstimate) -> Bool {
    (estimate.coefficientOfVariation ?? 0) > largestVariation
  }
}

extension SurveyReport.Line {
  /// Whether the readers of the scenario take the line: a rate strictly inside 0…100 % with an error.
  public var isReadable: Bool {
    guard year != nil, let value = estimate.value, let error = estimate.standardError else {
      return false
    }
    return (0.00001...0.99999).contains(value) && (0.000001...1).contains(error)
  }
}
