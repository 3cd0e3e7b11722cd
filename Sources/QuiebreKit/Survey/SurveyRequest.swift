// Quiebre · QuiebreKit
// What `quiebre survey` is asked, with its defaults.
// SPDX-License-Identifier: Apache-2.0

/// `quiebre survey FILE.csv`: estimates from microdata.
public struct SurveyRequest: Hashable, Sendable {
  public var file: String
  public var design = Design()
  /// What to assume of strata with one cluster: `fail`, `certainty`, `adjust`, `average`.
  public var lonely = "fail"
  /// What is estimated; exactly one of these is given.
  public var indicator: String?
  public var share: String?
  public var mean: String?
  public var total: String?
  public var ratio: String?
  /// Denominator of `ratio`.
  public var over: String?
  /// A file of indicators in place of the country's.
  public var indicatorFile: String?
  /// `field=column` or `field=formula`.
  public var fields: [String] = []
  /// A condition: whom the estimate is about.
  public var universe: String?
  /// `sex`, `sex*area`, `age:5-9,10-13`; empty = as the indicator says.
  public var by: [String] = []
  /// Code column of departments: `ubigeo:2` takes its first two characters.
  public var department: String?
  /// A year, or the column that holds it.
  public var year: String?
  public var group: String?
  /// Date of publication, `2016-12-31`, and method for the rows of series.
  public var published: String?
  public var method: String?
  public var isShock = false
  public var refusesMissing = false
  public var level = 0.95
  /// Interval of shares: `logit`, `beta`, `wilson`, `linear`.
  public var interval = "logit"
  /// Share above which an estimate is marked as referential.
  public var largestVariation = 0.15
  public var seriesFile: String?
  public var directFile: String?
  public var json = false

  public init(file: String) { self.file = file }

  /// Columns of the file that say how the sample was drawn.
  public struct Design: Hashable, Sendable {
    public var weight: String?
    public var stratum: String?
    public var cluster: String?
    public var isNested = false
    public var certainty: String?
    public var secondUnit: String?
    public var population: String?
    public var secondPopulation: String?

    public init() {}
  }
}

/// `quiebre survey plan`: how large a new survey must be.
public struct SurveyPlanRequest: Hashable, Sendable {
  /// Expected share, in 0…1; one of the five demands below is given.
  public var share: Double
  public var margin: Double?
  public var variation: Double?
  public var changeTo: Double?
  public var findCases: Int?
  public var cases: Int?
  /// Probability wanted of a change or of finding cases; power of the smallest change shown.
  public var power = 0.8
  public var level = 0.95
  /// Interval that the margin is measured by: `linear`, `logit`, `beta`, `wilson`.
  public var interval = "linear"
  /// A known design effect, or what it follows from.
  public var designEffect: Double?
  public var correlation: Double?
  public var weightVariation: Double?
  /// `nil` = 1, or what the costs and the correlation say.
  public var clusterSize: Int?
  /// Cost of reaching a cluster and of an interview, in any one currency.
  public var clusterCost: Double?
  public var interviewCost: Double?
  public var strata = 1
  public var response = 1.0
  public var personsPerDwelling = 1.0
  public var population: Double?
  public var overlapCorrelation = 0.0
  public var json = false

  public init(share: Double) { self.share = share }
}

/// `quiebre survey interval`: intervals of a share that was found.
public struct SurveyIntervalRequest: Hashable, Sendable {
  public var hits: Int
  public var cases: Int
  public var designEffect = 1.0
  /// Clusters less strata; `nil` = cases less one.
  public var degreesOfFreedom: Int?
  public var level = 0.95
  public var json = false

  public init(hits: Int, cases: Int) {
    self.hits = hits
    self.cases = cases
  }
}
