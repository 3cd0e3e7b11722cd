// Quiebre · Statistics
// Weighted logistic regression by Newton's method (iteratively reweighted least squares).
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A fitted logistic regression; the intercept is coefficient 0.
public struct LogisticFit: Sendable {
  public let coefficients: [Double]
  /// Inverse of the information: the covariance if the weights were frequencies.
  public let modelCovariance: [[Double]]
  /// η of every row, offset included; also of rows without weight.
  public let logits: [Double]
  /// Σ a·log P(yᵢ).
  public let logLikelihood: Double
  public let iterations: Int

  let rows: BinaryRows
  let basis: OrthogonalBasis
  /// Of the basis.
  let inverseInformation: [[Double]]
  /// Coefficients of the basis.
  let point: [Double]

  /// Maximizes Σ a·(y log p + (1 − y) log(1 − p)), logit p = offset + β₀ + x·β.
  ///
  /// Newton's steps in an orthogonal basis, halved while the likelihood falls, until the mean square
  /// of the last change of η is below 1e-20 of its own. If the steps don't die out, the last one is
  /// tried as a direction of separation.
  ///
  /// - Parameters:
  ///   - design: Columns without the intercept.
  ///   - outcomes: One per row.
  ///   - weights: One per row, finite, not negative; `nil` = 1 each.
  ///   - offsets: Fixed parts of η; `nil` = 0.
  ///   - workers: Threads; the result doesn't depend on it.
  /// - Throws: Why there is no answer.
  /// - Complexity: O(rows × columns²) per step, some 6 to 8 steps.
  public init(
    _ design: PackedColumns, outcomes: [Bool], weights: [Double]? = nil,
    offsets: [Double]? = nil, workers: Int
  ) throws(RegressionFault) {
    let rows = try BinaryRows(
      outcomes: outcomes, weights: weights, offsets: offsets, columns: design.columnCount)
    let basis = try OrthogonalBasis(design, weights: rows.weights, workers: workers)
    try self.init(rows, basis: basis, workers: workers)
  }

  init(
    _ rows: BinaryRows, basis: OrthogonalBasis, start: [Double]? = nil, workers: Int
  ) throws(RegressionFault) {
    var search = NewtonSearch(rows: rows, basis: basis, start: start, workers: workers)
    let (pass, factor) = try search.run()
    self.rows = rows
    self.basis = basis
    point = search.point
    inverseInformation = factor.inverse
    coefficients = product(basis.transform, point)
    modelCovariance = congruence(inverseInformation, by: basis.transform)
    logits = unpacked(pass.logits, count: basis.columns.rowCount)
    logLikelihood = pass.logLikelihood
    iterations = search.iterations
  }

  /// The same regression on other weights, such as those of all regions but one.
  ///
  /// Starts where this fit ended, in its basis, unless the rows that are left can't carry it.
  ///
  /// - Parameters:
  ///   - design: The columns of this fit.
  ///   - outcomes: Of this fit.
  ///   - weights: One per row, not negative.
  ///   - workers: Threads; the result doesn't depend on it.
  /// - Returns: The fit; its logits are those of all rows, with weight or without.
  /// - Throws: Why there is no answer.
  public func refitted(
    _ design: PackedColumns, outcomes: [Bool], weights: [Double], workers: Int
  ) throws(RegressionFault) -> LogisticFit {
    let other = try BinaryRows(
      outcomes: outcomes, weights: weights, offsets: unpacked(rows.offsets, count: outcomes.count),
      columns: design.columnCount)
    let pass = LogisticPass(other, basis: basis.columns, at: point, workers: workers)
    guard let factor = SymmetricFactor(pass.information), factor.leastPivot > 1e-8 else {
      return try LogisticFit(design, outcomes: outcomes, weights: weights, workers: workers)
    }
    return try LogisticFit(other, basis: basis, start: point, workers: workers)
  }

  /// Chances of all rows.
  public var chances: [Double] { logits.map { logistic($0) } }
}

extension BinaryRows {
  /// Packs rows and refuses those that no coefficient can be found from.
  init(
    outcomes: [Bool], weights: [Double]?, offsets: [Double]?, columns: Int
  ) throws(RegressionFault) {
    precondition(weights.map { $0.count == outcomes.count } ?? true, "one weight for each row")
    let given = weights ?? outcomes.map { _ in 1 }
    precondition(given.allSatisfy { $0 >= 0 && $0 < .infinity }, "weights are finite")
    let counted = given.indices.filter { given[$0] > 0 }
    guard let first = counted.first else { throw .noWeight }
    guard counted.contains(where: { outcomes[$0] != outcomes[first] }) else {
      throw .oneOutcome(outcomes[first])
    }
    guard counted.count > columns else {
      throw .tooFewRows(rows: counted.count, coefficients: columns + 1)
    }
    self.outcomes = packed(outcomes.map { $0 ? 1 : 0 })
    self.weights = packed(given)
    self.offsets = packed(offsets ?? outcomes.map { _ in 0 })
  }
}

/// The search for the maximum.
private struct NewtonSearch {
  let rows: BinaryRows
  let basis: OrthogonalBasis
  let workers: Int
  private(set) var point: [Double]
  private(set) var iterations = 0

  init(rows: BinaryRows, basis: OrthogonalBasis, start: [Double]?, workers: Int) {
    self.rows = rows
    self.basis = basis
    self.workers = workers
    if let start {
      point = start
      return
    }
    point = [Double](repeating: 0, count: basis.columns.columnCount)
    let share = fixedSum(rows.outcomes, rows.weights) / fixedSum(rows.weights)
    point[0] = logit(share) - fixedSum(rows.offsets, rows.weights) / fixedSum(rows.weights)
  }

  mutating func run() throws(RegressionFault) -> (LogisticPass, SymmetricFactor) {
    var pass = self.pass(at: point)
    var lastStep: [Double] = []
    while iterations < 60 {
      iterations += 1
      guard let factor = SymmetricFactor(pass.information) else { break }
      let step = factor.solve(pass.score)
      lastStep = step
      let (next, scale) = climbed(from: pass, by: step)
      for index in point.indices { point[index] += scale * step[index] }
      pass = next
      // The basis is orthogonal: this is the mean square of the change of η.
      let change = step.reduce(0) { $0 + $1 * $1 }
      let size = point.reduce(1) { $0 + $1 * $1 }
      if change < 1e-20 * size, let last = SymmetricFactor(pass.information) { return (pass, last) }
      if iterations >= 12, let found = separation(along: step) { throw .separated(found) }
    }
    if !lastStep.isEmpty, let found = separation(along: lastStep) { throw .separated(found) }
    throw .notConverged
  }

  private func pass(at point: [Double]) -> LogisticPass {
    LogisticPass(rows, basis: basis.columns, at: point, workers: workers)
  }

  /// The step, halved until the likelihood doesn't fall by more than rounding.
  private func climbed(
    from pass: LogisticPass, by step: [Double]
  ) -> (LogisticPass, scale: Double) {
    var scale = 1.0
    while true {
      let next = self.pass(at: point.indices.map { point[$0] + scale * step[$0] })
      let slack = 1e-12 * pass.logLikelihood.magnitude
      if next.logLikelihood >= pass.logLikelihood - slack || scale < 1e-9 { return (next, scale) }
      scale /= 2
    }
  }

  /// What a direction proves, if it is one of recession: no row gets less likely along it.
  ///
  /// Steps of a separated fit come to lie along such a direction, one unit of η each (Albert and
  /// Anderson 1984). The proof needs nothing of that.
  private func separation(along step: [Double]) -> RegressionFault.Separation? {
    let start = [Pack](repeating: .zero, count: basis.columns.packCount)
    let change = basis.columns.combination(step, from: start)
    let count = basis.columns.rowCount
    let gains = (0..<count).map { row in
      let (pack, lane) = (row / 8, row % 8)
      guard rows.weights[pack][lane] > 0 else { return 0.0 }
      return rows.outcomes[pack][lane] > 0 ? change[pack][lane] : -change[pack][lane]
    }
    guard let best = gains.max(), best > 0, let worst = gains.min(), worst >= -1e-5 * best else {
      return nil
    }
    let settled = gains.indices.filter { gains[$0] > 1e-3 * best }
    let counted = (0..<count).count { rows.weights[$0 / 8][$0 % 8] > 0 }
    return .init(
      columns: columns(of: step), rows: settled, isComplete: settled.count == counted)
  }

  /// Columns whose part in a direction isn't nothing, measured by their spread.
  private func columns(of step: [Double]) -> [Int] {
    let slopes = product(basis.transform, step)
    let sizes = slopes.indices.dropFirst().map { column in
      // 1/T's diagonal is the spread that earlier columns leave to this one.
      (slopes[column] / basis.transform[column][column]).magnitude
    }
    let limit = 1e-3 * (sizes.max() ?? 0)
    return sizes.indices.filter { sizes[$0] > limit }
  }
}
