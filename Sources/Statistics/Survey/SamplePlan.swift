// Quiebre · Statistics
// How large a survey must be: the smallest number of clusters that keeps what is asked.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// What a survey of a proportion is planned on.
public struct SamplePlan: Hashable, Sendable {
  /// What the survey must be able to do.
  public enum Goal: Hashable, Sendable {
    /// Half the width of the confidence interval.
    case margin(Double)
    /// Standard error over the proportion.
    case coefficientOfVariation(Double)
    /// A two-sided test between two such surveys tells the expected proportion from this one.
    case change(to: Double, power: Double)
    /// At least so many cases are found with this probability.
    case finding(cases: Int, probability: Double)
    /// No demand: what so many completed interviews give.
    case cases(Int)
  }

  /// How the design widens the variance.
  public enum DesignEffect: Hashable, Sendable {
    case known(Double)
    /// deff = (1 + (m − 1)·ρ)·(1 + cv²) for m interviews a cluster, correlation ρ within clusters and
    /// weights with coefficient of variation cv (Kish 1965, 1987).
    case modeled(correlation: Double, weightVariation: Double)
  }

  /// Expected proportion, in 0…1, both excluded.
  public var share: Double
  public var goal: Goal
  public var level = 0.95
  public var method = ProportionMethod.linear
  public var designEffect = DesignEffect.known(1)
  /// Completed interviews a cluster; 1 = no clusters.
  public var clusterSize = 1
  public var strata = 1
  /// Share of the selected who answer.
  public var response = 1.0
  /// Persons of the target population in a selected dwelling, on average.
  public var personsPerDwelling = 1.0
  /// Persons in the target population; `nil` = very many.
  public var population: Double?
  /// Correlation of the two estimates of a change, if clusters are visited again.
  public var overlapCorrelation = 0.0
  /// Whether quantiles are Student's (clusters less strata) or the normal's, as in textbooks.
  public var usesStudent = true

  public init(share: Double, goal: Goal) {
    self.share = share
    self.goal = goal
  }

  /// What a survey of some size gives.
  public struct Outcome: Hashable, Sendable {
    /// Completed interviews.
    public let cases: Int
    public let clusters: Int
    public let designEffect: Double
    /// Simple random interviews that would know as much.
    public let effectiveCases: Double
    public let degreesOfFreedom: Int
    public let standardError: Double
    /// Persons and dwellings to select, so that with the response expected enough are left.
    public let selectedPersons: Int
    public let selectedDwellings: Int
    /// Intervals if the survey finds the expected proportion.
    public let intervals: [SurveyEstimate.Interval]
    /// Power of the change asked for; `nil` without one.
    public let power: Double?
    /// Probability to find the cases asked for; `nil` without such a goal.
    public let findingProbability: Double?
    /// Highest proportion that the interval doesn't rule out if not one case is found.
    public let upperIfNoneFound: Double
  }

  /// Why there is no plan.
  public enum Failure: Error, Hashable, Sendable {
    /// Even the whole population doesn't do.
    case wholePopulation(cases: Int)
    /// More than 100 million interviews.
    case tooMany
  }

  /// The smallest survey that keeps the goal.
  ///
  /// Precision grows with the number of clusters, so the number is found by doubling and bisection.
  public func outcome() throws(Failure) -> Outcome {
    if case .cases(let count) = goal {
      return outcome(clusters: max(1, (count + clusterSize - 1) / clusterSize))
    }
    let most = 100_000_000 / clusterSize
    let limit = population.map { min(most, Int(($0 / Double(clusterSize)).rounded(.up))) } ?? most
    var high = strata + 1
    while !isKept(clusters: high) {
      guard high < limit else {
        throw population != nil && limit < most
          ? .wholePopulation(cases: limit * clusterSize) : .tooMany
      }
      high = min(high * 2, limit)
    }
    var low = strata
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isKept(clusters: middle) { high = middle } else { low = middle }
    }
    return outcome(clusters: high)
  }

  /// The number of interviews a cluster that gives most precision for the money.
  ///
  /// √(c₁/c₂·(1 − ρ)/ρ) for a cost c₁ of reaching a cluster and c₂ of an interview (Cochran 1977,
  /// section 10.6), at least 1.
  ///
  /// - Returns: `nil` without a correlation above zero: then nothing speaks for a limit.
  public static func bestClusterSize(
    clusterCost: Double, interviewCost: Double, correlation: Double
  ) -> Int? {
    guard correlation > 0 else { return nil }
    let best = (clusterCost / interviewCost * (1 - correlation) / correlation).squareRoot()
    return max(1, Int(min(best.rounded(), 1e6)))
  }

  /// The smallest fall (or rise) of the proportion between two surveys of this size that a test sees.
  ///
  /// - Returns: The other proportion; `nil` if none inside 0…1 is far enough.
  public func detectable(clusters: Int, power: Double, isFall: Bool) -> Double? {
    var (near, far) = (share, isFall ? 0.0 : 1.0)
    guard changePower(to: far, clusters: clusters) >= power else { return nil }
    while (far - near).magnitude > 1e-12 {
      let middle = (near + far) / 2
      if changePower(to: middle, clusters: clusters) >= power {
        far = middle
      } else {
        near = middle
      }
    }
    return far
  }
}

extension SamplePlan {
  private func isKept(clusters: Int) -> Bool {
    let found = outcome(clusters: clusters)
    guard found.degreesOfFreedom > 0 else { return false }
    switch goal {
    case .margin(let margin):
      let interval = interval(method, found)
      return (interval.high - interval.low) / 2 <= margin * (1 + 1e-12)
    case .coefficientOfVariation(let ratio):
      return found.standardError / share <= ratio * (1 + 1e-12)
    case .change(_, let power): return (found.power ?? 0) >= power
    case .finding(_, let probability): return (found.findingProbability ?? 0) >= probability
    case .cases: return true
    }
  }

  /// What a survey of so many clusters gives.
  public func outcome(clusters: Int) -> Outcome {
    let cases = capped(clusters)
    let effective = effectiveCases(clusters: clusters)
    let error = (share * (1 - share) / effective).squareRoot()
    var findingProbability: Double?
    if case .finding(let wanted, _) = goal {
      findingProbability = probability(ofFinding: wanted, effective: effective)
    }
    var power: Double?
    if case .change(let other, _) = goal { power = changePower(to: other, clusters: clusters) }
    let selected = (Double(cases) / response - 1e-9).rounded(.up)
    let draft = Outcome(
      cases: cases, clusters: clusters, designEffect: designFactor,
      effectiveCases: effective, degreesOfFreedom: clusters - strata, standardError: error,
      selectedPersons: Int(selected),
      selectedDwellings: Int((selected / personsPerDwelling - 1e-9).rounded(.up)), intervals: [],
      power: power, findingProbability: findingProbability,
      upperIfNoneFound: clopperPearsonInterval(hits: 0, count: effective, level: level).high)
    return draft.with(intervals: ProportionMethod.allCases.map { interval($0, draft) })
  }

  private func capped(_ clusters: Int) -> Int {
    min(clusters * clusterSize, population.map { Int($0.rounded(.up)) } ?? .max)
  }

  private var designFactor: Double {
    switch designEffect {
    case .known(let factor): factor
    case .modeled(let correlation, let variation):
      (1 + Double(clusterSize - 1) * correlation) * (1 + variation * variation)
    }
  }

  /// n/deff, over (N − n)/(N − 1) for a finite population (Cochran 1977, section 4.6).
  private func effectiveCases(clusters: Int) -> Double {
    let cases = Double(capped(clusters))
    guard let population else { return cases / designFactor }
    let left = max((population - cases) / max(population - 1, 1), 1e-12)
    return cases / designFactor / left
  }

  private func quantile(_ tail: Double, _ degreesOfFreedom: Int) -> Double {
    usesStudent
      ? StudentT(degreesOfFreedom: Double(max(degreesOfFreedom, 1))).quantile(tail)
      : normalQuantile(tail)
  }

  /// The interval that finding exactly the expected proportion would give.
  private func interval(_ method: ProportionMethod, _ found: Outcome) -> SurveyEstimate.Interval {
    let z = quantile(0.5 + level / 2, found.degreesOfFreedom)
    // As Korn and Graubard: few clusters make the effective sample smaller.
    let shrink = normalQuantile(0.5 + level / 2) / z
    let count = found.effectiveCases * shrink * shrink
    switch method {
    case .linear:
      return .init(
        low: share - z * found.standardError, high: share + z * found.standardError,
        method: method)
    case .logit:
      let half = z * found.standardError / (share * (1 - share))
      return .init(
        low: logistic(logit(share) - half), high: logistic(logit(share) + half), method: method)
    case .wilson:
      let ends = wilsonInterval(share: share, count: count, level: level)
      return .init(low: ends.low, high: ends.high, method: method)
    case .beta:
      let ends = clopperPearsonInterval(hits: share * count, count: count, level: level)
      return .init(low: ends.low, high: ends.high, method: method)
    }
  }

  /// Power of the two-sided test between two surveys, pooled error under no change.
  private func changePower(to other: Double, clusters: Int) -> Double {
    let pooled = (share + other) / 2
    let count = effectiveCases(clusters: clusters) / (1 - overlapCorrelation)
    let still = (2 * pooled * (1 - pooled) / count).squareRoot()
    let moved = ((share * (1 - share) + other * (1 - other)) / count).squareRoot()
    let z = quantile(0.5 + level / 2, 2 * (clusters - strata))
    guard moved > 0 else { return 1 }
    return normalProbability(atMost: ((share - other).magnitude - z * still) / moved)
  }

  /// P(X ≥ k) of a binomial count over the effective interviews.
  private func probability(ofFinding wanted: Int, effective: Double) -> Double {
    let k = Double(wanted)
    guard effective - k + 1 > 0 else { return 0 }
    return incompleteBeta(k, effective - k + 1, at: share, complement: 1 - share)
  }
}

extension SamplePlan.Outcome {
  fileprivate func with(intervals: [SurveyEstimate.Interval]) -> Self {
    Self(
      cases: cases, clusters: clusters, designEffect: designEffect, effectiveCases: effectiveCases,
      degreesOfFreedom: degreesOfFreedom, standardError: standardError,
      selectedPersons: selectedPersons, selectedDwellings: selectedDwellings, intervals: intervals,
      power: power, findingProbability: findingProbability, upperIfNoneFound: upperIfNoneFound)
  }
}
