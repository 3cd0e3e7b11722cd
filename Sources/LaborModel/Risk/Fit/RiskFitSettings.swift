// Quiebre · LaborModel
// What a risk model is fitted from: columns of a survey's file, and how they are to be taken.
// SPDX-License-Identifier: Apache-2.0

public import Statistics

/// A variable of the model to be fitted.
public struct RiskVariable: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A number if the column holds numbers, else a category.
    case asFound
    /// A number in percent, counted as a share.
    case percent
    /// A category; `nil` = its first level is the one that others are compared with.
    case category(reference: String?)
  }

  public let column: String
  public let kind: Kind

  public init(column: String, kind: Kind = .asFound) {
    self.column = column
    self.kind = kind
  }

  /// Reads `age`, `rural_pct%`, `area=urban` or `region=`.
  public init(parsing text: String) {
    if let equals = text.firstIndex(of: "="), equals != text.startIndex {
      let reference = text[text.index(after: equals)...]
      self.init(
        column: String(text[..<equals]),
        kind: .category(reference: reference.isEmpty ? nil : String(reference)))
    } else if text.hasSuffix("%"), text.count > 1 {
      self.init(column: String(text.dropLast()), kind: .percent)
    } else {
      self.init(column: text)
    }
  }
}

/// How a risk model is fitted.
public struct RiskFitSettings: Hashable, Sendable {
  /// What becomes of rows with an empty cell in a column that is used.
  public enum Missing: String, CaseIterable, Hashable, Sendable {
    case refuse
    case drop
  }

  /// Which covariance the coefficients get.
  public enum Errors: String, CaseIterable, Hashable, Sendable {
    /// Sandwich over clusters and strata.
    case robust
    /// Inverse information: right if rows are independent and weigh the same.
    case model
  }

  /// Column of 0 and 1.
  public var outcome: String
  public var variables: [RiskVariable]
  public var weight: String?
  public var cluster: String?
  public var stratum: String?
  /// Column of the groups that get a random intercept.
  public var district: String?
  /// Column of the regions that are left out in turn.
  public var region: String?
  /// Points of the quadrature over the random intercept; 1 = Laplace.
  public var points = 7
  public var missing = Missing.refuse
  public var lonely = LonelyRule.fail
  public var errors = Errors.robust
  public var classes: RiskClassRule?

  /// What `model.json` says of the survey.
  public var definition = ""
  public var survey = ""
  public var year = 0
  public var source = ""
  public var isSynthetic = false

  public init(outcome: String, variables: [RiskVariable]) {
    self.outcome = outcome
    self.variables = variables
  }

  /// Columns of the file that are used, each once.
  var columns: [String] {
    let named = [outcome] + variables.map(\.column)
    let others = [weight, cluster, stratum, district, region].compactMap { $0 }
    var found: [String] = []
    for column in named + others where !found.contains(column) { found.append(column) }
    return found
  }
}
