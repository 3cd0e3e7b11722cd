// Quiebre · Statistics
// Does an observed series stagnate? Break-test section 2, from figures to verdict.
// SPDX-License-Identifier: Apache-2.0

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
    let before = hasPaceBefore ? fit?.tests(segment: joinpoints.count - 1) ?? [] : []
    let missing = yearsMissing
    let label = missing > 0 ? .undetermined : decide(pace)
    let labelBefore = before.isEmpty ? nil : decide(before)
    return StagnationResult(
      used: series.observations, fitted: fit?.fittedRates() ?? [],
      leftOut: leftOut + dropped.map { LeftOut($0, .beforeSince) },
      errors: errors, methods: settings.methods, offsets: fit?.methodOffsets() ?? [],
      tipping: TippingPoint(whole, from: settings.since ?? joinpoints.last),
      comparable: series.comparable, scale: settings.scale, detectable: detectable(pace),
      search: search, jump: search.flatMap { _ in JumpCheck(whole, side: settings.side) },
      fixedInAdvance: settings.since, joinpoints: joinpoints, pace: pace,
      paceBefore: before, additiveCounts: additiveCounts, tolerance: tolerance,
      otherTolerances: missing > 0 ? [] : otherTolerances(pace), label: label,
      labelBefore: labelBefore, yearsMissing: missing,
      stagnation: verdict(label: label, before: labelBefore), level: level(label: label),
      opinion: opinion())
  }

  private func detectable(_ pace: [SlopeTest]) -> Detectability? {
    pace.first.flatMap {
      Detectability(
        series, slopeError: $0.standardError, deadline: settings.deadline,
        surveyCorrelation: settings.surveyCorrelation)
    }
  }

  private func opinion() -> SecondOpinion? {
    guard settings.wantsOpinion, let fit else { return nil }
    let isFixed = settings.since != nil
    return SecondOpinion(
      series, candidates: isFixed ? fit.joinpoints : search?.candidates.map(\.year) ?? [],
      isFixed: isFixed, tolerance: fit.tolerance, prior: settings.prior)
  }

  private func otherTolerances(_ pace: [SlopeTest]) -> [StagnationResult.OtherTolerance] {
    guard let last = whole.observations.last else { return [] }
    let rules = Tolerance.all(settings, year: last.year, rate: whole.rates[whole.count - 1])
    return rules.dropFirst().map { tolerance in
      let tests = pace.map { $0.against(tolerance.value, alpha: settings.alpha) }
      let counted = tests.filter { $0.mode != .additive || additiveCounts }
      return StagnationResult.OtherTolerance(
        tolerance: tolerance, label: decide(tests),
        pStagnant: counted.map(\.pStagnant).max() ?? 1)
    }
  }

  private var errors: StagnationResult.Errors {
    guard series.errors != nil else { return .unknown }
    return series.observations.contains(where: \.errorIsApproximate) ? .approximate : .published
  }

  /// Design.md section 11: below 3 degrees of freedom the additive mode says nothing.
  private var additiveCounts: Bool {
    fit.map { $0.series.count - $0.parameters >= 3 } ?? false
  }

  /// A searched joinpoint has its line before it; one fixed in advance asks for 3 years there.
  private var hasPaceBefore: Bool {
    guard let last = fit?.joinpoints.last else { return false }
    return settings.since == nil || series.times.count { $0 < last } >= 3
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
  private func level(label: PaceLabel) -> PlateauLevel? {
    guard let last = whole.times.last else { return nil }
    let from =
      settings.since ?? fit?.joinpoints.last ?? (label == .stagnant ? -.infinity : last)
    let rows = whole.times.indices.filter { whole.times[$0] >= from && whole.isNewest[$0] }
    return PlateauLevel(rows: rows, whole)
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
