// Quiebre · Statistics
// How a sample was drawn: weights, strata, clusters, population sizes, units taken with certainty.
// SPDX-License-Identifier: Apache-2.0

/// What is done with a stratum of which only one primary sampling unit (PSU) is in the sample.
///
/// Its share of the variance can't be estimated from the sample; each rule but `fail` stands for an
/// assumption. The rules are those of R's package survey (`survey.lonely.psu`).
public enum LonelyRule: String, CaseIterable, Hashable, Sendable {
  /// Such a stratum is a fault.
  case fail
  /// The unit was certain to be drawn: it adds no variance.
  case certainty
  /// The unit's score is compared with the mean over the population instead of the stratum's own:
  /// cautious. (For a total, as in R, it is compared with zero.)
  case adjust
  /// The stratum adds as much variance as the others do on average.
  case average
}

/// The sample as drawn, in whole numbers: which row lies in which unit, which unit in which stratum.
///
/// Variances are those of primary units drawn with replacement (the "ultimate cluster" method), or
/// without replacement where population sizes are given; with sizes at two stages both count. A PSU
/// that was taken with certainty is a stratum of its own and its units of the next stage are its PSUs.
/// Domains never cut the design: rows outside of one stay in it with a score of zero.
public struct SurveyDesign: Sendable {
  /// One a row: how many persons of the population the row stands for.
  public let weights: [Double]
  public let lonelyRule: LonelyRule

  /// Units of the last stage, by row.
  let unitOfRow: [Int32]
  let unitCount: Int
  /// PSUs within strata.
  let first: SurveyStage
  /// Units within PSUs; `nil` if the last stage is the first.
  let second: SurveyStage?

  public var psuCount: Int { first.parentOfUnit.count }
  public var stratumCount: Int { first.unitsOfParent.count }
  /// Strata of which one PSU is in the sample and more are in the population.
  public var lonelyStrata: Int { first.lonelyParents }
  /// Whether some stratum has a finite population.
  public var isFinite: Bool { first.fraction.contains { $0 > 0 } }

  /// Checks the columns of a sample and numbers its units.
  ///
  /// - Throws: Every fault, with the rows (from 0) where it shows.
  public init(_ columns: SurveyColumns, lonelyRule: LonelyRule) throws(SurveyFaults) {
    var numbering = SurveyNumbering(columns)
    numbering.run()
    weights = columns.weights
    self.lonelyRule = lonelyRule
    unitOfRow = numbering.unitOfRow
    unitCount = numbering.unitCount
    first = numbering.first
    second = numbering.second
    if lonelyRule == .fail { numbering.refuseLonely(first, second) }
    guard numbering.faults.isEmpty else { throw SurveyFaults(items: numbering.faults) }
  }
}

/// What a file says of the design, row by row; codes are any numbers, equal for equal labels.
public struct SurveyColumns: Sendable {
  public var weights: [Double]
  /// `nil` = one stratum.
  public var stratum: [Int32]?
  /// `nil` = every row is a PSU.
  public var psu: [Int32]?
  /// Whether PSU codes start anew in every stratum; else a code in two strata is a fault.
  public var isNested = false
  /// Rows of PSUs that were taken with certainty.
  public var certainty: [Bool]?
  /// Units of the second stage (dwellings); `nil` = rows.
  ///
  /// Codes start anew in every PSU.
  public var secondUnit: [Int32]?
  /// PSUs of the row's stratum in the population, or the share of them that was drawn (≤ 1).
  public var population: [Double]?
  /// Units of the row's PSU in the population, or the share of them that was drawn (≤ 1).
  public var secondPopulation: [Double]?

  public init(weights: [Double]) { self.weights = weights }
}

/// What is wrong with a design; rows count from 0.
public enum SurveyFault: Error, Hashable, Sendable {
  case badWeight(row: Int)
  case noWeight
  case psuInTwoStrata(row: Int, firstRow: Int)
  case certaintyVaries(row: Int, firstRow: Int)
  case badPopulation(row: Int, isSecondStage: Bool)
  case populationVaries(row: Int, firstRow: Int, isSecondStage: Bool)
  case populationTooSmall(row: Int, units: Int, isSecondStage: Bool)
  /// Refused under ``LonelyRule/fail``.
  case lonely(row: Int, isSecondStage: Bool)
}

public struct SurveyFaults: Error, Hashable, Sendable {
  public let items: [SurveyFault]
}

/// Units within parents: PSUs within strata, or dwellings within PSUs.
struct SurveyStage: Sendable {
  var parentOfUnit: [Int32] = []
  var unitsOfParent: [Int32] = []
  /// Share of the parent's units that was drawn; 0 = as if drawn from an endless population.
  var fraction: [Double] = []
  /// A row of each parent, for messages.
  var rowOfParent: [Int32] = []

  func isLonely(_ parent: Int) -> Bool { unitsOfParent[parent] == 1 && fraction[parent] < 1 }

  var lonelyParents: Int { unitsOfParent.indices.count { isLonely($0) } }
}
