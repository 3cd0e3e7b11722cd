// Quiebre · StatisticsTests
// Regressions without an answer: refused, with the columns and rows to blame.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Statistics

@Suite("Regression faults")
struct RegressionFaultTests {
  private func fault(
    _ columns: [[Double]], _ outcomes: [Int], weights: [Double]? = nil
  ) -> RegressionFault? {
    do throws(RegressionFault) {
      _ = try LogisticFit(
        PackedColumns(columns, rowCount: outcomes.count), outcomes: outcomes.map { $0 == 1 },
        weights: weights, workers: 1)
      return nil
    } catch {
      return error
    }
  }

  private let outcomes = [0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0]
  private let noise = [0.3, 1.2, 2.5, 0.1, 3.3, 1.8, 0.9, 2.2, 1.1, 0.4, 2.9, 3.0]

  @Test func outcomesOfOneKindAreRefused() {
    #expect(fault([noise], [Int](repeating: 1, count: 12)) == .oneOutcome(true))
    let weights = outcomes.map { $0 == 1 ? 0.0 : 2 }
    #expect(fault([noise], outcomes, weights: weights) == .oneOutcome(false))
  }

  @Test func weightsOfZeroAreNoSample() {
    #expect(fault([noise], outcomes, weights: outcomes.map { _ in 0 }) == .noWeight)
  }

  @Test func moreCoefficientsThanRowsAreRefused() {
    let columns = (0..<12).map { column in outcomes.indices.map { $0 == column ? 1.0 : 0 } }
    #expect(fault(columns, outcomes) == .tooFewRows(rows: 12, coefficients: 13))
  }

  @Test func aConstantColumnIsNamed() {
    #expect(fault([noise, noise.map { _ in 1e9 / 3 }], outcomes) == .constantColumn(1))
    // Varies in a row without weight only.
    var column = noise.map { _ in 4.0 }
    column[3] = 5
    var weights = noise.map { _ in 1.0 }
    weights[3] = 0
    #expect(fault([noise, column], outcomes, weights: weights) == .constantColumn(1))
  }

  @Test func aDoubledColumnIsNamedWithItsTwin() {
    let other = noise.indices.map { Double($0 * $0 % 7) }
    let found = fault([noise, other, noise], outcomes)
    guard case .dependentColumn(2, let parts) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(parts.map(\.column) == [0])
    #expect((parts[0].factor - 1).magnitude < 1e-12)
  }

  /// All levels of a category beside the intercept: the last is 1 − the others.
  @Test func allLevelsOfACategoryAreACombination() {
    let levels = (0..<3).map { level in noise.indices.map { $0 % 3 == level ? 1.0 : 0 } }
    let found = fault([noise] + levels, outcomes)
    guard case .dependentColumn(3, let parts) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(parts.map(\.column) == [1, 2, nil])
    #expect(zip(parts, [-1, -1, 1.0]).allSatisfy { ($0.factor - $1).magnitude < 1e-12 })
  }

  @Test func perfectSeparationIsProved() {
    let sorted = noise.indices.map { Double($0) }
    let found = fault([sorted], sorted.map { $0 < 5.5 ? 0 : 1 })
    #expect(
      found == .separated(.init(columns: [0], rows: Array(0..<12), isComplete: true)))
  }

  /// A category whose four rows all have the outcome: only they are settled.
  @Test func quasiSeparationNamesItsRows() {
    let level = [0.0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    let found = fault([noise, level], outcomes)
    #expect(
      found == .separated(.init(columns: [1], rows: [1, 3, 4, 7], isComplete: false)))
  }

  @Test func aLevelOfOneRowIsSeparation() {
    let level = noise.indices.map { $0 == 5 ? 1.0 : 0 }
    #expect(
      fault([noise, level], outcomes)
        == .separated(.init(columns: [1], rows: [5], isComplete: false)))
  }

  /// No single column separates, their sum does.
  @Test func separationByACombinationNamesAllItsColumns() {
    let first = [1.0, 5, 2, 4, 6, 3, 1, 2, 5, 6, 1, 2]
    let second = [2.0, 1, 3, 4, 1, 2, 1, 6, 0, 3, 6, 3]
    let sums = zip(first, second).map { $0 + $1 }
    let found = fault([noise, first, second], sums.map { $0 > 5.5 ? 1 : 0 })
    guard case .separated(let separation)? = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(separation.isComplete && Set(separation.columns).isSuperset(of: [1, 2]))
  }

  /// Steep but finite: one row on the wrong side keeps the likelihood bounded.
  @Test func steepDataAreNotCalledSeparated() {
    let sorted = (0..<200).map { Double($0) }
    var outcomes = sorted.map { $0 < 99.5 ? 0 : 1 }
    outcomes[98] = 1
    outcomes[101] = 0
    #expect(fault([sorted], outcomes) == nil)
  }
}
