// Quiebre · Statistics
// The figures that a fit uses, with methods joined, and the columns of the joinpoint model.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The kept figures of one series, ready for fitting.
struct KeptSeries {
  let observations: [Observation]
  let times: [Double]
  /// After conversion by the comparability ratio, where there is one.
  let rates: [Double]
  /// Sampling errors in pp; `nil` if one of them is unknown.
  let errors: [Double]?
  /// Rates and errors on the scale of the fit.
  let response: [Double]
  let responseErrors: [Double]?
  let scale: BreakSettings.Scale
  /// Percentage points in one unit of that scale, at the last rate.
  let pointsPerUnit: Double
  /// One 0/1 column for each method but the newest, under the offset rule, and their names.
  let offsets: [[Double]]
  let offsetMethods: [String]
  /// Whether row i was measured by the newest method (or converted to it).
  let isNewest: [Bool]
  private let center: Double

  init(_ observations: [Observation], _ settings: BreakSettings) {
    let methods = settings.methods
    let newest = observations.last?.method
    var (rates, errors) = (observations.map(\.rate), observations.map(\.standardError))
    if case .ratio(let ratio, let ratioError) = methods {
      for (index, old) in observations.enumerated() where old.method != newest {
        rates[index] = ratio * old.rate
        errors[index] = old.standardError.map {
          (ratio * ratio * $0 * $0 + old.rate * old.rate * ratioError * ratioError).squareRoot()
        }
      }
    }
    var older: [String] = []
    if case .offset = methods {
      for method in observations.map(\.method) where method != newest && !older.contains(method) {
        older.append(method)
      }
    }
    self.observations = observations
    self.rates = rates
    times = observations.map(\.year)
    let known = errors.compactMap { $0 }
    self.errors = known.count == errors.count ? known : nil
    let scale = settings.scale
    self.scale = scale
    response = rates.map { scale.value(of: $0) }
    let slopes = rates.map { scale.pointsPerUnit(at: $0) }
    responseErrors = self.errors.map { zip($0, slopes).map { $0 / $1 } }
    pointsPerUnit = slopes.last ?? 1
    offsetMethods = older
    offsets = older.map { method in observations.map { $0.method == method ? 1 : 0 } }
    isNewest = observations.map { !older.contains($0.method) }
    center = observations.isEmpty ? 0 : times.reduce(0, +) / Double(times.count)
  }

  var count: Int { times.count }

  /// Figures that may be compared with the last one.
  var comparable: [Observation] {
    observations.indices.filter { isNewest[$0] }.map { row in
      var observation = observations[row]
      observation.rate = rates[row]
      observation.standardError = errors?[row]
      return observation
    }
  }

  /// 1/s² on the scale of the fit, or 1 where errors are unknown.
  var weights: [Double] {
    guard let responseErrors else { return times.map { _ in 1 } }
    return responseErrors.map { 1 / ($0 * $0) }
  }

  /// The columns of break-test 2.1: level, slope, one hinge per joinpoint, offsets.
  func columns(joinpoints: [Double]) -> [[Double]] {
    let line = [times.map { _ in 1.0 }, times.map { $0 - center }]
    return line + joinpoints.map { hinge(at: $0) } + offsets
  }

  func hinge(at joinpoint: Double) -> [Double] { times.map { max($0 - joinpoint, 0) } }

  func fit(joinpoints: [Double], weights: [Double]? = nil) -> LeastSquares? {
    LeastSquares(
      columns: columns(joinpoints: joinpoints), response: response, weights: weights ?? self.weights
    )
  }

  /// Years that a joinpoint may have: kept ones with `side` kept years strictly on each side.
  func candidates(side: Int) -> [Double] {
    guard side < count - side else { return [] }
    return Array(times[side..<(count - side)])
  }
}

extension BreakSettings.Scale {
  /// A rate in percent on this scale.
  fileprivate func value(of rate: Double) -> Double {
    switch self {
    case .identity: rate
    case .log: Compute.log(rate)
    case .logit: Compute.logit(rate / 100)
    }
  }

  /// The rate in percent at a value of this scale.
  func rate(at value: Double) -> Double {
    switch self {
    case .identity: value
    case .log: Compute.exp(value)
    case .logit: 100 * Compute.logistic(value)
    }
  }

  /// How many points one unit of this scale is at a rate.
  fileprivate func pointsPerUnit(at rate: Double) -> Double {
    switch self {
    case .identity: 1
    case .log: rate
    case .logit: rate * (1 - rate / 100)
    }
  }

  /// Whether a rate has a place on this scale.
  func holds(_ rate: Double) -> Bool {
    switch self {
    case .identity: true
    case .log: rate > 0
    case .logit: rate > 0 && rate < 100
    }
  }
}
