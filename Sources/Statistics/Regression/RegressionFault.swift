// Quiebre · Statistics
// Why a regression has no answer, with the columns and rows to blame.
// SPDX-License-Identifier: Apache-2.0

/// Why a logistic regression can't be fitted.
public enum RegressionFault: Error, Hashable, Sendable {
  /// No row has a weight.
  case noWeight
  /// All rows that count have the same outcome.
  case oneOutcome(Bool)
  /// More coefficients than rows that count.
  case tooFewRows(rows: Int, coefficients: Int)
  /// A column that is the same in all rows that count.
  case constantColumn(Int)
  /// A column that is a combination of earlier ones, each with its factor.
  case dependentColumn(Int, on: [Part])
  case separated(Separation)
  case notConverged

  /// A column with its factor; no column = the intercept.
  public struct Part: Hashable, Sendable {
    public let column: Int?
    public let factor: Double
  }

  /// A direction in which the likelihood grows without end.
  public struct Separation: Hashable, Sendable {
    /// Columns that take part.
    public let columns: [Int]
    /// Rows whose outcome the columns settle, ascending.
    public let rows: [Int]
    /// Whether every row that counts is settled.
    public let isComplete: Bool
  }
}
