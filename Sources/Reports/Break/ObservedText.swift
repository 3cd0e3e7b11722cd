// Quiebre · Reports
// The observed series on the terminal: what was used, what can be seen, what is shown.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics

/// Words for a stagnation test.
struct ObservedText {
  let report: BreakReport
  let result: StagnationResult
  let language: Language

  private typealias P = ObservedPhrase
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }

  /// Label and text of every line, in the order of break-test section 9.
  func rows() -> [[String]] {
    let parts: [(ObservedPhrase, [String])] = [
      (.used, used), (.leftOut, leftOut), (.methods, methods), (.tipping, tipping),
      (.visible, visible), (.looks, looks), (.joinpoint, joinpoint), (.pace, pace),
      (.paceBefore, result.paceBefore.map(line)), (.tolerance, tolerance), (.verdict, verdict),
      (.withoutDerived, withoutDerived), (.level, level), (.opinion, opinion),
    ]
    return parts.flatMap { label, lines in
      lines.enumerated().map { [$0.offset == 0 ? label.said(in: language) : "", $0.element] }
    }
  }

  // MARK: Data

  private var used: [String] {
    let figures = result.used.map { row in
      let error = row.standardError.map { " ± " + numbers.fixed($0, 2) } ?? ""
      let mark = row.isDerived ? "*" : ""
      return "\(numbers.year(row.year)) \(numbers.fixed(row.rate, 1))\(mark)\(error)"
    }
    let errors: ObservedPhrase =
      switch result.errors {
      case .published: .published
      case .approximate: .approximate
      case .unknown: .unknown
      }
    let derived = result.used.contains(where: \.isDerived) ? [P.derived.said(in: language)] : []
    return [
      ([figures.joined(separator: ", "), errors.said(in: language)] + derived)
        .joined(separator: " · ")
    ]
  }

  private var leftOut: [String] {
    guard !result.leftOut.isEmpty else { return [] }
    let items = result.leftOut.map { left in
      let phrase: ObservedPhrase =
        switch left.reason {
        case .publishedLater: .publishedLater
        case .shock: .shock
        case .beforeSince: .beforeSince
        }
      return phrase.said(numbers.year(left.observation.year), in: language)
    }
    return [items.joined(separator: ", ")]
  }

  private var methods: [String] {
    let isOne = Set(result.used.map(\.method)).count <= 1
    guard !isOne else { return [P.oneMethod.said(in: language)] }
    switch result.methods {
    case .refuse, .offset:
      return [P.offset.said(in: language)]
        + result.offsets.map { offset in
          P.offsetText.said(
            offset.method, numbers.signed(offset.value, 2), numbers.fixed(offset.standardError, 2),
            in: language)
        }
    case .ratio(let value, let error):
      return [P.ratio.said(numbers.fixed(value, 3), numbers.fixed(error, 3), in: language)]
    }
  }

  private var tipping: [String] {
    guard let tipping = result.tipping else { return [] }
    let (year, rate) = (numbers.year(tipping.year), numbers.fixed(tipping.rate, 1))
    let plateau = numbers.fixed(tipping.level, 2)
    let years =
      tipping.from == tipping.to
      ? numbers.year(tipping.from)
      : numbers.year(tipping.from) + "-" + numbers.year(tipping.to)
    var lines = [
      tipping.effect > 0
        ? P.tippingText.said(
          rate, year, numbers.fixed(tipping.effect, 1), tipping.older, tipping.newer, plateau,
          years, in: language)
        : P.noFallSeen.said(rate, year, plateau, years, in: language)
    ]
    if tipping.isNeeded {
      lines.append(
        P.notSeparable.said(
          String(tipping.yearsBefore), String(tipping.yearsAfter), in: language))
    }
    return lines
  }

  // MARK: What can be seen

  private var visible: [String] {
    guard let detectable = result.detectable else { return [] }
    var lines = [
      P.visibleText.said(
        numbers.fixed(detectable.smallestFall, 1), numbers.fixed(detectable.smallestSlope, 2),
        numbers.fixed(detectable.smallestTolerance, 2), in: language)
    ]
    if let planned = detectable.planned {
      lines.append(
        P.planned.said(
          numbers.year(planned.years.last ?? 0), numbers.fixed(planned.smallestSlope, 2),
          numbers.fixed(planned.smallestTolerance, 2), in: language))
    }
    return lines
  }

  private var looks: [String] {
    guard let looks = report.looks, let running = looks.falseAlarmOfTwoRunning,
      let deadline = report.settings.deadline
    else { return [] }
    return [
      P.looksText.said(
        numbers.year(deadline), String(looks.looks),
        numbers.fixed(looks.falseAlarmOfAny * 100, 0), numbers.fixed(looks.criticalValue, 2),
        numbers.fixed(running * 100, 1), in: language)
    ]
  }

  // MARK: Joinpoint

  private var joinpoint: [String] {
    if let year = result.fixedInAdvance {
      return [P.fixedInAdvance.said(numbers.year(year), in: language)]
    }
    guard let search = result.search else { return [P.tooShortForSearch.said(in: language)] }
    let support = search.isSupported ? P.supported : P.notSupported
    var lines = [
      P.searched.said(
        numbers.year(search.best.year),
        "{" + search.plausible.map(numbers.year).joined(separator: ", ") + "}",
        search.samplingP.map(numbers.pValue) ?? P.noSamplingP.said(in: language),
        numbers.pValue(search.permutationP), support.said(in: language), in: language)
    ]
    if let critical = search.criticalValue {
      lines.append(
        P.likelihoodRatio.said(
          numbers.fixed(search.likelihoodRatio, 2), numbers.fixed(critical, 2),
          String(report.settings.nullDraws), numbers.whole(Double(search.permutations)),
          (search.isExact ? P.allOrders : P.randomOrders).said(in: language), in: language))
    }
    if search.chosen.count > 1 {
      lines.append(
        P.severalJoinpoints.said(
          String(search.chosen.count),
          search.chosen.map(numbers.year).joined(separator: ", "), in: language))
    }
    if search.isPerfectFit { lines.append(P.perfectFit.said(in: language)) }
    if !search.inseparable.isEmpty {
      let years = search.inseparable.map(numbers.year).joined(separator: ", ")
      lines.append(P.inseparable.said(years, in: language))
    }
    if let jump = result.jump {
      lines.append(
        P.jump.said(
          numbers.year(jump.lastBefore), numbers.signed(jump.jump, 2),
          numbers.fixed(jump.sumOfSquares, 2), numbers.fixed(search.best.sumOfSquares, 2),
          in: language))
    }
    return lines
  }

  // MARK: Pace and verdict

  private var pace: [String] {
    guard !result.pace.isEmpty else { return [P.noFit.said(in: language)] }
    return result.pace.map { test in
      let ignored = test.mode == .additive && !result.additiveCounts
      return line(test) + (ignored ? " · " + P.additiveIgnored.said(in: language) : "")
    }
  }

  private func line(_ test: SlopeTest) -> String {
    let text = P.paceText.said(
      test.mode.words.text(in: language), numbers.signed(test.slope, 2),
      numbers.fixed(test.standardError, 2), numbers.signed(test.low, 2),
      numbers.signed(test.high, 2), in: language)
    return text
      + P.pStagnant.said(
        numbers.pValue(test.pStagnant), numbers.fixed(test.smallestTolerance, 2), in: language)
  }

  private var tolerance: [String] {
    guard let tolerance = result.tolerance else { return [] }
    let first = P.toleranceText.said(
      numbers.fixed(tolerance.value, 2), words(tolerance.rule),
      result.smallestTolerance.map { numbers.fixed($0, 2) } ?? PeopleNumbers.none, in: language)
    let others = result.otherTolerances.map { other in
      P.otherTolerance.said(
        numbers.fixed(other.tolerance.value, 2), words(other.tolerance.rule),
        other.label.words.text(in: language), in: language)
    }
    return [first] + others
  }

  private func words(_ rule: Tolerance.Rule) -> String {
    let phrase: ObservedPhrase =
      switch rule {
      case .given: .ruleGiven
      case .shareOfNeededPace: .ruleNeededPace
      case .shareOfRate: .ruleRate
      }
    let share =
      rule == .shareOfRate
      ? report.settings.shareOfRate * 100 : report.settings.shareOfNeededPace * 100
    return phrase.said(numbers.trimmed(share), in: language)
  }

  private var verdict: [String] { verdict(of: result) }

  private func verdict(of result: StagnationResult) -> [String] {
    let stagnation: ObservedPhrase =
      switch result.stagnation {
      case .shown: .stagnationShown
      case .possible: .stagnationPossible
      case .no: .stagnationNo
      }
    var lines = [
      result.label.words.text(in: language) + " · " + stagnation.said(in: language)
    ]
    if result.yearsMissing > 0 {
      lines.append(P.yearsMissing.said(String(result.yearsMissing), in: language))
    }
    return lines
  }

  private var withoutDerived: [String] {
    guard let other = report.withoutDerived else { return [] }
    var lines = verdict(of: other)
    if let smallest = other.smallestTolerance {
      lines[0] += " · Δ* = " + numbers.fixed(smallest, 2)
    }
    return lines
  }

  private var level: [String] {
    guard let level = result.level else { return [] }
    let error = level.standardError.map { numbers.fixed($0, 2) } ?? PeopleNumbers.none
    return [
      P.levelText.said(
        numbers.fixed(level.value, 2), error, numbers.year(level.from), in: language)
    ]
  }

  private var opinion: [String] {
    guard let opinion = result.opinion else { return [] }
    let bend = opinion.joinpoint.map { P.opinionBend.said(numbers.chance($0), in: language) }
    let pace = P.opinionPace.said(
      numbers.chance(opinion.stagnant), numbers.chance(opinion.falling), in: language)
    let prior = opinion.prior
    return [
      [bend, pace].compactMap(\.self).joined(separator: " · "),
      P.opinionPrior.said(
        numbers.trimmed(prior.levelSpread), numbers.trimmed(prior.paceSpread),
        numbers.trimmed(prior.joinpoint * 100), in: language),
    ]
  }
}
