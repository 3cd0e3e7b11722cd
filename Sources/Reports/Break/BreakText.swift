// Quiebre · Reports
// The break test's report: observed series, break, goal, trackers, settings; in fixed order.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import LaborModel
public import Statistics

extension StagnationResult {
  /// The report on an observed series alone; ends with a line feed.
  ///
  /// - Parameters:
  ///   - language: Of the words.
  ///   - series: What the rates are of: the definition group.
  ///   - asOf: Year or date after which nothing was seen; `nil` = no cut.
  /// - Returns: A heading and the lines of break-test section 9 up to the plateau.
  public func text(in language: Language, series: String, asOf: String?) -> String {
    let cut =
      asOf.map { BreakPhrase.asOf.said($0, in: language) } ?? BreakPhrase.noCut.said(in: language)
    let heading = ObservedPhrase.heading.said(series, cut, in: language)
    return BreakText.section(heading, ObservedText(result: self, language: language).rows())
  }
}

extension RunReport {
  /// The whole report of the break test on a run; ends with a line feed.
  public func breakText(in language: Language) -> String {
    let text = BreakText(report: self, language: language)
    let series = observed.map { $0.text(in: language, series: plan.definition, asOf: asOf) }
    let answers = targetAnswers()
    var sections = [series].compactMap(\.self)
    sections += answers.filter { $0.breaking != nil }.map(text.breakSection)
    sections += answers.filter { $0.goal != nil }.map(text.goalSection)
    return (sections + [text.closing(answered: answers)]).joined(separator: "\n")
  }
}

struct BreakText {
  let report: RunReport
  let language: Language

  private typealias P = BreakPhrase
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }
  private var run: RunText { RunText(report: report, language: language) }

  /// A heading with indented rows of label and text.
  static func section(_ heading: String, _ rows: [[String]]) -> String {
    var table = TextTable()
    for row in rows { table.append(["  " + (row.first ?? "")] + row.dropFirst()) }
    return ([heading] + table.lines()).joined(separator: "\n") + "\n"
  }

  // MARK: Break

  func breakSection(_ answer: TargetAnswer) -> String {
    guard let breaking = answer.breaking else { return "" }
    let isShown = report.observed?.stagnation == .shown
    let heading = (isShown ? P.breakHeading : P.fallHeading)
      .said(String(answer.target.deadline), name(answer.target), in: language)
    var rows = [[label(.rule), rule(breaking)], [label(.probability), both(answer)]]
    rows.append([label(.years), years(breaking.years, by: answer.target.deadline)])
    rows.append([label(.relapses), numbers.probability(breaking.relapses)])
    rows.append([label(.difference), difference(answer.pairs)])
    if let scenario = breaking.detectedScenario, let baseline = breaking.detectedBaseline {
      rows.append([
        label(.detected),
        P.detectedText.said(
          numbers.chance(scenario), numbers.chance(baseline), in: language),
      ])
    }
    if let share = breaking.withGoal { rows.append([label(.withGoal), run.share(share)]) }
    return Self.section(heading, rows)
  }

  private func rule(_ breaking: TargetAnswer.Breaking) -> String {
    let rule = breaking.rule
    let level =
      breaking.level.map { P.observedLevel.said(numbers.fixed($0, 2), in: language) }
      ?? P.ownLevel.said(in: language)
    return P.ruleText.said(
      numbers.fixed(rule.tolerance, 2), String(rule.persistence),
      numbers.fixed(Double(rule.persistence) * rule.tolerance, 2), level, in: language)
  }

  private func both(_ answer: TargetAnswer) -> String {
    P.both.said(run.share(answer.scenario), run.share(answer.baseline), in: language)
  }

  private func years(_ years: YearDistribution, by deadline: Int) -> String {
    let entries = years.entries.map {
      P.yearEntry.said(String($0.year), share($0.share), in: language)
    }
    let never = P.notBy.said(String(deadline), share(years.never), in: language)
    let median = years.median.map { P.median.said(String($0), in: language) }
    return (entries + [never] + [median].compactMap(\.self)).joined(separator: " · ")
  }

  /// A share of draws; never 0 or 100 %.
  private func share(_ share: Double) -> String {
    let draws = report.projection.effectiveSampleSize
    return numbers.probability(DrawnShare(estimate: share, effectiveDraws: draws))
  }

  private func difference(_ pairs: PairedShares) -> String {
    P.differenceText.said(
      numbers.signed(pairs.difference * 100, 1), numbers.fixed(pairs.standardError * 100, 1),
      numbers.fixed(pairs.onlyScenario * 100, 1), numbers.fixed(pairs.onlyBaseline * 100, 1),
      in: language)
  }

  // MARK: Goal

  func goalSection(_ answer: TargetAnswer) -> String {
    guard let goal = answer.goal else { return "" }
    let heading = P.goalHeading.said(
      name(answer.target) + ": " + run.title(answer), in: language)
    var rows = [[label(.probability), both(answer)]]
    if let figure = goal.draws.probabilityOfFigure {
      rows.append([label(.figure), numbers.chance(figure)])
    }
    rows.append([label(.difference), difference(answer.pairs)])
    let gap = goal.draws.gap
    rows.append([
      label(.gap),
      P.gapText.said(
        numbers.fixed(gap.p50, 1), numbers.fixed(gap.p05, 1), numbers.fixed(gap.p95, 1),
        in: language),
    ])
    let above = goal.childrenAbove
    rows.append([
      label(.childrenAbove),
      RunPhrase.interval.said(
        numbers.short(above.p50), numbers.short(above.p05), numbers.short(above.p95), in: language),
    ])
    rows += paceRows(answer, goal)
    rows.append([
      label(.yearReached), years(goal.draws.yearReached, by: report.plan.end),
    ])
    return Self.section(heading, rows)
  }

  private func paceRows(_ answer: TargetAnswer, _ goal: TargetAnswer.Goal) -> [[String]] {
    guard answer.target.area == nil, answer.target.ages == AgeGroup.all.ages,
      let observed = report.observed,
      let pace = PaceAnswer(observed, limit: goal.limit, deadline: answer.target.deadline)
    else { return [] }
    var rows = [[label(.required), required(pace.required)]]
    if let current = currentPace(pace) { rows.append([label(.current), current]) }
    if !pace.trackers.isEmpty {
      let ratings = pace.trackers.map { row in
        let rating = row.rating?.words.text(in: language) ?? PeopleNumbers.none
        return row.tracker.words.text(in: language) + ": " + rating
      }
      rows.append([label(.trackers), ratings.joined(separator: " · ")])
    }
    return rows
  }

  private func required(_ pace: RequiredPace) -> String {
    switch pace {
    case .alreadyMet: return P.alreadyMet.said(in: language)
    case .deadlinePassed(let probability):
      let text = probability.map(numbers.chance) ?? PeopleNumbers.none
      return P.deadlinePassed.said(text, in: language)
    case .needed(let linear, .some(let reduction)):
      return P.requiredText.said(
        numbers.signed(linear, 2), numbers.fixed(reduction, 1), in: language)
    case .needed(let linear, .none):
      return P.requiredLinear.said(numbers.signed(linear, 2), in: language)
    }
  }

  private func currentPace(_ pace: PaceAnswer) -> String? {
    guard let current = pace.currentReduction else { return nil }
    let window = [pace.window.from, pace.window.to].map { numbers.fixed($0, 0) }
    let text = P.currentText.said(
      numbers.fixed(current, 1), window[0], window[1], in: language)
    let times = pace.acceleration.map { P.acceleration.said(numbers.fixed($0, 1), in: language) }
    let years =
      pace.yearsAtPace.map { P.yearsAtPace.said(numbers.fixed($0, 0), in: language) }
      ?? P.neverAtPace.said(in: language)
    return [text, times, years].compactMap(\.self).joined(separator: " · ")
  }

  // MARK: Settings

  /// What couldn't be answered, then seed, draws and the rules' hash.
  func closing(answered: [TargetAnswer]) -> String {
    let known = Set(answered.map(\.target.id))
    let missing = report.plan.targets.filter { !known.contains($0.id) }
      .map { P.notAnswered.said($0.id, in: language) + "\n" }
    let settings = P.settingsText.said(
      String(report.plan.seed), numbers.whole(Double(report.projection.weights.count)),
      numbers.whole(report.projection.effectiveSampleSize), String(report.rulesHash.prefix(8)),
      in: language)
    return missing.joined() + settings + "\n"
  }

  private func label(_ phrase: BreakPhrase) -> String { phrase.said(in: language) }

  private func name(_ target: Plan.Target) -> String { "target." + target.id }
}
