// Quiebre · Statistics
// Logistic regression with a random intercept by group, by adaptive Gauss-Hermite quadrature.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// A fitted model logit P(y) = β₀ + x·β + u with u ~ N(0, σ²) by group.
public struct RandomInterceptFit: Sendable {
  public let coefficients: [Double]
  /// σ; 0 if groups differ no more than rows do.
  public let spread: Double
  /// Inverse of the observed information, of the coefficients alone.
  public let modelCovariance: [[Double]]
  /// Standard error of σ by the same; 0 for σ = 0.
  public let spreadError: Double
  /// β₀ + x·β + offset of every row: u left out.
  public let logits: [Double]
  public let logLikelihood: Double
  /// Points of the quadrature; 1 = Laplace.
  public let points: Int
  /// Evaluations of the likelihood.
  public let evaluations: Int
  /// û and its standard deviation by group, given the group's rows and the estimates.
  public let effects: [Effect]

  /// What is known of one group's intercept.
  public struct Effect: Hashable, Sendable {
    public let mean: Double
    public let deviation: Double
  }

  private let groupScores: [[Double]]
  private let inverseInformation: [[Double]]
  private let transform: [[Double]]

  /// Maximizes Σ over groups of log ∫ Π P(yᵢ | u)^aᵢ φ(u; σ) du.
  ///
  /// Starts at the fit without groups; quasi-Newton steps with the exact gradient of the quadrature,
  /// then Newton's with an information matrix of central differences of it.
  ///
  /// - Parameters:
  ///   - design: Columns without the intercept.
  ///   - outcomes: One per row.
  ///   - weights: One per row, not negative; they act as frequencies within a group, so survey
  ///     weights must be scaled to the group's size first (``scaledToGroups(_:groupOf:)``).
  ///   - groupOf: 0..<`groups` for each row.
  ///   - groups: How many.
  ///   - points: Of the quadrature, 1 to 64.
  ///   - workers: Threads; the result doesn't depend on it.
  /// - Throws: Why there is no answer.
  public init(
    _ design: PackedColumns, outcomes: [Bool], weights: [Double]? = nil, groupOf: [Int],
    groups: Int, points: Int = 7, workers: Int
  ) throws(RegressionFault) {
    let plain = try LogisticFit(design, outcomes: outcomes, weights: weights, workers: workers)
    try self.init(from: plain, groupOf: groupOf, groups: groups, points: points, workers: workers)
  }

  init(
    from plain: LogisticFit, groupOf: [Int], groups: Int, points: Int, workers: Int
  ) throws(RegressionFault) {
    let data = GroupedRows(
      plain.rows, basis: plain.basis.columns, groupOf: groupOf, groups: groups)
    var search = SpreadSearch(
      data: data, rule: GaussHermiteRule(points: points), workers: workers, start: plain,
      spread: 0.7)
    try search.run(polishes: true)
    let size = plain.point.count
    transform = plain.basis.transform
    self.points = points
    evaluations = search.evaluations
    let sigma = search.point[size].magnitude
    guard sigma > 1e-3, let information = SymmetricFactor(search.information) else {
      (coefficients, spread, spreadError) = (plain.coefficients, 0, 0)
      (modelCovariance, logits) = (plain.modelCovariance, plain.logits)
      logLikelihood = plain.logLikelihood
      effects = (0..<groups).map { _ in Effect(mean: 0, deviation: 0) }
      inverseInformation = plain.inverseInformation
      groupScores = plain.scores(by: groupOf, groups: groups)
      return
    }
    let inverse = information.inverse
    spread = sigma
    spreadError = inverse[size][size].squareRoot()
    inverseInformation = inverse
    let fixed = Array(search.point[0..<size])
    coefficients = product(plain.basis.transform, fixed)
    modelCovariance = congruence(
      inverse[0..<size].map { Array($0[0..<size]) }, by: plain.basis.transform)
    logits = unpacked(
      plain.basis.columns.combination(fixed, from: plain.rows.offsets), count: groupOf.count)
    logLikelihood = search.value
    groupScores = search.passes.map(\.gradient)
    let sign: Double = search.point[size] < 0 ? -1 : 1
    effects = search.passes.map {
      Effect(mean: sign * sigma * $0.mean, deviation: sigma * $0.deviation)
    }
  }

  /// The robust covariance of the coefficients, groups being the units of the sample.
  ///
  /// - Parameters:
  ///   - units: A cluster for each **group**; `nil` = each group by itself, in one stratum.
  ///   - lonely: What strata of one cluster add.
  /// - Returns: Of the coefficients, intercept first.
  public func covariance(
    over units: SamplingUnits? = nil, lonely: LonelyRule = .fail
  ) -> [[Double]] {
    let units = units ?? SamplingUnits(rows: groupScores.count)
    let size = transform.count
    var totals = [[Double]](
      repeating: [Double](repeating: 0, count: inverseInformation.count), count: units.unitCount)
    for (group, score) in groupScores.enumerated() {
      for index in score.indices { totals[units.unitOf[group]][index] += score[index] }
    }
    let middle = units.variance(ofUnits: totals, lonely: lonely)
    let whole = congruence(middle, by: inverseInformation)
    return congruence(whole[0..<size].map { Array($0[0..<size]) }, by: transform)
  }
}

/// Weights scaled so that each group's add up to the number of its rows that have weight.
///
/// Method 2 of Rabe-Hesketh and Skrondal (2006): weights of a survey say how many children a child
/// stands for, not how often it was seen.
public func scaledToGroups(_ weights: [Double], groupOf: [Int]) -> [Double] {
  let count = (groupOf.max() ?? -1) + 1
  var (sums, rows) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
  for (row, group) in groupOf.enumerated() where weights[row] > 0 {
    sums[group] += weights[row]
    rows[group] += 1
  }
  return weights.indices.map { row in
    let group = groupOf[row]
    return sums[group] > 0 ? weights[row] * rows[group] / sums[group] : 0
  }
}

/// E logistic(η + u) with u ~ N(0, `spread`²), of each logit.
public func meanChances(_ logits: [Double], spread: Double, points: Int = 15) -> [Double] {
  guard spread > 0 else { return logits.map { logistic($0) } }
  let rule = GaussHermiteRule(points: points)
  return logits.map { eta in
    var sum = 0.0
    for (node, weight) in zip(rule.nodes, rule.weights) {
      sum += weight * logistic(eta + spread * node)
    }
    return sum
  }
}

/// The same model where only predictions are wanted: no covariance, digits enough for a chance.
///
/// - Parameters:
///   - plain: The fit without groups, from which the search starts.
///   - groupOf: 0..<`groups` for each row.
///   - groups: How many.
///   - points: Of the quadrature.
///   - spread: Where σ starts.
/// - Returns: E P(y) over the intercept of a new group, of every row.
/// - Throws: Why there is no answer.
public func chancesInNewGroups(
  _ plain: LogisticFit, groupOf: [Int], groups: Int, points: Int, spread: Double
) throws(RegressionFault) -> [Double] {
  guard spread > 0 else { return plain.chances }
  let data = GroupedRows(
    plain.rows, basis: plain.basis.columns, groupOf: groupOf, groups: groups)
  var search = SpreadSearch(
    data: data, rule: GaussHermiteRule(points: points), workers: 1, start: plain, spread: spread)
  try search.run(polishes: false)
  let fixed = Array(search.point.dropLast())
  let logits = unpacked(
    plain.basis.columns.combination(fixed, from: plain.rows.offsets), count: groupOf.count)
  return meanChances(logits, spread: search.point[fixed.count].magnitude)
}

extension LogisticFit {
  /// Totals of scores by group, in the basis.
  fileprivate func scores(by groupOf: [Int], groups: Int) -> [[Double]] {
    var totals = [[Double]](
      repeating: [Double](repeating: 0, count: point.count), count: groups)
    for (row, group) in groupOf.enumerated() {
      let (pack, lane) = (row / 8, row % 8)
      let residual =
        rows.weights[pack][lane] * (rows.outcomes[pack][lane] - logistic(logits[row]))
      for column in point.indices { totals[group][column] += residual * basis.columns[row, column] }
    }
    return totals
  }
}
