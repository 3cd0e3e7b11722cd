// Quiebre · Statistics
// A pace, its interval, and whether it is shown to fall, to stand still or to rise.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// What is assumed of the noise around a fitted line (break-test 2.4).
public enum NoiseMode: String, CaseIterable, Hashable, Sendable {
  /// The published sampling errors and nothing else.
  case sampling
  /// Sampling errors and year-to-year noise estimated by REML.
  case additive
  /// Errors unknown: noise estimated from the residuals alone.
  case scaled
}

/// The verdict on a pace (break-test 2.6).
public enum PaceLabel: String, CaseIterable, Hashable, Sendable {
  /// A fall of at least Δ a year is shown.
  case falling
  case stagnant
  case rising
  case fallingSizeNotShown
  case risingSizeNotShown
  /// Fits stagnation and a real change alike.
  case undetermined

  /// The first row of the table that holds for the interval `low`...`high`.
  init(low: Double, high: Double, tolerance: Double) {
    self =
      if high <= -tolerance {
        .falling
      } else if low > -tolerance, high < tolerance {
        .stagnant
      } else if low >= tolerance {
        .rising
      } else if high < 0 {
        .fallingSizeNotShown
      } else if low > 0 {
        .risingSizeNotShown
      } else {
        .undetermined
      }
  }

  /// The more cautious of two verdicts on the same pace.
  ///
  /// Equal labels stand; "falling" (or "rising") gives way to the same without its size; verdicts
  /// that exclude each other leave the pace undetermined.
  public func moreCautious(_ other: PaceLabel) -> PaceLabel {
    if self == other { return self }
    let falls: Set<PaceLabel> = [.falling, .fallingSizeNotShown]
    let rises: Set<PaceLabel> = [.rising, .risingSizeNotShown]
    if falls.isSuperset(of: [self, other]) { return .fallingSizeNotShown }
    if rises.isSuperset(of: [self, other]) { return .risingSizeNotShown }
    return .undetermined
  }

  /// Whether a fall is shown, whatever its size.
  public var isFall: Bool { self == .falling || self == .fallingSizeNotShown }
}

/// A pace in pp a year under one assumption about the noise, tested against the tolerance.
public struct SlopeTest: Hashable, Sendable {
  public let mode: NoiseMode
  /// Percentage points a year.
  public let slope: Double
  public let standardError: Double
  /// Of Student's t; `nil` = normal.
  public let degreesOfFreedom: Int?
  /// Standard deviation of the noise beyond sampling, pp.
  public let extraNoise: Double
  /// Ends of the interval of 1 − 2·alpha, 90 % by default.
  public let low: Double
  public let high: Double
  /// The larger p-value of the two one-sided tests.
  public let pStagnant: Double
  /// Δ*: the smallest tolerance at which "stagnant" would be shown.
  public let smallestTolerance: Double
  public let label: PaceLabel

  init(
    mode: NoiseMode, slope: Double, standardError: Double, degreesOfFreedom: Int?,
    extraNoise: Double, tolerance: Double, alpha: Double
  ) {
    self.mode = mode
    self.slope = slope
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    self.extraNoise = extraNoise
    let student = degreesOfFreedom.map { StudentT(degreesOfFreedom: Double($0)) }
    func above(_ z: Double) -> Double {
      if z.isNaN { return 0.5 }
      return student?.probability(atMost: -z) ?? normalProbability(atMost: -z)
    }
    let reach = standardError * (student?.quantile(1 - alpha) ?? normalQuantile(1 - alpha))
    (low, high) = (slope - reach, slope + reach)
    pStagnant = max(
      above((slope + tolerance) / standardError), above((tolerance - slope) / standardError))
    smallestTolerance = max(low.magnitude, high.magnitude)
    label = PaceLabel(low: low, high: high, tolerance: tolerance)
  }
}

extension SlopeTest {
  /// The same pace held against another tolerance.
  func against(_ tolerance: Double, alpha: Double) -> SlopeTest {
    SlopeTest(
      mode: mode, slope: slope, standardError: standardError, degreesOfFreedom: degreesOfFreedom,
      extraNoise: extraNoise, tolerance: tolerance, alpha: alpha)
  }
}

/// Tests of one segment's pace under the noise modes that the data allow.
struct PaceFit {
  let series: KeptSeries
  let joinpoints: [Double]
  /// Whether the joinpoints were searched, so that their years are uncertain too.
  let areSearched: Bool
  let tolerance: Double
  let alpha: Double

  /// p of break-test 2.4.
  var parameters: Int { 2 + joinpoints.count * (areSearched ? 2 : 1) + series.offsets.count }

  /// The pace of segment `segment` (0 = before the first joinpoint).
  func tests(segment: Int) -> [SlopeTest] {
    let modes: [NoiseMode] = series.errors == nil ? [.scaled] : [.sampling, .additive]
    return modes.compactMap { test(segment: segment, mode: $0) }
  }

  private func test(segment: Int, mode: NoiseMode) -> SlopeTest? {
    let freedom = series.count - parameters
    guard mode == .sampling || freedom >= 1 else { return nil }
    let noise = mode == .additive ? extraVariance() : 0
    let weights = series.responseErrors.map { $0.map { 1 / ($0 * $0 + noise) } } ?? series.weights
    guard let plain = series.fit(joinpoints: joinpoints, weights: weights),
      let unit = slopeVariance(plain, segment: segment, weights: weights)
    else { return nil }
    let spread = plain.sumOfSquares / Double(freedom)
    let points = series.pointsPerUnit
    let multiplier =
      switch mode {
      case .sampling: 1.0
      case .additive: max(1, spread)
      case .scaled: spread
      }
    return SlopeTest(
      mode: mode, slope: points * slope(plain, segment: segment),
      standardError: points * (unit * multiplier).squareRoot(),
      degreesOfFreedom: mode == .sampling ? nil : freedom,
      extraNoise: points * noise.squareRoot(),
      tolerance: tolerance, alpha: alpha)
  }

  /// Rates that the fit gives in the kept years, percent; under sampling errors where these are known.
  func fittedRates() -> [Double] {
    let columns = series.columns(joinpoints: joinpoints)
    guard let fit = series.fit(joinpoints: joinpoints) else { return [] }
    return series.times.indices.map { row in
      series.scale.rate(
        at: columns.indices.reduce(0) { $0 + fit.coefficients[$1] * columns[$1][row] })
    }
  }

  /// The level of each older method against the newest, under sampling errors alone.
  func methodOffsets() -> [StagnationResult.Offset] {
    guard !series.offsets.isEmpty, series.errors != nil,
      let fit = series.fit(joinpoints: joinpoints)
    else { return [] }
    let first = 2 + joinpoints.count
    return series.offsetMethods.enumerated().map { index, method in
      var contrast = [Double](repeating: 0, count: fit.coefficients.count)
      contrast[first + index] = 1
      return StagnationResult.Offset(
        method: method, value: series.pointsPerUnit * fit.coefficients[first + index],
        standardError: series.pointsPerUnit * fit.variance(of: contrast).squareRoot())
    }
  }

  private func slope(_ fit: LeastSquares, segment: Int) -> Double {
    fit.coefficients[1...(1 + segment)].reduce(0, +)
  }

  /// L'VL with the columns −d·[t > τ] added for searched joinpoints.
  private func slopeVariance(
    _ plain: LeastSquares, segment: Int, weights: [Double]
  ) -> Double? {
    var columns = series.columns(joinpoints: joinpoints)
    if areSearched {
      for (index, joinpoint) in joinpoints.enumerated() {
        let change = plain.coefficients[2 + index]
        guard change != 0 else { continue }
        columns.append(series.times.map { $0 > joinpoint ? -change : 0 })
      }
    }
    var contrast = [Double](repeating: 0, count: columns.count)
    for index in 1...(1 + segment) { contrast[index] = 1 }
    return LeastSquares(columns: columns, response: series.response, weights: weights)?
      .variance(of: contrast)
  }

  /// w² by restricted maximum likelihood, not below 0.
  private func extraVariance() -> Double {
    guard let errors = series.responseErrors else { return 0 }
    let columns = series.columns(joinpoints: joinpoints)
    func criterion(_ noise: Double) -> Double {
      restrictedDeviance(
        columns: columns, response: series.response, variances: errors.map { $0 * $0 + noise })
    }
    guard let plain = series.fit(joinpoints: joinpoints) else { return 0 }
    // No noise beyond the largest residual squared times the count can be more likely.
    let largest = zip(plain.residuals, errors).map { ($0 * $1) * ($0 * $1) }.max() ?? 0
    return smallestArgument(of: criterion, upTo: largest * Double(series.count))
  }
}

/// −2 × the restricted log likelihood, up to a constant.
private func restrictedDeviance(
  columns: [[Double]], response: [Double], variances: [Double]
) -> Double {
  guard
    let fit = LeastSquares(
      columns: columns, response: response, weights: variances.map { 1 / $0 })
  else { return .infinity }
  return fixedOrderSum(variances.map { log($0) }) + fit.logDeterminant + fit.sumOfSquares
}

/// The place of the lowest value in 0...`end`: a scan, then golden sections around its best point.
private func smallestArgument(of function: (Double) -> Double, upTo end: Double) -> Double {
  guard end > 0 else { return 0 }
  let steps = 64
  // Squares put more points near 0, where the optimum mostly lies.
  let grid = (0...steps).map { end * Double($0 * $0) / Double(steps * steps) }
  let values = grid.map(function)
  let best = values.indices.min { values[$0] < values[$1] } ?? 0
  var (low, high) = (grid[max(0, best - 1)], grid[min(steps, best + 1)])
  let golden = 0.6180339887498949
  for _ in 0..<80 {
    let (left, right) = (high - golden * (high - low), low + golden * (high - low))
    if function(left) <= function(right) { high = right } else { low = left }
  }
  let inner = (low + high) / 2
  return function(inner) < values[0] ? inner : 0
}
