// Quiebre · LaborModel
// What a run needs beside its plans: children, levels, the age profile and observed rates.
// SPDX-License-Identifier: Apache-2.0

public import Compute
public import Districts
public import Statistics

/// Children by district and single age in the base year, and the areas they add up to.
public struct Population: Hashable, Sendable {
  /// One code per district: its random numbers hang on the text, never on the position.
  public var codes: [String]
  /// 13 counts per district, ages 5 to 17; persons.
  public var childrenByAge: [[Double]]
  /// Index of each district's department and province; codes of the departments.
  public var departmentOf: [Int]
  public var departmentCodes: [String]
  public var provinceOf: [Int]
  public var provinceCount: Int
  /// Growth of the number of children, share a year.
  ///
  /// It scales counts of persons, not rates.
  public var growth: Double

  public init(
    codes: [String], childrenByAge: [[Double]], departmentOf: [Int], departmentCodes: [String],
    provinceOf: [Int], provinceCount: Int, growth: Double = 0
  ) {
    self.codes = codes
    self.childrenByAge = childrenByAge
    self.departmentOf = departmentOf
    self.departmentCodes = departmentCodes
    self.provinceOf = provinceOf
    self.provinceCount = provinceCount
    self.growth = growth
  }

  /// The population of a registry, in its order.
  public init(_ registry: DistrictRegistry, growth: Double = 0) {
    self.init(
      codes: registry.districts.map(\.code), childrenByAge: registry.childrenByAge,
      departmentOf: registry.departmentOf, departmentCodes: registry.departments.map(\.code),
      provinceOf: registry.provinceOf, provinceCount: registry.provinces.count, growth: growth)
  }
}

/// Where the runs start: each district's rate in the year `since`, and how sure it is.
public struct DistrictLevels: Hashable, Sendable {
  /// R_d, share of the children 5-17.
  public var rate: [Double]
  /// Standard deviation of the district's own error on the logit scale.
  public var logitError: [Double]

  public init(rate: [Double], logitError: [Double]) {
    self.rate = rate
    self.logitError = logitError
  }

  public init(_ risk: DistrictRisk) {
    self.init(rate: risk.rate, logitError: risk.logitError)
  }
}

/// The shape of the age profile: logit w0 = α_d + linear·x + quadratic·x², x = (age − 11)/6.
public struct AgeProfile: Hashable, Sendable {
  public var linear: Double
  public var quadratic: Double

  public init(linear: Double, quadratic: Double) {
    self.linear = linear
    self.quadratic = quadratic
  }

  /// The part of the logit that depends on the age alone.
  public func logit(age: Int) -> Double {
    let x = (Double(age) - 11) / 6
    return linear * x + quadratic * x * x
  }
}

/// A published national rate of the children 5-17, in the scenario's definition group; shares.
public struct ObservedRate: Hashable, Sendable {
  public var year: Int
  public var rate: Double
  public var standardError: Double

  public init(year: Int, rate: Double, standardError: Double) {
    self.year = year
    self.rate = rate
    self.standardError = standardError
  }
}

/// How a run is carried out.
///
/// No setting here but `trend` and `breakTolerance` changes a number; four say what is answered.
public struct ProjectionOptions: Sendable {
  /// Threads at work at once, and the most districts that one piece of work holds.
  public var workers: Int
  public var blockSize: Int
  /// Leaves out quantiles and answers by district and province.
  public var nationalOnly: Bool
  /// Of which age groups each district gets 5 to 95 %; of the others it gets mean and median.
  public var districtBands: Set<AgeGroup>
  /// Factors by district whose sums with the children who work are kept by draw: ranks by poverty,
  /// rural shares.
  public var districtFactors: [[Double]]
  /// How many districts are called the worst of a draw, by their rate in the last year; 0 = not asked.
  public var worst: Int
  /// Takes the place of the plans' trend on entry: the sensitivity of a verdict to its prior.
  public var trend: Distribution?
  /// Δ of the break test, pp a year, where a plan's rule gives none.
  public var breakTolerance: Double?
  public var cancellation: CancellationFlag?
  /// Called from any thread with the pieces of work done, and how many there are.
  public var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

  public init(
    workers: Int = 1, blockSize: Int = 32, nationalOnly: Bool = false,
    districtBands: Set<AgeGroup> = [.all], districtFactors: [[Double]] = [], worst: Int = 0,
    trend: Distribution? = nil,
    breakTolerance: Double? = nil,
    cancellation: CancellationFlag? = nil,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) {
    self.workers = workers
    self.blockSize = blockSize
    self.nationalOnly = nationalOnly
    self.districtBands = districtBands
    self.districtFactors = districtFactors
    self.worst = worst
    self.trend = trend
    self.breakTolerance = breakTolerance
    self.cancellation = cancellation
    self.progress = progress
  }
}
