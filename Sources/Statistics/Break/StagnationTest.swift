// Quiebre · Statistics
// Does an observed series stagnate? Break-test section 2, from figures to verdict.
// SPDX-License-Identifier: Apache-2.0

/// Everything that the break test says of one observed series.
public struct StagnationResult: Hashable, Sendable {
  public enum Errors: Hashable, Sendable {
    case published
    /// Some were computed from a sample size and a design factor.
    case approximate
    /// At least one is missing: noise is estimated from the residuals alone.
    case unknown
  }

  /// "Stagnation since τ".
  public enum Verdict: String, Hashable, Sendable {
    case shown
    case possible
    case no
  }

  /// The plateau L that a break must get below.
  public struct Level: Hashable, Sendable {
    /// Percent, and its standard error in pp (`nil` if errors are unknown).
    public let value: Double
    public let standardError: Double?
    /// Year of the first figure in it.
    public let from: Double
  }

  public let used: [Observation]
  public let leftOut: [LeftOut]
  public let errors: Errors
  public let methods: BreakSettings.MethodRule
  /// Slopes are in pp a year at the last figure's rate, whatever the scale.
  public let scale: BreakSettings.Scale
  public let detectable: Detectability?
  /// `nil` if the year was fixed in advance or the series is too short for a search.
  public let search: JoinpointSearch?
  public let fixedInAdvance: Double?
  /// Joinpoints of the fitted model; the last one begins the last segment.
  public let joinpoints: [Double]
  /// The last pace in each noise mode.
  public let pace: [SlopeTest]
  /// The pace before the last joinpoint; empty without one, or with fewer than 3 years before.
  public let paceBefore: [SlopeTest]
  /// Whether the additive mode has the degrees of freedom (3) to count.
  public let additiveCounts: Bool
  public let tolerance: Tolerance?
  public let label: PaceLabel
  public let labelBefore: PaceLabel?
  /// Whether the label is undetermined for want of years, and how many more are needed at least.
  public let yearsMissing: Int
  public let stagnation: Verdict
  public let level: Level?
}

/// Tests one observed series for stagnation.
///
/// - Parameters:
///   - observations: In the order of their years; shock years may be among them.
///   - leftOut: What an as-of cut has taken away before, handed through to the result.
///   - settings: Tolerance, target, methods, and the rest.
/// - Returns: Fits, tests, label and verdict. A series that is too short gives no fit and the label
///   ``PaceLabel/undetermined``.
/// - Throws: All faults of the series.
public func testStagnation(
  _ observations: [Observation], leftOut: [LeftOut] = [], settings: BreakSettings
) throws(SeriesFaults) -> StagnationResult {
  try check(observations, settings)
  let kept = observations.filter { !$0.isShock }
  let shocks = observations.filter(\.isShock).map { LeftOut($0, .shock) }
  return StagnationTest(kept, settings).result(leftOut: leftOut + shocks)
}

/// The steps of the test on the kept figures.
private struct StagnationTest {
  let settings: BreakSettings
  /// All kept figures, and those that the fit uses.
  let whole: KeptSeries
  let series: KeptSeries
  let search: JoinpointSearch?
  let fit: PaceFit?
  let tolerance: Tolerance?

  init(_ kept: [Observation], _ settings: BreakSettings) {
    self.settings = settings
    let whole = KeptSeries(kept, settings)
    self.whole = whole
    var (series, joinpoints): (KeptSeries, [Double]) = (whole, [])
    if let since = settings.since {
      search = nil
      if kept.count(where: { $0.year < since }) >= 2 {
        joinpoints = [since]
      } else {
        series = KeptSeries(kept.filter { $0.year >= since }, settings)
      }
    } else {
      search = JoinpointSearch(whole, settings: settings)
      joinpoints = search?.chosen ?? []
    }
    self.series = series
    let tolerance = kept.last.map {
      Tolerance(settings, year: $0.year, rate: whole.rates[whole.count - 1])
    }
    self.tolerance = tolerance
    let enough = settings.since == nil ? kept.count >= 4 : series.count >= 3
    fit =
      enough
      ? PaceFit(
        series: series, joinpoints: joinpoints, areSearched: settings.since == nil,
        tolerance: tolerance?.value ?? 0, alpha: settings.alpha) : nil
  }

  func result(leftOut: [LeftOut]) -> StagnationResult {
    let dropped = whole.observations.prefix(whole.count - series.count)
    let joinpoints = fit?.joinpoints ?? []
    let pace = fit?.tests(segment: joinpoints.count) ?? []
    let before = yearsBefore >= 3 ? fit?.tests(segment: joinpoints.count - 1) ?? [] : []
    let missing = yearsMissing
    let label = missing > 0 ? .undetermined : decide(pace)
    let labelBefore = before.isEmpty ? nil : decide(before)
    return StagnationResult(
      used: series.observations, leftOut: leftOut + dropped.map { LeftOut($0, .beforeSince) },
      errors: errors, methods: settings.methods, scale: settings.scale,
      detectable: pace.first.flatMap { Detectability(series, slopeError: $0.standardError) },
      search: search, fixedInAdvance: settings.since, joinpoints: joinpoints, pace: pace,
      paceBefore: before, additiveCounts: additiveCounts, tolerance: tolerance, label: label,
      labelBefore: labelBefore, yearsMissing: missing,
      stagnation: verdict(label: label, before: labelBefore), level: level(label: label))
  }

  private var errors: StagnationResult.Errors {
    guard series.errors != nil else { return .unknown }
    return series.observations.contains(where: \.errorIsApproximate) ? .approximate : .published
  }

  /// Design.md section 11: below 3 degrees of freedom the additive mode says nothing.
  private var additiveCounts: Bool {
    fit.map { $0.series.count - $0.parameters >= 3 } ?? false
  }

  private var yearsBefore: Int {
    guard let last = fit?.joinpoints.last else { return 0 }
    return series.times.count { $0 < last }
  }

  private func decide(_ tests: [SlopeTest]) -> PaceLabel {
    let counted = tests.filter { $0.mode != .additive || additiveCounts }
    guard let first = counted.first else { return .undetermined }
    return counted.dropFirst().reduce(first.label) { $0.moreCautious($1.label) }
  }

  /// Break-test 2.6, "shortest data for any label".
  private var yearsMissing: Int {
    guard let since = settings.since else {
      let after = search?.chosen.last.map { last in series.times.count { $0 > last } } ?? 3
      return max(0, 7 - series.count, 3 - after)
    }
    let from = whole.times.count { $0 >= since }
    guard let fit, series.errors == nil else { return max(0, 3 - from) }
    return max(0, 3 - from, fit.parameters + 3 - series.count)
  }

  private func verdict(label: PaceLabel, before: PaceLabel?) -> StagnationResult.Verdict {
    if label == .stagnant {
      if settings.since != nil { return before?.isFall ?? true ? .shown : .no }
      return search?.isSupported == true && before?.isFall == true ? .shown : .no
    }
    return label == .undetermined || label == .fallingSizeNotShown ? .possible : .no
  }

  /// L: the inverse-variance mean from τ (or `since`) on, of the newest method.
  ///
  /// Without a joinpoint it is the mean of the whole series if that is shown flat, else the last
  /// figure: the mean of a falling series would lie far above where it ended.
  private func level(label: PaceLabel) -> StagnationResult.Level? {
    guard let last = whole.times.last else { return nil }
    let from =
      settings.since ?? fit?.joinpoints.last ?? (label == .stagnant ? -.infinity : last)
    let rows = whole.times.indices.filter { whole.times[$0] >= from && whole.isNewest[$0] }
    guard let first = rows.first else { return nil }
    let weights = rows.map { row in whole.errors.map { 1 / ($0[row] * $0[row]) } ?? 1 }
    let total = weights.reduce(0, +)
    let sum = zip(rows, weights).reduce(0) { $0 + whole.rates[$1.0] * $1.1 }
    return StagnationResult.Level(
      value: sum / total, standardError: whole.errors.map { _ in (1 / total).squareRoot() },
      from: whole.times[first])
  }
}

/// Throws every fault of a series at once.
private func check(
  _ observations: [Observation], _ settings: BreakSettings
) throws(SeriesFaults) {
  var faults: [SeriesFault] = []
  var previous: Double?
  for row in observations {
    func add(_ problem: SeriesFault.Problem) {
      faults.append(SeriesFault(row: row.row, year: row.year, problem: problem))
    }
    if !(0...100).contains(row.rate) {
      add(.rateOutside(row.rate))
    } else if !row.isShock, !settings.scale.holds(row.rate) {
      add(.offTheScale(row.rate, settings.scale))
    }
    if let error = row.standardError, !(error > 0 && error.isFinite) {
      add(.errorNotPositive(error))
    }
    if let previous, !(row.year > previous) { add(.yearNotAfterPrevious(previous)) }
    if row.isModelled { add(.modelled) }
    previous = row.year
  }
  let kept = observations.filter { !$0.isShock }
  var names: [String] = []
  for row in kept where !names.contains(row.method) { names.append(row.method) }
  if settings.methods == .refuse, names.count > 1,
    let second = kept.first(where: { $0.method != names[0] })
  {
    faults.append(
      SeriesFault(row: second.row, year: second.year, problem: .methodsDiffer(names)))
  }
  guard faults.isEmpty else { throw SeriesFaults(items: faults) }
}
