// Quiebre · Reports
// The break test's report: observed series, break, goal, trackers, settings; in fixed order.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import LaborModel
import Statistics

extension BreakReport {
  /// The whole report, in the order of break-test section 9; ends with a line feed.
  public func text(in language: Language) -> String {
    let text = BreakText(report: self, language: language)
    var sections = [text.observedSection].compactMap(\.self)
    for (index, answer) in answers.enumerated() where answer.breaking != nil {
      sections.append(text.breakSection(answer, at: index))
    }
    for (index, answer) in answers.enumerated() where answer.goal != nil {
      sections.append(text.goalSection(answer, at: index))
    }
    sections += [text.paceSection, text.listsSection].compactMap(\.self)
    return (sections + [text.closing]).joined(separator: "\n")
  }
}

extension RunReport {
  /// The whole report of the break test on a run; ends with a line feed.
  public func breakText(in language: Language) -> String { breakReport().text(in: language) }
}

struct BreakText {
  let report: BreakReport
  let language: Language

  private typealias P = BreakPhrase
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }
  private var paces: PaceText { PaceText(language: language) }

  /// A heading with indented rows of label and text.
  static func section(_ heading: String, _ rows: [[String]]) -> String {
    var table = TextTable()
    for row in rows { table.append(["  " + (row.first ?? "")] + row.dropFirst()) }
    return ([heading] + table.lines()).joined(separator: "\n") + "\n"
  }

  var observedSection: String? {
    guard let observed = report.observed else { return nil }
    let cut =
      report.asOf.map { P.asOf.said($0, in: language) } ?? P.noCut.said(in: language)
    let heading = ObservedPhrase.heading.said(report.series, cut, in: language)
    let chart =
      BreakDrawing(report).map { BreakChart(drawing: $0, language: language).lines() } ?? []
    return Self.section(
      heading, ObservedText(report: report, result: observed, language: language).rows())
      + chart.map { $0 + "\n" }.joined()
  }

  // MARK: Break

  func breakSection(_ answer: TargetAnswer, at index: Int) -> String {
    guard let breaking = answer.breaking else { return "" }
    let isShown = report.observed?.stagnation == .shown
    let heading = (isShown ? P.breakHeading : P.fallHeading)
      .said(String(answer.target.deadline), name(answer.target), in: language)
    var rows = [[label(.rule), rule(breaking)], [label(.probability), both(answer)]]
    rows.append([label(.years), years(breaking.years, by: answer.target.deadline)])
    rows.append([label(.relapses), numbers.probability(breaking.relapses)])
    rows += differenceRows(answer.pairs)
    if let scenario = breaking.detectedScenario, let baseline = breaking.detectedBaseline {
      rows.append([label(.detected), chances(scenario, baseline)])
    }
    if let share = breaking.withGoal { rows.append([label(.withGoal), numbers.worded(share)]) }
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
    guard hasBaseline else { return numbers.worded(answer.scenario) }
    return P.both.said(
      numbers.worded(answer.scenario), numbers.worded(answer.baseline), in: language)
  }

  private func chances(_ scenario: Double, _ baseline: Double) -> String {
    guard hasBaseline else { return numbers.chance(scenario) }
    return P.detectedText.said(
      numbers.chance(scenario), numbers.chance(baseline), in: language)
  }

  private var hasBaseline: Bool { report.draws?.hasBaseline ?? true }

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
    let draws = report.draws?.effective ?? 1
    return numbers.probability(DrawnShare(estimate: share, effectiveDraws: draws))
  }

  private func differenceRows(_ pairs: PairedShares) -> [[String]] {
    guard hasBaseline else { return [] }
    let lost = numbers.pairShare(pairs.onlyBaseline)
    let row = [
      label(.difference),
      P.differenceText.said(
        numbers.signed(pairs.difference * 100, 1), numbers.fixed(pairs.standardError * 100, 1),
        numbers.pairShare(pairs.onlyScenario), lost, in: language),
    ]
    guard pairs.onlyBaseline > 0 else { return [row] }
    return [row, [label(.toExplain), P.toExplainText.said(lost, in: language)]]
  }

  // MARK: Goal

  func goalSection(_ answer: TargetAnswer, at index: Int) -> String {
    guard let goal = answer.goal else { return "" }
    let heading = P.goalHeading.said(
      name(answer.target) + ": " + title(answer, at: index), in: language)
    var rows = [[label(.probability), both(answer)]]
    if let figure = goal.draws.probabilityOfFigure {
      rows.append([label(.figure), numbers.chance(figure)])
    }
    rows += differenceRows(answer.pairs)
    let gap = goal.draws.gap
    rows.append([
      label(.gap),
      P.gapText.said(
        numbers.fixed(gap.p50, 1), numbers.fixed(gap.p05, 1), numbers.fixed(gap.p95, 1),
        in: language),
    ])
    if let above = goal.childrenAbove {
      rows.append([
        label(.childrenAbove),
        RunPhrase.interval.said(
          numbers.short(above.p50), numbers.short(above.p05), numbers.short(above.p95),
          in: language),
      ])
    }
    if let pace = report.paces[index] { rows += paces.rows(pace) }
    rows.append([
      label(.yearReached), years(goal.draws.yearReached, by: goal.draws.lastYear),
    ])
    return Self.section(heading, rows)
  }

  private func title(_ answer: TargetAnswer, at index: Int) -> String {
    let year = String(answer.target.deadline)
    let title: String
    switch answer.target.indicator {
    case .breaks:
      let isShown = report.observed?.stagnation == .shown
      title = (isShown ? RunPhrase.breakRow : .sustainedFallRow).said(year, in: language)
    case .rate(let value):
      title = RunPhrase.goalRow.said(year, numbers.trimmed(value * 100), in: language)
    case .working(let persons):
      title = RunPhrase.fewRow.said(year, numbers.whole(persons), in: language)
    }
    return [title, report.places[index]].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The goal of the settings where no draws answer it.
  var paceSection: String? {
    guard let pace = report.pace else { return nil }
    let heading = P.paceHeading.said(
      numbers.trimmed(pace.limit), String(pace.deadline), in: language)
    return Self.section(heading, paces.rows(pace))
  }

  // MARK: Lists and settings

  var listsSection: String? {
    guard let lists = report.lists else { return nil }
    var rows = lists.lists.map { list in
      [P.listName.said(list.target, in: language), text(list)]
    }
    if !lists.ranks.isEmpty {
      let names = lists.ranks.prefix(lists.worst + 3).map {
        P.worstText.said($0.name, numbers.probability($0.share), in: language)
      }
      rows.append([
        P.worst.said(String(lists.worst), in: language), names.joined(separator: ", "),
      ])
    }
    return Self.section(label(.listsHeading), rows)
  }

  private func text(_ list: AreaLists.List) -> String {
    let limit = numbers.trimmed(list.limit * 100)
    guard !list.codes.isEmpty else {
      return P.noList.said(String(list.asked), limit, in: language)
    }
    let first = list.codes.prefix(6).joined(separator: ", ")
    return P.listText.said(
      String(list.codes.count), String(list.asked), numbers.fixed(list.expectedWrong * 100, 1),
      limit, first + (list.codes.count > 6 ? " …" : ""), in: language)
  }

  /// What couldn't be answered, then seed, draws and the rules' hash.
  var closing: String {
    let known = Set(report.answers.map(\.target.id))
    let missing = report.targets.filter { !known.contains($0.id) }
      .map { P.notAnswered.said($0.id, in: language) + "\n" }
    let hash = String(report.rulesHash.prefix(8))
    guard let draws = report.draws, let seed = draws.seed else {
      let given = report.draws.map {
        P.drawsGiven.said(numbers.whole(Double($0.count)), in: language) + " · "
      }
      return (given ?? "")
        + P.seriesSettings.said(
          String(report.settings.seed), numbers.whole(Double(report.settings.nullDraws)), hash,
          in: language) + "\n"
    }
    let settings = P.settingsText.said(
      String(seed), numbers.whole(Double(draws.count)), numbers.whole(draws.effective), hash,
      in: language)
    return missing.joined() + settings + "\n"
  }

  private func label(_ phrase: BreakPhrase) -> String { phrase.said(in: language) }

  private func name(_ target: Plan.Target) -> String { "target." + target.id }
}
