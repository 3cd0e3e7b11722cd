// Quiebre · LaborModel
// What a run gives back: paired draws for nation and departments, quantiles for every area.
// SPDX-License-Identifier: Apache-2.0

/// The age groups that results are given for.
public enum AgeGroup: Int, CaseIterable, Hashable, Sendable {
  case all
  case under14
  case from14

  public var ages: ClosedRange<Int> {
    switch self {
    case .all: 5...17
    case .under14: 5...13
    case .from14: 14...17
    }
  }
}

/// 5, 50 and 95 % of a quantity.
public struct Band: Hashable, Sendable {
  public var p05: Double
  public var p50: Double
  public var p95: Double

  public init(p05: Double, p50: Double, p95: Double) {
    self.p05 = p05
    self.p50 = p50
    self.p95 = p95
  }
}

/// 25 and 75 % of a quantity: half of the draws lie between them.
public struct MiddleHalf: Hashable, Sendable {
  public var p25: Double
  public var p75: Double

  public init(p25: Double, p75: Double) {
    self.p25 = p25
    self.p75 = p75
  }
}

/// The rate of one area, year by year.
///
/// Rates are shares.
public struct AreaPath: Hashable, Sendable {
  /// `[AgeGroup.rawValue][year − since]`; empty for a group of which only the median was asked.
  public var bands: [[Band]]
  /// Weighted means and medians of all groups.
  public var means: [[Double]]
  public var medians: [[Double]]

  /// Without medians, those of the bands.
  public init(bands: [[Band]], means: [[Double]], medians: [[Double]]? = nil) {
    self.bands = bands
    self.means = means
    self.medians = medians ?? bands.map { $0.map(\.p50) }
  }
}

/// The single draws of one area: `[AgeGroup.rawValue][year − since][draw]`, shares.
public struct AreaDraws: Hashable, Sendable {
  public var rates: [[[Double]]]
  public init(rates: [[[Double]]]) { self.rates = rates }
}

/// What one district gets in a scenario, beside its path.
///
/// Rates are shares, changes are shares.
public struct DistrictOutcome: Hashable, Sendable {
  public var path: AreaPath
  /// 25 and 75 % of the rate of ages 5-17, and the share of draws (weighted) at or below the first
  /// rate target in its age group, by year; empty where not asked, or without such a target.
  public var middleHalves: [MiddleHalf]
  public var goalByYear: [Double]
  /// Rate of the end year minus the baseline's, paired by draw.
  public var changeAgainstBaseline: Band
  /// Child-years of work avoided against the baseline over `base+1...end`, weighted mean.
  public var avoided: Double
  /// Share of draws (weighted) that meet the first rate target, and that break (first break
  /// target), with the national rule on the district's own draws; `nil` without such a target.
  public var probabilityOfGoal: Double?
  public var probabilityOfBreak: Double?
  /// Share of draws (weighted) in which the district is among the worst of the end year
  /// (``ProjectionOptions/worst``); `nil` where not asked.
  public var probabilityOfWorst: Double?
  /// Mean coverage in the end year by line.
  public var coverage: [Double]

  public init(
    path: AreaPath, middleHalves: [MiddleHalf] = [], goalByYear: [Double] = [],
    changeAgainstBaseline: Band, avoided: Double, probabilityOfGoal: Double?,
    probabilityOfBreak: Double?, probabilityOfWorst: Double? = nil, coverage: [Double]
  ) {
    self.path = path
    self.middleHalves = middleHalves
    self.goalByYear = goalByYear
    self.changeAgainstBaseline = changeAgainstBaseline
    self.avoided = avoided
    self.probabilityOfGoal = probabilityOfGoal
    self.probabilityOfBreak = probabilityOfBreak
    self.probabilityOfWorst = probabilityOfWorst
    self.coverage = coverage
  }
}

/// Σ over districts of a factor times the children who work, per draw.
///
/// With the children of the base year: growth scales counts of persons, not rates.
public struct FactorSum: Hashable, Sendable {
  /// In the base year, and in the last.
  public var base: [Double]
  public var end: [Double]

  public init(base: [Double], end: [Double]) {
    self.base = base
    self.end = end
  }
}

/// One scenario's results; the baseline is a scenario too.
public struct ScenarioOutcome: Sendable {
  public var id: String
  public var national: AreaDraws
  public var nationalPath: AreaPath
  /// In registry order.
  public var departments: [AreaDraws]
  public var departmentPaths: [AreaPath]
  public var provincePaths: [AreaPath]
  public var districts: [DistrictOutcome]
  /// Child-years avoided per draw against the baseline.
  public var avoided: [Double]
  /// One for each of ``ProjectionOptions/districtFactors``.
  public var factorSums: [FactorSum]

  public init(
    id: String, national: AreaDraws, nationalPath: AreaPath, departments: [AreaDraws],
    departmentPaths: [AreaPath], provincePaths: [AreaPath], districts: [DistrictOutcome],
    avoided: [Double], factorSums: [FactorSum] = []
  ) {
    self.id = id
    self.national = national
    self.nationalPath = nationalPath
    self.departments = departments
    self.departmentPaths = departmentPaths
    self.provincePaths = provincePaths
    self.districts = districts
    self.avoided = avoided
    self.factorSums = factorSums
  }
}

/// What was put in for an uncertain number, and what the observed rates made of it.
public struct ParameterSummary: Hashable, Sendable {
  public struct Spread: Hashable, Sendable {
    public var mean: Double
    public var p05: Double
    public var p95: Double

    public init(mean: Double, p05: Double, p95: Double) {
      self.mean = mean
      self.p05 = p05
      self.p95 = p95
    }
  }

  /// `exit`, `trend`, `trend_exit`, `level` (logit), or a line's `entry`, `exit`, `unit_cost`,
  /// `ceiling`, `ramp`, `execution`, `leakage`, `amount`.
  public var name: String
  /// The plan and line that it belongs to; `nil` for what moves the whole country.
  public var plan: String?
  public var line: String?
  /// Over draws from the prior, and over the run's draws with their weights.
  public var prior: Spread
  public var posterior: Spread
  /// One per draw of the run; empty for a number that doesn't vary.
  public var draws: [Double]

  public init(
    name: String, plan: String?, line: String?, prior: Spread, posterior: Spread,
    draws: [Double] = []
  ) {
    self.name = name
    self.plan = plan
    self.line = line
    self.prior = prior
    self.posterior = posterior
    self.draws = draws
  }
}

/// A whole run: one baseline and any number of scenarios over the same draws.
public struct Projection: Sendable {
  /// `since...end`.
  public var years: [Int]
  public var base: Int
  /// One per draw, summing to 1: the likelihood of the published rates × prior / proposal
  /// (1/replicas each when not calibrated).
  public var weights: [Double]
  public var effectiveSampleSize: Double
  public var baseline: ScenarioOutcome
  public var scenarios: [ScenarioOutcome]
  public var counts: Counts
  public var parameters: [ParameterSummary]

  public init(
    years: [Int], base: Int, weights: [Double], effectiveSampleSize: Double,
    baseline: ScenarioOutcome, scenarios: [ScenarioOutcome], counts: Counts,
    parameters: [ParameterSummary] = []
  ) {
    self.years = years
    self.base = base
    self.weights = weights
    self.effectiveSampleSize = effectiveSampleSize
    self.baseline = baseline
    self.scenarios = scenarios
    self.counts = counts
    self.parameters = parameters
  }

  /// How often the model had to bend its own rules; printed when it matters.
  public struct Counts: Hashable, Sendable {
    /// District-age-draws where X was raised so that entry isn't negative, or lowered so that entry
    /// stays at or below 0.9.
    public var exitRaised: Int
    public var exitLowered: Int
    /// Cells with e0·m_e > 1 or X·m_x > 1, and all cells.
    public var capped: Int
    public var cells: Int

    /// The part of `capped` of the baseline and of each scenario, in this order.
    public var cappedByPlan: [Int]

    public init(
      exitRaised: Int, exitLowered: Int, capped: Int, cells: Int, cappedByPlan: [Int] = []
    ) {
      self.exitRaised = exitRaised
      self.exitLowered = exitLowered
      self.capped = capped
      self.cells = cells
      self.cappedByPlan = cappedByPlan
    }
  }
}

extension Projection {
  /// The same run with counts and parameters of the baseline and one scenario only: what would be
  /// reported of that scenario if it had run alone.
  public func narrowed(to scenario: Int) -> Projection {
    var alone = self
    let kept = [baseline.id, scenarios[scenario].id]
    alone.parameters = parameters.filter { parameter in
      parameter.plan.map { kept.contains($0) } ?? true
    }
    guard counts.cappedByPlan.count == scenarios.count + 1 else { return alone }
    let capped = [counts.cappedByPlan[0], counts.cappedByPlan[scenario + 1]]
    alone.counts.capped = capped[0] + capped[1]
    alone.counts.cells = counts.cells / (scenarios.count + 1) * 2
    alone.counts.cappedByPlan = capped
    return alone
  }
}
