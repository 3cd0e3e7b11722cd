// Quiebre · Statistics
// Estimates with their errors in every domain of a sample, by Taylor linearization.
// SPDX-License-Identifier: Apache-2.0

extension SurveyDesign {
  /// Estimates a quantity in every domain.
  ///
  /// A mean, proportion or ratio R = Y/X has the scores w(y − R·x)/X, a total the scores w·y; the
  /// variance of the estimate is that of the sum of scores (Binder 1983; Särndal, Swensson and
  /// Wretman 1992, section 5.6). Rows outside of the domain stay in the design with score zero.
  ///
  /// - Parameters:
  ///   - target: As many rows as the design.
  ///   - domains: As many rows as the design.
  ///   - intervals: Level and method.
  /// - Returns: One estimate a domain, in their order.
  /// - Complexity: O(rows + domains).
  public func estimates(
    of target: SurveyTarget, in domains: SurveyDomains, intervals: SurveyIntervals = .init()
  ) -> [SurveyEstimate] {
    precondition(target.numerator.count == weights.count, "one value a row")
    precondition(domains.ofRow.count == weights.count, "one domain a row")
    let order = RowsByDomain(target: target, domains: domains)
    var estimator = SurveyEstimator(design: self, target: target, intervals: intervals)
    return (0..<domains.count).map { estimator.estimate(order.rows(of: $0)) }
  }
}

/// Rows with known values, sorted by domain, in their order within each.
private struct RowsByDomain {
  private let sorted: [Int32]
  private let starts: [Int]

  init(target: SurveyTarget, domains: SurveyDomains) {
    func isKnown(_ row: Int) -> Bool {
      domains.ofRow[row] >= 0 && target.numerator[row].isFinite
        && (target.denominator?[row].isFinite ?? true)
    }
    var starts = [Int](repeating: 0, count: domains.count + 1)
    for row in domains.ofRow.indices where isKnown(row) { starts[Int(domains.ofRow[row]) + 1] += 1 }
    for domain in 0..<domains.count { starts[domain + 1] += starts[domain] }
    var next = starts
    var sorted = [Int32](repeating: 0, count: starts[domains.count])
    for row in domains.ofRow.indices where isKnown(row) {
      let domain = Int(domains.ofRow[row])
      sorted[next[domain]] = Int32(row)
      next[domain] += 1
    }
    (self.sorted, self.starts) = (sorted, starts)
  }

  func rows(of domain: Int) -> ArraySlice<Int32> { sorted[starts[domain]..<starts[domain + 1]] }
}

private struct SurveyEstimator {
  let design: SurveyDesign
  let target: SurveyTarget
  let intervals: SurveyIntervals
  private var variance: LinearizedVariance
  private var presence: DomainPresence
  /// Cases and weights of all rows with a known value, for totals.
  private let everyone: (cases: Int, population: Double)

  init(design: SurveyDesign, target: SurveyTarget, intervals: SurveyIntervals) {
    self.design = design
    self.target = target
    self.intervals = intervals
    variance = LinearizedVariance(design)
    presence = DomainPresence(design)
    var (cases, population) = (0, 0.0)
    for (row, value) in target.numerator.enumerated() where value.isFinite {
      cases += design.weights[row] > 0 ? 1 : 0
      population += design.weights[row]
    }
    everyone = (cases, population)
  }

  mutating func estimate(_ rows: ArraySlice<Int32>) -> SurveyEstimate {
    var result = SurveyEstimate()
    var (above, below, squares) = (0.0, 0.0, 0.0)
    for row in rows.lazy.map(Int.init) {
      let weight = design.weights[row]
      if weight > 0 {
        result.cases += 1
        if target.numerator[row] == 1 { result.hits += 1 }
        presence.see(row)
      }
      result.population += weight
      squares += weight * weight
      above += weight * target.numerator[row]
      below += weight * (target.denominator?[row] ?? 1)
    }
    let seen = presence.finish()
    (result.psus, result.strata, result.lonelyStrata) = (seen.psus, seen.strata, seen.lonely)
    result.degreesOfFreedom = result.psus - result.strata
    let isTotal = target.statistic == .total
    if !isTotal, result.cases > 0 {
      let count = Double(result.cases)
      result.weightEffect = count * squares / (result.population * result.population)
      result.clusterSize = seen.squares / count
    }
    guard result.cases > 0, isTotal || below != 0 else { return result }
    let value = isTotal ? above : above / below
    result.value = value
    for row in rows.lazy.map(Int.init) {
      variance.add(score(row, ratio: value, below: below), row: row)
    }
    let spread = variance.finish()
    guard spread.isFinite, result.degreesOfFreedom > 0 || spread > 0 else { return result }
    result.standardError = spread.squareRoot()
    if let simple = simpleVariance(rows, value, below, result), simple > 0 {
      result.designEffect = spread / simple
    }
    result.interval = interval(of: result, value)
    return result
  }

  private func score(_ row: Int, ratio: Double, below: Double) -> Double {
    let weight = design.weights[row]
    guard target.statistic != .total else { return weight * target.numerator[row] }
    return weight * residual(row, ratio) / below
  }

  private func residual(_ row: Int, _ ratio: Double) -> Double {
    target.numerator[row] - ratio * (target.denominator?[row] ?? 1)
  }

  /// The variance under simple random sampling of as many cases, from the weighted sample.
  private func simpleVariance(
    _ rows: ArraySlice<Int32>, _ value: Double, _ below: Double, _ result: SurveyEstimate
  ) -> Double? {
    let isTotal = target.statistic == .total
    let cases = isTotal ? everyone.cases : result.cases
    let population = isTotal ? everyone.population : result.population
    guard cases > 1, population > 0 else { return nil }
    let mean = isTotal ? value / population : 0
    var squares = 0.0
    for row in rows.lazy.map(Int.init) {
      let part = isTotal ? target.numerator[row] - mean : residual(row, value)
      squares += design.weights[row] * part * part
    }
    if isTotal { squares += (population - result.population) * mean * mean }
    let count = Double(cases)
    var simple = squares / population * count / (count - 1) / count
    simple *= isTotal ? population * population : (population / below) * (population / below)
    guard design.isFinite else { return simple }
    return population > count ? simple * (1 - count / population) : nil
  }

  private func interval(of result: SurveyEstimate, _ value: Double) -> SurveyEstimate.Interval? {
    guard let error = result.standardError, result.degreesOfFreedom > 0 else { return nil }
    let freedom = Double(result.degreesOfFreedom)
    guard target.statistic == .proportion else {
      let half =
        error * StudentT(degreesOfFreedom: freedom).quantile(0.5 + intervals.level / 2)
      return .init(low: value - half, high: value + half, method: .linear)
    }
    return proportionInterval(
      share: value, standardError: error, cases: Double(result.cases), degreesOfFreedom: freedom,
      level: intervals.level, method: intervals.proportions)
  }
}

/// Counts the PSUs and strata in which a domain has cases.
private struct DomainPresence {
  private let design: SurveyDesign
  private var stampOfPSU: [Int32]
  private var stampOfStratum: [Int32]
  private var casesOfPSU: [Int32]
  private var stamp: Int32 = 1
  private var counts = Counts()

  struct Counts {
    var psus = 0
    var strata = 0
    var lonely = 0
    /// Sum of squared numbers of cases in PSUs.
    var squares = 0.0
  }

  init(_ design: SurveyDesign) {
    self.design = design
    stampOfPSU = [Int32](repeating: 0, count: design.psuCount)
    stampOfStratum = [Int32](repeating: 0, count: design.stratumCount)
    casesOfPSU = stampOfPSU
  }

  mutating func see(_ row: Int) {
    let unit = Int(design.unitOfRow[row])
    let psu = design.second.map { Int($0.parentOfUnit[unit]) } ?? unit
    if stampOfPSU[psu] != stamp { casesOfPSU[psu] = 0 }
    casesOfPSU[psu] += 1
    counts.squares += Double(2 * casesOfPSU[psu] - 1)
    guard stampOfPSU[psu] != stamp else { return }
    stampOfPSU[psu] = stamp
    counts.psus += 1
    let stratum = Int(design.first.parentOfUnit[psu])
    guard stampOfStratum[stratum] != stamp else { return }
    stampOfStratum[stratum] = stamp
    counts.strata += 1
    if design.first.isLonely(stratum) { counts.lonely += 1 }
  }

  mutating func finish() -> Counts {
    defer {
      counts = Counts()
      stamp += 1
    }
    return counts
  }
}
