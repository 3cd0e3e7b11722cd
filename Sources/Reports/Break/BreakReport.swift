// Quiebre · Reports
// Everything that the break test prints, whatever it came from: a table, a run, a finished folder.
// SPDX-License-Identifier: Apache-2.0

import Formats
public import LaborModel
public import Statistics

/// The break test's report: the observed series, and break and goal where draws are there.
///
/// Text, JSON, picture and chart are renderings of this one value, in the order of break-test 9.
public struct BreakReport: Sendable {
  /// What the rates are of: a definition group or a file.
  public var series: String
  /// Year or ISO date after which nothing was seen; `nil` = no cut.
  public var asOf: String?
  public var observed: StagnationResult?
  /// The same without figures that were worked out from others; `nil` if there are none.
  public var withoutDerived: StagnationResult?
  /// What yearly looks up to the deadline may claim; `nil` without a plateau or a deadline ahead.
  public var looks: RepeatedLooks?
  public var settings: BreakSettings
  /// Standard error of the survey of the deadline year, pp; `nil` if unknown.
  public var surveyError: Double?
  /// Pace and trackers for the goal of the settings, where no draws answer it.
  public var pace: PaceAnswer?
  /// The plan's targets, and those of them that could be answered.
  public var targets: [Plan.Target]
  public var answers: [TargetAnswer]
  /// Ages and area of each answer where they aren't 5-17 and the nation: `14-17 Puno`.
  public var places: [String]
  /// What the pace of each answered goal is; `nil` where the series isn't that goal's.
  public var paces: [PaceAnswer?]
  /// How the draws were made; `nil` if there are none.
  public var draws: Draws?
  public var lists: AreaLists?

  /// What stands behind the probabilities.
  public struct Draws: Hashable, Sendable {
    public var seed: UInt64?
    public var count: Int
    public var effective: Double
    /// Whether every draw was also made without the new money.
    public var hasBaseline: Bool

    public init(seed: UInt64?, count: Int, effective: Double, hasBaseline: Bool) {
      self.seed = seed
      self.count = count
      self.effective = effective
      self.hasBaseline = hasBaseline
    }
  }

  /// The report on a series alone.
  ///
  /// - Parameters:
  ///   - series: What the rates are of.
  ///   - asOf: Year or date after which nothing was seen.
  ///   - observed: The test.
  ///   - settings: What it was tested with.
  ///   - surveyError: Of the deadline's survey, pp; `nil` = as that of the last figure used.
  public init(
    series: String, asOf: String?, observed: StagnationResult, settings: BreakSettings,
    surveyError: Double? = nil
  ) {
    self.series = series
    self.asOf = asOf
    self.settings = settings
    self.observed = observed
    self.surveyError = surveyError ?? observed.used.last?.standardError
    withoutDerived = observed.withoutDerived(settings)
    targets = []
    answers = []
    places = []
    paces = []
    looks = nil
    looks = repeatedLooks()
    if let target = settings.target, let deadline = settings.deadline {
      pace = PaceAnswer(observed, limit: target, deadline: Int(deadline))
    }
  }

  /// One look a year from the last figure to the deadline.
  func repeatedLooks() -> RepeatedLooks? {
    guard let level = observed?.level?.standardError, let surveyError, surveyError > 0,
      let deadline = settings.deadline, let last = observed?.used.last?.year
    else { return nil }
    let count = Int((deadline - last).rounded(.down))
    guard (1...100).contains(count) else { return nil }
    return RepeatedLooks(
      looks: count, surveyError: surveyError, levelError: level, draws: settings.nullDraws,
      seed: settings.seed)
  }

  /// SHA-256 of the settings as JSON: a rule changed after seeing results shows.
  public var rulesHash: String {
    var json = JSONWriter()
    json.object(.lines) { $0.rules(settings, targets: targets) }
    json.endLine()
    return SHA256.hash(json.finished())
  }
}

extension RunReport {
  /// The break test's report on this run.
  public func breakReport() -> BreakReport {
    let answers = targetAnswers()
    var report = BreakReport(
      series: plan.definition, asOf: asOf, observed: observed, settings: breakSettings,
      surveyError: surveyError, targets: plan.targets, answers: answers)
    report.places = answers.map { place(of: $0.target) }
    report.paces = answers.map { answer in
      guard let goal = answer.goal, answer.target.area == nil,
        answer.target.ages == AgeGroup.all.ages, let observed
      else { return nil }
      return PaceAnswer(observed, limit: goal.limit, deadline: answer.target.deadline)
    }
    report.draws = BreakReport.Draws(
      seed: plan.seed, count: projection.weights.count,
      effective: projection.effectiveSampleSize, hasBaseline: true)
    report.lists = areaLists()
    return report
  }
}

extension BreakReport {
  /// For runs and folders.
  init(
    series: String, asOf: String?, observed: StagnationResult?, settings: BreakSettings,
    surveyError: Double?, targets: [Plan.Target], answers: [TargetAnswer]
  ) {
    self.series = series
    self.asOf = asOf
    self.observed = observed
    self.settings = settings
    self.surveyError = surveyError
    withoutDerived = observed?.withoutDerived(settings)
    self.targets = targets
    self.answers = answers
    places = answers.map { _ in "" }
    paces = answers.map { _ in nil }
    looks = nil
    looks = repeatedLooks()
  }
}

extension StagnationResult {
  /// The same test without figures that were worked out from others; `nil` if there are none, or if
  /// none is left.
  func withoutDerived(_ settings: BreakSettings) -> StagnationResult? {
    guard used.contains(where: \.isDerived) else { return nil }
    let later = leftOut.filter { $0.reason == .publishedLater }
    let others = leftOut.filter { $0.reason != .publishedLater }.map(\.observation)
    let rows = (used + others).filter { !$0.isDerived }.sorted { $0.year < $1.year }
    guard rows.contains(where: { !$0.isShock }) else { return nil }
    return try? testStagnation(rows, leftOut: later, settings: settings)
  }
}
